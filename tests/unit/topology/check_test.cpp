#include "tendik/topology/check.h"

#include "geojson_map.h"
#include "support/drawn_map.h"
#include "tendik/base/error.h"
#include "tendik/geom/validity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace tendik::topology {
namespace {

using test::drawn_map;
using testing::HasSubstr;

TEST(Repair, LeavesAValidMapAlone) {
    const auto map = drawn_map({"AAB", "ACB"});
    Findings findings;
    const auto same = repair(map, findings);
    EXPECT_TRUE(findings.empty());
    for (std::size_t i = 0; i < map.regions.size(); ++i)
        EXPECT_EQ(same.regions[i].shape, map.regions[i].shape);
}

TEST(Repair, NamesRegionReasonPlaceAndAreas) {
    auto map = drawn_map({"AB"});
    map.crs = {};
    map.regions[0].shape = {{Polygon{{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}, {}}}};  // a bow tie
    Findings findings;
    const auto repaired = repair(map, findings);
    ASSERT_EQ(findings.count_of("repaired-polygon"), 1U);
    const auto& finding = findings.all().front();
    EXPECT_EQ(finding.where, "region 'A'");
    EXPECT_THAT(finding.text, HasSubstr("Self-intersection at 1.00000 1.00000"));
    // By hand: the two wings turn in opposite senses, 1 - 1 = 0; each has area 1.
    EXPECT_THAT(finding.text, HasSubstr("area 0 squared units"));
    EXPECT_THAT(finding.text, HasSubstr("-> 2 squared units"));
    EXPECT_FALSE(geom::find_invalidity(repaired.regions[0].shape));
}

TEST(Repair, RefusesARegionWithoutArea) {
    auto map = drawn_map({"AB"});
    map.regions[1].shape = {{Polygon{{{0, 0}, {1, 1}, {0, 0}, {0, 0}}, {}}}};
    Findings findings;
    EXPECT_THROW(repair(map, findings), InputError);
}

TEST(Repair, RefusesCoordinatesThatAreNoNumbers) {
    auto map = drawn_map({"AB"});
    map.regions[1].shape.parts[0].outer[1].y = std::numeric_limits<double>::quiet_NaN();
    Findings findings;
    try {
        repair(map, findings);
        FAIL() << "a vertex that is no place was accepted";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), HasSubstr("region 'B'"));
    }
}

TEST(CheckCoverage, FindsNothingInAPlainCoverage) {
    Findings findings;
    check_coverage(drawn_map({"AAB", "ACB", "DDD"}), findings);
    EXPECT_TRUE(findings.empty());
}

TEST(CheckCoverage, NamesBothRegionsThatOverlap) {
    auto map = drawn_map({"AB"});
    map.crs = {};
    map.regions[1].shape = {{Polygon{{{0.5, 0}, {2, 0}, {2, 1}, {0.5, 1}, {0.5, 0}}, {}}}};
    Findings findings;
    check_coverage(map, findings);
    ASSERT_EQ(findings.count_of("overlap"), 1U);
    EXPECT_THAT(findings.all().front().text, HasSubstr("'A' and 'B' overlap in 0.5 squared units"));
}

TEST(CheckCoverage, GivesTheSizeOfAnOverlapInKm2) {
    auto map = drawn_map({"AB"});
    map.regions[1].shape = {{Polygon{{{0.5, 0}, {2, 0}, {2, 1}, {0.5, 1}, {0.5, 0}}, {}}}};
    Findings findings;
    check_coverage(map, findings);
    ASSERT_EQ(findings.count_of("overlap"), 1U);
    // By hand, WGS 84 at the equator: half a degree of longitude, 0.5 * 111.320 km, times one of latitude,
    // 110.574 km: 6155 km2, and a little less because the meridians meet.
    EXPECT_THAT(findings.all().front().text, testing::ContainsRegex("overlap in 615[0-9.]+ km2"));
    EXPECT_EQ(findings.all().front().where, "0.75000 0.50000");  // from 0.5 to 1 east, from 0 to 1 north
}

