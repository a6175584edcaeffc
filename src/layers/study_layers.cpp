#include "tendik/layers/study_layers.h"

#include "tendik/base/atomic_file.h"
#include "tendik/qgis/layer_style.h"
#include "tendik/report/index_report.h"
#include "tendik/report/spatial_report.h"
#include "tendik/stats/classify.h"
#include "tendik/style/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace tendik::layers {
namespace {

namespace fs = std::filesystem;

Cell cell_of(const std::optional<double>& number) { return number ? Cell{*number} : Cell{}; }

/// One column of a local statistic; regions that left it have nothing.
Field local_field(const Boundaries& boundaries, const Autocorrelation& found, std::string name,
                  FieldType type, std::string alias, const std::function<Cell(const LocalValue&)>& pick) {
    std::map<std::string, const LocalValue*> by_key;
    for (std::size_t i = 0; i < found.keys.size(); ++i)
        by_key[found.keys[i]] = &found.local->regions[i];
    Field field{std::move(name), type, {}, std::move(alias)};
    for (const auto& region : boundaries.regions) {
        const auto known = by_key.find(region.key);
        field.cells.push_back(known == by_key.end() ? Cell{} : pick(*known->second));
    }
    return field;
}

void add_local_fields(std::vector<Field>& fields, const Boundaries& boundaries, const Autocorrelation& found,
                      const std::string& name) {
    const auto add = [&](const std::string& ending, FieldType type, const std::string& alias,
                         const auto& pick) {
        fields.push_back(local_field(boundaries, found, name + ending, type, alias, pick));
    };
    add("", FieldType::real, found.statistic + " by " + found.weights,
        [](const LocalValue& one) { return cell_of(one.value); });
    add("_p", FieldType::real, "p, two-sided, of this region alone",
        [](const LocalValue& one) { return cell_of(one.p); });
    add("_p_adjusted", FieldType::real, "p, corrected for all regions of the map",
        [](const LocalValue& one) { return cell_of(one.p_adjusted); });
    add("_cluster", FieldType::text,
        "What the region is among its neighbours, where the corrected p is 0.05 or less",
        [](const LocalValue& one) { return Cell{std::string(to_text(one.cluster))}; });
}

Field text_field(const Boundaries& boundaries, std::string name, std::string alias,
                 const std::function<std::string(const Region&)>& pick) {
    Field field{std::move(name), FieldType::text, {}, std::move(alias)};
    for (const auto& region : boundaries.regions)
        field.cells.emplace_back(pick(region));
    return field;
}

/// The score in the form in which layers are styled.
Layer layer_of(const IndexStudy& study) {
    Layer layer;
    layer.indicator.code = "score";
    layer.indicator.name = study.scored.title;
    layer.indicator.direction = Direction::favourable;
    layer.values = study.scored.result.scores.front();
    layer.notes = {study.scored.note};
    return layer;
}

}  // namespace

std::vector<Field> pattern_fields(const Studies& studies, std::size_t layer, const Boundaries& boundaries) {
    std::vector<Field> fields;
    std::set<std::string> taken;
    for (const auto& step : studies.patterns)
        for (const auto& study : step) {
            if (study.layer != layer || !study.found.local) continue;
            auto name = study.found.statistic;
            std::ranges::replace(name, '-', '_');
            const auto plain = name;
            for (int number = 2; !taken.insert(name).second; ++number)
                name = fmt::format("{}_{}", plain, number);
            add_local_fields(fields, boundaries, study.found, name);
        }
    return fields;
}

std::string index_name(std::size_t index) { return fmt::format("index_{}", index + 1); }

FeatureLayer index_layer(const IndexStudy& study, const std::string& name) {
    const auto& boundaries = study.boundaries;
    FeatureLayer features{name, study.scored.title.in(Language::en), &boundaries, {}};
    auto& fields = features.fields;
    fields.push_back(text_field(boundaries, "name_en", "Name (English)",
                                [](const Region& region) { return region.name.in(Language::en); }));
    fields.push_back(text_field(boundaries, "name_ru", "Название (русский)",
                                [](const Region& region) { return region.name.in(Language::ru); }));
    fields.push_back(text_field(boundaries, "name_kk", "Атауы (қазақша)",
                                [](const Region& region) { return region.name.in(Language::kk); }));
    fields.push_back(text_field(boundaries, "outline", "How the outline was made",
                                [](const Region& region) { return region.outline; }));
    std::ranges::move(report::index_fields(study.scored), std::back_inserter(fields));
    return features;
}

StoredStyle index_style(const Plan& plan, const IndexStudy& study, const std::string& name,
                        const TextBook& texts, const fs::path& styles_dir) {
    const auto layer = layer_of(study);
    const auto numbers = present_numbers(layer.values);
    Classes classes;
    if (!numbers.empty())
        classes = stats::classify(numbers, {.scheme = Scheme::fisher,
                                            .class_count = plan.maps.class_count,
                                            .round_breaks = plan.maps.round_breaks});
    const auto palette = style::read_palette(styles_dir, plan.maps.favourable_palette);
    const auto choropleth = style::make_choropleth(classes, palette, Direction::favourable);
    const auto legend = style::make_legend(layer, study.boundaries, choropleth, texts);
    LayerStyleSource source;
    source.value_field = "score";
    source.state_field = "score_state";
    source.name_field = "name_en";
    source.outline_field = "outline";
    source.title = layer.indicator.name;
    source.language = Language::en;
    return {name, name, qgis::to_qml(choropleth, legend, source), qgis::to_sld(choropleth, legend, source),
            layer.indicator.name.in(Language::en)};
}

void write_study_tables(const Prepared& prepared, const Studies& studies, const fs::path& folder) {
    for (std::size_t i = 0; i < studies.patterns.size(); ++i)
        write_plain_file(folder / fmt::format("autocorrelation_{}.csv", i + 1),
                         report::patterns_csv(prepared, studies.patterns[i]));
    for (std::size_t i = 0; i < studies.indexes.size(); ++i)
        write_plain_file(folder / (index_name(i) + ".csv"), report::index_csv(studies.indexes[i].scored));
}

}  // namespace tendik::layers
