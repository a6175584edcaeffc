#include "tendik/topology/arcs.h"

#include "geojson_map.h"
#include "support/drawn_map.h"
#include "tendik/geom/validity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tendik::topology {
namespace {

using test::drawn_map;

std::size_t closed_count(const ArcNetwork& network) {
    return static_cast<std::size_t>(std::ranges::count_if(
        network.arcs, [](const Arc& arc) { return arc.points.front() == arc.points.back(); }));
}

std::set<Point> nodes_of(const ArcNetwork& network) {
    std::set<Point> nodes;
    for (const auto& arc : network.arcs) {
        if (arc.points.front() == arc.points.back()) continue;
        nodes.insert(arc.points.front());
        nodes.insert(arc.points.back());
    }
    return nodes;
}

struct EdgeCounts {
    std::size_t distinct = 0;
    std::size_t shared = 0;
};

EdgeCounts edges_of(const ArcNetwork& network) {
    EdgeCounts counts;
    for (const auto& arc : network.arcs) {
        counts.distinct += arc.points.size() - 1;
        if (!arc.outer()) counts.shared += arc.points.size() - 1;
    }
    return counts;
}

double area_of(const Shape& shape) {
    double area = 0.0;
    for (const auto& part : shape.parts) {
        area += twice_signed_area(part.outer) / 2.0;
        for (const auto& hole : part.holes)
            area += twice_signed_area(hole) / 2.0;
    }
    return area;
}

/// The sides of one polygon in any order and from any start.
std::set<std::pair<Point, Point>> sides_of(const Shape& shape) {
    std::set<std::pair<Point, Point>> sides;
    const auto add = [&sides](const Ring& ring) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            sides.insert({ring[i], ring[i + 1]});
    };
    for (const auto& part : shape.parts) {
        add(part.outer);
        for (const auto& hole : part.holes)
            add(hole);
    }
    return sides;
}

Arc arc_between(const ArcNetwork& network, std::uint32_t one, std::uint32_t other) {
    for (const auto& arc : network.arcs) {
        if (!arc.left || !arc.right) continue;
        const auto left = static_cast<std::uint32_t>(*arc.left);
        const auto right = static_cast<std::uint32_t>(*arc.right);
        if (std::minmax(left, right) == std::minmax(one, other)) return arc;
    }
    return {};
}

TEST(CutArcs, StoresTheBorderOfTwoNeighboursOnce) {
    const auto network = cut_arcs(drawn_map({"AB"}));
    EXPECT_EQ(network.arcs.size(), 3U);  // the middle line and one outer arc each
    EXPECT_EQ(nodes_of(network), (std::set<Point>{{1, 0}, {1, 1}}));
    const auto middle = arc_between(network, 0, 1);
    EXPECT_EQ(middle.points, (std::vector<Point>{{1, 0}, {1, 1}}));
    EXPECT_EQ(middle.left, RegionIndex{0});  // northward, A lies to the west
    EXPECT_EQ(middle.right, RegionIndex{1});
}

TEST(CutArcs, AnEnclaveHasAClosedArcFromItsSmallestPoint) {
    const auto network = cut_arcs(drawn_map({"AAA", "ABA", "AAA"}));
    ASSERT_EQ(network.arcs.size(), 2U);
    EXPECT_EQ(closed_count(network), 2U);
    const auto enclave = arc_between(network, 0, 1);
    EXPECT_EQ(enclave.points.front(), (Point{1, 1}));
    EXPECT_EQ(enclave.points, (std::vector<Point>{{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}}));
}

TEST(CutArcs, DoesNotDependOnWhereRingsBegin) {
    auto map = drawn_map({"AAB", "ACB", "DDB"});
    const auto before = cut_arcs(map);
    for (auto& region : map.regions) {
        auto& ring = region.shape.parts.front().outer;
        ring.pop_back();
        std::ranges::rotate(ring, ring.begin() + 2);
        ring.push_back(ring.front());
    }
    const auto after = cut_arcs(map);
    ASSERT_EQ(before.arcs.size(), after.arcs.size());
    for (std::size_t i = 0; i < before.arcs.size(); ++i)
        EXPECT_EQ(before.arcs[i].points, after.arcs[i].points);
}

