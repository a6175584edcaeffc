#pragma once

#include "tendik/geom/shape.h"
#include "tendik/model/neighbours.h"
#include "tendik/model/value.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// How weights are scaled. B: as they are. W: each row sums to 1. C: all sum to the number of regions that
/// have neighbours. U: all sum to 1. S: variance stabilising (Tiefelsdorf, Griffith & Boots 1999), all sum to
/// that number too.
enum class WeightStyle : std::uint8_t { B, W, C, U, S };
std::string_view to_text(WeightStyle style);

/// What the regions mean to each other: a sparse matrix by rows, links of a row ascending. Not always
/// symmetric (k nearest, row-standardised).
struct SpatialWeights {
    std::vector<std::string> keys;   ///< of the regions; row i speaks of keys[i]
    std::vector<std::size_t> begin;  ///< keys.size() + 1 places: row i is begin[i] .. begin[i + 1]
    std::vector<std::uint32_t> to;   ///< the region linked to
    std::vector<double> weight;      ///< finite; may be 0
    std::string description;         ///< "queen contiguity", "4 nearest", ...
    WeightStyle style = WeightStyle::B;

    std::size_t size() const noexcept { return keys.size(); }
    std::size_t link_count() const noexcept { return to.size(); }
    std::span<const std::uint32_t> links_of(std::size_t row) const;
    std::span<const double> weights_of(std::size_t row) const;
};

/// S0, S1 and S2 of Cliff & Ord 1981.
struct WeightSums {
    double s0 = 0.0;  ///< sum of all weights
    double s1 = 0.0;  ///< half the sum of (w_ij + w_ji)^2
    double s2 = 0.0;  ///< sum over i of (row sum + column sum)^2
};

namespace spatial {

enum class LinkWeight : std::uint8_t { one, border_length };

/// One link, while a matrix is put together.
struct Link {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    double weight = 1.0;
};
/// Links in any order; two between the same regions are added up. Throws InputError for a link to or from a
/// region that does not exist, or a weight that is not finite or below 0.
SpatialWeights make_weights(std::vector<std::string> keys, std::vector<Link> links, std::string description);

/// Contiguity as weights of one, or of the length of the shared border.
SpatialWeights contiguity_weights(const Neighbours& neighbours, std::vector<std::string> keys,
                                  LinkWeight kind);

/// Neighbours of neighbours: links of `order` steps (2 or more), or of up to as many. Weights are 1.
SpatialWeights higher_order(const SpatialWeights& weights, std::size_t order, bool with_lower_orders);

/// Every region linked to itself as well, as Gi* wants it; weight 1, or the greatest of its row.
SpatialWeights with_self(const SpatialWeights& weights);

/// Weights of style B scaled; regions without a neighbour keep an empty row.
SpatialWeights standardise(const SpatialWeights& weights, WeightStyle style);

/// Only the regions that are kept, in their order, with the links between them: how regions without a value
/// leave. The style is to be applied afterwards.
SpatialWeights only(const SpatialWeights& weights, const std::vector<bool>& keep);

WeightSums sums_of(const SpatialWeights& weights);
bool is_symmetric(const SpatialWeights& weights);
/// Regions without a link, self-links aside.
std::vector<std::uint32_t> isolates(const SpatialWeights& weights);
/// Number of parts that no link joins; direction does not matter. An isolate is a part.
std::size_t component_count(const SpatialWeights& weights);

/// Sum of w_ij x_j for every region; `values` parallel to the regions.
std::vector<double> lag(const SpatialWeights& weights, std::span<const double> values);

/// Places of the regions for weights by distance: degrees on the WGS 84 ellipsoid (distances in metres), or
/// plane coordinates.
struct Places {
    std::vector<Point> points;
    bool geographic = true;
};
/// Distances from one place to all.
std::vector<double> distances_from(const Places& places, std::size_t from);

/// The k nearest regions; of equally far ones the first in order. Weights are 1, not symmetric.
/// Throws UsageError unless 1 <= k < number of regions.
SpatialWeights nearest_weights(const Places& places, std::vector<std::string> keys, std::size_t k);
/// The smallest distance at which every region has a neighbour.
double smallest_band(const Places& places);
/// Regions not farther than `limit` (metres or units, above 0). Weight 1, or distance to the power of minus
/// `power` when that is above 0; two regions at one place are then an InputError.
SpatialWeights band_weights(const Places& places, std::vector<std::string> keys, double limit, double power);

enum class Kernel : std::uint8_t { uniform, triangular, epanechnikov, quartic, gaussian };
std::optional<Kernel> kernel_from_text(std::string_view name);
/// K(distance / bandwidth); without a fixed bandwidth each region's own, its distance to the k-th nearest.
/// Exactly one of the two is given.
SpatialWeights kernel_weights(const Places& places, std::vector<std::string> keys, Kernel kernel,
                              std::optional<double> bandwidth, std::optional<std::size_t> nearest);

/// Who is a neighbour by where the others stand. Delaunay: corners of one triangle of the triangulation whose
/// circles are empty. Gabriel (Gabriel & Sokal 1969): no other place in or on the circle over the pair.
/// Relative neighbours (Toussaint 1980): no other place nearer to both than they are to each other. Each is a
/// part of the one before.
enum class PlaceGraph : std::uint8_t { delaunay, gabriel, relative_neighbour };
std::optional<PlaceGraph> place_graph_from_text(std::string_view name);
/// Weights of 1, symmetric. Geographic places are taken to lie on a sphere, others in the plane of their
/// coordinates. Places on one line are linked to the next. Throws InputError for fewer than three places, two
/// at one place, or places all round the Earth.
SpatialWeights graph_weights(const Places& places, std::vector<std::string> keys, PlaceGraph graph);

/// Gravity: w_ij = N_i N_j / d_ij^power between all pairs, distances in metres or units, people (above 0)
/// parallel to the regions; a region without any has no links. Throws UsageError for a power that is not
/// above 0, InputError for two places in one, people that are not above 0, or nobody anywhere.
SpatialWeights gravity_weights(const Places& places, std::vector<std::string> keys, const Column& people,
                               double power);

}  // namespace spatial
}  // namespace tendik
