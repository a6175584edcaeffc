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

double area_km2(const Grid& grid, const Crs& crs, std::size_t column = 0, std::size_t row = 0) {
    return CellAreas({"grid", grid, crs, {"band"}, 1, 1, {}}).of({column, row, 1, 1}).front();
}

TEST(CellArea, OfAnEqualAreaGridIsThatOnTheMap) {
    const Crs laea{"EPSG:3035"};
    // Lambert azimuthal equal-area keeps areas: EPSG Guidance Note 7-2, 3.2.5. Kilometre cells far apart.
    for (const double east : {2700000.0, 4321000.0, 6100000.0})
        EXPECT_NEAR(area_km2({east, 3210000.0, 1000.0, 1000.0, 1, 1}, laea), 1.0, 3e-7);
    // 100 km on a side, 10,000 km2
    EXPECT_NEAR(area_km2({5000000.0, 3300000.0, 1e5, 1e5, 1, 1}, laea), 1e4, 2e-2);
}

TEST(CellArea, OfAConformalGridIsTheMapOverTheSquareOfTheScale) {
    // UTM has the scale 0.9996 on its central meridian: 1 / 0.9996^2 = 1.00080048
    EXPECT_NEAR(area_km2({499500.0, 5000500.0, 1000.0, 1000.0, 1, 1}, {"EPSG:32642"}), 1.000800480, 1e-7);
    // UPS has 0.994 at the pole, in whose four cells it is: 1 / 0.994^2 = 1.0121086
    for (const std::size_t column : {0U, 1U})
        EXPECT_NEAR(area_km2({1999000.0, 2001000.0, 1000.0, 1000.0, 2, 2}, {"EPSG:32661"}, column, 1),
                    1.0121086, 1e-6);
    // and in the middle of one cell
    EXPECT_NEAR(area_km2({1999500.0, 2000500.0, 1000.0, 1000.0, 1, 1}, {"EPSG:32661"}), 1.0121086, 1e-6);
}

TEST(CellArea, AcrossTheAntimeridianIsThatOfAnyOtherCell) {
    // UTM zones 1 and 60 share their sides at 180 degrees; 3 degrees from their central meridians.
    const Grid west{160000.0, 1000.0, 20000.0, 20000.0, 1, 1};  // zone 1, across 180 on the equator
    const Grid same{160000.0, 1000.0, 20000.0, 20000.0, 1, 1};  // zone 31, across 0
    EXPECT_NEAR(area_km2(west, {"EPSG:32601"}), area_km2(same, {"EPSG:32631"}), 1e-9);
}

TEST(CellArea, OfAWindowIsThatOfItsCells) {
    const RasterInfo info{"grid", {0.0, 6e6, 3e4, 3e4, 40, 30}, {"EPSG:3857"}, {"band"}, 1, 1, {}};
    const CellAreas areas(info);
    const auto whole = areas.of({0, 0, 40, 30});
    const auto part = areas.of({7, 3, 20, 25});
    EXPECT_EQ(part[0], whole[3 * 40 + 7]);
    EXPECT_EQ(part[24 * 20 + 19], whole[27 * 40 + 26]);
    const CellAreas degrees({"grid", {60.0, 50.0, 1.0, 1.0, 2, 2}, wgs84, {"band"}, 1, 1, {}});
    EXPECT_TRUE(degrees.by_row());
    EXPECT_DOUBLE_EQ(degrees.of({1, 1, 1, 1}).front(), cell_area_km2(61.0, 62.0, 48.0, 49.0));
}

TEST(CellArea, RefusesAGridBeyondAPole) {
    EXPECT_THROW(row_cell_areas_km2({0.0, 91.0, 1.0, 1.0, 2, 2}), InputError);
}

}  // namespace
}  // namespace tendik::raster
