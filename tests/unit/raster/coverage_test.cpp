#include "tendik/raster/coverage.h"

#include "support/drawn_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <random>

namespace tendik::raster {
namespace {

using Matrix = std::vector<std::vector<double>>;

/// All shares of a grid as a table, north at the top.
Matrix matrix_of(const Coverage& coverage, std::size_t columns, std::size_t rows) {
    Matrix matrix(rows, std::vector<double>(columns, 0.0));
    for (std::size_t row = 0; row < rows; ++row)
        for (const auto& span : coverage.row(row))
            for (std::size_t i = 0; i < span.columns; ++i)
                matrix[row][span.column + i] = span.share;
    return matrix;
}

Shape polygon(Ring outer, std::vector<Ring> holes = {}) { return {{{std::move(outer), std::move(holes)}}}; }

Matrix shares(Ring ring, const Grid& grid) {
    return matrix_of(cover(polygon(std::move(ring)), grid), grid.columns, grid.rows);
}

void expect_equal(const Matrix& actual, const Matrix& expected) {
    ASSERT_EQ(actual.size(), expected.size());
    for (std::size_t row = 0; row < expected.size(); ++row)
        for (std::size_t column = 0; column < expected[row].size(); ++column)
            EXPECT_NEAR(actual[row][column], expected[row][column], 1e-15)
                << "row " << row << ", column " << column;
}

/// The part of a ring on one side of a line (Sutherland and Hodgman 1974).
Ring clipped(const Ring& ring, bool by_x, double limit, double side) {
    const auto position = [&](const Point& point) { return side * ((by_x ? point.x : point.y) - limit); };
    Ring result;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const double a = position(ring[i]);
        const double b = position(ring[i + 1]);
        if (a >= 0.0) result.push_back(ring[i]);
        if ((a >= 0.0) == (b >= 0.0)) continue;
        const double t = a / (a - b);
        result.push_back(
            {ring[i].x + t * (ring[i + 1].x - ring[i].x), ring[i].y + t * (ring[i + 1].y - ring[i].y)});
    }
    if (!result.empty()) result.push_back(result.front());
    return result;
}

/// The slow way: every ring cut by the four sides of every cell.
double share_by_clipping(const Shape& shape, double west, double east, double south, double north) {
    double sum = 0.0;
    const auto surface = [&](const Ring& ring) {
        const auto cut =
            clipped(clipped(clipped(clipped(ring, true, west, 1.0), true, east, -1.0), false, south, 1.0),
                    false, north, -1.0);
        return std::abs(twice_signed_area(cut)) / 2.0;
    };
    for (const auto& part : shape.parts) {
        sum += surface(part.outer);
        for (const auto& hole : part.holes)
            sum -= surface(hole);
    }
    return sum / ((east - west) * (north - south));
}

Ring star(const Point& centre, double radius, int points, double phase) {
    Ring ring;
    for (int i = 0; i < points; ++i) {
        const double angle = phase + 2.0 * std::numbers::pi * i / points;
        const double r = radius * (i % 2 == 0 ? 1.0 : 0.55);
        ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return ring;
}

/// The drawn map turned and moved, so that its borders cross cells anyhow.
Boundaries turned(Boundaries map, double angle, double scale, const Point& shift) {
    for (auto& region : map.regions)
        for (auto& part : region.shape.parts) {
            const auto move = [&](Ring& ring) {
                for (auto& point : ring)
                    point = {shift.x + scale * (point.x * std::cos(angle) - point.y * std::sin(angle)),
                             shift.y + scale * (point.x * std::sin(angle) + point.y * std::cos(angle))};
            };
            move(part.outer);
            for (auto& hole : part.holes)
                move(hole);
        }
    return map;
}

// The expected tables of the next five tests: exactextract 0.3, test/test_raster_cell_intersection.cpp.

TEST(Coverage, OfASquareBetweenCells) {
    expect_equal(shares({{0.5, 0.5}, {2.5, 0.5}, {2.5, 2.5}, {0.5, 2.5}, {0.5, 0.5}}, {0, 3, 1, 1, 3, 3}),
                 {{0.25, 0.5, 0.25}, {0.5, 1.0, 0.5}, {0.25, 0.5, 0.25}});
}

TEST(Coverage, OfADiamond) {
    expect_equal(shares({{1.5, 0.5}, {2.5, 1.5}, {1.5, 2.5}, {0.5, 1.5}, {1.5, 0.5}}, {0, 3, 1, 1, 3, 3}),
                 {{0.0, 0.25, 0.0}, {0.25, 1.0, 0.25}, {0.0, 0.25, 0.0}});
}

TEST(Coverage, OfARingThatTouchesALineWithACorner) {
    expect_equal(
        shares({{0.5, 1.5}, {0.5, 0.5}, {0.5, 0.0}, {1.5, 0.5}, {1.5, 1.5}, {0.5, 1.5}}, {0, 2, 1, 1, 2, 3}),
        {{0.25, 0.25}, {0.4375, 0.3125}, {0.0, 0.0}});
}

TEST(Coverage, OfARingAlongALine) {
    expect_equal(
        shares({{0.5, 0.5}, {2, 0.5}, {2, 1.5}, {2, 2.5}, {0.5, 2.5}, {0.5, 0.5}}, {0, 3, 1, 1, 3, 3}),
        {{0.25, 0.5, 0.0}, {0.5, 1.0, 0.0}, {0.25, 0.5, 0.0}});
}

TEST(Coverage, OfAnAlmostClosedHorseshoe) {
    expect_equal(
        shares({{0.5, 0.2},
                {2.2, 0.2},
                {2.2, 0.4},
                {0.7, 0.4},
                {0.7, 2.2},
                {2.2, 2.2},
                {2.2, 0.6},
                {2.4, 0.6},
                {2.4, 4.8},
                {0.5, 4.8},
                {0.5, 0.2}},
               {0, 5, 1, 1, 3, 5}),
        {{0.40, 0.80, 0.32}, {0.50, 1.00, 0.40}, {0.44, 0.80, 0.36}, {0.20, 0.00, 0.20}, {0.22, 0.20, 0.12}});
}

TEST(Coverage, OfARegionSmallerThanACell) {
    // 1 x 1 in a cell of 10 x 10
    expect_equal(shares({{3, 3}, {4, 3}, {4, 4}, {3, 4}, {3, 3}}, {0, 10, 10, 10, 1, 1}), {{0.01}});
}

TEST(Coverage, OfARingThroughCornersHalvesTheCells) {
    expect_equal(shares({{0, 0}, {3, 3}, {0, 3}, {0, 0}}, {0, 3, 1, 1, 3, 3}),
                 {{1.0, 1.0, 0.5}, {1.0, 0.5, 0.0}, {0.5, 0.0, 0.0}});  // by hand
}

TEST(Coverage, AlongCellEdgesIsRunsOnly) {
    const auto coverage = cover(polygon({{2, 1}, {9, 1}, {9, 3}, {2, 3}, {2, 1}}), {0, 4, 1, 1, 10, 4});
    ASSERT_EQ(coverage.first_row(), 1U);
    EXPECT_THAT(coverage.row(1), testing::ElementsAre(CoverSpan{2, 7, 1.0}));
    EXPECT_THAT(coverage.row(2), testing::ElementsAre(CoverSpan{2, 7, 1.0}));
    EXPECT_EQ(coverage.span_count(), 2U);
}

TEST(Coverage, LeavesOutHolesAndCountsIslandsInThem) {
    // A square of 6 with a hole of 4, in it a part of 2; rings run either way.
    Shape shape =
        polygon({{0, 0}, {6, 0}, {6, 6}, {0, 6}, {0, 0}}, {{{1, 1}, {5, 1}, {5, 5}, {1, 5}, {1, 1}}});
    shape.parts.push_back({{{2, 2}, {2, 4}, {4, 4}, {4, 2}, {2, 2}}, {}});
    const auto coverage = cover(shape, {0, 6, 1, 1, 6, 6});
    EXPECT_DOUBLE_EQ(cell_count(coverage), 36.0 - 16.0 + 4.0);
    EXPECT_THAT(coverage.row(2),
                testing::ElementsAre(CoverSpan{0, 1, 1.0}, CoverSpan{2, 2, 1.0}, CoverSpan{5, 1, 1.0}));
}

TEST(Coverage, CutsARegionThatReachesBeyondTheGrid) {
    expect_equal(shares({{-50, -50}, {1.5, -50}, {1.5, 1.5}, {-50, 1.5}, {-50, -50}}, {0, 3, 1, 1, 3, 3}),
                 {{0, 0, 0}, {0.5, 0.25, 0}, {1, 0.5, 0}});  // by hand
}

TEST(Coverage, IsTheSameInAWindow) {
    const Grid grid{0.0, 20.0, 0.7, 0.9, 30, 22};
    const auto shape = polygon(star({9.0, 10.0}, 8.5, 14, 0.3), {star({9.0, 10.0}, 2.0, 10, 0.1)});
    const auto whole = matrix_of(cover(shape, grid), grid.columns, grid.rows);
    const Window window{7, 5, 9, 8};
    const auto part = matrix_of(cover(shape, grid, window, CoverMethod::exact), grid.columns, grid.rows);
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < grid.columns; ++column) {
            const bool inside = row >= 5 && row < 13 && column >= 7 && column < 16;
            EXPECT_NEAR(part[row][column], inside ? whole[row][column] : 0.0, 1e-14);
        }
}

TEST(Coverage, EqualsCuttingEveryCell) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> place(-2.0, 12.0);
    for (int round = 0; round < 200; ++round) {
        const Grid grid{
            place(random), 8.0 + place(random), 0.25 + round % 5 * 0.21, 0.3 + round % 7 * 0.17, 23, 19};
        const Point centre{place(random), place(random)};
        const auto shape = polygon(star(centre, 5.0, 6 + 2 * (round % 9), 0.1 * round),
                                   {star(centre, 1.5, 8, 0.05 * round)});
        const auto fast = matrix_of(cover(shape, grid), grid.columns, grid.rows);
        for (std::size_t row = 0; row < grid.rows; ++row)
            for (std::size_t column = 0; column < grid.columns; ++column) {
                const auto c = static_cast<double>(column);
                const auto r = static_cast<double>(row);
                ASSERT_NEAR(
                    fast[row][column],
                    share_by_clipping(shape, grid.x_of(c), grid.x_of(c + 1), grid.y_of(r + 1), grid.y_of(r)),
                    1e-12);
            }
    }
}

