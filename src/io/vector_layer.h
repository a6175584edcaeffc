#pragma once

#include "gdal_session.h"
#include "tendik/geom/crs.h"
#include "tendik/geom/shape.h"
#include "tendik/io/read_boundaries.h"
#include "tendik/model/texts.h"

#include <nlohmann/json.hpp>
#include <ogr_geometry.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <string>
#include <string_view>

namespace tendik::io {

struct OpenLayer {
    DatasetPointer dataset;
    OGRLayer* layer = nullptr;
};

/// Opens the file with the layer that is named, else its only one with a geometry. `raw_texts`: bytes of a
/// DBF are not decoded. Throws InputError naming the layers there are.
OpenLayer open_layer(const BoundarySource& source, bool raw_texts = false);

struct LayerCrs {
    Crs crs;
    bool swap_axes = false;  ///< the layer stores latitude or northing first
};

/// Throws InputError where the layer has none, with the way to give it one.
LayerCrs crs_of(OGRLayer& layer, const BoundarySource& source);

/// What stands in a field, its bytes as they are; empty where nothing does.
std::string bytes_of(const OGRFeature& feature, int column);
/// The same text. Throws InputError naming place, column and byte when it is not UTF-8.
std::string require_utf8(std::string text, const std::string& where, std::string_view column);

/// What a GeoJSON file says of itself beside its features; an empty object for other files.
nlohmann::json collection_members(OGRLayer& layer);
/// A text or one for each language; empty for anything else.
Texts texts_of(const nlohmann::json& value);
/// As the user named file and layer, without passwords.
std::string name_of(const BoundarySource& source);

/// The polygons of a geometry: curves made linear, heights dropped, rings closed. `where` names file and
/// region for messages. Throws InputError: no geometry, another kind of geometry, a ring of less than three
/// corners, a coordinate that is not finite (part, ring and vertex counted from 1).
Shape to_shape(const OGRGeometry* geometry, bool swap_axes, const std::string& where);

/// The other way round; always a MULTIPOLYGON.
std::unique_ptr<OGRMultiPolygon> to_multipolygon(const Shape& shape);

}  // namespace tendik::io
