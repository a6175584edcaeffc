// What is to be found out about the figures, in a plan: measures, spatial statistics, composite indices.
#include "measuring.h"

#include "plan_words.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

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
    return text;
}

std::string to_toml(const MeasureOptions& options) {
    return fmt::format(
        "\n[measures]\ncompat = {}\ndraws = {}\nseed = {}\natkinson = {}\nkolm = {}\nsgini = {}\n",
        toml_text(to_text(options.compat)), options.draws, options.seed, shortest(options.atkinson_aversion),
        shortest(options.kolm_aversion), shortest(options.concentration_aversion));
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
