#pragma once

#include "tendik/geom/shape.h"

namespace tendik::geom {

/// Area on the WGS 84 ellipsoid with geodesic edges (Karney 2013), holes taken off; lon/lat in degrees.
double geodesic_area_km2(const Shape& shape);
/// Geodesic distance on WGS 84 in metres; lon/lat in degrees.
double geodesic_distance_m(const Point& from, const Point& to);

}  // namespace tendik::geom
