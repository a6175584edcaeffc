#pragma once

#include "grid_rings.h"
#include "tendik/model/arcs.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tendik::tiles {

/// A run of border as it is at one zoom: its sides are the regions that lie there after snapping.
struct PlaneArc {
    std::size_t number = 0;  ///< of the arc in the network; squares of collapsed regions are counted on from
                             ///< there
    GridLine points;
    std::optional<RegionIndex> left;
    std::optional<RegionIndex> right;
};

/// All borders of one zoom on its integer grid. Snapping follows Hobby (1999): every segment is led through
/// the cells that hold a vertex, so snapped segments meet in vertices only and no region overlaps another or
/// leaves a gap. Before that, segments get a vertex wherever they cross the outer limit of a tile (`buffer`
/// beyond its edge); cutting out a tile then needs no new vertices and both neighbours of a border are cut
/// alike.
struct ZoomPlane {
    std::uint32_t zoom = 0;
    std::int64_t extent = 4096;
    std::int64_t buffer = 64;
    std::vector<PlaneArc> arcs;                  ///< each edge once; without borders that collapsed
    std::vector<std::vector<GridRing>> regions;  ///< outer rings positive, holes negative; none: no geometry

    GridBox tile_box(std::int64_t column, std::int64_t row) const;  ///< with its buffer
    std::int64_t first_tile(std::int64_t coordinate) const;  ///< number of the first tile whose box holds it
    std::int64_t last_tile(std::int64_t coordinate) const;
};

/// Largest extent * 2^zoom for which all sums fit into 64 bits.
inline constexpr std::int64_t max_grid_size = std::int64_t{1} << 28;

/// From lon/lat in degrees to the unit square of Web Mercator. Edges are straight in lon/lat: they get points
/// in between until the straight line in Mercator is no farther off than `tolerance` (unit square).
ArcNetwork to_mercator(ArcNetwork network, double tolerance);

/// `network` in unit Mercator. A region with geometry never vanishes: what collapses becomes a square of one
/// unit where no border is near, cut out of the region it lies in.
ZoomPlane make_plane(const ArcNetwork& network, std::uint32_t zoom, std::uint32_t extent,
                     std::uint32_t buffer);

}  // namespace tendik::tiles
