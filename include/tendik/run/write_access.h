#pragma once

#include "tendik/base/finding.h"
#include "tendik/geom/crs.h"
#include "tendik/model/boundaries.h"
#include "tendik/plan/plan.h"
#include "tendik/prepare/prepare.h"
#include "tendik/prepare/proximity.h"
#include "tendik/prepare/travel.h"

#include <filesystem>
#include <string>

namespace tendik::run {

/// Where a table of access goes.
struct AccessTargets {
    std::filesystem::path table;  ///< .json and .csv as they are printed, else a layer of the regions; empty:
                                  ///< none
    std::filesystem::path rows;   ///< .csv with a row for each site or time and region; empty: none
    Crs crs;                      ///< of the layer; unknown: that of the boundaries
};

/// Throws InputError for rows that are to end in anything but .csv, so that nothing is computed in vain.
void refuse_bad_targets(const AccessTargets& targets);

/// Where travel times go.
struct TravelTargets {
    AccessTargets tables;           ///< rows: the curve
    std::filesystem::path minutes;  ///< .tif with the bands minutes and state; its style beside; empty: none
    std::filesystem::path catchments;  ///< .tif with numbers of sources; a .csv of their ids and a
                                       ///< style beside; empty: none
    std::string palette;               ///< of the style of the minutes
};

/// The same, and for rasters that do not end in .tif.
void refuse_bad_targets(const TravelTargets& targets);

/// Rasters are cloud-optimised GeoTIFF with 32-bit floats. The state is 0 reached, 1 unreached, 2 barrier, 3
/// no data. Throws SystemError when a file cannot be written.
void write_travel(const Travel& travel, const Boundaries& boundaries, const TravelTargets& targets,
                  const std::filesystem::path& data_folder, Findings& findings);

void write_proximity(const Proximity& proximity, const Boundaries& boundaries, const AccessTargets& targets,
                     Findings& findings);

/// Tables of a run: travel_N.csv and travel_N_curve.csv, proximity_N.csv and proximity_N_sites.csv, in the
/// order of the plan. Throws SystemError.
void write_access_tables(const Prepared& prepared, const std::filesystem::path& folder);
/// Rasters of a run that the plan asks for, travel_N.tif and travel_N_catchments.tif, as write_travel().
void write_access_rasters(const Plan& plan, const Prepared& prepared, const std::filesystem::path& folder,
                          const std::filesystem::path& data_folder);

}  // namespace tendik::run
