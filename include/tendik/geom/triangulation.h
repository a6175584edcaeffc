#pragma once

#include "tendik/geom/shape.h"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace tendik::geom {

/// Sides of the Delaunay triangles of points in a plane: index pairs, smaller first, ascending. No point lies
/// inside of the circle round a triangle; whether one does is decided exactly, whatever the rounding. Where
/// four or more lie on one circle several triangulations are right, and the one that is made does not depend
/// on the order of the points. Points on one line have no triangles: each is then joined to the next. Throws
/// InputError for coordinates that are not finite and for two points at one place. O(n log n) as a rule.
std::vector<std::pair<std::size_t, std::size_t>> delaunay_sides(std::span<const Point> points);

/// Points in lon/lat degrees seen from the middle of all of them: the stereographic projection of a sphere,
/// with its radius as the unit. Circles on the sphere remain circles, so that triangles of Delaunay are the
/// same there and here. Throws InputError when the points have no middle or one lies opposite to it.
std::vector<Point> stereographic(std::span<const Point> lon_lat_deg);

}  // namespace tendik::geom
