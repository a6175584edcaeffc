#pragma once

#include "csv_rows.h"
#include "heading_words.h"
#include "tendik/tables/read_table.h"

#include <optional>
#include <string>
#include <vector>

namespace tendik::tables {

struct ColumnParts {
    std::optional<int> year;              ///< where one of the heading's rows is a year
    bool preliminary = false;             ///< the year says so
    std::string group;                    ///< the other rows, joined " / "
    std::optional<SideColumn> side = {};  ///< by its usual heading
    bool words = false;                   ///< several texts that are no numbers stand in the column
};

struct HeadedTable {
    TextRows table;
    std::vector<ColumnParts> parts;  ///< parallel to the heading
    std::size_t key = 0;
};

/// Finds the heading, one row or several, and leaves out lines above it and notes below the figures. Throws
/// InputError: no heading row, no row below it, two columns of one name, a row with another number of
/// fields, no key column.
HeadedTable find_heading(TextGrid grid, const TableSource& source, Findings& findings);

}  // namespace tendik::tables
