#pragma once

#include "tendik/access/travel_time.h"
#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/model/boundaries.h"
#include "tendik/plan/access_steps.h"
#include "tendik/prepare/proximity.h"
#include "tendik/prepare/surfaces.h"
#include "tendik/raster/zonal.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace tendik {

/// Travel times and who lives within them.
struct Travel {
    /// One row a region. Of each population P, or "area_km2": P; for each threshold T P_within_Tmin and
    /// P_share_within_Tmin; P_beyond_Tmin, reached later than the last; P_unreached, where no way leads
    /// within the maximum; P_barrier and P_no_data, on cells that cannot be travelled or whose friction is
    /// unknown; P_off_raster, where the friction raster has no cell. Together they are P.
    ZonalTable table;
    std::vector<double> thresholds_min;
    std::vector<Reach> curve;  ///< by population, region (all first), minutes: twenty steps and the
                               ///< thresholds
    access::TravelTimes times;
    TravelOptions options;
    FrictionUnit unit = FrictionUnit::min_per_m;
    bool jmp = false;
};

namespace prepare {

/// Travel time to the nearest source (access/travel_time.h) and people within the thresholds. Findings:
/// "friction-unit" (a unit that the file states and nobody knows), "jmp-no-queue", and as the functions
/// named. `surfaces` and `jobs` as for make_proximity(). Throws InputError: several bands and none chosen,
/// and as access::travel_times() and raster::amounts_by_band().
Travel make_travel(const PlannedTravel& planned, const Boundaries& boundaries,
                   std::span<const MadeSurface> surfaces, std::size_t jobs, Progress& progress,
                   Findings& findings);

}  // namespace prepare
}  // namespace tendik
