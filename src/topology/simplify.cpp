#include "segment_grid.h"
#include "tendik/topology/arcs.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tendik::topology {
namespace {

using Indices = std::vector<std::size_t>;

double squared_distance(const Point& point, const Point& from, const Point& to) {
    const auto dx = to.x - from.x;
    const auto dy = to.y - from.y;
    const auto length = dx * dx + dy * dy;
    const auto along = length > 0.0 ? ((point.x - from.x) * dx + (point.y - from.y) * dy) / length : 0.0;
    const auto share = std::clamp(along, 0.0, 1.0);
    const auto x = point.x - (from.x + share * dx);
    const auto y = point.y - (from.y + share * dy);
    return x * x + y * y;
}

/// The inner point farthest from the straight line between first and last; the first of equals.
std::pair<std::size_t, double> farthest(const std::vector<Point>& points, std::size_t first,
                                        std::size_t last) {
    std::pair<std::size_t, double> best{first, -1.0};
    for (auto i = first + 1; i < last; ++i) {
        const auto distance = squared_distance(points[i], points[first], points[last]);
        if (distance > best.second) best = {i, distance};
    }
    return best;
}

/// Douglas and Peucker (1973) between two kept points; a list of open spans in place of recursion.
void keep_between(const std::vector<Point>& points, std::size_t first, std::size_t last, double tolerance,
                  std::vector<bool>& keep) {
    std::vector<std::pair<std::size_t, std::size_t>> spans{{first, last}};
    while (!spans.empty()) {
        const auto [begin, end] = spans.back();
        spans.pop_back();
        const auto [middle, distance] = farthest(points, begin, end);
        if (!(distance > tolerance * tolerance)) continue;
        keep[middle] = true;
        spans.emplace_back(begin, middle);
        spans.emplace_back(middle, end);
    }
}

/// Three corners at least: the start, the point farthest from it, and the one farthest from the line between
/// them.
void keep_triangle(const std::vector<Point>& points, std::vector<bool>& keep) {
    const auto last = points.size() - 1;
    const auto opposite = farthest(points, 0, last).first;
    keep[opposite] = true;
    const auto one = farthest(points, 0, opposite);
    const auto other = farthest(points, opposite, last);
    if (one.second < 0.0 && other.second < 0.0) return;
    keep[one.second >= other.second ? one.first : other.first] = true;
}

/// Numbers of the points to keep. An arc and its reverse keep the same points, because both are looked at in
/// the direction that begins with the smaller point.
Indices kept_points(const Arc& arc, double tolerance) {
    auto points = arc.points;
    const auto last = points.size() - 1;
    const bool turned =
        std::ranges::lexicographical_compare(points.rbegin(), points.rend(), points.begin(), points.end());
    if (turned) std::ranges::reverse(points);
    std::vector<bool> keep(points.size(), false);
    keep.front() = true;
    keep.back() = true;
    if (arc.closed()) {
        const auto opposite = farthest(points, 0, last).first;
        keep[opposite] = true;
        keep_between(points, 0, opposite, tolerance, keep);
        keep_between(points, opposite, last, tolerance, keep);
        if (std::ranges::count(keep, true) < 4) keep_triangle(points, keep);
    } else {
        keep_between(points, 0, last, tolerance, keep);
    }
    Indices kept;
    for (std::size_t i = 0; i <= last; ++i) {
        if (keep[turned ? last - i : i]) kept.push_back(i);
    }
    return kept;
}

Indices all_points(const Arc& arc) {
    Indices all(arc.points.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    return all;
}

/// Even-odd rule for the area between an arc's run of points and the straight line that replaces it.
bool inside_run(const std::vector<Point>& points, std::size_t first, std::size_t last, const Point& place) {
    bool inside = false;
    auto before = last;
    for (auto i = first; i <= last; before = i++) {
        const auto& a = points[i];
        const auto& b = points[before];
        if ((a.y > place.y) == (b.y > place.y)) continue;
        if (place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
    }
    return inside;
}

/// Arcs with the points that are kept so far, and the search for what that breaks.
class Simplification {
public:
    Simplification(const ArcNetwork& network, std::vector<Indices> kept)
        : m_network(network),
          m_kept(std::move(kept)),
          m_whole(network.arcs.size(), false) {
        for (std::size_t i = 0; i < m_kept.size(); ++i)
            m_whole[i] = m_kept[i].size() == network.arcs[i].points.size();
    }

    /// Gives arcs back all their points until nothing crosses, collapses or has been jumped over.
    void undo_faults() {
        for (;;) {
            std::vector<bool> faulty(m_kept.size(), false);
            find_crossings(faulty);
            find_jumps(faulty);
            find_collapsed_rings(faulty);
            bool changed = false;
            for (std::size_t i = 0; i < m_kept.size(); ++i) {
                if (!faulty[i] || m_whole[i]) continue;
                m_kept[i] = all_points(m_network.arcs[i]);
                m_whole[i] = true;
                changed = true;
            }
            if (!changed) return;
        }
    }

    std::vector<Point> points(std::size_t arc) const {
        std::vector<Point> points;
        points.reserve(m_kept[arc].size());
        for (const auto i : m_kept[arc])
            points.push_back(m_network.arcs[arc].points[i]);
        return points;
    }

private:
    std::vector<Segment> segments() const {
        std::vector<Segment> segments;
        for (std::uint32_t arc = 0; arc < m_kept.size(); ++arc) {
            const auto& points = m_network.arcs[arc].points;
            for (std::size_t i = 0; i + 1 < m_kept[arc].size(); ++i)
                segments.push_back({points[m_kept[arc][i]], points[m_kept[arc][i + 1]], arc});
        }
        return segments;
    }

    void find_crossings(std::vector<bool>& faulty) const {
        const auto pieces = segments();
        const SegmentGrid grid(pieces);
        for (std::uint32_t i = 0; i < pieces.size(); ++i) {
            const auto& piece = pieces[i];
            grid.visit_near(box_of(piece), [&](std::uint32_t other) {
                if (other <= i || (m_whole[piece.arc] && m_whole[pieces[other].arc])) return;
                if (faulty[piece.arc] && faulty[pieces[other].arc]) return;
                if (!conflict(piece, pieces[other])) return;
                faulty[piece.arc] = true;
                faulty[pieces[other].arc] = true;
            });
        }
    }

    std::vector<Segment> vertices() const {
        std::vector<Segment> vertices;
        for (std::uint32_t arc = 0; arc < m_kept.size(); ++arc) {
            for (const auto i : m_kept[arc]) {
                const auto& point = m_network.arcs[arc].points[i];
                vertices.push_back({point, point, arc});
            }
        }
        return vertices;
    }

    /// An arc that has moved over a vertex leaves it on the wrong side although nothing crosses: an enclave
    /// would lie in another region, an island on the mainland.
    void find_jumps(std::vector<bool>& faulty) const {
        const auto places = vertices();
        const SegmentGrid grid(places);
        for (std::size_t arc = 0; arc < m_kept.size(); ++arc) {
            if (m_whole[arc]) continue;
            const auto& points = m_network.arcs[arc].points;
            for (std::size_t k = 0; k + 1 < m_kept[arc].size() && !faulty[arc]; ++k) {
                const auto first = m_kept[arc][k];
                const auto last = m_kept[arc][k + 1];
                if (last - first < 2) continue;
                Box box;
                for (auto i = first; i <= last; ++i)
                    box.extend(points[i]);
                grid.visit_near(box, [&](std::uint32_t number) {
                    const auto& place = places[number].from;
                    if (faulty[arc] || place == points[first] || place == points[last]) return;
                    if (inside_run(points, first, last, place)) faulty[arc] = true;
                });
            }
        }
    }

    double ring_area(const ArcRing& ring, bool before) const {
        Ring joined;
        for (const auto& use : ring) {
            auto piece = before ? m_network.arcs[use.arc].points : points(use.arc);
            if (use.backwards) std::ranges::reverse(piece);
            joined.insert(joined.end(), piece.begin(), piece.end());
        }
        return joined.empty() ? 0.0 : twice_signed_area(joined);
    }

    void find_collapsed_rings(std::vector<bool>& faulty) const {
        const auto check = [&](const ArcRing& ring) {
            const auto before = ring_area(ring, true);
            if (before == 0.0 || before * ring_area(ring, false) > 0.0) return;
            for (const auto& use : ring)
                faulty[use.arc] = true;
        };
        for (const auto& parts : m_network.regions) {
            for (const auto& part : parts) {
                check(part.outer);
                for (const auto& hole : part.holes)
                    check(hole);
            }
        }
    }

    const ArcNetwork& m_network;
    std::vector<Indices> m_kept;
    std::vector<bool> m_whole;
};

ArcNetwork simplify(ArcNetwork network, double tolerance, bool closed_too) {
    if (!(tolerance > 0.0)) return network;
    std::vector<Indices> kept;
    kept.reserve(network.arcs.size());
    for (const auto& arc : network.arcs)
        kept.push_back(arc.closed() && !closed_too ? all_points(arc) : kept_points(arc, tolerance));
    Simplification simplification(network, std::move(kept));
    simplification.undo_faults();
    std::vector<std::vector<Point>> points;
    points.reserve(network.arcs.size());
    for (std::size_t i = 0; i < network.arcs.size(); ++i)
        points.push_back(simplification.points(i));
    for (std::size_t i = 0; i < network.arcs.size(); ++i)
        network.arcs[i].points = std::move(points[i]);
    return network;
}

}  // namespace

ArcNetwork simplify(ArcNetwork network, double tolerance) {
    return simplify(std::move(network), tolerance, true);
}

ArcNetwork simplify_open_arcs(ArcNetwork network, double tolerance) {
    return simplify(std::move(network), tolerance, false);
}

}  // namespace tendik::topology
