// Neighbours, water and towns in the colours of the page (styles/site/context.js).
#include "layer_rules.h"
#include "symbol_xml.h"
#include "tendik/base/text.h"
#include "tendik/qgis/context_style.h"
#include "tendik/style/context_look.h"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace tendik::qgis {
namespace {

namespace look = style::context_look;

constexpr Colour dot_fill{255, 255, 255};
constexpr Colour dot_outline{38, 48, 58};
constexpr Colour country_name{138, 130, 116};
constexpr Colour water_name{63, 116, 148};
constexpr Colour town_name{60, 66, 74};

/// One look: which features, in which words, from which scale on.
struct Look {
    std::string label;
    std::string filter;
    bool dated = false;
    double width_mm = 0.2;
    int from_scale = 0;  ///< denominator above which it is not drawn; 0: always
};

/// Puts the years into the words, with an en dash.
std::string with_years(std::string words, const std::string& name, const std::string& years) {
    const auto put = [&words](std::string_view slot, const std::string& text) {
        if (const auto at = words.find(slot); at != std::string::npos) words.replace(at, slot.size(), text);
    };
    auto range = years;
    if (const auto dash = range.find('-'); dash != std::string::npos) range.replace(dash, 1, "–");
    put("{name}", name);
    put("{years}", range);
    return words;
}

std::vector<Look> polygon_looks(const ContextLayer& layer, const ContextWords& words, Language language) {
    std::vector<Look> looks{{words.legend.in(language), "\"outline_years\" IS NULL"}};
    for (const auto& feature : layer.features)
        if (!feature.outline_years.empty())
            looks.push_back(
                {with_years(words.dated.in(language), feature.name.in(language), feature.outline_years),
                 fmt::format(R"("outline_years" = {} AND "name_en" = {})", literal(feature.outline_years),
                             literal(feature.name.en)),
                 true, 0.3});
    return looks;
}

std::vector<Look> looks_of(const ContextLayer& layer, const ContextWords& words, Language language) {
    const auto& legend = words.legend.in(language);
    switch (layer.kind) {
    case ContextKind::rivers:
        return {{legend, R"("kind" <> 'lake-centreline' AND "rank" <= 4)", false, 0.5},
                {"", R"("kind" <> 'lake-centreline' AND "rank" > 4)", false, 0.3, 15'000'000}};
    case ContextKind::settlements:
        return {{legend, "\"rank\" <= 2", false, 1.8},
                {"", "\"rank\" = 3", false, 1.4, 6'000'000},
                {"", "\"rank\" > 3", false, 1.2, 3'000'000}};
    case ContextKind::neighbours:
    case ContextKind::lakes:
        break;
    }
    return polygon_looks(layer, words, language);
}

void add_area(pugi::xml_node symbol, const Colour& fill, const Colour& outline, const Look& one) {
    auto map = add(add_symbol_layer(symbol, "SimpleFill", 0), "Option", {{"type", "Map"}});
    add_option(map, "color", rgba(fill));
    add_option(map, "joinstyle", "round");
    add_option(map, "outline_color", rgba(outline));
    add_option(map, "outline_style", one.dated ? "dash" : "solid");
    add_option(map, "outline_width", shortest(one.width_mm));
    add_option(map, "outline_width_unit", "MM");
    add_option(map, "style", "solid");
}

void add_river(pugi::xml_node symbol, const Look& one) {
    auto map = add(add_symbol_layer(symbol, "SimpleLine", 0), "Option", {{"type", "Map"}});
    add_option(map, "capstyle", "round");
    add_option(map, "joinstyle", "round");
    add_option(map, "line_color", rgba(look::river));
    add_option(map, "line_style", "solid");
    add_option(map, "line_width", shortest(one.width_mm));
    add_option(map, "line_width_unit", "MM");
}

void add_dot(pugi::xml_node symbol, const Look& one) {
    auto map = add(add_symbol_layer(symbol, "SimpleMarker", 0), "Option", {{"type", "Map"}});
    add_option(map, "color", rgba(dot_fill));
    add_option(map, "name", "circle");
    add_option(map, "outline_color", rgba(dot_outline));
    add_option(map, "outline_style", "solid");
    add_option(map, "outline_width", "0.25");
    add_option(map, "outline_width_unit", "MM");
    add_option(map, "scale_method", "diameter");
    add_option(map, "size", shortest(one.width_mm));
    add_option(map, "size_unit", "MM");
}

void add_look(pugi::xml_node symbols, const std::string& name, ContextKind kind, const Look& one) {
    switch (kind) {
    case ContextKind::neighbours:
        return add_area(add_symbol(symbols, name, "fill"), look::land, look::neighbour_border, one);
    case ContextKind::lakes:
        return add_area(add_symbol(symbols, name, "fill"), one.dated ? look::old_water : look::water,
                        look::shore, one);
    case ContextKind::rivers:
        return add_river(add_symbol(symbols, name, "line"), one);
    case ContextKind::settlements:
        break;
    }
    add_dot(add_symbol(symbols, name, "marker"), one);
}

void add_renderer(pugi::xml_node root, ContextKind kind, const std::vector<Look>& looks) {
    auto renderer = add(root, "renderer-v2",
                        {{"type", "RuleRenderer"},
                         {"symbollevels", "0"},
                         {"forceraster", "0"},
                         {"referencescale", "-1"},
                         {"enableorderby", "0"}});
    auto list = add(renderer, "rules", {{"key", "all"}});
    auto symbols = add(renderer, "symbols");
    for (std::size_t i = 0; i < looks.size(); ++i) {
        auto rule = add(list, "rule",
                        {{"key", fmt::format("look_{}", i + 1)},
                         {"symbol", std::to_string(i)},
                         {"label", looks[i].label},
                         {"filter", looks[i].filter}});
        if (looks[i].from_scale > 0) {
            rule.append_attribute("scalemindenom").set_value("0");
            rule.append_attribute("scalemaxdenom").set_value(std::to_string(looks[i].from_scale).c_str());
        }
        add_look(symbols, std::to_string(i), kind, looks[i]);
    }
}

/// The name in the language, else in English; years below it.
std::string label_expression(const ContextWords& words, Language language) {
    auto name = fmt::format("coalesce({}, \"name_en\")", column(fmt::format("name_{}", code_of(language))));
    const auto& dated = words.dated_short.in(language);
    const auto slot = dated.find("{years}");
    if (slot == std::string::npos) return name;
    return fmt::format(
        "{0} || if(\"outline_years\" IS NULL, '', '\\n' || {1} || replace(\"outline_years\", '-', '–') || "
        "{2})",
        name, literal(dated.substr(0, slot)), literal(dated.substr(slot + 7)));
}

Lettering lettering_of(ContextKind kind, std::string expression) {
    switch (kind) {
    case ContextKind::neighbours:
        return {std::move(expression), true, 9, country_name, false};
    case ContextKind::lakes:
    case ContextKind::rivers:
        return {std::move(expression), true, 7, water_name, true};
    case ContextKind::settlements:
        break;
    }
    return {std::move(expression), true, 7, town_name, false};
}

void add_labels(pugi::xml_node root, ContextKind kind, const std::string& expression) {
    auto settings = add(add(root, "labeling", {{"type", "simple"}}), "settings", {{"calloutType", "simple"}});
    add_text_style(settings, lettering_of(kind, expression));
    // Round a point (0), along a line on it (2), horizontally inside of an area (4). Names of regions go
    // first.
    const auto* placement = kind == ContextKind::settlements ? "0" : kind == ContextKind::rivers ? "2" : "4";
    add(settings, "placement",
        {{"placement", placement},
         {"placementFlags", "9"},
         {"dist", kind == ContextKind::settlements ? "1" : "0"},
         {"distUnits", "MM"},
         {"priority", "2"}});
    add(settings, "rendering",
        {{"drawLabels", "1"},
         {"labelPerPart", "0"},
         {"displayAll", "0"},
         {"obstacle", "0"},
         {"mergeLines", "1"}});
}

}  // namespace

std::string to_context_qml(const ContextLayer& layer, const ContextWords& words, Language language) {
    pugi::xml_document document;
    document.append_child(pugi::node_doctype).set_value("qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'");
    auto root =
        add(document.root(), "qgis",
            {{"version", "3.22.16"}, {"styleCategories", "Symbology|Labeling"}, {"labelsEnabled", "1"}});
    add_renderer(root, layer.kind, looks_of(layer, words, language));
    add_labels(root, layer.kind, label_expression(words, language));
    add(root, "blendMode").text().set("0");
    add(root, "featureBlendMode").text().set("0");
    const auto* geometry = layer.kind == ContextKind::settlements ? "0"
                           : layer.kind == ContextKind::rivers    ? "1"
                                                                  : "2";
    add(root, "layerGeometryType").text().set(geometry);
    return to_string(document, false);
}

}  // namespace tendik::qgis
