// What a command on one indicator leaves behind for a map: a row a region.
#include "tendik/layers/result_layers.h"

#include "tendik/layers/drawn_layers.h"
#include "tendik/layers/region_fields.h"

#include <algorithm>
#include <iterator>

namespace tendik::layers {
namespace {

bool is_empty(const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell);
    return std::holds_alternative<std::monostate>(cell) || (text != nullptr && text->empty());
}

/// Adds rows under the columns of the same name; a column that is new is empty in the rows before.
void append_rows(std::vector<Field>& all, const std::vector<Field>& rows, std::size_t before) {
    for (const auto& made : rows) {
        auto field = std::ranges::find(all, made.name, &Field::name);
        if (field == all.end()) field = all.insert(field, {made.name, made.type, {}, {}});
        field->cells.resize(before);
        field->cells.insert(field->cells.end(), made.cells.begin(), made.cells.end());
    }
}

}  // namespace

FeatureLayer measured_layer(const Prepared& prepared, std::size_t index, const std::string& name) {
    auto features = feature_layer(prepared, index);
    features.name = name;
    return features;
}

FeatureLayer classed_layer(const Prepared& prepared, std::size_t index, const std::string& name) {
    const auto& layer = prepared.atlas.layers[index];
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    const auto& code = layer.indicator.code;
    FeatureLayer features{name, layer.indicator.name.in(Language::en), &boundaries, name_fields(boundaries)};
    const auto add = [&features](std::vector<Field> fields) {
        std::ranges::move(fields, std::back_inserter(features.fields));
    };
    add(value_fields(boundaries, layer.values, code, layer.indicator.unit.in(Language::en)));
    add(precision_fields(boundaries, layer, code));
    add({class_field(boundaries, layer, prepared.results[index], code)});
    add(firmness_fields(boundaries, prepared.results[index], code));
    return features;
}

std::string measured_regions_csv(const Prepared& prepared) {
    std::vector<Field> all;
    for (std::size_t index = 0; index < prepared.atlas.layers.size(); ++index) {
        const auto& layer = prepared.atlas.layers[index];
        const auto& boundaries = prepared.atlas.boundaries_of(layer);
        const auto before = all.empty() ? 0 : all.front().cells.size();
        const auto of_layer = [&](const char* name, FieldType type, const Cell& cell) {
            return field(boundaries, name, type, {}, [&](std::size_t) { return cell; });
        };
        std::vector<Field> rows{
            of_layer("indicator", FieldType::text, layer.indicator.code),
            of_layer("year", FieldType::integer, layer.year ? Cell{std::int64_t{*layer.year}} : Cell{}),
            of_layer("vintage", FieldType::text, boundaries.vintage),
            field(boundaries, "key", FieldType::text, {},
                  [&](std::size_t i) { return Cell{boundaries.regions[i].key}; })};
        std::ranges::move(measured_layer(prepared, index, {}).fields, std::back_inserter(rows));
        append_rows(all, rows, before);
    }
    for (auto& field : all)
        field.cells.resize(all.front().cells.size());
    std::erase_if(all, [](const Field& field) { return std::ranges::all_of(field.cells, is_empty); });
    return io::to_csv(all);
}

}  // namespace tendik::layers
