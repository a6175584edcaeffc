// Smoothed rates, for people and machines.
#include "findings_json.h"
#include "table_parts.h"
#include "tendik/base/text.h"
#include "tendik/report/spatial_report.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Column& column, std::size_t i) {
    return i < column.size() && column[i].present() ? Json(column[i].number) : Json(nullptr);
}

Json json_of(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }

/// Columns of a row with their names; what the method does not know is left out.
std::vector<std::pair<const char*, const Column*>> columns_of(const SmoothedLayer& layer) {
    std::vector<std::pair<const char*, const Column*>> columns{{"events", &layer.events},
                                                               {"people", &layer.people},
                                                               {"rate", &layer.rates},
                                                               {"result", &layer.result}};
    if (!layer.shrinkage.empty()) columns.emplace_back("shrinkage", &layer.shrinkage);
    return columns;
}

std::string heading_of(const SmoothedLayer& layer) {
    if (layer.method == "excess-risk") return "observed / expected";
    if (layer.method == "choynowski") return "probability";
    return "smoothed";
}

}  // namespace

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

std::string smooth_text(const SmoothedLayer& layer, const Boundaries& boundaries, Language language) {
    auto text =
        fmt::format("{}: {}, rates per {} people{}\n", layer.title, layer.method, shortest(layer.times),
                    layer.weights.empty() ? "" : ", neighbours: " + layer.weights);
    if (layer.mean) text += fmt::format("all regions together: {}\n", short_text(Value::of(*layer.mean)));
    if (layer.between && *layer.between == 0.0)
        text += "the rates differ by no more than chance alone makes: each is drawn to the mean wholly\n";
    std::vector<std::vector<std::string>> rows{{"region", "events", "people", "rate", heading_of(layer)}};
    if (!layer.shrinkage.empty()) rows.front().emplace_back("own share");
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
