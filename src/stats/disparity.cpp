#include "tendik/stats/disparity.h"

#include "compat.h"
#include "inequality.h"
#include "measure_kind.h"
#include "ordered.h"
#include "simulation.h"
#include "tendik/base/random.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace tendik::stats {
namespace {

/// In the order in which measures are given.
constexpr std::array<std::string_view, 35> codes{
    "D",      "R",     "ACI",     "RCI",  "SII",        "RII",      "BGV",       "BGSD",  "COV",
    "MDMU",   "MDMW",  "MDBU",    "MDBW", "MDRU",       "MDRW",     "IDISU",     "IDISW", "TI",
    "MLD",    "PAR",   "PAF",     "GE_1", "GE0",        "GE1",      "GE2",       "GINI",  "ATKINSON",
    "HOOVER", "PALMA", "WOLFSON", "KOLM", "WILLIAMSON", "WAGSTAFF", "ERREYGERS", "SGINI"};

const std::vector<const MeasureKind*>& all_kinds() {
    static const auto kinds = [] {
        std::vector<const MeasureKind*> in_order;
        for (const auto code : codes)
            for (const auto family : {gap_kinds(), ordered_kinds(), inequality_kinds()})
                for (const auto& kind : family)
                    if (kind.code == code) in_order.push_back(&kind);
        return in_order;
    }();
    return kinds;
}

void check_sizes(const MeasureInputs& inputs, const std::vector<std::string>& names) {
    const auto count = inputs.values.size();
    const auto check = [count](const char* what, std::size_t size) {
        if (size != count)
            throw std::invalid_argument(fmt::format("measure: {} values, {} {}", count, size, what));
    };
    check("names", names.size());
    if (inputs.weights) check("weights", inputs.weights->size());
    if (inputs.errors) check("errors", inputs.errors->size());
    if (inputs.ranks) check("ranks", inputs.ranks->size());
    if (inputs.groups) check("groups", inputs.groups->size());
    if (inputs.reference && static_cast<std::size_t>(*inputs.reference) >= count)
        throw std::invalid_argument("measure: the reference is no region of the column");
}

void report_left_out(const Measures& result, const Column& values, const MeasureOptions& options,
                     const std::vector<std::string>& names, Findings& findings) {
    if (result.left_out.empty()) return;
    std::vector<std::string> parts;
    for (const auto region : result.left_out) {
        const auto i = static_cast<std::size_t>(region);
        const auto why = values[i].inherited   ? std::string_view("inherited")
                         : values[i].present() ? std::string_view("no weight")
                                               : to_text(values[i].state);
        parts.push_back(fmt::format("{} ({})", names[i], why));
    }
    // A region to which the indicator does not apply, or whose people are counted in a larger unit of the
    // time, is left out, but nothing of it is missing.
    const auto without = static_cast<double>(std::ranges::count_if(result.left_out, [&](RegionIndex region) {
        const auto& value = values[static_cast<std::size_t>(region)];
        return value.state != State::not_applicable && !value.inherited;
    }));
    const auto concerned = static_cast<double>(values.size() - result.left_out.size()) + without;
    const double share = concerned > 0.0 ? without / concerned : 0.0;
    const bool many = share > options.missing_share_warning;
    findings.add(many ? Severity::warning : Severity::note, many ? "many-missing" : "regions-left-out", "",
                 fmt::format("{} of {} regions are left out of the measures: {}", result.left_out.size(),
                             values.size(), join_text(parts, ", ")));
}

void add_note(Measure& measure, const std::string& note) {
    if (note.empty()) return;
    measure.note += (measure.note.empty() ? "" : "; ") + note;
}

/// Value or reason, and the parts of the regions.
Measure measure_one(const MeasureKind& kind, const Groups& groups, std::vector<RegionShare>& regions) {
    Measure measure{.code = std::string(kind.code), .unit = std::string(kind.unit)};
    measure.note = kind.undefined(groups);
    if (!measure.note.empty()) return measure;
    const double value = given_value(kind, groups);
    if (!std::isfinite(value)) {
        const bool fitted = kind.code == "SII" || kind.code == "RII";
        measure.note = fitted ? "the fitted curve has no finite value"
                              : "numbers too large or too small to compute with";
        return measure;
    }
    measure.value = value;
    if (kind.remark) add_note(measure, kind.remark(groups));
    if (!kind.parts) return measure;
    const auto parts =
        is_zero_by_construction(kind, groups) ? std::vector<double>(groups.count(), 0.0) : kind.parts(groups);
    for (std::size_t k = 0; k < parts.size(); ++k)
        regions[groups.index[k]].contribution.emplace_back(kind.code, parts[k]);
    return measure;
}

void set_normal_interval(Measure& measure, double centre, bool logarithmic) {
    const double reach = normal_quantile(0.975) * *measure.se;
    measure.lower = logarithmic ? centre * std::exp(-reach) : centre - reach;
    measure.upper = logarithmic ? centre * std::exp(reach) : centre + reach;
}

/// Where nothing is known of sampling errors: the scatter of the groups about the line through their ranks.
void add_regression_error(Measure& measure, const Groups& groups) {
    if (!measure.value) return;
    if (measure.code == "ACI") measure.se = concentration_regression_error(groups);
    if (measure.code == "RCI") measure.se = concentration_regression_error(groups) / groups.mean;
    if (measure.code == "SII" || measure.code == "RII") {
        const auto fit = fit_ranks(groups);
        if (!fit) return;  // all shares are 0, or all are 1
        const auto noise = residual_covariance(*fit);
        measure.se = measure.code == "RII"
                         ? log_ratio_error(*fit, noise)
                         : difference_error(*fit, noise) * (fit->logit ? *groups.scale : 1.0);
    }
    if (!measure.se) return;
    if (groups.least() == groups.greatest()) measure.se = 0.0;
    set_normal_interval(measure, *measure.value, measure.code == "RII");
    add_note(measure, "error of the regression on ranks, without sampling errors");
}

/// Of the Gini coefficient, out of what it is without each region; nothing where one of these is unknown.
void add_jackknife_error(Measure& measure, const std::vector<RegionShare>& regions, std::size_t count) {
    if (!measure.value) return;
    std::vector<double> influences;
    for (const auto& region : regions)
        for (const auto& [code, influence] : region.influence)
            if (code == measure.code) influences.push_back(influence);
    if (influences.size() != count) return;
    CompensatedSum sum, squares;
    for (const double influence : influences)
        sum.add(influence);
    const auto n = static_cast<double>(count);
    for (const double influence : influences)
        squares.add(std::pow(influence - sum.value() / n, 2));
    measure.se = std::sqrt((n - 1.0) / n * squares.value());
    add_note(measure, "jackknife error over the regions, without sampling errors");
}

void cut_interval(Measure& measure, const MeasureKind& kind, const Groups& groups) {
    if (!kind.cut) return;
    for (auto* number : {&measure.lower, &measure.upper, &measure.debiased})
        if (*number) *number = kind.cut(groups, **number);
}

void add_sampling_error(Measure& measure, const MeasureKind& kind, const Groups& groups,
                        const std::optional<DrawnInterval>& drawn, Compat compat) {
    if (!measure.value) return;
    if (kind.logarithmic) add_note(measure, "the error is of the logarithm");
    if (kind.error) {
        const double error = kind.error(groups);
        if (std::isfinite(error)) measure.se = error;
    }
    if (kind.plain && kind.plain(groups)) {
        const double centre = is_zero_by_construction(kind, groups) ? 0.0 : kind.value(groups);
        if (measure.se) set_normal_interval(measure, centre, kind.logarithmic);
        cut_interval(measure, kind, groups);
        return;
    }
    if (!drawn) {
        add_note(measure, "no interval: too many draws have no value");
        return;
    }
    if (compat == Compat::heat && heat_draws(kind.code)) {
        measure.lower = drawn->plain_lower;
        measure.upper = drawn->plain_upper;
        return;
    }
    if (!measure.se) measure.se = drawn->se;
    measure.debiased = drawn->debiased;
    measure.bias = drawn->bias;
    measure.lower = drawn->lower;
    measure.upper = drawn->upper;
    cut_interval(measure, kind, groups);
}

/// What healthequal prints has neither bias nor correction.
void make_compatible(Measures& result, const Groups& groups) {
    for (auto& measure : result.measures) {
        if (!heat_knows(measure.code)) continue;
        measure.bias = measure.debiased = std::nullopt;
        if (!heat_draws(measure.code)) measure.lower = measure.upper = std::nullopt;
        change_to_heat(measure, groups);
        if (measure.value) add_note(measure, "as healthequal has it");
    }
}

double mean_error(const Groups& groups) {
    return std::sqrt(
        sum_over(groups, [&](std::size_t k) { return std::pow(groups.share[k] * groups.error[k], 2); }));
}

/// The gap of a region from a mean that it is part of.
void add_gap_errors(Measures& result, const Groups& groups) {
    const double of_mean = mean_error(groups);
    for (std::size_t k = 0; k < groups.count(); ++k) {
        auto& region = result.regions[groups.index[k]];
        const double p = groups.share[k], s = groups.error[k];
        // Var(y_j - mean) = s^2 - 2 p s^2 + Var(mean).
        const double variance = s * s * (1.0 - 2.0 * p) + of_mean * of_mean;
        region.gap_se = std::sqrt(std::max(0.0, variance));
        if (*region.gap_se > 0.0)
            region.p = 2.0 * normal_probability(-std::abs(*region.gap) / *region.gap_se);
    }
}

/// Errors and intervals of all measures and of the regions' ranks and gaps.
void add_errors(Measures& result, const Groups& groups, const MeasureOptions& options) {
    if (groups.count() < 2) return;
    const auto& kinds = all_kinds();
    if (groups.error.empty()) {
        for (auto& measure : result.measures) {
            add_regression_error(measure, groups);
            if (measure.code == "GINI") add_jackknife_error(measure, result.regions, groups.count());
        }
        return;
    }
    std::vector<const MeasureKind*> drawn_kinds;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        if (result.measures[i].value && !(kinds[i]->plain && kinds[i]->plain(groups)))
            drawn_kinds.push_back(kinds[i]);
    const auto drawn = draw_intervals(groups, drawn_kinds, {options.draws, options.seed, options.jobs});
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const auto found = std::ranges::find(drawn_kinds, kinds[i]);
        const auto at = static_cast<std::size_t>(found - drawn_kinds.begin());
        add_sampling_error(result.measures[i], *kinds[i], groups,
                           found == drawn_kinds.end() ? std::nullopt : drawn.measures[at], options.compat);
    }
    for (std::size_t k = 0; k < groups.count(); ++k) {
        auto& region = result.regions[groups.index[k]];
        region.rank_lower = drawn.ranks[k].first;
        region.rank_upper = drawn.ranks[k].second;
    }
    add_gap_errors(result, groups);
}

