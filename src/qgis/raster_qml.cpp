#include "tendik/base/text.h"
#include "tendik/qgis/raster_style.h"
#include "xml_text.h"

#include <fmt/format.h>

namespace tendik::qgis {
namespace {

void add_classes(pugi::xml_node shader, const Choropleth& choropleth, const Legend& legend,
                 Language language) {
    const auto& breaks = choropleth.classes.breaks;
    for (const auto& entry : legend.entries) {
        if (!entry.class_index) continue;
        const auto k = *entry.class_index;
        const bool last = k + 2 == breaks.size();
        add(shader, "item",
            {{"value", last ? "inf" : shortest(breaks[k + 1])},
             {"label", entry.label.in(language)},
             {"color", to_hex(entry.colour)},
             {"alpha", std::to_string(entry.colour.alpha)}});
    }
}

pugi::xml_node add_root(pugi::xml_document& document) {
    document.append_child(pugi::node_doctype).set_value("qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'");
    return add(document.root(), "qgis", {{"version", "3.22.16"}, {"styleCategories", "Symbology"}});
}

}  // namespace

std::string to_raster_qml(const Choropleth& choropleth, const Legend& legend, int band, Language language) {
    const auto& breaks = choropleth.classes.breaks;
    const auto low = shortest(breaks.front());
    const auto high = shortest(breaks.back());
    pugi::xml_document document;
    auto root = add_root(document);
    auto renderer = add(add(root, "pipe"), "rasterrenderer",
                        {{"type", "singlebandpseudocolor"},
                         {"band", std::to_string(band)},
                         {"opacity", "1"},
                         {"alphaBand", "-1"},
                         {"nodataColor", ""},
                         {"classificationMin", low},
                         {"classificationMax", high}});
    add(renderer, "rasterTransparency");
    auto shader = add(add(renderer, "rastershader"), "colorrampshader",
                      {{"colorRampType", "DISCRETE"},
                       {"classificationMode", "1"},
                       {"clip", "0"},
                       {"minimumValue", low},
                       {"maximumValue", high},
                       {"labelPrecision", "6"}});
    add_classes(shader, choropleth, legend, language);
    add(root, "blendMode").text().set("0");
    return to_string(document, false);
}

std::string to_category_qml(const std::vector<RasterCategory>& categories, int band) {
    pugi::xml_document document;
    auto root = add_root(document);
    auto renderer = add(add(root, "pipe"), "rasterrenderer",
                        {{"type", "paletted"},
                         {"band", std::to_string(band)},
                         {"opacity", "1"},
                         {"alphaBand", "-1"},
                         {"nodataColor", ""}});
    add(renderer, "rasterTransparency");
    auto palette = add(renderer, "colorPalette");
    for (const auto& category : categories)
        add(palette, "paletteEntry",
            {{"value", shortest(category.value)},
             {"label", category.label},
             {"color", to_hex(category.colour)},
             {"alpha", std::to_string(category.colour.alpha)}});
    add(root, "blendMode").text().set("0");
    return to_string(document, false);
}

}  // namespace tendik::qgis
