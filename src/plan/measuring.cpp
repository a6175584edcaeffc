// What is to be found out about the figures, in a plan: measures, spatial statistics, composite indices.
#include "measuring.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/plan_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <limits>

namespace tendik::plan {
namespace {

constexpr std::int64_t highest_seed = std::numeric_limits<std::int64_t>::max();

std::optional<Convention> convention_from_text(std::string_view text) {
    if (text == "none") return Convention::own;
    if (text == "pysal") return Convention::esda;
    return std::nullopt;
}

std::optional<WeightStyle> style_from_text(std::string_view text) {
    for (const auto style : {WeightStyle::B, WeightStyle::W, WeightStyle::C, WeightStyle::U, WeightStyle::S})
        if (to_text(style) == text) return style;
    return std::nullopt;
}

/// A word names neighbours, an ending a file beside the plan.
WeightsChoice read_weights_choice(const Node& node, const std::filesystem::path& folder) {
    WeightsChoice choice;
    if (const auto* weights = node.find("weights")) {
        choice.spec = weights->as_text();
        if (is_file(choice)) choice.spec = resolved(*weights, folder);
    }
    const auto* order = node.find("higher_order");
    if (order != nullptr) choice.order = count_of(*order, 1, 100);
    if (const auto* lower = node.find("lower_orders")) {
        choice.with_lower_orders = lower->as_bool();
        if (order == nullptr)
            throw InputError(
                fmt::format("{}: 'lower_orders' speaks of orders, and none is named", lower->where()),
                "add higher_order = 2, or leave it out");
    }
    if (const auto* snap = node.find("snap")) choice.snap = snap->as_number();
    return choice;
}

/// year = 2020, years = [2018, 2020] or years = "latest".
void read_years_of_step(const Node& node, PlannedAutocorrelation& planned) {
    const auto* year = node.find("year");
    const auto* years = node.find("years");
    if (year != nullptr && years != nullptr)
        throw InputError(fmt::format("{}: both 'year' and 'years' are given", years->where()),
                         "keep one of them");
    if (year != nullptr) planned.years = {year_of(*year)};
    if (years == nullptr) return;
    if (years->is_text()) {
        if (years->as_text() != "latest") refuse_choice(*years, "latest, or a list of years");
        planned.latest = true;
        return;
    }
    for (const auto& item : years->as_array())
        planned.years.push_back(year_of(item));
}

std::string years_line(const PlannedAutocorrelation& planned) {
    if (planned.latest) return "years = \"latest\"\n";
    return planned.years.empty() ? "" : fmt::format("years = [{}]\n", fmt::join(planned.years, ", "));
}

}  // namespace

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
    static constexpr std::array<std::string_view, 7> known{"compat",   "draws", "seed", "pairs",
                                                           "atkinson", "kolm",  "sgini"};
    node.refuse_unknown_keys(known);
    auto& options = plan.measures;
    if (const auto* pairs = node.find("pairs")) {
        plan.pairs = choice_of<Correction>(*pairs, &correction_from_text, "holm, bh");
        if (plan.pairs != Correction::holm && plan.pairs != Correction::bh) refuse_choice(*pairs, "holm, bh");
    }
    if (const auto* compat = node.find("compat"))
        options.compat = choice_of<Compat>(*compat, &compat_from_text, "none, heat, pysal");
    const auto take_aversion = [&node](std::string_view key, double least, double& target) {
        const auto* aversion = node.find(key);
        if (aversion == nullptr) return;
        target = aversion->as_number();
        if (!(target > least))
            throw InputError(fmt::format("{}: the aversion '{}' is {}, expected a number above {}",
                                         aversion->where(), key, shortest(target), shortest(least)));
    };
    take_aversion("atkinson", 0.0, options.atkinson_aversion);
    take_aversion("kolm", 0.0, options.kolm_aversion);
    take_aversion("sgini", 1.0, options.concentration_aversion);
    if (const auto* draws = node.find("draws")) options.draws = count_of(*draws, 1000, 1'000'000);
    if (const auto* seed = node.find("seed")) options.seed = count_of(*seed, 0, 2'147'483'647);
}

PlannedAutocorrelation read_autocorrelation(const Node& node, const std::filesystem::path& folder) {
    static constexpr std::array<std::string_view, 16> known{
        "compat",       "of",           "with", "year",  "years",        "vintage", "statistic",  "weights",
        "higher_order", "lower_orders", "snap", "style", "permutations", "seed",    "correction", "cut"};
    node.refuse_unknown_keys(known);
    PlannedAutocorrelation planned;
    planned.where = node.where();
    if (const auto* codes = node.find("of"))
        planned.of = codes->is_text() ? std::vector{codes->as_text()} : text_list(*codes);
    take_text(node, "with", planned.with);
    take_text(node, "vintage", planned.vintage);
    read_years_of_step(node, planned);
    auto& options = planned.options;
    take_text(node, "statistic", options.statistic);
    options.weights = read_weights_choice(node, folder);
    if (const auto* style = node.find("style"))
        options.style = choice_of<WeightStyle>(*style, &style_from_text, "W, B, C, U, S");
    if (const auto* cut = node.find("cut")) options.cut = cut->as_number();
    if (const auto* correction = node.find("correction"))
        options.local.correction =
            choice_of<Correction>(*correction, &correction_from_text, "bh, by, holm, bonferroni, none");
    auto& permutation = options.local.permutation;
    if (const auto* count = node.find("permutations"))
        permutation.permutations = count_of(*count, 0, 10'000'000);
    if (const auto* seed = node.find("seed")) permutation.seed = count_of(*seed, 0, highest_seed);
    if (const auto* compat = node.find("compat"))
        permutation.convention = choice_of<Convention>(*compat, &convention_from_text, "none, pysal");
    return planned;
}

PlannedIndexStep read_index_step(const Node& node, const std::filesystem::path& folder) {
    static constexpr std::array<std::string_view, 3> known{"file", "draws", "seed"};
    node.refuse_unknown_keys(known);
    PlannedIndexStep planned{node.where(), resolved(node.at("file"), folder), {}, {}};
    if (const auto* draws = node.find("draws")) planned.draws = count_of(*draws, 0, 1'000'000);
    if (const auto* seed = node.find("seed")) planned.seed = count_of(*seed, 0, highest_seed);
    return planned;
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
    auto text = fmt::format(
        "\n[measures]\ncompat = {}\ndraws = {}\nseed = {}\natkinson = {}\nkolm = {}\nsgini = {}\n",
        toml_text(to_text(options.compat)), options.draws, options.seed, shortest(options.atkinson_aversion),
        shortest(options.kolm_aversion), shortest(options.concentration_aversion));
    if (plan.pairs != Correction::none) text += line("pairs", std::string(to_text(plan.pairs)));
    return text;
}

std::string to_toml(const PlannedAutocorrelation& planned) {
    const auto& options = planned.options;
    const auto& weights = options.weights;
    auto text = "\n[[autocorrelation]]\n" + line("of", planned.of) + line("with", planned.with) +
                line("vintage", planned.vintage) + years_line(planned) +
                line("statistic", options.statistic) + line("weights", weights.spec);
    if (weights.order != 1)
        text +=
            fmt::format("higher_order = {}\nlower_orders = {}\n", weights.order, weights.with_lower_orders);
    if (weights.snap) text += fmt::format("snap = {}\n", shortest(*weights.snap));
    if (options.style) text += fmt::format("style = {}\n", toml_text(to_text(*options.style)));
    if (options.cut) text += fmt::format("cut = {}\n", shortest(*options.cut));
    const auto& permutation = options.local.permutation;
    if (permutation.convention == Convention::esda) text += "compat = \"pysal\"\n";
    return text + fmt::format("permutations = {}\nseed = {}\ncorrection = {}\n", permutation.permutations,
                              permutation.seed, toml_text(to_text(options.local.correction)));
}

std::string to_toml(const PlannedIndexStep& planned) {
    auto text = "\n[[index]]\n" + line("file", planned.file);
    if (planned.draws) text += fmt::format("draws = {}\n", *planned.draws);
    if (planned.seed) text += fmt::format("seed = {}\n", *planned.seed);
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
