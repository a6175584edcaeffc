// The cells of an indicator: which there are, in what order, and an indicator of the plan for each.
#include "cells.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/tables/read_catalogue.h"
#include "tendik/tables/read_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace tendik::study {
namespace {

using Combination = std::vector<std::string>;

/// Orders that need no declaration, the most disadvantaged first; folded.
const std::vector<std::vector<std::string>>& usual_orders() {
    static const std::vector<std::vector<std::string>> orders{
        {"rural", "urban"},
        {"r", "u"},
        {"село", "город"},
        {"ауыл", "қала"},
        {"poorest", "second", "middle", "fourth", "richest"},
        {"poorest", "poorer", "middle", "richer", "richest"},
        {"q1", "q2", "q3", "q4", "q5"},
        {"1 (poorest)", "2", "3", "4", "5 (richest)"}};
    return orders;
}

void check(const DisaggregationChoice& choice) {
    if (choice.by.empty() || choice.by.size() > 2)
        throw UsageError(
            fmt::format("regions are parted by one or two dimensions, here are {}", choice.by.size()),
            "write --by residence, or --by sex --by residence");
    if (choice.by.size() == 2 && choice.by[0] == choice.by[1])
        throw UsageError(fmt::format("--by names '{}' twice", choice.by[0]), "name another dimension");
    for (const auto& [name, order] : choice.orders)
        if (std::ranges::find(choice.by, name) == choice.by.end())
            throw UsageError(fmt::format("an order is given for '{}', by which nothing is parted", name),
                             fmt::format("--by names: {}", join_text(choice.by, ", ")));
}

void put_in_order(Dimension& dimension, const std::vector<std::string>& order, DimensionOrder kind) {
    std::ranges::sort(dimension.values, {}, [&order](const std::string& value) {
        return std::ranges::find(order, fold(value)) - order.begin();
    });
    dimension.order = kind;
}

/// Each value has a place in the order, and each word of the order is a value.
void refuse_other_values(const Dimension& dimension, const std::vector<std::string>& declared,
                         const std::vector<std::string>& folded) {
    const auto name = [](const std::optional<std::string>& near) {
        return near ? fmt::format(", did you mean '{}'?", *near) : std::string();
    };
    for (const auto& value : dimension.values)
        if (std::ranges::find(folded, fold(value)) == folded.end())
            throw InputError(fmt::format("the order of '{}' has no place for '{}'{}", dimension.name, value,
                                         name(nearest(value, declared))),
                             fmt::format("declared is: {}", join_text(declared, ", ")));
    std::vector<std::string> values;
    for (const auto& value : dimension.values)
        values.push_back(fold(value));
    for (std::size_t i = 0; i < declared.size(); ++i) {
        if (std::ranges::find(values, folded[i]) == values.end())
            throw InputError(fmt::format("the order of '{}' names '{}', which no row has{}", dimension.name,
                                         declared[i], name(nearest(declared[i], dimension.values))),
                             fmt::format("the values are: {}", join_text(dimension.values, ", ")));
        if (std::ranges::count(folded, folded[i]) > 1)
            throw InputError(fmt::format("the order of '{}' names '{}' twice", dimension.name, declared[i]),
                             "each value has one place");
    }
}

Dimension dimension_of(const std::string& name, std::vector<std::string> values,
                       const DisaggregationChoice& choice) {
    Dimension dimension{name, std::move(values), DimensionOrder::none};
    if (dimension.values.size() < 2)
        throw InputError(
            fmt::format("'{}' has {}: nothing is parted by it", name,
                        dimension.values.empty() ? "no value but all together"
                                                 : "the one value '" + dimension.values[0] + "'"),
            "name a column with two values or more");
    const auto declared = choice.orders.find(name);
    if (declared != choice.orders.end()) {
        std::vector<std::string> folded;
        for (const auto& value : declared->second)
            folded.push_back(fold(value));
        refuse_other_values(dimension, declared->second, folded);
        put_in_order(dimension, folded, DimensionOrder::declared);
        return dimension;
    }
    std::set<std::string> values_folded;
    for (const auto& value : dimension.values)
        values_folded.insert(fold(value));
    for (const auto& order : usual_orders())
        if (values_folded == std::set<std::string>(order.begin(), order.end())) {
            put_in_order(dimension, order, DimensionOrder::usual);
            break;
        }
    return dimension;
}

/// All together first, then by the values of the dimensions.
void sort_cells(std::vector<Combination>& cells, const std::vector<Dimension>& dimensions) {
    const auto places = [&dimensions](const Combination& cell) {
        std::vector<std::ptrdiff_t> all;
        for (std::size_t d = 0; d < dimensions.size(); ++d) {
            const auto& values = dimensions[d].values;
            all.push_back(cell[d].empty() ? -1 : std::ranges::find(values, cell[d]) - values.begin());
        }
        return all;
    };
    std::ranges::sort(cells, {}, places);
}

std::string code_of_cell(const std::string& indicator, const Combination& cell) {
    auto code = indicator;
    for (const auto& value : cell)
        code += "_" + (value.empty() ? std::string("all") : value);
    return code;
}

Texts name_of_cell(const Texts& name, const Combination& cell) {
    std::vector<std::string> words;
    std::ranges::copy_if(cell, std::back_inserter(words), [](const auto& value) { return !value.empty(); });
    const auto tail = words.empty() ? std::string() : ": " + join_text(words, ", ");
    return {name.en + tail, name.in(Language::ru) + tail, name.in(Language::kk) + tail};
}

/// The indicator of a table of one's own: stated, the only one, or its value column.
std::string indicator_of(const PlannedIndicator& planned, const Indicators& table) {
    if (!planned.code.empty()) return planned.code;
    std::vector<std::string> codes;
    for (const auto& figure : table.figures)
        if (!figure.indicator.empty() && std::ranges::find(codes, figure.indicator) == codes.end())
            codes.push_back(figure.indicator);
    if (codes.size() > 1)
        throw InputError(fmt::format("table '{}' holds {} indicators: {}", table.source, codes.size(),
                                     join_text(codes, ", ")),
                         "say which one: --indicator CODE");
    return codes.empty() ? planned.table.value : codes.front();
}

class TableCells {
public:
    TableCells(const PlannedIndicator& planned, const DisaggregationChoice& choice)
        : m_planned(planned),
          m_choice(choice),
          m_table(read(planned, choice)),
          m_indicator(indicator_of(planned, m_table)) {}

