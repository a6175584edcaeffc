#include "grid_rings.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace tendik::tiles {
namespace {

struct Direction {
    std::int64_t x = 0;
    std::int64_t y = 0;
};

Direction direction(const GridPoint& from, const GridPoint& to) { return {to.x - from.x, to.y - from.y}; }

// Doubled coordinates stay below 2^29 (see ZoomPlane), so products of differences fit into 64 bits.
std::int64_t cross(const Direction& a, const Direction& b) { return a.x * b.y - a.y * b.x; }
std::int64_t dot(const Direction& a, const Direction& b) { return a.x * b.x + a.y * b.y; }

/// Half of the turn from `back` that direction `d` lies in: 0 for angles in (0, pi), 1 for [pi, 2 pi),
/// counted in the sense of growing area; -1 for straight back.
int half_of(const Direction& back, const Direction& d) {
    const auto side = cross(back, d);
    if (side != 0) return side > 0 ? 0 : 1;
    return dot(back, d) > 0 ? -1 : 1;
}

/// Whether `a` comes before `b` when one turns from `back` in the sense of growing area.
bool turns_earlier(const Direction& back, const Direction& a, const Direction& b) {
    const auto half_a = half_of(back, a);
    const auto half_b = half_of(back, b);
    if (half_a != half_b) return half_a < half_b;
    return cross(a, b) > 0;
}

/// Edges without those that run both ways, sorted.
std::vector<GridEdge> without_opposites(std::vector<GridEdge> edges) {
    struct Keyed {
        GridPoint low;
        GridPoint high;
        int sense = 0;
    };
    std::vector<Keyed> keyed;
    keyed.reserve(edges.size());
    for (const auto& [from, to] : edges) {
        if (from == to) continue;
        keyed.push_back(from < to ? Keyed{from, to, 1} : Keyed{to, from, -1});
    }
    std::ranges::sort(keyed, {}, [](const Keyed& edge) { return std::pair{edge.low, edge.high}; });
    edges.clear();
    for (std::size_t begin = 0; begin < keyed.size();) {
        int net = 0;
        auto end = begin;
        for (;
             end < keyed.size() && keyed[end].low == keyed[begin].low && keyed[end].high == keyed[begin].high;
             ++end)
            net += keyed[end].sense;
        if (net > 0) edges.emplace_back(keyed[begin].low, keyed[begin].high);
        if (net < 0) edges.emplace_back(keyed[begin].high, keyed[begin].low);
        begin = end;
    }
    std::ranges::sort(edges);
    return edges;
}

/// Follows edges, always along the same inner side, so that parts which touch at a corner stay apart.
class Tracer {
public:
    explicit Tracer(std::vector<GridEdge> edges)
        : m_edges(std::move(edges)),
          m_taken(m_edges.size(), false) {}

    std::vector<GridRing> trace_all() {
        std::vector<GridRing> rings;
        for (std::size_t i = 0; i < m_edges.size(); ++i) {
            if (!m_taken[i]) split_at_repeated_points(trace(i), rings);
        }
        return rings;
    }

private:
    GridRing trace(std::size_t first) {
        GridRing ring;
        std::optional<std::size_t> edge = first;
        while (edge) {
            m_taken[*edge] = true;
            ring.push_back(m_edges[*edge].first);
            edge = next_of(*edge);
        }
        return ring;
    }

    std::optional<std::size_t> next_of(std::size_t edge) const {
        const auto& [from, at] = m_edges[edge];
        auto candidate = static_cast<std::size_t>(
            std::ranges::lower_bound(m_edges, at, {}, &GridEdge::first) - m_edges.begin());
        std::optional<std::size_t> best;
        // The inside lies on the side of growing area; the edge that bounds the same corner of the inside is
        // the last one met when turning from the way back in the sense of growing area.
        const auto back = direction(at, from);
        for (; candidate < m_edges.size() && m_edges[candidate].first == at; ++candidate) {
            if (m_taken[candidate]) continue;
            const auto way = direction(at, m_edges[candidate].second);
            if (!best || turns_earlier(back, direction(at, m_edges[*best].second), way)) best = candidate;
        }
        return best;
    }

