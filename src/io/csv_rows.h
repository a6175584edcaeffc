#pragma once

#include "tendik/base/error.h"

#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::io {

struct CsvField {
    std::string text;      ///< without quotation marks and outer blanks
    std::size_t line = 0;  ///< where the field begins, from 1; a quoted field may hold line ends
};

struct CsvRow {
    std::vector<CsvField> fields;  ///< as many as the heading has
    std::size_t line = 0;
};

/// A CSV file as text, with the place of every field.
struct CsvRows {
    std::string file;                  ///< as the user named it
    std::vector<std::string> heading;  ///< names of the columns, all different
    std::size_t heading_line = 0;
    std::vector<CsvRow> rows;  ///< rows without any text are left out

    std::optional<std::size_t> find_column(std::string_view name) const;
    /// Throws InputError that names the columns of the file and the nearest one.
    std::size_t column(std::string_view name) const;
    /// The first of `names` that exists. Throws InputError that names the columns of the file.
    std::size_t first_column(std::initializer_list<std::string_view> names, std::string_view purpose) const;
    /// "data.csv, line 3, column 2 (value)"
    std::string where(const CsvRow& row, std::size_t column) const;
    [[noreturn]] void refuse(const CsvRow& row, std::size_t column, const std::string& what,
                             const std::string& hint = {}) const;
};

/// RFC 4180; UTF-8 with or without byte order mark; comma, semicolon or tab, whichever the heading row has
/// most of. Throws InputError with line and column: no such file, not UTF-8, no heading, no row, two columns
/// of one name, a quotation mark out of place, a row with another number of fields.
CsvRows read_csv(const std::filesystem::path& file);

}  // namespace tendik::io
