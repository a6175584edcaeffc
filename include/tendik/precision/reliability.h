#pragma once

#include "tendik/model/boundaries.h"
#include "tendik/model/classes.h"
#include "tendik/model/precision.h"
#include "tendik/model/value.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace tendik::precision {

/// Coefficients of variation, in per cent, that part reliable figures from those to be used with caution, and
/// these from unreliable ones. There is no universal pair, so none is taken for granted.
struct CutPoints {
    double caution_percent = 0.0;
    double unreliable_percent = 0.0;
};

/// s / y in per cent; of a proportion, whose `whole` is given (100 for per cent), s / min(y, whole - y): 3.5
/// % and its complement 96.5 % are equally reliable. 0 where there is no error, infinite where there is one
/// of nothing.
double variation_percent(double value, double error, std::optional<double> whole);

/// Below the first cut point reliable; above the second unreliable; between, the ends included, with caution.
Reliability reliability_of(double variation_percent, const CutPoints& cut_points);

/// MICS and DHS tables: fewer than 25 unweighted cases are not shown, 25 to 49 stand in brackets.
enum class Cases : std::uint8_t { enough, few, too_few };
Cases judge_cases(double unweighted_n);

/// Probability that the true value lies in the class that the figure has: Phi((u - y) / s) - Phi((l - y) /
/// s). The outermost classes are open: what lies beyond all breaks has no other class. Nothing for a figure
/// without class or error.
std::optional<double> class_probability(const Classes& classes, const Value& value, const Value& error);

/// Below this a region is more likely in another class than in its own: its class is unstable.
inline constexpr double stable_from = 0.5;

/// Half widths in errors of intervals of which two that do not touch differ at 5 %, where errors are about
/// equal (Goldstein & Healy, JRSS A 158:175, 1995).
inline constexpr double comparison_width_in_errors = 1.39;

/// Every pair of regions with a figure and an error, the first before the second: z = (y1 - y2) / sqrt(s1^2 +
/// s2^2). Without any error a pair differs for certain or not at all. p_adjusted is p; who looks at all
/// adjusts it.
std::vector<PairTest> test_pairs(const Column& values, const Column& errors);

/// The one suppressed region whose figure can be worked out from all others and the published figure of the
/// whole; none where there is no suppressed one, more than one, or another figure is not known, too.
/// `weights`: of means and rates, of which that of the suppressed region must be known, as well; null:
/// figures add up.
std::optional<RegionIndex> derivable_region(const Column& values, const Column* weights);

}  // namespace tendik::precision
