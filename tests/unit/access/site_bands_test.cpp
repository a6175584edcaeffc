#include "tendik/access/site_bands.h"

#include "tendik/base/error.h"
#include "tendik/geom/geodesic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace tendik::access {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

RasterInfo info_of(const Grid& grid, const Crs& crs = wgs84) {
    return {"people.tif", grid, crs, {"people"}, grid.columns, grid.rows, {""}};
}

std::vector<double> values_of(const SiteBands& bands, std::size_t band) {
    const auto& grid = bands.info().grid;
    std::vector<double> values(grid.columns * grid.rows);
    bands.read(band, {0, 0, grid.columns, grid.rows}, values);
    return values;
}

TEST(SiteBands, AreGeodesicOnTheEllipsoid) {
    // A degree to the north of 50 N is 111.24 km, one to the east at 50 N 71.69 km (Karney's geodesics).
    const SiteBands bands(info_of({69.95, 51.05, 0.1, 0.1, 12, 12}), {{"site", {70.0, 50.0}}},
                          {.edges_km = {71.6, 111.2}, .split = 1});
    const auto values = values_of(bands, 1);
    const auto at = [&](std::size_t column, std::size_t row) {
        return std::floor(values[row * 12 + column]);
    };
    EXPECT_EQ(at(0, 10), 0.0);   // the cell round the site
    EXPECT_EQ(at(10, 10), 1.0);  // a degree east: 71.69 km
    EXPECT_EQ(at(9, 10), 0.0);
    EXPECT_EQ(at(0, 0), 2.0);  // a degree north: 111.24 km
    EXPECT_EQ(at(0, 1), 1.0);
}

TEST(SiteBands, CutCellsOnlyWhereAnEdgeRuns) {
    const SiteBands bands(info_of({0.0, 0.5, 0.1, 0.1, 5, 5}), {{"site", {0.25, 0.25}}},
                          {.edges_km = {30.0}, .split = 1});
    const auto values = values_of(bands, 0);
    const auto row = [&](std::size_t r) { return std::vector<double>(&values[r * 5], &values[r * 5] + 5); };
    // A degree of the equator is 111.32 km, one of the meridian there 110.57 km; half a diagonal is 7.85 km.
    // From the centre 22.26 km to the east the edge is 7.74 km away, from the one to the north (22.11
    // km) 7.89 km; the corners lie at 31.4 km.
    EXPECT_THAT(row(2), ElementsAre(0.5, 0, 0, 0, 0.5));
    EXPECT_THAT(row(0), ElementsAre(1.5, 0.5, 0, 0.5, 1.5));
}

TEST(SiteBands, TakeTheNearestOfSeveralSites) {
    const SiteBands bands(info_of({0.0, 0.5, 1.0, 1.0, 10, 1}), {{"west", {0.5, 0.0}}, {"east", {8.5, 0.0}}},
                          {.edges_km = {1.0, 200.0, 400.0}, .split = 1});
    const auto whole = [](std::vector<double> values) {
        for (auto& value : values)
            value = std::floor(value);
        return values;
    };
    // A degree of the equator is 111.32 km.
    EXPECT_THAT(whole(values_of(bands, 0)), ElementsAre(0, 1, 2, 2, 3, 2, 2, 1, 0, 1));
    EXPECT_THAT(whole(values_of(bands, 1)), ElementsAre(0, 1, 2, 2, 3, 3, 3, 3, 3, 3));
    EXPECT_THAT(whole(values_of(bands, 2)), ElementsAre(3, 3, 3, 3, 3, 2, 2, 1, 0, 1));
    EXPECT_EQ(bands.info().bands, (std::vector<std::string>{"nearest", "west", "east"}));
}

/// Square kilometres within a distance of a site: whole parts, and the parts that an edge cuts.
struct Areas {
    double within = 0.0;
    double cut = 0.0;
};
Areas areas_within(const SiteBands& bands, double part_km2) {
    Areas areas;
    for (const double value : values_of(bands, 0)) {
        if (std::floor(value) == 0.0) areas.within += part_km2;
        if (value != std::floor(value)) areas.cut += part_km2;
    }
    return areas;
}

