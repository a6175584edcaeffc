#include "tendik/geom/shape.h"

#include "tendik/base/error.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace tendik {
namespace {

Ring rectangle(double min_x, double min_y, double max_x, double max_y) {
    return {{min_x, min_y}, {max_x, min_y}, {max_x, max_y}, {min_x, max_y}, {min_x, min_y}};
}

Ring backwards(Ring ring) {
    std::ranges::reverse(ring);
    return ring;
}

/// A square of 10 with a square hole of 4 in its middle.
Shape frame() { return {{{rectangle(0, 0, 10, 10), {backwards(rectangle(3, 3, 7, 7))}}}}; }

TEST(Box, IsEmptyUntilItIsExtended) {
    Box box;
    EXPECT_TRUE(box.empty());
    box.extend(Point{2.0, -1.0});
    EXPECT_FALSE(box.empty());
    EXPECT_EQ(box.min_x, 2.0);
    EXPECT_EQ(box.max_y, -1.0);
}

TEST(Box, IsNotChangedByAnEmptyBox) {
    Box box{0.0, 0.0, 1.0, 1.0};
    box.extend(Box{});
    EXPECT_EQ(box.min_x, 0.0);
    EXPECT_EQ(box.max_x, 1.0);
}

TEST(Box, GrowsToHoldAnotherBox) {
    Box box{0.0, 0.0, 1.0, 1.0};
    box.extend(Box{-2.0, 0.5, 0.5, 3.0});
    EXPECT_EQ(box.min_x, -2.0);
    EXPECT_EQ(box.min_y, 0.0);
    EXPECT_EQ(box.max_x, 1.0);
    EXPECT_EQ(box.max_y, 3.0);
}

TEST(Box, MeetsABoxThatOnlyTouchesIt) {
    const Box box{0.0, 0.0, 1.0, 1.0};
    EXPECT_TRUE(box.intersects({1.0, 1.0, 2.0, 2.0}));
    EXPECT_FALSE(box.intersects({1.1, 0.0, 2.0, 1.0}));
    EXPECT_FALSE(box.intersects({0.0, -2.0, 1.0, -0.1}));
    EXPECT_FALSE(box.intersects(Box{}));
}

TEST(Shape, BoxHoldsAllParts) {
    const Shape shape{{{rectangle(0, 0, 1, 1), {}}, {rectangle(5, -3, 6, 2), {}}}};
    const auto box = box_of(shape);
    EXPECT_EQ(box.min_x, 0.0);
    EXPECT_EQ(box.min_y, -3.0);
    EXPECT_EQ(box.max_x, 6.0);
    EXPECT_EQ(box.max_y, 2.0);
    EXPECT_TRUE(box_of(Shape{}).empty());
}

TEST(Shape, CountsVerticesOfHolesAndClosingPoints) {
    EXPECT_EQ(vertex_count(frame()), 10U);  // by hand: 5 of the outer ring, 5 of the hole
    EXPECT_EQ(vertex_count(Shape{}), 0U);
}

TEST(Shape, SignedAreaIsPositiveCounterClockwise) {
    EXPECT_EQ(twice_signed_area(rectangle(1, 1, 4, 3)), 12.0);  // by hand: 2 x 3 x 2
    EXPECT_EQ(twice_signed_area(backwards(rectangle(1, 1, 4, 3))), -12.0);
    EXPECT_EQ(twice_signed_area({}), 0.0);
}

TEST(Shape, SignedAreaKeepsItsDigitsFarFromTheOrigin) {
    const double far = 1e8;
    EXPECT_EQ(twice_signed_area(rectangle(far, far, far + 0.5, far + 0.5)), 0.5);  // by hand: 2 x 0.25
}

TEST(Shape, OrientedHasOuterRingsCounterClockwiseAndHolesClockwise) {
    const Shape turned{{{backwards(rectangle(0, 0, 10, 10)), {rectangle(3, 3, 7, 7)}}}};
    const auto shape = oriented(turned);
    EXPECT_GT(twice_signed_area(shape.parts[0].outer), 0.0);
    EXPECT_LT(twice_signed_area(shape.parts[0].holes[0]), 0.0);
    EXPECT_EQ(oriented(shape), shape);
}

TEST(Shape, ContainsItsInsideButNotItsHoles) {
    EXPECT_TRUE(contains(frame(), {1.0, 5.0}));
    EXPECT_FALSE(contains(frame(), {5.0, 5.0}));
    EXPECT_FALSE(contains(frame(), {11.0, 5.0}));
    EXPECT_FALSE(contains(frame(), {-1.0, 5.0}));
    EXPECT_FALSE(contains(Shape{}, {0.0, 0.0}));
}

TEST(Shape, ContainsIsNotMisledByARayThroughAVertex) {
    const Shape diamond{{{{{0, -1}, {1, 0}, {0, 1}, {-1, 0}, {0, -1}}, {}}}};
    EXPECT_TRUE(contains(diamond, {-0.5, 0.0}));
    EXPECT_FALSE(contains(diamond, {-2.0, 0.0}));
    EXPECT_FALSE(contains(diamond, {-0.5, 1.0}));
    EXPECT_FALSE(contains(diamond, {-0.5, -1.0}));
}

TEST(LabelPoint, OfASquareIsItsMiddle) {
    const auto point = label_point({{{rectangle(0, 0, 10, 10), {}}}});
    EXPECT_NEAR(point.x, 5.0, 0.1);
    EXPECT_NEAR(point.y, 5.0, 0.1);
}

TEST(LabelPoint, AvoidsAHoleInTheMiddle) {
    const auto point = label_point(frame());
    EXPECT_TRUE(contains(frame(), point));
    // By hand: the largest circle of a corner touches two outer sides and the corner of the hole:
    // r = (3 - r) sqrt 2, r = 3 sqrt 2 / (1 + sqrt 2) = 1.757.
    const double to_side = std::min({point.x, point.y, 10.0 - point.x, 10.0 - point.y});
    const double hole_x = std::max({3.0 - point.x, point.x - 7.0, 0.0});
    const double hole_y = std::max({3.0 - point.y, point.y - 7.0, 0.0});
    EXPECT_GT(std::min(to_side, std::hypot(hole_x, hole_y)), 1.757 - 0.1);
}

TEST(LabelPoint, LiesInTheArmOfAnL) {
    const Shape corner{{{{{0, 0}, {10, 0}, {10, 1}, {4, 1}, {4, 10}, {0, 10}, {0, 0}}, {}}}};
    const auto point = label_point(corner);
    EXPECT_NEAR(point.x, 2.0, 0.2);  // by hand: half the width of the thick arm
    EXPECT_TRUE(contains(corner, point));
}

TEST(LabelPoint, IsInTheLargestPart) {
    const Shape shape{
        {{rectangle(0, 0, 1, 1), {}}, {rectangle(5, 5, 9, 9), {}}, {rectangle(2, 2, 3, 3), {}}}};
    const auto point = label_point(shape);
    EXPECT_NEAR(point.x, 7.0, 0.04);
    EXPECT_NEAR(point.y, 7.0, 0.04);
}

TEST(LabelPoint, IsInsideASliverFarThinnerThanThePrecision) {
    const Shape sliver{{{{{0, 0}, {1000, 1000}, {1000, 1000.02}, {0, 0.02}, {0, 0}}, {}}}};
    EXPECT_TRUE(contains(sliver, label_point(sliver)));
    const Shape thread{{{rectangle(0, 0, 1e6, 1e-3), {}}}};
    EXPECT_TRUE(contains(thread, label_point(thread)));
}

TEST(LabelPoint, IsTheSameInEveryCall) { EXPECT_EQ(label_point(frame()), label_point(frame())); }

TEST(LabelPoint, OfALineIsOneOfItsPoints) {
    EXPECT_EQ(label_point({{{{{1, 2}, {3, 2}, {4, 2}, {1, 2}}, {}}}}), (Point{1.0, 2.0}));
}

TEST(LabelPoint, RefusesAShapeWithoutParts) { EXPECT_THROW(label_point(Shape{}), InputError); }

}  // namespace
}  // namespace tendik
