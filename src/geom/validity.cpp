#include "tendik/geom/validity.h"

#include "messages.h"
#include "tendik/base/error.h"

#include <fmt/format.h>
#include <geos_c.h>

#include <cmath>
#include <memory>
#include <utility>
#include <vector>

namespace tendik::geom {
namespace {

/// GEOS for one thread, with what it said. Does not move: GEOS holds the addresses of the messages.
class Session {
public:
    Session() : m_context(GEOS_init_r()) {
        GEOSContext_setNoticeMessageHandler_r(m_context, &Session::append, &m_notices);
        GEOSContext_setErrorMessageHandler_r(m_context, &Session::append, &m_faults);
    }
    ~Session() { GEOS_finish_r(m_context); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    GEOSContextHandle_t context() const { return m_context; }
    void keep() {
        keep_messages(std::exchange(m_notices, {}));
        keep_messages(std::exchange(m_faults, {}));
    }
    /// Turns a fault of GEOS into an Error.
    [[noreturn]] void fail(const std::string& what) {
        m_notices.clear();
        throw InputError(fmt::format("{}: {}", what, take_reason(m_faults, "GEOS gave no reason")),
                         "repair the shapes beforehand");
    }

private:
    static void append(const char* text, void* messages) {
        static_cast<std::vector<std::string>*>(messages)->emplace_back(text);
    }

    GEOSContextHandle_t m_context;
    std::vector<std::string> m_notices;
    std::vector<std::string> m_faults;
};

Session& own_session() {
    thread_local Session session;
    return session;
}

struct Destroyer {
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(own_session().context(), geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, Destroyer>;

Geometry checked(GEOSGeometry* geometry, const char* what) {
    if (geometry == nullptr) own_session().fail(what);
    return Geometry(geometry);
}

Geometry ring_to_geos(const Ring& ring) {
    auto* context = own_session().context();
    std::vector<double> xy;
    xy.reserve(2 * ring.size());
    for (const auto& point : ring) {
        xy.push_back(point.x);
        xy.push_back(point.y);
    }
    auto* sequence =
        GEOSCoordSeq_copyFromBuffer_r(context, xy.data(), static_cast<unsigned>(ring.size()), 0, 0);
    if (sequence == nullptr) own_session().fail("a ring cannot be handed to GEOS");
    return checked(GEOSGeom_createLinearRing_r(context, sequence), "a ring cannot be handed to GEOS");
}

/// GEOS takes the members over, also when it fails.
std::vector<GEOSGeometry*> released(std::vector<Geometry>& members) {
    std::vector<GEOSGeometry*> raw;
    raw.reserve(members.size());
    for (auto& member : members)
        raw.push_back(member.release());
    return raw;
}

Geometry part_to_geos(const Polygon& part) {
    auto outer = ring_to_geos(part.outer);
    std::vector<Geometry> holes;
    for (const auto& hole : part.holes)
        holes.push_back(ring_to_geos(hole));
    auto raw = released(holes);
    return checked(GEOSGeom_createPolygon_r(own_session().context(), outer.release(), raw.data(),
                                            static_cast<unsigned>(raw.size())),
                   "a polygon cannot be handed to GEOS");
}

Geometry multipolygon(std::span<const Shape> shapes) {
    std::vector<Geometry> parts;
    for (const auto& shape : shapes)
        for (const auto& part : shape.parts)
            parts.push_back(part_to_geos(part));
    auto raw = released(parts);
    return checked(GEOSGeom_createCollection_r(own_session().context(), GEOS_MULTIPOLYGON, raw.data(),
                                               static_cast<unsigned>(raw.size())),
                   "a shape cannot be handed to GEOS");
}

Geometry to_geos(const Shape& shape) { return multipolygon({&shape, 1}); }

Ring ring_from_geos(const GEOSGeometry* ring) {
    auto* context = own_session().context();
    const auto* sequence = GEOSGeom_getCoordSeq_r(context, ring);
    unsigned size = 0;
    if (sequence == nullptr || GEOSCoordSeq_getSize_r(context, sequence, &size) == 0)
        own_session().fail("a ring cannot be taken from GEOS");
    std::vector<double> xy(2 * static_cast<std::size_t>(size));
    if (GEOSCoordSeq_copyToBuffer_r(context, sequence, xy.data(), 0, 0) == 0)
        own_session().fail("a ring cannot be taken from GEOS");
    Ring result;
    result.reserve(size);
    for (std::size_t i = 0; i < xy.size(); i += 2)
        result.push_back({xy[i], xy[i + 1]});
    return result;
}

/// Adds the polygons of a geometry of any type; points and lines have no area and are left.
void add_polygons(const GEOSGeometry* geometry, Shape& shape) {
    auto* context = own_session().context();
    const int type = GEOSGeomTypeId_r(context, geometry);
    if (type == GEOS_POLYGON) {
        if (GEOSisEmpty_r(context, geometry) != 0) return;
        Polygon part{ring_from_geos(GEOSGetExteriorRing_r(context, geometry)), {}};
        const int holes = GEOSGetNumInteriorRings_r(context, geometry);
        for (int i = 0; i < holes; ++i)
            part.holes.push_back(ring_from_geos(GEOSGetInteriorRingN_r(context, geometry, i)));
        shape.parts.push_back(std::move(part));
    } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        const int count = GEOSGetNumGeometries_r(context, geometry);
        for (int i = 0; i < count; ++i)
            add_polygons(GEOSGetGeometryN_r(context, geometry, i), shape);
    }
}

Shape from_geos(const Geometry& geometry) {
    Shape shape;
    add_polygons(geometry.get(), shape);
    own_session().keep();
    return oriented(std::move(shape));
}

std::optional<Invalidity> find_ring_fault(const Ring& ring) {
    for (const auto& point : ring)
        if (!std::isfinite(point.x) || !std::isfinite(point.y))
            return Invalidity{"Invalid Coordinate", point};
    const auto place = ring.empty() ? Point{} : ring.front();
    if (ring.size() < 4) return Invalidity{"Too few points in geometry component", place};
    if (ring.front() != ring.back()) return Invalidity{"Ring is not closed", place};
    return std::nullopt;
}

/// GEOS refuses to take rings that are open or too short; they are told apart here.
std::optional<Invalidity> find_ring_fault(const Shape& shape) {
    for (const auto& part : shape.parts) {
        if (auto fault = find_ring_fault(part.outer)) return fault;
        for (const auto& hole : part.holes)
            if (auto fault = find_ring_fault(hole)) return fault;
    }
    return std::nullopt;
}

/// Closes open rings and drops those too short to have an area.
Shape with_usable_rings(const Shape& shape) {
    const auto closed = [](Ring ring) {
        if (!ring.empty() && ring.front() != ring.back()) ring.push_back(ring.front());
        return ring;
    };
    Shape result;
    for (const auto& part : shape.parts) {
        Polygon usable{closed(part.outer), {}};
        if (usable.outer.size() < 4) continue;
        for (const auto& hole : part.holes)
            if (auto ring = closed(hole); ring.size() >= 4) usable.holes.push_back(std::move(ring));
        result.parts.push_back(std::move(usable));
    }
    return result;
}

Geometry make_valid(const GEOSGeometry* geometry) {
    auto* context = own_session().context();
    auto* params = GEOSMakeValidParams_create_r(context);
    if (params == nullptr) own_session().fail("a shape cannot be repaired");
    GEOSMakeValidParams_setMethod_r(context, params, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(context, params, 0);
    auto* valid = GEOSMakeValidWithParams_r(context, geometry, params);
    GEOSMakeValidParams_destroy_r(context, params);
    return checked(valid, "a shape cannot be repaired");
}

}  // namespace

std::optional<Invalidity> find_invalidity(const Shape& shape) {
    if (auto fault = find_ring_fault(shape)) return fault;
    auto* context = own_session().context();
    const auto geometry = to_geos(shape);
    char* reason = nullptr;
    GEOSGeometry* place = nullptr;
    const char answer = GEOSisValidDetail_r(context, geometry.get(), 0, &reason, &place);
    const Geometry owned_place(place);
    std::optional<Invalidity> result;
    if (answer == 0) {
        result = Invalidity{reason != nullptr ? reason : "invalid", {}};
        if (place != nullptr) {
            GEOSGeomGetX_r(context, place, &result->place.x);
            GEOSGeomGetY_r(context, place, &result->place.y);
        }
    }
    if (reason != nullptr) GEOSFree_r(context, reason);
    if (answer != 0 && answer != 1) own_session().fail("a shape cannot be checked");
    own_session().keep();
    return result;
}

Shape repaired(const Shape& shape) {
    auto result = from_geos(make_valid(to_geos(with_usable_rings(shape)).get()));
    if (result.parts.empty())
        throw InputError("the shape has no area: nothing is left of it when it is repaired",
                         "correct or remove it in the file of boundaries");
    return result;
}

Shape union_of(std::span<const Shape> shapes) {
    const auto all = multipolygon(shapes);
    return from_geos(
        checked(GEOSUnaryUnion_r(own_session().context(), all.get()), "shapes cannot be united"));
}

double shared_area(const Shape& a, const Shape& b) {
    if (!box_of(a).intersects(box_of(b))) return 0.0;
    auto* context = own_session().context();
    const auto first = to_geos(a);
    const auto second = to_geos(b);
    const auto common =
        checked(GEOSIntersection_r(context, first.get(), second.get()), "shapes cannot be intersected");
    double area = 0.0;
    if (GEOSArea_r(context, common.get(), &area) == 0) own_session().fail("an area cannot be computed");
    own_session().keep();
    return area;
}

Shape shared_shape(const Shape& a, const Shape& b) {
    if (!box_of(a).intersects(box_of(b))) return {};
    const auto first = to_geos(a);
    const auto second = to_geos(b);
    return from_geos(checked(GEOSIntersection_r(own_session().context(), first.get(), second.get()),
                             "shapes cannot be intersected"));
}

Shape difference_of(const Shape& a, const Shape& b) {
    if (!box_of(a).intersects(box_of(b))) return a;
    const auto first = to_geos(a);
    const auto second = to_geos(b);
    return from_geos(checked(GEOSDifference_r(own_session().context(), first.get(), second.get()),
                             "a shape cannot be taken from another"));
}

}  // namespace tendik::geom
