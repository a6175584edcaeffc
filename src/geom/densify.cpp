#include "tendik/geom/crs.h"

#include <cmath>
#include <utility>

namespace tendik::geom {
namespace {

/// 4096 pieces of one edge are enough for any map; more means that the edge runs through a pole.
constexpr int deepest = 12;

struct Edge {
    Point from;  ///< in the source system
    Point to;
    Point new_from;  ///< transformed
    Point new_to;
};

Point middle_of(const Point& a, const Point& b) { return {(a.x + b.x) / 2.0, (a.y + b.y) / 2.0}; }

/// Transformed points strictly between the ends, in order.
void add_between(const Transform& transform, const Edge& edge, double tolerance, int depth, Ring& points) {
    if (depth == deepest) return;
    const auto middle = middle_of(edge.from, edge.to);
    const auto bent = transform(middle);
    const auto straight = middle_of(edge.new_from, edge.new_to);
    if (std::hypot(bent.x - straight.x, bent.y - straight.y) <= tolerance) return;
    add_between(transform, {edge.from, middle, edge.new_from, bent}, tolerance, depth + 1, points);
    points.push_back(bent);
    add_between(transform, {middle, edge.to, bent, edge.new_to}, tolerance, depth + 1, points);
}

Ring densified(const Transform& transform, const Ring& ring, double tolerance) {
    Ring result;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        result.push_back(transform(ring[i]));
        if (i + 1 == ring.size()) break;
        // Always from the smaller end, so that both neighbours of the edge get the same numbers.
        const bool forwards = ring[i] < ring[i + 1];
        const auto& low = forwards ? ring[i] : ring[i + 1];
        const auto& high = forwards ? ring[i + 1] : ring[i];
        Ring between;
        add_between(transform, {low, high, transform(low), transform(high)}, tolerance, 0, between);
        if (forwards)
            result.insert(result.end(), between.begin(), between.end());
        else
            result.insert(result.end(), between.rbegin(), between.rend());
    }
    return result;
}

}  // namespace

Shape Transform::operator()(const Shape& shape, double tolerance) const {
    Shape result;
    for (const auto& part : shape.parts) {
        Polygon polygon;
        polygon.outer = densified(*this, part.outer, tolerance);
        for (const auto& hole : part.holes)
            polygon.holes.push_back(densified(*this, hole, tolerance));
        result.parts.push_back(std::move(polygon));
    }
    return result;
}

}  // namespace tendik::geom
