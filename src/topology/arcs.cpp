#include "tendik/topology/arcs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace tendik::topology {
namespace {

using Vertex = std::uint32_t;  ///< rank of the point among all points, so a smaller number is a smaller point

/// A border edge from its smaller to its larger vertex. Edges of overlapping regions may occur more than
/// once.
struct Edge {
    Vertex low = 0;
    Vertex high = 0;
    std::optional<RegionIndex> left;
    std::optional<RegionIndex> right;
    std::uint32_t arc = 0;
    bool against_arc = false;  ///< the arc runs from high to low
    bool taken = false;

    Edge(Vertex low_end, Vertex high_end) : low(low_end), high(high_end) {}
    Vertex other(Vertex end) const { return end == low ? high : low; }
    auto sides_from(Vertex start) const {
        return start == low ? std::pair{left, right} : std::pair{right, left};
    }
};

/// One edge of a ring, as the ring runs.
struct RingEdge {
    std::uint32_t edge = 0;
    bool backwards = false;  ///< from high to low
};
using EdgeRing = std::vector<RingEdge>;

struct EdgePolygon {
    EdgeRing outer;
    std::vector<EdgeRing> holes;
};

std::vector<Point> sorted_points(const std::vector<Shape>& shapes) {
    std::vector<Point> points;
    const auto add = [&points](const Ring& ring) { points.insert(points.end(), ring.begin(), ring.end()); };
    for (const auto& shape : shapes) {
        for (const auto& part : shape.parts) {
            add(part.outer);
            for (const auto& hole : part.holes)
                add(hole);
        }
    }
    std::ranges::sort(points);
    const auto repeated = std::ranges::unique(points);
    points.erase(repeated.begin(), repeated.end());
    return points;
}

/// A directed edge of a ring before both sides are brought together.
struct Side {
    Vertex low = 0;
    Vertex high = 0;
    bool backwards = false;
    RegionIndex region{};
    std::uint32_t order = 0;  ///< position in the order of all rings
};

class Cutter {
public:
    explicit Cutter(const Boundaries& boundaries) {
        std::vector<Shape> shapes;
        shapes.reserve(boundaries.regions.size());
        for (const auto& region : boundaries.regions)
            shapes.push_back(oriented(region.shape));
        m_points = sorted_points(shapes);
        m_regions.resize(shapes.size());
        for (std::size_t i = 0; i < shapes.size(); ++i)
            collect(shapes[i], static_cast<RegionIndex>(i));
        merge_sides();
        list_incident_edges();
    }

    ArcNetwork cut() {
        ArcNetwork network;
        trace_open_arcs(network);
        trace_closed_arcs(network);
        network.regions.resize(m_regions.size());
        for (std::size_t i = 0; i < m_regions.size(); ++i) {
            for (const auto& part : m_regions[i]) {
                ArcPolygon polygon{arcs_of(part.outer), {}};
                for (const auto& hole : part.holes)
                    polygon.holes.push_back(arcs_of(hole));
                network.regions[i].push_back(std::move(polygon));
            }
        }
        return network;
    }

private:
    Vertex vertex_of(const Point& point) const {
        return static_cast<Vertex>(std::ranges::lower_bound(m_points, point) - m_points.begin());
    }

    EdgeRing collect(const Ring& ring, RegionIndex region) {
        EdgeRing edges;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const auto from = vertex_of(ring[i]);
            const auto to = vertex_of(ring[i + 1]);
            if (from == to) continue;
            const auto order = static_cast<std::uint32_t>(m_sides.size());
            m_sides.push_back({std::min(from, to), std::max(from, to), from > to, region, order});
            edges.push_back({order, from > to});  // the side's number, until merge_sides knows the edge
        }
        return edges;
    }

    void collect(const Shape& shape, RegionIndex region) {
        auto& parts = m_regions[static_cast<std::size_t>(region)];
        for (const auto& part : shape.parts) {
            EdgePolygon polygon{collect(part.outer, region), {}};
            for (const auto& hole : part.holes)
                polygon.holes.push_back(collect(hole, region));
            parts.push_back(std::move(polygon));
        }
    }

    /// Brings the two sides of each edge together: a ring has its region on the left. The n-th left side of a
    /// pair of vertices meets the n-th right side; more than one of either means that regions overlap there.
    void merge_sides() {
        auto sides = m_sides;
        std::ranges::sort(sides, {}, [](const Side& side) {
            return std::tuple{side.low, side.high, side.region, side.order};
        });
        std::vector<std::uint32_t> edge_of_side(sides.size());
        for (std::size_t begin = 0; begin < sides.size();) {
            std::array<std::size_t, 2> used{};
            const auto first_edge = m_edges.size();
            auto end = begin;
            for (; end < sides.size() && sides[end].low == sides[begin].low &&
                   sides[end].high == sides[begin].high;
                 ++end) {
                const auto& side = sides[end];
                const auto edge = first_edge + used[side.backwards ? 1 : 0]++;
                if (edge == m_edges.size()) m_edges.emplace_back(side.low, side.high);
                (side.backwards ? m_edges[edge].right : m_edges[edge].left) = side.region;
                edge_of_side[side.order] = static_cast<std::uint32_t>(edge);
            }
            begin = end;
        }
        for_each_ring([&edge_of_side](EdgeRing& ring) {
            for (auto& ring_edge : ring)
                ring_edge.edge = edge_of_side[ring_edge.edge];
        });
    }

    template <typename Work>
    void for_each_ring(Work&& work) {
        for (auto& parts : m_regions) {
            for (auto& part : parts) {
                work(part.outer);
                for (auto& hole : part.holes)
                    work(hole);
            }
        }
    }

