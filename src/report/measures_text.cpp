// The measures of one layer, and its classes, for a reader at a terminal.
#include "summary_block.h"
#include "tendik/base/text.h"
#include "tendik/precision/reliability.h"
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

std::string number_or_dash(const std::optional<double>& number, const Spoken& say) {
    return number ? say.digits(*number) : absent;
}

/// Four digits that count: what is uncertain needs no more.
std::string rough(const std::optional<double>& number, const Spoken& say) {
    if (!number) return absent;
    auto text = fmt::format("{:.4g}", *number);
    if (say.language() == Language::en) return text;
    std::ranges::replace(text, '.', ',');
    return text.front() == '-' ? "\u2212" + text.substr(1) : text;
}

std::string unit_text(const Measure& measure, const Spoken& say) {
    return measure.unit.empty() ? measure.unit : say.note_in("measure_unit", measure.unit);
}

std::string value_table(const Measures& measures, const Spoken& say) {
    const bool intervals = has_intervals(measures);
    const bool errors =
        std::ranges::any_of(measures.measures, [](const Measure& measure) { return measure.se.has_value(); });
    std::vector<std::pair<std::string, Align>> columns{{say("column_measure"), Align::left},
                                                       {say("column_value"), Align::right}};
    if (errors) columns.emplace_back(say("column_se"), Align::right);
    if (intervals)
        for (const auto* heading : {"column_from", "column_to", "column_bias"})
            columns.emplace_back(say(heading), Align::right);
    columns.emplace_back(say("column_unit"), Align::left);
    columns.emplace_back(say("column_note"), Align::left);
    TextTable table(columns);
    for (const auto& measure : measures.measures) {
        if (!measure.value) continue;
        std::vector<std::string> row{measure.code, number_or_dash(measure.value, say)};
        if (errors) row.push_back(rough(measure.se, say));
        if (intervals)
            for (const auto& number : {measure.lower, measure.upper, measure.bias})
                row.push_back(rough(number, say));
        row.push_back(unit_text(measure, say));
        row.push_back(say.note(measure.note));
        table.add(std::move(row));
    }
    return table.text("  ");
}

/// Measures without a value, by what they lack.
std::string lacking_lines(const Measures& measures, const Spoken& say) {
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
        text += "  " +
                say("without_value", fmt::arg("codes", join_text(codes, ", ")),
                    fmt::arg("reason", say.note(reason))) +
                "\n";
    return text;
}

std::string uncertainty_line(const Measures& measures, const Spoken& say) {
    if (!has_intervals(measures)) return "  " + say("no_errors") + "\n";
    const bool debiased = std::ranges::any_of(
        measures.measures, [](const Measure& measure) { return measure.bias.has_value(); });
    return "  " + say(debiased ? "interval_and_bias" : "interval") + "\n";
}

std::string decomposition_lines(const Measures& measures, const Spoken& say) {
    std::string text;
    for (const auto& each : measures.decompositions)
        text +=
            "  " +
            say("decomposition", fmt::arg("code", each.code), fmt::arg("total", rough(each.total, say)),
                fmt::arg("between", rough(each.between, say)), fmt::arg("within", rough(each.within, say))) +
            "\n";
    return text;
}

/// Few cases stand in brackets.
std::string value_text(const Layer& layer, std::size_t region, const Spoken& say) {
    const auto& value = layer.values[region];
    if (!value.shown()) return say.state(value.state);
    const auto number = say.plain(value.number, layer.indicator.decimals);
    if (layer.precision && layer.precision->is_bracketed(region)) return fmt::format("({})", number);
    return value.inherited ? say("inherited", fmt::arg("value", number)) : number;
}

std::string rank_text(const RegionShare& region) {
    if (!region.rank) return absent;
    if (!region.rank_lower) return std::to_string(*region.rank);
    return fmt::format("{} ({}-{})", *region.rank, *region.rank_lower, *region.rank_upper);
}

std::string against_mean(const RegionShare& region, const Spoken& say) {
    if (!region.p_adjusted) return absent;
    if (*region.p_adjusted >= significance) return say("not_told_apart");
    return say(*region.gap > 0.0 ? "above" : "below");
}

/// "12.3 to 17.0, unreliable"; the interval, and what is said of it.
std::string interval_text(const Layer& layer, std::size_t region, const Spoken& say) {
    const auto& known = *layer.precision;
    std::string text;
    if (!known.lower.empty() && known.lower[region].present())
        text =
            say("range", fmt::arg("lower", say.plain(known.lower[region].number, layer.indicator.decimals)),
                fmt::arg("upper", say.plain(known.upper[region].number, layer.indicator.decimals)));
    const auto judged = known.reliability.empty() ? std::nullopt : known.reliability[region];
    if (judged && *judged != Reliability::reliable)
        text += (text.empty() ? "" : ", ") + say(to_text(*judged));
    return text.empty() ? absent : text;
}

/// How many of the pairs that were compared differ.
std::string pairs_line(const LayerResult& result, const Spoken& say) {
    if (result.pairs.empty()) return {};
    const auto differing = std::ranges::count_if(
        result.pairs, [](const PairTest& pair) { return pair.p_adjusted < significance; });
    return "  " +
           say("pairs", fmt::arg("count", differing), fmt::arg("of", result.pairs.size()),
               fmt::arg("correction", to_text(result.pairs_correction))) +
           "\n";
}

