#pragma once

#include "measure_kind.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace tendik::stats {

struct DrawOptions {
    std::size_t draws = 2000;
    std::uint64_t seed = 1;
    std::size_t jobs = 0;
};

/// What the draws tell of one measure.
struct DrawnInterval {
    double se = 0.0;
    double bias = 0.0;
    double debiased = 0.0;  ///< value - bias, but no less than the measure can be
    double lower = 0.0;
    double upper = 0.0;
    double plain_lower = 0.0;  ///< percentiles as they are: too high by twice the bias
    double plain_upper = 0.0;
};

struct Drawn {
    std::vector<std::optional<DrawnInterval>> measures;      ///< parallel to the kinds
    std::vector<std::pair<std::size_t, std::size_t>> ranks;  ///< 95 %, parallel to the groups; 1: highest
};

/// Values drawn anew from normals about the groups' values, with their errors, cut to what the indicator can
/// be: not below 0 where no value is, not above the scale where one is declared.
///
/// A measure of dispersion grows with noise: by b from the truth to what was observed, and by about b again
/// from there to the draws. The estimate without noise is value - b, and it varies more than the value,
/// because b is estimated. How much more is seen by drawing twice again about each draw: if T is the measure
/// of a draw and T', T'' those of the two drawn about it, then 2T - T' and 2T - T'' are the corrected
/// estimate and noise of their own, so that their covariance is the variance of the corrected estimate. The
/// interval is value - b plus the percentiles of the draws about their mean, widened by that (never
/// narrowed). The same numbers at any count of threads.
Drawn draw_intervals(const Groups& groups, std::span<const MeasureKind* const> kinds,
                     const DrawOptions& options);

}  // namespace tendik::stats
