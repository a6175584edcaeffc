#pragma once

#include "table_heading.h"
#include "tendik/tables/read_table.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace tendik::tables {

/// Which column of a table says what.
struct TableColumns {
    std::size_t key = 0;
    std::vector<std::size_t> values;  ///< several: one for each year
    std::optional<std::size_t> indicator, year, vintage, state, source, note, unit;
    bool wide = false;
    std::optional<std::size_t> multiplier;  ///< UNIT_MULT of SDMX: the power of ten of the values
    bool sdmx = false;
};

/// By the names of the source, those of SDMX and, with `repair`, usual words. Throws InputError: no column of
/// a name that the source gives, no column of values.
TableColumns find_columns(const HeadedTable& headed, const TableSource& source, Findings& findings);

}  // namespace tendik::tables
