#include "layer_rules.h"
#include "symbol_xml.h"
#include "tendik/base/text.h"
#include "xml_text.h"

#include <fmt/format.h>

namespace tendik::qgis {

namespace {

std::string class_filter(const LayerRule& rule, const LayerStyleSource& source) {
    // to_real keeps QGIS from handing the comparison to SQLite, which reads about one in some thousand
    // numbers of 17 digits a bit too low or too high: a region whose value is itself a break would vanish
    // from the map.
    const auto value = fmt::format("to_real({})", column(source.value_field));
    return fmt::format(" AND {0} {1} {2} AND {0} <= {3}", value, rule.lower.closed ? ">=" : ">",
                       shortest(rule.lower.value), shortest(rule.upper.value));
}

std::string filter_of(const LayerRule& rule, const LayerStyleSource& source) {
    if (rule.kind == LegendKind::generalised)
        return fmt::format("{} LIKE {}", column(source.outline_field), literal(generalised_pattern));
    if (rule.kind == LegendKind::unreliable) return fmt::format("{} = 1", column(source.unreliable_field));
    if (rule.kind == LegendKind::inherited) {
        auto inherited = fmt::format("{} = 1", column(source.inherited_field));
        if (rule.hatch_only) return inherited;
        const auto value = fmt::format("to_real({})", column(source.value_field));
        return fmt::format("{0} AND ({1} < {2} OR {1} > {3})", inherited, value, shortest(rule.lower.value),
                           shortest(rule.upper.value));
    }
    auto filter = fmt::format("{} = {}", column(source.state_field), literal(rule.state));
    if (rule.kind == LegendKind::value_class) filter += class_filter(rule, source);
    return filter;
}

void add_fill(pugi::xml_node symbol, const LayerRule& rule, const Colour& border) {
    auto map = add(add_symbol_layer(symbol, "SimpleFill", 0), "Option", {{"type", "Map"}});
    add_option(map, "color", rgba(rule.colour));
    add_option(map, "joinstyle", "round");
    add_option(map, "outline_color", rgba(border));
    add_option(map, "outline_style", "solid");
    add_option(map, "outline_width", shortest(border_width_mm));
    add_option(map, "outline_width_unit", "MM");
    add_option(map, "style", "solid");
}

struct Line {
    Colour colour;
    double width_mm = 0.0;
    bool dashed = false;
};

void add_line(pugi::xml_node symbol, const Line& line, int pass) {
    auto map = add(add_symbol_layer(symbol, "SimpleLine", pass), "Option", {{"type", "Map"}});
    add_option(map, "capstyle", "flat");
    add_option(map, "customdash", fmt::format("{};{}", shortest(dash_mm), shortest(gap_mm)));
    add_option(map, "customdash_unit", "MM");
    add_option(map, "joinstyle", "round");
    add_option(map, "line_color", rgba(line.colour));
    add_option(map, "line_style", "solid");
    add_option(map, "line_width", shortest(line.width_mm));
    add_option(map, "line_width_unit", "MM");
    add_option(map, "use_custom_dash", line.dashed ? "1" : "0");
}

void add_strokes(pugi::xml_node symbol, const LayerRule& rule, const std::string& symbol_name,
                 const Line& stroke, int pass) {
    auto layer = add_symbol_layer(symbol, "LinePatternFill", pass);
    auto map = add(layer, "Option", {{"type", "Map"}});
    add_option(map, "angle", std::to_string(*rule.hatch_degrees));
    add_option(map, "color", rgba(stroke.colour));
    add_option(map, "distance", shortest(hatch_distance_mm));
    add_option(map, "distance_unit", "MM");
    add_option(map, "line_width", shortest(stroke.width_mm));
    add_option(map, "line_width_unit", "MM");
    add_line(add_symbol(layer, symbol_name, "line"), stroke, 0);
}

void add_hatch(pugi::xml_node symbol, const LayerRule& rule, const std::string& symbol_name) {
    if (!rule.hatch_only) {
        add_strokes(symbol, rule, fmt::format("@{}@1", symbol_name), {rule.hatch, hatch_width_mm, false}, 0);
        return;
    }
    // Over the fill of the class: white below dark, so that it shows on every colour.
    add_strokes(symbol, rule, fmt::format("@{}@0", symbol_name),
                {halo_colour, inherited_halo_width_mm, false}, 1);
    add_strokes(symbol, rule, fmt::format("@{}@1", symbol_name),
                {rule.hatch, inherited_hatch_width_mm, false}, 1);
}

// Area in proportion to the value: the diameter grows with its square root.
std::string diameter_expression(const Symbols& symbols, const LayerStyleSource& source) {
    return fmt::format("{} * sqrt(to_real({}) / {})", shortest(2.0 * symbols.largest_radius_px * mm_per_px),
                       column(source.value_field), shortest(symbols.largest));
}

void add_circle(pugi::xml_node symbol, const Symbols& symbols, const std::string& symbol_name,
                const LayerStyleSource& source) {
    auto layer = add_symbol_layer(symbol, "CentroidFill", 3);
    auto place = add(layer, "Option", {{"type", "Map"}});
    add_option(place, "clip_points", "0");
    add_option(place, "point_on_all_parts", "0");
    add_option(place, "point_on_surface", "1");
    auto marker =
        add_symbol_layer(add_symbol(layer, fmt::format("@{}@1", symbol_name), "marker"), "SimpleMarker", 0);
    auto map = add(marker, "Option", {{"type", "Map"}});
    add_option(map, "color", rgba(symbols.fill));
    add_option(map, "name", "circle");
    add_option(map, "outline_color", rgba(symbols.outline));
    add_option(map, "outline_style", "solid");
    add_option(map, "outline_width", shortest(symbol_outline_mm));
    add_option(map, "outline_width_unit", "MM");
    add_option(map, "scale_method", "diameter");
    add_option(map, "size", shortest(symbol_in_legend_mm));  // the expression below rules on the map
    add_option(map, "size_unit", "MM");
    add_expressions(marker, "data_defined_properties", {{"size", diameter_expression(symbols, source)}});
}

// Dark rim, so that a pale dot shows on a pale ground; a place without a value is a small ring.
void add_dot(pugi::xml_node symbol, const LayerRule& rule) {
    const bool has_value = rule.kind == LegendKind::value_class;
    auto map = add(add_symbol_layer(symbol, "SimpleMarker", 0), "Option", {{"type", "Map"}});
    add_option(map, "color", rgba(rule.colour));
    add_option(map, "name", "circle");
    add_option(map, "outline_color", rgba(label_colour));
    add_option(map, "outline_style", "solid");
    add_option(map, "outline_width", shortest(dot_outline_mm));
    add_option(map, "outline_width_unit", "MM");
    add_option(map, "scale_method", "diameter");
    add_option(map, "size", shortest(has_value ? dot_mm : empty_dot_mm));
    add_option(map, "size_unit", "MM");
}

void add_rule_symbol(pugi::xml_node symbols, const LayerRule& rule, const std::string& name,
                     const Choropleth& choropleth, const LayerStyleSource& source) {
    if (source.points) return add_dot(add_symbol(symbols, name, "marker"), rule);
    auto symbol = add_symbol(symbols, name, "fill");
    if (rule.kind == LegendKind::generalised) {
        // The neighbour's solid border runs along the same line: a light ground first, so that the gaps show.
        add_line(symbol, {halo_colour, dash_ground_width_mm, false}, 1);
        add_line(symbol, {rule.colour, dash_width_mm, true}, 2);
        return;
    }
    if (!rule.hatch_only) add_fill(symbol, rule, choropleth.border);
    if (rule.hatch_degrees) add_hatch(symbol, rule, name);
    if (rule.kind == LegendKind::present && choropleth.symbols)
        add_circle(symbol, *choropleth.symbols, name, source);
}

void add_renderer(pugi::xml_node root, const std::vector<LayerRule>& rules, const Choropleth& choropleth,
                  const LayerStyleSource& source) {
    auto renderer = add(root, "renderer-v2",
                        {{"type", "RuleRenderer"},
                         {"symbollevels", "1"},
                         {"forceraster", "0"},
                         {"referencescale", "-1"},
                         {"enableorderby", "0"}});
    auto list = add(renderer, "rules", {{"key", "all"}});
    auto symbols = add(renderer, "symbols");
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto symbol = std::to_string(i);
        add(list, "rule",
            {{"key", rules[i].key},
             {"symbol", symbol},
             {"label", rules[i].label},
             {"filter", filter_of(rules[i], source)}});
        add_rule_symbol(symbols, rules[i], symbol, choropleth, source);
    }
}

/// Beside the dot: its name and, where there is one, its value.
void add_point_labels(pugi::xml_node root, const LayerStyleSource& source) {
    auto settings = add(add(root, "labeling", {{"type", "simple"}}), "settings", {{"calloutType", "simple"}});
    const auto value = column(source.value_field);
    add_text_style(settings, {fmt::format("{0} || if({1} IS NULL, '', ' ' || to_string({1}))",
                                          column(source.name_field), value),
                              true, label_size_pt, label_colour});
    add(settings, "placement",
        {{"placement", "0"}, {"dist", "1"}, {"distUnits", "MM"}, {"placementFlags", "9"}, {"priority", "4"}});
    add(settings, "rendering", {{"drawLabels", "1"}, {"displayAll", "0"}, {"obstacle", "1"}});
}

void add_labels(pugi::xml_node root, const LayerStyleSource& source) {
    if (source.name_field.empty()) return;
    if (source.points) return add_point_labels(root, source);
    auto settings = add(add(root, "labeling", {{"type", "simple"}}), "settings", {{"calloutType", "simple"}});
    add_text_style(settings, {source.name_field, false, label_size_pt, label_colour});
    // Horizontal (4); inside of the region where there is room, else beside it (polygonPlacementFlags 3): the
    // cities.
    add(settings, "placement", {{"placement", "4"}, {"polygonPlacementFlags", "3"}, {"priority", "5"}});
    // A region's name stands on the place of it that is farthest from its border; on its own, QGIS put some
    // of them on a neighbour. Cities are smaller than their names: those stay beside them.
    const auto place = [&source](const char* axis) {
        const auto pole =
            fmt::format("{}(pole_of_inaccessibility($geometry, 0.01 * bounds_width($geometry)))", axis);
        return source.outline_field.empty()
                   ? pole
                   : fmt::format("if({} LIKE {}, NULL, {})", column(source.outline_field),
                                 literal(generalised_pattern), pole);
    };
    add_expressions(
        settings, "dd_properties",
        {{"PositionX", place("x")}, {"PositionY", place("y")}, {"Hali", "'Center'"}, {"Vali", "'Half'"}});
    add(settings, "rendering",
        {{"drawLabels", "1"},
         {"labelPerPart", "0"},
         {"displayAll", "0"},
         {"obstacle", "1"},
         {"obstacleType", "1"}});
}

void add_fields(pugi::xml_node root, const LayerStyleSource& source) {
    const auto& title = source.title.in(source.language);
    const std::vector<std::string> names{source.value_field,      source.state_field, source.inherited_field,
                                         source.unreliable_field, source.name_field,  source.outline_field};
    auto configuration = add(root, "fieldConfiguration");
    for (const auto& name : names)
        if (!name.empty()) add(configuration, "field", {{"name", name}, {"configurationFlags", "None"}});
    if (title.empty()) return;
    // Other columns keep the aliases that the file itself gives them.
    add(add(root, "aliases"), "alias", {{"field", source.value_field}, {"name", title}});
}

}  // namespace

std::string to_qml(const Choropleth& choropleth, const Legend& legend, const LayerStyleSource& source) {
    const auto rules = layer_rules(choropleth, legend, source);
    pugi::xml_document document;
    document.append_child(pugi::node_doctype).set_value("qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'");
    auto root = add(document.root(), "qgis",
                    {{"version", "3.22.16"},
                     {"styleCategories", "Symbology|Labeling|Fields"},
                     {"labelsEnabled", source.name_field.empty() ? "0" : "1"}});
    add_renderer(root, rules, choropleth, source);
    add_labels(root, source);
    add(root, "blendMode").text().set("0");
    add(root, "featureBlendMode").text().set("0");
    add_fields(root, source);
    add(root, "layerGeometryType").text().set(source.points ? "0" : "2");
    return to_string(document, false);
}

}  // namespace tendik::qgis
