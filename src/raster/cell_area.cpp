#include "tendik/raster/cell_area.h"

#include "tendik/base/error.h"
#include "tendik/geom/geodesic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace tendik::raster {
namespace {

constexpr double equatorial_radius_km = 6378.137;
constexpr double flattening = 1.0 / 298.257223563;
constexpr double eccentricity_squared = flattening * (2.0 - flattening);

/// Sides longer than this are divided.
constexpr double longest_side_m = 2000.0;
constexpr double most_parts = 8.0;
constexpr std::size_t points_at_once = 1U << 16U;
/// Cells that span more longitude lie near a pole, where their sides bend on the cylinder.
constexpr double widest_deg = 1.0;

double radians(double degrees) { return degrees * (std::numbers::pi / 180.0); }

/// Twice the area between the equator and a parallel for one radian of longitude, in squares of the
/// equatorial radius: Snyder's q of equation 3-12.
double authalic_q(double lat_deg) {
    const double e = std::sqrt(eccentricity_squared);
    const double sine = std::sin(radians(lat_deg));
    return (1.0 - eccentricity_squared) *
           (sine / (1.0 - eccentricity_squared * sine * sine) + std::atanh(e * sine) / e);
}

/// Points brought to longitude and latitude, on the lines of a grid and between them.
class Lattice {
public:
    Lattice(const Grid& grid, const geom::Transform& transform, const Window& window, std::size_t parts)
        : m_parts(parts),
          m_stride(window.columns * parts + 1) {
        const auto part = 1.0 / static_cast<double>(parts);
        for (std::size_t i = 0; i <= window.rows * parts; ++i)
            for (std::size_t k = 0; k < m_stride; ++k) {
                const auto column = static_cast<double>(window.column) + static_cast<double>(k) * part;
                const auto row = static_cast<double>(window.row) + static_cast<double>(i) * part;
                m_places.push_back(transform(Point{grid.x_of(column), grid.y_of(row)}));
            }
        for (const auto& place : m_places)
            m_heights.push_back(authalic_q(place.y));
    }

    double area_km2(std::size_t column, std::size_t row) const {
        double sum = 0.0;
        for (std::size_t i = 0; i < m_parts; ++i)
            for (std::size_t k = 0; k < m_parts; ++k)
                sum += part_km2((row * m_parts + i) * m_stride + column * m_parts + k);
        return sum;
    }

private:
    double part_km2(std::size_t north_west) const {
        const std::array corners{north_west, north_west + 1, north_west + m_stride + 1,
                                 north_west + m_stride};
        const double lon_deg = m_places[north_west].x;
        std::array<double, 4> east_deg{};
        for (std::size_t i = 0; i < 4; ++i) {
            east_deg[i] = std::remainder(m_places[corners[i]].x - lon_deg, 360.0);
            if (std::abs(east_deg[i]) > widest_deg) return geodesic_km2(corners);
        }
        double twice = 0.0;
        for (std::size_t i = 0; i < 4; ++i) {
            const auto next = (i + 1) % 4;
            twice += east_deg[i] * m_heights[corners[next]] - east_deg[next] * m_heights[corners[i]];
        }
        return std::abs(radians(twice)) / 2.0 * equatorial_radius_km * equatorial_radius_km / 2.0;
    }
    double geodesic_km2(const std::array<std::size_t, 4>& corners) const {
        Ring ring;
        for (const auto corner : corners)
            ring.push_back(m_places[corner]);
        ring.push_back(ring.front());
        return geom::geodesic_area_km2({{{std::move(ring), {}}}});
    }

    std::size_t m_parts;
    std::size_t m_stride;
    std::vector<Point> m_places;
    std::vector<double> m_heights;
};

}  // namespace

double cell_area_km2(double west_deg, double east_deg, double south_deg, double north_deg) {
    const double q = authalic_q(north_deg) - authalic_q(south_deg);
    return equatorial_radius_km * equatorial_radius_km / 2.0 * radians(east_deg - west_deg) * q;
}

std::vector<double> row_cell_areas_km2(const Grid& grid) {
    // A grid of the whole Earth may miss the pole by the rounding of its cell size.
    const double slack_deg = 1e-6 * grid.cell_height;
    const auto box = grid.box();
    if (box.max_y > 90.0 + slack_deg || box.min_y < -90.0 - slack_deg)
        throw InputError(
            fmt::format("the grid reaches from latitude {} to {}, beyond a pole", box.min_y, box.max_y),
            "check the geotransform of the raster");
    std::vector<double> areas_km2(grid.rows);
    for (std::size_t row = 0; row < grid.rows; ++row) {
        const double north_deg = std::clamp(grid.y_of(static_cast<double>(row)), -90.0, 90.0);
        const double south_deg = std::clamp(grid.y_of(static_cast<double>(row + 1)), -90.0, 90.0);
        areas_km2[row] = cell_area_km2(0.0, grid.cell_width, south_deg, north_deg);
    }
    return areas_km2;
}

CellAreas::CellAreas(const RasterInfo& info) : m_grid(info.grid), m_crs(info.crs) {
    if (geom::is_geographic(m_crs)) {
        m_row_areas_km2 = row_cell_areas_km2(m_grid);
        return;
    }
    const double side_m = std::max(m_grid.cell_width, m_grid.cell_height) * geom::metres_per_unit(m_crs);
    m_parts = static_cast<std::size_t>(std::clamp(std::ceil(side_m / longest_side_m), 1.0, most_parts));
}

std::vector<double> CellAreas::of(const Window& window) const {
    std::vector<double> areas_km2;
    areas_km2.reserve(window.cell_count());
    if (by_row()) {
        for (std::size_t row = 0; row < window.rows; ++row)
            areas_km2.insert(areas_km2.end(), window.columns, m_row_areas_km2[window.row + row]);
        return areas_km2;
    }
    const geom::Transform transform(m_crs, wgs84);
    const auto rows = std::max<std::size_t>(1, points_at_once / (window.columns * m_parts * m_parts));
    for (std::size_t first = 0; first < window.rows; first += rows) {
        const Window strip{window.column, window.row + first, window.columns,
                           std::min(rows, window.rows - first)};
        const Lattice lattice(m_grid, transform, strip, m_parts);
        for (std::size_t row = 0; row < strip.rows; ++row)
            for (std::size_t column = 0; column < strip.columns; ++column)
                areas_km2.push_back(lattice.area_km2(column, row));
    }
    return areas_km2;
}

AreaRaster::AreaRaster(const RasterInfo& like) : m_info(like), m_areas(like) {
    m_info.bands = {"area_km2"};
    m_info.units = {"km2"};
}

void AreaRaster::read(std::size_t, const Window& window, std::span<double> values) const {
    std::ranges::copy(m_areas.of(window), values.begin());
}

}  // namespace tendik::raster
