#include "zoom_plane.h"

#include "hot_cells.h"
#include "tendik/geom/tile_number.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tendik::tiles {
namespace {

/// Adds points between `from` and `to` (lon/lat) until the Mercator image is straight enough. Only the middle
/// need be looked at: the image of a straight line bends to one side.
void add_bent(const Point& from, const Point& to, double tolerance, std::vector<Point>& points) {
    std::vector<std::pair<Point, Point>> open{{from, to}};
    while (!open.empty()) {
        const auto [a, b] = open.back();
        open.pop_back();
        const Point middle{(a.x + b.x) / 2.0, (a.y + b.y) / 2.0};
        const auto image_a = geom::to_unit_mercator(a);
        const auto image_b = geom::to_unit_mercator(b);
        const auto image = geom::to_unit_mercator(middle);
        const auto off =
            std::hypot(image.x - (image_a.x + image_b.x) / 2.0, image.y - (image_a.y + image_b.y) / 2.0);
        if (off > tolerance) {
            open.emplace_back(middle, b);
            open.emplace_back(a, middle);
        } else {
            points.push_back(image_b);
        }
    }
}

/// Where a segment crosses the lines `value = k * extent + offset`; crossing points lie exactly on the line.
void add_crossings(const Point& from, const Point& to, Axis axis, double extent, double offset,
                   std::vector<std::pair<double, Point>>& crossings) {
    const auto start = axis == Axis::x ? from.x : from.y;
    const auto end = axis == Axis::x ? to.x : to.y;
    const auto low = std::min(start, end);
    const auto high = std::max(start, end);
    for (auto k = std::floor((low - offset) / extent) + 1.0;; k += 1.0) {
        const auto value = k * extent + offset;
        if (value >= high) return;
        const auto share = (value - start) / (end - start);
        Point point{from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)};
        (axis == Axis::x ? point.x : point.y) = value;
        crossings.emplace_back(share, point);
    }
}

std::vector<Point> split_at_tile_limits(const std::vector<Point>& line, double extent, double buffer) {
    std::vector<Point> split;
    std::vector<std::pair<double, Point>> crossings;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (i > 0) {
            crossings.clear();
            for (const auto axis : {Axis::x, Axis::y}) {
                add_crossings(line[i - 1], line[i], axis, extent, buffer, crossings);
                if (buffer > 0.0) add_crossings(line[i - 1], line[i], axis, extent, -buffer, crossings);
            }
            std::ranges::sort(crossings);
            for (const auto& [share, point] : crossings)
                split.push_back(point);
        }
        split.push_back(line[i]);
    }
    return split;
}

/// To grid units. The shift, a millionth of a unit, takes vertices off the middle between two cells, where it
/// would be open which of them a segment passes through.
std::vector<Point> on_grid(const std::vector<Point>& line, double grid_size) {
    constexpr Point shift{0.8e-6, 1.1e-6};
    std::vector<Point> scaled;
    scaled.reserve(line.size());
    for (const auto& point : line)
        scaled.push_back({point.x * grid_size + shift.x, point.y * grid_size + shift.y});
    return scaled;
}

void snap_arcs(const ArcNetwork& network, ZoomPlane& plane) {
    const auto grid_size = static_cast<double>(plane.extent) * std::ldexp(1.0, static_cast<int>(plane.zoom));
    std::vector<std::vector<Point>> lines;
    std::vector<GridPoint> vertices;
    for (const auto& arc : network.arcs) {
        lines.push_back(split_at_tile_limits(on_grid(arc.points, grid_size),
                                             static_cast<double>(plane.extent),
                                             static_cast<double>(plane.buffer)));
        for (const auto& point : lines.back())
            vertices.push_back(cell_of(point));
    }
    const HotCells cells(std::move(vertices));
    for (std::size_t i = 0; i < lines.size(); ++i)
        plane.arcs.push_back({i, cells.snap(lines[i]), {}, {}});
}

/// Rings run backwards here: with y downwards this makes the area of outer rings positive.
void add_ring_edges(const ZoomPlane& plane, const ArcRing& ring, std::vector<GridEdge>& edges) {
    for (const auto& use : ring) {
        const auto& points = plane.arcs[use.arc].points;
        for (std::size_t i = 0; i + 1 < points.size(); ++i) {
            if (use.backwards)
                edges.emplace_back(points[i], points[i + 1]);
            else
                edges.emplace_back(points[i + 1], points[i]);
        }
    }
}

