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

std::string number_text(const std::optional<double>& number, int decimals, const Spoken& say) {
    return number ? say.plain(*number, decimals) : "-";
}

/// "0.012", "< 0.0001".
std::string p_text(const std::optional<double>& p, const Spoken& say) {
    if (!p) return "-";
    return *p < 0.0001 ? "< " + say.plain(0.0001, 4) : say.plain(*p, 4);
}

/// "p = 0.012", "p < 0.0001".
std::string p_clause(const std::optional<double>& p, const Spoken& say) {
    const auto text = p_text(p, say);
    return text.starts_with('<') ? "p " + text : "p = " + text;
}

std::string name_of(const Boundaries& boundaries, const std::string& key, const Spoken& say) {
    const auto region = find_region(boundaries, key);
    return region ? say.region(boundaries.regions[static_cast<std::size_t>(*region)]) : key;
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

void add_gini(Json& json, const std::optional<GiniParts>& parts) {
    json["gini"] = nullptr;
    if (!parts) return;
    json["gini"] = {{"value", parts->gini},
                    {"neighbours", parts->neighbours},
                    {"others", parts->others},
                    {"others_share", parts->share},
                    {"polarisation", json_of(parts->polarisation)}};
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
std::string verdict(const Autocorrelation& result, const Spoken& say) {
    const auto& global = *result.global;
    const auto p = global.p_permutation ? global.p_permutation : global.randomisation.p;
    if (!global.value) return say("undefined", fmt::arg("reason", say.note_in("spatial_note", global.note)));
    if (!p) return say("no_test");
    if (*p > 0.05) {
        if (!global.detectable) return say("no_pattern");
        if (*global.detectable > 1.0) return say("too_few", fmt::arg("count", global.counted));
        return say("detectable", fmt::arg("count", global.counted),
                   fmt::arg("value", say.plain(*global.detectable, 2)));
    }
    const bool two = result.statistic == "lee" || result.statistic == "bivariate-moran";
    const double chance = global.expected.value_or(0.0);
    const bool above = result.statistic == "geary" ? *global.value < chance : *global.value > chance;
    if (two) return say(above ? "go_together" : "go_against");
    if (result.statistic == "g") return say(above ? "high_together" : "low_together");
    return say(above ? "alike" : "unlike");
}

std::string gini_text(const GiniParts& parts, const Spoken& say) {
    auto text = "  " +
                say("gini", fmt::arg("gini", say.plain(parts.gini, 4)),
                    fmt::arg("neighbours", say.plain(parts.neighbours, 4)),
                    fmt::arg("others", say.plain(parts.others, 4)),
                    fmt::arg("share", say.plain(100.0 * parts.share, 1))) +
                "\n";
    if (parts.polarisation)
        text += "  " + say("polarisation", fmt::arg("ratio", say.plain(*parts.polarisation, 2))) + "\n";
    return text;
}

std::string global_text(const Autocorrelation& result, const Spoken& say) {
    const auto& global = *result.global;
    const bool esda = result.convention == Convention::esda;
    const bool moran = result.statistic == "moran" || result.statistic == "eb-moran";
    const bool gini = result.statistic == "spatial-gini";
    auto text = say("value", fmt::arg("statistic", result.statistic),
                    fmt::arg("value", number_text(global.value, 4, say)));
    if (global.expected) text += say("by_chance", fmt::arg("value", say.plain(*global.expected, 4)));
    text += say("count", fmt::arg("count", global.counted)) + "\n";
    if (result.gini) text += gini_text(*result.gini, say);
    if (global.randomisation.p)
        text += "  " +
                say("randomisation", fmt::arg("z", number_text(global.randomisation.z, 2, say)),
                    fmt::arg("p", p_clause(global.randomisation.p, say)),
                    fmt::arg("sides", say(esda && !moran && !gini ? "one_sided" : "two_sided"))) +
                "\n";
    if (global.p_permutation)
        text += "  " +
                say("permutation", fmt::arg("p", p_clause(global.p_permutation, say)),
                    fmt::arg("count", global.permutations),
                    fmt::arg("sides", say(esda ? "smaller_tail" : "two_sided"))) +
                "\n";
    if (global.value && !global.note.empty())
        text += "  " + say("note", fmt::arg("note", say.note_in("spatial_note", global.note))) + "\n";
    return text + "  " + verdict(result, say) + "\n";
}

std::string joins_text(const Autocorrelation& result, const Spoken& say) {
    const auto colour = [&say](const std::string& name) {
        return name == "high" || name == "low" ? say(name) : name;
    };
    std::string text;
    for (const auto& join : result.joins)
        text +=
            say("joins", fmt::arg("first", colour(join.first)), fmt::arg("second", colour(join.second)),
                fmt::arg("count", say.break_text(join.count)),
                fmt::arg("expected", say.plain(join.expected, 1)), fmt::arg("z", number_text(join.z, 2, say)),
                fmt::arg("p", p_clause(join.p_permutation ? join.p_permutation : join.p, say))) +
            "\n";
    if (!result.joins_note.empty())
        text += "  " + say("note", fmt::arg("note", say.note_in("spatial_note", result.joins_note))) + "\n";
    if (result.one_sided) text += "  " + say("one_sided_links") + "\n";
    return text;
}

std::string local_text(const Autocorrelation& result, const Boundaries& boundaries, const Spoken& say) {
    const auto& local = *result.local;
    std::string text;
    for (std::size_t i = 0; i < local.regions.size(); ++i) {
        const auto& region = local.regions[i];
        if (region.cluster == Cluster::not_significant || !region.p_adjusted) continue;
        text +=
            "  " +
            say("local", fmt::arg("region", name_of(boundaries, result.keys[i], say)),
                fmt::arg("cluster", say.note_in("cluster", std::string(to_text(region.cluster)))),
                fmt::arg("value", say.break_text(result.values[i])), fmt::arg("statistic", result.statistic),
                fmt::arg("local", number_text(region.value, 3, say)), fmt::arg("p", p_clause(region.p, say)),
                fmt::arg("adjusted", p_text(region.p_adjusted, say))) +
            "\n";
    }
    if (text.empty()) text = "  " + say("none_local", fmt::arg("count", local.tests)) + "\n";
    if (!local.note.empty())
        text += "  " + say("note", fmt::arg("note", say.note_in("spatial_note", local.note))) + "\n";
    return say("local_title", fmt::arg("statistic", result.statistic),
               fmt::arg("count", result.keys.size())) +
           "\n" + text;
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
    std::vector<Field> fields{{"statistic", FieldType::text, {result.statistic}, {}},
                              {"value", FieldType::real, {cell_of(global.value)}, {}},
                              {"expected", FieldType::real, {cell_of(global.expected)}, {}},
                              {"variance", FieldType::real, {cell_of(global.randomisation.variance)}, {}},
                              {"z", FieldType::real, {cell_of(global.randomisation.z)}, {}},
                              {"p", FieldType::real, {cell_of(global.randomisation.p)}, {}},
                              {"p_permutation", FieldType::real, {cell_of(global.p_permutation)}, {}},
                              {"n", FieldType::integer, {static_cast<std::int64_t>(global.counted)}, {}}};
    if (result.statistic != "spatial-gini") return fields;
    const auto add = [&](const char* name, const std::optional<double>& number) {
        fields.push_back({name, FieldType::real, {cell_of(number)}, {}});
    };
    const auto& parts = result.gini;
    add("gini", parts ? std::optional(parts->gini) : std::nullopt);
    add("neighbours", parts ? std::optional(parts->neighbours) : std::nullopt);
    add("others", parts ? std::optional(parts->others) : std::nullopt);
    add("others_share", parts ? std::optional(parts->share) : std::nullopt);
    add("polarisation", parts ? parts->polarisation : std::nullopt);
    return fields;
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

std::string autocorrelation_text(const Autocorrelation& result, const Layer& layer,
                                 const Boundaries& boundaries, const std::filesystem::path& data_folder,
                                 Language language) {
    const Spoken say(data_folder, "autocorrelation", language);
    const auto& name = layer.indicator.name.empty() || language == Language::en
                           ? layer.indicator.code
                           : layer.indicator.name.in(language);
    const auto title = layer.year
                           ? say("title_year", fmt::arg("indicator", name), fmt::arg("year", *layer.year))
                           : say("title", fmt::arg("indicator", name));
    const auto head = title + "\n" +
                      say("neighbours", fmt::arg("weights", say.note_in("weights_word", result.weights)),
                          fmt::arg("style", to_text(result.style))) +
                      (result.convention == Convention::esda ? say("as_pysal") : "") + "\n";
    if (result.global) return head + global_text(result, say);
    if (result.local) return head + local_text(result, boundaries, say);
    return head + joins_text(result, say);
}

std::string autocorrelation_json(const Autocorrelation& result, const Findings& findings) {
    Json json{{"schema", "tendik.autocorrelation/1"},
              {"statistic", result.statistic},
              {"weights", result.weights},
              {"style", to_text(result.style)},
              {"compat", result.convention == Convention::esda ? "pysal" : "none"}};
    if (result.global) add_global(json, *result.global);
    if (result.statistic == "spatial-gini") add_gini(json, result.gini);
    if (result.local) add_local(json, result);
    if (result.statistic == "join-count") {
        json["note"] = json_of(result.joins_note);
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
