#pragma once

#include "csv_rows.h"
#include "table_cells.h"

namespace tendik::tables {

/// The rows of any source as text. Throws InputError as read_table() says.
TextGrid grid_of_table(const TableSource& source, Findings& findings);

/// Reads one column of values, after a look at all its cells.
class ValueColumn {
public:
    /// Throws InputError when some cells have a percent sign and others none.
    ValueColumn(const TextRows& table, std::size_t column, TableSource source, bool sdmx, Findings& findings);

    std::size_t column() const { return m_column; }
    /// Throws InputError with the place of the cell; repairs become findings.
    Value operator()(const TextRow& row) const;

private:
    void refuse_mixed_percent() const;

    const TextRows& m_table;
    std::size_t m_column;
    TableSource m_source;
    Findings& m_findings;
    Comma m_comma = Comma::unknown;
};

}  // namespace tendik::tables
