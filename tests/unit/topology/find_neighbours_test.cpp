#include "tendik/topology/find_neighbours.h"

#include "support/drawn_map.h"
#include "tendik/base/error.h"

#include <gtest/gtest.h>

namespace tendik {
namespace {

using test::drawn_map;

std::string neighbours_of(const Boundaries& map, std::string_view key, NeighbourOptions options) {
    const auto neighbours = topology::find_neighbours(map, options);
    std::string keys;
    for (const auto& neighbour : neighbours.of[static_cast<std::size_t>(*find_region(map, std::string(key)))])
        keys += map.regions[static_cast<std::size_t>(neighbour.region)].key;
    return keys;
}

constexpr NeighbourOptions queen{};
constexpr NeighbourOptions rook{Contiguity::rook};

TEST(FindNeighbours, AQueenSeesCornersAndARookDoesNot) {
    const auto map = drawn_map({"AB", "CD"});
    EXPECT_EQ(neighbours_of(map, "A", queen), "BCD");
    EXPECT_EQ(neighbours_of(map, "A", rook), "BC");
}

TEST(FindNeighbours, ACityInsideIsANeighbourOfItsRegionOnly) {
    const auto map = drawn_map({"AAAB", "ACAB", "AAAB"});
    EXPECT_EQ(neighbours_of(map, "C", queen), "A");
    EXPECT_EQ(neighbours_of(map, "A", rook), "BC");
}

TEST(FindNeighbours, ARegionApartHasNone) {
    const auto map = drawn_map({"A.B", "A.B"});
    EXPECT_EQ(neighbours_of(map, "A", queen), "");
}

TEST(FindNeighbours, ASnapBridgesAGapThatItIsToldOf) {
    auto map = drawn_map({"AB"});
    for (auto& point : map.regions[1].shape.parts[0].outer)
        point.x += 0.001;
    EXPECT_EQ(neighbours_of(map, "A", queen), "");
    EXPECT_EQ(neighbours_of(map, "A", {Contiguity::rook, 0.01}), "B");
}

TEST(FindNeighbours, ABorderNeedsNoCommonVertices) {
    // A is drawn on a grid twice as coarse: the border of 2 has no vertex of A in its middle.
    auto map = drawn_map({"B", "B"}, {2.0, 0.0});
    map.regions.push_back(drawn_map({"A"}, {0.0, 0.0}, 2.0).regions.front());
    const auto neighbours = topology::find_neighbours(map, rook);
    ASSERT_EQ(neighbours.of[0].size(), 1U);
    EXPECT_EQ(neighbours.of[1].size(), 1U);
}

TEST(FindNeighbours, LengthsOfBordersAreMetresOnTheEllipsoid) {
    const auto map = drawn_map({"AB"}, {70.0, 50.0});
    const auto neighbours = topology::find_neighbours(map, rook);
    ASSERT_EQ(neighbours.of[0].size(), 1U);
    // Meridian arc of WGS 84 from 50 to 51 degrees, integrated numerically: 111238.681 m
    EXPECT_NEAR(neighbours.of[0][0].border_length, 111238.681, 0.5);
}

TEST(FindNeighbours, RefusesASnapBelowZero) {
    EXPECT_THROW(topology::find_neighbours(drawn_map({"AB"}), {Contiguity::queen, -1.0}), UsageError);
}

}  // namespace
}  // namespace tendik
