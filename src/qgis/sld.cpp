#include "layer_rules.h"
#include "tendik/base/text.h"
#include "xml_text.h"

#include <fmt/format.h>

#include <cmath>

namespace tendik::qgis {

namespace {

// SE 1.1.0, 10.2.4: the standardised rendering pixel is 0.28 mm wide.
std::string pixels(double millimetres) { return shortest(std::round(millimetres / 0.28 * 100.0) / 100.0); }

void add_parameter(pugi::xml_node parent, const char* name, std::string_view value) {
    add_text(parent, "se:SvgParameter", value).append_attribute("name").set_value(name);
}

void add_comparison(pugi::xml_node parent, const char* name, const std::string& field,
                    std::string_view value) {
    auto comparison = add(parent, name);
    add_text(comparison, "ogc:PropertyName", field);
    add_text(comparison, "ogc:Literal", value);
}

void add_filter(pugi::xml_node node, const LayerRule& rule, const LayerStyleSource& source) {
    auto filter = add(node, "ogc:Filter");
    if (rule.kind == LegendKind::generalised) {
        add_comparison(filter, "ogc:PropertyIsLike", source.outline_field, generalised_pattern);
        auto like = filter.first_child();
        like.append_attribute("wildCard").set_value("%");
        like.append_attribute("singleChar").set_value("_");
        like.append_attribute("escapeChar").set_value("\\");
        return;
    }
    if (rule.kind == LegendKind::unreliable)
        return add_comparison(filter, "ogc:PropertyIsEqualTo", source.unreliable_field, "1");
    if (rule.kind == LegendKind::inherited) {
        if (rule.hatch_only) {
            add_comparison(filter, "ogc:PropertyIsEqualTo", source.inherited_field, "1");
            return;
        }
        auto both = add(filter, "ogc:And");
        add_comparison(both, "ogc:PropertyIsEqualTo", source.inherited_field, "1");
        auto either = add(both, "ogc:Or");
        add_comparison(either, "ogc:PropertyIsLessThan", source.value_field, shortest(rule.lower.value));
        add_comparison(either, "ogc:PropertyIsGreaterThan", source.value_field, shortest(rule.upper.value));
        return;
    }
    if (rule.kind != LegendKind::value_class) {
        add_comparison(filter, "ogc:PropertyIsEqualTo", source.state_field, rule.state);
        return;
    }
    auto both = add(filter, "ogc:And");
    add_comparison(both, "ogc:PropertyIsEqualTo", source.state_field, rule.state);
    add_comparison(both,
                   rule.lower.closed ? "ogc:PropertyIsGreaterThanOrEqualTo" : "ogc:PropertyIsGreaterThan",
                   source.value_field, shortest(rule.lower.value));
    add_comparison(both, "ogc:PropertyIsLessThanOrEqualTo", source.value_field, shortest(rule.upper.value));
}

pugi::xml_node add_stroke(pugi::xml_node parent, const Colour& colour, double width_mm) {
    auto stroke = add(parent, "se:Stroke");
    add_parameter(stroke, "stroke", to_hex(colour));
    add_parameter(stroke, "stroke-width", pixels(width_mm));
    add_parameter(stroke, "stroke-linejoin", "round");
    return stroke;
}

void add_hatch(pugi::xml_node node, const LayerRule& rule) {
    const char* mark = *rule.hatch_degrees == 45    ? "shape://slash"
                       : *rule.hatch_degrees == 135 ? "shape://backslash"
                                                    : "shape://horline";
    auto fill = add(add(node, "se:PolygonSymbolizer"), "se:Fill");
    auto graphic = add(add(fill, "se:GraphicFill"), "se:Graphic");
    auto drawn = add(graphic, "se:Mark");
    add_text(drawn, "se:WellKnownName", mark);
    auto stroke = add(drawn, "se:Stroke");
    add_parameter(stroke, "stroke", to_hex(rule.hatch));
    add_parameter(stroke, "stroke-width",
                  pixels(rule.hatch_only ? inherited_hatch_width_mm : hatch_width_mm));
    add_text(graphic, "se:Size", pixels(hatch_distance_mm));
}

// Area in proportion to the value. SE 1.1.0, 11.3: a point symbolizer on a polygon marks a point inside of
// it; the size is an expression (6.2), sqrt the function of that name in GeoServer and QGIS.
void add_circle(pugi::xml_node node, const Symbols& symbols, const LayerStyleSource& source) {
    auto graphic = add(add(node, "se:PointSymbolizer"), "se:Graphic");
    auto mark = add(graphic, "se:Mark");
    add_text(mark, "se:WellKnownName", "circle");
    add_parameter(add(mark, "se:Fill"), "fill", to_hex(symbols.fill));
    add_stroke(mark, symbols.outline, symbol_outline_mm);
    auto product = add(add(graphic, "se:Size"), "ogc:Mul");
    add_text(product, "ogc:Literal", pixels(2.0 * symbols.largest_radius_px * mm_per_px));
    auto root = add(product, "ogc:Function", {{"name", "sqrt"}});
    auto share = add(root, "ogc:Div");
    add_text(share, "ogc:PropertyName", source.value_field);
    add_text(share, "ogc:Literal", shortest(symbols.largest));
}

void add_symbolizers(pugi::xml_node node, const LayerRule& rule, const Choropleth& choropleth,
                     const LayerStyleSource& source) {
    if (rule.kind == LegendKind::generalised) {
        // Light ground below the dashes, for the neighbour's solid border runs along the same line.
        add_stroke(add(node, "se:LineSymbolizer"), halo_colour, dash_ground_width_mm);
        auto dashes = add_stroke(add(node, "se:LineSymbolizer"), rule.colour, dash_width_mm);
        add_parameter(dashes, "stroke-dasharray", fmt::format("{} {}", pixels(dash_mm), pixels(gap_mm)));
        return;
    }
    if (rule.hatch_only) {
        add_hatch(node, rule);
        return;
    }
    auto polygon = add(node, "se:PolygonSymbolizer");
    auto fill = add(polygon, "se:Fill");
    add_parameter(fill, "fill", to_hex(rule.colour));
    if (rule.colour.alpha != 255) add_parameter(fill, "fill-opacity", shortest(rule.colour.alpha / 255.0));
    add_stroke(polygon, choropleth.border, border_width_mm);
    if (rule.hatch_degrees) add_hatch(node, rule);
    if (rule.kind == LegendKind::present && choropleth.symbols) add_circle(node, *choropleth.symbols, source);
}

void add_rule(pugi::xml_node style, const LayerRule& rule, const Choropleth& choropleth,
              const LayerStyleSource& source) {
    auto node = add(style, "se:Rule");
    add_text(node, "se:Name", rule.key);
    add_text(add(node, "se:Description"), "se:Title", rule.label);
    add_filter(node, rule, source);
    add_symbolizers(node, rule, choropleth, source);
}

void add_labels(pugi::xml_node style, const LayerStyleSource& source) {
    if (source.name_field.empty()) return;
    auto rule = add(style, "se:Rule");
    add_text(rule, "se:Name", "labels");
    auto text = add(rule, "se:TextSymbolizer");
    add_text(add(text, "se:Label"), "ogc:PropertyName", source.name_field);
    auto font = add(text, "se:Font");
    add_parameter(font, "font-family", label_font);
    add_parameter(font, "font-size", pixels(label_size_pt * 25.4 / 72.0));
    auto halo = add(text, "se:Halo");
    add_text(halo, "se:Radius", pixels(halo_mm));
    add_parameter(add(halo, "se:Fill"), "fill", to_hex(halo_colour));
    add_parameter(add(text, "se:Fill"), "fill", to_hex(label_colour));
}

pugi::xml_node add_descriptor(pugi::xml_document& document) {
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version").set_value("1.0");
    declaration.append_attribute("encoding").set_value("UTF-8");
    return add(document.root(), "StyledLayerDescriptor",
               {{"version", "1.1.0"},
                {"xmlns", "http://www.opengis.net/sld"},
                {"xmlns:ogc", "http://www.opengis.net/ogc"},
                {"xmlns:se", "http://www.opengis.net/se"},
                {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
                {"xsi:schemaLocation",
                 "http://www.opengis.net/sld "
                 "http://schemas.opengis.net/sld/1.1.0/StyledLayerDescriptor.xsd"}});
}

}  // namespace

std::string to_sld(const Choropleth& choropleth, const Legend& legend, const LayerStyleSource& source) {
    const auto rules = layer_rules(choropleth, legend, source);
    const auto& title = source.title.in(source.language);
    pugi::xml_document document;
    auto layer = add(add_descriptor(document), "NamedLayer");
    add_text(layer, "se:Name", title);
    auto user_style = add(layer, "UserStyle");
    add_text(user_style, "se:Name", source.value_field);
    add_text(add(user_style, "se:Description"), "se:Title", title);
    // Outlines and names in a style of their own: each style is painted whole before the next begins.
    auto fills = add(user_style, "se:FeatureTypeStyle");
    auto over = add(user_style, "se:FeatureTypeStyle");
    for (const auto& rule : rules)
        add_rule(rule.kind == LegendKind::generalised ? over : fills, rule, choropleth, source);
    add_labels(over, source);
    if (!over.first_child()) user_style.remove_child(over);
    return to_string(document, true);
}

}  // namespace tendik::qgis