TEST(CheckCoverage, FindsAGapAndNamesTheRegionsAroundIt) {
    auto map = drawn_map({"AAB", "A.B", "CCB"});
    map.crs = {};
    Findings findings;
    check_coverage(map, findings);
    ASSERT_EQ(findings.count_of("gap"), 1U);
    EXPECT_THAT(findings.all().front().text, HasSubstr("no region fills 1 squared units at 1.50000 1.50000"));
    EXPECT_THAT(findings.all().front().text, HasSubstr("enclosed by 'A', 'B', 'C'"));
    Findings allowed;
    check_coverage(map, allowed, true);
    EXPECT_TRUE(allowed.empty());
}

/// A line from (x0, y) to (x1, y) in `steps` parts that waves by less than a hundredth of a degree; its ends
/// do not. Everybody who asks for it gets the same points.
Ring waving_line(double x0, double x1, double y, int steps) {
    Ring line;
    for (int i = 0; i <= steps; ++i) {
        const auto wave = i == 0 || i == steps ? 0.0 : ((i * 7919) % 1009 - 504) / 1009.0 / 60.0;
        line.push_back({x0 + (x1 - x0) * i / steps, y + wave});
    }
    return line;
}

/// Two regions of 60,000 vertices each that share a border of 29,999: the northern with a hole and an island,
/// the southern with another, whose corner lies over the first. The hole has no owner.
Boundaries detailed_map() {
    constexpr int steps = 29'998;
    auto map = drawn_map({"A", "B"});
    const auto north = waving_line(0, 10, 50, steps);
    const auto border = waving_line(0, 10, 45, steps);
    const auto south = waving_line(0, 10, 40, steps);
    const auto between = [](const Ring& below, const Ring& above) {
        auto ring = below;
        ring.insert(ring.end(), above.rbegin(), above.rend());
        ring.push_back(ring.front());
        return ring;
    };
    const auto square = [](double x, double y, double side) {
        return Ring{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}};
    };
    map.regions[0].shape = {
        {Polygon{between(border, north), {square(5, 47, 0.1)}}, Polygon{square(12, 47, 1), {}}}};
    map.regions[1].shape = {{Polygon{between(south, border), {}}, Polygon{square(12.9, 47.9, 1), {}}}};
    return map;
}

TEST(CheckCoverage, TellsPlaceAndSizeInRegionsOfSixtyThousandVertices) {
    Findings findings;
    check_coverage(repair(detailed_map(), findings), findings);
    ASSERT_EQ(findings.all().size(), 2U);
    EXPECT_EQ(findings.all()[0].code, "overlap");
    // The islands share a square of 0.1 degrees from 12.9 47.9: by hand 0.1 * 111.2 km by 0.1 * 111.3 km *
    // cos 47.95 = 82.9 km2.
    EXPECT_EQ(findings.all()[0].where, "12.95000 47.95000");
    EXPECT_THAT(findings.all()[0].text, testing::ContainsRegex("overlap in 8[23][0-9.]+ km2"));
    EXPECT_EQ(findings.all()[1].code, "gap");
    // 0.1 * 111.2 km by 0.1 * 111.3 km * cos 47.05 = 84.3 km2.
    EXPECT_EQ(findings.all()[1].where, "5.05000 47.05000");
    EXPECT_THAT(findings.all()[1].text, testing::ContainsRegex("no region fills 84[0-9.]* km2"));
    EXPECT_THAT(findings.all()[1].text, HasSubstr("enclosed by 'A'"));
}

TEST(CheckCoverage, KazakhstanHasNeitherGapNorOverlap) {
    const std::string path = TENDIK_SOURCE_DIR "/geodata/kazakhstan/regions_2018.geojson";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "the sample boundaries are not built";
    Findings findings;
    check_coverage(test::read_geojson_map(path), findings);
    for (const auto& finding : findings.all())
        ADD_FAILURE() << finding.text;
}

}  // namespace
}  // namespace tendik::topology
