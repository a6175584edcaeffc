// A composite index as a map layer: its columns, its look, and what is told of its regions.
#include "tendik/layers/index_layers.h"

#include "tendik/base/text.h"
#include "tendik/layers/region_fields.h"
#include "tendik/qgis/layer_style.h"
#include "tendik/report/index_report.h"
#include "tendik/stats/classify.h"
#include "tendik/stats/disparity.h"
#include "tendik/style/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace tendik::layers {
namespace {

namespace fs = std::filesystem;

using Slots = std::vector<std::pair<std::string, std::string>>;

/// The text with its {slots} filled, the same words in every language.
Texts filled(const Texts& text, const Slots& slots) {
    const auto in = [&](Language language) {
        auto words = text.in(language);
        for (const auto& [slot, value] : slots)
            if (const auto at = words.find("{" + slot + "}"); at != std::string::npos)
                words.replace(at, slot.size() + 2, value);
        return words;
    };
    return {in(Language::en), in(Language::ru), in(Language::kk)};
}

/// Normalised figures have ends where they are brought to some; means keep them, duels and z do not.
Texts unit_of(const IndexOptions& options, const TextBook& texts) {
    const auto normalisation = options.scale.normalisation;
    if (normalisation == Normalisation::z || normalisation == Normalisation::rank ||
        options.aggregation == Aggregation::copeland)
        return texts.at("composite.unit_plain");
    return filled(texts.at("composite.unit"),
                  {{"low", shortest(options.scale.lowest)}, {"high", shortest(options.scale.highest)}});
}

Texts definition_of(const ScoredIndex& scored, const TextBook& texts) {
    const auto surveys = std::ranges::count_if(scored.sources, &IndexSource::survey);
    return filled(texts.at("composite.definition"), {{"regions", std::to_string(scored.keys.size())},
                                                     {"indicators", std::to_string(scored.sources.size())},
                                                     {"surveys", std::to_string(surveys)}});
}

/// The score in the form in which layers are styled.
Layer layer_of(const IndexStudy& study, const std::string& name, const TextBook& texts) {
    const auto& scored = study.scored;
    Layer layer;
    auto& indicator = layer.indicator;
    indicator.code = name;
    indicator.name = scored.title.empty() ? texts.at(index_theme) : scored.title;
    indicator.theme = index_theme;
    indicator.kind = IndicatorKind::mean;
    indicator.direction = Direction::favourable;
    indicator.unit = unit_of(scored.options, texts);
    indicator.definition = definition_of(scored, texts);
    layer.values = scored.result.scores.front();
    if (!scored.note.empty()) layer.notes = {scored.note};
    for (const auto& source : scored.sources)
        for (const auto& id : source.publications)
            if (std::ranges::find(layer.sources, id) == layer.sources.end()) layer.sources.push_back(id);
    return layer;
}

/// A score has no zero to take ratios from, and its spread follows from the scale: only the order is told.
Measures measures_of(const Layer& layer, const ScoredIndex& scored) {
    Findings told_by_the_index;
    auto measures = stats::measure(layer.values, nullptr, {.direction = Direction::favourable}, scored.keys,
                                   told_by_the_index);
    for (auto& measure : measures.measures)
        measure = {.code = measure.code, .unit = measure.unit, .note = "a score of an index"};
    for (auto& region : measures.regions) {
        region.relative_gap.reset();
        region.contribution.clear();
        region.influence.clear();
    }
    return measures;
}

}  // namespace

std::string index_name(std::size_t index) { return fmt::format("index_{}", index + 1); }

FeatureLayer index_layer(const IndexStudy& study, const std::string& name) {
    const auto& boundaries = study.boundaries;
    FeatureLayer features{name, study.scored.title.in(Language::en), &boundaries, name_fields(boundaries)};
    std::ranges::move(report::index_fields(study.scored), std::back_inserter(features.fields));
    return features;
}

DrawnIndex draw_index(const Plan& plan, const IndexStudy& study, const std::string& name,
                      const TextBook& texts, const fs::path& styles_dir) {
    DrawnIndex drawn;
    drawn.layer = layer_of(study, name, texts);
    drawn.measures = measures_of(drawn.layer, study.scored);
    const auto numbers = present_numbers(drawn.layer.values);
    Classes classes;
    if (!numbers.empty())
        classes = stats::classify(numbers, {.scheme = Scheme::fisher,
                                            .class_count = plan.maps.class_count,
                                            .round_breaks = plan.maps.round_breaks});
    const auto palette = style::read_palette(styles_dir, plan.maps.favourable_palette);
    auto& look = drawn.look;
    look.choropleth = style::make_choropleth(classes, palette, Direction::favourable);
    look.legend = style::make_legend(drawn.layer, study.boundaries, look.choropleth, texts);
    for (auto& entry : look.legend.entries)
        if (entry.kind == LegendKind::missing) entry.label = texts.at("composite.no_score");
    return drawn;
}

StoredStyle index_style(const DrawnIndex& drawn, const std::string& name) {
    LayerStyleSource source;
    source.value_field = "score";
    source.state_field = "score_state";
    source.name_field = "name_en";
    source.outline_field = "outline";
    source.title = drawn.layer.indicator.name;
    source.language = Language::en;
    const auto& [choropleth, legend] = drawn.look;
    return {name, name, qgis::to_qml(choropleth, legend, source), qgis::to_sld(choropleth, legend, source),
            drawn.layer.indicator.name.in(Language::en)};
}

std::optional<std::size_t> boundaries_of_index(const IndexStudy& study, const Atlas& atlas) {
    for (std::size_t i = 0; i < atlas.boundaries.size(); ++i)
        if (atlas.boundaries[i].vintage == study.boundaries.vintage &&
            std::ranges::equal(atlas.boundaries[i].regions, study.boundaries.regions, {}, &Region::key,
                               &Region::key))
            return i;
    return std::nullopt;
}

}  // namespace tendik::layers
