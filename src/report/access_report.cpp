// How far people are from places, for people and machines.
#include "tendik/report/access_report.h"

#include "findings_json.h"
#include "table_parts.h"
#include "tendik/base/text.h"
#include "tendik/io/write_layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Value& value) { return value.present() ? Json(value.number) : Json(nullptr); }
Json json_of(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Cell cell_of(const Value& value) { return value.present() ? Cell{value.number} : Cell{}; }
Cell cell_of(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }

Json sites_json(const std::vector<SiteFacts>& sites) {
    Json all = Json::array();
    for (const auto& site : sites)
        all.push_back({{"id", site.id},
                       {"lon", site.place.x},
                       {"lat", site.place.y},
                       {"accuracy_km", json_of(site.accuracy_km)},
                       {"extent_km", json_of(site.extent_km)}});
    return all;
}

Json reaches_json(const std::vector<Reach>& reaches) {
    Json all = Json::array();
    for (const auto& reach : reaches)
        all.push_back({{"site", reach.place},
                       {"key", json_of(reach.key)},
                       {"counted", reach.counted},
                       {"within_km", reach.limit},
                       {"amount", json_of(reach.amount)},
                       {"low", json_of(reach.low)},
                       {"high", json_of(reach.high)},
                       {"share", json_of(reach.share)},
                       {"state", to_text(reach.amount.state)}});
    return all;
}

/// Of the union a worst accuracy, that is: of the site known worst.
Value accuracy_of(const Proximity& proximity, const std::string& place) {
    const auto found = std::ranges::find(proximity.sites, place, &SiteFacts::id);
    if (found != proximity.sites.end()) return found->accuracy_km;
    return proximity.table.find("accuracy_km")->values.front();
}

std::string share_text(const Value& share) {
    return share.present() ? fmt::format("{:.1f} %", 100.0 * share.number)
                           : std::string(to_text(share.state));
}

std::string km_text(const Value& km) { return km.present() ? shortest(km.number) + " km" : "not stated"; }

/// Amounts and shares of one place and population, a line for each region (the last: all).
std::string regions_text(const Proximity& proximity, const std::string& counted, bool people) {
    std::vector<std::vector<std::string>> rows;
    auto& heading = rows.emplace_back();
    heading.push_back(proximity.table.key_column.empty() ? "key" : proximity.table.key_column);
    heading.push_back(counted);
    for (const double km : proximity.bands_km) {
        heading.push_back(fmt::format("within {} km", shortest(km)));
        heading.emplace_back("share");
    }
    const auto* all = proximity.table.find(counted);
    const auto add = [&](const std::string& key, const std::string& name, const std::string& whole) {
        auto& row = rows.emplace_back();
        row.push_back(name);
        row.push_back(whole);
        for (const auto& reach : proximity.reaches)
            if (reach.place == "union" && reach.key == key && reach.counted == counted) {
                row.push_back(short_text(reach.amount));
                row.push_back(share_text(reach.share));
            }
    };
    for (std::size_t i = 0; i < proximity.table.keys.size(); ++i)
        add(proximity.table.keys[i], proximity.table.keys[i], short_text(all->values[i]));
    add("", "all regions", "");
    return fmt::format("{} of each region within reach of any site\n{}", people ? counted : "Ground in km2",
                       aligned(rows));
}

std::string sites_text(const Proximity& proximity) {
    std::vector<std::vector<std::string>> rows;
    auto& heading = rows.emplace_back();
    for (const auto* word : {"site", "lon", "lat", "known to", "reaches", "counted"})
        heading.emplace_back(word);
    for (const double km : proximity.bands_km)
        heading.push_back(fmt::format("within {} km", shortest(km)));
    for (const auto& site : proximity.sites) {
        std::vector<std::string> names;
        for (const auto& reach : proximity.reaches)
            if (reach.place == site.id && reach.key.empty()) {
                if (names.empty() || names.back() != reach.counted) {
                    names.push_back(reach.counted);
                    rows.push_back({site.id, shortest(site.place.x), shortest(site.place.y),
                                    km_text(site.accuracy_km), km_text(site.extent_km), reach.counted});
                }
                rows.back().push_back(short_text(reach.amount));
            }
    }
    return "Each site by itself, all regions together\n" + aligned(rows);
}

int neighbour_count(const Travel& travel) { return travel.options.moves == TravelMoves::sixteen ? 16 : 8; }

Json sources_json(const Travel& travel) {
    Json all = Json::array();
    for (const auto& id : travel.times.sources())
        all.push_back({{"number", all.size() + 1}, {"id", id}});
    return all;
}

Json curve_json(const std::vector<Reach>& curve) {
    Json all = Json::array();
    for (const auto& reach : curve)
        all.push_back({{"key", reach.key.empty() ? Json(nullptr) : Json(reach.key)},
                       {"counted", reach.counted},
                       {"minutes", reach.limit},
                       {"amount", json_of(reach.amount)},
                       {"share", json_of(reach.share)},
                       {"state", to_text(reach.amount.state)}});
    return all;
}

std::string percent(const Value& share) {
    return share.present() ? fmt::format("{:.1f} %", 100.0 * share.number)
                           : std::string(to_text(share.state));
}

std::vector<std::string> counted_names(const Travel& travel) {
    std::vector<std::string> names;
    for (const auto& reach : travel.curve)
        if (std::ranges::find(names, reach.counted) == names.end()) names.push_back(reach.counted);
    return names;
}

/// All columns of one population without its shares, which follow their amounts in percent.
std::string regions_text(const Travel& travel, const std::string& name) {
    std::vector<std::vector<std::string>> rows(1 + travel.table.keys.size());
    rows[0].push_back(travel.table.key_column.empty() ? "key" : travel.table.key_column);
    for (std::size_t i = 0; i < travel.table.keys.size(); ++i)
        rows[i + 1].push_back(travel.table.keys[i]);
    const auto add = [&](const std::string& suffix, const std::string& heading, bool share) {
        const auto* column = travel.table.find(name + suffix);
        rows[0].push_back(heading);
        for (std::size_t i = 0; i < travel.table.keys.size(); ++i)
            rows[i + 1].push_back(share ? percent(column->values[i]) : short_text(column->values[i]));
    };
    add("", name, false);
    for (const double minutes : travel.thresholds_min) {
        const auto text = shortest(minutes);
        add(fmt::format("_within_{}min", text), text + " min", false);
        add(fmt::format("_share_within_{}min", text), "share", true);
    }
    add(fmt::format("_beyond_{}min", shortest(travel.thresholds_min.back())), "later", false);
    add("_unreached", "unreached", false);
    add("_barrier", "barrier", false);
    add("_no_data", "no data", false);
    add("_off_raster", "off raster", false);
    return aligned(rows);
}

std::string curve_text(const Travel& travel, const std::string& name) {
    std::vector<std::vector<std::string>> rows{{"minutes", name, "share"}};
    for (const auto& reach : travel.curve)
        if (reach.key.empty() && reach.counted == name)
            rows.push_back({shortest(reach.limit), short_text(reach.amount), percent(reach.share)});
    return "All regions together\n" + aligned(rows);
}

}  // namespace

