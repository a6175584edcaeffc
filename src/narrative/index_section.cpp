// Composite indices with what other choices make of their ranks.
#include "sections.h"
#include "sketches.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::narrative {
namespace {

std::string sentence(const std::string& text) { return text.empty() ? "" : element("p", html(text)) + "\n"; }

std::string method_text(const Words& words, const ScoredIndex& scored) {
    const auto surveys =
        static_cast<std::size_t>(std::ranges::count_if(scored.sources, &IndexSource::survey));
    Slots slots{{"regions", words.count(scored.keys.size())},
                {"indicators", words.count(scored.sources.size())},
                {"surveys", words.count(surveys)}};
    if (!scored.robustness) return words.say("index_method_plain", slots);
    slots.emplace_back("draws", words.count(scored.robustness->draws));
    slots.emplace_back("shift", words.number(scored.robustness->mean_shift, 1));
    return words.say("index_method", slots);
}

/// Regions whose whole interval lies in the best or in the worst third of the ranks.
std::string firm_text(const Words& words, const ScoredIndex& scored) {
    if (!scored.robustness) return {};
    const auto count = present_count(scored.result.scores.front());
    std::vector<std::string> best;
    std::vector<std::string> worst;
    for (const auto region : score::regions_by_rank(scored)) {
        const auto& interval = scored.robustness->regions[region];
        if (!interval.low || !interval.high) continue;
        if (*interval.high * 3 <= count) best.push_back(words.in(scored.names[region]));
        if ((*interval.low - 1) * 3 >= 2 * count) worst.push_back(words.in(scored.names[region]));
    }
    if (best.empty() && worst.empty()) return words.say("index_firm_none");
    std::vector<std::string> texts;
    if (!best.empty()) texts.push_back(words.say("index_firm_best", {{"names", join_text(best, ", ")}}));
    if (!worst.empty()) texts.push_back(words.say("index_firm_worst", {{"names", join_text(worst, ", ")}}));
    return join_text(texts, " ");
}

/// The choice that most of the shifts go back to.
std::string hangs_text(const Words& words, const ScoredIndex& scored) {
    if (!scored.robustness) return {};
    const ChoiceEffect* most = nullptr;
    for (const auto& choice : scored.robustness->choices)
        if (choice.total && (most == nullptr || *choice.total > *most->total)) most = &choice;
    if (most == nullptr) return {};
    auto key = "choice_" + most->choice;
    std::ranges::replace(key, '-', '_');
    return words.say("index_hangs", {{"choice", words.say(key)},
                                     {"share", words.number(std::min(1.0, *most->total) * 100.0, 0)}});
}

std::string ranking_table(const Words& words, const ScoredIndex& scored) {
    const auto& result = scored.result;
    const auto& nodes = scored.tree.nodes;
    HtmlTable table;
    table.caption = words.say("index_caption", {{"title", words.in(scored.title)}});
    table.css_class = "index";
    table.headings = {html(words.say("page.region")), html(words.say("rank"))};
    if (scored.robustness) table.headings.push_back(html(words.say("rank_interval")));
    table.headings.push_back(html(words.say("score")));
    for (const auto domain : nodes.front().children)
        table.headings.push_back(
            html(nodes[domain].name.empty() ? nodes[domain].code : words.in(nodes[domain].name)));
    const auto score = [&](const Value& value) {
        return value.present() ? words.number(value.number, 1) : "–";
    };
    for (const auto region : score::regions_by_rank(scored)) {
        const auto& rank = result.ranks.front()[region];
        std::vector<std::string> row{html(words.in(scored.names[region])), rank ? words.count(*rank) : "–"};
        if (scored.robustness) {
            const auto& interval = scored.robustness->regions[region];
            row.push_back(interval.low && interval.high
                              ? fmt::format("{}–{}", *interval.low, *interval.high) +
                                    rank_sketch(interval, scored.keys.size(), words)
                              : "–");
        }
        row.push_back(score(result.scores.front()[region]));
        for (const auto domain : nodes.front().children)
            row.push_back(score(result.scores[domain][region]));
        table.rows.push_back(std::move(row));
    }
    return table_html(table);
}

}  // namespace

std::string index_section(const Telling& telling) {
    const auto& indexes = telling.content.studies.indexes;
    if (indexes.empty()) return {};
    const auto& words = telling.words;
    auto text = section_heading(words, "index", "section_index");
    for (const auto& study : indexes) {
        const auto& scored = study.scored;
        if (!scored.title.empty()) text += element("h3", html(words.in(scored.title))) + "\n";
        if (!scored.note.empty())
            text += element("p", "class=\"illustration\"", html(words.in(scored.note))) + "\n";
        text += sentence(method_text(words, scored)) + sentence(firm_text(words, scored)) +
                sentence(hangs_text(words, scored)) + ranking_table(words, scored);
    }
    return text;
}

}  // namespace tendik::narrative
