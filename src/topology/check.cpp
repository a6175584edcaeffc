#include "tendik/topology/check.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/geom/box_pairs.h"
#include "tendik/geom/crs.h"
#include "tendik/geom/geodesic.h"
#include "tendik/geom/validity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tendik::topology {
namespace {

/// Share of the smaller region below which an overlap is rounding of the intersection and not of the data.
constexpr double overlap_tolerance_share = 1e-9;

double planar_area(const Shape& shape) {
    double area = 0.0;
    for (const auto& part : shape.parts) {
        area += std::abs(twice_signed_area(part.outer)) / 2.0;
        for (const auto& hole : part.holes)
            area -= std::abs(twice_signed_area(hole)) / 2.0;
    }
    return area;
}

/// Sizes as a reader wants them: km2 where the coordinates are degrees.
class Sizes {
public:
    explicit Sizes(const Crs& crs) : m_geographic(crs.known() && geom::is_geographic(crs)) {}

    double of(const Shape& shape) const {
        return m_geographic ? geom::geodesic_area_km2(shape) : planar_area(shape);
    }
    /// Of an area known only in squared units of the coordinates, at a place.
    double of_squared_units(double area, const Point& place) const {
        if (!m_geographic) return area;
        constexpr double km_per_degree = 111.195;  // mean Earth radius 6371.0088 km: 2 pi R / 360
        const auto cosine = std::cos(place.y * std::numbers::pi / 180.0);
        return area * km_per_degree * km_per_degree * cosine;
    }
    std::string text(double size) const {
        return fmt::format("{:.6g} {}", size, m_geographic ? "km2" : "squared units");
    }

private:
    bool m_geographic;
};

std::string place_text(const Point& place) {
    return fmt::format("{} {}", fixed(place.x, 5), fixed(place.y, 5));
}

std::string region_text(const Region& region) {
    const auto& name = region.name.en;
    return name.empty() || name == region.key ? fmt::format("'{}'", region.key)
                                              : fmt::format("'{}' ({})", region.key, name);
}

template <typename Work>
void for_each_ring(const Shape& shape, Work&& work) {
    for (const auto& part : shape.parts) {
        work(part.outer);
        for (const auto& hole : part.holes)
            work(hole);
    }
}

void refuse_bad_coordinates(const Region& region) {
    for_each_ring(region.shape, [&region](const Ring& ring) {
        for (const auto& point : ring) {
            if (std::isfinite(point.x) && std::isfinite(point.y)) continue;
            throw InputError(
                fmt::format("region '{}' has a vertex that is no place: {} {}", region.key, point.x, point.y),
                "every coordinate must be a finite number");
        }
    });
}

/// A point in both shapes: a corner of one that lies in the other, else one of a lattice over the common box.
std::optional<Point> common_point(const Shape& a, const Shape& b) {
    std::optional<Point> found;
    const auto look = [&found](const Shape& from, const Shape& in) {
        std::vector<Point> own;
        for_each_ring(in, [&own](const Ring& ring) { own.insert(own.end(), ring.begin(), ring.end()); });
        std::ranges::sort(own);
        for_each_ring(from, [&](const Ring& ring) {
            for (const auto& point : ring) {
                if (!found && !std::ranges::binary_search(own, point) && contains(in, point)) found = point;
            }
        });
    };
    look(a, b);
    if (!found) look(b, a);
    if (found) return found;
    const auto box_a = box_of(a);
    const auto box_b = box_of(b);
    const Point low{std::max(box_a.min_x, box_b.min_x), std::max(box_a.min_y, box_b.min_y)};
    const Point high{std::min(box_a.max_x, box_b.max_x), std::min(box_a.max_y, box_b.max_y)};
    constexpr int steps = 64;
    for (int i = 0; i < steps * steps; ++i) {
        const auto column = (i % steps + 0.5) / steps;
        const auto row = (i / steps + 0.5) / steps;
        const Point point{low.x + column * (high.x - low.x), low.y + row * (high.y - low.y)};
        if (contains(a, point) && contains(b, point)) return point;
    }
    return std::nullopt;
}

void find_overlap(const Region& a, const Region& b, const Sizes& sizes, Findings& findings) {
    const auto shared = geom::shared_area(a.shape, b.shape);
    const auto smaller = std::min(planar_area(a.shape), planar_area(b.shape));
    if (!(shared > overlap_tolerance_share * smaller)) return;
    const auto place = common_point(a.shape, b.shape);
    const auto box = box_of(a.shape);
    const Point centre{(box.min_x + box.max_x) / 2.0, (box.min_y + box.max_y) / 2.0};
    const auto size = sizes.of_squared_units(shared, place.value_or(centre));
    findings.add(Severity::warning, "overlap", place ? place_text(*place) : std::string{},
                 fmt::format("regions {} and {} overlap in {}{}", region_text(a), region_text(b),
                             sizes.text(size), place ? " at " + place_text(*place) : std::string{}));
}

void find_overlaps(const Boundaries& boundaries, const Sizes& sizes, Findings& findings) {
    const auto& regions = boundaries.regions;
    std::vector<Box> boxes;
    boxes.reserve(regions.size());
    for (const auto& region : regions)
        boxes.push_back(box_of(region.shape));
    for (const auto& [i, j] : geom::meeting_pairs(boxes))
        find_overlap(regions[i], regions[j], sizes, findings);
}

/// Names of the regions that have a vertex on the ring.
std::string regions_around(const Boundaries& boundaries, const Ring& hole) {
    auto corners = hole;
    std::ranges::sort(corners);
    std::vector<std::string> names;
    for (const auto& region : boundaries.regions) {
        bool touches = false;
        for_each_ring(region.shape, [&](const Ring& ring) {
            touches = touches || std::ranges::any_of(ring, [&corners](const Point& point) {
                          return std::ranges::binary_search(corners, point);
                      });
        });
        if (touches) names.push_back(region_text(region));
    }
    return join_text(names, ", ");
}

void find_gaps(const Boundaries& boundaries, const Sizes& sizes, Findings& findings) {
    std::vector<Shape> shapes;
    shapes.reserve(boundaries.regions.size());
    for (const auto& region : boundaries.regions) {
        if (!region.shape.parts.empty()) shapes.push_back(region.shape);
    }
    if (shapes.empty()) return;
    for (const auto& part : geom::union_of(shapes).parts) {
        for (const auto& hole : part.holes) {
            const Shape gap{{Polygon{hole, {}}}};
            const auto place = label_point(gap);
            findings.add(Severity::warning, "gap", place_text(place),
                         fmt::format("no region fills {} at {}, enclosed by {}", sizes.text(sizes.of(gap)),
                                     place_text(place), regions_around(boundaries, hole)));
        }
    }
}

}  // namespace

Boundaries repair(Boundaries boundaries, Findings& findings) {
    const Sizes sizes(boundaries.crs);
    for (auto& region : boundaries.regions) {
        if (region.shape.parts.empty()) continue;
        refuse_bad_coordinates(region);
        const auto fault = geom::find_invalidity(region.shape);
        if (!fault) continue;
        const auto before = sizes.of(region.shape);
        region.shape = while_doing(fmt::format("repairing region {}", region_text(region)),
                                   [&region] { return geom::repaired(region.shape); });
        findings.add(
            Severity::warning, "repaired-polygon", fmt::format("region {}", region_text(region)),
            fmt::format("{} at {}: made valid, area {} (by the sense of its rings) -> {}", fault->reason,
                        place_text(fault->place), sizes.text(before), sizes.text(sizes.of(region.shape))));
    }
    return boundaries;
}

void check_coverage(const Boundaries& boundaries, Findings& findings, bool allow_holes) {
    const Sizes sizes(boundaries.crs);
    find_overlaps(boundaries, sizes, findings);
    if (!allow_holes) find_gaps(boundaries, sizes, findings);
}

}  // namespace tendik::topology
