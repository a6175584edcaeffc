// Measures of dispersion and inequality: variance, entropy, Lorenz curve, welfare.
#include "inequality.h"

#include "measure_kind.h"
#include "tendik/base/text.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace tendik::stats {
namespace {

std::string no_variation(const Groups& groups) {
    if (auto few = too_few(groups); !few.empty()) return few;
    if (groups.mean_is_zero) return "zero mean";
    return groups.mean < 0.0 ? "negative mean" : "";
}

/// An index of shares needs something to share and nobody who owes.
std::string no_index(const Groups& groups) {
    if (auto few = too_few(groups); !few.empty()) return few;
    if (groups.least() < 0.0) return "negative value";
    return groups.mean_is_zero ? "zero mean" : "";
}

std::string no_log_index(const Groups& groups) {
    if (auto fault = no_index(groups); !fault.empty()) return fault;
    return groups.least() == 0.0 ? "zero value" : "";
}

std::string no_atkinson(const Groups& groups) {
    return groups.atkinson_aversion < 1.0 ? no_index(groups) : no_log_index(groups);
}

/// r ln r with its limit 0 at r = 0.
double r_ln_r(double r) { return r == 0.0 ? 0.0 : r * std::log(r); }

double variance_part(const Groups& g, std::size_t k) {
    const double gap = g.value[k] - g.mean;
    return g.share[k] * gap * gap;
}
double theil_part(const Groups& g, std::size_t k) { return g.share[k] * r_ln_r(g.value[k] / g.mean); }
double log_part(const Groups& g, std::size_t k) { return -g.share[k] * std::log(g.value[k] / g.mean); }

template <class Part>
std::vector<double> parts_of(const Groups& groups, double times, Part&& part) {
    std::vector<double> parts;
    parts.reserve(groups.count());
    for (std::size_t k = 0; k < groups.count(); ++k)
        parts.push_back(times * part(groups, k));
    return parts;
}

double sum_of(const std::vector<double>& parts) {
    CompensatedSum sum;
    for (const double part : parts)
        sum.add(part);
    return sum.value();
}

std::vector<double> variance_parts(const Groups& g) { return parts_of(g, 1.0, variance_part); }
std::vector<double> theil_parts(const Groups& g) { return parts_of(g, 1000.0, theil_part); }
std::vector<double> log_parts(const Groups& g) { return parts_of(g, 1000.0, log_part); }

/// sum_j p_j |y_i - y_j| for every position. Going up the sorted values, each step adds the shares below
/// times the width of the step: only positive terms.
std::vector<double> mean_distances(const Groups& groups) {
    std::vector<double> distances(groups.count(), 0.0);
    const auto sweep = [&](auto begin, auto end) {
        CompensatedSum passed, distance;
        for (auto at = begin; at + 1 != end; ++at) {
            passed.add(groups.share[*at]);
            distance.add(passed.value() * std::abs(groups.value[*(at + 1)] - groups.value[*at]));
            distances[*(at + 1)] += distance.value();
        }
    };
    sweep(groups.by_value.begin(), groups.by_value.end());
    sweep(groups.by_value.rbegin(), groups.by_value.rend());
    return distances;
}

std::vector<double> gini_parts(const Groups& groups) {
    auto parts = mean_distances(groups);
    for (std::size_t k = 0; k < parts.size(); ++k)
        parts[k] *= groups.share[k] / groups.mean / 2.0;
    return parts;
}

double variance(const Groups& g) {
    return sum_over(g, [&](std::size_t k) { return variance_part(g, k); });
}
double deviation(const Groups& g) { return std::sqrt(variance(g)); }
double variation(const Groups& g) { return 100.0 * deviation(g) / g.mean; }
double relative_deviation(const Groups& g) { return deviation(g) / g.mean; }
double theil(const Groups& g) {
    return sum_over(g, [&](std::size_t k) { return theil_part(g, k); });
}
double log_deviation(const Groups& g) {
    return sum_over(g, [&](std::size_t k) { return log_part(g, k); });
}
double theil_in_thousandths(const Groups& g) { return 1000.0 * theil(g); }
double log_deviation_in_thousandths(const Groups& g) { return 1000.0 * log_deviation(g); }
double gini(const Groups& g) { return sum_of(gini_parts(g)); }
double entropy_2(const Groups& g) { return variance(g) / (2.0 * g.mean * g.mean); }
double entropy_below(const Groups& g) {
    return (sum_over(g, [&](std::size_t k) { return g.share[k] * g.mean / g.value[k]; }) - 1.0) / 2.0;
}

/// Ahn et al. 2018: the values are normal and independent.
double variance_error(const Groups& g) {
    double linear = 0.0, all = 0.0, fourth = 0.0, own = 0.0;
    for (std::size_t k = 0; k < g.count(); ++k) {
        const double p = g.share[k], s2 = g.error[k] * g.error[k];
        const double gap = g.value[k] - g.mean;
        linear += p * p * s2 * gap * gap;
        all += p * p * s2;
        fourth += p * p * p * p * s2 * s2;
        own += p * p * (1.0 - p) * (1.0 - p) * s2 * s2;
    }
    return std::sqrt(4.0 * linear + 2.0 * (all * all - fourth + own));
}

double theil_error(const Groups& g) {
    const double shift =
        sum_over(g, [&](std::size_t k) { return g.share[k] * g.value[k] / g.mean; }) + theil(g);
    return 1000.0 * std::sqrt(sum_over(g, [&](std::size_t k) {
               if (g.value[k] == 0.0) return 0.0;
               const double slope = 1.0 + std::log(g.value[k] / g.mean) - shift;
               return std::pow(g.share[k] * g.error[k] / g.mean * slope, 2);
           }));
}

double log_deviation_error(const Groups& g) {
    return 1000.0 * std::sqrt(sum_over(g, [&](std::size_t k) {
               return std::pow(g.share[k] * g.error[k] / g.mean * (1.0 - g.mean / g.value[k]), 2);
           }));
}

double atkinson(const Groups& g) {
    const double aversion = g.atkinson_aversion;
    if (aversion == 1.0) return 1.0 - std::exp(-log_deviation(g));
    const double power = 1.0 - aversion;
    const double sum =
        sum_over(g, [&](std::size_t k) { return g.share[k] * std::pow(g.value[k] / g.mean, power); });
    return 1.0 - std::pow(sum, 1.0 / power);
}

double hoover(const Groups& g) {
    return sum_over(g, [&](std::size_t k) { return g.share[k] * std::abs(g.value[k] / g.mean - 1.0); }) / 2.0;
}

double kolm(const Groups& g) {
    // The largest exponent is that of the lowest value; taken out, nothing overflows.
    const double most = g.kolm_aversion * (g.mean - g.least());
    const double sum = sum_over(g, [&](std::size_t k) {
        return g.share[k] * std::exp(g.kolm_aversion * (g.mean - g.value[k]) - most);
    });
    return (std::log(sum) + most) / g.kolm_aversion;
}

/// The part of all that the lowest `people` of 1 have, between groups in proportion.
double lorenz(const Groups& groups, double people) {
    CompensatedSum passed, owned;
    for (const auto k : groups.by_value) {
        const double rest = people - passed.value();
        if (groups.share[k] >= rest)
            return owned.value() + std::max(0.0, rest) * groups.value[k] / groups.mean;
        passed.add(groups.share[k]);
        owned.add(groups.share[k] * groups.value[k] / groups.mean);
    }
    return 1.0;
}

std::string no_palma(const Groups& groups) {
    if (auto fault = no_index(groups); !fault.empty()) return fault;
    return lorenz(groups, 0.4) == 0.0 ? "the lowest 40 per cent have nothing" : "";
}

double palma(const Groups& groups) { return (1.0 - lorenz(groups, 0.9)) / lorenz(groups, 0.4); }

/// Half of the people are below; where that is exactly between two groups, the middle of both.
double median(const Groups& groups) {
    constexpr double rounding = 1e-12;
    CompensatedSum passed;
    for (std::size_t i = 0; i < groups.count(); ++i) {
        const double value = groups.value[groups.by_value[i]];
        passed.add(groups.share[groups.by_value[i]]);
        if (passed.value() > 0.5 + rounding) return value;
        if (passed.value() > 0.5 - rounding && i + 1 < groups.count())
            return (value + groups.value[groups.by_value[i + 1]]) / 2.0;
    }
    return groups.greatest();
}

std::string no_wolfson(const Groups& groups) {
    if (auto fault = no_index(groups); !fault.empty()) return fault;
    return median(groups) == 0.0 ? "zero median" : "";
}

double wolfson(const Groups& g) {
    return 2.0 * (2.0 * (0.5 - lorenz(g, 0.5)) - gini(g)) * g.mean / median(g);
}

std::string atkinson_remark(const Groups& g) { return "aversion " + shortest(g.atkinson_aversion); }
std::string kolm_remark(const Groups& g) { return "aversion " + shortest(g.kolm_aversion); }
std::string lorenz_remark(const Groups& /*g*/) { return "Lorenz curve straight within each region"; }

const MeasureKind kinds[] = {
    {"BGV", "squared points", too_few, variance, variance_parts, variance_error, nullptr, false, 0.0},
    {.code = "BGSD", .unit = "points", .undefined = too_few, .value = deviation, .floor = 0.0},
    {.code = "COV", .unit = "percent", .undefined = no_variation, .value = variation, .floor = 0.0},
    {"TI", "x1000", no_index, theil_in_thousandths, theil_parts, theil_error, nullptr, false, 0.0},
    {"MLD", "x1000", no_log_index, log_deviation_in_thousandths, log_parts, log_deviation_error, nullptr,
     false, 0.0},
    {.code = "GE_1", .unit = "index", .undefined = no_log_index, .value = entropy_below, .floor = 0.0},
    {.code = "GE0", .unit = "index", .undefined = no_log_index, .value = log_deviation, .floor = 0.0},
    {.code = "GE1", .unit = "index", .undefined = no_index, .value = theil, .floor = 0.0},
    {.code = "GE2", .unit = "index", .undefined = no_index, .value = entropy_2, .floor = 0.0},
    {.code = "GINI",
     .unit = "fraction",
     .undefined = no_index,
     .value = gini,
     .parts = gini_parts,
     .floor = 0.0},
    {.code = "ATKINSON",
     .unit = "fraction",
     .undefined = no_atkinson,
     .value = atkinson,
     .floor = 0.0,
     .remark = atkinson_remark},
    {.code = "HOOVER", .unit = "fraction", .undefined = no_index, .value = hoover, .floor = 0.0},
    {.code = "PALMA",
     .unit = "ratio",
     .undefined = no_palma,
     .value = palma,
     .floor = 0.25,
     .remark = lorenz_remark},
    {.code = "WOLFSON", .unit = "index", .undefined = no_wolfson, .value = wolfson, .remark = lorenz_remark},
    {.code = "KOLM",
     .unit = "points",
     .undefined = too_few,
     .value = kolm,
     .floor = 0.0,
     .remark = kolm_remark},
    {.code = "WILLIAMSON",
     .unit = "fraction",
     .undefined = no_variation,
     .value = relative_deviation,
     .floor = 0.0},
};

/// Of the means of the sets, each weighing as its people.
Groups means_of(const std::vector<Groups>& sets, const std::vector<double>& shares) {
    Groups means;
    means.value.reserve(sets.size());
    for (const auto& set : sets)
        means.value.push_back(set.mean);
    means.share = shares;
    describe_values(means);
    return means;
}

struct Entropy {
    std::string_view code;
    double power;  ///< alpha
};
constexpr Entropy entropies[] = {{"GE_1", -1.0}, {"GE0", 0.0}, {"GE1", 1.0}, {"GE2", 2.0}};

}  // namespace

