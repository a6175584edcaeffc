#pragma once

#include "tendik/spatial/global.h"
#include "tendik/spatial/multiple_testing.h"
#include "tendik/spatial/weights.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// What a region is among its neighbours; only where the adjusted p is at most `significance`.
enum class Cluster : std::uint8_t {
    not_significant,
    high_high,
    low_low,
    high_low,  ///< a high value among low ones
    low_high,
    hot,  ///< Gi, Gi*: high values around
    cold,
    alike,  ///< local Geary: neighbours differ less than by chance
    unlike,
    join,    ///< local join count: more neighbours of the same kind than by chance
    uneven,  ///< LOSH: values around vary more than by chance
    even,
    isolate,       ///< has no neighbour
    not_computed,  ///< the statistic is not defined here
};
std::string_view to_text(Cluster cluster);

struct LocalValue {
    std::optional<double> value;
    std::optional<double> expected;  ///< conditional on the region's own value (Sokal, Oden & Thomson 1998)
    std::optional<double> variance;
    std::optional<double> z;
    /// Two-sided, but by Convention::esda; by permutation where permutations are made.
    std::optional<double> p;
    std::optional<double> p_adjusted;  ///< for all regions together
    Cluster cluster = Cluster::not_computed;
};

struct LocalOptions {
    PermutationOptions permutation;
    Correction correction = Correction::bh;
    double significance = 0.05;
};

struct LocalStatistic {
    std::string name;
    std::vector<LocalValue> regions;  ///< parallel to the regions of the weights
    std::size_t tests = 0;            ///< regions with a p
    /// The smallest p that the number of permutations can reach; absent without permutations.
    std::optional<double> smallest_p;
    std::string note;  ///< why nothing is defined, or that no region can pass with so few permutations
};

namespace spatial {

// Conditional permutation: a region keeps its value, as many values as it has neighbours are drawn from the
// others without replacement; draws depend on seed, region and number of the permutation only. Values are
// finite and parallel to the regions of the weights. Undefined for equal values and fewer than four regions.

/// I_i = z_i / m2 sum_j w_ij z_j with m2 = sum z^2 / n (spdep; the sum of all is S0 / n-fold Moran's I);
/// GeoDa and esda divide by n - 1, which Convention::esda does to the value; expectation, variance and z are
/// the same in both.
LocalStatistic local_moran(std::span<const double> values, const SpatialWeights& weights,
                           const LocalOptions& options);
/// c_i = sum_j w_ij (z_i - z_j)^2, z standardised by the sample standard deviation (Anselin 2019).
LocalStatistic local_geary(std::span<const double> values, const SpatialWeights& weights,
                           const LocalOptions& options);
/// Getis and Ord's Gi (without the region) or, when the weights include the region itself, Gi*; the value is
/// the standardised one (Ord & Getis 1995).
LocalStatistic local_g(std::span<const double> values, const SpatialWeights& weights,
                       const LocalOptions& options);
/// x_i sum_j w_ij x_j for values of 0 and 1 (InputError for others), p where x_i = 1 (Anselin & Li 2019).
LocalStatistic local_join_count(std::span<const double> values, const SpatialWeights& weights,
                                const LocalOptions& options);
/// Local spatial heteroscedasticity H_i = sum_j w_ij e_j^2 / (h1 sum_j w_ij), e_j = x_j - mean around j (Ord
/// & Getis 2012).
LocalStatistic losh(std::span<const double> values, const SpatialWeights& weights,
                    const LocalOptions& options);

}  // namespace spatial
}  // namespace tendik
