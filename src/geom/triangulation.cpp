// GEOS triangulates too, but its version 3.11 loses sides of the hull in one of twenty sets of random points.
#include "tendik/geom/triangulation.h"

#include "tendik/base/error.h"

#include <boost/multiprecision/cpp_int.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>
#include <optional>

namespace tendik::geom {
namespace {

using Exact = boost::multiprecision::cpp_rational;
using Corner = std::size_t;

constexpr double epsilon = std::numeric_limits<double>::epsilon() / 2.0;

/// Twice the signed area of a, b, c.
template <typename Number>
Number twice_area(const Point& a, const Point& b, const Point& c) {
    return (Number(a.x) - Number(c.x)) * (Number(b.y) - Number(c.y)) -
           (Number(a.y) - Number(c.y)) * (Number(b.x) - Number(c.x));
}

/// 1: counter-clockwise, -1: clockwise, 0: on one line. The bound of the rounding error is Shewchuk's
/// (Discrete & Computational Geometry 18:305, 1997); what lies within it is computed in fractions.
int turn(const Point& a, const Point& b, const Point& c) {
    const auto area = twice_area<double>(a, b, c);
    const double terms = std::abs((a.x - c.x) * (b.y - c.y)) + std::abs((a.y - c.y) * (b.x - c.x));
    if (std::abs(area) > (3.0 + 16.0 * epsilon) * epsilon * terms) return area > 0.0 ? 1 : -1;
    return twice_area<Exact>(a, b, c).sign();
}

/// The determinant that is positive when d lies inside of the circle through a, b, c (counter-clockwise);
/// `size_of` makes it the sum of its terms' sizes.
template <typename Number, typename Size>
Number circle(const Point& a, const Point& b, const Point& c, const Point& d, Size&& size_of) {
    const auto lift = [&](const Point& p, const Point& q, const Point& r) {
        const Number x = Number(p.x) - Number(d.x), y = Number(p.y) - Number(d.y);
        const Number first = (Number(q.x) - Number(d.x)) * (Number(r.y) - Number(d.y));
        const Number second = (Number(r.x) - Number(d.x)) * (Number(q.y) - Number(d.y));
        return Number((x * x + y * y) * size_of(first, second));
    };
    return lift(a, b, c) + lift(b, c, a) + lift(c, a, b);
}

bool in_circle(const Point& a, const Point& b, const Point& c, const Point& d) {
    const auto minus = [](const auto& first, const auto& second) {
        return std::decay_t<decltype(first)>(first - second);
    };
    const auto value = circle<double>(a, b, c, d, minus);
    const auto terms = circle<double>(
        a, b, c, d, [](double first, double second) { return std::abs(first) + std::abs(second); });
    if (std::abs(value) > (10.0 + 96.0 * epsilon) * epsilon * terms) return value > 0.0;
    return circle<Exact>(a, b, c, d, minus).sign() > 0;
}

/// Points are added from left to right, each outside of the hull of those before: it is joined to the sides
/// that it sees, then sides whose circles are not empty are turned (Lawson 1977).
class Triangulation {
public:
    explicit Triangulation(std::span<const Point> points)
        : m_points(points),
          m_next(points.size()),
          m_before(points.size()) {}

    /// `line`: two points or more, in order; `beyond` does not lie on it. Sides of the fan between them need
    /// not be turned: no other side would keep the line.
    void begin(std::span<const Corner> line, Corner beyond) {
        const bool left = turn(m_points[line[0]], m_points[line[1]], m_points[beyond]) > 0;
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            const auto from = left ? line[i] : line[i + 1], to = left ? line[i + 1] : line[i];
            add_triangle(from, to, beyond);
            follow(from, to);
        }
        follow(left ? line.back() : line.front(), beyond);
        follow(beyond, left ? line.front() : line.back());
        m_last = beyond;
    }

    void add(Corner corner) {
        std::vector<std::pair<Corner, Corner>> seen;
        auto upper = m_last, lower = m_last;
        while (sees(corner, upper, m_next[upper])) {
            seen.emplace_back(upper, m_next[upper]);
            upper = m_next[upper];
        }
        while (sees(corner, m_before[lower], lower)) {
            seen.emplace_back(m_before[lower], lower);
            lower = m_before[lower];
        }
        follow(lower, corner);
        follow(corner, upper);
        for (const auto& [from, to] : seen)
            add_triangle(to, from, corner);
        for (const auto& [from, to] : seen)
            turn_sides(to, from);
        m_last = corner;
    }

