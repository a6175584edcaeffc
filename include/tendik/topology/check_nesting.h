#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/nesting.h"

namespace tendik::topology {

/// Whether the regions make up their parents, part by part. Findings, sizes in km2 for geographic coordinates
/// and squared units else:
/// "outside-parent": a region lies outside of its parent by more than `tolerance` of its own area; the share,
/// the size and the place of the largest piece, and in which parent that lies;
/// "parent-gap": regions leave more than `tolerance` of their parent free; one finding for each piece above
/// it, else one for all pieces together;
/// "nesting" (note): how many regions and parents were compared, and the largest shares within the tolerance.
/// Overlaps between regions are told by check_coverage. Shapes must be valid; tolerance is a share, 0 to 1.
void check_nesting(const Boundaries& regions, const Nesting& nesting, double tolerance, Findings& findings);

}  // namespace tendik::topology
