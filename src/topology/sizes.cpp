#include "sizes.h"

#include "tendik/base/text.h"
#include "tendik/geom/geodesic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tendik::topology {

double planar_area(const Shape& shape) {
    double area = 0.0;
    for (const auto& part : shape.parts) {
        area += std::abs(twice_signed_area(part.outer)) / 2.0;
        for (const auto& hole : part.holes)
            area -= std::abs(twice_signed_area(hole)) / 2.0;
    }
    return area;
}

Sizes::Sizes(const Crs& crs) : m_geographic(crs.known() && geom::is_geographic(crs)) {}

double Sizes::of(const Shape& shape) const {
    return m_geographic ? geom::geodesic_area_km2(shape) : planar_area(shape);
}

std::string Sizes::text(double size) const {
    return fmt::format("{:.6g} {}", size, m_geographic ? "km2" : "squared units");
}

std::string place_text(const Point& place) {
    return fmt::format("{} {}", fixed(place.x, 5), fixed(place.y, 5));
}

std::string region_text(const Region& region) {
    const auto& name = region.name.en;
    return name.empty() || name == region.key ? fmt::format("'{}'", region.key)
                                              : fmt::format("'{}' ({})", region.key, name);
}

Shape largest_part(const Shape& shape) {
    const auto largest = std::ranges::max_element(
        shape.parts, {}, [](const Polygon& part) { return std::abs(twice_signed_area(part.outer)); });
    return {{*largest}};
}

}  // namespace tendik::topology