TEST(SiteBands, MeasureACircleWithinTheCutParts) {
    // UTM: cells of 10 km round the central meridian; a circle of 50 km has 7854 km2 on the ground.
    const auto cells = info_of({430000.0, 70000.0, 10000.0, 10000.0, 14, 14}, {"EPSG:32642"});
    constexpr double circle_km2 = 3.14159265358979 * 50.0 * 50.0;
    double before = 1e9;
    for (const std::size_t split : {1U, 4U, 16U}) {
        const SiteBands bands(cells, {{"site", {69.0, 0.0}}}, {.edges_km = {50.0}, .split = split});
        const double part_km2 = 100.0 / static_cast<double>(split * split);
        const auto areas = areas_within(bands, part_km2);
        // The scale of UTM is 0.9996 on its meridian: 0.08 per cent of the area.
        EXPECT_LT(std::abs(areas.within - circle_km2), areas.cut + 0.001 * circle_km2) << split;
        EXPECT_LT(areas.cut, before);
        before = areas.cut / 2.0;  // the ring of cut parts is as wide as a part: a quarter each time
    }
}

TEST(SiteBands, DivideAsFinelyAsTheSmallestEdgeAsks) {
    const Grid kilometres{500000.0, 100000.0, 1000.0, 1000.0, 10, 10};
    const auto split = [&](double edge_km) {
        return SiteBands(info_of(kilometres, {"EPSG:32642"}), {{"site", {69.0, 0.5}}},
                         {.edges_km = {edge_km}})
            .split();
    };
    EXPECT_EQ(split(50.0), 3U);   // half a diagonal: 707 m; a 200th of 50 km: 250 m
    EXPECT_EQ(split(200.0), 1U);  // 1 km
    EXPECT_EQ(split(1.0), 16U);   // 5 m would be 142 parts: at most 16
}

TEST(SiteBands, DoNotDependOnTheWindow) {
    const SiteBands bands(info_of({69.0, 51.0, 0.1, 0.1, 10, 8}), {{"a", {69.3, 50.5}}, {"b", {69.9, 50.3}}},
                          {.edges_km = {10.0, 25.0}, .split = 4});
    const auto all = values_of(bands, 0);
    std::vector<double> part(7 * 5);
    bands.read(0, {13, 10, 7, 5}, part);
    for (std::size_t row = 0; row < 5; ++row)
        for (std::size_t column = 0; column < 7; ++column)
            EXPECT_EQ(part[row * 7 + column], all[(row + 10) * 40 + column + 13]);
}

TEST(SiteBands, ReachAcrossTheAntimeridianAndAroundThePole) {
    const SiteBands bands(info_of({-180.0, 90.0, 10.0, 1.0, 36, 180}),
                          {{"east", {179.9, 0.5}}, {"north", {0, 89.5}}}, {.edges_km = {600.0}, .split = 1});
    const auto values = values_of(bands, 0);
    EXPECT_EQ(std::floor(values[89 * 36]), 0.0);       // centre 175 W, 0.5 N: 568 km over the antimeridian
    EXPECT_EQ(std::floor(values[89 * 36 + 35]), 0.0);  // 175 E
    EXPECT_EQ(std::floor(values[89 * 36 + 1]), 1.0);
    for (std::size_t column = 0; column < 36; ++column)
        EXPECT_EQ(std::floor(values[36 + column]), 0.0);  // 88.5 N: 112 to 223 km from 89.5 N at any
                                                          // longitude
}

TEST(SiteBands, RefuseWhatCannotBeMeasured) {
    const auto cells = info_of({0.0, 10.0, 1.0, 1.0, 10, 10});
    const auto fault_of = [&](const RasterInfo& info, std::vector<DistanceSite> sites,
                              DistanceOptions options) {
        try {
            SiteBands(info, std::move(sites), options);
        } catch (const Error& error) {
            return describe(error);
        }
        return std::string("no fault");
    };
    const std::vector<DistanceSite> site{{"s", {1.0, 1.0}}};
    EXPECT_THAT(fault_of(cells, site, {{100.0, 50.0}, 0}), HasSubstr("band 50 km comes after 100 km"));
    EXPECT_THAT(fault_of(cells, site, {{}, 0}), HasSubstr("no band"));
    EXPECT_THAT(fault_of(cells, site, {{50.0}, 65}), HasSubstr("1 to 64"));
    EXPECT_THAT(fault_of(cells, {}, {{50.0}, 0}), HasSubstr("no site"));
    EXPECT_THAT(fault_of(cells, {{"Семей", {50.1, 178.7}}}, {{50.0}, 0}),
                testing::AllOf(HasSubstr("'Семей'"), HasSubstr("longitude comes first")));
    EXPECT_THAT(fault_of(info_of({0, 10, 1, 1, 10, 10}, {}), site, {{50.0}, 0}),
                HasSubstr("no coordinate reference system"));
    EXPECT_THAT(fault_of(info_of({0, 95, 1, 1, 10, 10}), site, {{50.0}, 0}), HasSubstr("beyond a pole"));
}

}  // namespace
}  // namespace tendik::access
