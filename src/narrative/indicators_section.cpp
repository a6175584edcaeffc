// What was found about each indicator, in sentences that claim no more than the numbers allow.
#include "sections.h"
#include "sketches.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tendik::narrative {
namespace {

constexpr double significance = 0.05;

std::string paragraph(const std::string& text) { return text.empty() ? "" : element("p", html(text)) + "\n"; }

void add(std::string& text, const std::string& sentence) {
    if (sentence.empty()) return;
    text += (text.empty() ? "" : " ") + sentence;
}

std::string value_at(const Telling& telling, const Layer& layer, RegionIndex region) {
    return telling.words.value(layer.indicator, layer.values[static_cast<std::size_t>(region)].number);
}

std::string ends_text(const Telling& telling, const Layer& layer, const Measures& measures) {
    if (!measures.highest || !measures.lowest) return {};
    const auto& words = telling.words;
    const auto names = [&](RegionIndex end) {
        return names_at(layer, telling.boundaries_of(layer), end, words);
    };
    const auto value = [&](RegionIndex end) { return value_at(telling, layer, end); };
    const auto number = [&](RegionIndex end) { return layer.values[static_cast<std::size_t>(end)].number; };
    if (number(*measures.highest) == number(*measures.lowest)) return words.say("all_equal");
    if (measures.worst && measures.best)
        return words.say("worst_best", {{"worst", names(*measures.worst)},
                                        {"worst_value", value(*measures.worst)},
                                        {"best", names(*measures.best)},
                                        {"best_value", value(*measures.best)}});
    return words.say("high_low", {{"highest", names(*measures.highest)},
                                  {"highest_value", value(*measures.highest)},
                                  {"lowest", names(*measures.lowest)},
                                  {"lowest_value", value(*measures.lowest)}}) +
           " " + words.say("page.neutral");
}

std::string gap_text(const Telling& telling, const Layer& layer, const Measures& measures) {
    const auto& words = telling.words;
    const auto* difference = measures.find("D");
    if (difference == nullptr || !difference->value) return {};
    const auto gap = words.difference(layer.indicator, *difference->value);
    const auto* ratio = measures.find("R");
    auto text = ratio != nullptr && ratio->value
                    ? words.say("gap_ratio", {{"gap", gap}, {"ratio", words.ratio(*ratio->value)}})
                    : words.say("gap_only", {{"gap", gap}});
    if (difference->lower && difference->upper)
        add(text,
            words.say("interval", {{"lower", words.number(*difference->lower, layer.indicator.decimals)},
                                   {"upper", words.number(*difference->upper, layer.indicator.decimals)}}));
    return text;
}

std::string mean_text(const Telling& telling, const Layer& layer, const Measures& measures) {
    const auto& words = telling.words;
    if (!measures.mean) return {};
    const auto mean = words.value(layer.indicator, *measures.mean, 1);
    const auto* deviation = measures.find("BGSD");
    const auto* spread = measures.find("COV");
    std::string text;
    if (deviation == nullptr || !deviation->value || spread == nullptr || !spread->value) {
        text = words.say("mean_only", {{"mean", mean}});
    } else {
        const auto sd = words.number(*deviation->value, layer.indicator.decimals + 1);
        const auto cov = words.number(*spread->value, 0);
        text =
            measures.weighted && layer.weights
                ? words.say(
                      "mean_weighted",
                      {{"weight", words.in(layer.weights->text)}, {"mean", mean}, {"sd", sd}, {"cov", cov}})
                : words.say("mean_plain", {{"mean", mean}, {"sd", sd}, {"cov", cov}});
    }
    if (layer.published)
        add(text, words.say("published", {{"value", words.value(layer.indicator, layer.published->value)}}));
    return text;
}

/// The level explains why difference and ratio go different ways, where they part in the direction in which
/// it went: of a lower level the same difference is more.
const char* why_mixed(const TrendStudy& trend) {
    if (!trend.means.front() || !trend.means.back()) return "way_mixed";
    const auto rank = [](Trend direction) { return static_cast<int>(direction); };  // narrowed, unchanged,
                                                                                    // widened
    const bool ratio_gains =
        rank(ratio_trend(*find_measure(trend, "R"))) > rank(find_measure(trend, "D")->direction);
    const bool fell = *trend.means.back() < *trend.means.front();
    if (ratio_gains && fell) return "way_mixed_lower";
    if (!ratio_gains && *trend.means.back() > *trend.means.front()) return "way_mixed_higher";
    return "way_mixed";
}

std::string way_text(const Telling& telling, const TrendStudy& trend) {
    const auto& words = telling.words;
    switch (way_of(trend)) {
    case Way::nearer:
        return words.say("way_nearer");
    case Way::apart:
        return words.say("way_apart");
    case Way::same:
        return words.say("way_same");
    case Way::mixed:
        return words.say(why_mixed(trend));
    case Way::none:
        break;
    }
    return {};
}

/// What a test says of the change, where one can be made.
std::string change_test_text(const Words& words, const MeasureTrend& difference) {
    if (difference.p)
        return words.say(*difference.p <= significance ? "change_sure" : "change_unsure",
                         {{"p", words.p(*difference.p)}});
    const auto& line = difference.line;
    if (!line || !line->p) return words.say("change_unknown");
    const auto* key = *line->p > significance ? "line_none" : line->slope < 0.0 ? "line_falls" : "line_rises";
    return words.say(key, {{"n", words.count(line->count)}, {"p", words.p(*line->p)}});
}

std::string series_text(const Telling& telling, const TrendStudy& trend) {
    const auto& words = telling.words;
    const auto& layer = telling.layer(trend.first_layer);
    const auto& indicator = layer.indicator;
    const auto* difference = find_measure(trend, "D");
    if (difference == nullptr) return {};
    const auto* ratio = find_measure(trend, "R");
    const auto words_of = [&](std::string_view what, Trend direction) {
        return words.say(fmt::format("page.{}_{}", what, to_text(direction)));
    };
    const auto regions = words.count(telling.boundaries_of(layer).regions.size());
    const Slots of_difference{{"from", std::to_string(difference->from_year)},
                              {"to", std::to_string(difference->to_year)},
                              {"n", regions},
                              {"d0", words.number(difference->before, indicator.decimals)},
                              {"d1", words.difference(indicator, difference->after)},
                              {"difference", words_of("difference", difference->direction)},
                              {"r0", ratio == nullptr ? "" : words.ratio(ratio->before)},
                              {"r1", ratio == nullptr ? "" : words.ratio(ratio->after)},
                              {"ratio", ratio == nullptr ? "" : words_of("ratio", ratio_trend(*ratio))}};
    auto text = words.say(ratio == nullptr ? "series_difference" : "series_both", of_difference);
    if (trend.means.front() && trend.means.back())
        add(text, words.say("mean_went", {{"m0", words.value(indicator, *trend.means.front(), 1)},
                                          {"m1", words.value(indicator, *trend.means.back(), 1)}}));
    add(text, way_text(telling, trend));
    add(text, change_test_text(words, *difference));
    return text;
}

std::string years_block(const Telling& telling, const Story& story) {
    std::string text;
    for (const auto* trend : story.trends)
        text += paragraph(series_text(telling, *trend));
    const auto in_latest = [&](const TrendStudy* trend) {
        return telling.result(trend->first_layer).series == telling.result(story.latest).series;
    };
    if (std::ranges::none_of(story.trends, in_latest)) text += paragraph(telling.words.say("one_year"));
    return text;
}

std::string power_text(const Words& words, const GlobalStatistic& global) {
    if (!global.detectable) return {};
    const auto n = words.count(global.counted);
    if (*global.detectable > 1.0) return words.say("pattern_few", {{"n", n}});
    return words.say("pattern_power", {{"n", n}, {"detectable", words.number(*global.detectable, 2)}});
}

std::string pattern_text(const Telling& telling, const Story& story) {
    const auto& words = telling.words;
    const auto pattern = pattern_of(story);
    if (pattern == Pattern::none_asked) return {};
    if (pattern == Pattern::undefined) return words.say("pattern_undefined");
    const auto& global = *story.global->found.global;
    const auto* key = pattern == Pattern::together ? "pattern_together"
                      : pattern == Pattern::unlike ? "pattern_unlike"
                      : pattern == Pattern::hint   ? "pattern_hint"
                                                   : "pattern_none";
    auto text = words.say(key, {{"i", words.number(*global.value, 2)},
                                {"chance", words.number(global.expected.value_or(0.0), 2)},
                                {"p", words.p(*story.global->p)},
                                {"tests", words.count(story.tests)},
                                {"adjusted", words.p(*story.global->p_adjusted)}});
    if (pattern == Pattern::none_shown || pattern == Pattern::hint) add(text, power_text(words, global));
    return text;
}

std::string cluster_text(const Telling& telling, const Story& story) {
    if (story.local == nullptr) return {};
    const auto& words = telling.words;
    const auto& found = story.local->found;
    const auto& boundaries = telling.boundaries_of(telling.layer(story.latest));
    static constexpr std::array<std::pair<Cluster, std::string_view>, 4> kinds{
        {{Cluster::high_high, "cluster_high_high"},
         {Cluster::low_low, "cluster_low_low"},
         {Cluster::high_low, "cluster_high_low"},
         {Cluster::low_high, "cluster_low_high"}}};
    std::vector<std::string> clusters;
    for (const auto& [cluster, key] : kinds) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < found.keys.size(); ++i)
            if (found.local->regions[i].cluster == cluster)
                if (const auto region = find_region(boundaries, found.keys[i]))
                    names.push_back(words.in(boundaries.regions[static_cast<std::size_t>(*region)].name));
        if (!names.empty()) clusters.push_back(words.say(key, {{"names", join_text(names, ", ")}}));
    }
    const auto tests = words.count(found.local->tests);
    if (!clusters.empty())
        return words.say("local_some", {{"tests", tests}, {"clusters", join_text(clusters, "; ")}});
    if (found.local->tests == 0 || !found.local->smallest_p) return {};
    return words.say("local_none",
                     {{"tests", tests}, {"smallest", words.number(*found.local->smallest_p, 4)}});
}