    const std::string& indicator() const { return m_indicator; }

    std::vector<Combination> combinations() const {
        std::vector<Combination> all;
        for (const auto& figure : m_table.figures) {
            if (!is_meant(figure)) continue;
            Combination cell;
            for (const auto& name : m_choice.by)
                cell.push_back(value_of(figure, name));
            if (std::ranges::find(all, cell) == all.end()) all.push_back(std::move(cell));
        }
        if (!all.empty()) return all;
        throw InputError(
            fmt::format("{}: no row of '{}' in these years and cells", m_table.source, m_indicator),
            "look at --indicator, --year and --where");
    }

    PlannedIndicator planned_cell(const Combination& cell) const {
        auto planned = m_planned;
        planned.code = code_of_cell(m_indicator, cell);
        if (names_indicators(m_table)) planned.indicator_in_table = m_indicator;
        planned.name = name_of_cell(planned.name.value_or(Texts{m_indicator, {}, {}}), cell);
        planned.table.dimensions = m_choice.by;
        for (std::size_t d = 0; d < cell.size(); ++d)
            planned.table.where[m_choice.by[d]] = cell[d];
        return planned;
    }

private:
    static Indicators read(const PlannedIndicator& planned, const DisaggregationChoice& choice) {
        auto source = planned.table;
        source.dimensions = choice.by;
        for (const auto& name : choice.by)
            if (source.where.contains(name))
                throw UsageError(fmt::format("'{}' is both chosen by --where and compared by --by", name),
                                 "leave one of them out");
        Findings told_later;  // by prepare(), which reads the same table
        return while_doing(fmt::format("reading table '{}'", source.file), [&] {
            auto table = tables::read_table(source, told_later);
            tables::rows_of_cell(table, source.where);  // refuses what no row has, and names the nearest
            return table;
        });
    }

    const std::string& value_of(const Figure& figure, const std::string& dimension) const {
        const auto found = std::ranges::find(m_table.dimensions, dimension);
        return figure.cell[static_cast<std::size_t>(found - m_table.dimensions.begin())];
    }

    bool is_meant(const Figure& figure) const {
        if (!figure.indicator.empty() && figure.indicator != m_indicator) return false;
        const auto& years = m_planned.years;
        if (figure.year && !years.empty() && std::ranges::find(years, *figure.year) == years.end())
            return false;
        return std::ranges::all_of(m_planned.table.where, [&](const auto& wish) {
            return fold(value_of(figure, wish.first)) == fold(tables::cell_value(wish.second));
        });
    }

