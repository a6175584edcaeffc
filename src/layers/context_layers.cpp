// What lies round the regions, as layers of atlas.gpkg.
#include "tendik/layers/context_layers.h"

#include "tendik/qgis/context_style.h"

#include <fmt/format.h>

#include <map>

namespace tendik::layers {
namespace {

Field text_field(const ContextLayer& layer, const char* name, const char* alias,
                 const std::string& (*pick)(const ContextFeature&)) {
    Field field{name, FieldType::text, {}, alias};
    for (const auto& feature : layer.features) {
        const auto& text = pick(feature);
        field.cells.push_back(text.empty() ? Cell{} : Cell{text});
    }
    return field;
}

const char* word_of(ContextKind kind) {
    switch (kind) {
    case ContextKind::lakes:
        return "context.lake";
    case ContextKind::rivers:
        return "context.river";
    case ContextKind::settlements:
        return "context.town";
    case ContextKind::neighbours:
        break;
    }
    return "context.neighbour";
}

}  // namespace

std::vector<std::string> context_names(const std::vector<ContextLayer>& layers) {
    std::vector<std::string> names;
    std::map<ContextKind, int> counts;
    for (const auto& layer : layers) {
        const auto count = ++counts[layer.kind];
        names.push_back(count == 1 ? fmt::format("context_{}", to_text(layer.kind))
                                   : fmt::format("context_{}_{}", to_text(layer.kind), count));
    }
    return names;
}

FeatureLayer context_layer(const ContextLayer& layer, const std::string& name) {
    FeatureLayer features;
    features.name = name;
    features.title = layer.note.in(Language::en);
    features.context = &layer;
    // A name that the source lacks in a language stays empty here; styles fall back to English.
    features.fields.push_back(
        text_field(layer, "name_en", "Name (English)",
                   [](const ContextFeature& f) -> const std::string& { return f.name.en; }));
    features.fields.push_back(
        text_field(layer, "name_ru", "Название (русский)",
                   [](const ContextFeature& f) -> const std::string& { return f.name.ru; }));
    features.fields.push_back(
        text_field(layer, "name_kk", "Атауы (қазақша)",
                   [](const ContextFeature& f) -> const std::string& { return f.name.kk; }));
    features.fields.push_back(text_field(
        layer, "kind", "Kind", [](const ContextFeature& f) -> const std::string& { return f.kind; }));
    Field rank{"rank", FieldType::integer, {}, "Rank, 1 is drawn first"};
    for (const auto& feature : layer.features)
        rank.cells.emplace_back(std::int64_t{feature.rank});
    features.fields.push_back(std::move(rank));
    features.fields.push_back(
        text_field(layer, "outline_years", "Years of the outline, where it is older than the map",
                   [](const ContextFeature& f) -> const std::string& { return f.outline_years; }));
    return features;
}

std::vector<StoredStyle> context_styles(const ContextLayer& layer, const std::string& name,
                                        const TextBook& texts) {
    const ContextWords words{texts.at(word_of(layer.kind)), texts.at("context.dated"),
                             texts.at("context.dated_short")};
    std::vector<StoredStyle> styles;
    for (const auto language : {Language::en, Language::ru, Language::kk})
        styles.push_back({name,
                          fmt::format("{}_{}", name, code_of(language)),
                          qgis::to_context_qml(layer, words, language),
                          {},
                          layer.attribution.in(language)});
    return styles;
}

}  // namespace tendik::layers
