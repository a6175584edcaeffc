#pragma once

#include "tendik/geom/shape.h"

#include <ogr_geometry.h>

#include <memory>
#include <string>

namespace tendik::io {

/// The polygons of a geometry: curves made linear, heights dropped, rings closed. `where` names file and
/// region for messages. Throws InputError: no geometry, another kind of geometry, a ring of less than three
/// corners, a coordinate that is not finite (part, ring and vertex counted from 1).
Shape to_shape(const OGRGeometry* geometry, bool swap_axes, const std::string& where);

/// The other way round; always a MULTIPOLYGON.
std::unique_ptr<OGRMultiPolygon> to_multipolygon(const Shape& shape);

}  // namespace tendik::io
