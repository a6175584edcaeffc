// Disparity, spread and single regions over the years.
#include "tendik/trends/trends.h"

#include "tendik/base/error.h"
#include "tendik/base/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tendik::trends {
namespace {

bool is_ratio(const std::string& code) { return code == "R" || code == "RII"; }

/// What a test and a straight line are made of.
double on_scale(const std::string& code, double value) { return is_ratio(code) ? std::log(value) : value; }

void test_change(MeasureTrend& trend, const Measure& before, const Measure& after) {
    if (!before.se || !after.se) return;
    const double error = std::hypot(*before.se, *after.se);
    trend.se = error;
    if (!(error > 0.0)) return;
    trend.z = (on_scale(trend.code, trend.after) - on_scale(trend.code, trend.before)) / error;
    trend.p = 2.0 * normal_probability(-std::abs(*trend.z));
}

/// How far apart: PAR of an adverse indicator is below zero, a ratio below 1 is as far from it as its
/// inverse.
double distance_of(const std::string& code, double value) {
    return is_ratio(code) ? std::exp(std::abs(std::log(value))) : std::abs(value);
}

/// Shown digits after the point, of which half a unit is no change: those of the indicator say nothing of an
/// index between 0 and 1.
int decimals_of(const std::string& unit, int of_indicator) {
    if (unit == "fraction" || unit == "index") return 3;
    if (unit == "ratio" || unit == "x1000") return 2;
    return unit == "percent" ? 1 : of_indicator;
}

std::optional<MeasureTrend> follow(const std::string& code, const std::vector<TrendYear>& years,
                                   int decimals) {
    std::vector<double> at;
    std::vector<double> values;
    const Measure* first = nullptr;
    const Measure* last = nullptr;
    MeasureTrend trend;
    trend.code = code;
    for (const auto& year : years) {
        const auto* measure = year.measures.find(code);
        if (measure == nullptr || !measure->value) continue;
        if (is_ratio(code) && !(*measure->value > 0.0)) continue;
        if (first == nullptr) {
            first = measure;
            trend.from_year = year.year;
        }
        last = measure;
        trend.to_year = year.year;
        at.push_back(year.year);
        values.push_back(on_scale(code, *measure->value));
    }
    if (values.size() < 2) return std::nullopt;
    trend.unit = first->unit;
    trend.before = *first->value;
    trend.after = *last->value;
    trend.direction = trend_between(distance_of(code, trend.before), distance_of(code, trend.after),
                                    decimals_of(trend.unit, decimals));
    test_change(trend, *first, *last);
    trend.line = fit_line(at, values);
    return trend;
}

/// Of the regions that have a value above zero in every year: ln y by year, then region.
std::vector<std::vector<double>> logarithms(const std::vector<TrendYear>& years) {
    std::vector<std::vector<double>> all(years.size());
    if (years.empty()) return all;
    for (std::size_t region = 0; region < years.front().values.size(); ++region) {
        const bool whole = std::ranges::all_of(years, [region](const TrendYear& year) {
            return year.values[region].present() && year.values[region].number > 0.0;
        });
        for (std::size_t i = 0; whole && i < years.size(); ++i)
            all[i].push_back(std::log(years[i].values[region].number));
    }
    return all;
}

double standard_deviation(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    double mean = 0.0;
    for (const double value : values)
        mean += value / n;
    double squares = 0.0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return std::sqrt(squares / (n - 1.0));
}

void fit_beta(Convergence& found, const std::vector<double>& start, const std::vector<double>& end,
              double span) {
    std::vector<double> growth;
    for (std::size_t i = 0; i < start.size(); ++i)
        growth.push_back((end[i] - start[i]) / span);
    found.beta = fit_line(start, growth);
    if (!found.beta || !(found.beta->slope < 0.0)) return;
    const double kept = 1.0 + found.beta->slope * span;  // share of a gap that is left at the end
    if (kept > 0.0) found.half_life_years = std::numbers::ln2 * span / -std::log(kept);
}

void set_goals(Pace& pace, const TrendGoals& goals, int last_year) {
    if (goals.benchmark) pace.to_benchmark = *pace.last - *goals.benchmark;
    if (!goals.target) return;
    pace.to_target = *pace.last - *goals.target;
    const auto reaches = [&](double value) {
        return goals.direction == Direction::adverse ? value <= *goals.target : value >= *goals.target;
    };
    if (goals.direction != Direction::neutral) pace.reached = reaches(*pace.last);
    if (!goals.target_year) return;
    const int years = *goals.target_year - last_year;
    if (years <= 0)
        throw InputError(
            fmt::format("the target is of {}, and the last figures are of {}", *goals.target_year, last_year),
            "name a year to come: --target-year 2030");
    if (!pace.reached.value_or(false) && *pace.last > 0.0 && *goals.target > 0.0)
        pace.needed_change_percent = 100.0 * (std::pow(*goals.target / *pace.last, 1.0 / years) - 1.0);
    // Where neither end is good, no side of the target is the reached one.
    if (pace.annual_change_percent && goals.direction != Direction::neutral)
        pace.on_track = reaches(*pace.last * std::pow(1.0 + *pace.annual_change_percent / 100.0, years));
}

}  // namespace

std::vector<MeasureTrend> follow_measures(const std::vector<TrendYear>& years, int decimals) {
    std::vector<MeasureTrend> trends;
    if (years.empty()) return trends;
    for (const auto& measure : years.front().measures.measures)
        if (auto trend = follow(measure.code, years, decimals)) trends.push_back(std::move(*trend));
    return trends;
}

Convergence converge(const std::vector<TrendYear>& years) {
    Convergence found;
    const auto logs = logarithms(years);
    if (!logs.empty()) found.counted = logs.front().size();
    if (years.size() < 2 || found.counted < least_converging) {
        found.note = years.size() < 2 ? "one year"
                                      : fmt::format(
                                            "{} regions have a value above zero in every year, {} are "
                                            "needed",
                                            found.counted, least_converging);
        return found;
    }
    std::vector<double> at;
    std::vector<double> spread;
    for (std::size_t i = 0; i < years.size(); ++i) {
        at.push_back(years[i].year);
        spread.push_back(standard_deviation(logs[i]));
        found.spread.emplace_back(years[i].year, spread.back());
    }
    found.sigma = fit_line(at, spread);
    fit_beta(found, logs.front(), logs.back(), years.back().year - years.front().year);
    return found;
}

Pace pace_of(const std::vector<std::pair<int, double>>& values, const TrendGoals& goals) {
    Pace pace;
    pace.years = values.size();
    if (values.empty()) {
        pace.note = "no value";
        return pace;
    }
    pace.first = values.front().second;
    pace.last = values.back().second;
    if (values.size() < 2) {
        pace.note = "one year";
    } else if (std::ranges::any_of(values, [](const auto& one) { return !(one.second > 0.0); })) {
        pace.note = "a value of zero has no rate of change";
    } else {
        std::vector<double> at;
        std::vector<double> logs;
        for (const auto& [year, value] : values) {
            at.push_back(year);
            logs.push_back(std::log(value));
        }
        if (const auto line = fit_line(at, logs))
            pace.annual_change_percent = 100.0 * std::expm1(line->slope);
    }
    set_goals(pace, goals, values.back().first);
    return pace;
}

}  // namespace tendik::trends
