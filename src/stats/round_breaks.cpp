#include "round_breaks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>

namespace tendik::stats {
namespace {

constexpr int most_decimals = 15;

/// The decimal number `steps` / `scale`: a division rounds once, so it is the double that the decimal reads
/// as.
double decimal(double steps, double scale) { return steps / scale; }

/// The decimal nearest to `wanted` in [lower, upper).
std::optional<double> decimal_between(double wanted, double lower, double upper, double scale) {
    const double steps = std::round(wanted * scale);
    for (const double step : {0.0, -1.0, 1.0}) {
        const double candidate = decimal(steps + step, scale);
        if (candidate >= lower && candidate < upper) return candidate;
    }
    return std::nullopt;
}

double decimal_at_or_below(double number, double scale) {
    const double steps = std::round(number * scale);
    return decimal(steps, scale) <= number ? decimal(steps, scale) : decimal(steps - 1.0, scale);
}

double decimal_at_or_above(double number, double scale) {
    const double steps = std::round(number * scale);
    return decimal(steps, scale) >= number ? decimal(steps, scale) : decimal(steps + 1.0, scale);
}

std::optional<std::vector<double>> rounded_to(std::span<const double> ascending,
                                              const std::vector<double>& breaks, double scale) {
    std::vector<double> rounded{decimal_at_or_below(breaks.front(), scale)};
    for (std::size_t k = 1; k + 1 < breaks.size(); ++k) {
        const auto above = std::ranges::upper_bound(ascending, breaks[k]);
        const double lower = above == ascending.begin() ? breaks.front() : *std::prev(above);
        const double upper = above == ascending.end() ? breaks.back() : *above;
        const auto inner = decimal_between(breaks[k], lower, upper, scale);
        if (!inner) return std::nullopt;
        rounded.push_back(*inner);
    }
    rounded.push_back(decimal_at_or_above(breaks.back(), scale));
    if (std::ranges::adjacent_find(rounded, std::greater_equal<>{}) != rounded.end()) return std::nullopt;
    return rounded;
}

}  // namespace

std::vector<double> round_breaks(std::span<const double> ascending, const std::vector<double>& breaks) {
    if (breaks.front() == breaks.back()) return breaks;
    const double largest = std::max(std::abs(breaks.front()), std::abs(breaks.back()));
    double scale = 1.0;
    for (int decimals = 0; decimals <= most_decimals; ++decimals, scale *= 10.0) {
        // Beyond 2^53 steps there is no digit left to round.
        if (largest * scale > 1.0 / std::numeric_limits<double>::epsilon()) break;
        if (auto rounded = rounded_to(ascending, breaks, scale)) return *rounded;
    }
    return breaks;
}

}  // namespace tendik::stats
