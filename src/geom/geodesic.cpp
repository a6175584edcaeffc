#include "tendik/geom/geodesic.h"

#include <geodesic.h>

#include <cmath>

namespace tendik::geom {
namespace {

const geod_geodesic& wgs84_ellipsoid() {
    static const auto ellipsoid = [] {
        geod_geodesic made{};
        geod_init(&made, 6378137.0, 1.0 / 298.257223563);
        return made;
    }();
    return ellipsoid;
}

double ring_area_m2(const Ring& ring) {
    if (ring.size() < 4) return 0.0;
    geod_polygon polygon{};
    geod_polygon_init(&polygon, 0);
    // geod_polygon closes the ring itself.
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        geod_polygon_addpoint(&wgs84_ellipsoid(), &polygon, ring[i].y, ring[i].x);
    double area_m2 = 0.0;
    geod_polygon_compute(&wgs84_ellipsoid(), &polygon, 0, 1, &area_m2, nullptr);
    return std::abs(area_m2);
}

}  // namespace

double geodesic_area_km2(const Shape& shape) {
    double area_m2 = 0.0;
    for (const auto& part : shape.parts) {
        area_m2 += ring_area_m2(part.outer);
        for (const auto& hole : part.holes)
            area_m2 -= ring_area_m2(hole);
    }
    return area_m2 / 1e6;
}

double geodesic_distance_m(const Point& from, const Point& to) {
    double distance_m = 0.0;
    geod_inverse(&wgs84_ellipsoid(), from.y, from.x, to.y, to.x, &distance_m, nullptr, nullptr);
    return distance_m;
}

}  // namespace tendik::geom
