#pragma once

#include "tendik/geom/shape.h"
#include "tendik/model/boundaries.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tendik {

/// A run of border between two nodes (or a closed one without a node), with the same regions on its two sides
/// all along. At least two points; a closed arc repeats its first point at the end.
struct Arc {
    std::vector<Point> points;
    std::optional<RegionIndex> left;  ///< empty: outside of all regions
    std::optional<RegionIndex> right;
    bool closed() const { return points.size() > 3 && points.front() == points.back(); }
    bool outer() const { return !left || !right; }
};

/// One arc as part of a ring; backwards: from its last point to its first.
struct ArcUse {
    std::uint32_t arc = 0;
    bool backwards = false;
};
using ArcRing = std::vector<ArcUse>;

struct ArcPolygon {
    ArcRing outer;
    std::vector<ArcRing> holes;
};

/// Boundaries whose shared borders are stored once. What is done to an arc is done to both neighbours.
struct ArcNetwork {
    std::vector<Arc> arcs;
    std::vector<std::vector<ArcPolygon>> regions;  ///< parallel to the regions of the Boundaries
};

}  // namespace tendik