    /// A ring that comes to a point twice is an outer ring and a hole, or two holes, that touch there.
    static void split_at_repeated_points(const GridRing& path, std::vector<GridRing>& rings) {
        GridRing open;
        std::map<GridPoint, std::size_t> place;
        for (const auto& point : path) {
            const auto seen = place.find(point);
            if (seen != place.end()) {
                const auto begin = seen->second;
                GridRing loop(open.begin() + static_cast<std::ptrdiff_t>(begin), open.end());
                for (auto i = begin + 1; i < open.size(); ++i)
                    place.erase(open[i]);
                open.resize(begin + 1);
                if (twice_area(loop) != 0) rings.push_back(std::move(loop));
                continue;
            }
            place.emplace(point, open.size());
            open.push_back(point);
        }
        if (open.size() >= 3 && twice_area(open) != 0) rings.push_back(std::move(open));
    }

    std::vector<GridEdge> m_edges;
    std::vector<bool> m_taken;
};

std::int64_t coordinate(const GridPoint& point, Axis axis) { return axis == Axis::x ? point.x : point.y; }

GridPoint with(GridPoint point, Axis axis, std::int64_t value) {
    (axis == Axis::x ? point.x : point.y) = value;
    return point;
}

/// Sutherland and Hodgman (1974) against one limit. An edge across the limit runs along the other axis here,
/// so the new point needs no rounding.
GridRing cut_one_side(const GridRing& ring, Axis axis, std::int64_t limit, bool keep_above) {
    const auto inside = [&](const GridPoint& point) {
        return keep_above ? coordinate(point, axis) >= limit : coordinate(point, axis) <= limit;
    };
    GridRing kept;
    const auto add = [&kept](const GridPoint& point) {
        if (kept.empty() || kept.back() != point) kept.push_back(point);
    };
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& here = ring[i];
        const auto& next = ring[i + 1 == ring.size() ? 0 : i + 1];
        if (inside(here)) add(here);
        if (inside(here) != inside(next)) add(with(inside(here) ? here : next, axis, limit));
    }
    while (kept.size() > 1 && kept.front() == kept.back())
        kept.pop_back();
    return kept;
}

/// Edges along the box are cut at every point of the region on it, so that those which run both ways are
/// equal.
void split_along_box(std::vector<GridEdge>& edges, const GridBox& box) {
    std::set<GridPoint> on_x_sides;
    std::set<std::pair<std::int64_t, std::int64_t>> on_y_sides;  // y first
    for (const auto& [from, to] : edges) {
        if (from.x == box.min_x || from.x == box.max_x) on_x_sides.insert(from);
        if (from.y == box.min_y || from.y == box.max_y) on_y_sides.emplace(from.y, from.x);
    }
    std::vector<GridEdge> split;
    split.reserve(edges.size());
    for (const auto& [from, to] : edges) {
        GridLine points{from};
        const auto low = std::min(from, to);
        const auto high = std::max(from, to);
        if (from.x == to.x && (from.x == box.min_x || from.x == box.max_x)) {
            for (auto i = on_x_sides.upper_bound(low); i != on_x_sides.end() && *i < high; ++i)
                points.push_back(*i);
        } else if (from.y == to.y && (from.y == box.min_y || from.y == box.max_y)) {
            for (auto i = on_y_sides.upper_bound({low.y, low.x});
                 i != on_y_sides.end() && *i < std::pair{high.y, high.x}; ++i)
                points.push_back({i->second, i->first});
        }
        if (high == from) std::reverse(points.begin() + 1, points.end());
        points.push_back(to);
        for (std::size_t i = 0; i + 1 < points.size(); ++i)
            split.emplace_back(points[i], points[i + 1]);
    }
    edges = std::move(split);
}

