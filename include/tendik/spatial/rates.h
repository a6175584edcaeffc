#pragma once

#include "tendik/spatial/weights.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tendik {

/// Rates drawn towards a mean, the more so the fewer people they come from.
struct SmoothedRates {
    std::vector<double> rates;      ///< parallel to the regions, in events per person
    std::vector<double> shrinkage;  ///< share of the region's own rate in its smoothed one, 0 to 1
    double mean = 0.0;              ///< of all people; 0 where each region has its own
    double between = 0.0;           ///< variance of the true rates between regions, by moments; likewise
};

/// How the local estimate counts the spread of a neighbourhood: every rate against the mean around itself
/// (R's spdep), or all against the one mean of the neighbourhood (Marshall's text, GeoDa).
enum class LocalSpread : std::uint8_t { around_each, around_region };

namespace spatial {

// Events are 0 or more, populations above 0, both parallel to the regions; other values throw InputError
// naming the region. Where all events are 0 every rate is 0.

/// Empirical Bayes by moments, drawn to the mean of all (Marshall, Applied Statistics 40:283, 1991).
SmoothedRates empirical_bayes(std::span<const double> events, std::span<const double> populations);
/// The same, drawn to the mean of the region and its neighbours (links count, their weights do not).
SmoothedRates local_empirical_bayes(std::span<const double> events, std::span<const double> populations,
                                    const SpatialWeights& weights, LocalSpread spread);
/// Events over people in the region and its neighbours together.
std::vector<double> spatial_rate(std::span<const double> events, std::span<const double> populations,
                                 const SpatialWeights& weights);
/// Observed over expected events at the rate of all; nothing for all when there are no events.
std::vector<std::optional<double>> excess_risk(std::span<const double> events,
                                               std::span<const double> populations);
/// Probability of as few events or fewer where they are fewer than expected, else of as many or more, when
/// events are Poisson at the rate of all (Choynowski, JASA 54:385, 1959). Events are whole numbers.
std::vector<double> choynowski(std::span<const double> events, std::span<const double> populations);
/// The median of the rates of the region and its neighbours.
std::vector<double> median_rate(std::span<const double> events, std::span<const double> populations,
                                const SpatialWeights& weights);

}  // namespace spatial
}  // namespace tendik
