// Which part of the people a row speaks of: sex, age, residence, wealth.
#include "dimensions.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace tendik::tables {
namespace {

// Folded. The dimensions of UNICEF's and the UN's data structures, and their usual names in tables.
constexpr std::array<std::string_view, 31> usual_names{"sex",
                                                       "gender",
                                                       "age",
                                                       "age_group",
                                                       "residence",
                                                       "urbanisation",
                                                       "urbanization",
                                                       "deg_urb",
                                                       "urban_rural",
                                                       "area_type",
                                                       "wealth",
                                                       "wealth_quintile",
                                                       "quintile",
                                                       "education",
                                                       "education_lev",
                                                       "education_level",
                                                       "mother_edu_lvl",
                                                       "mother_education",
                                                       "disability",
                                                       "disability_status",
                                                       "ethnicity",
                                                       "пол",
                                                       "возраст",
                                                       "тип местности",
                                                       "город/село",
                                                       "квинтиль",
                                                       "жыныс",
                                                       "жынысы",
                                                       "жас",
                                                       "жасы",
                                                       "жер түрі"};

// Folded. SDMX writes _T; the others are what people write.
constexpr std::array<std::string_view, 19> total_words{
    "",         "_t",     "t",        "total", "all",      "both", "both sexes",    "all ages",
    "national", "_z",     "всего",    "итого", "оба пола", "все",  "все население", "всё население",
    "барлығы",  "барлық", "екі жыныс"};

using Row = std::tuple<std::string, std::string, std::optional<int>, std::string>;
/// What figures of one layer have in common.
using Group = std::tuple<std::string, std::optional<int>, std::string>;

Row row_of(const Figure& figure) { return {figure.key, figure.indicator, figure.year, figure.vintage}; }
Group group_of(const Figure& figure) { return {figure.indicator, figure.year, figure.vintage}; }

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& words, std::string_view text) {
    return std::ranges::find(words, text) != words.end();
}

bool contains(const std::vector<std::size_t>& columns, std::size_t column) {
    return std::ranges::find(columns, column) != columns.end();
}

std::size_t position_of(const Indicators& table, const std::string& dimension) {
    const auto found = std::ranges::find(table.dimensions, dimension);
    if (found != table.dimensions.end()) return static_cast<std::size_t>(found - table.dimensions.begin());
    throw InputError(fmt::format("{}: '{}' is no dimension of the table", table.source, dimension),
                     table.dimensions.empty()
                         ? "name a column that says of whom a row speaks"
                         : fmt::format("the dimensions are: {}", join_text(table.dimensions, ", ")));
}

/// The value as the table writes it.
std::string known_value(const Indicators& table, const std::string& dimension, const std::string& wanted) {
    auto value = cell_value(wanted);
    if (value.empty()) return value;
    const auto values = values_of_dimension(table, dimension);
    for (const auto& known : values)
        if (fold(known) == fold(value)) return known;
    const auto near = nearest(wanted, values);
    throw InputError(fmt::format("{}: no row has {} '{}'{}", table.source, dimension, wanted,
                                 near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                     fmt::format("the values of '{}' are: {}; total for all together", dimension,
                                 join_text(values, ", ")));
}

/// Where rows of a region differ in a dimension that nobody named, those of all together are meant.
void keep_totals(std::vector<const Figure*>& rows, std::size_t dimension) {
    std::map<Row, std::set<std::string>> values;
    for (const auto* row : rows)
        values[row_of(*row)].insert(row->cell[dimension]);
    std::set<Group> mixed;
    std::set<Group> with_total;
    for (const auto& [row, all] : values) {
        const Group group{std::get<1>(row), std::get<2>(row), std::get<3>(row)};
        if (all.size() > 1) mixed.insert(group);
        if (all.contains("")) with_total.insert(group);
    }
    std::erase_if(rows, [&](const Figure* row) {
        const auto group = group_of(*row);
        return !row->cell[dimension].empty() && mixed.contains(group) && with_total.contains(group);
    });
}

/// A figure without a value for every region of the indicator and year that has no row of the cell, in its
/// place.
std::vector<Figure> with_absent_cells(const Indicators& table, const std::set<const Figure*>& chosen,
                                      const std::vector<std::string>& cell) {
    std::set<Row> present;
    std::set<Group> groups;
    for (const auto* row : chosen) {
        present.insert(row_of(*row));
        groups.insert(group_of(*row));
    }
    std::vector<Figure> figures;
    for (const auto& figure : table.figures) {
        if (chosen.contains(&figure)) {
            figures.push_back(figure);
        } else if (groups.contains(group_of(figure)) && present.insert(row_of(figure)).second) {
            Figure absent;
            absent.key = figure.key;
            absent.indicator = figure.indicator;
            absent.year = figure.year;
            absent.vintage = figure.vintage;
            absent.unit = figure.unit;
            absent.cell = cell;
            figures.push_back(std::move(absent));
        }
    }
    return figures;
}

}  // namespace

