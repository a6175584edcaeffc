// Figures of an older vintage on the regions of today.
#include "carry_figures.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/join/carry_units.h"
#include "tendik/join/units.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>

namespace tendik::prepare {
namespace {

using Origins = std::vector<join::UnitOrigin>;

bool is_total(const Indicator& indicator) {
    return indicator.kind == IndicatorKind::total || indicator.kind == IndicatorKind::count;
}

void check(const Loading& loading, const PlannedIndicator& planned, const Indicator& indicator) {
    if (!planned.inherit_by && loading.prepared.reg.entries.empty())
        throw InputError(
            fmt::format("'{}' inherits from the units of {}, and no register says what they "
                        "became",
                        indicator.code, planned.inherit_from),
            "add register = \"regions.csv\" to [data]; or, where the plan has boundaries of both, "
            "inherit_by = \"area\" beside the indicator");
    if (planned.merge_units)
        throw InputError(fmt::format("'{}' both merges units and inherits from larger ones", indicator.code),
                         "keep --merge-units (merge_units) or --inherit-from (inherit_from)");
    if (!planned.split_totals.empty() && !is_total(indicator))
        throw InputError(fmt::format("'{}' is a {}, and only totals and counts are shared out",
                                     indicator.code, to_text(indicator.kind)),
                         "leave --split-totals (split_totals) out: a rate is inherited as it is");
}

/// The rows that were published for the regions themselves, later than those of the older units.
std::optional<Joined> own_figures(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                                  const std::string& code, const Boundaries& boundaries,
                                  std::optional<int> year) {
    auto options = join_options(loading, planned, table, code, boundaries, year);
    const auto is_own = [&](const Figure& figure) {
        return figure.vintage == boundaries.vintage && figure.year == year &&
               (figure.indicator.empty() || figure.indicator == options.indicator) &&
               find_region(boundaries, figure.key);
    };
    if (std::ranges::none_of(table.figures, is_own)) return std::nullopt;
    Indicators own{table.source, table.key_column, {}, table.dimensions, table.undeclared};
    std::ranges::copy_if(table.figures, std::back_inserter(own.figures), is_own);
    options.allow_unmatched = std::numeric_limits<std::size_t>::max();
    Findings of_absent;  // most regions have none of their own: that is no finding
    return join::join(boundaries, own, known_register(loading), options, of_absent);
}

void take_own(CarriedFigures& figures, const Joined& own) {
    for (std::size_t i = 0; i < own.values.size(); ++i) {
        if (!own.values[i].present()) continue;
        figures.joined.values[i] = own.values[i];
        figures.joined.notes_by_region[i] = own.notes_by_region[i];
        figures.carried.restated.push_back(static_cast<RegionIndex>(static_cast<std::uint32_t>(i)));
    }
    for (const auto& source : own.report.sources)
        if (std::ranges::find(figures.joined.report.sources, source) == figures.joined.report.sources.end())
            figures.joined.report.sources.push_back(source);
}

void name_origins(CarriedFigures& figures, const Origins& origins) {
    figures.carried.origins.resize(origins.size());
    for (std::size_t i = 0; i < origins.size(); ++i)
        if (figures.joined.values[i].inherited)
            figures.carried.origins[i] = {origins[i].unit->unit_id, origins[i].unit->name};
}

/// The units' report told of the regions.
JoinReport report_of(const JoinReport& of_units, const Column& values) {
    auto report = of_units;
    report.region_count = values.size();
    report.regions_without_row.clear();
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i].state == State::unmatched)
            report.regions_without_row.push_back(static_cast<RegionIndex>(static_cast<std::uint32_t>(i)));
    report.matched_count = report.region_count - report.regions_without_row.size();
    report.inherited_count = static_cast<std::size_t>(std::ranges::count_if(values, &Value::inherited));
    return report;
}

void report_divisions(const CarriedFigures& figures, const Origins& origins, const Boundaries& boundaries,
                      const Indicators& table, bool total, Findings& findings) {
    auto told = origins;
    for (std::size_t i = 0; i < told.size(); ++i) {
        const auto& value = figures.joined.values[i];
        told[i].is_part = told[i].is_part && (value.inherited || value.state == State::unmatched);
    }
    const auto& carried = figures.carried;
    for (const auto& line : join::divisions_text(told, boundaries, carried.from)) {
        if (!total)
            findings.add(Severity::note, "values-inherited", table.source,
                         line + ": the parts show its value, which counts nowhere");
        else if (!carried.split_by.empty())
            findings.add(Severity::note, "totals-split", table.source,
                         fmt::format("{}: the parts share its total by '{}', which counts nowhere", line,
                                     carried.split_by));
        else
            findings.add(Severity::warning, "total-not-inherited", table.source,
                         line +
                             ": a total is not inherited, the parts stay without a value; --split-totals "
                             "(split_totals) shares it out");
    }
}

