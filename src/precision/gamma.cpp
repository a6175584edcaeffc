// The gamma distribution: what exact intervals of counts are made of.
#include "tendik/base/random.h"
#include "tendik/precision/intervals.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tendik::precision {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr int most_terms = 1'000'000;  // some ten times the root of the shape are needed

/// x^shape e^-x / gamma(shape): the density times x.
double density_times(double shape, double x) {
    return std::exp(shape * std::log(x) - x - std::lgamma(shape));
}

/// Lower tail by its series (Abramowitz & Stegun 6.5.29).
double lower_by_series(double shape, double x) {
    double term = 1.0 / shape, sum = term;
    for (int k = 1; k < most_terms && term > sum * epsilon; ++k) {
        term *= x / (shape + k);
        sum += term;
    }
    return sum * density_times(shape, x);
}

/// Upper tail by its continued fraction (6.5.31), by Lentz's method.
double upper_by_fraction(double shape, double x) {
    constexpr double tiny = std::numeric_limits<double>::min() / epsilon;
    double b = x + 1.0 - shape;
    double c = 1.0 / tiny, d = 1.0 / b, value = d;
    for (int k = 1; k < most_terms; ++k) {
        const double a = -k * (k - shape);
        b += 2.0;
        d = a * d + b;
        if (std::abs(d) < tiny) d = tiny;
        c = b + a / c;
        if (std::abs(c) < tiny) c = tiny;
        d = 1.0 / d;
        value *= d * c;
        if (std::abs(d * c - 1.0) < epsilon) break;
    }
    return value * density_times(shape, x);
}

/// Wilson & Hilferty 1931: the cube root is nearly normal. For small shapes the first term of the series.
double first_guess(double shape, double p) {
    const double ninth = 1.0 / (9.0 * shape);
    const double root = 1.0 - ninth + normal_quantile(p) * std::sqrt(ninth);
    if (shape > 1.0 && root > 0.1) return shape * root * root * root;
    return std::exp((std::log(p) + std::lgamma(shape + 1.0)) / shape);
}

}  // namespace

double gamma_probability(double shape, double x) {
    if (!(x > 0.0)) return 0.0;
    return x < shape + 1.0 ? lower_by_series(shape, x) : 1.0 - upper_by_fraction(shape, x);
}

double gamma_quantile(double shape, double p) {
    double x = first_guess(shape, p), low = x, high = x;
    while (gamma_probability(shape, low) > p)
        low /= 2.0;
    while (gamma_probability(shape, high) < p)
        high *= 2.0;
    // Newton over log x, which may be far below 1; where a step leaves the bracket, its middle.
    for (int step = 0; step < 200; ++step) {
        const double excess = gamma_probability(shape, x) - p;
        (excess > 0.0 ? high : low) = x;
        double next = x * std::exp(-excess / density_times(shape, x));
        if (!(next > low && next < high)) next = std::sqrt(low) * std::sqrt(high);
        const bool settled = std::abs(next - x) <= 4.0 * epsilon * x;
        x = next;
        if (settled || high - low <= 2.0 * epsilon * high) break;
    }
    return x;
}

}  // namespace tendik::precision
