// What measures are asked for, in a plan.
#include "measuring.h"

#include "plan_words.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

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
    if (const auto* scale = indicator.find("scale")) {
        measuring.scale = scale->as_number();
        if (!(*measuring.scale > 0.0))
            throw InputError(fmt::format("{}: the scale is {}, expected a number above 0", scale->where(),
                                         shortest(*measuring.scale)),
                             "scale = 100 for per cent");
    }
    refuse_contrary_errors(measuring, indicator.where());
    return measuring;
}

void read_measure_options(const Node& node, MeasureOptions& options) {
    static constexpr std::array<std::string_view, 6> known{"compat",   "draws", "seed",
                                                           "atkinson", "kolm",  "sgini"};
    node.refuse_unknown_keys(known);
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

std::string to_toml(const PlannedMeasuring& measuring) {
    auto text = line("error", measuring.error_column) + line("lower", measuring.lower_column) +
                line("upper", measuring.upper_column) + line("rank", measuring.rank_column) +
                line("group", measuring.group_column) + line("reference", measuring.reference);
    if (measuring.scale) text += fmt::format("scale = {}\n", shortest(*measuring.scale));
    return text;
}

std::string to_toml(const MeasureOptions& options) {
    return fmt::format(
        "\n[measures]\ncompat = {}\ndraws = {}\nseed = {}\natkinson = {}\nkolm = {}\nsgini = {}\n",
        toml_text(to_text(options.compat)), options.draws, options.seed, shortest(options.atkinson_aversion),
        shortest(options.kolm_aversion), shortest(options.concentration_aversion));
}

void refuse_contrary_errors(const PlannedMeasuring& measuring, const std::string& where) {
    if (measuring.lower_column.empty() != measuring.upper_column.empty())
        throw InputError(fmt::format("{}: an interval has two ends, and only '{}' is named", where,
                                     measuring.lower_column + measuring.upper_column),
                         "name both columns, lower and upper");
    if (!measuring.error_column.empty() && !measuring.lower_column.empty())
        throw InputError(fmt::format("{}: the errors are to come from '{}' and from an interval", where,
                                     measuring.error_column),
                         "name the column of errors, or the two ends");
}

}  // namespace tendik::plan
