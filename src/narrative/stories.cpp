// What belongs together in the report: the years of an indicator, its trends, its patterns.
#include "stories.h"

#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::narrative {
namespace {

constexpr double significance = 0.05;

bool is_told(const Layer& layer) {
    return layer.display == Display::classes && !layer.indicator.partial && !layer.carried &&
           present_count(layer.values) > 0;
}

Story* find_story(std::vector<Story>& stories, const std::string& code) {
    const auto found =
        std::ranges::find_if(stories, [&](const Story& story) { return story.indicator->code == code; });
    return found == stories.end() ? nullptr : &*found;
}

void add_trends(const Prepared& prepared, const Studies& studies, Story& story) {
    for (const auto& trend : studies.trends)
        if (std::ranges::find(story.layers, trend.first_layer) != story.layers.end())
            story.trends.push_back(&trend);
    std::ranges::stable_sort(story.trends, {}, [&](const TrendStudy* trend) {
        return prepared.atlas.layers[trend->first_layer].year;
    });
}

void add_patterns(const Studies& studies, Story& story) {
    for (const auto& step : studies.patterns)
        for (const auto& study : step) {
            if (study.layer != story.latest) continue;
            if (story.global == nullptr && study.found.statistic == "moran") {
                story.global = &study;
                story.tests = static_cast<std::size_t>(
                    std::ranges::count_if(step, [](const PatternStudy& one) { return one.p.has_value(); }));
            }
            if (story.local == nullptr && study.found.statistic == "local-moran") story.local = &study;
        }
}

}  // namespace

std::vector<Story> make_stories(const Prepared& prepared, const Studies& studies) {
    std::vector<Story> stories;
    const auto& layers = prepared.atlas.layers;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (!is_told(layers[i])) continue;
        auto* story = find_story(stories, layers[i].indicator.code);
        if (story == nullptr) {
            stories.push_back({&layers[i].indicator, i, {}, {}, nullptr, nullptr, 0, true});
            story = &stories.back();
        }
        story->layers.push_back(i);
    }
    for (auto& story : stories) {
        std::ranges::stable_sort(story.layers, {}, [&](std::size_t i) { return layers[i].year; });
        story.latest = story.layers.back();
        const auto& modelled = layers[story.latest].modelled;
        story.compared = !modelled || modelled->can_rank;
        add_trends(prepared, studies, story);
        add_patterns(studies, story);
    }
    return stories;
}

Others find_others(const Prepared& prepared) {
    Others others;
    const auto add = [](std::vector<const Indicator*>& list, const Indicator& indicator) {
        const auto same = [&](const Indicator* one) { return one->code == indicator.code; };
        if (std::ranges::none_of(list, same)) list.push_back(&indicator);
    };
    for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i) {
        const auto& layer = prepared.atlas.layers[i];
        if (layer.display == Display::symbols) add(others.totals, layer.indicator);
        if (layer.indicator.partial) add(others.partial, layer.indicator);
        if (has_inherited(layer.values)) others.carried.push_back(i);
        if (layer.modelled) others.modelled.push_back(i);
    }
    return others;
}

const MeasureTrend* find_measure(const TrendStudy& study, std::string_view code) {
    const auto found = std::ranges::find(study.measures, code, &MeasureTrend::code);
    return found == study.measures.end() ? nullptr : &*found;
}

Trend ratio_trend(const MeasureTrend& ratio) { return trend_between(ratio.before, ratio.after, 2); }

Way way_of(const TrendStudy& study) {
    const auto* difference = find_measure(study, "D");
    const auto* ratio = find_measure(study, "R");
    if (difference == nullptr || ratio == nullptr) return Way::none;
    if (ratio_trend(*ratio) != difference->direction) return Way::mixed;
    if (difference->direction == Trend::unchanged) return Way::same;
    return difference->direction == Trend::narrowed ? Way::nearer : Way::apart;
}

Pattern pattern_of(const Story& story) {
    if (story.global == nullptr) return Pattern::none_asked;
    const auto& global = *story.global->found.global;
    if (!global.value || !story.global->p || !story.global->p_adjusted) return Pattern::undefined;
    if (*story.global->p > significance) return Pattern::none_shown;
    if (*story.global->p_adjusted > significance) return Pattern::hint;
    return *global.value > global.expected.value_or(0.0) ? Pattern::together : Pattern::unlike;
}

std::string names_at(const Layer& layer, const Boundaries& boundaries, RegionIndex end, const Words& words) {
    constexpr std::size_t most = 3;
    const auto value = layer.values[static_cast<std::size_t>(end)].number;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < layer.values.size(); ++i)
        if (layer.values[i].present() && layer.values[i].number == value)
            names.push_back(words.in(boundaries.regions[i].name));
    const auto more = names.size() > most ? names.size() - most : 0;
    names.resize(names.size() - more);
    const auto text = join_text(names, ", ");
    return more == 0 ? text : text + " " + words.say("more", {{"n", words.count(more)}});
}

std::optional<Standing> standing_of(const Layer& layer, std::size_t region) {
    const auto& own = layer.values[region];
    const auto numbers = present_numbers(layer.values);
    if (!own.present() || numbers.size() < 3) return std::nullopt;
    const bool low_is_good = layer.indicator.direction == Direction::adverse;
    const auto better = std::ranges::count_if(
        numbers, [&](double other) { return low_is_good ? other < own.number : other > own.number; });
    const auto equal = std::ranges::count(numbers, own.number);
    const auto middle = static_cast<double>(better) + static_cast<double>(equal - 1) / 2.0;
    const auto count = static_cast<double>(numbers.size());
    return Standing{static_cast<std::size_t>(better) + 1, numbers.size(), middle / (count - 1.0),
                    std::min<std::size_t>(2, static_cast<std::size_t>(middle * 3.0 / count))};
}

std::string id_of(const Indicator& indicator, Language language) {
    return fmt::format("{}-{}", code_of(language), indicator.code);
}

}  // namespace tendik::narrative
