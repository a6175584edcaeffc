// Travel time and who lives within it, for people and machines.
#include "findings_json.h"
#include "table_parts.h"
#include "tendik/base/text.h"
#include "tendik/io/write_layers.h"
#include "tendik/report/access_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Value& value) { return value.present() ? Json(value.number) : Json(nullptr); }
Cell cell_of(const Value& value) { return value.present() ? Cell{value.number} : Cell{}; }

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
