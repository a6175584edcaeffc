// From the columns of a table to errors, intervals, brackets and reliability of every region.
#include "tendik/precision/assess.h"

#include "tendik/base/error.h"
#include "tendik/base/random.h"
#include "tendik/base/text.h"
#include "tendik/precision/intervals.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tendik::precision {
namespace {

using Ends = std::optional<Interval>;

std::optional<double> number_in(const Column* column, std::size_t region) {
    if (column == nullptr || !(*column)[region].present()) return std::nullopt;
    return (*column)[region].number;
}

/// What stands in the columns can be what it is said to be.
void check(const Given& given, const AssessOptions& options, const std::vector<std::string>& names) {
    const auto refuse = [&](const char* what, std::size_t i, double number, const char* expected) {
        throw InputError(fmt::format("the {} of region '{}' is {}, expected {}", what, names[i],
                                     shortest(number), expected),
                         "leave the field empty where it is not known");
    };
    const bool of_share = options.interval == IntervalKind::wilson ||
                          options.interval == IntervalKind::logit ||
                          (options.proportion && given.deff != nullptr);
    for (std::size_t i = 0; i < given.values.size(); ++i) {
        if (const auto s = number_in(given.errors, i); s && *s < 0.0)
            refuse("standard error", i, *s, "0 or more");
        if (const auto n = number_in(given.n, i); n && !(*n > 0.0)) refuse("n", i, *n, "a number above 0");
        if (const auto deff = number_in(given.deff, i); deff && !(*deff > 0.0))
            refuse("design effect", i, *deff, "a number above 0");
        if (const auto events = number_in(given.events, i); events && *events < 0.0)
            refuse("number of events", i, *events, "0 or more");
        if (const auto y = number_in(&given.values, i); y && of_share && options.scale)
            if (*y < 0.0 || *y > *options.scale)
                refuse("proportion", i, *y, fmt::format("0 to {}", shortest(*options.scale)).c_str());
    }
}

void refuse_lacking_inputs(const Given& given, const AssessOptions& options) {
    const auto refuse = [&](const char* lacks, const char* hint) {
        throw InputError(fmt::format("an interval '{}' needs {}", to_text(options.interval), lacks), hint);
    };
    const auto kind = options.interval;
    if (kind == IntervalKind::normal && given.errors == nullptr &&
        (given.n == nullptr || given.deff == nullptr))
        refuse("standard errors", "name their column, or those of n and deff");
    if (kind == IntervalKind::wilson || kind == IntervalKind::logit) {
        if (!options.scale)
            refuse("the whole that the figures are shares of", "declare the scale: 100 for per cent");
        if (given.errors == nullptr && (given.n == nullptr || given.deff == nullptr))
            refuse("n and deff, or standard errors",
                   "name the columns; a simple random sample has a deff of 1, in a column that says so");
    }
    if (kind == IntervalKind::fay_feuer) {
        if (given.events == nullptr || given.n == nullptr)
            refuse("the events, and n: the number of those who may have one", "name both columns");
        if (!options.scale) refuse("to know per how many", "declare the scale: 1000 for per thousand");
    }
}

/// One region's figure with what is given of it.
class Figure {
public:
    Figure(const Given& given, const AssessOptions& options, std::size_t region)
        : m_options(options),
          m_value(number_in(&given.values, region)),
          m_error(number_in(given.errors, region)),
          m_errors_given(given.errors != nullptr),
          m_n(number_in(given.n, region)),
          m_deff(number_in(given.deff, region)),
          m_events(number_in(given.events, region)),
          m_ends(number_in(given.lower, region), number_in(given.upper, region)) {}

    std::optional<double> error() const {
        if (m_errors_given) return m_error;
        if (!m_value || !m_options.scale || !m_n) return std::nullopt;
        const double scale = *m_options.scale;
        if (m_deff && m_options.proportion) return scale * proportion_error(*m_value / scale, *m_n, *m_deff);
        if (!m_events) return std::nullopt;
        if (*m_events > 0.0) return scale * std::sqrt(*m_events) / *m_n;
        return scale * garwood(0.0).upper / *m_n / (2.0 * normal_quantile(0.975));
    }

    Ends interval() const {
        if (!m_value) return std::nullopt;
        switch (m_options.interval) {
        case IntervalKind::none:
            return std::nullopt;
        case IntervalKind::given:
            if (!m_ends.first || !m_ends.second) return std::nullopt;
            return Interval{*m_ends.first, *m_ends.second};
        case IntervalKind::normal:
            return about_value();
        case IntervalKind::wilson:
        case IntervalKind::logit:
            return of_proportion();
        case IntervalKind::fay_feuer:
            if (!m_events || !m_n) return std::nullopt;
            return times(garwood(*m_events), *m_options.scale / *m_n);
        }
        return std::nullopt;
    }

private:
    static Ends times(const Ends& ends, double factor) {
        if (!ends) return std::nullopt;
        return Interval{ends->lower * factor, ends->upper * factor};
    }

    Ends about_value() const {
        const auto s = error();
        if (!s) return std::nullopt;
        const double half = normal_quantile(0.975) * *s;
        Interval ends{*m_value - half, *m_value + half};
        if (m_options.scale) {
            ends.lower = std::max(0.0, ends.lower);
            ends.upper = std::min(*m_options.scale, ends.upper);
        }
        return ends;
    }

    /// Cases that would give the same error in a simple random sample.
    std::optional<double> effective_n(double p) const {
        if (m_n && m_deff) return *m_n / *m_deff;
        if (!m_error || !(*m_error > 0.0) || !(p > 0.0 && p < 1.0)) return std::nullopt;
        const double s = *m_error / *m_options.scale;
        return p * (1.0 - p) / (s * s);
    }

