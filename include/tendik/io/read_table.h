#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/indicator.h"

#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// Where figures come from. Column names; an empty optional column is taken when the default name exists.
struct TableSource {
    std::string file = {};
    std::string key = {};  ///< empty: "unit_id", else "key", else "code", else an error
    std::string value = "value";
    std::string indicator_column = "indicator";  ///< used when the table has it
    std::string year_column = "year";            ///< used when the table has it
    std::string vintage_column = "vintage";      ///< used when the table has it
    std::string state_column = "state";          ///< used when the table has it
    std::string source_column = "source";        ///< used when the table has it
    std::string note_column = "note";            ///< used when the table has it
    std::vector<std::string> missing = {};     ///< marks that mean "missing", compared after trimming; empty
                                               ///< cell always does
    std::vector<std::string> suppressed = {};  ///< marks that mean "suppressed"
};

namespace io {

/// Reads a CSV table (RFC 4180, UTF-8 with or without BOM, comma; semicolon or tab recognised from the
/// heading row). Every fault names file, line and column. Throws InputError: no such file, empty table (no
/// heading or no row), no such column (the nearest is named), two columns of one name, a row with another
/// number of fields, text, NaN or inf in a number column, a year that is no whole number, an unknown state, a
/// state that contradicts the value, not UTF-8.
Indicators read_table(const TableSource& source, Findings& findings);

}  // namespace io
}  // namespace tendik
