#include "value_column.h"

#include "heading_words.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace tendik::tables {
namespace {

/// Parts of folded words.
constexpr std::array<std::string_view, 5> percent_words{"%", "процент", "пайыз", "percent", "per cent"};

}  // namespace

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
    m_separators = separators_of(cells);
    look_at_shares();
}

CellValue ValueColumn::read(const TextRow& row) const {
    const auto& text = row.fields[m_column].text;
    const auto reading = read_cell(text, m_separators, m_source);
    if (!reading.value || !reading.fault.empty())
        return {Value::without(State::missing), {}, reading.fault, reading.hint};
    if (&row == m_mixed)
        return {Value::without(State::missing),
                {},
                m_mixed_fault,
                "one column holds one unit: write all of it in per cent"};
    if (reading.is_sign) {
        m_findings.add(Severity::note, "sign", m_table.where(row, m_column),
                       fmt::format("'{}' read as {}", text, to_text(reading.value->state)));
    } else if (!reading.repairs.empty()) {
        m_findings.add(Severity::note, "number-repaired", m_table.where(row, m_column),
                       fmt::format("'{}' read as {}: {}", text, shortest(reading.value->number),
                                   join_text(reading.repairs, ", ")));
    }
    return {*reading.value, reading.few_cases ? "few cases, in brackets in the table" : "", {}, {}};
}

Value ValueColumn::operator()(const TextRow& row) const {
    const auto cell = read(row);
    if (!cell.fault.empty()) m_table.refuse(row, m_column, cell.fault, cell.hint);
    return cell.value;
}

/// By the heading of the column, or the unit of the first row that has one.
bool ValueColumn::says_percent() const {
    const auto is_percent = [](const std::string& text) {
        const auto folded = fold(text);
        return std::ranges::any_of(percent_words, [&folded](std::string_view word) {
            return folded.find(word) != std::string::npos;
        });
    };
    if (is_percent(m_table.heading[m_column])) return true;
    for (std::size_t i = 0; i < m_table.heading.size(); ++i)
        if (side_column_of(m_table.heading[i]) == SideColumn::unit &&
            is_percent(m_table.rows.front().fields[i].text))
            return true;
    return false;
}

/// "12,5%" beside "0,13" is two units in one column; nothing but 0,13 in a column of per cent may be another
/// one.
void ValueColumn::look_at_shares() {
    std::array<const TextRow*, 3> first{};
    std::size_t count = 0;
    double largest = 0.0;
    bool within_one = true;
    for (const auto& row : m_table.rows) {
        const auto reading = read_cell(row.fields[m_column].text, m_separators, m_source);
        if (!reading.value || !reading.value->present()) continue;
        auto& seat = first.at(static_cast<std::size_t>(reading.share));
        if (seat == nullptr) seat = &row;
        ++count;
        largest = std::max(largest, reading.value->number);
        within_one = within_one && reading.value->number >= 0.0 && reading.value->number <= 1.0;
    }
    const auto [none, percent, permille] = first;
    const auto* with = percent == nullptr ? permille : percent;
    const auto* other = none != nullptr ? none : percent == nullptr ? nullptr : permille;
    if (with != nullptr && other != nullptr) {
        m_mixed = with;
        m_mixed_fault = fmt::format("'{}' has a {} sign, '{}' in {} has {}", with->fields[m_column].text,
                                    with == percent ? "percent" : "permille", other->fields[m_column].text,
                                    m_table.where(other->line), other == none ? "none" : "a permille sign");
    }
    constexpr std::size_t few = 3;
    if (with == nullptr && within_one && count >= few && largest > 0.0 && says_percent()) {
        m_findings.add(
            Severity::warning, "share-not-percent", m_table.where(none->line),
            fmt::format("column '{}' is in per cent, and its values lie between 0 and {}: if they are "
                        "shares of 1, write them times 100",
                        m_table.heading[m_column], shortest(largest)));
    }
}

}  // namespace tendik::tables