TEST(CutArcs, AssembledAgainIsTheSameMap) {
    const auto map = drawn_map({"AABB.", "ACCB.", "DDCBE", "DDDEE", "AA..E"});
    const auto shapes = assemble(cut_arcs(map));
    ASSERT_EQ(shapes.size(), map.regions.size());
    for (std::size_t i = 0; i < shapes.size(); ++i)
        EXPECT_EQ(sides_of(shapes[i]), sides_of(map.regions[i].shape)) << map.regions[i].key;
}

TEST(CutArcs, RegionsThatOverlapKeepTheirOwnSides) {
    Boundaries map = drawn_map({"AB"});
    map.regions[1].shape = map.regions[0].shape;  // both on the same square
    const auto shapes = assemble(cut_arcs(map));
    EXPECT_EQ(sides_of(shapes[0]), sides_of(map.regions[0].shape));
    EXPECT_EQ(sides_of(shapes[1]), sides_of(map.regions[0].shape));
}

TEST(CutArcs, APartAtACornerOfItsOwnRegionMakesANode) {
    const auto network = cut_arcs(drawn_map({"A.", ".A"}));
    EXPECT_EQ(network.arcs.size(), 2U);
    const auto shapes = assemble(network);
    EXPECT_EQ(shapes[0].parts.size(), 2U);
    EXPECT_DOUBLE_EQ(area_of(shapes[0]), 2.0);  // two cells
}

/// Two regions above and below a border through the given points.
Boundaries map_with_border(const std::vector<Point>& border, double top, double bottom) {
    Boundaries map = drawn_map({"A", "B"});
    const auto west = border.front().x;
    const auto east = border.back().x;
    Ring upper{{west, top}};
    upper.insert(upper.end(), border.begin(), border.end());
    upper.push_back({east, top});
    upper.push_back(upper.front());
    Ring lower{{east, bottom}};
    lower.insert(lower.end(), border.rbegin(), border.rend());
    lower.push_back({west, bottom});
    lower.push_back(lower.front());
    map.regions[0].shape = {{Polygon{upper, {}}}};
    map.regions[1].shape = {{Polygon{lower, {}}}};
    return map;
}

TEST(Simplify, DropsPointsWithinTheToleranceAndKeepsNodes) {
    const auto map = map_with_border({{0, 0}, {1, 0.1}, {2, 0}, {3, 1}, {4, 0}}, 5, -5);
    const auto network = simplify(cut_arcs(map), 0.2);
    // By hand: (3,1) is farthest from (0,0)-(4,0); (1,.1) lies .206 from (0,0)-(3,1), (2,0) lies .632 from
    // it.
    EXPECT_EQ(arc_between(network, 0, 1).points, (std::vector<Point>{{0, 0}, {2, 0}, {3, 1}, {4, 0}}));
}

TEST(Simplify, IsTheSameForAnArcAndItsReverse) {
    std::vector<Point> wave;
    for (int i = 0; i <= 200; ++i)
        wave.push_back({i * 0.1, 0.01 * ((i * 37) % 23) + 0.02 * ((i * 11) % 7)});
    ArcNetwork there;
    there.arcs.push_back({wave, std::nullopt, std::nullopt});
    auto back = there;
    std::ranges::reverse(back.arcs[0].points);
    auto a = simplify(there, 0.05).arcs[0].points;
    const auto b = simplify(back, 0.05).arcs[0].points;
    std::ranges::reverse(a);
    EXPECT_EQ(a, b);
    EXPECT_LT(a.size(), wave.size());
}

TEST(Simplify, AClosedArcKeepsATriangleAtLeast) {
    const auto shapes = assemble(simplify(cut_arcs(drawn_map({"AA", "AA"})), 100.0));
    ASSERT_EQ(shapes[0].parts.size(), 1U);
    EXPECT_EQ(shapes[0].parts[0].outer.size(), 4U);
    EXPECT_DOUBLE_EQ(area_of(shapes[0]), 2.0);  // half of the square of side 2
}

TEST(Simplify, ATriangleThatWouldCutAnEnclaveIsUndone) {
    const auto map = drawn_map({"AAA", "ABA", "AAA"});
    const auto shapes = assemble(simplify(cut_arcs(map), 100.0));
    EXPECT_EQ(sides_of(shapes[0]), sides_of(map.regions[0].shape));
    EXPECT_EQ(sides_of(shapes[1]), sides_of(map.regions[1].shape));
}

