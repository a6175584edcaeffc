#include "support/drawn_map.h"
#include "tendik/base/error.h"
#include "tendik/paint/region_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace tendik {
namespace {

using testing::ElementsAre;

constexpr auto none = RegionImage::no_region;

Shape box(double left, double top, double right, double bottom) {
    return {{{{{left, top}, {right, top}, {right, bottom}, {left, bottom}, {left, top}}, {}}}};
}

TEST(PaintRegions, ASampleBelongsToTheRegionAroundItsCentre) {
    // Centres at 0.5, 1.5, 2.5: the box from 0.6 to 2.5 holds 1.5 only, for its right end is open.
    const auto image = paint::paint_regions({box(0.6, 0.4, 2.5, 1.0)}, 3, 2);
    EXPECT_THAT(image.owner, ElementsAre(none, 0, none, none, none, none));
}

TEST(PaintRegions, AnEdgeThroughCentresGivesThemToOneNeighbour) {
    // The common edge x = 1.5 and the outer top y = 0.5 run through centres: half-open, left and top
    // included.
    const auto image = paint::paint_regions({box(0.0, 0.5, 1.5, 1.5), box(1.5, 0.5, 3.0, 1.5)}, 3, 2);
    EXPECT_THAT(image.owner, ElementsAre(0, 1, 1, none, none, none));
}

TEST(PaintRegions, AHoleStaysFree) {
    Shape ring = box(0.0, 0.0, 4.0, 3.0);
    ring.parts[0].holes.push_back(box(1.0, 1.0, 3.0, 2.0).parts[0].outer);
    const auto image = paint::paint_regions({ring}, 4, 3);
    EXPECT_THAT(image.owner, ElementsAre(0, 0, 0, 0, 0, none, none, 0, 0, 0, 0, 0));
}

TEST(PaintRegions, WhatLiesOutsideOfTheImageIsCutOff) {
    const auto image = paint::paint_regions({box(-1e9, -1e9, 1.0, 1e9)}, 2, 2);
    EXPECT_THAT(image.owner, ElementsAre(0, none, 0, none));
    EXPECT_THAT(paint::paint_regions({box(5.0, 5.0, 9.0, 9.0)}, 2, 1).owner, ElementsAre(none, none));
}

TEST(PaintRegions, ACoordinateThatIsNoNumberIsRefused) {
    auto shape = box(0.0, 0.0, 1.0, 1.0);
    shape.parts[0].outer[1].y = std::nan("");
    EXPECT_THROW(paint::paint_regions({shape}, 2, 2), InputError);
}

// A star-shaped ring about the centre with random radii: random, not convex, and never crossing itself.
Shape random_star(std::mt19937& random, const Point& centre, double radius) {
    std::uniform_real_distribution<double> share(0.2, 1.0);
    const int corners = 3 + static_cast<int>(random() % 30);
    Ring ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2.0 * std::numbers::pi * i / corners;
        const double r = radius * share(random);
        ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return {{{ring, {}}}};
}

TEST(PaintRegions, EqualsAskingForEachCentre) {
    std::mt19937 random(20180619);
    std::uniform_real_distribution<double> place(-10.0, 74.0);
    std::size_t inside = 0;
    for (int round = 0; round < 60; ++round) {
        auto shape = random_star(random, {place(random), place(random)}, 50.0);
        shape.parts[0].holes.push_back(
            random_star(random, {place(random), place(random)}, 8.0).parts[0].outer);
        shape.parts.push_back(random_star(random, {place(random), place(random)}, 20.0).parts[0]);
        const auto image = paint::paint_regions({shape}, 64, 48);
        for (std::size_t y = 0; y < 48; ++y)
            for (std::size_t x = 0; x < 64; ++x) {
                // The slow obvious way: even-odd over all rings, one by one.
                const Point centre{static_cast<double>(x) + 0.5, static_cast<double>(y) + 0.5};
                bool in = false;
                for (const auto& part : shape.parts) {
                    in ^= contains({{{part.outer, {}}}}, centre);
                    for (const auto& hole : part.holes)
                        in ^= contains({{{hole, {}}}}, centre);
                }
                ASSERT_EQ(image.owner[y * 64 + x] == 0, in) << "round " << round << " at " << x << ", " << y;
                inside += in ? 1 : 0;
            }
    }
    EXPECT_GT(inside, 10000U);  // the rounds are not empty
}

// Two neighbours left and right of one crooked line; the left one runs down it, the right one up.
std::pair<Shape, Shape> split(const std::vector<Point>& line, double right) {
    Ring west{{0.0, line.front().y}};
    west.insert(west.end(), line.begin(), line.end());
    west.insert(west.end(), {{0.0, line.back().y}, {0.0, line.front().y}});
    Ring east{{right, line.back().y}};
    east.insert(east.end(), line.rbegin(), line.rend());
    east.insert(east.end(), {{right, line.front().y}, {right, line.back().y}});
    return {{{{west, {}}}}, {{{east, {}}}}};
}

TEST(PaintRegions, NeighboursNeitherShareNorLeaveASampleOnACrookedBorder) {
    std::mt19937 random(1997);
    // Corners on halves: many sides run exactly through centres, where the last bit of a crossing decides.
    const auto half = [&random](unsigned from, unsigned to) {
        return 0.5 * static_cast<double>(from + random() % (to - from));
    };
    for (int round = 0; round < 500; ++round) {
        std::vector<Point> line{{half(40, 160), 0.0}};
        while (line.back().y < 85.0)
            line.push_back({half(40, 160), line.back().y + half(1, 30)});
        line.push_back({50.0, 100.0});
        const auto [west, east] = split(line, 100.0);
        const auto a = paint::paint_regions({west}, 100, 100);
        const auto b = paint::paint_regions({east}, 100, 100);
        for (std::size_t i = 0; i < a.owner.size(); ++i)
            ASSERT_NE(a.owner[i] == none, b.owner[i] == none) << "round " << round << ", sample " << i;
    }
}

TEST(PaintRegions, ADrawnMapIsPaintedLetterByLetter) {
    const auto map = test::drawn_map({"AAB", "ACB"});
    std::vector<Shape> shapes;
    for (const auto& region : map.regions) {
        shapes.push_back(region.shape);
        for (auto& part : shapes.back().parts)
            for (auto& point : part.outer)
                point.y = 2.0 - point.y;  // the map's y runs up
    }
    EXPECT_THAT(paint::paint_regions(shapes, 3, 2).owner, ElementsAre(0, 0, 1, 0, 2, 1));
}

}  // namespace
}  // namespace tendik
