// Every vector format is written here: by GDAL, or as text by hand where its numbers shall be the shortest.
#include "gdal_file.h"
#include "tendik/base/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace tendik::io {
namespace {

constexpr const char* file_name = "layers.gpkg";

std::string sql_text(const std::string& text) {
    std::string result = "'";
    for (const char c : text) {
        if (c == '\'') result += '\'';
        result += c;
    }
    return result + "'";
}

void run_sql(GDALDataset& dataset, const std::string& statement, const std::string& what) {
    CPLErrorReset();
    auto* result = dataset.ExecuteSQL(statement.c_str(), nullptr, nullptr);
    if (result != nullptr) dataset.ReleaseResultSet(result);
    if (CPLGetLastErrorType() >= CE_Failure)
        throw_gdal_error(Fault::system, fmt::format("{} cannot be stored", what));
}

/// The table as QGIS makes and reads it: the schema is an empty text, never NULL, and the geometry column is
/// named.
void make_style_table(GDALDataset& dataset, const std::string& time) {
    run_sql(
        dataset,
        "CREATE TABLE layer_styles ("
        "id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256), "
        "f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD "
        "TEXT, "
        "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
        "update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))",
        "the table of styles");
    run_sql(
        dataset,
        fmt::format(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '', {}, 0)",
            sql_text(time)),
        "the table of styles");
}

/// The first style of a layer is its default.
void add_style(GDALDataset& dataset, const StoredStyle& style, bool is_default, const std::string& time) {
    run_sql(dataset,
            fmt::format(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
                "styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) "
                "VALUES ('', '', {}, 'geom', {}, {}, {}, {}, {}, '', NULL, {})",
                sql_text(style.layer), sql_text(style.name), sql_text(style.qml),
                style.sld.empty() ? "NULL" : sql_text(style.sld), is_default ? 1 : 0,
                sql_text(style.description), sql_text(time)),
            fmt::format("the style '{}' of layer '{}'", style.name, style.layer));
}

void add_styles(GDALDataset& dataset, const std::vector<StoredStyle>& styles, const std::string& time) {
    if (styles.empty()) return;
    make_style_table(dataset, time);
    for (std::size_t i = 0; i < styles.size(); ++i) {
        bool is_first = true;
        for (std::size_t before = 0; before < i; ++before)
            if (styles[before].layer == styles[i].layer) is_first = false;
        add_style(dataset, styles[i], is_first, time);
    }
}

constexpr std::size_t longest_dbf_name = 10;  // bytes; dBASE III
constexpr std::size_t longest_dbf_text = 254;

/// Names are cut to ten bytes; two that become one are refused, so that no column changes its meaning unseen.
std::vector<Field> with_short_names(const PreparedLayer& layer) {
    auto fields = layer.fields;
    std::map<std::string, std::string> long_by_short;
    for (auto& field : fields) {
        auto name = field.name.substr(0, longest_dbf_name);
        while (find_invalid_utf8(name))
            name.pop_back();
        const auto [first, is_new] = long_by_short.emplace(fold(name), field.name);
        if (!is_new) {
            throw InputError(
                fmt::format("a Shapefile keeps 10 letters of a column name: '{}' and '{}' would both be '{}'",
                            first->second, field.name, name),
                "write .gpkg, .geojson or .fgb instead, or shorten the names");
        }
        for (const auto& cell : field.cells) {
            const auto* text = std::get_if<std::string>(&cell);
            if (text == nullptr || text->size() <= longest_dbf_text) continue;
            throw InputError(fmt::format("a Shapefile keeps 254 bytes of a text: column '{}' has one of {}",
                                         field.name, text->size()),
                             "write .gpkg, .geojson or .fgb instead");
        }
        field.name = name;
    }
    return fields;
}

}  // namespace

FilePart make_geopackage(const std::vector<PreparedLayer>& layers, const std::vector<StoredStyle>& styles) {
    const auto time = fixed_time();
    // GDAL writes this instead of the clock into gpkg_contents.
    const ScopedOption date("OGR_CURRENT_DATE", time);
    const MemoryFolder folder;
    auto dataset = create_dataset("GPKG", folder.path_of(file_name), {});
    for (const auto& layer : layers) {
        add_layer(*dataset, layer,
                  {"GEOMETRY_NAME=geom", "FID=fid", "SPATIAL_INDEX=YES", "IDENTIFIER=" + layer.name,
                   "DESCRIPTION=" + layer.title});
    }
    add_styles(*dataset, styles, time);
    close_dataset(std::move(dataset));
    return {".gpkg", folder.content_of(file_name)};
}

std::vector<std::string> shapefile_names(const PreparedLayer& layer) {
    std::vector<std::string> names;
    for (const auto& field : with_short_names(layer))
        names.push_back(field.name);
    return names;
}

std::vector<FilePart> make_shapefile(const PreparedLayer& layer) {
    auto short_layer = layer;
    short_layer.name = "layer";
    short_layer.fields = with_short_names(layer);
    const MemoryFolder folder;
    auto dataset = create_dataset("ESRI Shapefile", folder.path_of("layer.shp"), {});
    add_layer(*dataset, short_layer,
              {"ENCODING=UTF-8", "DBF_DATE_LAST_UPDATE=" + fixed_time().substr(0, 10)});
    close_dataset(std::move(dataset));
    std::vector<FilePart> parts;
    for (const std::string extension : {".dbf", ".shx", ".prj", ".cpg", ".shp"})
        parts.push_back({extension, folder.content_of("layer" + extension)});
    return parts;
}

