#pragma once

#include "tendik/geom/shape.h"

#include <optional>
#include <span>
#include <string>

namespace tendik::geom {

struct Invalidity {
    std::string reason;  ///< in GEOS's words: "Self-intersection"
    Point place;
};

/// Nothing when the shape is valid in the sense of OGC Simple Features. Open and too short rings and
/// coordinates that are not finite are faults too.
std::optional<Invalidity> find_invalidity(const Shape& shape);

/// A valid shape that covers the same area by GEOS MakeValid ("structure" method, collapsed parts dropped).
/// Throws InputError when nothing with an area is left.
Shape repaired(const Shape& shape);

/// The area covered by at least one of the shapes, without inner borders. Throws InputError when GEOS cannot
/// (invalid shapes).
Shape union_of(std::span<const Shape> shapes);
/// Area in squared units of the coordinates, of what two shapes share.
double shared_area(const Shape& a, const Shape& b);
/// The area itself; no part where only a border or a point is shared.
Shape shared_shape(const Shape& a, const Shape& b);
/// What of the first shape the second does not cover; no part where it covers all.
Shape difference_of(const Shape& a, const Shape& b);

}  // namespace tendik::geom
