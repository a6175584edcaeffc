#pragma once

#include "tendik/io/write_layers.h"

#include <string>
#include <vector>

namespace tendik::io {

/// What a target format is asked to hold: layers whose shapes are in the CRS of the file and whose fields
/// begin with the key.
struct PreparedLayer {
    std::string name;
    std::string title;
    const Boundaries* boundaries = nullptr;
    const ContextLayer* context = nullptr;  ///< instead of boundaries and shapes
    std::vector<Shape> shapes;
    std::vector<Field> fields;
    Crs crs;
};

/// One file of the result: its ending (with the dot) and content.
struct FilePart {
    std::string extension;
    std::string content;
};

/// A GeoPackage of all layers, with layer_styles where there are styles.
FilePart make_geopackage(const std::vector<PreparedLayer>& layers, const std::vector<StoredStyle>& styles);
/// .shp with its side files; the .shp comes last.
std::vector<FilePart> make_shapefile(const PreparedLayer& layer);
/// How the columns are called in a Shapefile; parallel to the fields.
std::vector<std::string> shapefile_names(const PreparedLayer& layer);
FilePart make_flatgeobuf(const PreparedLayer& layer);
/// RFC 7946, numbers in their shortest form, one coordinate ring a line.
FilePart make_geojson(const PreparedLayer& layer);

}  // namespace tendik::io
