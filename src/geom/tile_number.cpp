#include "tendik/geom/tile_number.h"

#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tendik::geom {
namespace {

constexpr std::uint32_t max_zoom = 30;

/// First and last column (or row) that an interval of the unit square meets. An edge that lies on a tile
/// border up to rounding (4 micrometres on the ground) counts as on it and does not pull in the next tile.
struct Span {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
};

Span tiles_between(double low, double high, double tiles) {
    constexpr double rounding = 1e-13;
    const double tolerance = tiles * rounding;
    const double first = std::clamp(std::floor(low * tiles + tolerance), 0.0, tiles - 1.0);
    const double last = std::clamp(std::ceil(high * tiles - tolerance) - 1.0, first, tiles - 1.0);
    return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)};
}

}  // namespace

Point to_unit_mercator(const Point& lon_lat_deg) {
    const double lat_deg = std::clamp(lon_lat_deg.y, -max_mercator_lat_deg, max_mercator_lat_deg);
    const double northing = std::asinh(std::tan(lat_deg * std::numbers::pi / 180.0));
    const double y = 0.5 - northing / (2.0 * std::numbers::pi);
    return {lon_lat_deg.x / 360.0 + 0.5, std::clamp(y, 0.0, 1.0)};
}

Point from_unit_mercator(const Point& unit) {
    const double northing = (0.5 - unit.y) * 2.0 * std::numbers::pi;
    return {(unit.x - 0.5) * 360.0, std::atan(std::sinh(northing)) * 180.0 / std::numbers::pi};
}

std::uint32_t tms_row(const TileNumber& tile) { return (std::uint32_t{1} << tile.zoom) - 1 - tile.y; }

std::vector<TileNumber> tiles_covering(const Box& lon_lat_deg, std::uint32_t zoom) {
    if (zoom > max_zoom) throw InputError(fmt::format("zoom {} is beyond {}", zoom, max_zoom));
    const Box world{-180.0, -max_mercator_lat_deg, 180.0, max_mercator_lat_deg};
    std::vector<TileNumber> tiles;
    if (!world.intersects(lon_lat_deg)) return tiles;
    const auto top_left = to_unit_mercator({lon_lat_deg.min_x, lon_lat_deg.max_y});
    const auto bottom_right = to_unit_mercator({lon_lat_deg.max_x, lon_lat_deg.min_y});
    const double count = std::ldexp(1.0, static_cast<int>(zoom));
    const auto columns = tiles_between(top_left.x, bottom_right.x, count);
    const auto rows = tiles_between(top_left.y, bottom_right.y, count);
    for (auto y = rows.first; y <= rows.last; ++y)
        for (auto x = columns.first; x <= columns.last; ++x)
            tiles.push_back({zoom, x, y});
    return tiles;
}

}  // namespace tendik::geom