    const PlannedIndicator& m_planned;
    const DisaggregationChoice& m_choice;
    Indicators m_table;
    std::string m_indicator;
};

std::vector<Dimension> dimensions_of(const std::vector<Combination>& cells,
                                     const DisaggregationChoice& choice) {
    std::vector<Dimension> dimensions;
    for (std::size_t d = 0; d < choice.by.size(); ++d) {
        std::vector<std::string> values;
        for (const auto& cell : cells)
            if (!cell[d].empty() && std::ranges::find(values, cell[d]) == values.end())
                values.push_back(cell[d]);
        dimensions.push_back(dimension_of(choice.by[d], std::move(values), choice));
    }
    return dimensions;
}

CellPlan cells_of_table(const Plan& plan, const DisaggregationChoice& choice) {
    if (plan.indicators.size() != 1)
        throw UsageError(fmt::format("one indicator is parted, and here are {}", plan.indicators.size()),
                         "name one table and one --indicator");
    const TableCells table(plan.indicators.front(), choice);
    CellPlan result{plan, table.indicator(), {}, table.combinations(), {}};
    result.dimensions = dimensions_of(result.cells, choice);
    sort_cells(result.cells, result.dimensions);
    result.plan.indicators.clear();
    for (const auto& cell : result.cells) {
        result.plan.indicators.push_back(table.planned_cell(cell));
        result.codes.push_back(result.plan.indicators.back().code);
    }
    return result;
}

/// The value of each dimension in a cell of the catalogue; nothing where it is parted by something else.
std::optional<Combination> combination_of(const IndicatorCell& cell, const std::vector<std::string>& by) {
    Combination values;
    std::size_t known = 0;
    for (const auto& name : by) {
        const auto found = cell.where.find(name);
        if (found != cell.where.end()) ++known;
        values.push_back(found == cell.where.end() ? std::string() : found->second);
    }
    return known == cell.where.size() ? std::optional(values) : std::nullopt;
}

[[noreturn]] void refuse_unparted(const std::string& code, const Catalogue& catalogue,
                                  const std::vector<std::string>& by) {
    std::set<std::string> known;
    std::set<std::string> others;
    for (const auto& indicator : catalogue.indicators) {
        if (!indicator.cell) continue;
        others.insert(indicator.cell->of);
        if (indicator.cell->of == code)
            for (const auto& [name, value] : indicator.cell->where)
                known.insert(name);
    }
    const auto list = [](const std::set<std::string>& names) {
        return join_text(std::vector<std::string>(names.begin(), names.end()), ", ");
    };
    throw InputError(fmt::format("'{}' is not published by {} in the regions", code, join_text(by, ", ")),
                     known.empty() ? fmt::format("parts of the people are published of: {}", list(others))
                                   : fmt::format("it is published by: {}", list(known)));
}

CellPlan cells_of_catalogue(const Plan& plan, const DisaggregationChoice& choice) {
    const auto catalogue = tables::read_catalogue(plan.catalogue);
    const auto& code = plan.indicators.front().code;
    CellPlan result{plan, code, {}, {Combination(choice.by.size())}, {}};
    std::map<Combination, std::string> codes{{result.cells.front(), code}};
    for (const auto& indicator : catalogue.indicators) {
        if (!indicator.cell || indicator.cell->of != code) continue;
        const auto cell = combination_of(*indicator.cell, choice.by);
        if (cell && codes.emplace(*cell, indicator.code).second) result.cells.push_back(*cell);
    }
    if (result.cells.size() == 1) refuse_unparted(code, catalogue, choice.by);
    result.dimensions = dimensions_of(result.cells, choice);
    sort_cells(result.cells, result.dimensions);
    result.plan.indicators.clear();
    for (const auto& cell : result.cells) {
        result.codes.push_back(codes.at(cell));
        for (auto planned : plan.indicators) {
            planned.code = result.codes.back();
            result.plan.indicators.push_back(std::move(planned));
        }
    }
    return result;
}

}  // namespace

CellPlan plan_cells(const Plan& plan, const DisaggregationChoice& choice) {
    check(choice);
    return plan.catalogue.empty() ? cells_of_table(plan, choice) : cells_of_catalogue(plan, choice);
}

}  // namespace tendik::study
