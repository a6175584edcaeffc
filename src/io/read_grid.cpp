#include "tendik/io/read_grid.h"

#include "gdal_session.h"
#include "spreadsheet_cells.h"
#include "tendik/base/existing_file.h"
#include "tendik/base/text.h"

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>

namespace tendik {

std::string place_of(const std::string& file, const std::string& sheet, Place place, std::size_t line) {
    if (place == Place::line) return fmt::format("{}, line {}", file, line);
    return fmt::format("{}, {} '{}', row {}", file, place == Place::record ? "table" : "sheet", sheet, line);
}

std::string column_letters(std::size_t column) {
    std::string letters;
    for (auto rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return letters;
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

/// A server with PostGIS is asked for tables without shapes, too, which its driver keeps back.
constexpr std::array<const char*, 2> all_tables{"LIST_ALL_TABLES=YES", nullptr};

DatasetPointer open_table(const std::string& file, const char* const* options) {
    start_gdal();
    if (is_postgres(file)) options = all_tables.data();
    if (!is_connection(file)) require_existing(file, "a relative path starts at the current folder");
    CPLErrorReset();
    DatasetPointer dataset(GDALDataset::Open(
        file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, nullptr, options, nullptr));
    if (!dataset) {
        throw_gdal_error(Fault::input, fmt::format("{}: cannot be read as a table", file),
                         is_postgres(file) ? postgres_hint
                                           : "tables are CSV, XLSX, ODS or another format that GDAL reads");
    }
    return dataset;
}

/// The named one, or the only one that holds anything.
std::size_t choose_sheet(const std::vector<SheetName>& sheets, const std::string& file,
                         const std::string& sheet, std::string_view word) {
    std::vector<std::string> names;
    std::vector<std::size_t> filled;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        if (!sheet.empty() && sheets[i].name == sheet) return i;
        names.push_back(sheets[i].name);
        if (sheets[i].filled) filled.push_back(i);
    }
    const auto hint = fmt::format("the {}s are: {}", word, quoted_list(names));
    if (!sheet.empty()) {
        const auto near = nearest(sheet, names);
        throw InputError(fmt::format("{}: no {} '{}'{}", file, word, sheet,
                                     near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                         hint);
    }
    if (filled.empty()) throw InputError(fmt::format("{}: the table is empty", file), hint);
    if (filled.size() > 1) {
        const auto* way = word == "sheet"     ? "FILE:SHEET"
                          : is_postgres(file) ? "PG:...:TABLE behind the connection, with tables=TABLE in it,"
                                              : "FILE:TABLE";
        throw InputError(fmt::format("{}: {} {}s, which one?", file, filled.size(), word),
                         fmt::format("name one as {} or in the plan: sheet = \"...\"; {}", way, hint));
    }
    return filled.front();
}

/// Tables that PostGIS itself keeps.
bool is_of_postgis(std::string_view name) {
    constexpr std::array<std::string_view, 7> names{
        "spatial_ref_sys",  "geometry_columns", "geography_columns", "raster_columns",
        "raster_overviews", "topology.layer",   "topology.topology"};
    return std::ranges::find(names, name) != names.end();
}

OGRLayer* choose_layer(GDALDataset& dataset, const std::string& file, const std::string& sheet,
                       std::string_view word) {
    const bool of_server = is_postgres(file);
    // A server may hold thousands of tables: one that is named is not looked for among all.
    if (of_server && !sheet.empty())
        if (auto* layer = dataset.GetLayerByName(sheet.c_str())) return layer;
    CPLErrorReset();
    std::vector<SheetName> sheets;
    std::vector<OGRLayer*> layers;
    for (auto* layer : dataset.GetLayers()) {
        if (of_server && is_of_postgis(layer->GetName())) continue;
        layers.push_back(layer);
        sheets.push_back({layer->GetName(), layer->GetFeatureCount() != 0});
    }
    return layers[choose_sheet(sheets, file, sheet, word)];
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

/// What the driver makes of ODS stands in other columns than in the file: see OpenDocument.
TextGrid read_open_document(const std::string& file, const std::string& sheet, Findings& findings) {
    start_gdal();
    require_existing(file, "a relative path starts at the current folder");
    const OpenDocument document(file);
    TextGrid grid;
    grid.file = file;
    const auto sheets = document.sheets();
    const auto chosen = choose_sheet(sheets, file, sheet, "sheet");
    grid.sheet = sheets[chosen].name;
    grid.place = Place::sheet_row;
    document.read(chosen, grid, findings);
    return grid;
}

TextGrid read_sheet(const std::string& file, const std::string& sheet, Findings& findings) {
    if (ending_of(file) == ".ods") return read_open_document(file, sheet, findings);
    // Types that GDAL guesses would turn codes into numbers and hide what stands in the cells.
    const ScopedOption xlsx_headers("OGR_XLSX_HEADERS", "DISABLE");
    const ScopedOption xlsx_types("OGR_XLSX_FIELD_TYPES", "STRING");
    const ScopedOption xls_headers("OGR_XLS_HEADERS", "DISABLE");
    const ScopedOption xls_types("OGR_XLS_FIELD_TYPES", "STRING");
    const auto dataset = open_table(file, nullptr);
    auto* layer = choose_layer(*dataset, file, sheet, "sheet");
    TextGrid grid;
    grid.file = file;
    grid.sheet = layer->GetName();
    grid.place = Place::sheet_row;
    CPLErrorReset();
    for (const auto& feature : *layer)
        add_row(grid, *feature, static_cast<std::size_t>(feature->GetFID()));
    require_complete(grid);
    if (ending_of(file) == ".xlsx" || ending_of(file) == ".xlsm") look_at_cells(grid, file, findings);
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
    auto* layer = choose_layer(*dataset, file, sheet, "table");
    const auto ending = ending_of(file);
    const bool raw = (ending == ".dbf" || ending == ".shp") && !states_encoding(*layer);
    if (raw) {
        const std::array<const char*, 2> options{"ENCODING=", nullptr};
        dataset = open_table(file, options.data());
        layer = choose_layer(*dataset, file, sheet, "table");
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
