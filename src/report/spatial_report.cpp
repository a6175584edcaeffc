// What lies together on the map, and rates smoothed by it, for people and machines.
#include "tendik/report/spatial_report.h"

#include "findings_json.h"
#include "spoken.h"
#include "table_parts.h"
#include "tendik/base/text.h"
#include "tendik/io/write_layers.h"
#include "tendik/spatial/weights_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }
Json json_of(const std::string& note) { return note.empty() ? Json(nullptr) : Json(note); }

Cell cell_of(const std::optional<double>& number) { return number ? Cell(*number) : Cell(); }

std::string number_text(const std::optional<double>& number, int decimals) {
    return number ? fixed(*number, decimals) : "-";
}

/// "0.012", "< 0.0001".
std::string p_text(const std::optional<double>& p) {
    if (!p) return "-";
    return *p < 0.0001 ? "< 0.0001" : fixed(*p, 4);
}

/// "p = 0.012", "p < 0.0001".
std::string p_clause(const std::optional<double>& p) {
    const auto text = p_text(p);
    return text.starts_with('<') ? "p " + text : "p = " + text;
}

std::string name_of(const Boundaries& boundaries, const std::string& key, Language language) {
    const auto region = find_region(boundaries, key);
    return region ? boundaries.regions[static_cast<std::size_t>(*region)].name.in(language) : key;
}

void add_global(Json& json, const GlobalStatistic& global) {
    json["value"] = json_of(global.value);
    json["expected"] = json_of(global.expected);
    json["inference"] = "randomisation";
    json["variance"] = json_of(global.randomisation.variance);
    json["z"] = json_of(global.randomisation.z);
    json["p"] = json_of(global.randomisation.p);
    json["normal"] = {{"variance", json_of(global.normal.variance)},
                      {"z", json_of(global.normal.z)},
                      {"p", json_of(global.normal.p)}};
    json["p_permutation"] = json_of(global.p_permutation);
    json["permutations"] = global.permutations;
    json["n"] = global.counted;
    json["isolates"] = global.isolates;
    json["detectable"] = json_of(global.detectable);
    json["note"] = json_of(global.note);
}

void add_joins(Json& json, const std::vector<JoinCount>& joins) {
    json["joins"] = Json::array();
    for (const auto& join : joins)
        json["joins"].push_back({{"first", join.first},
                                 {"second", join.second},
                                 {"count", join.count},
                                 {"expected", join.expected},
                                 {"variance", join.variance},
                                 {"z", json_of(join.z)},
                                 {"p", json_of(join.p)},
                                 {"p_permutation", json_of(join.p_permutation)}});
}

void add_local(Json& json, const Autocorrelation& result) {
    const auto& local = *result.local;
    json["n"] = result.keys.size();
    json["tests"] = local.tests;
    json["smallest_p"] = json_of(local.smallest_p);
    json["note"] = json_of(local.note);
    json["local"] = Json::array();
    for (std::size_t i = 0; i < local.regions.size(); ++i) {
        const auto& region = local.regions[i];
        json["local"].push_back({{"key", result.keys[i]},
                                 {"value", json_of(region.value)},
                                 {"expected", json_of(region.expected)},
                                 {"variance", json_of(region.variance)},
                                 {"z", json_of(region.z)},
                                 {"p", json_of(region.p)},
                                 {"p_adjusted", json_of(region.p_adjusted)},
                                 {"cluster", to_text(region.cluster)}});
    }
}

/// Whether likes lie together, in words that claim no more than the test does.
std::string verdict(const Autocorrelation& result) {
    const auto& global = *result.global;
    const auto p = global.p_permutation ? global.p_permutation : global.randomisation.p;
    if (!global.value) return "undefined: " + global.note;
    if (!p) return "no test is defined";
    if (*p > 0.05) {
        if (!global.detectable) return "no pattern is shown";
        if (*global.detectable > 1.0)
            return fmt::format("no pattern is shown, and {} regions are too few to find one", global.counted);
        return fmt::format(
            "no pattern is shown; with {} regions only an I of {} or more would be found in 80 of "
            "100 cases",
            global.counted, fixed(*global.detectable, 2));
    }
    const bool two = result.statistic == "lee" || result.statistic == "bivariate-moran";
    const double chance = global.expected.value_or(0.0);
    const bool above = result.statistic == "geary" ? *global.value < chance : *global.value > chance;
    if (two)
        return above ? "the two go together between neighbours" : "the one is high where the other is low";
    if (result.statistic == "g") return above ? "high values lie together" : "low values lie together";
    return above ? "neighbours are more alike than by chance" : "neighbours differ more than by chance";
}

