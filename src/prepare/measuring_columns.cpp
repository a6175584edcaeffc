// What measures and maps take beside figures and weights: errors, cases, order and sets of the regions.
#include "measuring_columns.h"

#include "gap_parts.h"
#include "tendik/base/error.h"
#include "tendik/base/random.h"
#include "tendik/base/text.h"
#include "tendik/join/match.h"
#include "tendik/precision/assess.h"

#include <fmt/format.h>

#include <cmath>
#include <deque>

namespace tendik::prepare {
namespace {

/// Another column of the table of an indicator, region by region. Keys were told of with the values.
Joined join_column(Loading& loading, const PlannedIndicator& planned, TableSource source,
                   const std::string& code, const Boundaries& boundaries, std::optional<int> year) {
    source.state_column.clear();  // the states of the table are those of its values
    const auto shared = loading.tables.read(source, loading.findings);
    const auto& table = *shared;
    Findings of_keys;
    return join::join(boundaries, table, known_register(loading),
                      join_options(loading, planned, table, code, boundaries, year), of_keys);
}

Column value_column(Loading& loading, const PlannedIndicator& planned, const std::string& column,
                    const std::string& code, const Boundaries& boundaries, std::optional<int> year) {
    auto source = planned.table;
    source.value = column;
    return join_column(loading, planned, source, code, boundaries, year).values;
}

/// A 95 % interval of a normal estimate is 3.92 errors wide.
Column errors_of_intervals(const Column& lower, const Column& upper, const PlannedMeasuring& measuring,
                           const Boundaries& boundaries) {
    const double width_in_errors = 2.0 * normal_quantile(0.975);
    Column errors;
    for (std::size_t i = 0; i < lower.size(); ++i) {
        if (!lower[i].present() || !upper[i].present()) {
            errors.push_back(Value::without(State::missing));
            continue;
        }
        const double width = upper[i].number - lower[i].number;
        if (width < 0.0)
            throw InputError(fmt::format("the interval of region '{}' ends below its beginning: {} ('{}') to "
                                         "{} ('{}')",
                                         boundaries.regions[i].key, lower[i].number, measuring.lower_column,
                                         upper[i].number, measuring.upper_column),
                             "exchange the two columns, or correct the figures");
        errors.push_back(Value::of(width / width_in_errors));
    }
    return errors;
}

/// By its key, else by any code or name of the register.
void find_reference(Loading& loading, const std::string& wanted, const Boundaries& boundaries,
                    MeasureColumns& columns) {
    columns.reference = find_region(boundaries, wanted);
    if (columns.reference) return;
    if (const auto* reg = known_register(loading)) {
        const auto match = join::match_unit(*reg, wanted, boundaries.vintage);
        if (match.units.size() == 1)
            columns.reference = find_region(boundaries, match.units.front()->unit_id);
        if (columns.reference) return;
    }
    std::vector<std::string> keys;
    for (const auto& region : boundaries.regions)
        keys.push_back(region.key);
    const auto near = nearest(wanted, keys);
    columns.reference_fault = fmt::format("the reference '{}' is no region", wanted);
    loading.findings.add(Severity::warning, "no-reference", "",
                         columns.reference_fault + (near ? fmt::format(", did you mean '{}'?", *near) : "") +
                             "; measures that take one have no value");
}

void refuse_errors_of_others(const PlannedIndicator& planned, const Indicator& indicator) {
    const char* why = planned.merge_units             ? "units are merged"
                      : !planned.inherit_from.empty() ? "figures are inherited"
                      : !indicator.parts.empty()      ? "the indicator is put together from others"
                      : indicator.per.has_value()     ? "the indicator is a quotient"
                      : indicator.gap.has_value()     ? "the indicator is a gap of two others"
                                                      : nullptr;
    if (why == nullptr || !planned.measuring.takes_columns()) return;
    throw InputError(fmt::format("'{}': columns for its measures are named, and {}", indicator.code, why),
                     "give them with the figures of the regions themselves");
}

IntervalKind interval_of(const PlannedMeasuring& wanted) {
    if (!wanted.lower_column.empty()) return IntervalKind::given;
    if (wanted.interval == IntervalKind::none && !wanted.error_column.empty()) return IntervalKind::normal;
    return wanted.interval;
}

precision::AssessOptions assess_options(const PlannedMeasuring& wanted, const Layer& layer) {
    precision::AssessOptions options;
    options.interval = interval_of(wanted);
    options.mics_rule = wanted.mics_rule;
    if (!wanted.cv_classes.empty())
        options.cut_points = precision::CutPoints{wanted.cv_classes.front(), wanted.cv_classes.back()};
    options.scale = layer.measuring.scale;
    options.proportion = layer.indicator.kind == IndicatorKind::rate;
    return options;
}

/// The figure itself is not told again.
void warn_of_derivable(const Layer& layer, const std::vector<std::string>& names, Findings& findings) {
    if (!layer.published || has_inherited(layer.values)) return;
    const auto kind = layer.indicator.kind;
    const bool adds_up = kind == IndicatorKind::total || kind == IndicatorKind::count;
    if (!adds_up && !layer.weights) return;
    const auto region = precision::derivable_region(layer.values, adds_up ? nullptr : &layer.weights->column);
    if (!region) return;
    findings.add(
        Severity::warning, "derivable-suppression", "",
        fmt::format("the suppressed figure of '{}' can be worked out: {}; suppress a second region, or "
                    "the national figure",
                    names[static_cast<std::size_t>(*region)],
                    adds_up ? "the published total less the figures of all other regions"
                            : "the published national figure less those of all other regions, weighted by "
                              "their populations"));
}

}  // namespace

MeasureColumns measure_columns(Loading& loading, const PlannedIndicator& planned, const Indicator& indicator,
                               const Boundaries& boundaries, std::optional<int> year) {
    if (planned.gap) {
        // Order, sets and reference are those of the regions; the errors of two independent samples add up.
        auto columns =
            measure_columns(loading, part_of_gap(planned, planned.gap->more), indicator, boundaries, year);
        const auto less =
            measure_columns(loading, part_of_gap(planned, planned.gap->less), indicator, boundaries, year);
        if (columns.errors)
            columns.errors = combined(*columns.errors, *less.errors,
                                      [](double one, double other) { return std::hypot(one, other); });
        columns.scale.reset();  // a gap may be below zero
        return columns;
    }
    refuse_errors_of_others(planned, indicator);
    const auto& wanted = planned.measuring;
    MeasureColumns columns;
    const auto read = [&](const std::string& column) {
        return value_column(loading, planned, column, indicator.code, boundaries, year);
    };
    if (!wanted.error_column.empty()) columns.errors = read(wanted.error_column);
    if (!wanted.lower_column.empty())
        columns.errors =
            errors_of_intervals(read(wanted.lower_column), read(wanted.upper_column), wanted, boundaries);
    if (!wanted.rank_column.empty()) columns.ranks = read(wanted.rank_column);
    if (!wanted.group_column.empty()) {
        auto source = planned.table;
        source.note_column = wanted.group_column;  // words, as they stand
        columns.groups =
            join_column(loading, planned, source, indicator.code, boundaries, year).notes_by_region;
    }
    if (!wanted.reference.empty()) find_reference(loading, wanted.reference, boundaries, columns);
    columns.scale = wanted.scale;
    if (!columns.scale && indicator.lower_bound >= 0.0 && std::isfinite(indicator.upper_bound))
        columns.scale = indicator.upper_bound;
    return columns;
}

void assess_layer(Loading& loading, const PlannedIndicator& planned, Layer& layer,
                  const Boundaries& boundaries) {
    const auto& wanted = planned.measuring;
    if (const auto fault = plan::find_contradiction(wanted))
        throw InputError(fmt::format("'{}': {}", layer.indicator.code, fault->what), fault->advice);
    const auto names = region_names(boundaries);
    Findings of_layer;
    if (wanted.takes_precision()) {
        std::deque<Column> columns;
        const auto read = [&](const std::string& column) -> const Column* {
            if (column.empty()) return nullptr;
            return &columns.emplace_back(
                value_column(loading, planned, column, layer.indicator.code, boundaries, layer.year));
        };
        auto& errors = layer.measuring.errors;
        auto assessed = precision::assess({.values = layer.values,
                                           .errors = errors ? &*errors : nullptr,
                                           .lower = read(wanted.lower_column),
                                           .upper = read(wanted.upper_column),
                                           .n = read(wanted.n_column),
                                           .deff = read(wanted.deff_column),
                                           .events = read(wanted.events_column)},
                                          assess_options(wanted, layer), names, of_layer);
        layer.values = std::move(assessed.values);
        layer.measuring.errors = std::move(assessed.errors);
        layer.precision = std::move(assessed.precision);
    }
    warn_of_derivable(layer, names, of_layer);
    for (auto finding : of_layer.all()) {
        finding.where = layer.name();
        loading.findings.add(std::move(finding));
    }
}

}  // namespace tendik::prepare
