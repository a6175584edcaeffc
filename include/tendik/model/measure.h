#pragma once

#include "tendik/model/boundaries.h"
#include "tendik/model/value.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendik {

/// One number about all regions of one layer. An undefined one has no value and a note that says why. Errors
/// and intervals are there only where sampling errors of the regions are known, or where the note says
/// otherwise.
struct Measure {
    std::string code;  ///< D, R, BGV, BGSD, COV, TI, MLD, GINI, ...
    std::optional<double> value = std::nullopt;
    std::string unit = {};  ///< "points", "ratio", "percent", "x1000", ...
    std::string note = {};
    std::optional<double> se = std::nullopt;     ///< in the unit of the value; of ratios: of their logarithm
    std::optional<double> lower = std::nullopt;  ///< of the 95 % interval
    std::optional<double> upper = std::nullopt;
    std::optional<double> bias = std::nullopt;  ///< what sampling noise alone adds to the value
    std::optional<double> debiased = std::nullopt;
};

/// By code of a measure. The codes are the program's own words, which outlive every number: a hundred
/// thousand regions would otherwise keep as many copies of each.
using NumbersByCode = std::vector<std::pair<std::string_view, double>>;

/// What one region has to do with the measures.
struct RegionShare {
    RegionIndex region{};
    Value value;
    std::optional<double> weight_share;  ///< p_j of the regions that count
    std::optional<double> gap;           ///< y_j - mean
    std::optional<double> relative_gap;  ///< y_j / mean
    NumbersByCode contribution;          ///< signed
    /// The measure less what it is without this region; only where both have a value.
    NumbersByCode influence = {};
    std::optional<std::size_t> rank = std::nullopt;        ///< 1: highest value; equal values share the best
    std::optional<std::size_t> rank_lower = std::nullopt;  ///< 95 % interval, where errors are known
    std::optional<std::size_t> rank_upper = std::nullopt;
    std::optional<double> gap_se = std::nullopt;      ///< the mean moves with the region
    std::optional<double> p = std::nullopt;           ///< that the gap is zero, two-sided
    std::optional<double> p_adjusted = std::nullopt;  ///< for looking at all regions at once (Holm)
};

/// Inequality between and within sets of regions; both add up to `total` exactly.
struct Decomposition {
    std::string code;  ///< GE_1, GE0, GE1, GE2
    double total = 0.0;
    double between = 0.0;
    double within = 0.0;
};

/// Everything that `tendik measure` says of one layer.
struct Measures {
    std::size_t counted = 0;            ///< regions with a value and a weight
    std::vector<RegionIndex> left_out;  ///< regions without
    bool weighted = false;
    std::optional<double> mean;          ///< weighted by population where weights are given
    std::optional<double> sum;           ///< of a total or count; such a layer has neither mean nor measures
    std::optional<RegionIndex> highest;  ///< the first of equal ones
    std::optional<RegionIndex> lowest;
    std::optional<RegionIndex> worst;  ///< none where the indicator has no good or bad end
    std::optional<RegionIndex> best;
    std::vector<Measure> measures;
    std::vector<RegionShare> regions;                ///< parallel to the regions
    std::vector<Decomposition> decompositions = {};  ///< where the regions are grouped

    const Measure* find(std::string_view code) const;
};

/// The change of a measure between two layers of one series.
struct Change {
    int from_year = 0;
    int to_year = 0;
    double absolute_before = 0.0;  ///< D
    double absolute_after = 0.0;
    std::optional<double> relative_before;  ///< R
    std::optional<double> relative_after;
};

/// Which way a distance between regions went.
enum class Trend : std::uint8_t { narrowed, unchanged, widened };
std::string_view to_text(Trend trend);

/// Less than half of the last shown digit is no change. `decimals` >= 0.
Trend trend_between(double before, double after, int decimals);

}  // namespace tendik
