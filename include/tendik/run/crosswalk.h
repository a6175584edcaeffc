#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/plan/crosswalk.h"
#include "tendik/report/crosswalk_report.h"

#include <filesystem>

namespace tendik::run {

/// Reads both sets of boundaries, lays one over the other, and carries the columns of the table, joined to
/// the first, over to the second. Boundaries in different systems meet in longitude and latitude. Throws
/// InputError: as the readers, the join and join::make_crosswalk(); a column asked for twice; a denominator
/// below 0.
CrosswalkResult crosswalk(const PlannedCrosswalk& planned, Progress& progress, Findings& findings);

/// .json and .csv as they are printed, else a layer of the targets. Throws InputError for a layer without
/// columns, SystemError when it cannot be written.
void write_crosswalk(const CrosswalkResult& result, const std::filesystem::path& target, const Crs& crs,
                     Findings& findings);

}  // namespace tendik::run
