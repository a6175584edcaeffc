#include "tendik/geom/crs.h"

#include "tendik/base/error.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <thread>
#include <vector>

namespace tendik::geom {
namespace {

using testing::HasSubstr;

// Half the length of the Web Mercator square: pi x 6378137 m.
constexpr double half_square_m = std::numbers::pi * 6378137.0;

// As GDAL writes it for a GeoJSON file: longitude and latitude named, mapped in this order.
const Crs wgs84_in_words{R"wkt(GEOGCRS["WGS 84",DATUM["World Geodetic System 1984",
    ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]]],
    PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],CS[ellipsoidal,2],
    AXIS["geodetic latitude (Lat)",north,ORDER[1],ANGLEUNIT["degree",0.0174532925199433]],
    AXIS["geodetic longitude (Lon)",east,ORDER[2],ANGLEUNIT["degree",0.0174532925199433]]])wkt"};

// As it stands beside a Shapefile.
const Crs wgs84_of_a_prj{
    R"wkt(GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],
    PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]])wkt"};

TEST(Crs, IsTheSameWhateverTheWording) {
    EXPECT_TRUE(same_crs(wgs84, wgs84));
    EXPECT_TRUE(same_crs(wgs84, {"epsg:4326"}));
    EXPECT_TRUE(same_crs(wgs84, wgs84_in_words));
    EXPECT_TRUE(same_crs(wgs84, {"OGC:CRS84"}));
    EXPECT_TRUE(same_crs(wgs84, wgs84_of_a_prj));
    EXPECT_TRUE(same_crs(wgs84, {"+proj=longlat +datum=WGS84 +no_defs"}));
}

TEST(Crs, IsAnotherWhereDatumOrProjectionDiffer) {
    EXPECT_FALSE(same_crs(wgs84, web_mercator));
    EXPECT_FALSE(same_crs(wgs84, {"EPSG:4284"}));  // Pulkovo 1942
    EXPECT_FALSE(same_crs({"EPSG:32642"}, {"EPSG:32643"}));
}

TEST(Crs, NameIsTheCodeOrElseTheName) {
    EXPECT_EQ(crs_name(wgs84), "EPSG:4326");
    EXPECT_EQ(crs_name(web_mercator), "EPSG:3857");
    EXPECT_EQ(crs_name(wgs84_in_words), "WGS 84");
    EXPECT_EQ(crs_name({}), "unknown");
}

TEST(Crs, IsGeographicOrNot) {
    EXPECT_TRUE(is_geographic(wgs84));
    EXPECT_TRUE(is_geographic(wgs84_of_a_prj));
    EXPECT_TRUE(is_geographic({"EPSG:4979"}));       // three dimensions
    EXPECT_TRUE(is_geographic({"EPSG:4326+5773"}));  // with heights
    EXPECT_FALSE(is_geographic(web_mercator));
    EXPECT_FALSE(is_geographic({"EPSG:32642"}));
}

TEST(Crs, RefusesWhatPROJCannotRead) {
    for (const auto* definition : {"EPSG:999999", "Kazakhstan", "+proj=nowhere", "GEOGCRS[\"WGS 84\""}) {
        try {
            is_geographic({definition});
            FAIL() << definition;
        } catch (const InputError& error) {
            EXPECT_THAT(error.what(), HasSubstr(definition));
            EXPECT_FALSE(error.hint().empty());
        }
    }
    EXPECT_THROW(is_geographic({}), InputError);
    EXPECT_THROW(same_crs(wgs84, {}), InputError);
    EXPECT_THROW(same_crs({}, {}), InputError);
}

TEST(Crs, RefusesAnOperation) {
    EXPECT_THROW(is_geographic({"+proj=pipeline +step +proj=axisswap +order=2,1"}), InputError);
}

TEST(Crs, MessageQuotesOnlyTheBeginningOfALongDefinition) {
    try {
        is_geographic({"GEOGCRS[" + std::string(1000, 'x')});
        FAIL();
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), HasSubstr("xxx...'"));
        EXPECT_LT(std::string(error.what()).size(), 400U);
    }
}

TEST(Transform, TakesLongitudeFirst) {
    const Transform transform(wgs84, web_mercator);
    const auto edge = transform(Point{180.0, 0.0});
    EXPECT_NEAR(edge.x, half_square_m, 1e-6);
    EXPECT_NEAR(edge.y, 0.0, 1e-6);
    // By hand: x = R lon, y = R asinh(tan(lat)) with R = 6378137 m.
    const auto astana = transform(Point{71.4304, 51.1282});
    const double degree = std::numbers::pi / 180.0;
    EXPECT_NEAR(astana.x, 6378137.0 * 71.4304 * degree, 1e-6);
    EXPECT_NEAR(astana.y, 6378137.0 * std::asinh(std::tan(51.1282 * degree)), 1e-6);
}

TEST(Transform, GivesEastingFirstWhereTheAuthorityPutsNorthFirst) {
    // Pulkovo 1942 / Gauss-Kruger zone 12: north before east in EPSG; central meridian 69, easting
    // 12500000 m.
    const Transform transform(wgs84, {"EPSG:28412"});
    const auto point = transform(Point{69.0, 48.0});
    EXPECT_NEAR(point.y, 5318000.0, 2000.0);  // Simpson's rule (Python): 5318 km of meridian to 48 degrees
    EXPECT_NEAR(point.x, 12500000.0, 500.0);  // the two datums lie within 500 m of each other
                                              // Simpson's rule 5318 km
}

