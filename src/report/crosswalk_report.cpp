// What became of regions, and of their figures, between two sets of boundaries.
#include "tendik/report/crosswalk_report.h"

#include "findings_json.h"
#include "spoken.h"
#include "table_parts.h"
#include "tendik/base/compensated_sum.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

Json year_of(const CarriedColumn& column) { return column.year ? Json(*column.year) : Json(nullptr); }

Json rows_json(const CrosswalkResult& result) {
    Json rows = Json::array();
    for (const auto& row : result.shares.rows)
        rows.push_back({{"from", result.from.regions[row.source].key},
                        {"to", result.to.regions[row.target].key},
                        {"area_km2", row.area_km2},
                        {"amount", row.amount},
                        {"from_share", row.source_share},
                        {"to_share", row.target_share},
                        {"change", to_text(row.passage)}});
    return rows;
}

Json targets_json(const CrosswalkResult& result) {
    Json targets = Json::array();
    for (std::size_t i = 0; i < result.to.regions.size(); ++i) {
        const auto& quality = result.shares.targets[i];
        targets.push_back({{"key", result.to.regions[i].key},
                           {"share_covered", quality.share_covered},
                           {"largest_source_share", quality.largest_source_share},
                           {"effective_sources", quality.effective_sources},
                           {"estimated", quality.estimated}});
    }
    return targets;
}

Json values_json(const CrosswalkResult& result) {
    Json values = Json::array();
    for (const auto& column : result.columns)
        for (std::size_t i = 0; i < column.values.size(); ++i) {
            const auto& value = column.values[i];
            values.push_back({{"key", result.to.regions[i].key},
                              {"column", column.name},
                              {"year", year_of(column)},
                              {"value", value.shown() ? Json(value.number) : Json(nullptr)},
                              {"state", to_text(value.state)},
                              {"inherited", value.inherited}});
        }
    return values;
}

std::string title_of(const CarriedColumn& column) {
    return column.year ? fmt::format("{}_{}", column.name, *column.year) : column.name;
}

std::string percent(double share, const Spoken& say) { return say.number(100.0 * share, 1) + " %"; }

double sum_of(const Column& column) {
    CompensatedSum sum;
    for (const auto& value : column)
        if (value.shown()) sum.add(value.number);
    return sum.value();
}

std::vector<Field> share_fields(const CrosswalkResult& result) {
    std::vector<Field> fields{{"from", FieldType::text, {}, {}},       {"to", FieldType::text, {}, {}},
                              {"area_km2", FieldType::real, {}, {}},   {"amount", FieldType::real, {}, {}},
                              {"from_share", FieldType::real, {}, {}}, {"to_share", FieldType::real, {}, {}},
                              {"change", FieldType::text, {}, {}}};
    for (const auto& row : result.shares.rows) {
        const std::vector<Cell> cells{result.from.regions[row.source].key,
                                      result.to.regions[row.target].key,
                                      row.area_km2,
                                      row.amount,
                                      row.source_share,
                                      row.target_share,
                                      std::string(to_text(row.passage))};
        for (std::size_t k = 0; k < cells.size(); ++k)
            fields[k].cells.push_back(cells[k]);
    }
    return fields;
}

/// Regions that are what they were need no line each.
std::string passages_text(const CrosswalkResult& result, const Spoken& say) {
    std::vector<std::vector<std::string>> lines{{say("column_from"), say("column_to"), say("column_change"),
                                                 say("column_from_share"), say("column_to_share")}};
    std::size_t same = 0;
    for (const auto& row : result.shares.rows) {
        if (row.passage == Passage::same) {
            ++same;
            continue;
        }
        const auto& source = result.from.regions[row.source];
        const auto& target = result.to.regions[row.target];
        lines.push_back({fmt::format("{} ({})", source.name.in(say.language()), source.key),
                         fmt::format("{} ({})", target.name.in(say.language()), target.key),
                         say(to_text(row.passage)), percent(row.source_share, say),
                         percent(row.target_share, say)});
    }
    const auto& weighed = result.shares.weighed_by;
    auto text = say("same_count", fmt::arg("same", same), fmt::arg("all", result.to.regions.size()),
                    fmt::arg("weighed", weighed == "area" ? say("area") : weighed)) +
                "\n";
    return lines.size() > 1 ? text + aligned(lines) : text;
}

