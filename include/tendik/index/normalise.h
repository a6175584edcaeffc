#pragma once

#include "tendik/index/tree.h"

#include <optional>
#include <string>
#include <vector>

namespace tendik {

struct NormaliseOptions {
    Normalisation normalisation = Normalisation::min_max;
    double lowest = 0.0;  ///< of the scale; z and rank have scales of their own
    double highest = 100.0;
    bool cap_at_target = true;  ///< what is better than the target scores as the target does
};

/// Scores of one indicator, the higher the better, or why there are none.
struct Normalised {
    std::vector<double> scores;  ///< NaN where the value is
    std::string undefined;       ///< empty: the scores are defined
};

namespace index {

/// Brings `values` (NaN: none) of an indicator to a common scale, its direction applied: where high values
/// are bad, ends of the scale change places. With u in 0 .. 1, written lowest + u (highest - lowest):
/// - min_max: u = (x - min) / (max - min);
/// - goalposts: u = (x - lower) / (higher - lower), cut off at 0 and 1;
/// - target: u = (x - min) / (target - min), mirrored (max - x) / (max - target) for adverse ones;
/// - percentile: u = (rank - 1) / (n - 1), ties the lowest rank of them.
/// On scales of their own: z = (x - mean) / s with n - 1; rank = 1 (worst) .. n, ties the lowest rank.
/// OECD/JRC Handbook on constructing composite indicators (2008), step 5; as COINr does. An indicator equal
/// in all regions is 0/0: undefined with a reason (but for goalposts), never 0. Throws InputError where
/// goalposts or a target are asked for and none are given.
Normalised normalise(const std::vector<double>& values, const IndexIndicator& indicator,
                     const NormaliseOptions& options);

/// 1 for the highest number; ones equal but for rounding (1e-12 of the largest) share the best rank; none for
/// NaN.
std::vector<std::optional<std::size_t>> ranks_of(const std::vector<double>& scores);

}  // namespace index
}  // namespace tendik
