#pragma once

#include "tendik/model/boundaries.h"

#include <cstdint>
#include <vector>

namespace tendik {

/// Rook: a shared border of positive length. Queen: a shared border or a shared point.
enum class Contiguity : std::uint8_t { rook, queen };

struct Neighbour {
    RegionIndex region{};
    /// Of the shared border: metres for geographic coordinates, units of the CRS else; 0 where only a point
    /// is shared.
    double border_length = 0.0;
};

/// Who borders on whom; symmetrical, each list ascending.
struct Neighbours {
    Contiguity contiguity = Contiguity::queen;
    double snap = 0.0;  ///< what lies nearer than this counts as touching; units of the CRS
    std::vector<std::vector<Neighbour>> of;  ///< parallel to the regions
};

}  // namespace tendik
