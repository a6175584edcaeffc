#pragma once

#include "tendik/geom/shape.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tendik {

/// A coordinate reference system as text (WKT 2 or "EPSG:4326"); empty when unknown. Axis order is always x,
/// y (longitude before latitude), whatever the authority says.
struct Crs {
    std::string definition;
    bool known() const noexcept { return !definition.empty(); }
};

inline const Crs wgs84{"EPSG:4326"};
inline const Crs web_mercator{"EPSG:3857"};

namespace geom {

/// Same system, whatever the wording. Throws InputError when a definition cannot be read.
bool same_crs(const Crs& a, const Crs& b);
/// Short name for messages: "EPSG:4326" or the name of the system.
std::string crs_name(const Crs& crs);
bool is_geographic(const Crs& crs);
/// Metres of one unit of a projected system's axes. Throws InputError for a system that is not projected.
double metres_per_unit(const Crs& crs);

/// Transforms points between two systems through PROJ. Not for concurrent use: one per thread.
class Transform {
public:
    /// Throws InputError when one CRS is unknown or no transformation exists.
    Transform(const Crs& from, const Crs& to);
    ~Transform();
    Transform(const Transform&) = delete;
    Transform& operator=(const Transform&) = delete;
    Transform(Transform&&) noexcept;
    Transform& operator=(Transform&&) noexcept;

    /// Throws InputError naming the point when it cannot be transformed.
    Point operator()(const Point& point) const;
    Shape operator()(const Shape& shape) const;
    /// Vertices are added where the transformed edge would stray from the straight one by more than
    /// `tolerance` (units of the target, > 0). An edge gets the same vertices in either direction, so
    /// neighbours stay neighbours.
    Shape operator()(const Shape& shape, double tolerance) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Notices of PROJ and GEOS since the last call, from all threads, oldest first. What an Error already tells
/// is not among them.
std::vector<std::string> collect_messages();

/// ("PROJ", "9.1.1"), ("GEOS", "3.11.1").
std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace geom
}  // namespace tendik
