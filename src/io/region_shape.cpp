#include "region_shape.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <cmath>
#include <memory>

namespace tendik::io {
namespace {

struct RingPlace {
    const std::string& where;
    std::size_t part = 0;
    std::size_t ring = 0;
};

Ring to_ring(const OGRLineString& line, bool swap_axes, const RingPlace& place) {
    Ring ring;
    const int count = line.getNumPoints();
    ring.reserve(static_cast<std::size_t>(count) + 1);
    for (int i = 0; i < count; ++i) {
        Point point{line.getX(i), line.getY(i)};
        if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
            throw InputError(
                fmt::format("{}, part {}, ring {}, vertex {}: the coordinate ({}, {}) is not finite",
                            place.where, place.part, place.ring, i + 1, shortest(point.x), shortest(point.y)),
                "mend or remove this vertex; coordinates are plain numbers");
        }
        if (swap_axes) std::swap(point.x, point.y);
        ring.push_back(point);
    }
    if (!ring.empty() && ring.front() != ring.back()) ring.push_back(ring.front());
    if (ring.size() < 4) {
        throw InputError(
            fmt::format("{}, part {}, ring {}: {} points make no ring, at least 3 corners are needed",
                        place.where, place.part, place.ring, count),
            "mend or remove this ring");
    }
    return ring;
}

Polygon to_polygon(const OGRPolygon& polygon, bool swap_axes, RingPlace place) {
    Polygon result;
    for (const auto* ring : polygon) {
        ++place.ring;
        auto points = to_ring(*ring, swap_axes, place);
        if (place.ring == 1)
            result.outer = std::move(points);
        else
            result.holes.push_back(std::move(points));
    }
    return result;
}

/// Polygons of polygons, multipolygons and collections; false when something else is among them.
bool collect_polygons(const OGRGeometry& geometry, std::vector<const OGRPolygon*>& polygons) {
    const auto type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbPolygon) {
        if (geometry.IsEmpty() == 0) polygons.push_back(geometry.toPolygon());
        return true;
    }
    if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection) == 0) return false;
    for (const auto* member : *geometry.toGeometryCollection())
        if (!collect_polygons(*member, polygons)) return false;
    return true;
}

OGRLinearRing to_linear_ring(const Ring& ring) {
    OGRLinearRing line;
    line.setNumPoints(static_cast<int>(ring.size()));
    for (std::size_t i = 0; i < ring.size(); ++i)
        line.setPoint(static_cast<int>(i), ring[i].x, ring[i].y);
    return line;
}

}  // namespace

Shape to_shape(const OGRGeometry* geometry, bool swap_axes, const std::string& where) {
    const std::string hint = "every region needs a polygon";
    if (geometry == nullptr)
        throw InputError(fmt::format("{}: no polygon, the geometry is absent or not readable", where), hint);
    const std::unique_ptr<OGRGeometry> linear(geometry->getLinearGeometry());
    std::vector<const OGRPolygon*> polygons;
    if (!linear || !collect_polygons(*linear, polygons)) {
        throw InputError(fmt::format("{}: no polygon but a {}", where, geometry->getGeometryName()), hint);
    }
    if (polygons.empty()) throw InputError(fmt::format("{}: no polygon, the geometry is empty", where), hint);
    Shape shape;
    for (std::size_t i = 0; i < polygons.size(); ++i)
        shape.parts.push_back(to_polygon(*polygons[i], swap_axes, {where, i + 1, 0}));
    return shape;
}

std::unique_ptr<OGRMultiPolygon> to_multipolygon(const Shape& shape) {
    auto result = std::make_unique<OGRMultiPolygon>();
    for (const auto& part : shape.parts) {
        OGRPolygon polygon;
        auto outer = to_linear_ring(part.outer);
        polygon.addRing(&outer);
        for (const auto& hole : part.holes) {
            auto inner = to_linear_ring(hole);
            polygon.addRing(&inner);
        }
        result->addGeometry(&polygon);
    }
    return result;
}

}  // namespace tendik::io
