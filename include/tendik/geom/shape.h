#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace tendik {

/// Coordinates in the units of the CRS they belong to; x is longitude or easting, y latitude or northing.
struct Point {
    double x = 0.0;
    double y = 0.0;
    friend auto operator<=>(const Point&, const Point&) = default;
};

/// Closed: the first point is repeated at the end; at least four points.
using Ring = std::vector<Point>;

struct Polygon {
    Ring outer;
    std::vector<Ring> holes;
    friend bool operator==(const Polygon&, const Polygon&) = default;
};

/// The parts of one region; their insides do not overlap. Empty when the region has no geometry.
struct Shape {
    std::vector<Polygon> parts;
    friend bool operator==(const Shape&, const Shape&) = default;
};

struct Box {
    double min_x = std::numeric_limits<double>::infinity();
    double min_y = std::numeric_limits<double>::infinity();
    double max_x = -std::numeric_limits<double>::infinity();
    double max_y = -std::numeric_limits<double>::infinity();

    bool empty() const noexcept { return min_x > max_x || min_y > max_y; }
    void extend(const Point& point) noexcept;
    void extend(const Box& other) noexcept;
    bool intersects(const Box& other) const noexcept;
};

Box box_of(const Shape& shape);
std::size_t vertex_count(const Shape& shape);  ///< closing points included

/// Twice the signed area by the shoelace formula, relative to the first point; positive when
/// counter-clockwise.
double twice_signed_area(const Ring& ring);

/// The same shape with outer rings counter-clockwise and holes clockwise (RFC 7946).
Shape oriented(Shape shape);

/// Whether the point lies inside the shape (even-odd rule; points on the border may go either way).
bool contains(const Shape& shape, const Point& point);

/// An interior point far from the border, good for a label: the pole of inaccessibility of the largest part
/// to within one per cent of the box's longer side. Throws InputError for a shape without parts.
Point label_point(const Shape& shape);

}  // namespace tendik
