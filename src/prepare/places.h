#pragma once

#include "tendik/base/finding.h"
#include "tendik/geom/crs.h"
#include "tendik/plan/access_steps.h"
#include "tendik/tables/read_points.h"

namespace tendik::prepare {

/// Reads places, or takes the points themselves. Throws InputError: no place, two of one name, and as
/// tables::read_points().
PointTable read_places(const PlacesChoice& choice, Findings& findings);

/// Brings the places to another system. Throws InputError naming the place.
void bring_to(const Crs& crs, PointTable& places);

}  // namespace tendik::prepare
