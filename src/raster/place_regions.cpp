#include "tendik/raster/place_regions.h"

#include "tendik/base/error.h"
#include "tendik/base/parallel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tendik::raster {
namespace {

constexpr double turn_deg = 360.0;

/// The tenth of a cell that a transformed edge may stray.
double tolerance_of(const Grid& grid) { return 0.1 * std::min(grid.cell_width, grid.cell_height); }

/// From -180 to 180, or along a pole: as long as they look.
bool may_be_long(const Point& a, const Point& b) {
    if (std::abs(a.y) >= 90.0 && std::abs(b.y) >= 90.0) return true;
    return std::abs(std::abs(a.x - b.x) - turn_deg) < 1e-9;
}

void refuse_long_edges(const Ring& ring) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[i + 1];
        if (std::abs(a.x - b.x) <= turn_deg / 2.0 || may_be_long(a, b)) continue;
        throw InputError(
            fmt::format("an edge runs from longitude {} to {}, more than half round the Earth", a.x, b.x),
            "cut the outline at the antimeridian: ogr2ogr -wrapdateline cut.gpkg FILE");
    }
}

void refuse_long_edges(const Shape& shape) {
    for (const auto& part : shape.parts) {
        refuse_long_edges(part.outer);
        for (const auto& hole : part.holes)
            refuse_long_edges(hole);
    }
}

Shape turned(Shape shape, double by_deg) {
    for (auto& part : shape.parts) {
        for (auto& point : part.outer)
            point.x += by_deg;
        for (auto& hole : part.holes)
            for (auto& point : hole)
                point.x += by_deg;
    }
    return shape;
}

/// A grid in degrees is a piece of a band round the Earth: what lies a turn away may lie on it too.
Shape repeated_round_earth(const Shape& shape, const Box& grid) {
    const auto box = box_of(shape);
    Shape result;
    for (const double by_deg : {0.0, turn_deg, -turn_deg}) {
        const bool meets = box.min_x + by_deg < grid.max_x && box.max_x + by_deg > grid.min_x;
        if (!meets && by_deg != 0.0) continue;
        auto copy = by_deg == 0.0 ? shape : turned(shape, by_deg);
        std::ranges::move(copy.parts, std::back_inserter(result.parts));
    }
    return result;
}

bool is_round_earth(const Box& grid) { return grid.max_x > 180.0 || grid.min_x < -180.0; }

}  // namespace

std::vector<PlacedRegion> place_regions(const Boundaries& boundaries, const RasterInfo& raster,
                                        std::size_t jobs, Findings& findings) {
    const bool same = geom::same_crs(boundaries.crs, raster.crs);
    const bool source_in_degrees = geom::is_geographic(boundaries.crs);
    const bool grid_in_degrees = geom::is_geographic(raster.crs);
    const auto box = raster.grid.box();
    if (!same)
        findings.add(Severity::note, "regions-reprojected", raster.source,
                     fmt::format("the regions are brought from {} to the CRS of the raster, {}",
                                 geom::crs_name(boundaries.crs), geom::crs_name(raster.crs)));
    std::vector<PlacedRegion> placed(boundaries.regions.size());
    parallel_for(placed.size(), jobs, [&](std::size_t i) {
        const auto& region = boundaries.regions[i];
        while_doing(fmt::format("placing region '{}' on the grid of '{}'", region.key, raster.source), [&] {
            auto shape = region.shape;
            if (source_in_degrees) refuse_long_edges(shape);
            if (!same) {
                const geom::Transform transform(boundaries.crs, raster.crs);
                shape = transform(shape, tolerance_of(raster.grid));
                if (grid_in_degrees) refuse_long_edges(shape);
            }
            placed[i].surface_cells = surface_in_cells(shape, raster.grid);
            if (grid_in_degrees && is_round_earth(box)) shape = repeated_round_earth(shape, box);
            placed[i].shape = std::move(shape);
        });
    });
    return placed;
}

double surface_in_cells(const Shape& shape, const Grid& grid) {
    double twice = 0.0;
    for (const auto& part : shape.parts) {
        twice += std::abs(twice_signed_area(part.outer));
        for (const auto& hole : part.holes)
            twice -= std::abs(twice_signed_area(hole));
    }
    return twice / 2.0 / (grid.cell_width * grid.cell_height);
}

}  // namespace tendik::raster