std::string sources_text(const Telling& telling, const Layer& layer) {
    std::vector<std::string> titles;
    for (const auto& id : layer.sources) {
        const auto& all = telling.content.prepared.sources;
        const auto found = std::ranges::find(all, id, &Source::id);
        titles.push_back(found == all.end() ? id : found->title);
    }
    return titles.empty() ? "" : telling.words.say("source_line", {{"sources", join_text(titles, "; ")}});
}

/// Notes of the year that is compared, then those of the years before it, with these.
std::string notes_block(const Telling& telling, const Story& story) {
    const auto& words = telling.words;
    std::vector<std::pair<std::string, std::vector<std::string>>> notes;  // text, years
    const auto add_notes = [&](const Layer& layer, bool dated) {
        for (const auto& note : layer.notes) {
            const auto& text = words.in(note);
            auto known =
                std::ranges::find(notes, text, &std::pair<std::string, std::vector<std::string>>::first);
            if (known == notes.end()) {
                notes.push_back({text, {}});
                if (dated) notes.back().second.push_back(layer.year_label);
            } else if (dated && !known->second.empty()) {
                known->second.push_back(layer.year_label);
            }
        }
    };
    add_notes(telling.layer(story.latest), false);
    for (const auto index : story.layers)
        if (index != story.latest) add_notes(telling.layer(index), true);
    std::string items;
    for (const auto& [text, years] : notes)
        items += element("li", html((years.empty() ? "" : join_text(years, ", ") + ": ") + text)) + "\n";
    if (items.empty()) return {};
    return element("h5", html(words.say("mind_heading"))) + "\n" + element("ul", items) + "\n";
}

