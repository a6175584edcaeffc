#pragma once

#include "tendik/base/finding.h"
#include "tendik/geom/crs.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/context.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tendik {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;  ///< monostate: NULL
enum class FieldType : std::uint8_t { integer, real, text };

struct Field {
    std::string name;
    FieldType type = FieldType::text;
    std::vector<Cell> cells;  ///< parallel to the regions
    std::string alias;        ///< for a reader; may be empty
};

/// What a vector file holds: the regions with their columns, the key column first under its own name; or what
/// lies round them, with columns parallel to its features.
struct FeatureLayer {
    std::string name;
    std::string title;
    const Boundaries* boundaries = nullptr;
    std::vector<Field> fields;
    const ContextLayer* context = nullptr;  ///< instead of boundaries; polygons, lines or points in WGS 84
};

/// A row of QGIS's table layer_styles inside of a GeoPackage.
struct StoredStyle {
    std::string layer;
    std::string name;
    std::string qml;
    std::string sld;  ///< may be empty
    std::string description;
};

namespace io {

/// Writes all layers to one file; the format follows the ending: .gpkg (styles go into layer_styles),
/// .geojson, .fgb, .shp, .csv (no geometry). `crs` reprojects; empty keeps the CRS of the boundaries. Context
/// goes into .gpkg only and stays in WGS 84. Formats
/// with one layer refuse more. The target appears whole or not at all; equal input gives equal bytes. Throws
/// InputError for an unknown ending (the known ones are named), SystemError when it cannot be written.
/// Returns what the format could not keep: "short-name", a column whose name a Shapefile cuts to ten bytes.
Findings write_layers(const std::filesystem::path& target, const std::vector<FeatureLayer>& layers,
                      const std::vector<StoredStyle>& styles, const Crs& crs);

/// RFC 4180 with LF, a heading row, NULL as an empty field, numbers in their shortest form.
std::string to_csv(const std::vector<Field>& fields);

/// The same row by row: of long tables only the text is kept.
class CsvText {
public:
    explicit CsvText(const std::vector<std::string>& names);
    /// As many as there are names.
    void add(const std::vector<Cell>& cells);
    std::string text() && { return std::move(m_text); }

private:
    std::string m_text;
};

/// GDAL's messages since the last call, oldest first.
std::vector<std::string> collect_messages();

/// ("GDAL", "3.6.2").
std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace io
}  // namespace tendik