void add_shares_and_gaps(Measures& result, const Groups& groups) {
    std::size_t rank = 0;
    for (std::size_t i = 0; i < groups.count(); ++i) {
        const std::size_t k = groups.by_value[groups.count() - 1 - i];
        const bool tied = i > 0 && groups.value[k] == groups.value[groups.by_value[groups.count() - i]];
        if (!tied) rank = i + 1;
        auto& region = result.regions[groups.index[k]];
        region.rank = rank;
        region.weight_share = groups.share[k];
        region.gap = groups.value[k] - groups.mean;
        if (!groups.mean_is_zero) region.relative_gap = groups.value[k] / groups.mean;
    }
}

void add_influences(Measures& result, const Groups& groups, const MeasureOptions& options,
                    Findings& findings) {
    if (groups.count() < 2) return;
    if (groups.count() > options.influence_region_limit) {
        findings.add(Severity::note, "no-influence", "",
                     fmt::format("the influence of each region is computed for up to {} regions, here are {}",
                                 options.influence_region_limit, groups.count()));
        return;
    }
    const auto& kinds = all_kinds();
    for (std::size_t k = 0; k < groups.count(); ++k) {
        const auto rest = without(groups, k);
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            const auto& whole = result.measures[i].value;
            if (!whole || !kinds[i]->undefined(rest).empty()) continue;
            const double left = given_value(*kinds[i], rest);
            if (std::isfinite(left))
                result.regions[groups.index[k]].influence.emplace_back(kinds[i]->code, *whole - left);
        }
    }
}

