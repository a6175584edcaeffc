#pragma once

#include "numbers.h"
#include "tendik/index/composite.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace tendik::index {

/// One way through the choices.
struct Way {
    Aggregation aggregation = Aggregation::arithmetic;
    bool principal = false;               ///< weights out of the principal component, where there is one
    std::vector<double> node_weights;     ///< by node, above 0
    std::optional<std::size_t> left_out;  ///< an indicator that is not part of the tree this time
};

/// What comes out of one way.
struct NodeScores {
    std::vector<Numbers> scores;  ///< by node
    std::vector<double> weights;  ///< by node: share among its siblings; 0 for what is left out
    std::vector<std::size_t> unweighable;
    std::vector<std::size_t> opposed;
};

/// From the leaves to the root. `normalised`: by indicator.
NodeScores aggregate_tree(const IndexTree& tree, const IndexOptions& options, const Way& way,
                          const std::vector<Numbers>& normalised);

/// Children of a node that have a score in a region, with their weights scaled up to 1; empty where they are
/// too few.
struct Present {
    std::vector<std::size_t> nodes;
    std::vector<double> values;
    std::vector<double> weights;
};
Present present_children(const IndexNode& node, const NodeScores& found, std::size_t region,
                         double least_share);

/// Squared loadings of the first principal component of the columns, and which columns point against the
/// others; empty where a column is constant or fewer than three regions have all.
struct PrincipalWeights {
    std::vector<double> weights;
    std::vector<bool> opposed;
};
PrincipalWeights principal_weights(const std::vector<const Numbers*>& columns);

/// Over the regions that have both.
Correlation correlation_of(const Numbers& first, const Numbers& second);

inline Aggregation aggregation_at(const IndexNode& node, Aggregation of_tree) {
    return node.aggregation.value_or(of_tree);
}

}  // namespace tendik::index
