#pragma once

#include "tendik/base/finding.h"
#include "tendik/geom/crs.h"
#include "tendik/geom/grid.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/raster.h"

#include <cstddef>
#include <vector>

namespace tendik::raster {

/// A region on a grid.
struct PlacedRegion {
    Shape shape;               ///< in the CRS of the grid; twice where the grid has it twice
    double surface_cells = 0;  ///< planar surface of the region in cells, wherever the grid ends
};

/// All regions in the CRS of the raster, in their order. Nothing is touched when the
/// systems are equal; else edges get vertices where they would stray by more than a tenth of a cell. On a
/// grid in degrees, shapes are repeated a turn of 360 to the east or west where the grid is (one that runs
/// from 0 to 360 meets regions at -70). Adds the note "regions-reprojected". Throws InputError naming the
/// region: an edge that spans more than 180 degrees without running along a pole or from -180 to 180 (a ring
/// across the antimeridian must be cut there), a point that cannot be transformed.
std::vector<PlacedRegion> place_regions(const Boundaries& boundaries, const RasterInfo& raster,
                                        std::size_t jobs, Findings& findings);

/// The planar surface of a shape, holes taken off, in cells of the grid.
double surface_in_cells(const Shape& shape, const Grid& grid);

}  // namespace tendik::raster
