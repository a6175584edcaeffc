#pragma once

#include "tendik/geom/shape.h"

#include <cstdint>
#include <vector>

namespace tendik {

/// A tile of the XYZ scheme (y grows southward). zoom in [0, 30]; x, y in [0, 2^zoom).
struct TileNumber {
    std::uint32_t zoom = 0;
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    friend auto operator<=>(const TileNumber&, const TileNumber&) = default;
};

namespace geom {

/// atan(sinh(pi)): beyond it the Mercator square ends.
inline constexpr double max_mercator_lat_deg = 85.0511287798066;

/// Lon/lat in degrees to the unit square of Web Mercator: x in [0, 1] eastward, y in [0, 1] southward;
/// latitudes are clamped to the square.
Point to_unit_mercator(const Point& lon_lat_deg);
Point from_unit_mercator(const Point& unit);

/// The row counted from the south (TMS, MBTiles).
std::uint32_t tms_row(const TileNumber& tile);

/// Tiles of one zoom that meet the box (lon/lat in degrees), row by row.
std::vector<TileNumber> tiles_covering(const Box& lon_lat_deg, std::uint32_t zoom);

}  // namespace geom
}  // namespace tendik
