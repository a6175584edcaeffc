#include "tendik/tables/read_table.h"

#include "dimensions.h"
#include "heading_words.h"
#include "table_cells.h"
#include "table_columns.h"
#include "table_heading.h"
#include "tendik/base/text.h"
#include "tendik/io/read_grid.h"
#include "value_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

namespace tendik::tables {
namespace {

constexpr std::string_view known_states = "present, missing, suppressed, not_applicable";

State state_of_cell(const TextRows& table, const TextRow& row, std::size_t column) {
    const auto& text = row.fields[column].text;
    const auto state = state_from_text(text);
    if (!state || *state == State::unmatched) {
        table.refuse(row, column, fmt::format("unknown state '{}'", text),
                     fmt::format("the states are: {}; an empty cell follows the value", known_states));
    }
    return *state;
}

/// The value cell and the state cell together.
Value value_of_row(const TextRows& table, const TextRow& row, const TableColumns& columns,
                   const ValueColumn& read, const Value& value) {
    if (!columns.state || row.fields[*columns.state].text.empty()) return value;
    const auto& text = row.fields[*columns.state].text;
    auto state = State::present;
    if (columns.sdmx) {
        const auto status = sdmx_status(text);
        if (!status)
            table.refuse(row, *columns.state, fmt::format("unknown status '{}'", text),
                         "OBS_STATUS holds one letter of the SDMX code list CL_OBS_STATUS: A, B, D to W");
        // A normal status says nothing of a value that is not there.
        if (status->state == State::present) return value;
        state = status->state;
    } else {
        state = state_of_cell(table, row, *columns.state);
    }
    const auto& number = row.fields[read.column()].text;
    const bool agrees = value.state == state || (value.state == State::missing && state != State::present);
    if (!agrees) {
        table.refuse(row, *columns.state, fmt::format("state '{}' contradicts the value '{}'", text, number),
                     "a state other than 'present' stands beside an empty value");
    }
    return value.present() ? value : Value::without(state);
}

std::string text_of(const TextRow& row, const std::optional<std::size_t>& column) {
    return column ? row.fields[*column].text : std::string();
}

/// The value times the power of ten that its row declares (SDMX CL_UNIT_MULT: 3 thousands, 6 millions).
Value multiplied(const TextRows& table, const TextRow& row, std::size_t column, Value value) {
    constexpr long long largest_power = 15;
    const auto& text = row.fields[column].text;
    if (text.empty() || !value.present()) return value;
    const auto power = parse_integer(text);
    if (!power || *power < -largest_power || *power > largest_power)
        table.refuse(row, column, fmt::format("'{}' is no power of ten", text),
                     "UNIT_MULT is a whole number: 0 units, 3 thousands, 6 millions");
    const double factor = std::pow(10.0, static_cast<double>(std::abs(*power)));
    return Value::of(*power < 0 ? value.number / factor : value.number * factor);
}

/// Told once for each power that stands in the table, with the first line of it.
void report_multipliers(const TextRows& table, const TableColumns& columns, Findings& findings) {
    std::set<std::string> told{"", "0"};
    for (const auto& row : table.rows) {
        const auto text = text_of(row, columns.multiplier);
        if (!told.insert(text).second) continue;
        findings.add(Severity::note, "unit-multiplier", table.where(row, *columns.multiplier),
                     fmt::format("UNIT_MULT {}: values of such rows are read times 10^{}", text, text));
    }
}

int year_of_cell(const TextRows& table, const TextRow& row, std::size_t column, bool repair) {
    const auto& text = row.fields[column].text;
    const auto year = parse_integer(text);
    if (const auto in_words = !year && repair ? year_of_heading(text) : std::nullopt) return *in_words;
    if (!year || *year < -9999 || *year > 9999) {
        table.refuse(
            row, column, fmt::format("'{}' is no year, expected a whole number", text),
            "write the year with four digits: 2015; a survey over two years has the year of its name");
    }
    return static_cast<int>(*year);
}

std::string note_of(const TextRow& row, const TableColumns& columns) {
    auto note = text_of(row, columns.note);
    if (!columns.sdmx || !columns.state) return note;
    const auto status = sdmx_status(row.fields[*columns.state].text);
    if (!status || status->meaning.empty()) return note;
    return note.empty() ? std::string(status->meaning) : fmt::format("{}; {}", note, status->meaning);
}

std::string key_of(const TextRows& table, const TextRow& row, std::size_t column, const TableSource& source,
                   Findings& findings) {
    const auto& text = row.fields[column].text;
    if (text.empty()) table.refuse(row, column, "the key is empty", "every row names its region");
    if (!source.repair) return text;
    auto key = without_footnotes(text);
    if (key == text || key.empty()) return text;
    findings.add(Severity::note, "footnote-mark", table.where(row, column),
                 fmt::format("'{}' read as '{}'", text, key));
    return key;
}

/// Whether a row may be of a year that nobody asks for.
bool holds_several_years(const TextRows& table, const TableColumns& columns) {
    if (columns.wide) return columns.values.size() > 1;
    if (!columns.year) return false;
    const auto& first = table.rows.front().fields[*columns.year].text;
    return std::ranges::any_of(table.rows,
                               [&](const TextRow& row) { return row.fields[*columns.year].text != first; });
}

/// A cell that cannot be read stops whoever needs it, and nobody else.
void carry_fault(Figure& figure, const std::string& where, const CellValue& cell, Findings& findings) {
    figure.fault = fmt::format("{}: {}", where, cell.fault);
    figure.hint = cell.hint;
    findings.add(Severity::warning, "unread-cell", where, cell.fault);
}

Figure figure_of(const TextRows& table, const TextRow& row, const TableColumns& columns,
                 const ValueColumn& read, const TableSource& source, Findings& findings) {
    const auto cell = read.read(row);
    Figure figure;
    figure.indicator = text_of(row, columns.indicator);
    if (columns.year) figure.year = year_of_cell(table, row, *columns.year, source.repair);
    figure.vintage = text_of(row, columns.vintage);
    if (!cell.fault.empty()) {
        if (!holds_several_years(table, columns)) table.refuse(row, read.column(), cell.fault, cell.hint);
        carry_fault(figure, table.where(row, read.column()), cell, findings);
    }
    figure.value = cell.fault.empty() ? value_of_row(table, row, columns, read, cell.value) : cell.value;
    if (columns.multiplier) figure.value = multiplied(table, row, *columns.multiplier, figure.value);
    figure.unit = text_of(row, columns.unit);
    figure.source = text_of(row, columns.source);
    figure.note = note_of(row, columns);
    if (!cell.note.empty()) figure.note += (figure.note.empty() ? "" : "; ") + cell.note;
    figure.line = row.line;
    return figure;
}

/// Figures of one indicator and year have one unit.
void refuse_two_units(const TextRows& table, const TableColumns& columns) {
    if (!columns.unit) return;
    std::map<std::string, const TextRow*> first_of_series;
    for (const auto& row : table.rows) {
        const auto series = text_of(row, columns.indicator) + "\n" + text_of(row, columns.year);
        const auto [first, is_new] = first_of_series.emplace(series, &row);
        const auto& before = first->second->fields[*columns.unit].text;
        const auto& text = row.fields[*columns.unit].text;
        if (is_new || before == text) continue;
        table.refuse(
            row, *columns.unit,
            fmt::format("the unit is '{}', in {} it is '{}'", text, table.where(first->second->line), before),
            "figures of one indicator and year have one unit: convert them, or name two indicators");
    }
}

bool one_group(const HeadedTable& headed, const TableColumns& columns) {
    return std::ranges::all_of(columns.values, [&](std::size_t column) {
        return headed.parts[column].group == headed.parts[columns.values.front()].group;
    });
}

std::vector<std::size_t> taken_columns(const TableColumns& columns) {
    auto taken = columns.values;
    taken.push_back(columns.key);
    for (const auto& column : {columns.indicator, columns.year, columns.vintage, columns.state,
                               columns.source, columns.note, columns.unit, columns.multiplier})
        if (column) taken.push_back(*column);
    return taken;
}

/// Those words of a source on which the grid and the heading of its table depend.
TableSource words_of_opening(const TableSource& source) {
    TableSource words;
    words.file = source.file;
    words.sheet = source.sheet;
    words.key = source.key;
    words.missing = source.missing;
    words.suppressed = source.suppressed;
    words.not_applicable = source.not_applicable;
    words.repair = source.repair;
    return words;
}

HeadedTable open_table(const TableSource& words, Findings& findings) {
    auto headed = find_heading(grid_of_table(words, findings), words, findings);
    for (std::size_t column = 0; column < headed.table.heading.size(); ++column)
        headed.parts[column].words = holds_several_words(headed.table, column);
    return headed;
}

Indicators figures_of(const HeadedTable& headed, const TableSource& source, Findings& findings) {
    const auto& table = headed.table;
    const auto columns = find_columns(headed, source, findings);
    const auto taken = taken_columns(columns);
    refuse_two_units(table, columns);
    report_multipliers(table, columns, findings);
    Indicators indicators;
    indicators.source = table.file;
    indicators.key_column = table.heading[columns.key];
    std::vector<std::string> keys;
    for (const auto& row : table.rows)
        keys.push_back(key_of(table, row, columns.key, source, findings));
    std::vector<const TextRow*> rows;
    const bool grouped = columns.wide && !one_group(headed, columns);
    for (const auto column : columns.values) {
        const ValueColumn read(table, column, source, columns.sdmx, findings);
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            auto figure = figure_of(table, table.rows[i], columns, read, source, findings);
            figure.key = keys[i];
            if (columns.wide || (!columns.year && headed.parts[column].year))
                figure.year = headed.parts[column].year;
            if (grouped && figure.indicator.empty()) figure.indicator = headed.parts[column].group;
            indicators.figures.push_back(std::move(figure));
            rows.push_back(&table.rows[i]);
        }
    }
    take_cells(indicators, headed, rows, dimension_columns(headed, source, taken), taken);
    return indicators;
}

}  // namespace

Indicators TableReader::read(const TableSource& source, Findings& findings) {
    const auto words = words_of_opening(source);
    auto open =
        std::ranges::find(m_open, words, &std::pair<TableSource, std::shared_ptr<const HeadedTable>>::first);
    if (open == m_open.end()) {
        m_open.emplace_back(words, std::make_shared<const HeadedTable>(open_table(words, findings)));
        open = std::prev(m_open.end());
    }
    return figures_of(*open->second, source, findings);
}

Indicators read_table(const TableSource& source, Findings& findings) {
    return TableReader().read(source, findings);
}

}  // namespace tendik::tables
