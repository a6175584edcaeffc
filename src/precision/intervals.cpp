#include "tendik/precision/intervals.h"

#include "tendik/base/compensated_sum.h"
#include "tendik/base/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace tendik::precision {
namespace {

const double z = normal_quantile(0.975);
constexpr double tail = 0.025;

}  // namespace

Interval wilson(double proportion, double effective_n) {
    const double squared = z * z / effective_n;
    const double centre = (proportion + squared / 2.0) / (1.0 + squared);
    const double half =
        std::sqrt(squared * (proportion * (1.0 - proportion) + squared / 4.0)) / (1.0 + squared);
    // Rounding must not push an end over the edge that it lies on.
    return {proportion == 0.0 ? 0.0 : std::max(0.0, centre - half),
            proportion == 1.0 ? 1.0 : std::min(1.0, centre + half)};
}

std::optional<Interval> logit(double proportion, double effective_n) {
    if (!(proportion > 0.0 && proportion < 1.0)) return std::nullopt;
    const double odds = std::log(proportion / (1.0 - proportion));
    const double half = z / std::sqrt(effective_n * proportion * (1.0 - proportion));
    const auto back = [](double x) { return 1.0 / (1.0 + std::exp(-x)); };
    return Interval{back(odds - half), back(odds + half)};
}

double proportion_error(double proportion, double n, double design_effect) {
    if (proportion > 0.0 && proportion < 1.0)
        return std::sqrt(design_effect * proportion * (1.0 - proportion) / n);
    const auto [lower, upper] = wilson(proportion, n / design_effect);
    return (upper - lower) / (2.0 * z);
}

Interval garwood(double events) {
    return {events > 0.0 ? gamma_quantile(events, tail) : 0.0, gamma_quantile(events + 1.0, 1.0 - tail)};
}

Interval fay_feuer(std::span<const double> events, std::span<const double> weights) {
    if (events.size() != weights.size() || events.empty() ||
        !std::ranges::all_of(weights, [](double weight) { return weight > 0.0; }))
        throw std::invalid_argument(
            fmt::format("fay_feuer: {} counts, {} weights, all above zero", events.size(), weights.size()));
    CompensatedSum sum, variance;
    for (std::size_t i = 0; i < events.size(); ++i) {
        sum.add(weights[i] * events[i]);
        variance.add(weights[i] * weights[i] * events[i]);
    }
    const double heaviest = std::ranges::max(weights);
    const double y = sum.value(), v = variance.value();
    const double above = y + heaviest, spread = v + heaviest * heaviest;
    // A gamma of mean y and variance v has shape y^2 / v and scale v / y.
    return {y > 0.0 ? gamma_quantile(y * y / v, tail) * v / y : 0.0,
            gamma_quantile(above * above / spread, 1.0 - tail) * spread / above};
}

}  // namespace tendik::precision
