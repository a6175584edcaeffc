// Figures at places, as layers of atlas.gpkg.
#include "tendik/layers/point_layers.h"

#include "tendik/qgis/layer_style.h"
#include "tendik/style/palette.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::layers {
namespace {

const std::string& palette_of(const MapOptions& maps, Direction direction) {
    return direction == Direction::adverse      ? maps.adverse_palette
           : direction == Direction::favourable ? maps.favourable_palette
                                                : maps.neutral_palette;
}

template <typename Describe>
Field field(const PointLayer& layer, std::string name, FieldType type, std::string alias, Describe describe) {
    Field made{std::move(name), type, {}, std::move(alias)};
    for (const auto& point : layer.points)
        made.cells.push_back(describe(point));
    return made;
}

}  // namespace

std::vector<StyledLayer> style_points(const Plan& plan, const Prepared& prepared, const TextBook& texts,
                                      const std::filesystem::path& styles_dir) {
    std::vector<StyledLayer> styled;
    for (const auto& layer : prepared.points) {
        const auto palette =
            style::read_palette(styles_dir, palette_of(plan.maps, layer.indicator.direction));
        auto look = style::make_choropleth(layer.classes, palette, layer.indicator.direction);
        auto legend = style::make_point_legend(layer, look, texts);
        styled.push_back({std::move(look), std::move(legend)});
    }
    return styled;
}

ContextLayer point_shapes(const PointLayer& layer) {
    ContextLayer shapes;
    shapes.kind = ContextKind::settlements;  // the kind whose features are points
    shapes.source = layer.source_file;
    for (const auto& point : layer.points) {
        ContextFeature feature;
        feature.place = point.place;
        shapes.features.push_back(std::move(feature));
    }
    return shapes;
}

FeatureLayer point_layer(const PointLayer& layer, const ContextLayer& shapes) {
    const auto& code = layer.indicator.code;
    FeatureLayer features;
    features.name = layer.name();
    features.title = layer.indicator.name.in(Language::en);
    if (layer.year) features.title += fmt::format(", {}", *layer.year);
    features.context = &shapes;
    features.fields.push_back(
        field(layer, "name", FieldType::text, "Place", [](const PointFigure& p) { return Cell{p.name}; }));
    features.fields.push_back(field(
        layer, code, FieldType::real,
        fmt::format("{}, {}", layer.indicator.name.in(Language::en), layer.indicator.unit.in(Language::en)),
        [](const PointFigure& p) { return p.value.present() ? Cell{p.value.number} : Cell{}; }));
    features.fields.push_back(
        field(layer, code + "_state", FieldType::text, "State of the value",
              [](const PointFigure& p) { return Cell{std::string(to_text(p.value.state))}; }));
    features.fields.push_back(
        field(layer, code + "_class", FieldType::integer, "Class, 1 = lowest", [&](const PointFigure& p) {
            const auto index = p.value.present() ? layer.classes.class_of(p.value.number) : std::nullopt;
            return index ? Cell{static_cast<std::int64_t>(*index + 1)} : Cell{};
        }));
    return features;
}

std::vector<StoredStyle> point_styles(const PointLayer& layer, const StyledLayer& styled) {
    std::vector<StoredStyle> styles;
    for (const auto language : {Language::en, Language::ru, Language::kk}) {
        LayerStyleSource source;
        source.value_field = layer.indicator.code;
        source.state_field = layer.indicator.code + "_state";
        source.name_field = "name";
        source.title = layer.indicator.name;
        source.language = language;
        source.points = true;
        styles.push_back({layer.name(),
                          fmt::format("{}_{}", layer.name(), code_of(language)),
                          qgis::to_qml(styled.choropleth, styled.legend, source),
                          {},
                          layer.indicator.definition.in(language)});
    }
    return styles;
}

std::optional<std::size_t> points_of_surface(const Plan& plan, const Modelled& modelled) {
    for (const auto& surface : plan.surfaces) {
        if (modelled.raster != surface.code + ".tif") continue;
        const auto found = std::ranges::find_if(plan.points, [&surface](const PlannedPoints& points) {
            return points.table.file == surface.points.file && points.table.sheet == surface.points.sheet &&
                   points.table.values == surface.points.values;
        });
        if (found != plan.points.end()) return static_cast<std::size_t>(found - plan.points.begin());
    }
    return std::nullopt;
}

}  // namespace tendik::layers
