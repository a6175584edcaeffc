#include "tendik/geom/geodesic.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tendik::geom {
namespace {

Ring cell(double lon, double lat, double size) {
    return {{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}, {lon, lat}};
}

// Closed form of the surface of the ellipsoid, 2 pi a^2 (1 + (1 - e^2) artanh(e) / e) = 510065621.7240885
// km2; the equator and two meridians at right angles bound an eighth of it.
constexpr double octant_km2 = 63758202.715511;

TEST(GeodesicArea, OfAnOctantIsAnEighthOfTheEarth) {
    const Shape octant{{{{{0, 0}, {90, 0}, {0, 90}, {0, 0}}, {}}}};
    EXPECT_NEAR(geodesic_area_km2(octant), octant_km2, 1e-4);
}

// Runge-Kutta integration (Python) of the geodesic between the upper corners and of the authalic area below
// it: 12308.778361469.
TEST(GeodesicArea, OfADegreeCellAtTheEquator) {
    EXPECT_NEAR(geodesic_area_km2({{{cell(0, 0, 1), {}}}}), 12308.778361, 1e-6);
}

TEST(GeodesicArea, DoesNotDependOnTheDirectionOfTheRing) {
    auto ring = cell(70, 45, 2);
    const double area_km2 = geodesic_area_km2({{{ring, {}}}});
    std::ranges::reverse(ring);
    EXPECT_NEAR(geodesic_area_km2({{{ring, {}}}}), area_km2, 1e-6);
    EXPECT_GT(area_km2, 0.0);
}

TEST(GeodesicArea, TakesHolesOffAndAddsParts) {
    const double whole_km2 = geodesic_area_km2({{{cell(70, 45, 4), {}}}});
    const double hole_km2 = geodesic_area_km2({{{cell(71, 46, 1), {}}}});
    EXPECT_NEAR(geodesic_area_km2({{{cell(70, 45, 4), {cell(71, 46, 1)}}}}), whole_km2 - hole_km2, 1e-6);
    EXPECT_NEAR(geodesic_area_km2({{{cell(70, 45, 4), {}}, {cell(80, 45, 4), {}}}}), 2 * whole_km2, 1e-6);
}

TEST(GeodesicArea, GoesAcrossTheAntimeridian) {
    const Shape across{{{{{179.5, 0}, {-179.5, 0}, {-179.5, 1}, {179.5, 1}, {179.5, 0}}, {}}}};
    EXPECT_NEAR(geodesic_area_km2(across), 12308.778361, 1e-6);  // the degree cell above, moved
}

TEST(GeodesicArea, OfNothingIsZero) {
    EXPECT_EQ(geodesic_area_km2(Shape{}), 0.0);
    EXPECT_EQ(geodesic_area_km2({{{{{0, 0}, {1, 1}, {0, 0}}, {}}}}), 0.0);
}

TEST(GeodesicDistance, OfADegreeOnTheEquator) {
    EXPECT_NEAR(geodesic_distance_m({0, 0}, {1, 0}), 111319.490793, 1e-6);  // by hand: 6378137 pi / 180
}

// Simpson's rule (Python) over the radius of curvature of the meridian.
TEST(GeodesicDistance, FromTheEquatorToThePole) {
    EXPECT_NEAR(geodesic_distance_m({70, 0}, {10, 90}), 10001965.729313, 1e-5);
}

}  // namespace
}  // namespace tendik::geom