std::string region_table(const Layer& layer, const Boundaries& boundaries, const Measures& measures,
                         const Spoken& say) {
    const bool with_errors = std::ranges::any_of(
        measures.regions, [](const RegionShare& region) { return region.gap_se.has_value(); });
    std::vector<std::pair<std::string, Align>> columns{{say("column_region"), Align::left},
                                                       {say("column_value"), Align::right},
                                                       {say("column_rank"), Align::right},
                                                       {say("column_gap"), Align::right},
                                                       {say("column_to_theil"), Align::right}};
    if (with_errors) columns.emplace_back(say("column_against_mean"), Align::left);
    if (layer.precision) columns.emplace_back(say("column_interval"), Align::left);
    TextTable table(columns);
    const int decimals = layer.indicator.decimals;
    for (const auto& region : measures.regions) {
        const auto index = static_cast<std::size_t>(region.region);
        const auto part = std::ranges::find(region.contribution, "TI", &NumbersByCode::value_type::first);
        std::vector<std::string> row{say.region(boundaries.regions[index]),
                                     value_text(layer, index, say),
                                     rank_text(region),
                                     region.gap ? say.plain(*region.gap, decimals + 1) : absent,
                                     part == region.contribution.end() ? absent : say.plain(part->second, 2),
                                     against_mean(region, say)};
        if (!with_errors) row.pop_back();
        if (layer.precision) row.push_back(interval_text(layer, index, say));
        table.add(std::move(row));
    }
    return table.text("  ");
}

/// "1, 5.3 to 9.1: Almaty city 5.3, Mangystau 9.1"; where errors are known with how likely each region is
/// there.
std::string class_lines(const Prepared& prepared, std::size_t index, const Spoken& say) {
    const auto& layer = prepared.atlas.layers[index];
    const auto& regions = prepared.atlas.boundaries_of(layer).regions;
    const auto& result = prepared.results[index];
    const auto& chances = result.class_probability;
    std::vector<std::pair<std::string, Align>> columns{{say("column_class"), Align::right},
                                                       {say("column_region"), Align::left},
                                                       {say("column_value"), Align::right}};
    if (!chances.empty())
        columns.insert(columns.end(), {{say("column_probability"), Align::right}, {"", Align::left}});
    TextTable table(columns);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < regions.size(); ++i)
        order.push_back(i);
    const auto class_of = [&](std::size_t i) {
        const auto& value = layer.values[i];
        const auto found = value.present() ? result.classes.class_of(value.number) : std::nullopt;
        return found.value_or(result.classes.class_count());
    };
    std::ranges::stable_sort(order, {}, class_of);
    for (const auto i : order) {
        const bool in_class = class_of(i) < result.classes.class_count();
        std::vector<std::string> row{in_class ? std::to_string(class_of(i) + 1) : absent,
                                     say.region(regions[i]), value_text(layer, i, say)};
        if (!chances.empty() && chances[i]) {
            row.push_back(say.plain(*chances[i], 2));
            row.push_back(*chances[i] < precision::stable_from ? say("unstable") : "");
        }
        table.add(std::move(row));
    }
    auto text = table.text("  ");
    if (!chances.empty()) text += "  " + say("firmness") + "\n";
    return text;
}

}  // namespace

std::string measures_text(const Prepared& prepared, std::size_t index,
                          const std::filesystem::path& data_folder, Language language) {
    const Spoken say(data_folder, "measure_text", language);
    const auto& layer = prepared.atlas.layers[index];
    const auto& measures = prepared.results[index].measures;
    auto text = summary_block(prepared, index, index + 1, say) + "\n";
    text += value_table(measures, say) + lacking_lines(measures, say) + uncertainty_line(measures, say) +
            decomposition_lines(measures, say) + pairs_line(prepared.results[index], say) + "\n";
    return text + region_table(layer, prepared.atlas.boundaries_of(layer), measures, say);
}

std::string classes_text(const Prepared& prepared, std::size_t index,
                         const std::filesystem::path& data_folder, Language language) {
    const Spoken say(data_folder, "measure_text", language);
    const auto& layer = prepared.atlas.layers[index];
    const auto& classes = prepared.results[index].classes;
    const auto counts = count_by_class(classes, layer.values);
    auto text = say(classes.class_count() == 1 ? "one_class" : "classes", fmt::arg("layer", title_of(layer)),
                    fmt::arg("count", classes.class_count()), fmt::arg("values", present_count(layer.values)),
                    fmt::arg("scheme", classes.scheme),
                    fmt::arg("fit", say.plain(classes.goodness_of_variance_fit, 4))) +
                "\n";
    TextTable table({{say("column_class"), Align::right},
                     {say("column_from"), Align::right},
                     {say("column_to"), Align::right},
                     {say("column_regions"), Align::right}});
    for (std::size_t i = 0; i < classes.class_count(); ++i)
        table.add({std::to_string(i + 1), (i == 0 ? "" : "> ") + say.digits(classes.breaks[i]),
                   say.digits(classes.breaks[i + 1]), std::to_string(counts[i])});
    text += table.text("  ");
    for (const auto& note : classes.notes)
        text += "  - " + say.note_in("class_note", note) + "\n";
    return text + "\n" + class_lines(prepared, index, say);
}

}  // namespace tendik::report