    Ends of_proportion() const {
        const double p = *m_value / *m_options.scale;
        const auto n = effective_n(p);
        if (!n) return std::nullopt;
        return times(m_options.interval == IntervalKind::wilson ? Ends(wilson(p, *n)) : logit(p, *n),
                     *m_options.scale);
    }

    const AssessOptions& m_options;
    std::optional<double> m_value;
    std::optional<double> m_error;
    bool m_errors_given;
    std::optional<double> m_n;
    std::optional<double> m_deff;
    std::optional<double> m_events;
    std::pair<std::optional<double>, std::optional<double>> m_ends;
};

Value value_of(const std::optional<double>& number) {
    return number ? Value::of(*number) : Value::without(State::missing);
}

/// Names under what they have in common, for one finding.
void tell(const std::vector<std::string>& named, Severity severity, const char* code, const char* what,
          Findings& findings) {
    if (named.empty()) return;
    findings.add(severity, code, "", fmt::format("{}: {}", what, join_text(named, ", ")));
}

void add_intervals(const std::vector<Figure>& figures, const std::vector<std::string>& names,
                   Assessed& assessed, Findings& findings) {
    std::vector<std::string> lacking, outside;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const auto& value = assessed.values[i];
        const auto ends = value.present() ? figures[i].interval() : std::nullopt;
        assessed.precision.lower.push_back(value_of(ends ? std::optional(ends->lower) : std::nullopt));
        assessed.precision.upper.push_back(value_of(ends ? std::optional(ends->upper) : std::nullopt));
        if (!value.present()) continue;
        if (!ends)
            lacking.push_back(names[i]);
        else if (value.number < ends->lower || value.number > ends->upper)
            outside.push_back(names[i]);
    }
    tell(lacking, Severity::warning, "no-interval",
         "no interval can be laid round these figures, for want of what it is made from (at 0 and at the "
         "whole "
         "only Wilson's on n and deff has one)",
         findings);
    tell(outside, Severity::warning, "value-outside-interval",
         "these figures lie outside of their own intervals, so columns or the scale are not what they are "
         "said "
         "to be",
         findings);
}

void add_reliability(const AssessOptions& options, Assessed& assessed) {
    const auto& cuts = *options.cut_points;
    assessed.precision.cut_points_percent = {cuts.caution_percent, cuts.unreliable_percent};
    for (std::size_t i = 0; i < assessed.values.size(); ++i) {
        const auto& value = assessed.values[i];
        const auto s = assessed.errors ? number_in(&*assessed.errors, i) : std::nullopt;
        assessed.precision.reliability.emplace_back();
        if (!value.present() || !s) continue;
        const auto whole = options.proportion ? options.scale : std::nullopt;
        assessed.precision.reliability.back() =
            reliability_of(variation_percent(value.number, *s, whole), cuts);
    }
}

void apply_mics_rule(const Given& given, const std::vector<std::string>& names, Assessed& assessed,
                     Findings& findings) {
    std::vector<std::string> suppressed, bracketed, unknown;
    for (std::size_t i = 0; i < assessed.values.size(); ++i) {
        auto& value = assessed.values[i];
        assessed.precision.bracketed.push_back(false);
        if (!value.present()) continue;
        const auto n = number_in(given.n, i);
        const auto cases = n ? judge_cases(*n) : Cases::enough;
        if (!n) unknown.push_back(names[i]);
        if (cases == Cases::few) {
            assessed.precision.bracketed.back() = true;
            bracketed.push_back(names[i]);
        }
        if (cases == Cases::too_few) {
            value = Value::without(State::suppressed);
            suppressed.push_back(names[i]);
        }
    }
    tell(suppressed, Severity::note, "few-cases", "fewer than 25 cases, not shown", findings);
    tell(bracketed, Severity::note, "few-cases", "25 to 49 cases, shown in brackets", findings);
    tell(unknown, Severity::warning, "cases-missing",
         "the number of cases is not known, so these figures are shown as if there were enough", findings);
}

/// An interval, an error or a count of events tells the figure that is withheld.
void withhold(Assessed& assessed) {
    for (std::size_t i = 0; i < assessed.values.size(); ++i) {
        if (assessed.values[i].state != State::suppressed) continue;
        if (assessed.errors) (*assessed.errors)[i] = Value::without(State::suppressed);
        if (!assessed.precision.events.empty())
            assessed.precision.events[i] = Value::without(State::suppressed);
    }
}

Column copy_of(const Column* column) { return column == nullptr ? Column{} : *column; }

}  // namespace

Assessed assess(const Given& given, const AssessOptions& options, const std::vector<std::string>& names,
                Findings& findings) {
    refuse_lacking_inputs(given, options);
    check(given, options, names);
    Assessed assessed;
    assessed.values = given.values;
    auto& precision = assessed.precision;
    precision.interval = options.interval;
    precision.n = copy_of(given.n);
    precision.deff = copy_of(given.deff);
    precision.events = copy_of(given.events);
    std::vector<Figure> figures;
    Column errors;
    for (std::size_t i = 0; i < given.values.size(); ++i) {
        figures.emplace_back(given, options, i);
        errors.push_back(value_of(figures.back().error()));
    }
    if (given.errors != nullptr || present_count(errors) > 0) assessed.errors = std::move(errors);
    if (options.mics_rule) apply_mics_rule(given, names, assessed, findings);
    withhold(assessed);
    if (options.interval != IntervalKind::none) add_intervals(figures, names, assessed, findings);
    if (options.cut_points) add_reliability(options, assessed);
    return assessed;
}

}  // namespace tendik::precision
