#include "tendik/geom/shape.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tendik {
namespace {

/// Whether a ray from `point` to the right crosses the ring an odd number of times.
bool odd_crossings(const Ring& ring, const Point& point) {
    bool odd = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[i + 1];
        if ((a.y > point.y) == (b.y > point.y)) continue;
        const double x = a.x + (b.x - a.x) * ((point.y - a.y) / (b.y - a.y));
        if (point.x < x) odd = !odd;
    }
    return odd;
}

std::size_t vertex_count_of(const Polygon& part) {
    std::size_t count = part.outer.size();
    for (const auto& hole : part.holes)
        count += hole.size();
    return count;
}

}  // namespace

void Box::extend(const Point& point) noexcept {
    min_x = std::min(min_x, point.x);
    min_y = std::min(min_y, point.y);
    max_x = std::max(max_x, point.x);
    max_y = std::max(max_y, point.y);
}

void Box::extend(const Box& other) noexcept {
    if (other.empty()) return;
    extend(Point{other.min_x, other.min_y});
    extend(Point{other.max_x, other.max_y});
}

bool Box::intersects(const Box& other) const noexcept {
    if (empty() || other.empty()) return false;
    return min_x <= other.max_x && other.min_x <= max_x && min_y <= other.max_y && other.min_y <= max_y;
}

Box box_of(const Shape& shape) {
    Box box;
    for (const auto& part : shape.parts)
        for (const auto& point : part.outer)
            box.extend(point);
    return box;
}

std::size_t vertex_count(const Shape& shape) {
    std::size_t count = 0;
    for (const auto& part : shape.parts)
        count += vertex_count_of(part);
    return count;
}

double twice_signed_area(const Ring& ring) {
    if (ring.empty()) return 0.0;
    // Relative to the first point: far from the origin the products would swallow the digits.
    const auto& base = ring.front();
    double sum = 0.0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const double ax = ring[i].x - base.x;
        const double ay = ring[i].y - base.y;
        const double bx = ring[i + 1].x - base.x;
        const double by = ring[i + 1].y - base.y;
        sum += ax * by - bx * ay;
    }
    return sum;
}

Shape oriented(Shape shape) {
    for (auto& part : shape.parts) {
        if (twice_signed_area(part.outer) < 0.0) std::ranges::reverse(part.outer);
        for (auto& hole : part.holes)
            if (twice_signed_area(hole) > 0.0) std::ranges::reverse(hole);
    }
    return shape;
}

bool contains(const Shape& shape, const Point& point) {
    bool inside = false;
    for (const auto& part : shape.parts) {
        if (odd_crossings(part.outer, point)) inside = !inside;
        for (const auto& hole : part.holes)
            if (odd_crossings(hole, point)) inside = !inside;
    }
    return inside;
}

}  // namespace tendik
