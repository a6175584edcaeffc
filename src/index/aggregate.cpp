// Several scores become one.
#include "tendik/index/aggregate.h"

#include "numbers.h"

#include <cassert>
#include <cmath>

namespace tendik::index {
namespace {

/// Every mean is a generalised one but the geometric, the limit of power 0.
double power_of(Aggregation aggregation, double power) {
    if (aggregation == Aggregation::arithmetic) return 1.0;
    if (aggregation == Aggregation::geometric) return 0.0;
    return aggregation == Aggregation::harmonic ? -1.0 : power;
}

double weighted_sum(std::span<const double> values, std::span<const double> weights, auto&& term) {
    CompensatedSum sum;
    for (std::size_t i = 0; i < values.size(); ++i)
        sum.add(weights[i] * term(values[i]));
    return sum.value();
}

/// Sums of weights carry rounding: halves are told from more than halves beyond it.
constexpr double draw_tolerance = 1e-12;

}  // namespace

double mean_of_children(std::span<const double> values, std::span<const double> weights,
                        Aggregation aggregation, double power) {
    assert(aggregation != Aggregation::copeland && values.size() == weights.size());
    const double p = power_of(aggregation, power);
    if (p == 1.0) return weighted_sum(values, weights, [](double x) { return x; });
    if (p == 0.0) return std::exp(weighted_sum(values, weights, [](double x) { return std::log(x); }));
    return std::pow(weighted_sum(values, weights, [p](double x) { return std::pow(x, p); }), 1.0 / p);
}

std::vector<double> mean_gradient(std::span<const double> values, std::span<const double> weights,
                                  Aggregation aggregation, double power) {
    const double p = power_of(aggregation, power);
    std::vector<double> gradient(weights.begin(), weights.end());
    if (p == 1.0) return gradient;
    const double mean = mean_of_children(values, weights, aggregation, power);
    if (mean == 0.0) return gradient;  // all numbers are 0, and so is every part
    for (std::size_t i = 0; i < gradient.size(); ++i)
        gradient[i] *= std::pow(values[i] / mean, p - 1.0);
    return gradient;
}

std::vector<double> outranking_matrix(const std::vector<std::vector<double>>& columns,
                                      std::span<const double> weights) {
    const std::size_t n = columns.empty() ? 0 : columns.front().size();
    std::vector<double> matrix(n * n, no_number);
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b) {
            double won = 0.0;
            double all = 0.0;
            for (std::size_t c = 0; c < columns.size(); ++c) {
                const double first = columns[c][a];
                const double second = columns[c][b];
                if (a == b || !known(first) || !known(second)) continue;
                all += weights[c];
                won += first > second ? weights[c] : first == second ? weights[c] / 2.0 : 0.0;
            }
            if (all > 0.0) matrix[a * n + b] = won / all;
        }
    return matrix;
}

std::vector<double> copeland_scores(const std::vector<std::vector<double>>& columns,
                                    std::span<const double> weights) {
    const auto matrix = outranking_matrix(columns, weights);
    const std::size_t n = columns.empty() ? 0 : columns.front().size();
    std::vector<double> scores(n, no_number);
    for (std::size_t a = 0; a < n; ++a) {
        double won = 0.0;
        double duels = 0.0;
        for (std::size_t b = 0; b < n; ++b) {
            const double share = matrix[a * n + b];
            if (!known(share)) continue;
            duels += 1.0;
            won += share > 0.5 + draw_tolerance ? 1.0 : share < 0.5 - draw_tolerance ? 0.0 : 0.5;
        }
        if (duels > 0.0) scores[a] = won / duels;
    }
    return scores;
}

}  // namespace tendik::index