void add_decompositions(Measures& result, const Groups& groups, const MeasureInputs& inputs,
                        const std::vector<std::string>& names, Findings& findings) {
    if (!inputs.groups || groups.count() < 2) return;
    std::vector<std::string> set_of, lacking;
    for (const auto i : groups.index) {
        set_of.push_back((*inputs.groups)[i]);
        if (set_of.back().empty()) lacking.push_back(names[i]);
    }
    if (lacking.empty()) {
        result.decompositions = decompose(groups, set_of);
        return;
    }
    findings.add(
        Severity::warning, "ungrouped-regions", "",
        fmt::format("nothing is divided into between and within: {} of {} regions are in no group: {}",
                    lacking.size(), groups.count(), join_text(lacking, ", ")));
}

void find_extremes(Measures& result, const Groups& groups, Direction direction) {
    const auto first_with = [&](double value) {
        const auto found = std::ranges::find(groups.value, value) - groups.value.begin();
        return RegionIndex{static_cast<std::uint32_t>(groups.index[static_cast<std::size_t>(found)])};
    };
    result.highest = first_with(groups.greatest());
    result.lowest = first_with(groups.least());
    if (direction == Direction::neutral) return;
    const bool adverse = direction == Direction::adverse;
    result.worst = adverse ? result.highest : result.lowest;
    result.best = adverse ? result.lowest : result.highest;
}

