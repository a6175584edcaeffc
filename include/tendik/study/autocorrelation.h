#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/boundaries.h"
#include "tendik/plan/autocorrelation.h"
#include "tendik/prepare/prepare.h"
#include "tendik/spatial/global.h"
#include "tendik/spatial/local.h"
#include "tendik/spatial/spatial_gini.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// One statistic of one layer. Exactly one of global, joins and local holds something.
struct Autocorrelation {
    std::string statistic;
    std::string weights;  ///< who counts as a neighbour, in words
    WeightStyle style = WeightStyle::W;
    Convention convention = Convention::own;
    std::vector<std::string> keys;  ///< of the regions that count: those with a value
    std::vector<double> values;     ///< parallel to the keys
    std::optional<GlobalStatistic> global;
    std::optional<GiniParts> gini;  ///< beside global, of spatial-gini
    std::vector<JoinCount> joins;
    std::string joins_note;  ///< why joins are not tested; without four regions there are none
    bool one_sided = false;  ///< of joins: some links lead one way only, and count half
    std::optional<LocalStatistic> local;
};

namespace study {

/// Every statistic's name, as the command line knows it.
const std::vector<std::string>& autocorrelation_statistics();

/// Whether the statistic tells of every region, each with its p.
bool is_local_statistic(std::string_view statistic);

/// Whether the weights are made of how many people live in the regions.
bool wants_people(const WeightsChoice& choice);

/// Weights of style B between all regions; `people` parallel to them, or null where none are known. Adds the
/// notes "isolate" (names the regions) and "disconnected". Throws UsageError for words that are not
/// understood and for gravity without people, InputError for a file of other boundaries.
SpatialWeights make_weights(const Boundaries& boundaries, const WeightsChoice& choice, const Column* people,
                            Findings& findings);

/// The statistic of layer `index`: regions without a value leave weights and permutations alike (note
/// "regions-left-out"); so do those without people where weights are made of these. `second` is a layer on
/// the same boundaries, for lee and bivariate-moran. eb-moran takes the values as events and the layer's
/// weights as people. Throws UsageError: unknown statistic, a second layer missing or in excess, join counts
/// of more than ten values without a cut.
Autocorrelation autocorrelate(const Prepared& prepared, std::size_t index, std::optional<std::size_t> second,
                              const AutocorrelationOptions& options, Findings& findings);

}  // namespace study
}  // namespace tendik
