// Measures along an order of the groups: concentration and slope.
#include "ordered.h"

#include "measure_kind.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>

namespace tendik::stats {
namespace {

/// A symmetric matrix of two rows.
using Pair = std::array<double, 3>;

Pair inverse_of(const Pair& m) {
    const double determinant = m[0] * m[2] - m[1] * m[1];
    return {m[2] / determinant, -m[1] / determinant, m[0] / determinant};
}

double logistic(double eta) { return 1.0 / (1.0 + std::exp(-eta)); }

/// g' V g.
double quadratic(const Pair& v, double g0, double g1) {
    return g0 * g0 * v[0] + 2.0 * g0 * g1 * v[1] + g1 * g1 * v[2];
}

/// One step of Newton's method; the coefficients move by what is returned.
std::array<double, 2> step(RankFit& fit) {
    Pair information{};
    std::array<double, 2> score{};
    for (std::size_t k = 0; k < fit.ridit.size(); ++k) {
        const double x = fit.ridit[k];
        const double fitted = fit.at(x);
        const double curvature = fit.weight[k] * fitted * (1.0 - fitted);
        const double residual = fit.weight[k] * (fit.value[k] - fitted);
        information[0] += curvature;
        information[1] += curvature * x;
        information[2] += curvature * x * x;
        score[0] += residual;
        score[1] += residual * x;
    }
    fit.inverse = inverse_of(information);
    return {fit.inverse[0] * score[0] + fit.inverse[1] * score[1],
            fit.inverse[1] * score[0] + fit.inverse[2] * score[1]};
}

}  // namespace

double RankFit::at(double x) const {
    const double eta = intercept + slope * x;
    return logit ? logistic(eta) : eta;
}

std::optional<RankFit> fit_logit(std::vector<double> ridit, std::vector<double> share,
                                 std::vector<double> weight) {
    RankFit fit;
    fit.ridit = std::move(ridit);
    fit.value = std::move(share);
    fit.weight = std::move(weight);
    double sum = 0.0, total = 0.0;
    for (std::size_t k = 0; k < fit.value.size(); ++k) {
        sum += fit.weight[k] * fit.value[k];
        total += fit.weight[k];
    }
    fit.intercept = std::log(sum / (total - sum));
    constexpr int most_steps = 60;
    for (int i = 0; i < most_steps; ++i) {
        const auto [by_intercept, by_slope] = step(fit);
        fit.intercept += by_intercept;
        fit.slope += by_slope;
        if (!std::isfinite(fit.intercept) || !std::isfinite(fit.slope)) return std::nullopt;
        if (std::abs(by_intercept) + std::abs(by_slope) < 1e-10) {
            step(fit);  // the information at the very end
            return fit;
        }
    }
    return std::nullopt;
}

std::optional<RankFit> fit_line(std::vector<double> ridit, std::vector<double> value,
                                std::vector<double> weight) {
    RankFit fit;
    fit.logit = false;
    fit.ridit = std::move(ridit);
    fit.value = std::move(value);
    fit.weight = std::move(weight);
    Pair information{};
    std::array<double, 2> product{};
    for (std::size_t k = 0; k < fit.ridit.size(); ++k) {
        const double x = fit.ridit[k];
        information[0] += fit.weight[k];
        information[1] += fit.weight[k] * x;
        information[2] += fit.weight[k] * x * x;
        product[0] += fit.weight[k] * fit.value[k];
        product[1] += fit.weight[k] * fit.value[k] * x;
    }
    fit.inverse = inverse_of(information);
    fit.intercept = fit.inverse[0] * product[0] + fit.inverse[1] * product[1];
    fit.slope = fit.inverse[1] * product[0] + fit.inverse[2] * product[1];
    if (!std::isfinite(fit.intercept) || !std::isfinite(fit.slope)) return std::nullopt;
    return fit;
}

std::array<double, 3> covariance(const RankFit& fit, const std::vector<double>& squared_noise) {
    Pair meat{};
    for (std::size_t k = 0; k < fit.ridit.size(); ++k) {
        const double x = fit.ridit[k];
        const double square = fit.weight[k] * fit.weight[k] * squared_noise[k];
        meat[0] += square;
        meat[1] += square * x;
        meat[2] += square * x * x;
    }
    const auto& b = fit.inverse;
    return {quadratic(meat, b[0], b[1]),
            b[0] * (meat[0] * b[1] + meat[1] * b[2]) + b[1] * (meat[1] * b[1] + meat[2] * b[2]),
            quadratic(meat, b[1], b[2])};
}

std::array<double, 3> residual_covariance(const RankFit& fit) {
    const auto n = static_cast<double>(fit.ridit.size());
    std::vector<double> squares;
    for (std::size_t k = 0; k < fit.ridit.size(); ++k) {
        const double residual = fit.value[k] - fit.at(fit.ridit[k]);
        squares.push_back(residual * residual * n / (n - 2.0));
    }
    return covariance(fit, squares);
}

double difference_error(const RankFit& fit, const std::array<double, 3>& covariance) {
    if (!fit.logit) return std::sqrt(covariance[2]);
    const double low = fit.at(0.0), high = fit.at(1.0);
    const double by_slope = high * (1.0 - high);
    return std::sqrt(quadratic(covariance, by_slope - low * (1.0 - low), by_slope));
}

double log_ratio_error(const RankFit& fit, const std::array<double, 3>& covariance) {
    const double low = fit.at(0.0), high = fit.at(1.0);
    if (!fit.logit) return std::sqrt(quadratic(covariance, 1.0 / high - 1.0 / low, 1.0 / high));
    return std::sqrt(quadratic(covariance, low - high, 1.0 - high));
}

namespace {

std::string no_order(const Groups& groups) {
    if (auto few = too_few(groups); !few.empty()) return few;
    return groups.ordered() ? "" : groups.order_fault;
}

std::string no_relative_order(const Groups& groups) {
    if (auto fault = no_order(groups); !fault.empty()) return fault;
    if (groups.mean_is_zero) return "zero mean";
    return groups.mean < 0.0 ? "negative mean" : "";
}

std::string no_bounded_order(const Groups& groups) {
    if (auto fault = no_relative_order(groups); !fault.empty()) return fault;
    if (!groups.scale) return "no scale is declared";
    // No value lies beyond the scale; the mean itself may miss its end by rounding.
    return groups.least() >= *groups.scale ? "the mean is the whole scale" : "";
}

std::string no_slope_ratio(const Groups& groups) {
    if (auto fault = no_order(groups); !fault.empty()) return fault;
    if (groups.least() < 0.0) return "negative value";
    return groups.least() == groups.greatest() ? "all values are equal" : "";
}

/// p_j (2 X_j - 1): what a point of group j adds to the absolute concentration index.
double concentration_weight(const Groups& groups, std::size_t k) {
    return groups.share[k] * (2.0 * groups.ridit[k] - 1.0);
}

std::vector<double> concentration_parts(const Groups& groups) {
    std::vector<double> parts;
    for (std::size_t k = 0; k < groups.count(); ++k)
        parts.push_back(concentration_weight(groups, k) * groups.value[k]);
    return parts;
}

double absolute_concentration(const Groups& groups) {
    return sum_over(groups, [&](std::size_t k) { return concentration_weight(groups, k) * groups.value[k]; });
}

double relative_concentration(const Groups& groups) { return absolute_concentration(groups) / groups.mean; }

double wagstaff(const Groups& groups) {
    return relative_concentration(groups) / (1.0 - groups.mean / *groups.scale);
}

double erreygers(const Groups& groups) { return 4.0 * absolute_concentration(groups) / *groups.scale; }

/// By the errors of the groups, with the derivative by the value of each.
template <class Derivative>
double propagate(const Groups& groups, Derivative&& derivative) {
    return std::sqrt(sum_over(groups, [&](std::size_t k) {
        const double part = derivative(k) * groups.error[k];
        return part * part;
    }));
}

double absolute_concentration_error(const Groups& groups) {
    return propagate(groups, [&](std::size_t k) { return concentration_weight(groups, k); });
}

double relative_concentration_error(const Groups& groups) {
    const double index = relative_concentration(groups);
    return propagate(groups, [&](std::size_t k) {
        return (concentration_weight(groups, k) - index * groups.share[k]) / groups.mean;
    });
}

double wagstaff_error(const Groups& groups) {
    const double index = wagstaff(groups);
    const double share = groups.mean / *groups.scale;
    return propagate(groups, [&](std::size_t k) {
        return (concentration_weight(groups, k) - index * groups.share[k] * (1.0 - 2.0 * share)) /
               (groups.mean * (1.0 - share));
    });
}

double erreygers_error(const Groups& groups) {
    return 4.0 * absolute_concentration_error(groups) / *groups.scale;
}

/// Without an order of its own, the values are their order.
std::string no_extended(const Groups& groups) {
    if (auto few = too_few(groups); !few.empty()) return few;
    if (groups.least() < 0.0) return "negative value";
    return groups.mean_is_zero ? "zero mean" : "";
}

/// Integral of nu (1 - R)^(nu - 1) over the people of each group: what counts more, the further down a group
/// is. Groups of one rank share what falls to all their people. The weights add up to 1 at any aversion, so
/// that equal values give 0; nu p_j (1 - X_j)^(nu - 1), at the middle of each group, does so for nu = 2 only
/// and leaves the index at nu = 3 too large by 1/4 sum p_j^3 y_j / mean.
std::vector<double> extended_weights(const Groups& groups) {
    const double nu = groups.concentration_aversion;
    const auto ridit = groups.ordered() ? groups.ridit : ridits_by(groups, groups.value);
    std::map<double, double> people;  // of each rank
    for (std::size_t k = 0; k < groups.count(); ++k)
        people[ridit[k]] += groups.share[k];
    std::vector<double> weights;
    for (std::size_t k = 0; k < groups.count(); ++k) {
        const double together = people.at(ridit[k]);
        const double before = 1.0 - ridit[k] + together / 2.0;
        const double after = std::max(0.0, before - together);
        weights.push_back(groups.share[k] / together * (std::pow(before, nu) - std::pow(after, nu)));
    }
    return weights;
}

double extended_concentration(const Groups& groups) {
    const auto weights = extended_weights(groups);
    return 1.0 - sum_over(groups, [&](std::size_t k) { return weights[k] * groups.value[k]; }) / groups.mean;
}

double extended_concentration_error(const Groups& groups) {
    const auto weights = extended_weights(groups);
    const double rest = 1.0 - extended_concentration(groups);
    return propagate(groups,
                     [&](std::size_t k) { return (rest * groups.share[k] - weights[k]) / groups.mean; });
}

std::string aversion(const Groups& groups) {
    return fmt::format("aversion {}, by {}", groups.concentration_aversion,
                       groups.ordered() ? "the order of the regions" : "the values' own order");
}

bool in_order(const Groups& groups) { return groups.ordered(); }

double nothing() { return std::numeric_limits<double>::quiet_NaN(); }

/// What one of the scale is in the fit.
double unit_of(const RankFit& fit, const Groups& groups) { return fit.logit ? *groups.scale : 1.0; }

double slope_index(const Groups& groups) {
    const auto fit = fit_ranks(groups);
    return fit ? fit->difference() * unit_of(*fit, groups) : nothing();
}

double relative_index(const Groups& groups) {
    const auto fit = fit_ranks(groups);
    // A straight line may reach zero before the end.
    return fit && fit->at(0.0) > 0.0 && fit->at(1.0) > 0.0 ? fit->ratio() : nothing();
}

std::vector<double> squared_errors(const RankFit& fit, const Groups& groups) {
    std::vector<double> squares;
    for (const double error : groups.error)
        squares.push_back(std::pow(error / unit_of(fit, groups), 2));
    return squares;
}

double slope_index_error(const Groups& groups) {
    const auto fit = fit_ranks(groups);
    if (!fit) return nothing();
    return difference_error(*fit, covariance(*fit, squared_errors(*fit, groups))) * unit_of(*fit, groups);
}

double relative_index_error(const Groups& groups) {
    const auto fit = fit_ranks(groups);
    return fit ? log_ratio_error(*fit, covariance(*fit, squared_errors(*fit, groups))) : nothing();
}

std::string shape(const Groups& groups) { return groups.scale ? "" : "straight line: no scale is declared"; }

bool always(const Groups& /*groups*/) { return true; }

const MeasureKind kinds[] = {
    {"ACI", "points", no_order, absolute_concentration, concentration_parts, absolute_concentration_error,
     always},
    {"RCI", "fraction", no_relative_order, relative_concentration, nullptr, relative_concentration_error,
     always},
    {"SII", "points", no_order, slope_index, nullptr, slope_index_error, always, false,
     -std::numeric_limits<double>::infinity(), nullptr, shape},
    {"RII", "ratio", no_slope_ratio, relative_index, nullptr, relative_index_error, always, true, 0.0,
     nullptr, shape},
    {"WAGSTAFF", "fraction", no_bounded_order, wagstaff, nullptr, wagstaff_error, always},
    {.code = "SGINI",
     .unit = "fraction",
     .undefined = no_extended,
     .value = extended_concentration,
     .error = extended_concentration_error,
     .plain = in_order,
     .remark = aversion},
    {"ERREYGERS", "fraction", no_bounded_order, erreygers, nullptr, erreygers_error, always},
};

}  // namespace

std::span<const MeasureKind> ordered_kinds() { return kinds; }

std::optional<RankFit> fit_ranks(const Groups& groups) {
    if (!groups.scale) return fit_line(groups.ridit, groups.value, groups.share);
    auto shares = groups.value;
    for (double& share : shares)
        share /= *groups.scale;
    return fit_logit(groups.ridit, std::move(shares), groups.share);
}

double concentration_regression_error(const Groups& groups) {
    const double variance =
        sum_over(groups, [&](std::size_t k) { return groups.share[k] * std::pow(groups.ridit[k] - 0.5, 2); });
    auto values = groups.value;
    for (double& value : values)
        value *= 2.0 * variance;
    const auto fit = fit_line(groups.ridit, std::move(values), groups.share);
    if (!fit) return nothing();
    const double residuals = sum_over(groups, [&](std::size_t k) {
        return groups.share[k] * std::pow(fit->value[k] - fit->at(groups.ridit[k]), 2);
    });
    return std::sqrt(residuals / static_cast<double>(groups.count() - 2) * fit->inverse[2]);
}

}  // namespace tendik::stats