TEST(Simplify, DoesNotJumpOverAnEnclave) {
    // The border sinks to y = -1 and the enclave C of A lies in the hollow. Drawn straight the border would
    // cross nothing, yet pass above C, which would then lie in B.
    auto map = map_with_border({{0, 0}, {4, -1}, {6, -1}, {10, 0}}, 5, -5);
    const Ring enclave{{4.9, -0.6}, {5.1, -0.6}, {5.0, -0.4}, {4.9, -0.6}};
    Region c;
    c.key = "C";
    c.shape = {{Polygon{enclave, {}}}};
    map.regions.push_back(c);
    map.regions[0].shape.parts[0].holes.push_back({enclave.rbegin(), enclave.rend()});
    const auto network = simplify(cut_arcs(map), 1.5);
    EXPECT_EQ(arc_between(network, 0, 1).points.size(), 4U);
    for (const auto& shape : assemble(network))
        EXPECT_FALSE(geom::find_invalidity(shape));
}

TEST(Simplify, ALensBetweenTwoNodesDoesNotCollapse) {
    // A above, B below, C the lens between them: both its arcs would become the same straight line.
    auto map = map_with_border({{0, 0}, {5, 0.4}, {10, 0}}, 5, -5);
    map.regions[1].shape = map_with_border({{0, 0}, {5, -0.4}, {10, 0}}, 5, -5).regions[1].shape;
    Region c;
    c.key = "C";
    c.shape = {{Polygon{{{0, 0}, {5, -0.4}, {10, 0}, {5, 0.4}, {0, 0}}, {}}}};
    map.regions.push_back(c);
    const auto shapes = assemble(simplify(cut_arcs(map), 1.0));
    EXPECT_DOUBLE_EQ(area_of(shapes[2]), 4.0);  // 10 x 0.8 / 2
}

class Kazakhstan : public testing::Test {
protected:
    static constexpr const char* path = TENDIK_SOURCE_DIR "/geodata/kazakhstan/regions_2018.geojson";
    void SetUp() override {
        if (!std::filesystem::exists(path)) GTEST_SKIP() << "the sample boundaries are not built";
        m_network = cut_arcs(test::read_geojson_map(path));
    }
    ArcNetwork m_network;
};

TEST_F(Kazakhstan, IsCutIntoTheKnownArcs) {
    // Counted by an independent script when the data were prepared: 26 nodes, 39 open and 8 closed arcs (3
    // cities, 5 islands), 2405 edges, 1014 of them shared.
    EXPECT_EQ(nodes_of(m_network).size(), 26U);
    EXPECT_EQ(m_network.arcs.size(), 47U);
    EXPECT_EQ(closed_count(m_network), 8U);
    EXPECT_EQ(edges_of(m_network).distinct, 2405U);
    EXPECT_EQ(edges_of(m_network).shared, 1014U);
}

TEST_F(Kazakhstan, SimplifiedByTwoHundredthsOfADegreeIsValidWithoutGaps) {
    const auto network = simplify_open_arcs(m_network, 0.02);
    // The same script, Douglas-Peucker 0.02 degrees with closed arcs kept: 1756 edges, 827 shared.
    EXPECT_EQ(edges_of(network).distinct, 1756U);
    EXPECT_EQ(edges_of(network).shared, 827U);
    const auto shapes = assemble(network);
    double sum = 0.0;
    for (const auto& shape : shapes) {
        EXPECT_FALSE(geom::find_invalidity(shape));
        sum += area_of(shape);
    }
    const auto whole = geom::union_of(shapes);
    EXPECT_NEAR(area_of(oriented(whole)), sum, 1e-9);
    for (const auto& part : whole.parts)
        EXPECT_TRUE(part.holes.empty());
}

TEST_F(Kazakhstan, StaysValidWhenSimplifiedFarTooMuch) {
    for (const double tolerance : {0.1, 0.5, 2.0, 10.0}) {
        for (const auto& shape : assemble(simplify(m_network, tolerance)))
            EXPECT_FALSE(geom::find_invalidity(shape)) << tolerance;
    }
}

}  // namespace
}  // namespace tendik::topology