Column shared_out(Loading& loading, const PlannedIndicator& planned, const Indicator& indicator,
                  const Column& inherited, const Origins& origins, const Boundaries& boundaries,
                  std::optional<int> year) {
    const auto weights =
        denominator(loading, indicator.code, WeightChoice{planned.split_totals, false, {}}, boundaries, year);
    return join::split_totals(inherited, origins, weights.column, boundaries);
}

/// Where every region has a figure of its own, the regions weigh; else the units of the time do.
std::optional<Weights> weights_of(Loading& loading, const PlannedIndicator& planned,
                                  const PlannedIndicator& older, const Indicator& indicator,
                                  const Boundaries& boundaries, const Boundaries& units,
                                  const Origins& origins, const Column& values, std::optional<int> year) {
    auto weights = weights_of_column(loading, older, indicator.code, units, year);
    const bool in_table = weights.has_value();
    if (!in_table && !has_inherited(values))
        return weights_of_catalogue(loading, indicator, boundaries, year);
    if (!in_table) weights = weights_of_catalogue(loading, indicator, units, year);
    if (!weights) return weights;
    weights->column = join::carry_over(weights->column, units, origins, join::OfParts::nothing);
    if (!in_table) return weights;
    const auto own =
        own_figures(loading, planned, *weight_table(loading, planned), indicator.code, boundaries, year);
    for (std::size_t i = 0; own && i < values.size(); ++i)
        if (own->values[i].present()) weights->column[i] = own->values[i];
    return weights;
}

/// What the table says of the regions themselves stands above what they inherit.
void take_own_figures(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                      const Indicator& indicator, const Boundaries& boundaries, std::optional<int> year,
                      CarriedFigures& figures) {
    if (!indicator.parts.empty() || indicator.per || indicator.gap) return;
    const auto code = join_options(loading, planned, table, indicator.code, boundaries, year).indicator;
    if (const auto own = own_figures(loading, planned, join::convert_units(table, indicator, code),
                                     indicator.code, boundaries, year))
        take_own(figures, *own);
}

const Crosswalk& shares_between(Loading& loading, const Boundaries& from, const Boundaries& to,
                                const RasterChoice& weights) {
    const auto is_same = [&](const KeptShares& kept) {
        return kept.from == &from && kept.to == &to && kept.weights == weights;
    };
    const auto known = std::ranges::find_if(loading.shares, is_same);
    if (known != loading.shares.end()) return known->shares;
    NoProgress progress;
    auto shares = while_doing(
        fmt::format("laying the units of '{}' over those of '{}'", from.vintage, to.vintage), [&] {
            return lay_over(from, to, {.weights = weights, .jobs = loading.plan.jobs}, progress,
                            loading.findings);
        });
    return loading.shares.emplace_back(KeptShares{&from, &to, weights, std::move(shares)}).shares;
}

/// The boundaries of the plan that the older figures are of.
const Boundaries& find_older(const Loading& loading, const PlannedIndicator& planned,
                             const Indicator& indicator, const Boundaries& boundaries) {
    for (const auto& other : loading.prepared.atlas.boundaries)
        if (other.vintage == planned.inherit_from && &other != &boundaries) return other;
    throw InputError(
        fmt::format("'{}' inherits from the units of '{}' by what they share with those of '{}', and "
                    "the plan has no boundaries of the former",
                    indicator.code, planned.inherit_from, boundaries.vintage),
        fmt::format("add [[boundaries]] with vintage = \"{}\"", planned.inherit_from));
}

void add_words(std::string& text, const std::string& name, double share) {
    text += fmt::format("{}{} {:.0f} %", text.empty() ? "" : " + ", name, 100.0 * share);
}

/// "A 62 % + C 38 %", of each region whose figure is estimated: whose ground or people it consists of.
void name_sources(CarriedFigures& figures, const Crosswalk& shares, const Boundaries& from) {
    auto& origins = figures.carried.origins;
    origins.resize(figures.joined.values.size());
    for (const auto& row : shares.rows) {
        if (!figures.joined.values[row.target].inherited) continue;
        const auto& source = from.regions[row.source];
        const auto name = [&source](Language language) {
            const auto& own = source.name.in(language);
            return own.empty() ? source.key : own;
        };
        auto& [unit_id, names] = origins[row.target];
        unit_id += (unit_id.empty() ? "" : "+") + source.key;
        add_words(names.en, name(Language::en), row.target_share);
        add_words(names.ru, name(Language::ru), row.target_share);
        add_words(names.kk, name(Language::kk), row.target_share);
    }
}

