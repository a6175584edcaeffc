#pragma once

#include "tendik/geom/crs.h"
#include "tendik/geom/grid.h"
#include "tendik/model/texts.h"
#include "tendik/raster/dasymetric.h"
#include "tendik/surface/interpolate.h"
#include "tendik/tables/read_points.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tendik {

/// Which cells a surface has.
struct GridChoice {
    std::string like = {};  ///< a raster whose grid and CRS are taken; empty: the box
    double west = 0.0;      ///< in units of the CRS
    double south = 0.0;
    double east = 0.0;
    double north = 0.0;
    double cell = 0.0;  ///< side of a cell; the box grows east and south to whole cells
    Crs crs = {};       ///< of the box; unknown: EPSG:4326
};

enum class SurfaceKind : std::uint8_t { idw, kriging, dasymetric };
std::string_view to_text(SurfaceKind kind);
std::optional<SurfaceKind> surface_kind_from_text(std::string_view text);

/// [[surfaces]] of a plan, or the command `surface`.
struct PlannedSurface {
    std::string code;  ///< names bands and files
    SurfaceKind kind = SurfaceKind::kriging;
    PointSource points;  ///< stations or settlements; `values` holds the column of the figure or of people
    GridChoice grid;
    Texts title;                        ///< empty: the code
    std::string unit;                   ///< of the value
    SurfaceOptions interpolation = {};  ///< its method follows `kind`
    double measurement_error = 0.0;     ///< standard deviation of every station
    double rounding_step = 0.0;         ///< figures were rounded to steps of this; 0: they were not
    std::string error_column = {};      ///< of the points: the standard deviation of each
    DasymetricOptions dasymetric = {};
    std::string of = {};           ///< dasymetric: code of the layer with the totals
    std::optional<int> year = {};  ///< of that layer; absent: its latest
    std::string vintage = {};      ///< of its boundaries; empty: any
};

namespace plan {

/// "46,40,88,56,0.05" (west, south, east, north, cell) or the name of a raster. Throws InputError.
GridChoice parse_grid(const std::string& text);

}  // namespace plan
}  // namespace tendik
