#pragma once

#include "tendik/index/normalise.h"
#include "tendik/index/treat.h"
#include "tendik/index/tree.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

struct IndexOptions {
    TreatmentOptions treatment = {};
    NormaliseOptions scale = {};
    Aggregation aggregation = Aggregation::arithmetic;  ///< of nodes that do not say their own
    double power = 0.5;                                 ///< of the generalised mean
    Weighting weighting = Weighting::given;             ///< not random
    /// A node has a score where children of at least this share of the weight have one: their weights are
    /// then scaled up to the whole. 0 .. 1; at 0 one child is enough.
    double least_share = 0.66;
};

/// Pearson's correlation over the regions that have both.
struct Correlation {
    std::optional<double> value;  ///< undefined below 3 regions or where one is constant
    std::size_t counted = 0;
};

/// A composite index, step by step. Vectors of regions are parallel to the columns of the tree.
struct IndexResult {
    std::vector<Treatment> treatments;   ///< by indicator
    std::vector<Column> normalised;      ///< by indicator; the higher the better
    std::vector<std::string> undefined;  ///< by indicator: why it counts nowhere; empty: it does
    std::vector<double> weights;         ///< by node: share among its siblings
    std::vector<Column> scores;          ///< by node; missing where too little is known
    std::vector<std::vector<std::optional<std::size_t>>> ranks;  ///< by node and region; 1 is best
    /// By node and region: its part in the score of the index. Parts of the children of a node add up to that
    /// of the node: exactly w x along the tree for the arithmetic mean, value times gradient for the other
    /// means. What lies below a Copeland node is not divided (not_applicable).
    std::vector<Column> parts;
    /// By region: nodes without a score whose siblings weigh more instead. Nothing is ever taken for zero.
    std::vector<std::vector<std::size_t>> reweighted;
    std::vector<std::size_t> unweighable;  ///< nodes whose children have no principal component: as given
    std::vector<std::size_t> opposed;  ///< nodes that point against their siblings in the principal component
    std::vector<std::vector<Correlation>> correlations;  ///< of indicators, normalised: square, symmetric
    std::vector<Correlation> with_index;                 ///< of each indicator with the index
};

namespace index {

/// Treats, normalises, weighs and aggregates: a pure function of its arguments. Weights "pca": the squared
/// loadings of the first principal component of the siblings' correlation matrix, over the regions that have
/// all of them (OECD/JRC Handbook 2008, step 6); they add up to 1. Throws InputError as
/// refuse_contradictions() and normalise().
IndexResult compose(const IndexTree& tree, const IndexOptions& options);

/// Throws InputError for choices that do not go together: a geometric or harmonic mean, or a generalised one
/// of a power below 1, of what may be zero or less (z, or a scale whose lowest end is not above 0); a
/// generalised one of what may be negative.
void refuse_contradictions(const std::vector<Aggregation>& aggregations,
                           const std::vector<Normalisation>& normalisations, const IndexOptions& options);
/// The aggregations that a tree may use: the one of the options and those of single nodes.
std::vector<Aggregation> aggregations_of(const IndexTree& tree, const IndexOptions& options);

}  // namespace index
}  // namespace tendik