std::string proximity_json(const Proximity& proximity, const Findings& findings) {
    const Json result{{"schema", "tendik.proximity/1"},       {"sites", sites_json(proximity.sites)},
                      {"distance", "geodesic on WGS 84"},     {"bands_km", proximity.bands_km},
                      {"rows", raster_rows(proximity.table)}, {"reach", reaches_json(proximity.reaches)},
                      {"findings", findings_json(findings)}};
    return result.dump(2) + "\n";
}

std::string proximity_csv(const Proximity& proximity) {
    Field site{"site", FieldType::text, {}, {}};
    Field accuracy{"accuracy_km", FieldType::real, {}, {}};
    Field key{
        proximity.table.key_column.empty() ? "key" : proximity.table.key_column, FieldType::text, {}, {}};
    Field counted{"counted", FieldType::text, {}, {}};
    Field within{"within_km", FieldType::real, {}, {}};
    Field amount{"amount", FieldType::real, {}, {}};
    Field low{"low", FieldType::real, {}, {}};
    Field high{"high", FieldType::real, {}, {}};
    Field share{"share", FieldType::real, {}, {}};
    Field state{"state", FieldType::text, {}, {}};
    for (const auto& reach : proximity.reaches) {
        site.cells.emplace_back(reach.place);
        accuracy.cells.push_back(cell_of(accuracy_of(proximity, reach.place)));
        key.cells.push_back(cell_of(reach.key));
        counted.cells.emplace_back(reach.counted);
        within.cells.emplace_back(reach.limit);
        amount.cells.push_back(cell_of(reach.amount));
        low.cells.push_back(cell_of(reach.low));
        high.cells.push_back(cell_of(reach.high));
        share.cells.push_back(cell_of(reach.share));
        state.cells.emplace_back(std::string(to_text(reach.amount.state)));
    }
    return io::to_csv({site, accuracy, key, counted, within, amount, low, high, share, state});
}

