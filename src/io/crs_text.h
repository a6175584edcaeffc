#pragma once

#include "tendik/geom/crs.h"

#include <ogr_spatialref.h>

namespace tendik::io {

/// Neither a local system nor one that a GeoPackage calls undefined.
bool is_known(const OGRSpatialReference& reference);
/// "EPSG:4326" where the system has such a code, else WKT 2.
Crs to_crs(const OGRSpatialReference& reference);

}  // namespace tendik::io
