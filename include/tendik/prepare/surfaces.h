#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/io/write_raster.h"
#include "tendik/model/atlas.h"
#include "tendik/plan/surface_step.h"

#include <cstddef>
#include <optional>
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
};

namespace prepare {

/// Reads the points, makes the grid and fills it. `atlas`: where the totals of dasymetric surfaces are.
/// Points without a value are left out, with the finding "no-value". `jobs` 0: all cores. Throws InputError.
MadeSurface make_surface(const PlannedSurface& planned, const Atlas& atlas, std::size_t jobs,
                         Progress& progress, Findings& findings);

}  // namespace prepare
}  // namespace tendik