std::optional<RegionIndex> owner_of_cell(const ZoomPlane& plane, const GridPoint& cell) {
    for (std::size_t i = 0; i < plane.regions.size(); ++i) {
        bool inside = false;
        for (const auto& ring : plane.regions[i]) {
            if (contains(ring, 2 * cell.x + 1, 2 * cell.y + 1)) inside = !inside;
        }
        if (inside) return static_cast<RegionIndex>(i);
    }
    return std::nullopt;
}

/// Whether some border comes to the closed unit square at `cell`, as far as boxes tell.
bool border_near(const ZoomPlane& plane, const GridPoint& cell) {
    for (const auto& arc : plane.arcs) {
        for (std::size_t i = 0; i + 1 < arc.points.size(); ++i) {
            const auto& a = arc.points[i];
            const auto& b = arc.points[i + 1];
            if (std::max(a.x, b.x) < cell.x || std::min(a.x, b.x) > cell.x + 1) continue;
            if (std::max(a.y, b.y) < cell.y || std::min(a.y, b.y) > cell.y + 1) continue;
            // All corners strictly on one side: the segment passes by.
            const auto side = [&](std::int64_t x, std::int64_t y) {
                return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
            };
            const auto sides = {side(cell.x, cell.y), side(cell.x + 1, cell.y), side(cell.x, cell.y + 1),
                                side(cell.x + 1, cell.y + 1)};
            if (std::min(sides) <= 0 && std::max(sides) >= 0) return true;
        }
    }
    return false;
}

/// The free cell nearest to `around`, ring by ring.
GridPoint free_cell(const ZoomPlane& plane, const GridPoint& around) {
    const auto grid_size = plane.extent << plane.zoom;
    for (std::int64_t radius = 0; radius < grid_size; ++radius) {
        for (auto y = around.y - radius; y <= around.y + radius; ++y) {
            const bool edge_row = y == around.y - radius || y == around.y + radius;
            for (auto x = around.x - radius; x <= around.x + radius;
                 x += edge_row || radius == 0 ? 1 : 2 * radius) {
                if (x < 0 || y < 0 || x >= grid_size || y >= grid_size) continue;
                if (!border_near(plane, {x, y})) return {x, y};
            }
        }
    }
    return around;
}

/// Middle of the largest part of a region in unit Mercator.
Point middle_of(const ArcNetwork& network, const std::vector<ArcPolygon>& parts) {
    Box largest;
    double best = -1.0;
    for (const auto& part : parts) {
        Box box;
        for (const auto& use : part.outer) {
            for (const auto& point : network.arcs[use.arc].points)
                box.extend(point);
        }
        const auto size = (box.max_x - box.min_x) * (box.max_y - box.min_y);
        if (size > best) {
            best = size;
            largest = box;
        }
    }
    return {(largest.min_x + largest.max_x) / 2.0, (largest.min_y + largest.max_y) / 2.0};
}

/// The region becomes the unit square at a free cell; its owner so far, if any, gets the same square as a
/// hole.
void keep_as_square(const ArcNetwork& network, std::size_t region, ZoomPlane& plane) {
    const auto grid_size = static_cast<double>(plane.extent << plane.zoom);
    const auto middle = middle_of(network, network.regions[region]);
    const auto cell = free_cell(plane, {static_cast<std::int64_t>(std::floor(middle.x * grid_size)),
                                        static_cast<std::int64_t>(std::floor(middle.y * grid_size))});
    const auto [x, y] = cell;
    GridRing square{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}};
    const auto owner = owner_of_cell(plane, cell);
    if (owner) plane.regions[static_cast<std::size_t>(*owner)].emplace_back(square.rbegin(), square.rend());
    GridLine outline = square;
    outline.push_back(square.front());
    plane.regions[region].push_back(std::move(square));
    plane.arcs.push_back({plane.arcs.size(), std::move(outline), {}, {}});
}

/// Which region has the directed edge in its rings.
class EdgeOwners {
public:
    explicit EdgeOwners(const ZoomPlane& plane) {
        for (std::size_t i = 0; i < plane.regions.size(); ++i) {
            std::vector<GridEdge> edges;
            for (const auto& ring : plane.regions[i])
                add_edges(ring, edges);
            for (const auto& edge : edges)
                m_owners.emplace_back(edge, static_cast<RegionIndex>(i));
        }
        std::ranges::sort(m_owners);
        m_drawn.assign(m_owners.size(), false);
    }

