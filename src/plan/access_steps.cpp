// [[proximity]] and [[travel]]: how far people are from places.
#include "access_steps.h"

#include "step_words.h"
#include "tendik/access/time_bands.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/plan_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace tendik::plan {
namespace {

namespace fs = std::filesystem;

/// How a table of places is read; "sites" or "sources" goes before _crs and _name.
constexpr std::array<std::string_view, 4> table_keys{"sheet", "x", "y", "missing"};

struct Unit {
    std::string_view name;
    double factor;
};

/// A number with one of the units behind it, or none for the first.
template <std::size_t N>
double parse_quantity(const std::string& text, const std::array<Unit, N>& units, std::string_view what,
                      const std::string& hint) {
    const auto trimmed = trim(text);
    for (const auto& unit : units) {
        if (!trimmed.ends_with(unit.name)) continue;
        const auto number = parse_number(trim(trimmed.substr(0, trimmed.size() - unit.name.size())));
        if (number && std::isfinite(*number)) return *number * unit.factor;
    }
    if (const auto number = parse_number(trimmed); number && std::isfinite(*number))
        return *number * units.front().factor;
    throw InputError(fmt::format("'{}' is no {}", text, what), hint);
}

/// One "longitude,latitude"; none when it is not two numbers.
std::optional<Point> point_of(const std::string& text) {
    const auto parts = split(text, ',');
    if (parts.size() != 2) return std::nullopt;
    const auto x = parse_number(trim(parts[0]));
    const auto y = parse_number(trim(parts[1]));
    if (!x || !y) return std::nullopt;
    return Point{*x, *y};
}

std::vector<Point> points_of(const Node& node) {
    std::vector<Point> points;
    for (const auto& item : node.as_array()) {
        const auto numbers = numbers_of(item);
        if (numbers.size() != 2)
            throw InputError(
                fmt::format("{}: '{}' has {} numbers, expected 2", item.where(), item.path(), numbers.size()),
                "a point is [longitude, latitude]");
        points.push_back({numbers[0], numbers[1]});
    }
    return points;
}

/// A file, "LON,LAT;LON,LAT" or [[lon, lat]]; `word` is "sites" or "sources".
PlacesChoice places_of(const Node& step, const std::string& word, const fs::path& folder) {
    const auto& places = step.at(word);
    const auto crs_key = word + "_crs";
    const auto name_key = word + "_name";
    PlacesChoice choice;
    if (places.is_text())
        choice =
            while_doing(fmt::format("at {}", places.where()), [&] { return parse_places(places.as_text()); });
    else
        choice.points = points_of(places);
    if (choice.table.file.empty()) {
        std::vector<std::string_view> idle(table_keys.begin(), table_keys.end());
        idle.insert(idle.end(), {crs_key, name_key});
        for (const auto key : idle)
            if (const auto* found = step.find(key))
                throw InputError(fmt::format("{}: '{}' speaks of a table, and '{}' are points",
                                             found->where(), found->path(), word),
                                 "leave it out, or name a table");
        return choice;
    }
    auto& table = choice.table;
    table.file = resolved(places, folder);
    take_text(step, "sheet", table.sheet);
    take_text(step, "x", table.x);
    take_text(step, "y", table.y);
    take_text(step, crs_key, table.crs.definition);
    take_text(step, name_key, table.name);
    if (const auto* missing = step.find("missing")) table.missing = text_list(*missing);
    return choice;
}

using Parse = double (*)(const std::string&);

/// A number, or a text with a unit.
double quantity_of(const Node& node, Parse parse) {
    const double quantity = node.is_text() ? while_doing(fmt::format("at {}", node.where()),
                                                         [&] { return parse(node.as_text()); })
                                           : node.as_number();
    if (std::isfinite(quantity)) return quantity;
    throw InputError(fmt::format("{}: '{}' is no finite number", node.where(), node.path()));
}

/// Ends of bands: above 0, each above the one before.
std::vector<double> ends_of(const Node& node, Parse parse, std::string_view unit) {
    std::vector<double> ends;
    for (const auto& item : node.as_array()) {
        const double end = quantity_of(item, parse);
        const double last = ends.empty() ? 0.0 : ends.back();
        if (!(end > last))
            throw InputError(fmt::format("{}: '{}' is {} {}, expected more than {}", item.where(),
                                         item.path(), shortest(end), unit, shortest(last)),
                             "ends of bands ascend: [15, 30, 60]");
        ends.push_back(end);
    }
    if (ends.empty())
        throw InputError(fmt::format("{}: '{}' is empty", node.where(), node.path()),
                         "for example [15, 30, 60]");
    return ends;
}

CountChoice count_of(const Node& node, const fs::path& folder) {
    CountChoice count;
    if (const auto* populations = node.find("population_rasters"))
        count.populations = populations_of(*populations, folder);
    read_pass(node, count);
    return count;
}

/// How the limits of a step name the columns of its table (prepare/proximity.h, prepare/travel.h).
struct Limits {
    const std::vector<double>& ends;
    std::string_view unit;
    std::vector<std::string_view> of_each;  ///< endings of the columns of each limit
    std::vector<std::string_view> of_all;   ///< endings of the others
};

std::string share_column(const std::string& counted, double end, std::string_view unit) {
    return fmt::format("{}_share_within_{}{}", counted, shortest(end), unit);
}

std::vector<std::string> counted_names(const CountChoice& count) {
    if (count.populations.empty()) return {"area_km2"};
    std::vector<std::string> names;
    for (const auto& population : count.populations)
        names.push_back(population.name);
    return names;
}

std::vector<std::string> columns_of(const CountChoice& count, const Limits& limits) {
    std::vector<std::string> columns;
    for (const auto& name : counted_names(count)) {
        columns.push_back(name);
        for (const double end : limits.ends) {
            columns.push_back(share_column(name, end, limits.unit));
            for (const auto ending : limits.of_each)
                columns.push_back(fmt::format("{}_within_{}{}{}", name, shortest(end), limits.unit, ending));
        }
        columns.push_back(fmt::format("{}_beyond_{}{}", name, shortest(limits.ends.back()), limits.unit));
        for (const auto ending : limits.of_all)
            columns.push_back(name + std::string(ending));
    }
    return columns;
}

/// The table that describes a layer: the step itself, or one of its list.
const Node& node_of_layer(const Node& step, std::size_t index) {
    const bool own = step.find("as") != nullptr;
    return own && index == 0 ? step : step.at("layers").as_array().at(index - (own ? 1 : 0));
}

/// Layers that name no column show the share within the only limit. What the step will not count is refused
/// before it counts.
std::vector<RasterLayer> layers_within(const Node& node, std::string_view places_key,
                                       const CountChoice& count, const Limits& limits,
                                       const std::vector<std::string>& more = {}) {
    auto layers = layers_of(node, places_key);
    const auto default_column = share_column(counted_names(count).front(), limits.ends.back(), limits.unit);
    auto known = columns_of(count, limits);
    known.insert(known.end(), more.begin(), more.end());
    for (std::size_t i = 0; i < layers.size(); ++i) {
        auto& layer = layers[i];
        const auto& place = node_of_layer(node, i);
        if (layer.column.empty()) {
            if (limits.ends.size() != 1 || count.populations.size() > 1)
                throw InputError(fmt::format("{}: which column becomes '{}'?", place.where(), layer.code),
                                 fmt::format("name the column: of = \"{}\"", default_column));
            layer.column = default_column;
        }
        if (std::ranges::find(known, layer.column) != known.end()) continue;
        const auto near = nearest(layer.column, known);
        throw InputError(
            fmt::format("{}: there will be no column '{}'{}", place.at("of").where(), layer.column,
                        near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
            fmt::format("the columns are: {}", join_text(known, ", ")));
    }
    return layers;
}

double longest_of(const Node& node) {
    const double minutes = quantity_of(node, &parse_minutes);
    if (minutes > 0.0) return minutes;
    throw InputError(fmt::format("{}: '{}' is {} minutes, expected more than 0", node.where(), node.path(),
                                 shortest(minutes)));
}

void read_search(const Node& node, TravelOptions& options) {
    if (const auto* neighbours = node.find("neighbours")) {
        const auto number = neighbours->as_integer();
        if (number != 8 && number != 16)
            throw InputError(fmt::format("{}: '{}' is {}", neighbours->where(), neighbours->path(), number),
                             "one of: 8, 16");
        options.moves = number == 16 ? TravelMoves::sixteen : TravelMoves::eight;
    }
    if (const auto* longest = node.find("max")) options.max_min = longest_of(*longest);
    if (const auto* barrier = node.find("barrier")) options.barrier = barrier->as_number();
    if (const auto* pass = node.find("pass_corners")) options.pass_corners = pass->as_bool();
    if (const auto* move = node.find("move_sources")) {
        const double km = quantity_of(*move, &parse_km);
        if (km < 0.0)
            throw InputError(fmt::format("{}: '{}' is {} km, expected 0 or more", move->where(), move->path(),
                                         shortest(km)));
        options.move_source_m = 1000.0 * km;
    }
}

void read_thresholds(const Node& node, PlannedTravel& planned) {
    const auto* thresholds = node.find("thresholds");
    if (thresholds != nullptr) planned.thresholds_min = ends_of(*thresholds, &parse_minutes, "minutes");
    const auto* preset = node.find("preset");
    if (preset == nullptr) return;
    if (preset->as_text() != "jmp") refuse_choice(*preset, "jmp");
    if (thresholds != nullptr)
        throw InputError(fmt::format("{}: both 'preset' and 'thresholds' are given", preset->where()),
                         "keep one of them");
    planned.jmp = true;
    planned.thresholds_min = jmp_thresholds_min();
}

std::string places_lines(const PlacesChoice& places, const std::string& word) {
    if (!places.points.empty()) {
        std::vector<std::string> points;
        for (const auto& point : places.points)
            points.push_back(fmt::format("[{}, {}]", shortest(point.x), shortest(point.y)));
        return fmt::format("{} = [{}]\n", word, fmt::join(points, ", "));
    }
    const auto& table = places.table;
    return line(word, mask_passwords(table.file)) + line("sheet", table.sheet) + line("x", table.x) +
           line("y", table.y) + line(word + "_crs", table.crs.definition) + line(word + "_name", table.name) +
           line("missing", table.missing);
}

std::string count_lines(const CountChoice& count) {
    return (count.populations.empty() ? std::string() : population_line(count.populations)) +
           fmt::format("method = \"{}\"\nmax_memory = {}\n", to_text(count.method), count.max_memory_bytes);
}

}  // namespace

double parse_km(const std::string& text) {
    // "km" before "m", which it ends with.
    static constexpr std::array<Unit, 2> units{Unit{"km", 1.0}, Unit{"m", 0.001}};
    return parse_quantity(text, units, "distance", "write 10km, 500m, or a number of km");
}

double parse_minutes(const std::string& text) {
    static constexpr std::array<Unit, 2> units{Unit{"min", 1.0}, Unit{"h", 60.0}};
    return parse_quantity(text, units, "time", "write 90min, 2h, or a number of minutes");
}

std::vector<double> jmp_thresholds_min() { return {access::jmp_one_way_min}; }

PlacesChoice parse_places(const std::string& text) {
    PlacesChoice choice;
    const auto parts = split(text, ';');
    std::string wrong;
    for (const auto& part : parts) {
        const auto point = point_of(part);
        if (point) choice.points.push_back(*point);
        if (!point && wrong.empty()) wrong = part;
    }
    if (choice.points.size() == parts.size()) return choice;
    if (!choice.points.empty())
        throw InputError(fmt::format("'{}' among the points '{}' is no longitude and latitude", wrong, text),
                         "write LON,LAT;LON,LAT");
    choice.points.clear();
    choice.table.file = text;
    return choice;
}

PlannedProximity read_proximity(const Node& node, const fs::path& folder) {
    static constexpr std::array<std::string_view, 12> known{"sites",   "sheet",     "x",
                                                            "y",       "sites_crs", "sites_name",
                                                            "missing", "bands",     "population_rasters",
                                                            "method",  "vintage",   "max_memory"};
    refuse_unknown_in_step(node, known);
    PlannedProximity planned;
    planned.sites = places_of(node, "sites", folder);
    if (const auto* bands = node.find("bands")) planned.bands_km = ends_of(*bands, &parse_km, "km");
    planned.count = count_of(node, folder);
    take_text(node, "vintage", planned.vintage);
    planned.layers = layers_within(node, "sites", planned.count,
                                   {planned.bands_km, "km", {"", "_low", "_high"}, {}}, {"accuracy_km"});
    return planned;
}

PlannedTravel read_travel(const Node& node, const fs::path& folder) {
    static constexpr std::array<std::string_view, 24> known{
        "friction",     "band",         "friction_unit", "neighbours", "barrier",    "pass_corners",
        "move_sources", "max",          "sources",       "sheet",      "x",          "y",
        "sources_crs",  "sources_name", "missing",       "thresholds", "preset",     "population_rasters",
        "method",       "vintage",      "max_memory",    "minutes",    "catchments", "palette"};
    refuse_unknown_in_step(node, known);
    PlannedTravel planned;
    planned.friction = raster_of(node.at("friction"), node.find("band"), folder);
    if (const auto* unit = node.find("friction_unit"))
        planned.unit =
            choice_of<FrictionUnit>(*unit, &friction_unit_from_text, "min/m, min/km, s/m, s/km, km/h, m/s");
    planned.sources = places_of(node, "sources", folder);
    read_search(node, planned.options);
    read_thresholds(node, planned);
    planned.count = count_of(node, folder);
    take_text(node, "vintage", planned.vintage);
    if (const auto* on = node.find("minutes")) planned.write_minutes = on->as_bool();
    if (const auto* on = node.find("catchments")) planned.write_catchments = on->as_bool();
    if (const auto* palette = node.find("palette")) {
        if (!planned.write_minutes)
            throw InputError(fmt::format("{}: 'palette' colours the raster of minutes, and none is written",
                                         palette->where()),
                             "add minutes = true, or leave it out");
        planned.palette = palette->as_text();
    }
    planned.layers = layers_within(
        node, "sources", planned.count,
        {planned.thresholds_min, "min", {""}, {"_unreached", "_barrier", "_no_data", "_off_raster"}});
    return planned;
}

std::string to_toml(const PlannedProximity& planned) {
    return "\n[[proximity]]\n" + places_lines(planned.sites, "sites") + line("vintage", planned.vintage) +
           list_line("bands", planned.bands_km) + count_lines(planned.count) + layer_lines(planned.layers);
}

std::string to_toml(const PlannedTravel& planned) {
    const auto& options = planned.options;
    auto text = "\n[[travel]]\n" + choice_lines("friction", "band", planned.friction);
    if (planned.unit) text += line("friction_unit", std::string(to_text(*planned.unit)));
    text += fmt::format("neighbours = {}\n", options.moves == TravelMoves::sixteen ? 16 : 8);
    if (options.barrier) text += fmt::format("barrier = {}\n", shortest(*options.barrier));
    text += fmt::format("pass_corners = {}\nmove_sources = {}\n", options.pass_corners,
                        shortest(options.move_source_m / 1000.0));
    if (std::isfinite(options.max_min)) text += fmt::format("max = {}\n", shortest(options.max_min));
    text += places_lines(planned.sources, "sources") + line("vintage", planned.vintage);
    text +=
        planned.jmp ? line("preset", std::string("jmp")) : list_line("thresholds", planned.thresholds_min);
    text += count_lines(planned.count) +
            fmt::format("minutes = {}\ncatchments = {}\n", planned.write_minutes, planned.write_catchments);
    if (planned.write_minutes) text += line("palette", planned.palette);
    return text + layer_lines(planned.layers);
}

}  // namespace tendik::plan
