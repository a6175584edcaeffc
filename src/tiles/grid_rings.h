#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace tendik::tiles {

/// A corner of the integer grid of a whole zoom: tile number times extent, x to the right, y down.
struct GridPoint {
    std::int64_t x = 0;
    std::int64_t y = 0;
    friend auto operator<=>(const GridPoint&, const GridPoint&) = default;
};
using GridLine = std::vector<GridPoint>;
using GridRing = std::vector<GridPoint>;  ///< closed without repeating the first point
using GridEdge = std::pair<GridPoint, GridPoint>;

struct GridBox {
    std::int64_t min_x = 0;
    std::int64_t min_y = 0;
    std::int64_t max_x = 0;
    std::int64_t max_y = 0;
    friend bool operator==(const GridBox&, const GridBox&) = default;
};

/// Twice the area by the surveyor's formula; positive for outer rings, as tiles want them (y points down).
std::int64_t twice_area(const GridRing& ring);
GridBox box_of(const GridRing& ring);
bool contains(const GridRing& ring, std::int64_t twice_x, std::int64_t twice_y);  ///< doubled coordinates,
                                                                                  ///< even-odd

/// Edges of one region with the region on the side that makes outer rings positive. Edges that run both ways
/// cancel; the rest are put together to rings without repeated points. Edges must not cross each other.
std::vector<GridRing> rings_of(std::vector<GridEdge> edges);

void add_edges(const GridRing& ring, std::vector<GridEdge>& edges);

/// Each outer ring followed by its holes; a hole goes to the smallest outer ring around it.
std::vector<GridRing> grouped(std::vector<GridRing> rings);

enum class Axis : std::uint8_t { x, y };

/// Cuts rings to low <= coordinate <= high. Edges that cross a limit must have a point on it or run along the
/// other axis. What lies outside is drawn onto the limit, so edges there may run both ways until `put_right`.
std::vector<GridRing> cut_to(const std::vector<GridRing>& rings, Axis axis, std::int64_t low,
                             std::int64_t high);

/// Rings that were cut to the box along both axes, without the edges that run both ways, grouped.
std::vector<GridRing> put_right(std::vector<GridRing> rings, const GridBox& box);

}  // namespace tendik::tiles
