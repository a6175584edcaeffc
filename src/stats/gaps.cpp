// Distances between groups, from the mean, from the best and from a reference.
#include "measure_kind.h"
#include "tendik/base/random.h"

#include <algorithm>
#include <cmath>

namespace tendik::stats {
namespace {

using Positions = std::vector<std::size_t>;

struct Ends {
    Positions more;
    Positions less;
};

/// What D and R compare: two groups, or the regions of the first rank and of the last.
Ends ends_of(const Groups& groups) {
    const bool adverse = groups.direction == Direction::adverse;
    if (groups.ordered()) return adverse ? Ends{groups.bottom, groups.top} : Ends{groups.top, groups.bottom};
    if (groups.reference)
        return adverse ? Ends{{groups.highest()}, {*groups.reference}}
                       : Ends{{*groups.reference}, {groups.lowest()}};
    return {{groups.highest()}, {groups.lowest()}};
}

double error_of(const Groups& groups, const Positions& positions) {
    if (positions.size() == 1) return groups.error[positions.front()];
    double squares = 0.0, people = 0.0;
    for (const auto k : positions) {
        squares += std::pow(groups.share[k] * groups.error[k], 2);
        people += groups.share[k];
    }
    return std::sqrt(squares) / people;
}

/// With an order the reference is not asked.
std::string no_ends(const Groups& groups) {
    if (auto few = too_few(groups); !few.empty()) return few;
    if (groups.ordered() || !groups.wants_reference) return "";
    if (!groups.reference_fault.empty()) return groups.reference_fault;
    return groups.direction == Direction::neutral ? "a reference needs a direction, and there is none" : "";
}

std::string no_ratio(const Groups& groups) {
    if (auto fault = no_ends(groups); !fault.empty()) return fault;
    if (groups.least() < 0.0) return "negative value";
    const auto ends = ends_of(groups);
    return mean_of(groups, ends.less) == 0.0 ? "zero denominator" : "";
}

double difference(const Groups& groups) {
    const auto ends = ends_of(groups);
    return mean_of(groups, ends.more) - mean_of(groups, ends.less);
}

double difference_error(const Groups& groups) {
    const auto ends = ends_of(groups);
    if (ends.more == ends.less) return 0.0;
    return std::hypot(error_of(groups, ends.more), error_of(groups, ends.less));
}

double ratio(const Groups& groups) {
    const auto ends = ends_of(groups);
    return mean_of(groups, ends.more) / mean_of(groups, ends.less);
}

double ratio_error(const Groups& groups) {
    const auto ends = ends_of(groups);
    if (ends.more == ends.less) return 0.0;
    return std::hypot(error_of(groups, ends.more) / mean_of(groups, ends.more),
                      error_of(groups, ends.less) / mean_of(groups, ends.less));
}

bool in_order(const Groups& groups) { return groups.ordered(); }

double mean_distance(const Groups& groups, double from, bool weighted) {
    const double equal = 1.0 / static_cast<double>(groups.count());
    return sum_over(groups, [&](std::size_t k) {
        return (weighted ? groups.share[k] : equal) * std::abs(groups.value[k] - from);
    });
}

double best(const Groups& groups) {
    return groups.direction == Direction::favourable ? groups.greatest() : groups.least();
}

std::string no_best(const Groups& groups) {
    if (auto few = too_few(groups); !few.empty()) return few;
    return groups.direction == Direction::neutral ? "neither end is good or bad" : "";
}

std::string no_reference(const Groups& groups) {
    if (auto few = too_few(groups); !few.empty()) return few;
    if (!groups.reference_fault.empty()) return groups.reference_fault;
    return groups.reference ? "" : "no reference is named";
}

std::string no_relative(const Groups& groups) {
    if (auto few = too_few(groups); !few.empty()) return few;
    if (groups.mean_is_zero) return "zero mean";
    return groups.mean < 0.0 ? "negative mean" : "";
}

std::string no_attributable_fraction(const Groups& groups) {
    if (auto fault = no_best(groups); !fault.empty()) return fault;
    return no_relative(groups);
}

/// What the mean would move by.
double attributable(const Groups& groups) { return mean_of(groups, model_groups(groups)) - groups.mean; }

/// Nothing is gained where the model is worse than the mean.
double no_loss(const Groups& groups, double gain) {
    return groups.direction == Direction::favourable ? std::max(0.0, gain) : std::min(0.0, gain);
}

/// sqrt(sum of (m - ratio p)^2 s^2), m what a region adds to the mean of the model: 1 where it is the model.
double distance_error(const Groups& groups, double ratio) {
    std::vector<double> slopes;
    for (const double share : groups.share)
        slopes.push_back(-ratio * share);
    const auto model = model_groups(groups);
    double people = 0.0;
    for (const auto k : model)
        people += groups.share[k];
    for (const auto k : model)
        slopes[k] += groups.share[k] / people;
    return std::sqrt(sum_over(
        groups, [&](std::size_t k) { return slopes[k] * slopes[k] * groups.error[k] * groups.error[k]; }));
}

double attributable_error(const Groups& groups) { return distance_error(groups, 1.0); }

double attributable_fraction_error(const Groups& groups) {
    return 100.0 * distance_error(groups, mean_of(groups, model_groups(groups)) / groups.mean) / groups.mean;
}

// Without a lambda each: the tables below would be twice as long.
double from_mean(const Groups& g) { return mean_distance(g, g.mean, false); }
double from_mean_weighted(const Groups& g) { return mean_distance(g, g.mean, true); }
double from_best(const Groups& g) { return mean_distance(g, best(g), false); }
double from_best_weighted(const Groups& g) { return mean_distance(g, best(g), true); }
double from_reference(const Groups& g) { return mean_distance(g, g.value[*g.reference], false); }
double from_reference_weighted(const Groups& g) { return mean_distance(g, g.value[*g.reference], true); }
double disparity_index(const Groups& g) { return 100.0 * from_mean(g) / g.mean; }
double disparity_index_weighted(const Groups& g) { return 100.0 * from_mean_weighted(g) / g.mean; }
double attributable_fraction(const Groups& g) { return 100.0 * attributable(g) / g.mean; }

const MeasureKind kinds[] = {
    {"D", "points", no_ends, difference, nullptr, difference_error, in_order, false, 0.0},
    {"R", "ratio", no_ratio, ratio, nullptr, ratio_error, in_order, true, 1.0},
    {.code = "MDMU", .unit = "points", .undefined = too_few, .value = from_mean, .floor = 0.0},
    {.code = "MDMW", .unit = "points", .undefined = too_few, .value = from_mean_weighted, .floor = 0.0},
    {.code = "MDBU", .unit = "points", .undefined = no_best, .value = from_best, .floor = 0.0},
    {.code = "MDBW", .unit = "points", .undefined = no_best, .value = from_best_weighted, .floor = 0.0},
    {.code = "MDRU", .unit = "points", .undefined = no_reference, .value = from_reference, .floor = 0.0},
    {.code = "MDRW",
     .unit = "points",
     .undefined = no_reference,
     .value = from_reference_weighted,
     .floor = 0.0},
    {.code = "IDISU", .unit = "percent", .undefined = no_relative, .value = disparity_index, .floor = 0.0},
    {.code = "IDISW",
     .unit = "percent",
     .undefined = no_relative,
     .value = disparity_index_weighted,
     .floor = 0.0},
    {.code = "PAR",
     .unit = "points",
     .undefined = no_best,
     .value = attributable,
     .error = attributable_error,
     .plain = in_order,
     .cut = no_loss},
    {.code = "PAF",
     .unit = "percent",
     .undefined = no_attributable_fraction,
     .value = attributable_fraction,
     .error = attributable_fraction_error,
     .plain = in_order,
     .cut = no_loss},
};

}  // namespace

std::string too_few(const Groups& groups) { return groups.count() < 2 ? "fewer than two regions" : ""; }

std::span<const MeasureKind> gap_kinds() { return kinds; }

std::vector<std::size_t> model_groups(const Groups& groups) {
    if (groups.ordered()) return groups.top;
    return {groups.direction == Direction::favourable ? groups.highest() : groups.lowest()};
}

std::vector<Measure> compare_two(const Value& more, const Value& less, const Value& more_error,
                                 const Value& less_error) {
    Measure difference{.code = "D", .unit = "points"};
    Measure ratio{.code = "R", .unit = "ratio"};
    if (!more.present() || !less.present()) {
        difference.note = ratio.note = "no figure of one of the two";
        return {difference, ratio};
    }
    const double reach = normal_quantile(0.975);
    const bool errors = more_error.present() && less_error.present();
    difference.value = more.number - less.number;
    if (errors) {
        difference.se = std::hypot(more_error.number, less_error.number);
        difference.lower = *difference.value - reach * *difference.se;
        difference.upper = *difference.value + reach * *difference.se;
    }
    if (more.number < 0.0 || less.number < 0.0 || less.number == 0.0) {
        ratio.note = less.number == 0.0 ? "zero denominator" : "negative value";
        return {difference, ratio};
    }
    ratio.value = more.number / less.number;
    if (errors && more.number > 0.0) {
        ratio.se = std::hypot(more_error.number / more.number, less_error.number / less.number);
        ratio.lower = *ratio.value * std::exp(-reach * *ratio.se);
        ratio.upper = *ratio.value * std::exp(reach * *ratio.se);
    }
    return {difference, ratio};
}

}  // namespace tendik::stats
