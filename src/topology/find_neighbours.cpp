#include "tendik/topology/find_neighbours.h"

#include "segment_grid.h"
#include "tendik/base/error.h"
#include "tendik/geom/crs.h"
#include "tendik/geom/geodesic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace tendik::topology {
namespace {

Point along(const Segment& segment, double t) {
    if (t <= 0.0) return segment.from;
    if (t >= 1.0) return segment.to;
    return {segment.from.x + t * (segment.to.x - segment.from.x),
            segment.from.y + t * (segment.to.y - segment.from.y)};
}

/// Where the point falls on the line through the segment: 0 at its beginning, 1 at its end.
double place_on(const Segment& segment, const Point& point) {
    const double dx = segment.to.x - segment.from.x;
    const double dy = segment.to.y - segment.from.y;
    const double squared = dx * dx + dy * dy;
    if (squared == 0.0) return 0.0;
    return ((point.x - segment.from.x) * dx + (point.y - segment.from.y) * dy) / squared;
}

double distance(const Segment& segment, const Point& point) {
    const auto nearest = along(segment, place_on(segment, point));
    return std::hypot(point.x - nearest.x, point.y - nearest.y);
}

/// The part of `a` that runs along `b`, from 0 to 1; empty when it has no length.
std::pair<double, double> common_part(const Segment& a, const Segment& b, double snap) {
    auto [from, to] = std::minmax({place_on(a, b.from), place_on(a, b.to)});
    from = std::max(from, 0.0);
    to = std::min(to, 1.0);
    if (!(to > from)) return {0.0, 0.0};
    if (distance(b, along(a, from)) > snap || distance(b, along(a, to)) > snap) return {0.0, 0.0};
    return {from, to};
}

bool touch(const Segment& a, const Segment& b, double snap) {
    return distance(a, b.from) <= snap || distance(a, b.to) <= snap || distance(b, a.from) <= snap ||
           distance(b, a.to) <= snap || conflict(a, b);
}

std::vector<Segment> edges_of(const Boundaries& boundaries) {
    std::vector<Segment> edges;
    const auto add = [&edges](const Ring& ring, std::uint32_t region) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            edges.push_back({ring[i], ring[i + 1], region});
    };
    for (std::uint32_t region = 0; region < boundaries.regions.size(); ++region) {
        for (const auto& part : boundaries.regions[region].shape.parts) {
            add(part.outer, region);
            for (const auto& hole : part.holes)
                add(hole, region);
        }
    }
    return edges;
}

/// Lengths of shared border by pair of regions, smaller number first; zero where only points are shared.
using Borders = std::map<std::pair<std::uint32_t, std::uint32_t>, double>;

class BorderFinder {
public:
    BorderFinder(const Boundaries& boundaries, double snap)
        : m_edges(edges_of(boundaries)),
          m_grid(m_edges),
          m_snap(snap),
          m_geographic(geom::is_geographic(boundaries.crs)) {}

    Borders find() {
        Borders borders;
        std::vector<std::uint32_t> near;
        for (const auto& edge : m_edges) {
            auto box = box_of(edge);
            box.extend(Point{box.min_x - m_snap, box.min_y - m_snap});
            box.extend(Point{box.max_x + m_snap, box.max_y + m_snap});
            near.clear();
            m_grid.visit_near(box, [&](std::uint32_t other) {
                if (m_edges[other].arc > edge.arc) near.push_back(other);
            });
            std::ranges::sort(near);
            const auto repeated = std::ranges::unique(near);
            near.erase(repeated.begin(), repeated.end());
            for (const auto other : near)
                add(edge, m_edges[other], borders);
        }
        return borders;
    }

private:
    void add(const Segment& edge, const Segment& other, Borders& borders) const {
        const auto [from, to] = common_part(edge, other, m_snap);
        const double length = to > from ? length_of(along(edge, from), along(edge, to)) : 0.0;
        if (length > 0.0)
            borders[{edge.arc, other.arc}] += length;
        else if (touch(edge, other, m_snap))
            borders.try_emplace({edge.arc, other.arc}, 0.0);
    }

    /// Zero for what is no longer than the snap: two corners that touch are no border.
    double length_of(const Point& from, const Point& to) const {
        const double planar = std::hypot(to.x - from.x, to.y - from.y);
        if (planar <= m_snap) return 0.0;
        return m_geographic ? geom::geodesic_distance_m(from, to) : planar;
    }

    std::vector<Segment> m_edges;
    SegmentGrid m_grid;
    double m_snap;
    bool m_geographic;
};

}  // namespace

Neighbours find_neighbours(const Boundaries& boundaries, const NeighbourOptions& options) {
    if (!(options.snap >= 0.0) || !std::isfinite(options.snap))
        throw UsageError(fmt::format("the snap is {}, expected a distance of 0 or more", options.snap),
                         "it is counted in units of the boundaries' coordinates");
    Neighbours neighbours{options.contiguity, options.snap, {}};
    neighbours.of.resize(boundaries.regions.size());
    for (const auto& [pair, length] : BorderFinder(boundaries, options.snap).find()) {
        if (options.contiguity == Contiguity::rook && length == 0.0) continue;
        neighbours.of[pair.first].push_back({RegionIndex{pair.second}, length});
        neighbours.of[pair.second].push_back({RegionIndex{pair.first}, length});
    }
    for (auto& list : neighbours.of)
        std::ranges::sort(list, {}, &Neighbour::region);
    return neighbours;
}

}  // namespace tendik::topology
