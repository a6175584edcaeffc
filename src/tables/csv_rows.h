#pragma once

#include "tendik/base/error.h"
#include "tendik/base/finding.h"
#include "tendik/io/read_grid.h"

#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::tables {

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

/// RFC 4180; comma, semicolon or tab, whichever cuts the lines alike; encodings of decode_text. Throws
/// InputError with line and column: no such file, bytes of no known encoding, a quotation mark out of place.
TextGrid read_csv_grid(const std::filesystem::path& file, Findings& findings);

/// A table whose first row is its heading and whose rows are all as long. Throws InputError besides: no
/// heading, no row, two columns of one name, a row with another number of fields.
TextRows read_csv(const std::filesystem::path& file);

}  // namespace tendik::tables
