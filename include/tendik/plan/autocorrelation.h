#pragma once

#include "tendik/spatial/local.h"
#include "tendik/spatial/weights.h"

#include <cstddef>
#include <optional>
#include <string>

namespace tendik {

/// Who counts as a neighbour, in the words of the command line: "queen", "rook" (contiguity), "border" (rook,
/// weighing the length of the shared border), "knn:4", "band:150km", "band" (as far as every region needs),
/// "inverse:150km" (1 / distance within), "kernel:gaussian:150km", "kernel:quartic:5" (to the fifth nearest),
/// "delaunay", "gabriel", "relative-neighbour", "gravity:2" (people times people over distance to that
/// power), or a file: .gal, .gwt, .json. Distances are between label points, on the ellipsoid for geographic
/// coordinates; the three graphs take such points to lie on a sphere.
struct WeightsChoice {
    std::string spec = "queen";
    std::size_t order = 1;  ///< neighbours of neighbours, and so on; 1 or more
    bool with_lower_orders = false;
    std::optional<double> snap;  ///< of contiguity; absent: the default of NeighbourOptions
};

/// What of `tendik autocorrelation` is asked for.
struct AutocorrelationOptions {
    std::string statistic = "moran";
    WeightsChoice weights;
    std::optional<WeightStyle> style;  ///< absent: B where the statistic wants it, else W
    std::optional<double> cut;         ///< join counts: values above are "high" (1), the others "low" (0)
    LocalOptions local;                ///< seed, permutations and threads hold for global statistics too
};

}  // namespace tendik