    std::optional<RegionIndex> owner(const GridPoint& from, const GridPoint& to) const {
        const auto place = find(from, to);
        return place ? std::optional(m_owners[*place].second) : std::nullopt;
    }

    /// True the first time that the edge is asked for, in either direction.
    bool draw(const GridPoint& from, const GridPoint& to) {
        bool first = true;
        for (const auto& place : {find(from, to), find(to, from)}) {
            if (!place) continue;
            first = first && !m_drawn[*place];
            m_drawn[*place] = true;
        }
        return first;
    }

private:
    std::optional<std::size_t> find(const GridPoint& from, const GridPoint& to) const {
        const GridEdge edge{from, to};
        const auto place =
            std::ranges::lower_bound(m_owners, edge, {}, &std::pair<GridEdge, RegionIndex>::first);
        if (place == m_owners.end() || place->first != edge) return std::nullopt;
        return static_cast<std::size_t>(place - m_owners.begin());
    }

    std::vector<std::pair<GridEdge, RegionIndex>> m_owners;
    std::vector<bool> m_drawn;
};

/// Keeps of the arcs what still parts two regions, or a region from the outside, once each and by the sides
/// it has now.
void resolve_borders(ZoomPlane& plane) {
    EdgeOwners owners(plane);
    const auto snapped = std::exchange(plane.arcs, {});
    for (const auto& arc : snapped) {
        bool goes_on = false;
        for (std::size_t i = 0; i + 1 < arc.points.size(); ++i) {
            const auto& from = arc.points[i];
            const auto& to = arc.points[i + 1];
            // Rings run with their region to the right on the map, because y points down.
            const auto right = owners.owner(from, to);
            const auto left = owners.owner(to, from);
            if ((!left && !right) || !owners.draw(from, to)) {
                goes_on = false;
                continue;
            }
            if (!goes_on || plane.arcs.back().left != left || plane.arcs.back().right != right)
                plane.arcs.push_back({arc.number, {from}, left, right});
            plane.arcs.back().points.push_back(to);
            goes_on = true;
        }
    }
}

}  // namespace

GridBox ZoomPlane::tile_box(std::int64_t column, std::int64_t row) const {
    return {column * extent - buffer, row * extent - buffer, (column + 1) * extent + buffer,
            (row + 1) * extent + buffer};
}

std::int64_t ZoomPlane::first_tile(std::int64_t coordinate) const {
    const auto tile = (coordinate - buffer + extent - 1) / extent - 1;
    return std::clamp<std::int64_t>(tile, 0, (std::int64_t{1} << zoom) - 1);
}

std::int64_t ZoomPlane::last_tile(std::int64_t coordinate) const {
    const auto tile = (coordinate + buffer) / extent;
    return std::clamp<std::int64_t>(tile, 0, (std::int64_t{1} << zoom) - 1);
}

ArcNetwork to_mercator(ArcNetwork network, double tolerance) {
    for (auto& arc : network.arcs) {
        std::vector<Point> points{geom::to_unit_mercator(arc.points.front())};
        for (std::size_t i = 0; i + 1 < arc.points.size(); ++i)
            add_bent(arc.points[i], arc.points[i + 1], tolerance, points);
        arc.points = std::move(points);
    }
    return network;
}

ZoomPlane make_plane(const ArcNetwork& network, std::uint32_t zoom, std::uint32_t extent,
                     std::uint32_t buffer) {
    ZoomPlane plane;
    plane.zoom = zoom;
    plane.extent = extent;
    plane.buffer = buffer;
    snap_arcs(network, plane);
    plane.regions.resize(network.regions.size());
    for (std::size_t i = 0; i < network.regions.size(); ++i) {
        std::vector<GridEdge> edges;
        for (const auto& part : network.regions[i]) {
            add_ring_edges(plane, part.outer, edges);
            for (const auto& hole : part.holes)
                add_ring_edges(plane, hole, edges);
        }
        plane.regions[i] = rings_of(std::move(edges));
    }
    for (std::size_t i = 0; i < network.regions.size(); ++i) {
        if (plane.regions[i].empty() && !network.regions[i].empty()) keep_as_square(network, i, plane);
    }
    resolve_borders(plane);
    return plane;
}

}  // namespace tendik::tiles
