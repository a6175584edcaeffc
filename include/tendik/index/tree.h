#pragma once

#include "tendik/model/indicator.h"
#include "tendik/model/texts.h"
#include "tendik/model/value.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendik {

/// How figures of different units are made comparable (index/normalise.h).
enum class Normalisation : std::uint8_t { min_max, goalposts, z, rank, percentile, target };
/// How the children of a node become its score (index/aggregate.h).
enum class Aggregation : std::uint8_t { arithmetic, geometric, harmonic, generalised, copeland };
/// What a child counts beside its siblings. Random: as given, times something near 1; for robustness only.
enum class Weighting : std::uint8_t { given, equal, pca, random };

std::string_view to_text(Normalisation normalisation);
std::string_view to_text(Aggregation aggregation);
std::string_view to_text(Weighting weighting);
std::optional<Normalisation> normalisation_from_text(std::string_view text);
std::optional<Aggregation> aggregation_from_text(std::string_view text);
std::optional<Weighting> weighting_from_text(std::string_view text);

/// One indicator of an index over all regions.
struct IndexIndicator {
    std::string code;
    Column values;                             ///< those that count are present(); inherited ones do not
    Column errors = {};                        ///< standard error of each; empty: not known
    Direction direction = Direction::adverse;  ///< never neutral
    std::optional<std::pair<double, double>> goalposts = {};  ///< lower, higher: in the unit of the values
    std::optional<double> target = {};
    double lower_bound = -std::numeric_limits<double>::infinity();  ///< of what can be, 0 for per cent
    double upper_bound = std::numeric_limits<double>::infinity();
};

/// A place in the tree: an indicator, or what is put together from its children (component, domain, index).
struct IndexNode {
    std::string code;
    Texts name;
    double weight = 1.0;                          ///< beside its siblings, above 0; they need not add up to 1
    std::optional<Aggregation> aggregation = {};  ///< absent: that of the whole tree
    std::optional<std::size_t> indicator = {};    ///< into IndexTree::indicators; a node has it or children
    std::vector<std::size_t> children = {};       ///< into IndexTree::nodes
};

struct IndexTree {
    std::vector<IndexIndicator> indicators;  ///< columns of one length, parallel to the regions
    std::vector<IndexNode> nodes;            ///< the first is the index; a child stands behind its parent
};

}  // namespace tendik