/// Everything but the measures themselves.
Measures describe_regions(const MeasureInputs& inputs, const Groups& groups, const MeasureOptions& options) {
    Measures result;
    result.counted = groups.count();
    result.weighted = inputs.weights != nullptr;
    result.regions.resize(inputs.values.size());
    for (std::size_t i = 0; i < inputs.values.size(); ++i) {
        const RegionIndex index{static_cast<std::uint32_t>(i)};
        result.regions[i].region = index;
        result.regions[i].value = inputs.values[i];
        if (!inputs.values[i].present() || (inputs.weights && !(*inputs.weights)[i].present()))
            result.left_out.push_back(index);
    }
    if (groups.count() == 0) return result;
    result.mean = groups.mean;
    add_shares_and_gaps(result, groups);
    find_extremes(result, groups, options.direction);
    return result;
}

}  // namespace

std::vector<std::string> measure_codes() { return {codes.begin(), codes.end()}; }

Measures measure(const MeasureInputs& inputs, const MeasureOptions& options,
                 const std::vector<std::string>& names, Findings& findings) {
    check_sizes(inputs, names);
    const auto groups = make_groups(inputs, options, names, findings);
    auto result = describe_regions(inputs, groups, options);
    report_left_out(result, inputs.values, options, names, findings);
    for (const auto* kind : all_kinds())
        result.measures.push_back(measure_one(*kind, groups, result.regions));
    add_influences(result, groups, options, findings);
    add_errors(result, groups, options);
    if (options.compat == Compat::heat) make_compatible(result, groups);
    if (options.compat == Compat::pysal) change_to_pysal(result);
    add_decompositions(result, groups, inputs, names, findings);
    return result;
}

Measures measure(const Column& values, const Column* weights, const MeasureOptions& options,
                 const std::vector<std::string>& names, Findings& findings) {
    return measure(MeasureInputs{.values = values, .weights = weights}, options, names, findings);
}

Measures describe_total(const Column& values) {
    Measures result;
    CompensatedSum sum;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const RegionIndex index{static_cast<std::uint32_t>(i)};
        result.regions.emplace_back();
        result.regions.back().region = index;
        result.regions.back().value = values[i];
        if (!values[i].present()) {
            result.left_out.push_back(index);
            continue;
        }
        ++result.counted;
        sum.add(values[i].number);
        const auto number_at = [&](RegionIndex at) { return values[static_cast<std::size_t>(at)].number; };
        if (!result.highest || values[i].number > number_at(*result.highest)) result.highest = index;
        if (!result.lowest || values[i].number < number_at(*result.lowest)) result.lowest = index;
    }
    if (result.counted > 0) result.sum = sum.value();
    return result;
}

Measures describe_partial(const Column& values) {
    Measures result;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const RegionIndex index{static_cast<std::uint32_t>(i)};
        result.regions.emplace_back();
        result.regions.back().region = index;
        result.regions.back().value = values[i];
        if (values[i].present())
            ++result.counted;
        else
            result.left_out.push_back(index);
    }
    for (const auto* kind : all_kinds())
        result.measures.push_back({.code = std::string(kind->code),
                                   .unit = std::string(kind->unit),
                                   .note = "figures of some regions only"});
    return result;
}

std::optional<Change> change_between(const Measures& before, int from_year, const Measures& after,
                                     int to_year) {
    const auto value_in = [](const Measures& measures, std::string_view code) -> std::optional<double> {
        const Measure* found = measures.find(code);
        return found ? found->value : std::nullopt;
    };
    const auto absolute_before = value_in(before, "D");
    const auto absolute_after = value_in(after, "D");
    if (!absolute_before || !absolute_after) return std::nullopt;
    return Change{from_year,           to_year, *absolute_before, *absolute_after, value_in(before, "R"),
                  value_in(after, "R")};
}

}  // namespace tendik::stats