std::string global_text(const Autocorrelation& result) {
    const auto& global = *result.global;
    const bool esda = result.convention == Convention::esda;
    const bool moran = result.statistic == "moran" || result.statistic == "eb-moran";
    auto text = fmt::format("{} = {}", result.statistic, number_text(global.value, 4));
    if (global.expected) text += fmt::format(", by chance {}", fixed(*global.expected, 4));
    text += fmt::format(", n = {}\n", global.counted);
    if (global.randomisation.p)
        text += fmt::format("  z = {}, {} (randomisation, {})\n", number_text(global.randomisation.z, 2),
                            p_clause(global.randomisation.p), esda && !moran ? "one-sided" : "two-sided");
    if (global.p_permutation)
        text += fmt::format("  {} ({} permutations, {})\n", p_clause(global.p_permutation),
                            global.permutations, esda ? "the smaller tail" : "two-sided");
    return text + "  " + verdict(result) + "\n";
}

std::string joins_text(const Autocorrelation& result) {
    std::string text;
    for (const auto& join : result.joins)
        text += fmt::format("{}:{}  {} joins, by chance {}, z = {}, {}\n", join.first, join.second,
                            shortest(join.count), fixed(join.expected, 1), number_text(join.z, 2),
                            p_clause(join.p_permutation ? join.p_permutation : join.p));
    if (result.one_sided)
        text +=
            "  note: some links are one-sided, A looks at B and B does not at A: each counts as half a "
            "join\n";
    return text;
}

std::string local_text(const Autocorrelation& result, const Boundaries& boundaries, Language language) {
    const auto& local = *result.local;
    std::string text;
    for (std::size_t i = 0; i < local.regions.size(); ++i) {
        const auto& region = local.regions[i];
        if (region.cluster == Cluster::not_significant || !region.p_adjusted) continue;
        text += fmt::format("  {}: {} (value {}, {} = {}, {}, adjusted {})\n",
                            name_of(boundaries, result.keys[i], language), to_text(region.cluster),
                            shortest(result.values[i]), result.statistic, number_text(region.value, 3),
                            p_clause(region.p), p_text(region.p_adjusted));
    }
    if (text.empty())
        text = fmt::format("  none of {} regions stands out once all are looked at together\n", local.tests);
    if (!local.note.empty()) text += fmt::format("  note: {}\n", local.note);
    return fmt::format("{} of {} regions\n", result.statistic, result.keys.size()) + text;
}

std::vector<Field> local_fields(const Autocorrelation& result) {
    std::vector<Field> fields{{"key", FieldType::text, {}, {}},    {"figure", FieldType::real, {}, {}},
                              {"value", FieldType::real, {}, {}},  {"z", FieldType::real, {}, {}},
                              {"p", FieldType::real, {}, {}},      {"p_adjusted", FieldType::real, {}, {}},
                              {"cluster", FieldType::text, {}, {}}};
    for (std::size_t i = 0; i < result.keys.size(); ++i) {
        const auto& region = result.local->regions[i];
        const std::vector<Cell> cells{result.keys[i],
                                      result.values[i],
                                      cell_of(region.value),
                                      cell_of(region.z),
                                      cell_of(region.p),
                                      cell_of(region.p_adjusted),
                                      std::string(to_text(region.cluster))};
        for (std::size_t k = 0; k < cells.size(); ++k)
            fields[k].cells.push_back(cells[k]);
    }
    return fields;
}

std::vector<Field> join_fields(const Autocorrelation& result) {
    std::vector<Field> fields{
        {"first", FieldType::text, {}, {}},    {"second", FieldType::text, {}, {}},
        {"count", FieldType::real, {}, {}},    {"expected", FieldType::real, {}, {}},
        {"variance", FieldType::real, {}, {}}, {"z", FieldType::real, {}, {}},
        {"p", FieldType::real, {}, {}},        {"p_permutation", FieldType::real, {}, {}}};
    for (const auto& join : result.joins) {
        const std::vector<Cell> cells{
            join.first,    join.second,     join.count,      join.expected,
            join.variance, cell_of(join.z), cell_of(join.p), cell_of(join.p_permutation)};
        for (std::size_t k = 0; k < cells.size(); ++k)
            fields[k].cells.push_back(cells[k]);
    }
    return fields;
}

