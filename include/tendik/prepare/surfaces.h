#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/io/write_raster.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/register.h"
#include "tendik/model/value.h"
#include "tendik/plan/surface_step.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// A surface as it is to be written, with what is known of how far it may be trusted.
struct MadeSurface {
    std::string code;
    Texts title;
    SurfaceKind kind = SurfaceKind::kriging;
    std::string source;  ///< of the points, without folder
    MemoryRaster raster;
    RasterNotes notes;  ///< say that it is modelled, and how
    std::size_t point_count = 0;
    std::optional<FittedVariogram> variogram = {};
    std::optional<LeaveOneOut> left_out = {};  ///< idw and kriging
    std::vector<FilledRegion> regions = {};    ///< dasymetric
    std::vector<Point> places = {};            ///< of the points with a value, in the CRS of the grid
    std::string palette = {};
};

/// What a dasymetric surface lays out.
struct SurfaceTotals {
    Boundaries boundaries;
    Column totals;
    Column evenly;     ///< of them, those who live all over; empty: not told
    std::string name;  ///< "population_total, 2020"
};

namespace prepare {

/// Reads the totals of a dasymetric surface and joins them to the boundaries. Throws InputError.
SurfaceTotals read_totals(const PlannedTotals& planned, const Boundaries& boundaries, const Register& reg,
                          std::size_t allow_unmatched, Findings& findings);

/// Reads the points, makes the grid and fills it. `totals`: of dasymetric surfaces, else null.
/// Points without a value are left out, with the finding "no-value". `jobs` 0: all cores. Throws InputError.
MadeSurface make_surface(const PlannedSurface& planned, const SurfaceTotals* totals, std::size_t jobs,
                         Progress& progress, Findings& findings);

}  // namespace prepare
}  // namespace tendik