/// One note a layer, with the first few: districts are hundreds.
void report_estimates(const CarriedFigures& figures, const Indicator& indicator, const Boundaries& boundaries,
                      const Indicators& table, Findings& findings) {
    constexpr std::size_t most_told = 5;
    const auto& carried = figures.carried;
    std::vector<std::string> told;
    std::size_t count = 0;
    for (std::size_t i = 0; i < figures.joined.values.size(); ++i) {
        if (!figures.joined.values[i].inherited || ++count > most_told) continue;
        told.push_back(
            fmt::format("'{}' from {}", boundaries.regions[i].key, carried.origins[i].name.in(Language::en)));
    }
    if (count == 0) return;
    if (count > told.size()) told.push_back(fmt::format("{} more", count - told.size()));
    findings.add(
        Severity::note, "values-estimated", table.source,
        fmt::format("'{}': {} of {} regions of {} are estimated from units of {}, and count nowhere: {}",
                    indicator.code, count, boundaries.regions.size(), carried.to, carried.from,
                    join_text(told, ", ")));
}

/// By what the older units and the regions share.
CarriedFigures carry_by_shares(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                               const Indicator& indicator, const Boundaries& boundaries,
                               std::optional<int> year) {
    const auto& from = find_older(loading, planned, indicator, boundaries);
    const auto& shares = shares_between(loading, from, boundaries, *planned.inherit_by);
    auto older = planned;
    older.vintage = planned.inherit_from;
    CarriedFigures figures;
    figures.joined = join_figures(loading, older, table, indicator, from, year);
    figures.carried = {planned.inherit_from, boundaries.vintage, {}, {}, {}, true};
    figures.weights = weights_of_column(loading, older, indicator.code, from, year);
    if (!figures.weights) figures.weights = weights_of_catalogue(loading, indicator, from, year);
    if (figures.weights) refuse_bad_weights(*figures.weights, from);
    auto& values = figures.joined.values;
    values = is_total(indicator) ? join::carry_extensive(shares, values)
             : figures.weights   ? join::carry_rates(shares, values, figures.weights->column)
                                 : join::carry_intensive(shares, values);
    if (figures.weights) figures.weights->column = join::carry_extensive(shares, figures.weights->column);
    figures.joined.notes_by_region.assign(values.size(), {});
    take_own_figures(loading, planned, table, indicator, boundaries, year, figures);
    name_sources(figures, shares, from);
    figures.joined.report = report_of(figures.joined.report, values);
    report_estimates(figures, indicator, boundaries, table, loading.findings);
    return figures;
}

}  // namespace

CarriedFigures carry_figures(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                             const Indicator& indicator, const Boundaries& boundaries,
                             std::optional<int> year) {
    check(loading, planned, indicator);
    if (planned.inherit_by) return carry_by_shares(loading, planned, table, indicator, boundaries, year);
    const auto origins = join::find_origins(boundaries, loading.prepared.reg, planned.inherit_from);
    const auto units = join::units_of(origins, planned.inherit_from, boundaries.source);
    auto older = planned;
    older.vintage = planned.inherit_from;
    CarriedFigures figures;
    figures.joined = join_figures(loading, older, table, indicator, units, year);
    figures.carried = {planned.inherit_from, boundaries.vintage, planned.split_totals, {}, {}};
    const bool total = is_total(indicator);
    const bool parts_have_nothing = total && planned.split_totals.empty();
    auto& values = figures.joined.values;
    values = join::carry_over(values, units, origins,
                              parts_have_nothing ? join::OfParts::nothing : join::OfParts::inherit);
    if (total && !parts_have_nothing)
        values = shared_out(loading, planned, indicator, values, origins, boundaries, year);
    figures.joined.notes_by_region.assign(values.size(), {});
    take_own_figures(loading, planned, table, indicator, boundaries, year, figures);
    name_origins(figures, origins);
    figures.joined.report = report_of(figures.joined.report, values);
    report_divisions(figures, origins, boundaries, table, total, loading.findings);
    figures.weights =
        weights_of(loading, planned, older, indicator, boundaries, units, origins, values, year);
    return figures;
}

}  // namespace tendik::prepare
