// What a reader takes along who reads one screen: the sums over all indicators, the table, and how sure it
// is.
#include "sections.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace tendik::narrative {
namespace {

std::string sentence(const std::string& text) { return element("p", html(text)) + "\n"; }

/// The trend of the series that the compared layer belongs to.
const TrendStudy* latest_trend(const Telling& telling, const Story& story) {
    for (const auto* trend : story.trends)
        if (telling.result(trend->first_layer).series == telling.result(story.latest).series) return trend;
    return nullptr;
}

std::string indicators_sentence(const Telling& telling) {
    std::set<int> years;
    for (const auto& story : telling.stories)
        for (const auto index : story.layers)
            if (telling.layer(index).year) years.insert(*telling.layer(index).year);
    if (years.empty()) return {};
    return sentence(
        telling.words.say("overview_indicators", {{"count", telling.words.count(telling.stories.size())},
                                                  {"from", std::to_string(*years.begin())},
                                                  {"to", std::to_string(*years.rbegin())}}));
}

std::string changes_sentence(const Telling& telling) {
    const auto& words = telling.words;
    std::map<Way, std::size_t> counts;
    std::size_t all = 0;
    for (const auto& story : telling.stories) {
        const auto* trend = latest_trend(telling, story);
        if (trend == nullptr || way_of(*trend) == Way::none) continue;
        ++counts[way_of(*trend)];
        ++all;
    }
    if (all == 0) return {};
    return sentence(words.say("overview_change", {{"count", words.count(all)},
                                                  {"nearer", words.count(counts[Way::nearer])},
                                                  {"apart", words.count(counts[Way::apart])},
                                                  {"mixed", words.count(counts[Way::mixed])},
                                                  {"same", words.count(counts[Way::same])}}));
}

std::string patterns_sentence(const Telling& telling) {
    const auto& words = telling.words;
    std::vector<std::string> names;
    std::size_t tests = 0;
    for (const auto& story : telling.stories) {
        const auto pattern = pattern_of(story);
        if (pattern == Pattern::none_asked || pattern == Pattern::undefined) continue;
        ++tests;
        if (pattern == Pattern::together || pattern == Pattern::unlike)
            names.push_back(words.in(story.indicator->name));
    }
    if (tests == 0) return {};
    if (names.empty()) return sentence(words.say("overview_no_pattern", {{"count", words.count(tests)}}));
    return sentence(words.say("overview_pattern", {{"count", words.count(tests)},
                                                   {"standing", words.count(names.size())},
                                                   {"names", join_text(names, "; ")}}));
}

std::string end_cell(const Telling& telling, const Layer& layer, const std::optional<RegionIndex>& end,
                     bool in_brackets) {
    if (!end) return html("–");
    const auto& words = telling.words;
    const auto value = words.value(layer.indicator, layer.values[static_cast<std::size_t>(*end)].number);
    const auto text = value + " " + names_at(layer, telling.boundaries_of(layer), *end, words);
    return html(in_brackets ? "(" + text + ")" : text);
}

std::string measure_cell(const Words& words, const Measures& measures, std::string_view code, int decimals) {
    const auto* measure = measures.find(code);
    if (measure == nullptr || !measure->value) return html("–");
    return html(code == "R" ? words.ratio(*measure->value) : words.number(*measure->value, decimals));
}

std::string change_cell(const Telling& telling, const Story& story) {
    const auto& words = telling.words;
    const auto* trend = latest_trend(telling, story);
    const auto* difference = trend == nullptr ? nullptr : find_measure(*trend, "D");
    if (difference == nullptr) return html("–");
    const auto word = [&](std::string_view what, Trend direction) {
        return words.say(fmt::format("page.{}_{}", what, to_text(direction)));
    };
    const auto* ratio = find_measure(*trend, "R");
    const auto told =
        ratio == nullptr
            ? words.say("glance_difference", {{"difference", word("difference", difference->direction)}})
            : words.say("glance_change", {{"difference", word("difference", difference->direction)},
                                          {"ratio", word("ratio", ratio_trend(*ratio))}});
    return html(fmt::format("{}–{}: {}", difference->from_year, difference->to_year, told));
}

std::string pattern_cell(const Words& words, const Story& story) {
    switch (pattern_of(story)) {
    case Pattern::together:
        return element("strong", html(words.say("glance_together")));
    case Pattern::unlike:
        return element("strong", html(words.say("glance_unlike")));
    case Pattern::hint:
        return html(words.say("glance_hint"));
    case Pattern::none_shown:
        return html(words.say("glance_none"));
    case Pattern::undefined:
        return html(words.say("glance_unknown"));
    case Pattern::none_asked:
        break;
    }
    return html("–");
}

std::string glance_table(const Telling& telling) {
    const auto& words = telling.words;
    HtmlTable table;
    table.caption = words.say("glance_caption");
    table.css_class = "glance";
    for (const auto* key : {"page.indicator", "page.year", "page.worst", "page.best", "page.difference",
                            "page.ratio", "report.spread", "page.trend", "report.on_the_map"})
        table.headings.push_back(html(words.say(key)));
    for (const auto& story : telling.stories) {
        const auto& layer = telling.layer(story.latest);
        const auto& measures = telling.result(story.latest).measures;
        const bool neutral = !measures.worst;
        table.rows.push_back(
            {element("a", fmt::format("href=\"#{}\"", id_of(*story.indicator, words.language())),
                     html(words.in(story.indicator->name))),
             html(layer.year_label),
             end_cell(telling, layer, neutral ? measures.highest : measures.worst, neutral),
             end_cell(telling, layer, neutral ? measures.lowest : measures.best, neutral),
             measure_cell(words, measures, "D", layer.indicator.decimals),
             measure_cell(words, measures, "R", 2), measure_cell(words, measures, "COV", 0),
             change_cell(telling, story), pattern_cell(words, story)});
    }
    return table_html(table);
}

std::string weights_text(const Words& words, const std::string& description) {
    return description.starts_with("queen") ? words.say("weights_queen") : description;
}

std::string correction_text(Correction correction) {
    switch (correction) {
    case Correction::by:
        return "Benjamini–Yekutieli";
    case Correction::holm:
        return "Holm";
    case Correction::bonferroni:
        return "Bonferroni";
    case Correction::bh:
    case Correction::none:
        break;
    }
    return "Benjamini–Hochberg";
}

std::string maps_item(const Telling& telling) {
    const auto& words = telling.words;
    const auto& stories = telling.stories;
    const auto tested = std::ranges::find_if(stories, [](const Story& story) {
        return story.global != nullptr && story.global->found.global->permutations > 0;
    });
    if (tested == stories.end()) return {};
    const auto permutations = tested->global->found.global->permutations;
    return words.say("sure_maps",
                     {{"weights", weights_text(words, tested->global->found.weights)},
                      {"permutations", words.count(permutations)},
                      {"smallest", words.number(2.0 / (static_cast<double>(permutations) + 1.0), 4)},
                      {"tests", words.count(tested->tests)},
                      {"correction", correction_text(tested->global->correction)}});
}

}  // namespace