std::span<const MeasureKind> inequality_kinds() { return kinds; }

std::vector<Decomposition> decompose(const Groups& groups, const std::vector<std::string>& set_of) {
    std::map<std::string, std::vector<std::size_t>> members;
    for (std::size_t k = 0; k < groups.count(); ++k)
        members[set_of[k]].push_back(k);
    std::vector<Groups> sets;
    std::vector<double> shares;
    for (const auto& [name, positions] : members) {
        sets.push_back(only(groups, positions));
        CompensatedSum share;
        for (const auto k : positions)
            share.add(groups.share[k]);
        shares.push_back(share.value());
    }
    const auto means = means_of(sets, shares);
    std::vector<Decomposition> all;
    for (const auto& [code, power] : entropies) {
        const auto* kind = std::ranges::find(kinds, code, &MeasureKind::code);
        if (!kind->undefined(groups).empty()) continue;
        CompensatedSum within;
        for (std::size_t i = 0; i < sets.size(); ++i) {
            // Where all have nothing there is nothing to be unequal about.
            if (sets[i].mean_is_zero) continue;
            const double owned = shares[i] * sets[i].mean / groups.mean;
            within.add(std::pow(owned, power) * std::pow(shares[i], 1.0 - power) * kind->value(sets[i]));
        }
        const double between = kind->value(means);
        all.push_back({std::string(code), kind->value(groups), between, within.value()});
    }
    return all;
}

}  // namespace tendik::stats
