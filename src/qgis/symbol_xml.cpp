#include "symbol_xml.h"

#include "layer_rules.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

namespace tendik::qgis {
namespace {

std::string doubled(std::string_view text, char quote) {
    std::string result;
    for (const char c : text) {
        result += c;
        if (c == quote) result += c;
    }
    return result;
}

void add_typed_option(pugi::xml_node map, const char* type, const char* name, const std::string& value) {
    add(map, "Option", {{"type", type}, {"name", name}, {"value", value}});
}

}  // namespace

std::string column(const std::string& name) { return '"' + doubled(name, '"') + '"'; }
std::string literal(std::string_view text) { return '\'' + doubled(text, '\'') + '\''; }

std::string rgba(const Colour& colour) {
    return fmt::format("{},{},{},{}", colour.red, colour.green, colour.blue, colour.alpha);
}

void add_option(pugi::xml_node map, std::string_view name, const std::string& value) {
    add(map, "Option", {{"type", "QString"}, {"name", std::string(name)}, {"value", value}});
}

pugi::xml_node add_symbol_layer(pugi::xml_node symbol, const char* kind, int pass) {
    return add(symbol, "layer",
               {{"class", kind}, {"enabled", "1"}, {"locked", "0"}, {"pass", std::to_string(pass)}});
}

pugi::xml_node add_symbol(pugi::xml_node parent, const std::string& name, const char* type) {
    return add(parent, "symbol",
               {{"name", name}, {"type", type}, {"alpha", "1"}, {"clip_to_extent", "1"}, {"force_rhr", "0"}});
}

void add_expressions(pugi::xml_node parent, const char* node,
                     std::initializer_list<RuledByExpression> ruled) {
    auto all = add(add(parent, node), "Option", {{"type", "Map"}});
    add_typed_option(all, "QString", "name", "");
    auto properties = add(all, "Option", {{"type", "Map"}, {"name", "properties"}});
    for (const auto& [property, expression] : ruled) {
        auto one = add(properties, "Option", {{"type", "Map"}, {"name", property}});
        add_typed_option(one, "bool", "active", "true");
        add_typed_option(one, "QString", "expression", expression);
        add_typed_option(one, "int", "type", "3");  // QgsProperty::ExpressionBasedProperty
    }
    add_typed_option(all, "QString", "type", "collection");
}

void add_text_style(pugi::xml_node settings, const Lettering& lettering) {
    auto style = add(settings, "text-style",
                     {{"fieldName", lettering.text},
                      {"isExpression", lettering.is_expression ? "1" : "0"},
                      {"fontFamily", std::string(label_font)},
                      {"fontSize", std::to_string(lettering.size_pt)},
                      {"fontSizeUnit", "Point"},
                      {"fontWeight", "50"},
                      {"fontItalic", lettering.italic ? "1" : "0"},
                      {"textColor", rgba(lettering.colour)},
                      {"textOpacity", "1"},
                      {"multilineHeight", "1"}});
    add(style, "text-buffer",
        {{"bufferDraw", "1"},
         {"bufferSize", shortest(halo_mm)},
         {"bufferSizeUnits", "MM"},
         {"bufferColor", rgba(halo_colour)},
         {"bufferOpacity", "1"},
         {"bufferNoFill", "1"},
         {"bufferJoinStyle", "128"}});
    add(settings, "text-format", {{"wrapChar", ""}, {"autoWrapLength", "16"}, {"multilineAlign", "1"}});
}

}  // namespace tendik::qgis