TEST(Transform, ComesBackToTheSamePlace) {
    const Transform there(wgs84, {"EPSG:32642"});
    const Transform back({"EPSG:32642"}, wgs84);
    const auto point = back(there(Point{71.4304, 51.1282}));
    EXPECT_NEAR(point.x, 71.4304, 1e-9);
    EXPECT_NEAR(point.y, 51.1282, 1e-9);
}

TEST(Transform, LeavesPointsAloneBetweenEqualSystems) {
    const Transform transform(wgs84_in_words, wgs84);
    const Point point{71.430400000000001, 51.128200000000003};
    EXPECT_EQ(transform(point), point);
}

TEST(Transform, MovesEveryRingOfAShapeAndKeepsItClosed) {
    const Shape shape{{{{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}, {{{1, 1}, {1, 2}, {2, 2}, {1, 1}}}}}};
    const Transform transform(wgs84, web_mercator);
    const auto moved = transform(shape);
    ASSERT_EQ(moved.parts.size(), 1U);
    EXPECT_EQ(moved.parts[0].outer.front(), moved.parts[0].outer.back());
    EXPECT_NEAR(moved.parts[0].outer[1].x, half_square_m / 20.0, 1e-6);  // 9 of 180 degrees
    EXPECT_NEAR(moved.parts[0].holes[0][2].x, half_square_m / 90.0, 1e-6);
    EXPECT_EQ(moved.parts[0].holes[0].front(), moved.parts[0].holes[0].back());
}

TEST(Transform, NamesThePointThatCannotBeTransformed) {
    const Transform transform(wgs84, web_mercator);
    try {
        transform(Point{10.0, 5000.0});
        FAIL();
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), HasSubstr("(10, 5000)"));
        EXPECT_THAT(error.what(), HasSubstr("from EPSG:4326 to EPSG:3857"));
    }
    EXPECT_THROW(transform(Point{std::numeric_limits<double>::quiet_NaN(), 0.0}), InputError);
    EXPECT_NO_THROW(transform(Point{10.0, 50.0})) << "a fault must not stick";
}

TEST(Transform, RefusesAnUnknownSystem) {
    EXPECT_THROW(Transform({}, wgs84), InputError);
    EXPECT_THROW(Transform(wgs84, {"EPSG:999999"}), InputError);
}

TEST(Transform, CanBeMovedAndUsed) {
    Transform first(wgs84, web_mercator);
    Transform second(std::move(first));
    EXPECT_NEAR(second(Point{180.0, 0.0}).x, half_square_m, 1e-6);
    second = Transform(web_mercator, wgs84);
    EXPECT_NEAR(second(Point{half_square_m, 0.0}).x, 180.0, 1e-9);
}

TEST(Transform, GivesEveryThreadTheSameResult) {
    std::vector<Point> results(4);
    std::vector<std::thread> threads;
    for (auto& result : results)
        threads.emplace_back([&result] { result = Transform(wgs84, {"EPSG:32642"})(Point{71.0, 51.0}); });
    for (auto& thread : threads)
        thread.join();
    for (const auto& result : results)
        EXPECT_EQ(result, results.front());
}

TEST(Messages, AreHandedOverOnce) {
    collect_messages();
    EXPECT_THROW(is_geographic({"EPSG:999999"}), InputError);
    EXPECT_TRUE(collect_messages().empty()) << "the Error has told it already";
}

TEST(Transform, AddsVerticesWhereAStraightEdgeBends) {
    // Two rectangles of UTM zone 42 that share an edge of 800 km, walked in opposite directions.
    const Ring left{
        {200000, 4900000}, {500000, 4900000}, {500000, 5700000}, {200000, 5700000}, {200000, 4900000}};
    const Ring right{
        {500000, 4900000}, {900000, 4900000}, {900000, 5700000}, {500000, 5700000}, {500000, 4900000}};
    const Transform to_degrees({"EPSG:32642"}, wgs84);
    const auto of_left = to_degrees(Shape{{{left, {}}}}, 1e-4).parts[0].outer;
    const auto of_right = to_degrees(Shape{{{right, {}}}}, 1e-4).parts[0].outer;
    EXPECT_GT(of_left.size(), left.size());
    for (std::size_t i = 0; i + 1 < of_left.size(); ++i) {
        // Back in the plane, the middle of every new edge lies on the old one: 1e-4 degree is at most 11.2 m.
        const Transform back(wgs84, {"EPSG:32642"});
        const auto middle =
            back(Point{(of_left[i].x + of_left[i + 1].x) / 2, (of_left[i].y + of_left[i + 1].y) / 2});
        const auto off = std::min({std::abs(middle.x - 200000), std::abs(middle.x - 500000),
                                   std::abs(middle.y - 4900000), std::abs(middle.y - 5700000)});
        EXPECT_LT(off, 11.2);
    }
    const auto on_border = [](const Ring& ring) {
        Ring points;
        const Transform back(wgs84, {"EPSG:32642"});
        for (const auto& point : ring)
            if (std::abs(back(point).x - 500000) < 1e-3) points.push_back(point);
        std::ranges::sort(points);
        points.erase(std::unique(points.begin(), points.end()), points.end());
        return points;
    };
    EXPECT_EQ(on_border(of_left), on_border(of_right));
}

TEST(Crs, KnowsTheMetresOfAProjectedUnit) {
    EXPECT_EQ(metres_per_unit({"EPSG:32642"}), 1.0);                      // UTM is in metres
    EXPECT_NEAR(metres_per_unit({"EPSG:2263"}), 1200.0 / 3937.0, 1e-15);  // New York: the US survey foot
    EXPECT_THROW(metres_per_unit(wgs84), InputError);
}

}  // namespace
}  // namespace tendik::geom
