#pragma once

#include "tendik/base/finding.h"
#include "tendik/prepare/proximity.h"

#include <string>

namespace tendik::report {

/// {"schema": "tendik.proximity/1", "sites": [{"id", "lon", "lat", "accuracy_km", "extent_km"}], "bands_km",
/// "rows": as of zonal statistics, "reach": [{"site", "key", "counted", "within_km", "amount", "low", "high",
/// "share", "state"}], "findings"}; key null: all regions; site "union": any of them.
std::string proximity_json(const Proximity& proximity, const Findings& findings);
/// The rows of "reach" with the accuracy of each site.
std::string proximity_csv(const Proximity& proximity);
/// Regions with what is within any site's reach, then each site with its accuracy.
std::string proximity_text(const Proximity& proximity);

}  // namespace tendik::report
