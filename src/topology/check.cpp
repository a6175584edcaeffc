#include "tendik/topology/check.h"

#include "sizes.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/geom/box_pairs.h"
#include "tendik/geom/validity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tendik::topology {
namespace {

/// Share of the smaller region below which an overlap is rounding of the intersection and not of the data.
constexpr double overlap_tolerance_share = 1e-9;

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

void find_overlap(const Region& a, const Region& b, const Sizes& sizes, Findings& findings) {
    const auto shared = geom::shared_shape(a.shape, b.shape);
    const auto smaller = std::min(planar_area(a.shape), planar_area(b.shape));
    if (!(planar_area(shared) > overlap_tolerance_share * smaller)) return;
    const auto place = label_point(largest_part(shared));
    const auto parts = shared.parts.size();
    const auto where = parts == 1 ? std::string{} : fmt::format(" in {} places, the largest", parts);
    findings.add(Severity::warning, "overlap", place_text(place),
                 fmt::format("regions {} and {} overlap in {}{} at {}", region_text(a), region_text(b),
                             sizes.text(sizes.of(shared)), where, place_text(place)));
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
std::string regions_around(const Boundaries& boundaries, const std::vector<Box>& boxes, const Ring& hole) {
    auto corners = hole;
    std::ranges::sort(corners);
    const auto box = box_of(Shape{{Polygon{hole, {}}}});
    std::vector<std::string> names;
    for (std::size_t i = 0; i < boundaries.regions.size(); ++i) {
        const auto& region = boundaries.regions[i];
        if (!boxes[i].intersects(box)) continue;
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
    std::vector<Box> boxes;
    shapes.reserve(boundaries.regions.size());
    for (const auto& region : boundaries.regions) {
        boxes.push_back(box_of(region.shape));
        if (!region.shape.parts.empty()) shapes.push_back(region.shape);
    }
    if (shapes.empty()) return;
    for (const auto& part : geom::union_of(shapes).parts) {
        for (const auto& hole : part.holes) {
            const Shape gap{{Polygon{hole, {}}}};
            const auto place = label_point(gap);
            findings.add(Severity::warning, "gap", place_text(place),
                         fmt::format("no region fills {} at {}, enclosed by {}", sizes.text(sizes.of(gap)),
                                     place_text(place), regions_around(boundaries, boxes, hole)));
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