std::string titled(const Telling& telling, std::string_view key, const std::string& block) {
    return block.empty() ? "" : element("h5", html(telling.words.say(key))) + "\n" + block;
}

std::string figures_block(const Telling& telling, const Story& story) {
    const auto& words = telling.words;
    const auto map = map_sketch(telling.content, story.latest, words);
    const auto drawn = map + strip_sketch(telling.content, story.latest, words) +
                       years_sketch(telling.content, story, words);
    const auto sources = sources_text(telling, telling.layer(story.latest));
    const auto caption = sources.empty() ? "" : "\n" + element("figcaption", html(sources));
    return element("figure", drawn + caption) + "\n";
}

std::string article(const Telling& telling, const Story& story) {
    const auto& words = telling.words;
    const auto& layer = telling.layer(story.latest);
    const auto& measures = telling.result(story.latest).measures;
    auto text = element("h4", html(words.in(story.indicator->name))) + "\n";
    text += element("p", "class=\"meta\"",
                    html(words.say(story.indicator->unit.empty() ? "meta_plain" : "meta",
                                   {{"unit", words.in(story.indicator->unit)},
                                    {"year", layer.year_label},
                                    {"n", words.count(present_count(layer.values))},
                                    {"all", words.count(layer.values.size())}}))) +
            "\n";
    text += figures_block(telling, story);
    std::string apart;
    if (story.compared) {
        apart += paragraph(ends_text(telling, layer, measures));
        apart += paragraph(gap_text(telling, layer, measures));
    } else {
        apart += paragraph(words.say("not_compared"));
    }
    apart += paragraph(mean_text(telling, layer, measures));
    text += titled(telling, "apart_heading", apart);
    if (story.compared) text += titled(telling, "years_heading", years_block(telling, story));
    auto on_map = pattern_text(telling, story);
    add(on_map, cluster_text(telling, story));
    text += titled(telling, "map_heading", paragraph(on_map));
    text += notes_block(telling, story);
    return element("article", fmt::format("id=\"{}\"", id_of(*story.indicator, words.language())),
                   "\n" + text) +
           "\n";
}

}  // namespace

std::string indicators_section(const Telling& telling) {
    const auto& words = telling.words;
    auto text = section_heading(words, "indicators", "section_indicators") +
                element("p", "class=\"hint\"", html(words.say("sketch_hint"))) + "\n";
    const auto& themes = telling.content.prepared.catalogue.themes;
    const auto of_theme = [&](std::string_view code) {
        std::string articles;
        for (const auto& story : telling.stories)
            if (story.indicator->theme == code) articles += article(telling, story);
        return articles;
    };
    for (const auto& theme : themes) {
        const auto articles = of_theme(theme.code);
        if (!articles.empty()) text += element("h3", html(words.in(theme.name))) + "\n" + articles;
    }
    for (const auto& story : telling.stories)
        if (std::ranges::find(themes, story.indicator->theme, &Theme::code) == themes.end())
            text += article(telling, story);
    return text;
}

}  // namespace tendik::narrative
