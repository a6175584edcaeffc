#pragma once

#include "tendik/geom/crs.h"
#include "tendik/geom/grid.h"
#include "tendik/model/raster.h"

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

/// Areas of single cells of a grid in degrees or projected.
class CellAreas {
public:
    /// Throws InputError when a grid in degrees reaches beyond a pole, or the CRS is unknown.
    explicit CellAreas(const RasterInfo& info);

    /// km2 of each cell of a window on WGS 84, row by row. A projected cell is brought to longitude and
    /// latitude by its corners, and by points along its sides where these are longer than 2 km (at most 8 a
    /// side); its surface is that of the polygon between them on the authalic cylinder, where cells beside
    /// each other share their sides: single cells are true to 2e-6, what they cover together to less. Near a
    /// pole it is that of the geodesic polygon. Throws InputError for a cell that cannot be transformed.
    std::vector<double> of(const Window& window) const;

    /// Whether the cells of a row are alike.
    bool by_row() const noexcept { return !m_row_areas_km2.empty(); }
    /// One a row of the grid; empty unless by_row().
    const std::vector<double>& row_areas_km2() const noexcept { return m_row_areas_km2; }

private:
    Grid m_grid;
    Crs m_crs;
    std::size_t m_parts = 1;  ///< of each side
    std::vector<double> m_row_areas_km2;
};

/// The areas as a raster of one band, "area_km2": for counting ground as one counts people.
class AreaRaster final : public RasterSource {
public:
    /// On the grid of another raster; throws as CellAreas.
    explicit AreaRaster(const RasterInfo& like);

    const RasterInfo& info() const override { return m_info; }
    void read(std::size_t band, const Window& window, std::span<double> values) const override;

private:
    RasterInfo m_info;
    CellAreas m_areas;
};

}  // namespace tendik::raster
