// The figures of one indicator on the regions of one set of boundaries, and what weighs them.
#include "join_figures.h"

#include "gap_parts.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/join/merge_units.h"
#include "tendik/join/units.h"
#include "tendik/stats/disparity.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <functional>

namespace tendik::prepare {
namespace {

/// The table of denominators that holds `indicator`; the first one where none does.
SharedTable denominator_table(Loading& loading, const std::string& indicator) {
    if (loading.plan.denominators.empty())
        throw InputError(
            fmt::format("weights '{}' are wanted, but the plan names no table of denominators", indicator),
            R"(add denominators = "population.csv" to [data], or weight = "COLUMN" to the indicator)");
    const auto read = [&loading](const std::string& file) {
        TableSource source;
        source.file = file;
        return loading.tables.read(source, loading.findings);
    };
    for (const auto& file : loading.plan.denominators) {
        auto table = read(file);
        if (std::ranges::find(table->figures, indicator, &Figure::indicator) != table->figures.end())
            return table;
    }
    return read(loading.plan.denominators.front());
}

/// What every join of this plan on these boundaries has in common: rows of their parents are set apart.
JoinOptions shared_options(const Loading& loading, const Boundaries& boundaries) {
    auto options = loading.plan.join;
    const auto& all = loading.prepared.atlas.boundaries;
    for (const auto& [index, nesting] : loading.prepared.nestings)
        if (&all[index] == &boundaries) options.others = &nesting.parents;
    return options;
}

/// The year of a column of weights whose heading is another year than that of the figures, "2010": named by
/// the user, it weighs them as it is.
std::optional<int> year_of_weights(const Indicators& column, const std::string& name,
                                   std::optional<int> year) {
    const auto years = join::years_of(column, {}, {});
    const bool in_heading =
        years.size() == 1 && name.find(std::to_string(years.front())) != std::string::npos;
    return in_heading && years.front() != year ? std::optional(years.front()) : std::nullopt;
}

/// Where the register knows that the rows are of a finer vintage, they are put together, or refused.
Indicators merged(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                  IndicatorKind kind, const Boundaries& boundaries, const JoinOptions& rows,
                  Findings& findings) {
    const join::MergeOptions options{planned.merge_units, kind, rows.indicator, rows.year};
    return join::merge_units(table, weight_table(loading, planned).get(), boundaries, loading.prepared.reg,
                             options, findings);
}

Joined join_parts(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                  const Indicator& indicator, const Boundaries& boundaries, std::optional<int> year) {
    std::vector<Column> parts;
    std::vector<Column> weights;
    Joined whole;
    for (const auto& part : indicator.parts) {
        auto options = join_options(loading, planned, table, part.indicator, boundaries, year);
        options.indicator = part.indicator;
        auto joined = join::join(boundaries, table, known_register(loading), options, loading.findings);
        // A region to which a part does not apply needs no weight for it, so a missing one is no finding
        // here.
        Findings of_weights;
        const auto totals = denominator_table(loading, part.weight);
        weights.push_back(join::find_weights(boundaries, WeightChoice{part.weight, false, {}}, *totals,
                                             loading.prepared.reg, year, of_weights)
                              .column);
        parts.push_back(joined.values);
        whole.report = joined.report;
    }
    whole.values = stats::combine_parts(parts, weights);
    whole.notes_by_region.resize(whole.values.size());
    return whole;
}

/// A published total over its denominator. No value for the country is published in this form.
Joined join_quotient(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                     const Indicator& indicator, const Boundaries& boundaries, std::optional<int> year) {
    const auto& per = *indicator.per;
    auto options = join_options(loading, planned, table, per.total, boundaries, year);
    if (names_indicators(table)) options.indicator = per.total;
    const auto* total = find_indicator(loading.prepared.catalogue, per.total);
    const auto converted = total == nullptr ? table : join::convert_units(table, *total, per.total);
    auto joined = join::join(boundaries, converted, known_register(loading), options, loading.findings);
    const auto below =
        denominator(loading, indicator.code, WeightChoice{per.indicator, false, {}}, boundaries, year);
    joined.values = stats::divide(joined.values, below.column, per.times);
    joined.published.reset();
    joined.of_others.clear();  // totals, and no quotients
    joined.report.sources = indicator.sources;
    return joined;
}

/// Rows of boys in one region and of girls in another are no figures of one thing.
void warn_of_mixed_rows(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                        const Boundaries& boundaries, const JoinOptions& options) {
    auto mixed = join::mixed_dimensions(boundaries, table, options);
    std::erase_if(mixed, [&](const auto& one) { return one.name == planned.measuring.group_column; });
    if (mixed.empty()) return;
    loading.findings.add(
        Severity::warning, "mixed-rows", table.source,
        fmt::format("the rows of the regions differ in {}: if these are parts of the people, the figures are "
                    "not of one thing; choose one with --where (where in a plan)",
                    join::to_text(mixed)));
}

Joined difference(Joined joined, const Joined& less) {
    joined.values = combined(joined.values, less.values, decimal_difference);
    if (joined.published && less.published)
        joined.published->value = decimal_difference(joined.published->value, less.published->value);
    else
        joined.published.reset();
    joined.of_others.clear();  // gaps of the parts do not add up to those of the whole
    auto& sources = joined.report.sources;
    for (const auto& source : less.report.sources)
        if (std::ranges::find(sources, source) == sources.end()) sources.push_back(source);
    return joined;
}

/// The figure of one part of the people less that of another: two cells of a table.
Joined join_cells(Loading& loading, const PlannedIndicator& planned, const Indicator& indicator,
                  const Boundaries& boundaries, std::optional<int> year) {
    const auto join_one = [&](const std::string& value) {
        const auto part = part_of_gap(planned, value);
        const auto table = loading.tables.read(part.table, loading.findings);
        return join_figures(loading, part, *table, indicator, boundaries, year);
    };
    return difference(join_one(planned.gap->more), join_one(planned.gap->less));
}

/// The same where each cell is an indicator of the catalogue.
Joined join_gap(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                const IndicatorGap& gap, const Boundaries& boundaries, std::optional<int> year) {
    const auto join_one = [&](const std::string& code) {
        auto part = planned;
        part.indicator_in_table = code;
        const auto* indicator = find_indicator(loading.prepared.catalogue, code);
        return join_figures(loading, part, table, *indicator, boundaries, year);
    };
    return difference(join_one(gap.more), join_one(gap.less));
}

}  // namespace

SharedTable Tables::find(Kept& kept, const TableSource& source) {
    const auto found = std::ranges::find(kept, source, &Kept::value_type::first);
    if (found == kept.end()) return nullptr;
    std::rotate(kept.begin(), found, std::next(found));
    return kept.front().second;
}

SharedTable Tables::keep(Kept& kept, const TableSource& source, Indicators table) {
    constexpr std::size_t most = 16;
    kept.emplace_front(source, std::make_shared<const Indicators>(std::move(table)));
    if (kept.size() > most) kept.pop_back();
    return kept.front().second;
}

SharedTable Tables::read(const TableSource& source, Findings& findings) {
    if (auto table = find(m_tables, source)) return table;
    auto all_cells = source;
    all_cells.where.clear();
    for (const auto& [dimension, value] : source.where)
        if (std::ranges::find(all_cells.dimensions, dimension) == all_cells.dimensions.end())
            all_cells.dimensions.push_back(dimension);
    return while_doing(fmt::format("reading table '{}'", source.file), [&] {
        auto whole = find(m_whole, all_cells);
        if (!whole) {
            auto table = m_reader.read(all_cells, findings);
            if (table.dimensions.empty()) return keep(m_tables, source, std::move(table));
            whole = keep(m_whole, all_cells, std::move(table));
        }
        return keep(m_tables, source, tables::rows_of_cell(*whole, source.where));
    });
}

std::vector<std::string> region_names(const Boundaries& boundaries) {
    std::vector<std::string> names;
    for (const auto& region : boundaries.regions)
        names.push_back(region.name.in(Language::en));
    return names;
}

const Register* known_register(const Loading& loading) {
    return loading.prepared.reg.entries.empty() ? nullptr : &loading.prepared.reg;
}

JoinOptions join_options(const Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                         const std::string& code, const Boundaries& boundaries, std::optional<int> year) {
    auto options = shared_options(loading, boundaries);
    options.year = year;
    if (names_indicators(table))
        options.indicator = planned.indicator_in_table.empty() ? code : planned.indicator_in_table;
    if (names_vintages(table))
        options.vintage = boundaries.vintage;
    else
        options.key_vintage = planned.vintage;  // stated for the indicator: its keys mean units of then
    return options;
}

SharedTable weight_table(Loading& loading, const PlannedIndicator& planned) {
    if (planned.weight_column.empty()) return nullptr;
    auto source = planned.table;
    source.value = planned.weight_column;
    source.state_column.clear();  // the states of the table are those of its values
    return loading.tables.read(source, loading.findings);
}

Weights denominator(Loading& loading, const std::string& used_by, const WeightChoice& choice,
                    const Boundaries& boundaries, std::optional<int> year) {
    const auto totals = denominator_table(loading, choice.indicator);
    auto weights =
        join::find_weights(boundaries, choice, *totals, loading.prepared.reg, year, loading.findings);
    loading.weight_uses.push_back({used_by, choice.indicator, totals->source, year, weights.year});
    return weights;
}

std::optional<Weights> weights_of_catalogue(Loading& loading, const Indicator& indicator,
                                            const Boundaries& boundaries, std::optional<int> year) {
    const auto& choice = indicator.weight;
    if (!choice || !loading.plan.weigh || loading.plan.denominators.empty()) return std::nullopt;
    return denominator(loading, indicator.code, *choice, boundaries, year);
}

void refuse_bad_weights(const Weights& weights, const Boundaries& boundaries) {
    for (std::size_t i = 0; i < weights.column.size(); ++i) {
        const auto& weight = weights.column[i];
        if (!weight.present() || weight.number > 0.0) continue;
        throw InputError(fmt::format("weight '{}' of region '{}' is {}, expected a population above zero",
                                     weights.indicator, boundaries.regions[i].key, shortest(weight.number)),
                         "leave the field empty where the population is not known");
    }
}

std::optional<Weights> weights_of_column(Loading& loading, const PlannedIndicator& planned,
                                         const std::string& code, const Boundaries& boundaries,
                                         std::optional<int> year) {
    if (planned.gap && !planned.weight_column.empty()) {
        auto more =
            weights_of_column(loading, part_of_gap(planned, planned.gap->more), code, boundaries, year);
        const auto less =
            weights_of_column(loading, part_of_gap(planned, planned.gap->less), code, boundaries, year);
        more->column = combined(more->column, less->column, std::plus{});
        return more;
    }
    const auto column = weight_table(loading, planned);
    if (!column) return std::nullopt;
    const auto options = join_options(loading, planned, *column, code, boundaries, year);
    Findings of_mergers;  // the same as those of the values
    const auto own_year = year_of_weights(*column, planned.weight_column, year);
    if (own_year && year)
        loading.findings.add(
            Severity::note, "weight-year", column->source,
            fmt::format("figures of {} are weighed by column '{}'", *year, planned.weight_column));
    auto rows = options;
    if (own_year) rows.year = own_year;
    const auto table = merged(loading, planned, *column, IndicatorKind::total, boundaries, rows, of_mergers);
    Weights weights;
    weights.column = join::join(boundaries, table, known_register(loading), rows, loading.findings).values;
    weights.indicator = planned.weight_column;
    weights.year = own_year.value_or(year.value_or(0));
    weights.text = {planned.weight_column, planned.weight_column, planned.weight_column};
    return weights;
}

Joined join_figures(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                    const Indicator& indicator, const Boundaries& boundaries, std::optional<int> year) {
    if (planned.merge_units && (!indicator.parts.empty() || indicator.per || indicator.gap))
        throw InputError(
            fmt::format("'{}' is computed from other indicators: its units cannot be merged", indicator.code),
            "merge the total or the parts, each as an indicator of its own");
    if (planned.gap) return join_cells(loading, planned, indicator, boundaries, year);
    if (indicator.gap) return join_gap(loading, planned, table, *indicator.gap, boundaries, year);
    if (!indicator.parts.empty()) return join_parts(loading, planned, table, indicator, boundaries, year);
    if (indicator.per) return join_quotient(loading, planned, table, indicator, boundaries, year);
    auto options = join_options(loading, planned, table, indicator.code, boundaries, year);
    options.partial = indicator.partial;
    const auto converted = join::convert_units(table, indicator, options.indicator);
    const auto figures =
        merged(loading, planned, converted, indicator.kind, boundaries, options, loading.findings);
    auto joined = join::join(boundaries, figures, known_register(loading), options, loading.findings);
    warn_of_mixed_rows(loading, planned, figures, boundaries, options);
    return joined;
}

}  // namespace tendik::prepare