std::string cell_value(std::string_view text) {
    return is_among(total_words, fold(text)) ? std::string() : std::string(trim(text));
}

bool holds_several_words(const TextRows& table, std::size_t column) {
    bool words = false, several = false;
    std::optional<std::string> before;
    for (const auto& row : table.rows) {
        const auto& text = row.fields[column].text;
        const bool is_number = parse_number(text).has_value();
        words = words || (!text.empty() && !is_number);
        if (!several) {
            // A number is no word for all together, which takes time to find out.
            auto value = is_number ? std::string(trim(text)) : cell_value(text);
            several = before && *before != value;
            before = std::move(value);
        }
        if (words && several) return true;
    }
    return false;
}

std::vector<std::size_t> dimension_columns(const HeadedTable& headed, const TableSource& source,
                                           const std::vector<std::size_t>& taken) {
    const auto& table = headed.table;
    std::set<std::size_t> named;
    for (const auto& name : source.dimensions)
        named.insert(table.column(name));
    for (const auto& [name, value] : source.where)
        named.insert(table.column(name));
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < table.heading.size(); ++i) {
        const bool is_usual =
            headed.parts[i].words && !contains(taken, i) && is_among(usual_names, fold(table.heading[i]));
        if (named.contains(i) || is_usual) columns.push_back(i);
    }
    return columns;
}

void take_cells(Indicators& indicators, const HeadedTable& headed, const std::vector<const TextRow*>& rows,
                const std::vector<std::size_t>& columns, const std::vector<std::size_t>& taken) {
    const auto& table = headed.table;
    std::vector<std::map<std::string, std::string>> spelling(columns.size());
    for (const auto column : columns)
        indicators.dimensions.push_back(table.heading[column]);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t d = 0; d < columns.size(); ++d) {
            auto value = cell_value(rows[i]->fields[columns[d]].text);
            indicators.figures[i].cell.push_back(spelling[d].emplace(fold(value), value).first->second);
        }
    }
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < table.heading.size(); ++i)
        if (headed.parts[i].words && !contains(columns, i) && !contains(taken, i)) others.push_back(i);
    if (others.empty()) return;
    std::map<Row, const TextRow*> first_of;
    std::set<std::size_t> differing;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto* first = first_of.emplace(row_of(indicators.figures[i]), rows[i]).first->second;
        for (const auto column : others)
            if (first->fields[column].text != rows[i]->fields[column].text) differing.insert(column);
    }
    for (const auto column : differing)
        indicators.undeclared.push_back(table.heading[column]);
}

std::vector<std::string> values_of_dimension(const Indicators& table, const std::string& dimension) {
    const auto position = position_of(table, dimension);
    std::vector<std::string> values;
    for (const auto& figure : table.figures) {
        const auto& value = figure.cell[position];
        if (!value.empty() && std::ranges::find(values, value) == values.end()) values.push_back(value);
    }
    return values;
}

Indicators rows_of_cell(const Indicators& table, const std::map<std::string, std::string>& where) {
    std::vector<std::optional<std::string>> wanted(table.dimensions.size());
    for (const auto& [dimension, value] : where)
        wanted[position_of(table, dimension)] = known_value(table, dimension, value);
    std::vector<const Figure*> rows;
    std::vector<std::string> cell(wanted.size());
    for (const auto& figure : table.figures) {
        bool fits = true;
        for (std::size_t d = 0; d < wanted.size(); ++d)
            fits = fits && (!wanted[d] || figure.cell[d] == *wanted[d]);
        if (fits) rows.push_back(&figure);
    }
    for (std::size_t d = 0; d < wanted.size(); ++d) {
        if (wanted[d])
            cell[d] = *wanted[d];
        else
            keep_totals(rows, d);
    }
    Indicators chosen{table.source, table.key_column, {}, table.dimensions, table.undeclared};
    chosen.figures = with_absent_cells(table, {rows.begin(), rows.end()}, cell);
    return chosen;
}

}  // namespace tendik::tables