std::string column_text(const CarriedColumn& column, const Spoken& say) {
    const auto estimated = std::ranges::count_if(column.values, &Value::inherited);
    const auto with = std::ranges::count_if(column.values, &Value::shown);
    auto text = say("column", fmt::arg("column", title_of(column)), fmt::arg("with", with),
                    fmt::arg("all", column.values.size()), fmt::arg("estimated", estimated));
    if (column.extensive)
        text += say("sums", fmt::arg("before", shortest(sum_of(column.before))),
                    fmt::arg("after", shortest(sum_of(column.values))));
    return text + "\n";
}

}  // namespace

std::string crosswalk_json(const CrosswalkResult& result, const Findings& findings) {
    const Json json{{"schema", "tendik.crosswalk/1"}, {"weighed_by", result.shares.weighed_by},
                    {"rows", rows_json(result)},      {"targets", targets_json(result)},
                    {"values", values_json(result)},  {"findings", findings_json(findings)}};
    return json.dump(2) + "\n";
}

FeatureLayer crosswalk_layer(const CrosswalkResult& result, const std::string& name) {
    FeatureLayer layer{name, fmt::format("carried from {}", file_name(result.from.source)), &result.to, {}};
    const auto add = [&](const std::string& field, FieldType type, const std::string& alias,
                         const std::function<Cell(std::size_t)>& cell) {
        Field made{field, type, {}, alias};
        for (std::size_t i = 0; i < result.to.regions.size(); ++i)
            made.cells.push_back(cell(i));
        layer.fields.push_back(std::move(made));
    };
    add("name_en", FieldType::text, "Name (English)",
        [&](std::size_t i) { return Cell{result.to.regions[i].name.in(Language::en)}; });
    for (const auto& column : result.columns) {
        const auto title = title_of(column);
        add(title, FieldType::real, "",
            [&](std::size_t i) { return column.values[i].shown() ? Cell{column.values[i].number} : Cell{}; });
        add(title + "_state", FieldType::text, "State of the value",
            [&](std::size_t i) { return Cell{std::string(to_text(column.values[i].state))}; });
        add(title + "_inherited", FieldType::integer, "1: estimated from a region that was divided",
            [&](std::size_t i) { return Cell{std::int64_t{column.values[i].inherited ? 1 : 0}}; });
    }
    const auto& targets = result.shares.targets;
    add("share_covered", FieldType::real, "Share of the region that sources cover",
        [&](std::size_t i) { return Cell{targets[i].share_covered}; });
    add("largest_source_share", FieldType::real, "Share of its largest source",
        [&](std::size_t i) { return Cell{targets[i].largest_source_share}; });
    add("effective_sources", FieldType::real, "Effective number of sources",
        [&](std::size_t i) { return Cell{targets[i].effective_sources}; });
    return layer;
}

std::string crosswalk_csv(const CrosswalkResult& result) {
    if (result.columns.empty()) return io::to_csv(share_fields(result));
    auto layer = crosswalk_layer(result, "values");
    Field key{result.to.key_column.empty() ? "key" : result.to.key_column, FieldType::text, {}, {}};
    for (const auto& region : result.to.regions)
        key.cells.emplace_back(region.key);
    layer.fields.insert(layer.fields.begin(), std::move(key));
    return io::to_csv(layer.fields);
}

std::string crosswalk_text(const CrosswalkResult& result, const std::filesystem::path& data_folder,
                           Language language) {
    const Spoken say(data_folder, "crosswalk", language);
    auto text = passages_text(result, say);
    for (const auto& column : result.columns)
        text += column_text(column, say);
    return text;
}

}  // namespace tendik::report