FilePart make_flatgeobuf(const PreparedLayer& layer) {
    const MemoryFolder folder;
    auto dataset = create_dataset("FlatGeobuf", folder.path_of("layer.fgb"), {});
    add_layer(*dataset, layer, {"SPATIAL_INDEX=YES", "TEMPORARY_DIR=" + folder.path_of("index")});
    close_dataset(std::move(dataset));
    return {".fgb", folder.content_of("layer.fgb")};
}

namespace {

std::string text_json(const std::string& text) { return nlohmann::json(text).dump(); }

std::string cell_json(const Cell& cell) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *integer);
    if (const auto* real = std::get_if<double>(&cell)) return std::isfinite(*real) ? shortest(*real) : "null";
    if (const auto* text = std::get_if<std::string>(&cell)) return text_json(*text);
    return "null";
}

std::string ring_json(const Ring& ring) {
    std::string json = "[";
    for (std::size_t i = 0; i < ring.size(); ++i)
        json += fmt::format("{}[{},{}]", i == 0 ? "" : ",", shortest(ring[i].x), shortest(ring[i].y));
    return json + "]";
}

std::string shape_json(const Shape& shape) {
    std::string json = R"({"type":"MultiPolygon","coordinates":[)";
    const auto right_handed = oriented(shape);
    for (std::size_t part = 0; part < right_handed.parts.size(); ++part) {
        const auto& polygon = right_handed.parts[part];
        json += fmt::format("{}\n[\n{}", part == 0 ? "" : ",", ring_json(polygon.outer));
        for (const auto& hole : polygon.holes)
            json += fmt::format(",\n{}", ring_json(hole));
        json += "]";
    }
    return json + "]}";
}

std::string texts_json(const Texts& texts) {
    if (texts.ru.empty() && texts.kk.empty()) return text_json(texts.en);
    return fmt::format(R"({{"en":{},"ru":{},"kk":{}}})", text_json(texts.en), text_json(texts.ru),
                       text_json(texts.kk));
}

std::string members_json(const PreparedLayer& layer) {
    auto json = fmt::format("\"type\":\"FeatureCollection\",\n\"name\":{},\n", text_json(layer.name));
    const auto& boundaries = *layer.boundaries;
    if (!boundaries.vintage.empty()) json += fmt::format("\"vintage\":{},\n", text_json(boundaries.vintage));
    if (!boundaries.attribution.empty())
        json += fmt::format("\"attribution\":{},\n", texts_json(boundaries.attribution));
    if (!boundaries.note.empty()) json += fmt::format("\"note\":{},\n", texts_json(boundaries.note));
    return json;
}

}  // namespace

FilePart make_geojson(const PreparedLayer& layer) {
    auto json = "{\n" + members_json(layer) + "\"features\":[";
    for (std::size_t row = 0; row < layer.shapes.size(); ++row) {
        json += fmt::format("{}\n{{\"type\":\"Feature\",\"properties\":{{", row == 0 ? "" : ",");
        for (std::size_t i = 0; i < layer.fields.size(); ++i) {
            const auto& field = layer.fields[i];
            json +=
                fmt::format("{}{}:{}", i == 0 ? "" : ",", text_json(field.name), cell_json(field.cells[row]));
        }
        json += fmt::format("}},\n\"geometry\":{}}}", shape_json(layer.shapes[row]));
    }
    return {".geojson", json + "\n]\n}\n"};
}

namespace {

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + '"';
}

std::string cell_csv(const Cell& cell) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *integer);
    if (const auto* real = std::get_if<double>(&cell))
        return std::isnan(*real) ? std::string() : shortest(*real);
    if (const auto* text = std::get_if<std::string>(&cell)) return quoted(*text);
    return {};
}

std::string row_csv(const std::vector<Cell>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line += ',';
        line += cell_csv(cells[i]);
    }
    // A row of one empty field would read as a blank line.
    return (line.empty() ? std::string("\"\"") : line) + '\n';
}

}  // namespace

std::string to_csv(const std::vector<Field>& fields) {
    std::vector<std::string> names;
    std::size_t row_count = 0;
    for (const auto& field : fields) {
        names.push_back(field.name);
        row_count = std::max(row_count, field.cells.size());
    }
    CsvText csv(names);
    std::vector<Cell> cells(fields.size());
    for (std::size_t row = 0; row < row_count; ++row) {
        for (std::size_t i = 0; i < fields.size(); ++i)
            cells[i] = row < fields[i].cells.size() ? fields[i].cells[row] : Cell{};
        csv.add(cells);
    }
    return std::move(csv).text();
}

CsvText::CsvText(const std::vector<std::string>& names) {
    const std::vector<Cell> cells(names.begin(), names.end());
    m_text = row_csv(cells);
}

void CsvText::add(const std::vector<Cell>& cells) { m_text += row_csv(cells); }

}  // namespace tendik::io
