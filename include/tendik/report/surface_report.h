#pragma once

#include "tendik/base/finding.h"
#include "tendik/prepare/surfaces.h"

#include <string>

namespace tendik::report {

/// Variogram, leave-one-out figures and the worst stations; of dasymetric surfaces the regions.
std::string surface_text(const MadeSurface& surface);
/// schema "tendik.surface/1"
std::string surface_json(const MadeSurface& surface, const Findings& findings);
/// One row for each station left out, or for each region.
std::string surface_csv(const MadeSurface& surface);

}  // namespace tendik::report
