#include "tendik/geom/grid.h"

#include <gtest/gtest.h>

namespace tendik {
namespace {

// Four columns of 0.5, three rows of 1, from x = 10 and y = 50 downwards.
constexpr Grid grid{10.0, 50.0, 0.5, 1.0, 4, 3};

TEST(Grid, CellsAreCountedFromTheNorthWestCorner) {
    EXPECT_EQ(grid.centre(0, 0), (Point{10.25, 49.5}));
    EXPECT_EQ(grid.centre(3, 2), (Point{11.75, 47.5}));
    EXPECT_EQ(grid.box().min_y, 47.0);
    EXPECT_EQ(grid.box().max_x, 12.0);
}

TEST(Grid, AWindowHoldsEveryCellThatTheBoxMeets) {
    EXPECT_EQ(window_of(grid, {10.6, 48.2, 11.2, 48.9}), (Window{1, 1, 2, 1}));
    // A box along cell edges takes the cells inside of it only.
    EXPECT_EQ(window_of(grid, {10.5, 48.0, 11.0, 49.0}), (Window{1, 1, 1, 1}));
}

TEST(Grid, ABoxBeyondTheGridIsCutOffAndOneBesideItIsEmpty) {
    EXPECT_EQ(window_of(grid, {0.0, 0.0, 100.0, 100.0}), (Window{0, 0, 4, 3}));
    EXPECT_TRUE(window_of(grid, {13.0, 48.0, 14.0, 49.0}).empty());
    EXPECT_TRUE(window_of(grid, {}).empty());
    EXPECT_TRUE(window_of(Grid{}, {0.0, 0.0, 1.0, 1.0}).empty());
}

TEST(Grid, APartKeepsTheCellsWhereTheyWere) {
    const auto part = part_of(grid, {1, 1, 2, 2});
    EXPECT_EQ(part.centre(0, 0), grid.centre(1, 1));
    EXPECT_EQ(part.columns, 2U);
    EXPECT_EQ(part.rows, 2U);
}

}  // namespace
}  // namespace tendik
