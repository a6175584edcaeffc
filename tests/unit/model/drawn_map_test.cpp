#include "support/drawn_map.h"

#include "tendik/geom/validity.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

namespace tendik::test {
namespace {

double area_of(const Shape& shape) {
    double twice = 0.0;
    for (const auto& part : shape.parts) {
        twice += twice_signed_area(part.outer);
        for (const auto& hole : part.holes)
            twice += twice_signed_area(hole);  // negative: clockwise
    }
    return twice / 2.0;
}

const Shape& shape_of(const Boundaries& map, const char* key) {
    return map.regions.at(static_cast<std::size_t>(find_region(map, key).value())).shape;
}

/// Empty when the shape is valid.
std::string find_invalidity_text(const Shape& shape) {
    const auto fault = geom::find_invalidity(shape);
    return fault ? fault->reason : "";
}

TEST(DrawnMap, HasOneRegionPerLetterInAlphabeticalOrder) {
    const auto map = drawn_map({"BA", "CB"});
    ASSERT_EQ(map.regions.size(), 3U);
    EXPECT_EQ(map.regions[0].key, "A");
    EXPECT_EQ(map.regions[2].key, "C");
}

TEST(DrawnMap, TopRowHasTheLargestY) {
    const auto map = drawn_map({"A", "B"});
    EXPECT_EQ(box_of(shape_of(map, "A")).min_y, 1.0);
    EXPECT_EQ(box_of(shape_of(map, "B")).min_y, 0.0);
}

TEST(DrawnMap, ACellIsAClosedSquareCounterClockwise) {
    const auto map = drawn_map({"A"}, {10.0, 20.0}, 0.5);
    ASSERT_EQ(shape_of(map, "A").parts.size(), 1U);
    const auto& ring = shape_of(map, "A").parts[0].outer;
    EXPECT_EQ(ring.size(), 5U);
    EXPECT_EQ(ring.front(), ring.back());
    EXPECT_EQ(twice_signed_area(ring), 0.5);  // by hand: 2 x 0.5 x 0.5
}

TEST(DrawnMap, EveryGridPointOnABorderIsAVertex) {
    const auto map = drawn_map({"AAB", "ACB"});
    EXPECT_EQ(vertex_count(shape_of(map, "A")), 9U);  // by hand: 8 sides and the closing point
    EXPECT_EQ(vertex_count(shape_of(map, "B")), 7U);
}

TEST(DrawnMap, AreaIsTheNumberOfCells) {
    const auto map = drawn_map({"AAAB", "ACAB", "AAA.", "..DD"});
    EXPECT_EQ(area_of(shape_of(map, "A")), 8.0);
    EXPECT_EQ(area_of(shape_of(map, "B")), 2.0);
    EXPECT_EQ(area_of(shape_of(map, "C")), 1.0);
    EXPECT_EQ(area_of(shape_of(map, "D")), 2.0);
}

TEST(DrawnMap, AnEnclosedRegionIsAHole) {
    const auto map = drawn_map({"AAA", "ABA", "AAA"});
    ASSERT_EQ(shape_of(map, "A").parts.size(), 1U);
    ASSERT_EQ(shape_of(map, "A").parts[0].holes.size(), 1U);
    EXPECT_LT(twice_signed_area(shape_of(map, "A").parts[0].holes[0]), 0.0);
    EXPECT_FALSE(contains(shape_of(map, "A"), {1.5, 1.5}));
}

TEST(DrawnMap, AnIslandInALakeIsAPart) {
    const auto map = drawn_map({"AAAAA", "A...A", "A.A.A", "A...A", "AAAAA"});
    const auto& shape = shape_of(map, "A");
    EXPECT_EQ(shape.parts.size(), 2U);
    EXPECT_EQ(area_of(shape), 17.0);  // by hand: 16 of the shore and 1 of the island
    EXPECT_TRUE(contains(shape, {2.5, 2.5}));
    EXPECT_FALSE(contains(shape, {1.5, 2.5}));
}

TEST(DrawnMap, AHoleOnTheIslandBelongsToTheIsland) {
    const auto map = drawn_map({"AAAAAAA", "A.....A", "A.AAA.A", "A.ABA.A", "A.AAA.A", "A.....A", "AAAAAAA"});
    EXPECT_EQ(area_of(shape_of(map, "A")), 32.0);  // by hand: 24 of the shore and 8 of the island
    EXPECT_EQ(find_invalidity_text(shape_of(map, "A")), "");
}

TEST(DrawnMap, CellsThatMeetAtACornerAreSeparateParts) {
    const auto map = drawn_map({"A.", ".A"});
    EXPECT_EQ(shape_of(map, "A").parts.size(), 2U);
    const auto other = drawn_map({".A", "A."});
    EXPECT_EQ(shape_of(other, "A").parts.size(), 2U);
}

// Every drawing of three rows and three columns with two letters and the outside.
TEST(DrawnMap, EveryDrawingOfNineCellsIsValid) {
    for (int code = 0; code < 19683; ++code) {  // 3^9
        std::vector<std::string> rows(3, "...");
        std::size_t cells = 0;
        int rest = code;
        for (auto& row : rows)
            for (auto& cell : row) {
                cell = ".AB"[rest % 3];
                cells += cell == 'A' ? 1 : 0;
                rest /= 3;
            }
        const auto map = drawn_map(rows);
        for (const auto& region : map.regions) {
            ASSERT_EQ(find_invalidity_text(region.shape), "") << rows[0] << '/' << rows[1] << '/' << rows[2];
            if (region.key == "A") {
                ASSERT_EQ(area_of(region.shape), static_cast<double>(cells));
            }
        }
    }
}

TEST(DrawnMap, OfNothingHasNoRegions) {
    EXPECT_TRUE(drawn_map({}).regions.empty());
    EXPECT_TRUE(drawn_map({"..", ".."}).regions.empty());
}

}  // namespace
}  // namespace tendik::test
