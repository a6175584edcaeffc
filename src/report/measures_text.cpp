// The measures of one layer for a reader at a terminal.
#include "summary_block.h"
#include "tendik/base/text.h"
#include "tendik/report/report.h"
#include "text_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::report {
namespace {

constexpr auto absent = "-";
/// Who looks at all regions takes one in twenty by chance for different.
constexpr double significance = 0.05;

bool has_intervals(const Measures& measures) {
    return std::ranges::any_of(measures.measures,
                               [](const Measure& measure) { return measure.lower.has_value(); });
}

/// Four digits that count: what is uncertain needs no more.
std::string rough(const std::optional<double>& number) {
    return number ? fmt::format("{:.4g}", *number) : absent;
}

std::string value_table(const Measures& measures) {
    const bool intervals = has_intervals(measures);
    const bool errors =
        std::ranges::any_of(measures.measures, [](const Measure& measure) { return measure.se.has_value(); });
    std::vector<std::pair<std::string, Align>> columns{{"measure", Align::left}, {"value", Align::right}};
    if (errors) columns.emplace_back("se", Align::right);
    if (intervals)
        for (const auto* heading : {"from", "to", "bias"})
            columns.emplace_back(heading, Align::right);
    columns.emplace_back("unit", Align::left);
    columns.emplace_back("note", Align::left);
    TextTable table(columns);
    for (const auto& measure : measures.measures) {
        if (!measure.value) continue;
        std::vector<std::string> row{measure.code, shortest(*measure.value)};
        if (errors) row.push_back(rough(measure.se));
        if (intervals)
            for (const auto& number : {measure.lower, measure.upper, measure.bias})
                row.push_back(rough(number));
        row.push_back(measure.unit);
        row.push_back(measure.note);
        table.add(std::move(row));
    }
    return table.text("  ");
}

/// Measures without a value, by what they lack.
std::string lacking_lines(const Measures& measures) {
    std::vector<std::pair<std::string, std::vector<std::string>>> by_reason;
    for (const auto& measure : measures.measures) {
        if (measure.value) continue;
        auto found = std::ranges::find(by_reason, measure.note,
                                       &std::pair<std::string, std::vector<std::string>>::first);
        if (found == by_reason.end()) found = by_reason.insert(found, {measure.note, {}});
        found->second.push_back(measure.code);
    }
    std::string text;
    for (const auto& [reason, codes] : by_reason)
        text += fmt::format("  without a value: {} ({})\n", join_text(codes, ", "), reason);
    return text;
}

std::string uncertainty_line(const Measures& measures) {
    if (!has_intervals(measures)) return "  no sampling errors are given: no interval is shown\n";
    const bool debiased = std::ranges::any_of(
        measures.measures, [](const Measure& measure) { return measure.bias.has_value(); });
    return std::string("  from, to: 95 % interval") +
           (debiased
                ? "; bias: what sampling noise adds to the value, taken off before the interval is laid\n"
                : "\n");
}

std::string decomposition_lines(const Measures& measures) {
    std::string text;
    for (const auto& each : measures.decompositions)
        text += fmt::format("  {} {} = {} between the groups + {} within them\n", each.code,
                            rough(each.total), rough(each.between), rough(each.within));
    return text;
}

/// Few cases stand in brackets.
std::string value_text(const Layer& layer, std::size_t region) {
    const auto& value = layer.values[region];
    if (!value.shown()) return std::string(to_text(value.state));
    const int decimals = layer.indicator.decimals;
    if (layer.precision && layer.precision->is_bracketed(region))
        return fmt::format("({})", fixed(value.number, decimals));
    return (value.inherited ? "inherited " : "") + fixed(value.number, decimals);
}

std::string rank_text(const RegionShare& region) {
    if (!region.rank) return absent;
    if (!region.rank_lower) return std::to_string(*region.rank);
    return fmt::format("{} ({}-{})", *region.rank, *region.rank_lower, *region.rank_upper);
}

std::string against_mean(const RegionShare& region) {
    if (!region.p_adjusted) return absent;
    if (*region.p_adjusted >= significance) return "not told apart";
    return *region.gap > 0.0 ? "above" : "below";
}

/// "12.3 to 17.0, unreliable"; the interval, and what is said of it.
std::string interval_text(const Layer& layer, std::size_t region) {
    const auto& known = *layer.precision;
    std::string text;
    if (!known.lower.empty() && known.lower[region].present())
        text = fmt::format("{} to {}", fixed(known.lower[region].number, layer.indicator.decimals),
                           fixed(known.upper[region].number, layer.indicator.decimals));
    const auto judged = known.reliability.empty() ? std::nullopt : known.reliability[region];
    if (judged && *judged != Reliability::reliable)
        text += fmt::format("{}{}", text.empty() ? "" : ", ", to_text(*judged));
    return text.empty() ? absent : text;
}

/// How many of the pairs that were compared differ.
std::string pairs_line(const LayerResult& result) {
    if (result.pairs.empty()) return {};
    const auto differing = std::ranges::count_if(
        result.pairs, [](const PairTest& pair) { return pair.p_adjusted < significance; });
    return fmt::format("  {} of {} pairs of regions are told apart ({}, 5 %); all pairs: --format csv\n",
                       differing, result.pairs.size(), to_text(result.pairs_correction));
}

std::string region_table(const Layer& layer, const Boundaries& boundaries, const Measures& measures,
                         Language language) {
    const bool with_errors = std::ranges::any_of(
        measures.regions, [](const RegionShare& region) { return region.gap_se.has_value(); });
    std::vector<std::pair<std::string, Align>> columns{{"region", Align::left},
                                                       {"value", Align::right},
                                                       {"rank", Align::right},
                                                       {"gap", Align::right},
                                                       {"to Theil", Align::right}};
    if (with_errors) columns.emplace_back("against the mean", Align::left);
    if (layer.precision) columns.emplace_back("95 % interval", Align::left);
    TextTable table(columns);
    const int decimals = layer.indicator.decimals;
    for (const auto& region : measures.regions) {
        const auto part = std::ranges::find(region.contribution, "TI", &NumbersByCode::value_type::first);
        std::vector<std::string> row{
            boundaries.regions[static_cast<std::size_t>(region.region)].name.in(language),
            value_text(layer, static_cast<std::size_t>(region.region)),
            rank_text(region),
            region.gap ? fixed(*region.gap, decimals + 1) : absent,
            part == region.contribution.end() ? absent : fixed(part->second, 2),
            against_mean(region)};
        if (!with_errors) row.pop_back();
        if (layer.precision) row.push_back(interval_text(layer, static_cast<std::size_t>(region.region)));
        table.add(std::move(row));
    }
    return table.text("  ");
}

}  // namespace

std::string measures_text(const Prepared& prepared, std::size_t index, Language language) {
    const auto& layer = prepared.atlas.layers[index];
    const auto& measures = prepared.results[index].measures;
    auto text = summary_block(prepared, index, index + 1, language) + "\n";
    text += value_table(measures) + lacking_lines(measures) + uncertainty_line(measures) +
            decomposition_lines(measures) + pairs_line(prepared.results[index]) + "\n";
    return text + region_table(layer, prepared.atlas.boundaries_of(layer), measures, language);
}

}  // namespace tendik::report