std::string proximity_text(const Proximity& proximity) {
    auto text = fmt::format("{}: {} sites, geodesic distances on WGS 84 from their points\n\n",
                            file_name(proximity.table.raster), proximity.sites.size());
    std::vector<std::string> names;
    for (const auto& reach : proximity.reaches)
        if (std::ranges::find(names, reach.counted) == names.end()) names.push_back(reach.counted);
    for (const auto& name : names)
        text += regions_text(proximity, name, !proximity.table.weights.empty()) + "\n";
    return text + sites_text(proximity);
}

std::string travel_json(const Travel& travel, const Findings& findings) {
    Json result{
        {"schema", "tendik.travel/1"},
        {"friction", file_name(travel.table.raster)},
        {"friction_unit", to_text(travel.unit)},
        {"neighbours", neighbour_count(travel)},
        {"max_min", std::isfinite(travel.options.max_min) ? Json(travel.options.max_min) : Json(nullptr)},
        {"preset", travel.jmp ? Json("jmp") : Json(nullptr)},
        {"thresholds_min", travel.thresholds_min}};
    result["sources"] = sources_json(travel);
    result["rows"] = raster_rows(travel.table);
    result["curve"] = curve_json(travel.curve);
    result["findings"] = findings_json(findings);
    return result.dump(2) + "\n";
}

std::string travel_csv(const Travel& travel) {
    Field key{travel.table.key_column.empty() ? "key" : travel.table.key_column, FieldType::text, {}, {}};
    Field counted{"counted", FieldType::text, {}, {}};
    Field minutes{"minutes", FieldType::real, {}, {}};
    Field amount{"amount", FieldType::real, {}, {}};
    Field share{"share", FieldType::real, {}, {}};
    Field state{"state", FieldType::text, {}, {}};
    for (const auto& reach : travel.curve) {
        key.cells.push_back(reach.key.empty() ? Cell{} : Cell{reach.key});
        counted.cells.emplace_back(reach.counted);
        minutes.cells.emplace_back(reach.limit);
        amount.cells.push_back(cell_of(reach.amount));
        share.cells.push_back(cell_of(reach.share));
        state.cells.emplace_back(std::string(to_text(reach.amount.state)));
    }
    return io::to_csv({key, counted, minutes, amount, share, state});
}

std::string sources_csv(const Travel& travel) {
    Field number{"number", FieldType::integer, {}, {}};
    Field id{"id", FieldType::text, {}, {}};
    for (const auto& name : travel.times.sources()) {
        number.cells.emplace_back(static_cast<std::int64_t>(id.cells.size() + 1));
        id.cells.emplace_back(name);
    }
    return io::to_csv({number, id});
}

std::string travel_text(const Travel& travel) {
    auto text = fmt::format("{} in {}: minutes to the nearest of {} sources, {} neighbours (modelled)\n\n",
                            file_name(travel.table.raster), to_text(travel.unit),
                            travel.times.sources().size(), neighbour_count(travel));
    for (const auto& name : counted_names(travel))
        text += regions_text(travel, name) + "\n" + curve_text(travel, name) + "\n";
    text.pop_back();
    return text;
}

}  // namespace tendik::report
