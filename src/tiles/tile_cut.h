#pragma once

#include "grid_rings.h"
#include "zoom_plane.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace tendik::tiles {

using TilePlace = std::pair<std::int64_t, std::int64_t>;  ///< column and row of a tile

/// What comes into one tile and its buffer, in coordinates of the zoom.
struct TileContent {
    std::vector<std::pair<std::size_t, std::vector<GridRing>>> regions;  ///< cut, see `put_right`
    std::vector<std::pair<std::size_t, GridLine>> borders;               ///< by place in ZoomPlane::arcs
};

/// Every tile that a region reaches, if only by its buffer.
std::map<TilePlace, TileContent> cut_into_tiles(const ZoomPlane& plane, std::size_t jobs);

/// Whether part of the tile itself, not only of its buffer, lies in the boxes of the rings.
bool meets_tile(const ZoomPlane& plane, const TilePlace& place, const std::vector<GridRing>& rings);

}  // namespace tendik::tiles
