#include "tendik/tables/read_table.h"

#include "dimensions.h"
#include "table_cells.h"
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

struct TableColumns {
    std::size_t key = 0;
    std::vector<std::size_t> values;  ///< several: one for each year
    std::optional<std::size_t> indicator, year, vintage, state, source, note, unit;
    bool wide = false;
    std::optional<std::size_t> multiplier;  ///< UNIT_MULT of SDMX: the power of ten of the values
    bool sdmx = false;
};

/// A column the user named must exist; the default one may be absent, or bear its name in SDMX.
std::optional<std::size_t> optional_column(const TextRows& table, const std::string& name,
                                           std::string_view by_default, std::string_view in_sdmx) {
    if (!name.empty() && name != by_default) return table.column(name);
    const auto found = table.find_column(by_default);
    return found || in_sdmx.empty() ? found : table.find_column(in_sdmx);
}

/// The columns of years that are meant: all, or those below the heading that the user named.
std::vector<std::size_t> year_columns(const HeadedTable& headed, const TableSource& source) {
    const TableSource standard;
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < headed.parts.size(); ++i)
        if (i != headed.key && headed.parts[i].year) all.push_back(i);
    if (source.value.empty() || source.value == standard.value) return all;
    std::erase_if(all, [&](std::size_t i) { return headed.parts[i].group != source.value; });
    return all;
}

void find_values(TableColumns& columns, const HeadedTable& headed, const TableSource& source,
                 Findings& findings) {
    const TableSource standard;
    const auto& table = headed.table;
    const auto wanted = source.value.empty() ? standard.value : source.value;
    auto value = table.find_column(wanted);
    if (!value && wanted == standard.value) value = table.find_column("OBS_VALUE");
    const bool may_be_wide = source.years_in_columns.value_or(source.repair && !value && !columns.year);
    const auto years = may_be_wide ? year_columns(headed, source) : std::vector<std::size_t>{};
    if (source.years_in_columns.value_or(false) && years.empty()) {
        throw InputError(fmt::format("{}: no heading is a year", table.where(table.heading_line)),
                         fmt::format("the columns are: '{}'", join_text(table.heading, "', '")));
    }
    if (years.empty()) {
        columns.values = {value ? *value : table.column(wanted)};
        return;
    }
    columns.values = years;
    columns.wide = true;
    std::vector<std::string> names;
    for (const auto column : years)
        names.push_back(table.heading[column]);
    findings.add(Severity::note, "years-in-columns", table.where(table.heading_line),
                 fmt::format("read as one row for each region and year: {}", join_text(names, ", ")));
}

TableColumns find_columns(const HeadedTable& headed, const TableSource& source, Findings& findings) {
    const TableSource standard;
    const auto& table = headed.table;
    TableColumns columns;
    columns.key = headed.key;
    columns.sdmx = table.find_column("OBS_VALUE").has_value() && table.find_column("REF_AREA").has_value();
    const auto sdmx = [&columns](std::string_view name) { return columns.sdmx ? name : std::string_view{}; };
    const auto find = [&](const std::string& name, const std::string& by_default, std::string_view in_sdmx) {
        return optional_column(table, name, by_default, sdmx(in_sdmx));
    };
    columns.indicator = find(source.indicator_column, standard.indicator_column, "INDICATOR");
    columns.year = find(source.year_column, standard.year_column, "TIME_PERIOD");
    columns.vintage = find(source.vintage_column, standard.vintage_column, "");
    columns.state = find(source.state_column, standard.state_column, "OBS_STATUS");
    columns.source = find(source.source_column, standard.source_column, "");
    columns.note = find(source.note_column, standard.note_column, "COMMENT_OBS");
    columns.unit = find(source.unit_column, standard.unit_column, "UNIT_MEASURE");
    if (columns.unit == columns.key) columns.unit.reset();  // regions are units, too
    if (columns.sdmx) columns.multiplier = table.find_column("UNIT_MULT");
    find_values(columns, headed, source, findings);
    return columns;
}

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
                   const ValueColumn& read) {
    const auto value = read(row);
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

int year_of_cell(const TextRows& table, const TextRow& row, std::size_t column) {
    const auto& text = row.fields[column].text;
    const auto year = parse_integer(text);
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

Figure figure_of(const TextRows& table, const TextRow& row, const TableColumns& columns,
                 const ValueColumn& read) {
    Figure figure;
    figure.indicator = text_of(row, columns.indicator);
    if (columns.year) figure.year = year_of_cell(table, row, *columns.year);
    figure.vintage = text_of(row, columns.vintage);
    figure.value = value_of_row(table, row, columns, read);
    if (columns.multiplier) figure.value = multiplied(table, row, *columns.multiplier, figure.value);
    figure.unit = text_of(row, columns.unit);
    figure.source = text_of(row, columns.source);
    figure.note = note_of(row, columns);
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
        headed.words.push_back(holds_several_words(headed.table, column));
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
            auto figure = figure_of(table, table.rows[i], columns, read);
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