bool touches_side(const GridRing& ring, const GridBox& box) {
    return std::ranges::any_of(ring, [&box](const GridPoint& point) {
        return point.x == box.min_x || point.x == box.max_x || point.y == box.min_y || point.y == box.max_y;
    });
}

}  // namespace

std::int64_t twice_area(const GridRing& ring) {
    std::int64_t area = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto a = direction(ring.front(), ring[i]);
        const auto b = direction(ring.front(), ring[i + 1 == ring.size() ? 0 : i + 1]);
        area += a.x * b.y - b.x * a.y;
    }
    return area;
}

GridBox box_of(const GridRing& ring) {
    if (ring.empty()) return {0, 0, -1, -1};
    GridBox box{ring[0].x, ring[0].y, ring[0].x, ring[0].y};
    for (const auto& point : ring) {
        box.min_x = std::min(box.min_x, point.x);
        box.max_x = std::max(box.max_x, point.x);
        box.min_y = std::min(box.min_y, point.y);
        box.max_y = std::max(box.max_y, point.y);
    }
    return box;
}

bool contains(const GridRing& ring, std::int64_t twice_x, std::int64_t twice_y) {
    bool inside = false;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const GridPoint a{2 * ring[i].x, 2 * ring[i].y};
        const auto& next = ring[i + 1 == ring.size() ? 0 : i + 1];
        const GridPoint b{2 * next.x, 2 * next.y};
        if ((a.y > twice_y) == (b.y > twice_y)) continue;
        const auto side = cross(direction(a, b), direction(a, {twice_x, twice_y}));
        if ((side > 0) == (b.y > a.y)) inside = !inside;
    }
    return inside;
}

std::vector<GridRing> rings_of(std::vector<GridEdge> edges) {
    return Tracer(without_opposites(std::move(edges))).trace_all();
}

void add_edges(const GridRing& ring, std::vector<GridEdge>& edges) {
    for (std::size_t i = 0; i < ring.size(); ++i)
        edges.emplace_back(ring[i], ring[i + 1 == ring.size() ? 0 : i + 1]);
}

std::vector<GridRing> grouped(std::vector<GridRing> rings) {
    std::vector<std::vector<GridRing>> groups;
    std::vector<GridRing> holes;
    for (auto& ring : rings) {
        if (twice_area(ring) > 0)
            groups.push_back({std::move(ring)});
        else
            holes.push_back(std::move(ring));
    }
    for (auto& hole : holes) {
        // The middle of an edge: corners may touch the outer ring, edges do not.
        const auto twice_x = hole[0].x + hole[1].x;
        const auto twice_y = hole[0].y + hole[1].y;
        std::vector<GridRing>* owner = nullptr;
        for (auto& group : groups) {
            if (!contains(group.front(), twice_x, twice_y)) continue;
            if (owner == nullptr || twice_area(group.front()) < twice_area(owner->front())) owner = &group;
        }
        if (owner != nullptr) owner->push_back(std::move(hole));
    }
    std::vector<GridRing> all;
    for (auto& group : groups)
        std::ranges::move(group, std::back_inserter(all));
    return all;
}

std::vector<GridRing> cut_to(const std::vector<GridRing>& rings, Axis axis, std::int64_t low,
                             std::int64_t high) {
    std::vector<GridRing> kept;
    for (const auto& ring : rings) {
        auto cut = cut_one_side(cut_one_side(ring, axis, low, true), axis, high, false);
        if (cut.size() >= 3) kept.push_back(std::move(cut));
    }
    return kept;
}

std::vector<GridRing> put_right(std::vector<GridRing> rings, const GridBox& box) {
    if (std::ranges::none_of(rings, [&box](const GridRing& ring) { return touches_side(ring, box); }))
        return grouped(std::move(rings));
    std::vector<GridEdge> edges;
    for (const auto& ring : rings)
        add_edges(ring, edges);
    split_along_box(edges, box);
    return grouped(rings_of(std::move(edges)));
}

}  // namespace tendik::tiles
