#pragma once

#include "distances.h"
#include "tendik/base/linear_algebra.h"
#include "tendik/surface/interpolate.h"

#include <vector>

namespace tendik::surface {

/// The equations of ordinary kriging with all stations, factored once.
class Kriging {
public:
    /// Stations are placed; the model's nugget is not below the mean error variance. Throws InputError when
    /// the equations cannot be solved.
    Kriging(const Stations& stations, const VariogramModel& model);

    /// Values and standard errors at places, a few hundred at most in one call. Safe from several threads.
    void predict(const LocatedList& places, std::size_t first, std::span<double> values,
                 std::span<double> errors) const;
    LeaveOneOut leave_one_out(const Stations& stations) const;

private:
    void covariances(std::span<double> distances_m) const;  // in place

    Metric m_metric;
    VariogramModel m_model;
    double m_variance = 0.0;  // C(0), without error of measurement
    LocatedList m_places;
    CholeskyFactor m_factor;
    std::vector<double> m_ones;   // L^-1 1
    std::vector<double> m_duals;  // K^-1 (z - mean)
    double m_ones_square = 0.0;   // 1' K^-1 1
    double m_mean = 0.0;          // by generalised least squares
};

}  // namespace tendik::surface
