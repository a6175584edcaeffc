#include "tendik/geom/crs.h"

#include "messages.h"
#include "tendik/base/error.h"

#include <fmt/format.h>
#include <proj.h>

#include <cmath>
#include <utility>

namespace tendik::geom {
namespace {

/// One PROJ context with what PROJ said through it. Neither moves: PROJ holds the address of the messages.
class Session {
public:
    Session() : m_context(proj_context_create()) {
        // Grids from the network would make results depend on the day and the place.
        proj_context_set_enable_network(m_context, 0);
        proj_log_func(m_context, &m_messages, [](void* messages, int level, const char* text) {
            if (level <= PJ_LOG_ERROR) static_cast<std::vector<std::string>*>(messages)->emplace_back(text);
        });
    }
    ~Session() { proj_context_destroy(m_context); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    PJ_CONTEXT* context() const { return m_context; }
    std::string reason(const std::string& otherwise) { return take_reason(m_messages, otherwise); }
    void keep() { keep_messages(std::exchange(m_messages, {})); }
    void forget() { m_messages.clear(); }

private:
    PJ_CONTEXT* m_context;
    std::vector<std::string> m_messages;
};

struct Destroyer {
    void operator()(PJ* object) const { proj_destroy(object); }
};
using Object = std::unique_ptr<PJ, Destroyer>;

Session& own_session() {
    thread_local Session session;
    return session;
}

/// A WKT definition fills a page: messages quote its beginning.
std::string quoted(const Crs& crs) {
    constexpr std::size_t longest = 60;
    if (crs.definition.size() <= longest) return "'" + crs.definition + "'";
    return "'" + crs.definition.substr(0, longest) + "...'";
}

Object read(Session& session, const Crs& crs) {
    if (!crs.known())
        throw InputError("the coordinate reference system is unknown", "state it, for example EPSG:4326");
    auto definition = crs.definition;
    // PROJ takes "+proj=..." for an operation unless told that a system is meant.
    if (definition.starts_with("+") && definition.find("+type=crs") == std::string::npos)
        definition += " +type=crs";
    Object object(proj_create(session.context(), definition.c_str()));
    if (!object || proj_is_crs(object.get()) == 0)
        throw InputError(fmt::format("{} is no coordinate reference system: {}", quoted(crs),
                                     session.reason("PROJ knows none of this name")),
                         "use a code such as EPSG:4326 or a WKT definition");
    session.keep();
    return object;
}

std::string name_of(const PJ* object) {
    const char* authority = proj_get_id_auth_name(object, 0);
    const char* code = proj_get_id_code(object, 0);
    if (authority != nullptr && code != nullptr) return fmt::format("{}:{}", authority, code);
    const char* name = proj_get_name(object);
    return name != nullptr ? name : "unnamed";
}

/// The horizontal system inside a bound or compound one.
Object horizontal(Session& session, Object object) {
    for (;;) {
        const auto type = proj_get_type(object.get());
        if (type == PJ_TYPE_BOUND_CRS)
            object.reset(proj_get_source_crs(session.context(), object.get()));
        else if (type == PJ_TYPE_COMPOUND_CRS)
            object.reset(proj_crs_get_sub_crs(session.context(), object.get(), 0));
        else
            return object;
    }
}

/// East before north; an object that PROJ cannot normalise stays as it is.
Object normalised(Session& session, Object object) {
    Object east_north(proj_normalize_for_visualization(session.context(), object.get()));
    session.forget();
    return east_north ? std::move(east_north) : std::move(object);
}

}  // namespace

bool same_crs(const Crs& a, const Crs& b) {
    if (a.known() && a.definition == b.definition) return true;
    auto& session = own_session();
    const auto first = normalised(session, horizontal(session, read(session, a)));
    const auto second = normalised(session, horizontal(session, read(session, b)));
    const bool same = proj_is_equivalent_to_with_ctx(session.context(), first.get(), second.get(),
                                                     PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
    session.keep();
    return same;
}

std::string crs_name(const Crs& crs) {
    if (!crs.known()) return "unknown";
    return name_of(read(own_session(), crs).get());
}

bool is_geographic(const Crs& crs) {
    auto& session = own_session();
    const auto object = horizontal(session, read(session, crs));
    const auto type = proj_get_type(object.get());
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

double metres_per_unit(const Crs& crs) {
    auto& session = own_session();
    const auto object = horizontal(session, read(session, crs));
    if (proj_get_type(object.get()) != PJ_TYPE_PROJECTED_CRS)
        throw InputError(fmt::format("{} is no projected coordinate reference system", quoted(crs)),
                         "reproject the file to a projected system or to EPSG:4326");
    const Object axes(proj_crs_get_coordinate_system(session.context(), object.get()));
    double metres = 0.0;
    if (!axes || proj_cs_get_axis_info(session.context(), axes.get(), 0, nullptr, nullptr, nullptr, &metres,
                                       nullptr, nullptr, nullptr) == 0)
        throw InputError(
            fmt::format("the units of {} are unknown: {}", quoted(crs), session.reason("PROJ names none")),
            "reproject the file to a system in metres");
    session.keep();
    return metres;
}

struct Transform::Impl {
    Session session;  // before the operation, which must be destroyed first
    Object operation;
    std::string names;
    bool identity = false;
};

Transform::Transform(const Crs& from, const Crs& to) : m_impl(std::make_unique<Impl>()) {
    auto& session = m_impl->session;
    const auto source = read(session, from);
    const auto target = read(session, to);
    m_impl->names = fmt::format("from {} to {}", name_of(source.get()), name_of(target.get()));
    m_impl->identity = same_crs(from, to);
    if (m_impl->identity) return;
    const Object any(
        proj_create_crs_to_crs_from_pj(session.context(), source.get(), target.get(), nullptr, nullptr));
    if (any) m_impl->operation.reset(proj_normalize_for_visualization(session.context(), any.get()));
    if (!m_impl->operation)
        throw InputError(fmt::format("coordinates cannot be transformed {}: {}", m_impl->names,
                                     session.reason("PROJ knows no way")),
                         "reproject the file beforehand or state another coordinate reference system");
    session.keep();
}

Transform::~Transform() = default;
Transform::Transform(Transform&&) noexcept = default;
Transform& Transform::operator=(Transform&&) noexcept = default;

Point Transform::operator()(const Point& point) const {
    if (m_impl->identity) return point;
    auto* operation = m_impl->operation.get();
    proj_errno_reset(operation);
    const auto result = proj_trans(operation, PJ_FWD, proj_coord(point.x, point.y, 0.0, HUGE_VAL));
    const int fault = proj_errno(operation);
    if (fault != 0 || !std::isfinite(result.xy.x) || !std::isfinite(result.xy.y)) {
        const char* said = fault != 0 ? proj_context_errno_string(m_impl->session.context(), fault) : nullptr;
        m_impl->session.forget();
        throw InputError(fmt::format("the point ({}, {}) cannot be transformed {}: {}", point.x, point.y,
                                     m_impl->names, said != nullptr ? said : "the result is not finite"),
                         "check that the stated coordinate reference system is the one of the file");
    }
    return {result.xy.x, result.xy.y};
}

Shape Transform::operator()(const Shape& shape) const {
    Shape result = shape;
    const auto move_ring = [this](Ring& ring) {
        for (auto& point : ring)
            point = (*this)(point);
    };
    for (auto& part : result.parts) {
        move_ring(part.outer);
        for (auto& hole : part.holes)
            move_ring(hole);
    }
    return result;
}

}  // namespace tendik::geom
