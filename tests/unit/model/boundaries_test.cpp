#include "tendik/model/boundaries.h"

#include "support/drawn_map.h"

#include <gtest/gtest.h>

namespace tendik {
namespace {

TEST(Boundaries, FindsARegionByItsKey) {
    const auto map = test::drawn_map({"CAB"});
    EXPECT_EQ(find_region(map, "A"), RegionIndex{0});
    EXPECT_EQ(find_region(map, "C"), RegionIndex{2});
    EXPECT_EQ(find_region(map, "a"), std::nullopt) << "keys are compared letter by letter";
    EXPECT_EQ(find_region(map, ""), std::nullopt);
}

TEST(Boundaries, BoxHoldsAllRegions) {
    const auto box = box_of(test::drawn_map({".A", "B."}, {10.0, 20.0}, 2.0));
    EXPECT_EQ(box.min_x, 10.0);
    EXPECT_EQ(box.min_y, 20.0);
    EXPECT_EQ(box.max_x, 14.0);
    EXPECT_EQ(box.max_y, 24.0);
    EXPECT_TRUE(box_of(Boundaries{}).empty());
}

TEST(Boundaries, RegionWithoutGeometryDoesNotWidenTheBox) {
    auto map = test::drawn_map({"A"});
    map.regions.emplace_back();
    EXPECT_EQ(box_of(map).max_x, 1.0);
}

TEST(Region, IsGeneralisedWhenItsOutlineSaysSo) {
    Region region;
    EXPECT_FALSE(region.generalised());
    region.outline = "natural-earth";
    EXPECT_FALSE(region.generalised());
    region.outline = "generalised-circle";
    EXPECT_TRUE(region.generalised());
}

}  // namespace
}  // namespace tendik