TEST(Coverage, OnUnevenLinesEqualsCuttingEveryCell) {
    const GridLines lines{{-1.0, 0.2, 0.3, 2.0, 2.75, 6.0}, {7.0, 5.5, 5.4, 3.0, 0.0}};
    const auto shape = polygon(star({2.0, 3.1}, 3.2, 12, 0.2), {star({2.0, 3.1}, 0.8, 6, 0.0)});
    const auto fast = matrix_of(cover(shape, lines, CoverMethod::exact), 5, 4);
    for (std::size_t row = 0; row < 4; ++row)
        for (std::size_t column = 0; column < 5; ++column)
            EXPECT_NEAR(fast[row][column],
                        share_by_clipping(shape, lines.x[column], lines.x[column + 1], lines.y[row + 1],
                                          lines.y[row]),
                        1e-12);
}

TEST(Coverage, SharesOfNeighboursAddUpToOne) {
    const auto map = turned(test::drawn_map({"AAABB", "ACABD", "ACCDD", "EECDD"}), 0.37, 1.9, {61.3, 44.7});
    const Grid grid{55.0, 60.0, 0.083, 0.0611, 160, 240};
    Matrix sum(grid.rows, std::vector<double>(grid.columns, 0.0));
    for (const auto& region : map.regions) {
        const auto matrix = matrix_of(cover(region.shape, grid), grid.columns, grid.rows);
        for (std::size_t row = 0; row < grid.rows; ++row)
            for (std::size_t column = 0; column < grid.columns; ++column)
                sum[row][column] += matrix[row][column];
    }
    // Cells whose four corners, and so all of which, lie in the turned rectangle of 5 x 4.
    int inner = 0;
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < grid.columns; ++column) {
            bool inside = true;
            for (const auto& [dx, dy] :
                 std::array<std::pair<double, double>, 4>{{{0, 0}, {1, 0}, {0, 1}, {1, 1}}}) {
                const double x = grid.x_of(static_cast<double>(column) + dx) - 61.3;
                const double y = grid.y_of(static_cast<double>(row) + dy) - 44.7;
                const double u = (x * std::cos(0.37) + y * std::sin(0.37)) / 1.9;
                const double v = (-x * std::sin(0.37) + y * std::cos(0.37)) / 1.9;
                inside = inside && u > 0.0 && u < 5.0 && v > 0.0 && v < 4.0;
            }
            if (!inside) continue;
            ++inner;
            ASSERT_NEAR(sum[row][column], 1.0, 1e-12);
        }
    EXPECT_GT(inner, 10000);
}

