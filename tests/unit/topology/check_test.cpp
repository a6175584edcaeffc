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
    // By hand: 0.5 square degrees at the equator, 0.5 * 111.195^2 = 6182 km2.
    EXPECT_THAT(findings.all().front().text, testing::ContainsRegex("overlap in 618[0-9.]+ km2"));
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
