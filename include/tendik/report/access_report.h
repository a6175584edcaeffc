#pragma once

#include "tendik/base/finding.h"
#include "tendik/prepare/proximity.h"
#include "tendik/prepare/travel.h"

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

/// {"schema": "tendik.travel/1", "friction", "friction_unit", "neighbours", "max_min", "thresholds_min",
/// "sources": [{"number", "id"}] as the catchments number them, "rows": as of zonal statistics, "curve":
/// [{"key", "counted", "minutes", "amount", "share", "state"}], "findings"}; key null: all regions.
std::string travel_json(const Travel& travel, const Findings& findings);
/// The rows of "curve".
std::string travel_csv(const Travel& travel);
/// Regions within the thresholds, then the curve of all regions.
std::string travel_text(const Travel& travel);
/// Which number of the catchments is which source: "number,id".
std::string sources_csv(const Travel& travel);

}  // namespace tendik::report
