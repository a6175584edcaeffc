#pragma once

#include "tendik/base/finding.h"
#include "tendik/geom/crs.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tendik {

struct TextCell {
    std::string text;      ///< without quotation marks and outer blanks
    std::size_t line = 0;  ///< where the cell begins, from 1; a quoted field may hold line ends
};

struct TextRow {
    std::vector<TextCell> fields;  ///< as many as the heading has
    std::size_t line = 0;

    bool has_text() const;
};

/// How the place of a cell is told.
enum class Place : std::uint8_t {
    line,       ///< "line 7, column 3"
    sheet_row,  ///< "sheet 'Лист1', row 7, column C"
    record,     ///< "table 'figures', row 7, column 3"
};
/// "data.csv, line 3"; "data.xlsx, sheet 'Лист1', row 3"
std::string place_of(const std::string& file, const std::string& sheet, Place place, std::size_t line);
/// "A", "Z", "AA" for 0, 25, 26.
std::string column_letters(std::size_t column);

/// Rows of text before anything is known of a heading; rows may differ in length.
struct TextGrid {
    std::string file;   ///< as the user named it, passwords masked
    std::string sheet;  ///< of a spreadsheet or database
    Place place = Place::line;
    std::vector<TextRow> rows;  ///< rows without any text are left out
    bool named = false;         ///< the first row holds the names that the format itself gives its columns

    std::string where(std::size_t line) const { return place_of(file, sheet, place, line); }
};

namespace io {

/// Whether GDAL reads the file, and not a reader of text: a spreadsheet, a layer, a connection.
bool is_gdal_table(const std::string& file);

/// The rows of a sheet (XLSX, ODS, XLS; cells as they are shown) or of a layer (DBF and others, "PG:") as
/// text; `sheet` empty means the only one. Texts of a DBF that states no code page are read as Windows-1251
/// or KZ-1048 where they are that, with the finding "encoding". Throws InputError: no such file or sheet (the
/// existing ones are named), several and none named, an empty table, a connection that is refused (without
/// its password), a file that cannot be read to its end.
TextGrid read_grid(const std::string& file, const std::string& sheet, Findings& findings);

/// The same; of a layer of points, the last two columns are the coordinates in the CRS named beside.
struct PointGrid {
    TextGrid grid;
    bool has_points = false;
    Crs crs;  ///< unknown where the layer states none
};
inline constexpr const char* point_x_column = "x of the point";
inline constexpr const char* point_y_column = "y of the point";
/// Throws InputError besides: a feature without a point in a layer of points.
PointGrid read_point_grid(const std::string& file, const std::string& sheet, Findings& findings);

}  // namespace io
}  // namespace tendik