std::vector<Field> global_fields(const Autocorrelation& result) {
    const auto& global = *result.global;
    return {{"statistic", FieldType::text, {result.statistic}, {}},
            {"value", FieldType::real, {cell_of(global.value)}, {}},
            {"expected", FieldType::real, {cell_of(global.expected)}, {}},
            {"variance", FieldType::real, {cell_of(global.randomisation.variance)}, {}},
            {"z", FieldType::real, {cell_of(global.randomisation.z)}, {}},
            {"p", FieldType::real, {cell_of(global.randomisation.p)}, {}},
            {"p_permutation", FieldType::real, {cell_of(global.p_permutation)}, {}},
            {"n", FieldType::integer, {static_cast<std::int64_t>(global.counted)}, {}}};
}

std::vector<Field> map_fields(const Autocorrelation& result) {
    if (result.local) return local_fields(result);
    return result.global ? global_fields(result) : join_fields(result);
}

Json json_of(const Column& column, std::size_t i) {
    return i < column.size() && column[i].present() ? Json(column[i].number) : Json(nullptr);
}

/// Columns of a row with their names; what the method does not know is left out.
std::vector<std::pair<const char*, const Column*>> columns_of(const SmoothedLayer& layer) {
    std::vector<std::pair<const char*, const Column*>> columns{{"events", &layer.events},
                                                               {"people", &layer.people},
                                                               {"rate", &layer.rates},
                                                               {"result", &layer.result}};
    if (!layer.shrinkage.empty()) columns.emplace_back("shrinkage", &layer.shrinkage);
    return columns;
}

const char* heading_of(const SmoothedLayer& layer) {
    if (layer.method == "excess-risk") return "column_ratio";
    if (layer.method == "choynowski") return "column_probability";
    return "column_smoothed";
}

}  // namespace

std::string autocorrelation_text(const Autocorrelation& result, const Boundaries& boundaries,
                                 Language language) {
    const auto head =
        fmt::format("neighbours: {}, style {}{}\n", result.weights, to_text(result.style),
                    result.convention == Convention::esda ? "; p and scale as PySAL has them" : "");
    if (result.global) return head + global_text(result);
    if (result.local) return head + local_text(result, boundaries, language);
    return head + joins_text(result);
}

std::string autocorrelation_json(const Autocorrelation& result, const Findings& findings) {
    Json json{{"schema", "tendik.autocorrelation/1"},
              {"statistic", result.statistic},
              {"weights", result.weights},
              {"style", to_text(result.style)},
              {"compat", result.convention == Convention::esda ? "pysal" : "none"}};
    if (result.global) add_global(json, *result.global);
    if (result.local) add_local(json, result);
    if (!result.joins.empty()) {
        add_joins(json, result.joins);
        json["one_sided"] = result.one_sided;
    }
    json["findings"] = findings_json(findings);
    return json.dump(2) + "\n";
}

std::string autocorrelation_csv(const Autocorrelation& result) { return io::to_csv(map_fields(result)); }

std::string patterns_csv(const Prepared& prepared, const std::vector<PatternStudy>& studies) {
    std::vector<Field> all;
    for (const auto& study : studies) {
        const auto& layer = prepared.atlas.layers[study.layer];
        auto fields = map_fields(study.found);
        if (study.found.global)
            fields.push_back({"p_adjusted", FieldType::real, {cell_of(study.p_adjusted)}, {}});
        const auto rows = fields.front().cells.size();
        std::vector<Field> of_map{{"indicator", FieldType::text, {}, {}},
                                  {"year", FieldType::integer, {}, {}},
                                  {"vintage", FieldType::text, {}, {}}};
        const std::vector<Cell> cells{layer.indicator.code,
                                      layer.year ? Cell{std::int64_t{*layer.year}} : Cell{},
                                      prepared.atlas.boundaries_of(layer).vintage};
        for (std::size_t k = 0; k < of_map.size(); ++k)
            of_map[k].cells.assign(rows, cells[k]);
        std::ranges::move(fields, std::back_inserter(of_map));
        if (all.empty()) {
            all = std::move(of_map);
            continue;
        }
        for (std::size_t k = 0; k < all.size(); ++k)
            std::ranges::move(of_map[k].cells, std::back_inserter(all[k].cells));
    }
    return io::to_csv(all);
}