    std::vector<std::pair<std::size_t, std::size_t>> sides() const {
        std::vector<std::pair<std::size_t, std::size_t>> sides;
        for (const auto& [side, apex] : m_apex)
            sides.emplace_back(std::minmax(side.first, side.second));
        std::ranges::sort(sides);
        const auto repeated = std::ranges::unique(sides);
        sides.erase(repeated.begin(), repeated.end());
        return sides;
    }

private:
    void follow(Corner from, Corner to) {
        m_next[from] = to;
        m_before[to] = from;
    }
    /// Whether the outside of a side of the hull, counter-clockwise, looks at the corner.
    bool sees(Corner corner, Corner from, Corner to) const {
        return turn(m_points[from], m_points[to], m_points[corner]) < 0;
    }
    /// Counter-clockwise.
    void add_triangle(Corner a, Corner b, Corner c) {
        m_apex[{a, b}] = c;
        m_apex[{b, c}] = a;
        m_apex[{c, a}] = b;
    }
    void turn_sides(Corner from, Corner to) {
        std::vector<std::pair<Corner, Corner>> doubtful{{from, to}};
        while (!doubtful.empty()) {
            const auto [a, b] = doubtful.back();
            doubtful.pop_back();
            const auto left = m_apex.find({a, b}), right = m_apex.find({b, a});
            if (left == m_apex.end() || right == m_apex.end()) continue;
            const auto c = left->second, d = right->second;
            if (!in_circle(m_points[a], m_points[b], m_points[c], m_points[d])) continue;
            m_apex.erase(left);
            m_apex.erase(right);
            add_triangle(c, a, d);
            add_triangle(d, b, c);
            doubtful.insert(doubtful.end(), {{b, c}, {c, a}, {a, d}, {d, b}});
        }
    }

    std::span<const Point> m_points;
    std::map<std::pair<Corner, Corner>, Corner> m_apex;  ///< of the triangle to the left of a directed side
    std::vector<Corner> m_next, m_before;                ///< round the hull, counter-clockwise
    Corner m_last = 0;
};

void require_distinct(std::span<const Point> points, std::span<const Corner> order) {
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto& point = points[order[i]];
        if (!std::isfinite(point.x) || !std::isfinite(point.y))
            throw InputError(fmt::format("point {} lies at {}, {}", order[i] + 1, point.x, point.y));
        if (i > 0 && points[order[i - 1]] == point)
            throw InputError(fmt::format("points {} and {} stand at one place: {}, {}", order[i - 1] + 1,
                                         order[i] + 1, point.x, point.y));
    }
}

using Direction = std::array<double, 3>;

Direction direction_of(const Point& lon_lat_deg) {
    const double lon = lon_lat_deg.x * std::numbers::pi / 180.0;
    const double lat = lon_lat_deg.y * std::numbers::pi / 180.0;
    return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}

double dot(const Direction& a, const Direction& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> delaunay_sides(std::span<const Point> points) {
    std::vector<Corner> order(points.size());
    std::iota(order.begin(), order.end(), Corner{0});
    std::ranges::sort(order, {}, [&](Corner corner) { return points[corner]; });
    require_distinct(points, order);
    std::size_t beyond = std::min<std::size_t>(2, order.size());
    while (beyond < order.size() && turn(points[order[0]], points[order[1]], points[order[beyond]]) == 0)
        ++beyond;
    if (beyond == order.size()) {
        std::vector<std::pair<std::size_t, std::size_t>> sides;
        for (std::size_t i = 1; i < order.size(); ++i)
            sides.emplace_back(std::minmax(order[i - 1], order[i]));
        std::ranges::sort(sides);
        return sides;
    }
    Triangulation triangulation(points);
    triangulation.begin(std::span(order).first(beyond), order[beyond]);
    for (std::size_t i = beyond + 1; i < order.size(); ++i)
        triangulation.add(order[i]);
    return triangulation.sides();
}

std::vector<Point> stereographic(std::span<const Point> lon_lat_deg) {
    Direction middle{};
    for (const auto& place : lon_lat_deg)
        for (std::size_t axis = 0; axis < 3; ++axis)
            middle[axis] += direction_of(place)[axis];
    const double length = std::sqrt(dot(middle, middle));
    if (!(length > 1e-9 * static_cast<double>(lon_lat_deg.size())))
        throw InputError("places all round the Earth have no middle to be seen from",
                         "use a part of them, or weights by contiguity or distance");
    const double lon = std::atan2(middle[1], middle[0]);
    const Direction east{-std::sin(lon), std::cos(lon), 0.0};
    for (double& axis : middle)
        axis /= length;
    const Direction north{-middle[2] * std::cos(lon), -middle[2] * std::sin(lon),
                          std::hypot(middle[0], middle[1])};
    std::vector<Point> plane;
    for (const auto& place : lon_lat_deg) {
        const auto direction = direction_of(place);
        const double depth = 1.0 + dot(direction, middle);
        if (!(depth > 1e-9))
            throw InputError(
                fmt::format("the place at {}, {} lies opposite to the middle of all", place.x, place.y));
        plane.push_back({2.0 * dot(direction, east) / depth, 2.0 * dot(direction, north) / depth});
    }
    return plane;
}

}  // namespace tendik::geom
