// What measures are asked for, in a plan.
#include "measuring.h"

#include "plan_words.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace tendik::plan {

PlannedMeasuring read_measuring(const Node& indicator) {
    PlannedMeasuring measuring;
    const auto take = [&indicator](std::string_view key, std::string& target) {
        take_text(indicator, key, target);
    };
    take("error", measuring.error_column);
    take("lower", measuring.lower_column);
    take("upper", measuring.upper_column);
    take("rank", measuring.rank_column);
    take("group", measuring.group_column);
    take("reference", measuring.reference);
    take("n", measuring.n_column);
    take("deff", measuring.deff_column);
    take("events", measuring.events_column);
    if (const auto* interval = indicator.find("interval"))
        measuring.interval =
            choice_of<IntervalKind>(*interval, &interval_from_text, "normal, wilson, logit, fay-feuer");
    if (const auto* rule = indicator.find("mics_rule")) measuring.mics_rule = rule->as_bool();
    if (const auto* cuts = indicator.find("cv_classes"))
        for (const auto& cut : cuts->as_array())
            measuring.cv_classes.push_back(cut.as_number());
    if (const auto* scale = indicator.find("scale")) {
        measuring.scale = scale->as_number();
        if (!(*measuring.scale > 0.0))
            throw InputError(fmt::format("{}: the scale is {}, expected a number above 0", scale->where(),
                                         shortest(*measuring.scale)),
                             "scale = 100 for per cent");
    }
    if (const auto fault = find_contradiction(measuring))
        throw InputError(fmt::format("{}: {}", indicator.where(), fault->what), fault->advice);
    return measuring;
}

void read_measure_options(const Node& node, Plan& plan) {
    static constexpr std::array<std::string_view, 4> known{"compat", "draws", "seed", "pairs"};
    node.refuse_unknown_keys(known);
    auto& options = plan.measures;
    if (const auto* pairs = node.find("pairs")) {
        plan.pairs = choice_of<Correction>(*pairs, &correction_from_text, "holm, bh");
        if (plan.pairs != Correction::holm && plan.pairs != Correction::bh) refuse_choice(*pairs, "holm, bh");
    }
    if (const auto* compat = node.find("compat"))
        options.compat = choice_of<Compat>(*compat, &compat_from_text, "none, heat");
    if (const auto* draws = node.find("draws")) options.draws = count_of(*draws, 1000, 1'000'000);
    if (const auto* seed = node.find("seed")) options.seed = count_of(*seed, 0, 2'147'483'647);
}

std::string to_toml(const PlannedMeasuring& measuring) {
    auto text = line("error", measuring.error_column) + line("lower", measuring.lower_column) +
                line("upper", measuring.upper_column) + line("rank", measuring.rank_column) +
                line("group", measuring.group_column) + line("reference", measuring.reference);
    if (measuring.scale) text += fmt::format("scale = {}\n", shortest(*measuring.scale));
    text += line("n", measuring.n_column) + line("deff", measuring.deff_column) +
            line("events", measuring.events_column);
    if (measuring.interval != IntervalKind::none)
        text += line("interval", std::string(to_text(measuring.interval)));
    if (measuring.mics_rule) text += "mics_rule = true\n";
    if (!measuring.cv_classes.empty())
        text += fmt::format("cv_classes = [{}]\n", fmt::join(measuring.cv_classes, ", "));
    return text;
}

std::string measures_block(const Plan& plan) {
    const auto& options = plan.measures;
    auto text = fmt::format("\n[measures]\ncompat = {}\ndraws = {}\nseed = {}\n",
                            toml_text(to_text(options.compat)), options.draws, options.seed);
    if (plan.pairs != Correction::none) text += line("pairs", std::string(to_text(plan.pairs)));
    return text;
}

namespace {

using Fault = std::optional<Contradiction>;

Fault fault_of_errors(const PlannedMeasuring& measuring) {
    const auto ends = measuring.lower_column + measuring.upper_column;
    if (measuring.lower_column.empty() != measuring.upper_column.empty())
        return Contradiction{fmt::format("an interval has two ends, and only '{}' is named", ends),
                             "name both columns, lower and upper"};
    if (!measuring.error_column.empty() && !ends.empty())
        return Contradiction{
            fmt::format("the errors are to come from '{}' and from an interval", measuring.error_column),
            "name the column of errors, or the two ends"};
    if (!ends.empty() && measuring.interval != IntervalKind::none)
        return Contradiction{fmt::format("the interval stands in the table, and '{}' would make another",
                                         to_text(measuring.interval)),
                             "leave one of them out"};
    if (!measuring.deff_column.empty() && !(measuring.error_column + ends).empty())
        return Contradiction{fmt::format("errors are given, and the design effects '{}' would make others",
                                         measuring.deff_column),
                             "leave one of them out"};
    return std::nullopt;
}

Fault fault_of_cases(const PlannedMeasuring& measuring) {
    const auto& n = measuring.n_column;
    if (!measuring.deff_column.empty() && n.empty())
        return Contradiction{
            fmt::format("design effects '{}' without the number of cases", measuring.deff_column),
            "name the column n, too"};
    if (measuring.mics_rule && n.empty())
        return Contradiction{"the MICS rule goes by the number of cases, and their column is not named",
                             "name the column n: unweighted cases"};
    const bool errors = !(measuring.error_column + measuring.deff_column).empty();
    const bool of_error = measuring.interval == IntervalKind::normal ||
                          measuring.interval == IntervalKind::wilson ||
                          measuring.interval == IntervalKind::logit;
    if (of_error && !errors)
        return Contradiction{fmt::format("the interval '{}' needs errors, or n and design effects",
                                         to_text(measuring.interval)),
                             "name their columns; a simple random sample has a design effect of 1"};
    const bool of_rate = measuring.interval == IntervalKind::fay_feuer;
    if (!measuring.events_column.empty() != of_rate)
        return Contradiction{of_rate ? "the interval 'fay-feuer' needs the number of events"
                                     : fmt::format("the events '{}' have no use", measuring.events_column),
                             "events and the interval fay-feuer go together"};
    if (of_rate && n.empty())
        return Contradiction{"the interval 'fay-feuer' needs to know of how many the events are",
                             "name the column n: people, births, child-years"};
    if (of_rate && !measuring.deff_column.empty())
        return Contradiction{fmt::format("counted events have no design effect '{}'", measuring.deff_column),
                             "leave it out"};
    return std::nullopt;
}

Fault fault_of_classes(const PlannedMeasuring& measuring) {
    const auto& cuts = measuring.cv_classes;
    if (cuts.empty()) return std::nullopt;
    if (cuts.size() != 2 || !(cuts[0] > 0.0) || !(cuts[1] > cuts[0]))
        return Contradiction{
            fmt::format("'{}' are no two coefficients of variation above 0, the second above the "
                        "first",
                        fmt::join(cuts, ", ")),
            "for example 16.6, 33.3 or 15, 30 or 12, 30: there is no universal pair"};
    const bool errors =
        !(measuring.error_column + measuring.lower_column + measuring.deff_column + measuring.events_column)
             .empty();
    if (errors) return std::nullopt;
    return Contradiction{"reliability is told by errors, and none are given",
                         "name the column of errors, the ends of intervals, or n and deff"};
}

}  // namespace

std::optional<Contradiction> find_contradiction(const PlannedMeasuring& measuring) {
    if (auto fault = fault_of_errors(measuring)) return fault;
    if (auto fault = fault_of_cases(measuring)) return fault;
    return fault_of_classes(measuring);
}

}  // namespace tendik::plan