std::string section_heading(const Words& words, std::string_view anchor, std::string_view key) {
    return element("h2", fmt::format("id=\"{}-{}\"", words.code(), anchor), html(words.say(key))) + "\n";
}

std::string overview_section(const Telling& telling) {
    return section_heading(telling.words, "overview", "section_overview") + indicators_sentence(telling) +
           changes_sentence(telling) + patterns_sentence(telling) + glance_table(telling);
}

std::string sure_section(const Telling& telling) {
    const auto& words = telling.words;
    const bool any_errors = std::ranges::any_of(telling.stories, [&](const Story& story) {
        return telling.layer(story.latest).measuring.errors.has_value();
    });
    const bool any_local =
        std::ranges::any_of(telling.stories, [](const Story& story) { return story.local != nullptr; });
    std::vector<std::string> items{words.say(any_errors ? "sure_some_errors" : "sure_no_errors"),
                                   words.say("sure_ends"), words.say("sure_change"), maps_item(telling)};
    if (any_local) items.push_back(words.say("sure_local"));
    std::string list;
    for (const auto& item : items)
        if (!item.empty()) list += element("li", html(item)) + "\n";
    return section_heading(words, "sure", "section_sure") + element("ul", "class=\"sure\"", "\n" + list) +
           "\n";
}

}  // namespace tendik::narrative
