#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/boundaries.h"

namespace tendik::topology {

/// Makes every region valid. A repaired one is a finding "repaired-polygon" that names region, reason, place
/// and area before and after (km2 for geographic coordinates, squared units else). Throws InputError when
/// nothing with an area is left.
Boundaries repair(Boundaries boundaries, Findings& findings);

/// Overlaps and gaps between regions with place and size: findings "overlap" and "gap" (an enclosed hole in
/// the union that no region fills, unless `allow_holes`). Boundaries must be valid.
void check_coverage(const Boundaries& boundaries, Findings& findings, bool allow_holes = false);

}  // namespace tendik::topology
