#pragma once

#include "tendik/spatial/weights.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tendik {

/// Whose numbers are given. esda: what PySAL's esda prints. A permutation p is then that of the smaller tail,
/// (min(M, R - M) + 1) / (R + 1) for M of R orders with as much or more, as if the tail had been named
/// beforehand ("directed"); of join counts that of the upper tail. z of Geary's C is negative where
/// neighbours are alike; analytic p of Geary's C, G, Gi and Gi* are one-sided. Local Moran's I is made with n
/// - 1, local Geary's c with the standard deviation of n.
enum class Convention : std::uint8_t { own, esda };

struct PermutationOptions {
    std::size_t permutations = 9999;  ///< 0: none
    std::uint64_t seed = 1;
    std::size_t jobs = 0;  ///< 0: all cores; results do not depend on it
    Convention convention = Convention::own;
};

/// Against the null that values lie on the map at random. p is two-sided but by Convention::esda.
struct Inference {
    std::optional<double> variance;
    std::optional<double> z;
    std::optional<double> p;
};

/// One number about a whole map. Undefined: no value, and a note that says why.
struct GlobalStatistic {
    std::string name;  ///< "moran", "geary", "g", ...
    std::optional<double> value;
    std::optional<double> expected;
    Inference randomisation;  ///< the values as they are, any of their orders as likely
    Inference normal;         ///< values drawn from a normal distribution
    std::optional<double> p_permutation;
    std::size_t permutations = 0;
    std::size_t counted = 0;            ///< n of the formulas: regions that have neighbours
    std::vector<std::string> isolates;  ///< keys of the others
    std::optional<double> detectable;   ///< the smallest Moran's I found in 80 of 100 cases at p < 0.05
    std::string note;                   ///< why there is no value, or no z and p by a formula
};

/// Joins between regions of two colours, or of one.
struct JoinCount {
    std::string first;
    std::string second;
    double count = 0.0;
    double expected = 0.0;
    double variance = 0.0;
    std::optional<double> z;
    std::optional<double> p;              ///< two-sided, normal approximation
    std::optional<double> p_permutation;  ///< two-sided
};

namespace spatial {

// Formulas: Cliff & Ord, Spatial Processes, 1981; Getis & Ord 1992 (G); Lee 2001 (L); Assuncao & Reis 1999
// (empirical Bayes). All values are finite and parallel to the regions of the weights; regions without a
// value have left before (`only`). n in the formulas is the number of regions that have neighbours (as R's
// spdep counts), mean and kurtosis are those of all; G leaves isolates out altogether. A permutation p is
// two-sided: min(1, 2 min(p_low, p_high)) with p = (1 + as extreme ones) / (1 + permutations), unless
// Convention::esda is asked for. All throw InputError for sizes that differ.

/// Moran's I. Undefined for fewer than four regions, equal values, no links.
GlobalStatistic moran(std::span<const double> values, const SpatialWeights& weights,
                      const PermutationOptions& options);
/// Geary's C; z is positive where neighbours are alike.
GlobalStatistic geary(std::span<const double> values, const SpatialWeights& weights,
                      const PermutationOptions& options);
/// Getis and Ord's G. Throws UsageError for weights that are not of style B, InputError for negative values.
GlobalStatistic getis_ord_g(std::span<const double> values, const SpatialWeights& weights,
                            const PermutationOptions& options);
/// Lee's L of two variables; permutations move both together.
GlobalStatistic lee(std::span<const double> x, std::span<const double> y, const SpatialWeights& weights,
                    const PermutationOptions& options);
/// Moran's I of x with the neighbours' y; permutations move y. It also rises when x and y are correlated
/// in place, without any spatial pattern between them.
GlobalStatistic bivariate_moran(std::span<const double> x, std::span<const double> y,
                                const SpatialWeights& weights, const PermutationOptions& options);
/// Moran's I of rates made comparable for populations of different size. Events 0 or more, populations above
/// 0, else InputError.
GlobalStatistic eb_moran(std::span<const double> events, std::span<const double> populations,
                         const SpatialWeights& weights, const PermutationOptions& options);
/// One row a pair of colours (ascending, equal colours first); colours parallel to the regions. Throws
/// UsageError for weights that are not of style B.
std::vector<JoinCount> join_counts(std::span<const std::string> colours, const SpatialWeights& weights,
                                   const PermutationOptions& options);

}  // namespace spatial
}  // namespace tendik
