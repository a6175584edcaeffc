#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/geom/grid.h"
#include "tendik/model/raster.h"
#include "tendik/surface/stations.h"
#include "tendik/surface/variogram.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

enum class SurfaceMethod : std::uint8_t {
    idw,      ///< inverse distance: sum d^-p z / sum d^-p; a station's own place holds its value
    kriging,  ///< ordinary kriging with all stations
};

/// "idw", "kriging".
std::string_view to_text(SurfaceMethod method);

struct SurfaceOptions {
    SurfaceMethod method = SurfaceMethod::kriging;
    double power = 2.0;  ///< p of inverse distance, above 0
    VariogramOptions variogram = {};
    std::optional<VariogramModel> model = {};  ///< instead of a fitted one
    std::size_t max_cells = 200'000'000;
    std::size_t jobs = 0;  ///< 0: all cores
};

/// What a station would be told from all others, under the same variogram.
struct LeftOut {
    std::string name;
    double value = 0.0;
    double predicted = 0.0;
    std::optional<double> error_sd;  ///< of the prediction of what would be measured; kriging only
    std::optional<double> z;         ///< (value - predicted) / error_sd
};

struct LeaveOneOut {
    std::vector<LeftOut> stations;
    double mean_error = 0.0;  ///< of value - predicted
    double rmse = 0.0;
    std::optional<double> mean_z;         ///< near 0 when the surface is not biased
    std::optional<double> mean_square_z;  ///< near 1 when its standard errors are right
};

/// A surface and how far it may be trusted.
struct Surface {
    MemoryRaster raster;  ///< NAME_modelled, with kriging also NAME_standard_error; both in the unit
    SurfaceMethod method = SurfaceMethod::kriging;
    std::optional<FittedVariogram> variogram;  ///< kriging only; without bins when the model was given
    LeaveOneOut left_out;
};

namespace surface {

/// Value and standard error at one place.
struct Prediction {
    double value = 0.0;
    double error_sd = 0.0;  ///< 0 for inverse distance, which knows none
};

/// Ordinary kriging: with C the covariances and e the known error variances, (C + e) l + m 1 = c and
/// sum l = 1; the value is l'z, its variance C(0) - l'c - m (Cressie 1993, 3.2 and 3.4). The part of the
/// nugget that is known error is filtered: predicted is what is, not what would be measured; the rest of the
/// nugget belongs to the place, so that a station without error gets its own value. Fewer than 8 stations or
/// equal values at all of them are refused, as find_variogram() refuses. A nugget smaller than the mean error
/// variance is InputError.
///
/// Distances are in metres: on degrees those of the ellipsoid WGS 84 by Lambert's formula of the first order
/// in the flattening (within 0.002 % up to 10,000 km), else straight ones. Rows are computed in parallel; the
/// same bits with any number of jobs.
/// Findings: those of the variogram, "station-off-grid", "large-errors" (mean z^2 outside 0.5 to 2).
/// Throws InputError: a grid without cells or with more than max_cells, stations as place_stations() refuses,
/// fewer than 3 for inverse distance, equations that cannot be solved.
Surface interpolate(const Stations& stations, const Grid& grid, const Crs& crs, const SurfaceOptions& options,
                    Progress& progress, Findings& findings);

/// The same at places in the CRS of the stations.
std::vector<Prediction> predict(const Stations& stations, std::span<const Point> places,
                                const SurfaceOptions& options, Findings& findings);

}  // namespace surface
}  // namespace tendik
