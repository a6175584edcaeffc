#pragma once

#include "tendik/surface/variogram.h"

#include <cmath>
#include <span>

namespace tendik::surface {

/// 1 minus the share of the sill that is reached at a distance in ranges; shapes as in variogram.h.
inline double correlation(VariogramShape shape, double smoothness, double ranges) {
    switch (shape) {
    case VariogramShape::spherical:
        return ranges >= 1.0 ? 0.0 : 1.0 - ranges * (1.5 - 0.5 * ranges * ranges);
    case VariogramShape::gaussian:
        return std::exp(-ranges * ranges);
    case VariogramShape::matern:
        // Bessel functions of half-integer order are elementary: Abramowitz and Stegun, 10.2.17.
        if (smoothness == 1.5) return (1.0 + ranges) * std::exp(-ranges);
        if (smoothness == 2.5) return (1.0 + ranges + ranges * ranges / 3.0) * std::exp(-ranges);
        break;
    case VariogramShape::exponential:
        break;
    }
    return std::exp(-ranges);
}

/// The end of the search for a range.
inline double largest_range_m(std::span<const VariogramBin> bins) { return 10.0 * bins.back().distance_m; }

}  // namespace tendik::surface
