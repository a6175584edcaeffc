#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/io/open_raster.h"
#include "tendik/io/read_boundaries.h"
#include "tendik/join/crosswalk.h"
#include "tendik/model/atlas.h"
#include "tendik/plan/access_steps.h"
#include "tendik/plan/raster_steps.h"
#include "tendik/prepare/surfaces.h"
#include "tendik/raster/zonal.h"

#include <cstddef>
#include <span>

namespace tendik::prepare {

/// Boundaries as read, invalid outlines repaired. Throws InputError.
Boundaries load_boundaries(const BoundarySource& source, Findings& findings);

/// Opens the rasters and sums them up over the regions. The reader's cache of blocks is set to keep to the
/// memory of the options. `surfaces`: those that the rasters may name ("surface:pm25"). `jobs` overrides
/// those of the options. Throws InputError.
ZonalTable zonal_table(const PlannedZonal& planned, const Boundaries& boundaries,
                       std::span<const MadeSurface> surfaces, std::size_t jobs, Progress& progress,
                       Findings& findings);
ZonalTable exposure_table(const PlannedExposure& planned, const Boundaries& boundaries,
                          std::span<const MadeSurface> surfaces, std::size_t jobs, Progress& progress,
                          Findings& findings);

/// What shares between two sets of boundaries are of.
struct SharesChoice {
    RasterChoice weights = {};  ///< people, say; no file: the ground
    CrosswalkOptions options = {};
    std::size_t max_memory_bytes = std::size_t{512} << 20U;
    std::size_t jobs = 0;
};

/// Lays the one over the other; boundaries in different systems meet in longitude and latitude. Where the
/// raster has no data there is nothing. Throws InputError: as the reader of rasters and
/// join::make_crosswalk(); a raster of several bands, of which none is chosen.
Crosswalk lay_over(const Boundaries& from, const Boundaries& to, const SharesChoice& choice,
                   Progress& progress, Findings& findings);

/// A column as a layer of the atlas: an indicator that is modelled, on the boundaries of that index; a total
/// is shown by symbols. Throws InputError when the table has no such column (the existing ones are named).
Layer raster_layer(const ZonalTable& table, const RasterLayer& wanted, std::size_t boundaries);

/// The same of an exposure, with what the table knows of its error: the mean of a population is weighed by
/// it. Where the mean standard error is no smaller than the spread of the regions, the layer cannot rank
/// them: finding "cannot-rank". Regions without a station: finding "no-station".
Layer exposure_layer(const ZonalTable& table, const PlannedExposure& planned, const RasterLayer& wanted,
                     std::size_t boundaries, Findings& findings);

/// The same of distances or travel times from places. A share becomes a rate in per cent, weighed by what it
/// is a share of. `friction` may be empty.
Layer access_layer(const ZonalTable& table, const PlacesChoice& places, const RasterChoice& friction,
                   const CountChoice& count, const RasterLayer& wanted, std::size_t boundaries);

}  // namespace tendik::prepare
