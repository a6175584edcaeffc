#include "tendik/geom/validity.h"

#include "tendik/base/error.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <vector>

namespace tendik::geom {
namespace {

using testing::HasSubstr;

Ring rectangle(double min_x, double min_y, double max_x, double max_y) {
    return {{min_x, min_y}, {max_x, min_y}, {max_x, max_y}, {min_x, max_y}, {min_x, min_y}};
}

Shape square(double x, double y, double size) { return {{{rectangle(x, y, x + size, y + size), {}}}}; }

/// Two triangles that touch at (1, 1), drawn as one ring that crosses itself there.
Shape bow_tie() { return {{{{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}, {}}}}; }

double area_of(const Shape& shape) {
    double twice = 0.0;
    for (const auto& part : shape.parts) {
        twice += std::abs(twice_signed_area(part.outer));
        for (const auto& hole : part.holes)
            twice -= std::abs(twice_signed_area(hole));
    }
    return twice / 2.0;
}

TEST(Validity, NothingIsWrongWithASquareOrWithNothing) {
    EXPECT_FALSE(find_invalidity(square(0, 0, 1)));
    EXPECT_FALSE(find_invalidity({{{rectangle(0, 0, 9, 9), {rectangle(1, 1, 2, 2)}}}}));
    EXPECT_FALSE(find_invalidity(Shape{}));
}

TEST(Validity, FindsWhereARingCrossesItself) {
    const auto fault = find_invalidity(bow_tie());
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->reason, "Self-intersection");
    EXPECT_EQ(fault->place, (Point{1.0, 1.0}));  // by hand: the diagonals meet in the middle
}

TEST(Validity, FindsPartsThatOverlapAndHolesOutside) {
    EXPECT_TRUE(find_invalidity({{{rectangle(0, 0, 2, 2), {}}, {rectangle(1, 1, 3, 3), {}}}}));
    const auto fault = find_invalidity({{{rectangle(0, 0, 2, 2), {rectangle(5, 5, 6, 6)}}}});
    ASSERT_TRUE(fault);
    EXPECT_THAT(fault->reason, HasSubstr("Hole"));
}

TEST(Validity, FindsRingsThatAreOpenShortOrNotFinite) {
    const auto open = find_invalidity({{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}}}});
    ASSERT_TRUE(open);
    EXPECT_EQ(open->reason, "Ring is not closed");
    const auto shorter = find_invalidity({{{{{4, 5}, {1, 0}, {4, 5}}, {}}}});
    ASSERT_TRUE(shorter);
    EXPECT_EQ(shorter->place, (Point{4.0, 5.0}));
    auto shape = square(0, 0, 1);
    shape.parts[0].outer[1].y = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(find_invalidity(shape));
}

TEST(Repair, TurnsABowTieIntoItsTwoTriangles) {
    const auto shape = repaired(bow_tie());
    EXPECT_EQ(shape.parts.size(), 2U);
    EXPECT_DOUBLE_EQ(area_of(shape), 2.0);  // by hand: two triangles of base 2 and height 1
    EXPECT_FALSE(find_invalidity(shape));
}

TEST(Repair, CoversOverlappingPartsOnce) {
    const auto shape = repaired({{{rectangle(0, 0, 2, 2), {}}, {rectangle(1, 1, 3, 3), {}}}});
    EXPECT_DOUBLE_EQ(area_of(shape), 7.0);  // by hand: 4 + 4 - 1
    EXPECT_FALSE(find_invalidity(shape));
}

TEST(Repair, DropsSpikesAndKeepsTheOrientationOfRFC7946) {
    const auto shape = repaired({{{{{0, 0}, {0, 2}, {2, 2}, {5, 2}, {2, 2}, {2, 0}, {0, 0}}, {}}}});
    ASSERT_EQ(shape.parts.size(), 1U);
    EXPECT_DOUBLE_EQ(twice_signed_area(shape.parts[0].outer), 8.0);
}

TEST(Repair, ClosesOpenRings) {
    const auto shape = repaired({{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}}}});
    EXPECT_DOUBLE_EQ(area_of(shape), 1.0);
}

TEST(Repair, RefusesAShapeWithoutAnArea) {
    EXPECT_THROW(repaired({{{{{0, 0}, {1, 1}, {2, 2}, {0, 0}}, {}}}}), InputError);
    EXPECT_THROW(repaired(Shape{}), InputError);
}

TEST(Union, HasNoInnerBorder) {
    const std::vector<Shape> shapes{square(0, 0, 1), square(1, 0, 1), square(5, 5, 1)};
    const auto all = union_of(shapes);
    EXPECT_EQ(all.parts.size(), 2U);
    EXPECT_DOUBLE_EQ(area_of(all), 3.0);
}

TEST(Union, CountsOverlapsOnce) {
    const std::vector<Shape> shapes{square(0, 0, 2), square(1, 1, 2)};
    EXPECT_DOUBLE_EQ(area_of(union_of(shapes)), 7.0);  // by hand: 4 + 4 - 1
}

TEST(Union, KeepsTheHoleThatShapesEnclose) {
    const std::vector<Shape> ring{{{{rectangle(0, 0, 3, 1), {}}, {rectangle(0, 2, 3, 3), {}}}},
                                  {{{rectangle(0, 1, 1, 2), {}}, {rectangle(2, 1, 3, 2), {}}}}};
    const auto all = union_of(ring);
    ASSERT_EQ(all.parts.size(), 1U);
    ASSERT_EQ(all.parts[0].holes.size(), 1U);
    EXPECT_DOUBLE_EQ(area_of(all), 8.0);
}

TEST(Union, OfNothingIsNothing) { EXPECT_TRUE(union_of({}).parts.empty()); }

TEST(SharedArea, OfTwoSquares) {
    EXPECT_DOUBLE_EQ(shared_area(square(0, 0, 2), square(1, 1, 2)), 1.0);
    EXPECT_EQ(shared_area(square(0, 0, 1), square(1, 0, 1)), 0.0) << "a common border has no area";
    EXPECT_EQ(shared_area(square(0, 0, 1), square(5, 0, 1)), 0.0);
    EXPECT_EQ(shared_area(square(0, 0, 1), Shape{}), 0.0);
}

TEST(Geos, FaultsBecomeErrors) {
    const Shape open{{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}}}};
    try {
        shared_area(open, square(0, 0, 1));
        FAIL();
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), HasSubstr("closed"));
    }
    EXPECT_DOUBLE_EQ(shared_area(square(0, 0, 1), square(0, 0, 1)), 1.0) << "a fault must not stick";
}

}  // namespace
}  // namespace tendik::geom
