#include "tendik/raster/cell_area.h"

#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tendik::raster {
namespace {

constexpr double equatorial_radius_km = 6378.137;
constexpr double flattening = 1.0 / 298.257223563;
constexpr double eccentricity_squared = flattening * (2.0 - flattening);

double radians(double degrees) { return degrees * (std::numbers::pi / 180.0); }

/// Twice the area between the equator and a parallel for one radian of longitude, in squares of the
/// equatorial radius: Snyder's q of equation 3-12.
double authalic_q(double lat_deg) {
    const double e = std::sqrt(eccentricity_squared);
    const double sine = std::sin(radians(lat_deg));
    return (1.0 - eccentricity_squared) *
           (sine / (1.0 - eccentricity_squared * sine * sine) + std::atanh(e * sine) / e);
}

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

}  // namespace tendik::raster
