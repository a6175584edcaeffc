#include "value_column.h"

#include "tendik/base/text.h"

#include <fmt/format.h>

namespace tendik::tables {

TextGrid grid_of_table(const TableSource& source, Findings& findings) {
    if (io::is_gdal_table(source.file)) return io::read_grid(source.file, source.sheet, findings);
    if (!source.sheet.empty()) {
        throw InputError(
            fmt::format("{}: a text file has no sheets, '{}' is asked for", source.file, source.sheet),
            "leave the sheet out");
    }
    return read_csv_grid(source.file, findings);
}

ValueColumn::ValueColumn(const TextRows& table, std::size_t column, TableSource source, bool sdmx,
                         Findings& findings)
    : m_table(table),
      m_column(column),
      m_source(std::move(source)),
      m_findings(findings) {
    // SDMX-CSV writes NaN for a number that is missing.
    if (sdmx) m_source.missing.emplace_back("NaN");
    std::vector<std::string> cells;
    for (const auto& row : table.rows)
        cells.push_back(row.fields[column].text);
    m_comma = comma_of(cells);
    refuse_mixed_percent();
}

Value ValueColumn::operator()(const TextRow& row) const {
    const auto& text = row.fields[m_column].text;
    const auto reading = read_cell(text, m_comma, m_source);
    if (!reading.value || !reading.fault.empty()) m_table.refuse(row, m_column, reading.fault, reading.hint);
    if (reading.is_sign) {
        m_findings.add(Severity::note, "sign", m_table.where(row, m_column),
                       fmt::format("'{}' read as {}", text, to_text(reading.value->state)));
    } else if (!reading.repairs.empty()) {
        m_findings.add(Severity::note, "number-repaired", m_table.where(row, m_column),
                       fmt::format("'{}' read as {}: {}", text, shortest(reading.value->number),
                                   join_text(reading.repairs, ", ")));
    }
    return *reading.value;
}

/// "12,5%" beside "0,13" is two units in one column.
void ValueColumn::refuse_mixed_percent() const {
    const TextRow* with = nullptr;
    const TextRow* without = nullptr;
    for (const auto& row : m_table.rows) {
        const auto reading = read_cell(row.fields[m_column].text, m_comma, m_source);
        if (!reading.value || !reading.value->present()) continue;
        auto& seat = reading.is_percent ? with : without;
        if (seat == nullptr) seat = &row;
    }
    if (with == nullptr || without == nullptr) return;
    m_table.refuse(*with, m_column,
                   fmt::format("'{}' has a percent sign, '{}' in {} has none", with->fields[m_column].text,
                               without->fields[m_column].text, m_table.where(without->line)),
                   "one column holds one unit: write all of it in per cent");
}

}  // namespace tendik::tables