TEST(Coverage, ByCentresGivesEachCellToOneNeighbour) {
    // Borders run through centres: x = 0.5 and y = 1.5 are borders and lines of centres.
    const auto map = test::drawn_map({"AB", "CD"}, {-1.5, -0.5}, 2.0);
    const Grid grid{-1.0, 3.0, 1.0, 1.0, 3, 3};
    Matrix sum(3, std::vector<double>(3, 0.0));
    for (const auto& region : map.regions) {
        const auto matrix = matrix_of(cover(region.shape, grid, CoverMethod::centre), 3, 3);
        for (std::size_t row = 0; row < 3; ++row)
            for (std::size_t column = 0; column < 3; ++column)
                sum[row][column] += matrix[row][column];
    }
    EXPECT_EQ(sum, (Matrix{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}));
}

TEST(Coverage, ByCentresAndByTouchAreWholeCells) {
    const auto shape = polygon({{0.4, 0.4}, {2.6, 0.4}, {2.6, 1.6}, {0.4, 1.6}, {0.4, 0.4}});
    const Grid grid{0, 3, 1, 1, 4, 3};
    expect_equal(matrix_of(cover(shape, grid, CoverMethod::centre), 4, 3),
                 {{0, 0, 0, 0}, {1, 1, 1, 0}, {1, 1, 1, 0}});
    const auto small = polygon({{0.6, 0.6}, {2.2, 0.6}, {2.2, 1.2}, {0.6, 1.2}, {0.6, 0.6}});
    expect_equal(matrix_of(cover(small, grid, CoverMethod::centre), 4, 3),
                 {{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}});
    expect_equal(matrix_of(cover(small, grid, CoverMethod::touched), 4, 3),
                 {{0, 0, 0, 0}, {1, 1, 1, 0}, {1, 1, 1, 0}});
}

TEST(Coverage, OfARegionElsewhereIsEmpty) {
    EXPECT_TRUE(cover(polygon({{10, 10}, {11, 10}, {11, 11}, {10, 10}}), {0, 3, 1, 1, 3, 3}).empty());
    EXPECT_TRUE(cover({}, {0, 3, 1, 1, 3, 3}).empty());
}

}  // namespace
}  // namespace tendik::raster
