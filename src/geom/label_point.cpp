#include "tendik/base/error.h"
#include "tendik/geom/shape.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <queue>
#include <vector>

namespace tendik {
namespace {

double area_of(const Polygon& part) {
    double twice = std::abs(twice_signed_area(part.outer));
    for (const auto& hole : part.holes)
        twice -= std::abs(twice_signed_area(hole));
    return twice / 2.0;
}

double squared_distance_to_side(const Point& point, const Point& a, const Point& b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared_length = dx * dx + dy * dy;
    double t = 0.0;
    if (squared_length > 0.0)
        t = std::clamp(((point.x - a.x) * dx + (point.y - a.y) * dy) / squared_length, 0.0, 1.0);
    const double ex = point.x - (a.x + t * dx);
    const double ey = point.y - (a.y + t * dy);
    return ex * ex + ey * ey;
}

double squared_distance_to_ring(const Point& point, const Ring& ring) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        least = std::min(least, squared_distance_to_side(point, ring[i], ring[i + 1]));
    return least;
}

/// Distance to the border, negative outside.
double clearance(const Shape& one_part, const Point& point) {
    const auto& part = one_part.parts.front();
    double squared = squared_distance_to_ring(point, part.outer);
    for (const auto& hole : part.holes)
        squared = std::min(squared, squared_distance_to_ring(point, hole));
    const double distance = std::sqrt(squared);
    return contains(one_part, point) ? distance : -distance;
}

/// A square of the search: no point in it can be farther from the border than `bound`.
struct Cell {
    Point centre;
    double half = 0.0;
    double clearance = 0.0;
    double bound = 0.0;
};

/// The most promising cell comes first; equal promise is decided by place, so that the order is the same in
/// every run.
struct LessPromising {
    bool operator()(const Cell& a, const Cell& b) const {
        if (a.bound != b.bound) return a.bound < b.bound;
        return a.centre > b.centre;
    }
};

Cell cell_at(const Shape& one_part, Point centre, double half) {
    const double distance = clearance(one_part, centre);
    return {centre, half, distance, distance + half * std::numbers::sqrt2};
}

void collect_crossings(const Ring& ring, double y, std::vector<double>& xs) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[i + 1];
        if ((a.y > y) != (b.y > y)) xs.push_back(a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)));
    }
}

/// A height near the middle of the part that no vertex has: between the two neighbouring vertex heights.
double level_without_vertex(const Polygon& part, const Box& box) {
    const double middle = box.min_y + (box.max_y - box.min_y) / 2.0;
    double below = box.min_y;
    double above = box.max_y;
    const auto narrow = [&](const Ring& ring) {
        for (const auto& point : ring) {
            if (point.y <= middle) below = std::max(below, point.y);
            if (point.y > middle) above = std::min(above, point.y);
        }
    };
    narrow(part.outer);
    std::ranges::for_each(part.holes, narrow);
    return below + (above - below) / 2.0;
}

/// The middle of the longest inner stretch of a horizontal line: inside however thin the part is, so the
/// search never has to end without an inner point.
Point point_on_level(const Polygon& part, const Box& box) {
    const double y = level_without_vertex(part, box);
    std::vector<double> xs;
    collect_crossings(part.outer, y, xs);
    for (const auto& hole : part.holes)
        collect_crossings(hole, y, xs);
    std::ranges::sort(xs);
    Point best = part.outer.front();
    double widest = -1.0;
    for (std::size_t i = 0; i + 1 < xs.size(); i += 2) {
        if (xs[i + 1] - xs[i] <= widest) continue;
        widest = xs[i + 1] - xs[i];
        best = {xs[i] + widest / 2.0, y};
    }
    return best;
}

/// Branch and bound over squares that are quartered while they may still hold a better point.
Point search(const Shape& one_part, const Box& box, Cell best, double precision) {
    std::priority_queue<Cell, std::vector<Cell>, LessPromising> open;
    const double size = std::min(box.max_x - box.min_x, box.max_y - box.min_y);
    // A very long part would need countless squares of its width.
    const double longer = std::max(box.max_x - box.min_x, box.max_y - box.min_y);
    const double half = std::max(size, longer / 64.0) / 2.0;
    for (double x = box.min_x; x < box.max_x; x += 2.0 * half)
        for (double y = box.min_y; y < box.max_y; y += 2.0 * half)
            open.push(cell_at(one_part, {x + half, y + half}, half));
    while (!open.empty() && open.top().bound > best.clearance + precision) {
        const auto cell = open.top();
        open.pop();
        if (cell.clearance > best.clearance) best = cell;
        const double quarter = cell.half / 2.0;
        for (const double dx : {-quarter, quarter})
            for (const double dy : {-quarter, quarter})
                open.push(cell_at(one_part, {cell.centre.x + dx, cell.centre.y + dy}, quarter));
    }
    return best.centre;
}

}  // namespace

Point label_point(const Shape& shape) {
    const auto largest = std::ranges::max_element(shape.parts, {}, area_of);
    if (largest == shape.parts.end() || largest->outer.empty())
        throw InputError("a shape without parts has no place for a label");
    const Shape one_part{{*largest}};
    const auto box = box_of(one_part);
    const double longer = std::max(box.max_x - box.min_x, box.max_y - box.min_y);
    const double shorter = std::min(box.max_x - box.min_x, box.max_y - box.min_y);
    if (!(shorter > 0.0)) return largest->outer.front();
    auto best = cell_at(one_part, point_on_level(*largest, box), 0.0);
    const Point middle{box.min_x + (box.max_x - box.min_x) / 2.0, box.min_y + (box.max_y - box.min_y) / 2.0};
    const auto centre = cell_at(one_part, middle, 0.0);
    if (centre.clearance > best.clearance) best = centre;
    return search(one_part, box, best, longer * 0.01);
}

}  // namespace tendik
