#include "tendik/raster/cell_area.h"

#include "tendik/base/error.h"
#include "tendik/geom/geodesic.h"

#include <gtest/gtest.h>

#include <numeric>

namespace tendik::raster {
namespace {

TEST(CellArea, OfTheWholeEarthIsThatOfTheEllipsoid) {
    // Moritz (2000), Geodetic Reference System 1980, gives 510 065 621.7 km2 for GRS 80; WGS 84 differs by
    // 1e-4.
    EXPECT_NEAR(cell_area_km2(-180.0, 180.0, -90.0, 90.0), 510065621.7, 0.1);
}

TEST(CellArea, EqualsTheGeodesicAreaWhereParallelsAreGeodesics) {
    // A cell on the equator as a polygon of many points along its parallels: Karney's polygon area.
    Ring ring;
    for (int i = 0; i <= 1000; ++i)
        ring.push_back({i / 1000.0, 0.0});
    for (int i = 1000; i >= 0; --i)
        ring.push_back({i / 1000.0, 1.0});
    ring.push_back(ring.front());
    EXPECT_NEAR(cell_area_km2(0.0, 1.0, 0.0, 1.0), geom::geodesic_area_km2({{{ring, {}}}}), 1e-4);
}

TEST(CellArea, OfAllRowsAddsUpToTheEarth) {
    const Grid grid{-180.0, 90.0, 0.5, 0.25, 720, 720};
    const auto areas_km2 = row_cell_areas_km2(grid);
    const double sum_km2 = std::accumulate(areas_km2.begin(), areas_km2.end(), 0.0);
    EXPECT_NEAR(720.0 * sum_km2, 510065621.7, 0.1);         // as above
    EXPECT_DOUBLE_EQ(areas_km2.front(), areas_km2.back());  // both poles are alike
}

TEST(CellArea, RefusesAGridBeyondAPole) {
    EXPECT_THROW(row_cell_areas_km2({0.0, 91.0, 1.0, 1.0, 2, 2}), InputError);
}

}  // namespace
}  // namespace tendik::raster
