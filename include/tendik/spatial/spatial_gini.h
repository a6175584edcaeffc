#pragma once

#include "tendik/spatial/global.h"
#include "tendik/spatial/weights.h"

#include <optional>
#include <span>

namespace tendik {

/// The Gini coefficient parted into pairs of neighbours and all other pairs; the two add up to it.
struct GiniParts {
    double gini = 0.0;        ///< every region counts once
    double neighbours = 0.0;  ///< PySAL: wg / den
    double others = 0.0;      ///< PySAL: wcg_share, which is wcg / den
    double share = 0.0;       ///< others / gini
    /// Mean gap of the other pairs over that of neighbours (PySAL: polarization): above 1 where neighbours
    /// are more alike. Undefined where neighbours do not differ, or all regions are neighbours.
    std::optional<double> polarisation;
};

struct SpatialGini {
    /// "spatial-gini": value is GiniParts::others. Where it is more than expected, neighbours are more alike
    /// than by chance.
    GlobalStatistic global;
    std::optional<GiniParts> parts;  ///< none where it is undefined
};

namespace spatial {

/// Rey & Smith, A spatial decomposition of the Gini coefficient, Letters in Spatial and Resource Sciences 6,
/// 2013: G = sum_ij |y_i - y_j| / (2 n^2 mean), parted by binary w_ij and 1 - w_ij; inference by orders of
/// the values. Mean and variance over all orders are exact (Mantel 1967 for a product of two matrices), z and
/// p from them are a normal approximation; `normal` stays empty. A region without neighbours counts: all its
/// pairs are others. A one-way link (knn) counts as one half of a pair, as in PySAL. p under Convention::esda
/// is PySAL's p_sim. Undefined: fewer than four regions, equal values, a negative value, no links. Throws
/// UsageError for weights that are not 0 or 1, InputError for sizes that differ.
SpatialGini spatial_gini(std::span<const double> values, const SpatialWeights& weights,
                         const PermutationOptions& options);

}  // namespace spatial
}  // namespace tendik
