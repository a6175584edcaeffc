#pragma once

#include "tendik/base/finding.h"
#include "tendik/geom/crs.h"
#include "tendik/model/boundaries.h"
#include "tendik/prepare/proximity.h"

#include <filesystem>

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

void write_proximity(const Proximity& proximity, const Boundaries& boundaries, const AccessTargets& targets,
                     Findings& findings);

}  // namespace tendik::run
