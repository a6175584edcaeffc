#include "tendik/geom/triangulation.h"

#include "support/message.h"
#include "tendik/base/error.h"
#include "tendik/base/random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace tendik {
namespace {

using test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

using Sides = std::vector<std::pair<std::size_t, std::size_t>>;

/// Random places of Kazakhstan's size, lon/lat.
std::vector<Point> random_places(std::size_t count, std::uint32_t number) {
    RandomStream draws(20, 0, number);
    std::vector<Point> places;
    for (std::size_t i = 0; i < count; ++i) {
        const double lon = 46.0 + 42.0 * draws.next_uniform();
        places.push_back({lon, 40.0 + 16.0 * draws.next_uniform()});
    }
    return places;
}

double area(const Point& a, const Point& b, const Point& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// The slow obvious way: a pair is a side when some circle through it and a third point is empty.
Sides sides_by_trying(const std::vector<Point>& points) {
    const auto centre_of = [](const Point& a, const Point& b, const Point& c) {
        const double bx = b.x - a.x, by = b.y - a.y, cx = c.x - a.x, cy = c.y - a.y;
        const double d = 2.0 * (bx * cy - by * cx);
        const double bb = bx * bx + by * by, cc = cx * cx + cy * cy;
        return Point{a.x + (cy * bb - by * cc) / d, a.y + (bx * cc - cx * bb) / d};
    };
    Sides sides;
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = i + 1; j < points.size(); ++j)
            for (std::size_t k = 0; k < points.size(); ++k) {
                if (k == i || k == j) continue;
                const auto centre = centre_of(points[i], points[j], points[k]);
                const auto far = [&](const Point& p) { return std::hypot(p.x - centre.x, p.y - centre.y); };
                const double radius = far(points[i]);
                if (std::ranges::any_of(points,
                                        [&](const Point& p) { return far(p) < radius * (1.0 - 1e-9); }))
                    continue;
                sides.emplace_back(i, j);
                break;
            }
    return sides;
}

TEST(Triangulation, HasTheSidesWhoseCirclesAreEmpty) {
    for (std::uint32_t number = 0; number < 30; ++number) {
        const auto points = random_places(4 + number, number);
        EXPECT_EQ(geom::delaunay_sides(points), sides_by_trying(points)) << number;
    }
}

TEST(Triangulation, FillsTheHullWhichOtherTriangulationsDoNotAlways) {
    // Euler: n points of which h on the hull have 3 n - 3 - h sides. Sides of the hull: all others to one
    // side.
    for (std::uint32_t number = 0; number < 100; ++number) {
        const auto points = random_places(60, 1000 + number);
        std::size_t hull = 0;
        for (std::size_t i = 0; i < points.size(); ++i)
            for (std::size_t j = 0; j < points.size(); ++j)
                if (i != j && std::ranges::all_of(points, [&](const Point& p) {
                        return p == points[i] || p == points[j] || area(points[i], points[j], p) > 0.0;
                    }))
                    ++hull;
        EXPECT_EQ(geom::delaunay_sides(points).size(), 3 * points.size() - 3 - hull) << number;
    }
}

TEST(Triangulation, ALatticeOfOneCircleASquareIsTriangulatedTheSameInAnyOrder) {
    std::vector<Point> points;
    for (int y = 0; y < 6; ++y)
        for (int x = 0; x < 7; ++x)
            points.push_back({0.1 * x, 0.1 * y});
    const auto sides = geom::delaunay_sides(points);
    // 6 * 6 + 7 * 5 sides of squares and a diagonal in each of 30.
    EXPECT_EQ(sides.size(), 101U);
    auto turned = points;
    std::ranges::reverse(turned);
    Sides back;
    for (const auto& [first, second] : geom::delaunay_sides(turned))
        back.emplace_back(points.size() - 1 - second, points.size() - 1 - first);
    std::ranges::sort(back);
    EXPECT_EQ(back, sides);
}

TEST(Triangulation, PointsOnOneLineAreJoinedToTheNext) {
    EXPECT_THAT(geom::delaunay_sides(std::vector<Point>{{2, 2}, {0, 0}, {3, 3}, {1, 1}}),
                ElementsAre(Pair(0, 2), Pair(0, 3), Pair(1, 3)));
    EXPECT_THAT(geom::delaunay_sides(std::vector<Point>{{1, 1}}), IsEmpty());
}

TEST(Triangulation, ALineWithOnePointBesideIsAFan) {
    EXPECT_THAT(geom::delaunay_sides(std::vector<Point>{{0, 0}, {0, 1}, {0, 2}, {1, 0}}),
                ElementsAre(Pair(0, 1), Pair(0, 3), Pair(1, 2), Pair(1, 3), Pair(2, 3)));
}

TEST(Triangulation, DecidesExactlyWhereRoundingCannot) {
    // A point 2^-53 off a line of others lies off it: it has sides to both ends of the line as well.
    const double off = std::ldexp(1.0, -53);
    const auto sides =
        geom::delaunay_sides(std::vector<Point>{{0.5, 0.5}, {12.0, 12.0}, {24.0, 24.0}, {0.5 + off, 0.5}});
    EXPECT_EQ(sides.size(), 5U);
}

TEST(Triangulation, RefusesTwoPointsAtOnePlace) {
    EXPECT_THAT(message_of([] {
                    geom::delaunay_sides(std::vector<Point>{{0, 0}, {1, 0}, {0, 0}});
                }),
                HasSubstr("points 1 and 3 stand at one place"));
    EXPECT_THROW(geom::delaunay_sides(std::vector<Point>{{0, 0}, {1, std::nan("")}}), InputError);
}

TEST(Stereographic, TrianglesOfThePlaneAreThoseOfTheSphere) {
    // On a sphere a triangle is one of Delaunay when all others lie on one side of the plane through its
    // corners, and the cap that it cuts off does not hold the far side of the Earth.
    const auto places = random_places(24, 7);
    using Position = std::array<double, 3>;
    std::vector<Position> at;
    for (const auto& [x, y] : places) {
        const double lon = x * std::numbers::pi / 180.0, lat = y * std::numbers::pi / 180.0;
        at.push_back({std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)});
    }
    const auto side_of = [&](std::size_t i, std::size_t j, std::size_t k, const Position& p) {
        Position u{}, v{}, w{};
        for (std::size_t axis = 0; axis < 3; ++axis) {
            u[axis] = at[j][axis] - at[i][axis];
            v[axis] = at[k][axis] - at[i][axis];
            w[axis] = p[axis] - at[i][axis];
        }
        return w[0] * (u[1] * v[2] - u[2] * v[1]) + w[1] * (u[2] * v[0] - u[0] * v[2]) +
               w[2] * (u[0] * v[1] - u[1] * v[0]);
    };
    Position far{};
    for (const auto& position : at)
        for (std::size_t axis = 0; axis < 3; ++axis)
            far[axis] -= position[axis];
    const double length = std::hypot(far[0], far[1], far[2]);
    for (double& axis : far)
        axis /= length;
    Sides expected;
    for (std::size_t i = 0; i < at.size(); ++i)
        for (std::size_t j = 0; j < at.size(); ++j)
            for (std::size_t k = 0; k < at.size(); ++k) {
                if (i == j || j == k || i == k || side_of(i, j, k, far) > 0.0) continue;
                bool empty = true;
                for (std::size_t m = 0; m < at.size(); ++m)
                    empty = empty && (m == i || m == j || m == k || side_of(i, j, k, at[m]) < 0.0);
                if (empty) expected.emplace_back(std::minmax(i, j));
            }
    std::ranges::sort(expected);
    const auto repeated = std::ranges::unique(expected);
    expected.erase(repeated.begin(), repeated.end());
    EXPECT_EQ(geom::delaunay_sides(geom::stereographic(places)), expected);
    EXPECT_NE(geom::delaunay_sides(places), expected);  // degrees as a plane would be another answer
}

TEST(Stereographic, RefusesPlacesAllRoundTheEarth) {
    EXPECT_THAT(message_of([] {
                    geom::stereographic(std::vector<Point>{{0, 0}, {180, 0}});
                }),
                HasSubstr("no middle"));
    EXPECT_THAT(message_of([] {
                    geom::stereographic(std::vector<Point>{{0, 0}, {0, 0}, {180, 0}});
                }),
                HasSubstr("180, 0 lies opposite"));
}

}  // namespace
}  // namespace tendik