std::string neighbours_text(const SpatialWeights& weights) {
    std::string text;
    for (std::size_t row = 0; row < weights.size(); ++row) {
        std::vector<std::string> keys;
        for (const auto to : weights.links_of(row))
            keys.push_back(weights.keys[to]);
        text += fmt::format("{}: {}\n", weights.keys[row], keys.empty() ? "-" : join_text(keys, " "));
    }
    return text + fmt::format("{}: {} links between {} regions, {} without a neighbour, {} parts\n",
                              weights.description, weights.link_count(), weights.size(),
                              spatial::isolates(weights).size(), spatial::component_count(weights));
}

std::string weights_file_text(const SpatialWeights& weights, const std::filesystem::path& target) {
    return spatial::write_weights(weights, target);
}

std::string smooth_json(const SmoothedLayer& layer, const Boundaries& boundaries, const Findings& findings) {
    Json rows = Json::array();
    for (std::size_t i = 0; i < boundaries.regions.size(); ++i) {
        Json row{{"key", boundaries.regions[i].key}};
        for (const auto& [name, column] : columns_of(layer))
            row[name] = json_of(*column, i);
        row["state"] = to_text(layer.result[i].state);
        rows.push_back(std::move(row));
    }
    const Json json{{"schema", "tendik.smooth/1"},
                    {"value", layer.title},
                    {"method", layer.method},
                    {"weights", layer.weights.empty() ? Json(nullptr) : Json(layer.weights)},
                    {"per", layer.times},
                    {"mean", json_of(layer.mean)},
                    {"between_variance", json_of(layer.between)},
                    {"rows", std::move(rows)},
                    {"findings", findings_json(findings)}};
    return json.dump(2) + "\n";
}

FeatureLayer smooth_fields(const SmoothedLayer& layer, const Boundaries& boundaries,
                           const std::string& name) {
    FeatureLayer features{name, fmt::format("{}: {}", layer.title, layer.method), &boundaries, {}};
    for (const auto& [title, column] : columns_of(layer)) {
        Field field{title, FieldType::real, {}, {}};
        for (const auto& value : *column)
            field.cells.push_back(value.present() ? Cell{value.number} : Cell{});
        features.fields.push_back(std::move(field));
    }
    Field state{"state", FieldType::text, {}, "State of the result"};
    for (const auto& value : layer.result)
        state.cells.emplace_back(std::string(to_text(value.state)));
    features.fields.push_back(std::move(state));
    return features;
}

std::string smooth_csv(const SmoothedLayer& layer, const Boundaries& boundaries) {
    auto features = smooth_fields(layer, boundaries, "smooth");
    Field key{boundaries.key_column.empty() ? "key" : boundaries.key_column, FieldType::text, {}, {}};
    for (const auto& region : boundaries.regions)
        key.cells.emplace_back(region.key);
    features.fields.insert(features.fields.begin(), std::move(key));
    return io::to_csv(features.fields);
}

std::string smooth_text(const SmoothedLayer& layer, const Boundaries& boundaries,
                        const std::filesystem::path& data_folder, Language language) {
    const Spoken say(data_folder, "smooth", language);
    auto text = say("title", fmt::arg("indicator", layer.title), fmt::arg("method", layer.method),
                    fmt::arg("per", shortest(layer.times)));
    if (!layer.weights.empty()) text += say("neighbours", fmt::arg("weights", layer.weights));
    text += "\n";
    if (layer.mean) text += say("all", fmt::arg("mean", short_text(Value::of(*layer.mean)))) + "\n";
    if (layer.between && *layer.between == 0.0) text += say("chance_alone") + "\n";
    std::vector<std::vector<std::string>> rows{{say("column_region"), say("column_events"),
                                                say("column_people"), say("column_rate"),
                                                say(heading_of(layer))}};
    if (!layer.shrinkage.empty()) rows.front().push_back(say("column_own_share"));
    for (std::size_t i = 0; i < boundaries.regions.size(); ++i) {
        const auto& region = boundaries.regions[i];
        auto& row = rows.emplace_back();
        row.push_back(region.name.empty() ? region.key : region.name.in(language));
        for (const auto* column : {&layer.events, &layer.people, &layer.rates, &layer.result})
            row.push_back(short_text((*column)[i]));
        if (layer.shrinkage.empty()) continue;
        const auto& share = layer.shrinkage[i];
        row.push_back(share.present() ? fixed(100.0 * share.number, 0) + " %" : "");
    }
    return text + aligned(rows);
}

}  // namespace tendik::report
