#pragma once

#include "tendik/base/finding.h"
#include "tendik/surface/stations.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tendik {

/// Pairs of stations at about one distance.
struct VariogramBin {
    std::size_t pairs = 0;      ///< at least 1; empty bins are left out
    double distance_m = 0.0;    ///< mean over the pairs
    double semivariance = 0.0;  ///< half the mean squared difference, in squared units of the value
};

/// With h the distance and a the range, the share of the sill that is reached:
enum class VariogramShape : std::uint8_t {
    spherical,    ///< 1.5 h/a - 0.5 (h/a)^3, 1 from a on
    exponential,  ///< 1 - exp(-h/a)
    gaussian,     ///< 1 - exp(-(h/a)^2)
    matern,       ///< 1 - 2^(1-k)/Gamma(k) (h/a)^k K_k(h/a) for a smoothness k of 0.5, 1.5 or 2.5
};

/// "spherical", "exponential", "gaussian", "matern".
std::string_view to_text(VariogramShape shape);
std::optional<VariogramShape> variogram_shape_from_text(std::string_view text);

/// The formulas of Pebesma's gstat ("Sph", "Exp", "Gau", "Mat"), so that parameters can be compared.
struct VariogramModel {
    VariogramShape shape = VariogramShape::spherical;
    double nugget = 0.0;        ///< all of what differs at no distance: error of measurement and small scale
    double partial_sill = 0.0;  ///< what grows with distance
    double range_m = 1.0;       ///< a above; above 0
    double smoothness = 1.5;    ///< of the Matern shape: 0.5, 1.5 or 2.5
    friend bool operator==(const VariogramModel&, const VariogramModel&) = default;
};

struct VariogramOptions {
    std::size_t bins = 15;
    std::optional<double> cutoff_m = {};  ///< absent: a third of the diagonal of the stations' box
    /// Absent: that of spherical, exponential and Matern which leaves the smallest sum of squares. The
    /// Gaussian one is only taken by name: it makes the equations nearly singular.
    std::optional<VariogramShape> shape = {};
    double smoothness = 1.5;
};

struct FittedVariogram {
    VariogramModel model;
    double squares = 0.0;  ///< weighted sum of squares, sum N/h^2 (semivariance - model)^2
    double cutoff_m = 0.0;
    std::vector<VariogramBin> bins;
};

namespace surface {

/// The semivariance of a model at a distance above 0.
double semivariance(const VariogramModel& model, double distance_m);

/// Matheron's estimator over pairs up to the cutoff, in intervals (lower, upper] of equal width. Distances on
/// the ellipsoid for degrees, else straight. Needs placed stations.
std::vector<VariogramBin> empirical_variogram(const Stations& stations, std::size_t bins, double cutoff_m);

/// Weighted least squares with weights N/h^2 (Cressie 1985; gstat's fit.method 7). `least_nugget`: the known
/// error variance, of which the nugget cannot be smaller. For each range the best nugget and sill (not below
/// 0) follow directly; the range is sought between half the shortest distance and ten times the longest.
FittedVariogram fit_variogram(std::span<const VariogramBin> bins, const VariogramOptions& options,
                              double least_nugget);

/// Both. Throws InputError for fewer than 3 bins with pairs and for options out of their range. Findings:
/// "no-dependence" (the fit is nugget alone), "no-sill" (it grows to the end of what was sought),
/// "error-exceeds-nugget" (the bins ask for a nugget smaller than the known error).
FittedVariogram find_variogram(const Stations& stations, const VariogramOptions& options, Findings& findings);

}  // namespace surface
}  // namespace tendik
