#pragma once

#include "table_heading.h"
#include "tendik/tables/read_table.h"

#include <cstddef>
#include <string>
#include <vector>

namespace tendik::tables {

/// A column of numbers is a measurement, no part of the people; one of a single word parts nothing.
bool holds_several_words(const TextRows& table, std::size_t column);

/// The columns by which the people of a region are parted: those that the source names, and those of usual
/// names that hold several words. `taken` are columns of other use. Throws InputError for a name that is no
/// column.
std::vector<std::size_t> dimension_columns(const HeadedTable& headed, const TableSource& source,
                                           const std::vector<std::size_t>& taken);

/// Gives each figure its cell, and names the other columns by which figures of one region differ. `rows`:
/// that of each figure, parallel.
void take_cells(Indicators& indicators, const HeadedTable& headed, const std::vector<const TextRow*>& rows,
                const std::vector<std::size_t>& columns, const std::vector<std::size_t>& taken);

}  // namespace tendik::tables
