#include "table_columns.h"

#include "heading_words.h"
#include "table_cells.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace tendik::tables {
namespace {

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
    std::erase_if(all, [&, value = on_one_line(source.value)](std::size_t i) {
        return headed.parts[i].group != source.value && headed.parts[i].group != value;
    });
    return all;
}

/// Preliminary years, and columns of quarters or months, which are no years.
void report_parts_of_years(const HeadedTable& headed, Findings& findings) {
    const auto& table = headed.table;
    std::vector<std::string> preliminary;
    std::vector<std::string> left_out;
    for (std::size_t i = 0; i < table.heading.size(); ++i) {
        if (headed.parts[i].preliminary) preliminary.push_back(table.heading[i]);
        if (i != headed.key && !headed.parts[i].year && holds_a_year(table.heading[i]))
            left_out.push_back(table.heading[i]);
    }
    if (!preliminary.empty())
        findings.add(Severity::note, "preliminary", table.where(table.heading_line),
                     fmt::format("figures of {} are preliminary", quoted_list(preliminary)));
    if (!left_out.empty())
        findings.add(Severity::note, "columns-left-out", table.where(table.heading_line),
                     fmt::format("no whole years, left out: {}", quoted_list(left_out)));
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
    report_parts_of_years(headed, findings);
}

/// No number stands in the column, and several texts do where it tells indicators apart.
bool holds_words_for(SideColumn what, const TextRows& table, std::size_t column) {
    std::set<std::string> texts;
    for (const auto& row : table.rows) {
        const auto& text = row.fields[column].text;
        if (parse_number(text)) return false;
        if (!text.empty()) texts.insert(text);
    }
    return what == SideColumn::unit ? !texts.empty() : texts.size() > 1;
}

/// The column that a usual word heads, unless the source takes it for something else.
std::optional<std::size_t> column_of_word(const HeadedTable& headed, const TableSource& source,
                                          SideColumn what, Findings& findings) {
    const auto& table = headed.table;
    const auto is_taken = [&source](const std::string& name) {
        return name == source.value || source.where.contains(name) ||
               std::ranges::find(source.dimensions, name) != source.dimensions.end();
    };
    for (std::size_t i = 0; i < table.heading.size(); ++i) {
        const auto& name = table.heading[i];
        if (headed.parts[i].side != what || i == headed.key || is_taken(name)) continue;
        if (what != SideColumn::year && !holds_words_for(what, table, i)) continue;
        const auto* does = what == SideColumn::year   ? "says the year of each row"
                           : what == SideColumn::unit ? "says the unit of each row"
                                                      : "says the indicator of each row";
        findings.add(Severity::note, "column-recognised", table.where(table.heading_line),
                     fmt::format("column '{}' {}", name, does));
        return i;
    }
    return std::nullopt;
}

}  // namespace

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
    const auto recognise = [&](std::optional<std::size_t>& column, bool named, SideColumn what) {
        if (!column && !named && source.repair) column = column_of_word(headed, source, what, findings);
    };
    recognise(columns.indicator, source.indicator_column != standard.indicator_column, SideColumn::indicator);
    recognise(columns.year, source.year_column != standard.year_column, SideColumn::year);
    recognise(columns.unit, source.unit_column != standard.unit_column, SideColumn::unit);
    if (columns.sdmx) columns.multiplier = table.find_column("UNIT_MULT");
    find_values(columns, headed, source, findings);
    return columns;
}

}  // namespace tendik::tables
