#pragma once

#include "tendik/index/composite.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// Which choices of an index could as well have been others. A list of fewer than two is no choice; an empty
/// one stands for what the index itself does.
struct RobustnessOptions {
    std::size_t draws = 1000;  ///< ways drawn for each of two samples; 0: no test of robustness
    std::uint64_t seed = 1;
    std::size_t jobs = 0;
    std::vector<Normalisation> normalisations = {};
    std::vector<Aggregation> aggregations = {};  ///< of nodes that do not say their own
    std::vector<Weighting> weightings = {};
    double weight_spread = 0.25;  ///< random weights: as given, times 1 - spread .. 1 + spread
    bool leave_one_out = true;    ///< all indicators, or all but one, each as likely
    bool sampling_error = true;   ///< where the indicators have standard errors
};

/// Where a region stands when the choices are others. Ranks that at least 5, 50 and 95 per cent of the draws
/// do not exceed.
struct RankInterval {
    std::optional<std::size_t> nominal;  ///< of the index itself
    std::optional<std::size_t> low;      ///< the better end
    std::optional<std::size_t> median;
    std::optional<std::size_t> high;
    std::size_t counted = 0;  ///< draws in which the region had a score
};

/// How much of the variance of the mean shift in ranks goes back to one choice: by itself (first order,
/// Saltelli et al., Computer Physics Communications 181:259, 2010) and with all its interactions (total,
/// Jansen, ibid. 117:35, 1999), with Monte Carlo standard errors.
struct ChoiceEffect {
    std::string choice;  ///< "normalisation", "aggregation", "weights", "left-out", "sampling-error"
    std::optional<double> first;
    std::optional<double> first_error;
    std::optional<double> total;
    std::optional<double> total_error;
};

struct Robustness {
    std::vector<RankInterval> regions;
    std::vector<ChoiceEffect> choices;  ///< that have more than one way; effects undefined without variance
    double mean_shift = 0.0;            ///< of ranks against the index itself, over regions and draws
    std::size_t draws = 0;              ///< behind the intervals: both samples
};

namespace index {

/// Draws ways through the choices by two independent samples; ranks come from both, the effects from these
/// and, for each choice, the first sample with that choice of the second. What is drawn depends on the seed,
/// the choice and the number of the draw only: the same at any number of jobs. Values with a standard error
/// are drawn from the normal distribution about them, cut off at the indicator's bounds. Throws InputError as
/// compose().
Robustness test_robustness(const IndexTree& tree, const IndexOptions& options,
                           const RobustnessOptions& choices);

}  // namespace index
}  // namespace tendik
