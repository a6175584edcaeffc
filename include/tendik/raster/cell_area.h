#pragma once

#include "tendik/geom/crs.h"
#include "tendik/geom/grid.h"

#include <cstddef>
#include <vector>

namespace tendik::raster {

/// Area in km2 on the ellipsoid WGS 84 between two meridians and two parallels; degrees. Snyder (1987), Map
/// Projections: A Working Manual, equation 3-12 (the authalic latitude), so that cells add up to
/// 510,065,621.7 km2 for the whole Earth. Other programs often take a sphere.
double cell_area_km2(double west_deg, double east_deg, double south_deg, double north_deg);

/// The area of one cell of each row of a grid in degrees, from north to south. Throws InputError when the
/// grid reaches beyond a pole.
std::vector<double> row_cell_areas_km2(const Grid& grid);

}  // namespace tendik::raster
