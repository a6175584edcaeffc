#include "tendik/io/read_table.h"

#include "csv_rows.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace tendik::io {
namespace {

constexpr std::string_view known_states = "present, missing, suppressed, not_applicable";

struct TableColumns {
    std::size_t key = 0;
    std::size_t value = 0;
    std::optional<std::size_t> indicator, year, vintage, state, source, note;
};

/// A column the user named must exist; the default one may be absent.
std::optional<std::size_t> optional_column(const CsvRows& table, const std::string& name,
                                           std::string_view by_default) {
    if (name.empty() || name == by_default) return table.find_column(by_default);
    return table.column(name);
}

TableColumns find_columns(const CsvRows& table, const TableSource& source) {
    const TableSource standard;
    TableColumns columns;
    columns.key =
        source.key.empty() ? table.first_column({"unit_id", "key", "code"}, "key") : table.column(source.key);
    columns.value = table.column(source.value.empty() ? standard.value : source.value);
    columns.indicator = optional_column(table, source.indicator_column, standard.indicator_column);
    columns.year = optional_column(table, source.year_column, standard.year_column);
    columns.vintage = optional_column(table, source.vintage_column, standard.vintage_column);
    columns.state = optional_column(table, source.state_column, standard.state_column);
    columns.source = optional_column(table, source.source_column, standard.source_column);
    columns.note = optional_column(table, source.note_column, standard.note_column);
    return columns;
}

bool is_mark(const std::vector<std::string>& marks, std::string_view text) {
    return std::ranges::any_of(marks, [text](const std::string& mark) { return trim(mark) == text; });
}

std::string hint_for_no_number(const std::string& text) {
    auto with_point = text;
    std::ranges::replace(with_point, ',', '.');
    if (with_point != text && parse_number(with_point))
        return "write numbers with a decimal point: " + with_point;
    return fmt::format(
        "leave the cell empty where the figure is missing, or name the mark in the plan: missing = [\"{}\"]",
        text);
}

/// What the value cell alone says.
Value value_of_cell(const CsvRows& table, const CsvRow& row, std::size_t column, const TableSource& source) {
    const auto& text = row.fields[column].text;
    if (text.empty() || is_mark(source.missing, text)) return Value::without(State::missing);
    if (is_mark(source.suppressed, text)) return Value::without(State::suppressed);
    const auto number = parse_number(text);
    if (!number)
        table.refuse(row, column, fmt::format("'{}' is text, expected a number", text),
                     hint_for_no_number(text));
    if (!std::isfinite(*number)) {
        table.refuse(row, column, fmt::format("'{}' is not a finite number", text),
                     "leave the cell empty where the figure is missing");
    }
    return Value::of(*number);
}

/// The value cell and the state cell together.
Value value_of_row(const CsvRows& table, const CsvRow& row, const TableColumns& columns,
                   const TableSource& source) {
    const auto value = value_of_cell(table, row, columns.value, source);
    if (!columns.state || row.fields[*columns.state].text.empty()) return value;
    const auto& text = row.fields[*columns.state].text;
    const auto state = state_from_text(text);
    if (!state || *state == State::unmatched) {
        table.refuse(row, *columns.state, fmt::format("unknown state '{}'", text),
                     fmt::format("the states are: {}; an empty cell follows the value", known_states));
    }
    const auto& number = row.fields[columns.value].text;
    const bool agrees = value.state == *state || (value.state == State::missing && *state != State::present);
    if (!agrees) {
        table.refuse(row, *columns.state, fmt::format("state '{}' contradicts the value '{}'", text, number),
                     "a state other than 'present' stands beside an empty value");
    }
    return value.present() ? value : Value::without(*state);
}

int year_of_cell(const CsvRows& table, const CsvRow& row, std::size_t column) {
    const auto& text = row.fields[column].text;
    const auto year = parse_integer(text);
    if (!year || *year < -9999 || *year > 9999) {
        table.refuse(
            row, column, fmt::format("'{}' is no year, expected a whole number", text),
            "write the year with four digits: 2015; a survey over two years has the year of its name");
    }
    return static_cast<int>(*year);
}

std::string text_of(const CsvRow& row, const std::optional<std::size_t>& column) {
    return column ? row.fields[*column].text : std::string();
}

Figure figure_of(const CsvRows& table, const CsvRow& row, const TableColumns& columns,
                 const TableSource& source) {
    Figure figure;
    figure.key = row.fields[columns.key].text;
    if (figure.key.empty()) table.refuse(row, columns.key, "the key is empty", "every row names its region");
    figure.indicator = text_of(row, columns.indicator);
    if (columns.year) figure.year = year_of_cell(table, row, *columns.year);
    figure.vintage = text_of(row, columns.vintage);
    figure.value = value_of_row(table, row, columns, source);
    figure.source = text_of(row, columns.source);
    figure.note = text_of(row, columns.note);
    figure.line = row.line;
    return figure;
}

}  // namespace

Indicators read_table(const TableSource& source, Findings&) {
    const auto table = read_csv(source.file);
    const auto columns = find_columns(table, source);
    Indicators indicators;
    indicators.source = source.file;
    indicators.key_column = table.heading[columns.key];
    indicators.figures.reserve(table.rows.size());
    for (const auto& row : table.rows)
        indicators.figures.push_back(figure_of(table, row, columns, source));
    return indicators;
}

}  // namespace tendik::io
