#include "tendik/io/read_grid.h"

#include "gdal_session.h"
#include "tendik/base/existing_file.h"
#include "tendik/base/text.h"

#include <cpl_minixml.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

namespace tendik {

std::string place_of(const std::string& file, const std::string& sheet, Place place, std::size_t line) {
    if (place == Place::line) return fmt::format("{}, line {}", file, line);
    return fmt::format("{}, {} '{}', row {}", file, place == Place::record ? "table" : "sheet", sheet, line);
}

bool TextRow::has_text() const {
    return std::ranges::any_of(fields, [](const TextCell& field) { return !field.text.empty(); });
}

namespace io {
namespace {

std::string ending_of(const std::string& file) {
    return fold(std::filesystem::path(file).extension().string());
}

bool is_spreadsheet(const std::string& file) {
    const auto ending = ending_of(file);
    return ending == ".xlsx" || ending == ".ods" || ending == ".xls" || ending == ".xlsm";
}

bool is_layer_file(const std::string& file) {
    constexpr std::array<std::string_view, 9> endings{".gpkg", ".dbf",    ".shp", ".geojson", ".json",
                                                      ".fgb",  ".sqlite", ".db",  ".gml"};
    return is_connection(file) || std::ranges::find(endings, ending_of(file)) != endings.end();
}

DatasetPointer open_table(const std::string& file, const char* const* options) {
    start_gdal();
    if (!is_connection(file)) require_existing(file, "a relative path starts at the current folder");
    CPLErrorReset();
    DatasetPointer dataset(GDALDataset::Open(
        file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, nullptr, options, nullptr));
    if (!dataset) {
        throw_gdal_error(Fault::input, fmt::format("{}: cannot be read as a table", file),
                         file.starts_with("PG:")
                             ? "check host, port, dbname, user and password (PGPASSWORD or ~/.pgpass keep it "
                               "out of the plan)"
                             : "tables are CSV, XLSX, ODS or another format that GDAL reads");
    }
    return dataset;
}

/// The named layer, or the only one that holds anything.
OGRLayer* choose_sheet(GDALDataset& dataset, const std::string& file, const std::string& sheet,
                       std::string_view word) {
    std::vector<std::string> names;
    std::vector<OGRLayer*> filled;
    OGRLayer* named = nullptr;
    for (auto* layer : dataset.GetLayers()) {
        names.emplace_back(layer->GetName());
        if (names.back() == sheet) named = layer;
        if (layer->GetFeatureCount() != 0) filled.push_back(layer);
    }
    const auto hint = fmt::format("the {}s are: {}", word, quoted_list(names));
    if (named != nullptr) return named;
    if (!sheet.empty()) {
        const auto near = nearest(sheet, names);
        throw InputError(fmt::format("{}: no {} '{}'{}", file, word, sheet,
                                     near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                         hint);
    }
    if (filled.empty()) throw InputError(fmt::format("{}: the table is empty", file), hint);
    if (filled.size() > 1) {
        const auto* way = word == "sheet" ? "FILE:SHEET"
                          : file.starts_with("PG:")
                              ? "PG:...:TABLE behind the connection, with tables=TABLE in it,"
                              : "FILE:TABLE";
        throw InputError(fmt::format("{}: {} {}s, which one?", file, filled.size(), word),
                         fmt::format("name one as {} or in the plan: sheet = \"...\"; {}", way, hint));
    }
    return filled.front();
}

std::string cell_text(const OGRFeature& feature, int column) {
    if (!feature.IsFieldSetAndNotNull(column)) return {};
    if (feature.GetFieldDefnRef(column)->GetType() == OFTReal)
        return shortest(feature.GetFieldAsDouble(column));
    return std::string(trim(feature.GetFieldAsString(column)));
}

void add_point(TextRow& row, const OGRFeature& feature, const std::string& where, bool swap) {
    const auto* geometry = feature.GetGeometryRef();
    if (geometry == nullptr || wkbFlatten(geometry->getGeometryType()) != wkbPoint ||
        geometry->IsEmpty() != 0)
        throw InputError(fmt::format("{}: the feature has no point", where),
                         "every feature of a layer of points has one");
    const auto& point = *geometry->toPoint();
    const double first = point.getX();
    const double second = point.getY();
    row.fields.push_back({shortest(swap ? second : first), row.line});
    row.fields.push_back({shortest(swap ? first : second), row.line});
}

TextRow row_of(const OGRFeature& feature, std::size_t line) {
    TextRow row;
    row.line = line;
    for (int i = 0; i < feature.GetFieldCount(); ++i)
        row.fields.push_back({cell_text(feature, i), line});
    return row;
}

void add_row(TextGrid& grid, const OGRFeature& feature, std::size_t line) {
    auto row = row_of(feature, line);
    if (row.has_text()) grid.rows.push_back(std::move(row));
}

void require_complete(const TextGrid& grid) {
    if (CPLGetLastErrorType() >= CE_Failure) {
        throw_gdal_error(Fault::input,
                         fmt::format("{}: '{}' cannot be read to its end", grid.file, grid.sheet));
    }
}

struct XmlFree {
    void operator()(CPLXMLNode* node) const { CPLDestroyXMLNode(node); }
};
using Xml = std::unique_ptr<CPLXMLNode, XmlFree>;

/// A part of an XLSX file without the prefixes of its names; null where it is absent.
Xml part_of_xlsx(const std::string& file, const std::string& part) {
    const auto path = "/vsizip/{" + file + "}/" + part;
    VSIStatBufL status{};
    if (VSIStatL(path.c_str(), &status) != 0) return nullptr;
    Xml xml(CPLParseXMLFile(path.c_str()));
    if (xml) CPLStripXMLNamespace(xml.get(), nullptr, TRUE);
    CPLErrorReset();
    return xml;
}

template <typename Do>
void for_each_child(const CPLXMLNode* node, std::string_view name, const Do& act) {
    for (const auto* child = node == nullptr ? nullptr : node->psChild; child != nullptr;
         child = child->psNext)
        if (child->eType == CXT_Element && name == child->pszValue) act(child);
}

const CPLXMLNode* find_node(const Xml& xml, const char* path) {
    return xml ? CPLGetXMLNode(xml.get(), path) : nullptr;
}

/// For each style of a cell, whether it shows a number as per cent (ECMA-376, 18.8.30: formats 9 and 10, and
/// those of one's own that hold the sign).
std::vector<bool> percent_styles(const std::string& file) {
    const auto styles = part_of_xlsx(file, "xl/styles.xml");
    std::set<std::string> formats{"9", "10"};
    for_each_child(find_node(styles, "=styleSheet.numFmts"), "numFmt", [&](const CPLXMLNode* format) {
        if (std::string_view(CPLGetXMLValue(format, "formatCode", "")).find('%') != std::string_view::npos)
            formats.insert(CPLGetXMLValue(format, "numFmtId", ""));
    });
    std::vector<bool> percent;
    for_each_child(find_node(styles, "=styleSheet.cellXfs"), "xf", [&](const CPLXMLNode* style) {
        percent.push_back(formats.contains(CPLGetXMLValue(style, "numFmtId", "")));
    });
    return percent;
}

/// Where the cells of a sheet stand inside of the file; empty where it cannot be told.
std::string part_of_sheet(const std::string& file, const std::string& sheet) {
    std::string id;
    const auto book = part_of_xlsx(file, "xl/workbook.xml");
    for_each_child(find_node(book, "=workbook.sheets"), "sheet", [&](const CPLXMLNode* node) {
        if (sheet == CPLGetXMLValue(node, "name", "")) id = CPLGetXMLValue(node, "id", "");
    });
    std::string target;
    const auto relations = part_of_xlsx(file, "xl/_rels/workbook.xml.rels");
    for_each_child(find_node(relations, "=Relationships"), "Relationship", [&](const CPLXMLNode* node) {
        if (!id.empty() && id == CPLGetXMLValue(node, "Id", "")) target = CPLGetXMLValue(node, "Target", "");
    });
    if (target.empty()) return {};
    return target.front() == '/' ? target.substr(1) : "xl/" + target;
}

/// "B" of "B12" is 1.
std::size_t column_of_cell(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    }
    return column - 1;
}

/// A cell that shows 12.5 % holds 0.125, and the driver gives that: it is read as it is shown.
void show_percent_cells(TextGrid& grid, const std::string& path, Findings& findings) {
    const auto percent = percent_styles(path);
    if (std::ranges::find(percent, true) == percent.end()) return;
    std::map<std::size_t, TextRow*> row_of_line;
    for (auto& row : grid.rows)
        row_of_line[row.line] = &row;
    const auto cells = part_of_xlsx(path, part_of_sheet(path, grid.sheet));
    std::size_t count = 0;
    for_each_child(find_node(cells, "=worksheet.sheetData"), "row", [&](const CPLXMLNode* row) {
        const auto line = parse_integer(CPLGetXMLValue(row, "r", ""));
        const auto found = row_of_line.find(static_cast<std::size_t>(line.value_or(0)));
        if (found == row_of_line.end()) return;
        for_each_child(row, "c", [&](const CPLXMLNode* cell) {
            const auto style =
                static_cast<std::size_t>(parse_integer(CPLGetXMLValue(cell, "s", "0")).value_or(0));
            const auto column = column_of_cell(CPLGetXMLValue(cell, "r", ""));
            auto& fields = found->second->fields;
            if (style >= percent.size() || !percent[style] || column >= fields.size()) return;
            const std::string_view type = CPLGetXMLValue(cell, "t", "n");
            const auto number = parse_number(fields[column].text);
            if (type != "n" || !number) return;
            // Fifteen digits are what a spreadsheet keeps: 0.07 is 7 %, not 7.000000000000001 %.
            fields[column].text = fmt::format("{:.15g}%", *number * 100.0);
            ++count;
        });
    });
    if (count > 0)
        findings.add(
            Severity::note, "percent-format", place_of(grid.file, grid.sheet, grid.place, 1),
            fmt::format("{} cells are formatted as per cent and read as they are shown: 0.125 is 12.5%",
                        count));
}

TextGrid read_sheet(const std::string& file, const std::string& sheet, Findings& findings) {
    // Types that GDAL guesses would turn codes into numbers and hide what stands in the cells.
    const ScopedOption xlsx_headers("OGR_XLSX_HEADERS", "DISABLE");
    const ScopedOption xlsx_types("OGR_XLSX_FIELD_TYPES", "STRING");
    const ScopedOption ods_headers("OGR_ODS_HEADERS", "DISABLE");
    const ScopedOption ods_types("OGR_ODS_FIELD_TYPES", "STRING");
    const ScopedOption xls_headers("OGR_XLS_HEADERS", "DISABLE");
    const ScopedOption xls_types("OGR_XLS_FIELD_TYPES", "STRING");
    const auto dataset = open_table(file, nullptr);
    auto* layer = choose_sheet(*dataset, file, sheet, "sheet");
    TextGrid grid;
    grid.file = file;
    grid.sheet = layer->GetName();
    grid.place = Place::sheet_row;
    CPLErrorReset();
    for (const auto& feature : *layer)
        add_row(grid, *feature, static_cast<std::size_t>(feature->GetFID()));
    require_complete(grid);
    if (ending_of(file) == ".xlsx" || ending_of(file) == ".xlsm") show_percent_cells(grid, file, findings);
    return grid;
}

/// A DBF without a code page: all its bytes together say what they are.
void decode_cells(TextGrid& grid, Findings& findings) {
    std::string all;
    for (const auto& row : grid.rows)
        for (const auto& cell : row.fields)
            all += cell.text + "\n";
    const auto decoded = decode_text(all);
    if (!decoded) {
        throw InputError(
            fmt::format("{}: the texts are neither UTF-8 nor Russian in Windows-1251 nor Kazakh in KZ-1048",
                        grid.file),
            "state the encoding in a .cpg file beside it");
    }
    if (decoded->encoding == TextEncoding::utf8) return;
    findings.add(Severity::note, "encoding", grid.file,
                 fmt::format("states no code page; read as {}", to_text(decoded->encoding)));
    for (auto& row : grid.rows)
        for (auto& cell : row.fields)
            if (find_invalid_utf8(cell.text)) cell.text = to_utf8(cell.text, decoded->encoding);
}

/// A layer that stores latitude or northing first.
bool swaps_axes(const OGRSpatialReference& reference) {
    const auto& mapping = reference.GetDataAxisToSRSAxisMapping();
    return (reference.EPSGTreatsAsLatLong() != 0 || reference.EPSGTreatsAsNorthingEasting() != 0) &&
           mapping.size() >= 2 && mapping[0] == 1;
}

void add_rows(OGRLayer& layer, PointGrid& result) {
    auto& grid = result.grid;
    const auto* reference = layer.GetSpatialRef();
    const bool known = reference != nullptr && is_known(*reference);
    if (result.has_points && known) result.crs = to_crs(*reference);
    const bool swap = known && swaps_axes(*reference);
    CPLErrorReset();
    std::size_t line = 0;
    for (const auto& feature : layer) {
        auto row = row_of(*feature, ++line);
        if (result.has_points) add_point(row, *feature, grid.where(line), swap);
        if (row.has_text()) grid.rows.push_back(std::move(row));
    }
    require_complete(grid);
}

PointGrid read_layer(const std::string& file, const std::string& sheet, bool with_points,
                     Findings& findings) {
    auto dataset = open_table(file, nullptr);
    auto* layer = choose_sheet(*dataset, file, sheet, "table");
    const auto ending = ending_of(file);
    const bool raw = (ending == ".dbf" || ending == ".shp") && !states_encoding(*layer);
    if (raw) {
        const std::array<const char*, 2> options{"ENCODING=", nullptr};
        dataset = open_table(file, options.data());
        layer = choose_sheet(*dataset, file, sheet, "table");
    }
    PointGrid result;
    auto& grid = result.grid;
    grid.file = mask_passwords(file);
    grid.sheet = layer->GetName();
    grid.place = Place::record;
    grid.named = true;
    TextRow names;
    auto& definition = *layer->GetLayerDefn();
    for (int i = 0; i < definition.GetFieldCount(); ++i)
        names.fields.push_back({definition.GetFieldDefn(i)->GetNameRef(), 0});
    result.has_points = with_points && wkbFlatten(layer->GetGeomType()) == wkbPoint;
    if (result.has_points)
        for (const auto* name : {point_x_column, point_y_column})
            names.fields.push_back({name, 0});
    grid.rows.push_back(std::move(names));
    add_rows(*layer, result);
    if (raw) decode_cells(grid, findings);
    return result;
}

}  // namespace

bool is_gdal_table(const std::string& file) { return is_spreadsheet(file) || is_layer_file(file); }

TextGrid read_grid(const std::string& file, const std::string& sheet, Findings& findings) {
    return is_spreadsheet(file) ? read_sheet(file, sheet, findings)
                                : read_layer(file, sheet, false, findings).grid;
}

PointGrid read_point_grid(const std::string& file, const std::string& sheet, Findings& findings) {
    if (is_spreadsheet(file)) return {read_sheet(file, sheet, findings), false, {}};
    return read_layer(file, sheet, true, findings);
}

}  // namespace io
}  // namespace tendik
