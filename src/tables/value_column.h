#pragma once

#include "csv_rows.h"
#include "table_cells.h"

namespace tendik::tables {

/// The rows of any source as text. Throws InputError as read_table() says.
TextGrid grid_of_table(const TableSource& source, Findings& findings);

/// What stands in one cell.
struct CellValue {
    Value value;
    std::string note;   ///< what the cell says of its figure
    std::string fault;  ///< where it cannot be read; the value is missing then
    std::string hint;
};

/// Reads one column of values, after a look at all its cells.
class ValueColumn {
public:
    /// A column of per cent that holds shares of 1 is the finding "share-not-percent".
    ValueColumn(const TextRows& table, std::size_t column, TableSource source, bool sdmx, Findings& findings);

    std::size_t column() const { return m_column; }
    /// Repairs become findings. Where some cells of the column have a percent sign and others none, the first
    /// with one is at fault.
    CellValue read(const TextRow& row) const;
    /// Throws InputError with the place of the cell where it cannot be read.
    Value operator()(const TextRow& row) const;

private:
    void look_at_shares();
    bool says_percent() const;

    const TextRows& m_table;
    std::size_t m_column;
    TableSource m_source;
    Findings& m_findings;
    Separators m_separators;
    const TextRow* m_mixed = nullptr;  ///< the row that shows a second unit
    std::string m_mixed_fault;
};

}  // namespace tendik::tables