    void list_incident_edges() {
        m_first_incident.assign(m_points.size() + 1, 0);
        for (const auto& edge : m_edges) {
            ++m_first_incident[edge.low + 1];
            ++m_first_incident[edge.high + 1];
        }
        for (std::size_t i = 1; i < m_first_incident.size(); ++i)
            m_first_incident[i] += m_first_incident[i - 1];
        m_incident.resize(m_edges.size() * 2);
        auto next = m_first_incident;
        for (std::uint32_t i = 0; i < m_edges.size(); ++i) {
            m_incident[next[m_edges[i].low]++] = i;
            m_incident[next[m_edges[i].high]++] = i;
        }
    }

    /// Edges at a vertex by their other end, smallest first.
    std::vector<std::uint32_t> edges_at(Vertex vertex) const {
        std::vector<std::uint32_t> edges(m_incident.begin() + m_first_incident[vertex],
                                         m_incident.begin() + m_first_incident[vertex + 1]);
        std::ranges::sort(edges, {}, [&](std::uint32_t i) { return std::pair{m_edges[i].other(vertex), i}; });
        return edges;
    }

    /// A node stands where the pair of neighbours changes or where more than two edges meet.
    bool is_node(Vertex vertex) const {
        const auto begin = m_first_incident[vertex];
        if (m_first_incident[vertex + 1] - begin != 2) return true;
        const auto& in = m_edges[m_incident[begin]];
        const auto& out = m_edges[m_incident[begin + 1]];
        const auto [left, right] = in.sides_from(in.other(vertex));
        return std::pair{left, right} != out.sides_from(vertex);
    }

    /// Follows edges from `start` until a node, or back to `start`.
    void trace(ArcNetwork& network, Vertex start, std::uint32_t first_edge) {
        Arc arc;
        std::tie(arc.left, arc.right) = m_edges[first_edge].sides_from(start);
        arc.points.push_back(m_points[start]);
        auto vertex = start;
        auto index = first_edge;
        for (;;) {
            auto& edge = m_edges[index];
            edge.taken = true;
            edge.arc = static_cast<std::uint32_t>(network.arcs.size());
            edge.against_arc = vertex == edge.high;
            vertex = edge.other(vertex);
            arc.points.push_back(m_points[vertex]);
            if (vertex == start || is_node(vertex)) break;
            const auto begin = m_first_incident[vertex];
            index = m_incident[begin] == index ? m_incident[begin + 1] : m_incident[begin];
        }
        network.arcs.push_back(std::move(arc));
    }

    void trace_open_arcs(ArcNetwork& network) {
        for (Vertex vertex = 0; vertex < m_points.size(); ++vertex) {
            if (!is_node(vertex)) continue;
            for (const auto edge : edges_at(vertex)) {
                if (!m_edges[edge].taken) trace(network, vertex, edge);
            }
        }
    }

    void trace_closed_arcs(ArcNetwork& network) {
        for (Vertex vertex = 0; vertex < m_points.size(); ++vertex) {
            const auto edges = edges_at(vertex);
            if (!edges.empty() && !m_edges[edges.front()].taken) trace(network, vertex, edges.front());
        }
    }

    /// Whether the ring enters a new arc with edge i.
    bool starts_arc(const EdgeRing& ring, std::size_t i) const {
        const auto& edge = m_edges[ring[i].edge];
        const auto start = ring[i].backwards ? edge.high : edge.low;
        const auto& before = m_edges[ring[(i + ring.size() - 1) % ring.size()].edge];
        return edge.arc != before.arc || is_node(start);
    }

    ArcRing arcs_of(const EdgeRing& ring) const {
        ArcRing uses;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            if (!starts_arc(ring, i)) continue;
            const auto& edge = m_edges[ring[i].edge];
            uses.push_back({edge.arc, edge.against_arc != ring[i].backwards});
        }
        if (uses.empty() && !ring.empty()) {  // one closed arc without a node
            const auto& edge = m_edges[ring.front().edge];
            uses.push_back({edge.arc, edge.against_arc != ring.front().backwards});
        }
        return uses;
    }

    std::vector<Point> m_points;
    std::vector<Side> m_sides;
    std::vector<Edge> m_edges;
    std::vector<std::vector<EdgePolygon>> m_regions;
    std::vector<std::uint32_t> m_first_incident;
    std::vector<std::uint32_t> m_incident;
};

Ring ring_of(const ArcNetwork& network, const ArcRing& uses) {
    Ring ring;
    for (const auto& use : uses) {
        auto points = network.arcs[use.arc].points;
        if (use.backwards) std::ranges::reverse(points);
        ring.insert(ring.end(), points.begin() + (ring.empty() ? 0 : 1), points.end());
    }
    const auto repeated = std::ranges::unique(ring);
    ring.erase(repeated.begin(), repeated.end());
    return ring;
}

bool has_area(const Ring& ring) { return ring.size() >= 4 && twice_signed_area(ring) != 0.0; }

}  // namespace

ArcNetwork cut_arcs(const Boundaries& boundaries) { return Cutter(boundaries).cut(); }

std::vector<Shape> assemble(const ArcNetwork& network) {
    std::vector<Shape> shapes(network.regions.size());
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        Polygon largest;
        for (const auto& part : network.regions[i]) {
            Polygon polygon{ring_of(network, part.outer), {}};
            if (!has_area(polygon.outer)) {
                if (polygon.outer.size() > largest.outer.size()) largest = std::move(polygon);
                continue;
            }
            for (const auto& hole : part.holes) {
                auto ring = ring_of(network, hole);
                if (has_area(ring)) polygon.holes.push_back(std::move(ring));
            }
            shapes[i].parts.push_back(std::move(polygon));
        }
        if (shapes[i].parts.empty() && !largest.outer.empty()) shapes[i].parts.push_back(std::move(largest));
    }
    return shapes;
}

}  // namespace tendik::topology
