#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/join/crosswalk.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/value.h"
#include "tendik/plan/crosswalk.h"

#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// One column of the sources on the targets.
struct CarriedColumn {
    std::string name;
    std::optional<int> year;
    bool extensive = false;
    Column before;  ///< parallel to the source regions
    Column values;  ///< parallel to the target regions
};

/// What was found between two sets of boundaries.
struct CrosswalkResult {
    Boundaries from;
    Boundaries to;
    Crosswalk shares;
    std::vector<CarriedColumn> columns;
};

namespace study {

/// Reads both sets of boundaries, lays one over the other, and carries the columns of the table, joined to
/// the first, over to the second. Boundaries in different systems meet in longitude and latitude. Throws
/// InputError: as the readers, the join and join::make_crosswalk(); a column asked for twice; a denominator
/// below 0.
CrosswalkResult crosswalk(const PlannedCrosswalk& planned, Progress& progress, Findings& findings);

}  // namespace study
}  // namespace tendik
