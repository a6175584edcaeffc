#pragma once

#include <optional>
#include <span>

namespace tendik::precision {

/// Ends of a 95 % interval.
struct Interval {
    double lower = 0.0;
    double upper = 0.0;
};

/// Wilson, JASA 22:209, 1927, without continuity correction, of a proportion in [0, 1] on the effective
/// number of cases, above 0: n / deff, or p (1 - p) / s^2. Within [0, 1]; has a width at 0 and 1, too.
Interval wilson(double proportion, double effective_n);

/// Symmetric about the logarithm of the odds (Korn & Graubard, Analysis of Health Surveys, 1999, 3.4).
/// Within (0, 1). Nothing at 0 and 1, whose odds have no logarithm.
std::optional<Interval> logit(double proportion, double effective_n);

/// s = sqrt(deff p (1 - p) / n) of a proportion. At 0 and 1, where that says 0, the width of Wilson's
/// interval over 2 z: not having met a case is no certainty.
double proportion_error(double proportion, double n, double design_effect);

/// Exact interval of a Poisson count (Garwood, Biometrika 28:437, 1936): gamma quantiles of shape x and x
/// + 1. `events` 0 or more.
Interval garwood(double events);

/// Of a weighted sum of counts, such as a standardised rate (Fay & Feuer, Statistics in Medicine 16:791,
/// 1997): gamma quantiles with the mean and the variance of the sum, the upper end with one event more in the
/// heaviest stratum. For one stratum that of Garwood times the weight. `weights` above 0, parallel to
/// `events`; throws std::invalid_argument otherwise.
Interval fay_feuer(std::span<const double> events, std::span<const double> weights);

/// Distribution function of the gamma distribution with scale 1, by series and continued fraction, and its
/// inverse for 0 < p < 1. `shape` above 0. Relative error about 1e-13.
double gamma_probability(double shape, double x);
double gamma_quantile(double shape, double p);

}  // namespace tendik::precision
