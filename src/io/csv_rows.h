#pragma once

#include "tendik/base/error.h"
#include "tendik/base/finding.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::io {

struct TextCell {
    std::string text;      ///< without quotation marks and outer blanks
    std::size_t line = 0;  ///< where the cell begins, from 1; a quoted field may hold line ends
};

struct TextRow {
    std::vector<TextCell> fields;  ///< as many as the heading has
    std::size_t line = 0;
};

/// How the place of a cell is told.
enum class Place : std::uint8_t {
    line,       ///< "line 7, column 3"
    sheet_row,  ///< "sheet 'Лист1', row 7, column C"
    record,     ///< "table 'figures', row 7, column 3"
};

/// Rows of text before anything is known of a heading; rows may differ in length.
struct TextGrid {
    std::string file;   ///< as the user named it, passwords masked
    std::string sheet;  ///< of a spreadsheet or database
    Place place = Place::line;
    std::vector<TextRow> rows;  ///< rows without any text are left out
    bool named = false;         ///< the first row holds the names that the format itself gives its columns

    /// "data.csv, line 3"
    std::string where(std::size_t line) const;
};

/// A table as text, with the place of every cell.
struct TextRows {
    std::string file;                  ///< as the user named it
    std::vector<std::string> heading;  ///< names of the columns, all different
    std::size_t heading_line = 0;
    std::vector<TextRow> rows;  ///< rows without any text are left out
    std::string sheet = {};
    Place place = Place::line;

    std::optional<std::size_t> find_column(std::string_view name) const;
    /// Throws InputError that names the columns of the file and the nearest one.
    std::size_t column(std::string_view name) const;
    /// The first of `names` that exists. Throws InputError that names the columns of the file.
    std::size_t first_column(std::initializer_list<std::string_view> names, std::string_view purpose) const;
    /// "data.csv, line 3"
    std::string where(std::size_t line) const;
    /// "data.csv, line 3, column 2 (value)"
    std::string where(const TextRow& row, std::size_t column) const;
    [[noreturn]] void refuse(const TextRow& row, std::size_t column, const std::string& what,
                             const std::string& hint = {}) const;
    /// The names of the columns are `names`. Throws InputError when two are the same.
    void take_heading(std::vector<std::string> names, std::size_t line);
};

bool has_text(const TextRow& row);

/// RFC 4180; comma, semicolon or tab, whichever cuts the lines alike; encodings of decode_text. Throws
/// InputError with line and column: no such file, bytes of no known encoding, a quotation mark out of place.
TextGrid read_csv_grid(const std::filesystem::path& file, Findings& findings);

/// A table whose first row is its heading and whose rows are all as long. Throws InputError besides: no
/// heading, no row, two columns of one name, a row with another number of fields.
TextRows read_csv(const std::filesystem::path& file);

}  // namespace tendik::io
