#pragma once

#include "tendik/geom/crs.h"
#include "tendik/geom/grid.h"
#include "tendik/io/open_raster.h"
#include "tendik/model/texts.h"
#include "tendik/raster/dasymetric.h"
#include "tendik/surface/interpolate.h"
#include "tendik/tables/read_points.h"
#include "tendik/tables/read_table.h"

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

/// Totals of regions that a dasymetric surface lays out.
struct PlannedTotals {
    TableSource table;
    std::string indicator = {};  ///< which of the table; empty: the only one
    std::string evenly = {};     ///< indicator, or column, with those of them who live all over; may be empty
    std::optional<int> year = {};  ///< which of the table; absent: the only one
    std::string vintage = {};      ///< of the boundaries; empty: the only ones
};

/// [[surfaces]] of a plan, or the command `surface`.
struct PlannedSurface {
    std::string code;  ///< names bands and files
    SurfaceKind kind = SurfaceKind::kriging;
    PointSource points;  ///< stations or settlements; `values` holds the column of the figure or of people
    GridChoice grid;
    Texts title;                        ///< empty: the code
    std::string unit;                   ///< of the value; empty: none, of totals laid out "people"
    SurfaceOptions interpolation = {};  ///< its method follows `kind`
    double measurement_error = 0.0;     ///< standard deviation of every station
    double rounding_step = 0.0;         ///< figures were rounded to steps of this; 0: they were not
    std::string error_column = {};      ///< of the points: the standard deviation of each
    std::string step_column = {};       ///< of the points: the step that each was rounded to
    DasymetricOptions dasymetric = {};
    PlannedTotals totals = {};
    std::string palette = "viridis";  ///< of the style beside the raster
};

namespace plan {

/// "46,40,88,56,0.05" (west, south, east, north, cell) or the name of a raster. Throws InputError.
GridChoice parse_grid(const std::string& text);

/// Begins the name of a surface that the same plan makes, where a raster is expected: "surface:pm25".
inline constexpr std::string_view surface_prefix = "surface:";

/// The code of the surface that is meant; none for a file.
std::optional<std::string> surface_named(const RasterChoice& choice);

}  // namespace plan
}  // namespace tendik
