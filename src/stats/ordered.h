#pragma once

#include "groups.h"

#include <array>
#include <optional>
#include <vector>

namespace tendik::stats {

/// Values on ridits: a logistic curve through shares of 0 .. 1, or a straight line.
struct RankFit {
    bool logit = true;
    double intercept = 0.0;
    double slope = 0.0;
    std::vector<double> ridit{};
    std::vector<double> value{};
    std::vector<double> weight{};
    std::array<double, 3> inverse{};  ///< of the information matrix: (0,0), (0,1), (1,1)

    double at(double x) const;  ///< fitted value at ridit x
    double difference() const { return at(1.0) - at(0.0); }
    double ratio() const { return at(1.0) / at(0.0); }
};

/// Weighted maximum likelihood of shares in 0 .. 1 that need not be counts of whole people; none where the
/// curve does not settle (all shares 0 or 1).
std::optional<RankFit> fit_logit(std::vector<double> ridit, std::vector<double> share,
                                 std::vector<double> weight);
/// Weighted least squares.
std::optional<RankFit> fit_line(std::vector<double> ridit, std::vector<double> value,
                                std::vector<double> weight);

/// Variance of what is squared in `noise`, for each value, carried to the two coefficients (sandwich).
std::array<double, 3> covariance(const RankFit& fit, const std::vector<double>& squared_noise);
/// The same from the residuals, times n / (n - 2) (HC1; MacKinnon & White 1985).
std::array<double, 3> residual_covariance(const RankFit& fit);

/// Standard error of at(1) - at(0), and of ln(at(1) / at(0)), by the delta method.
double difference_error(const RankFit& fit, const std::array<double, 3>& covariance);
double log_ratio_error(const RankFit& fit, const std::array<double, 3>& covariance);

/// The curve of SII and RII: logit where a scale is declared, else a line; groups weigh by their people.
std::optional<RankFit> fit_ranks(const Groups& groups);

/// Standard error of ACI out of the scatter about the "convenient regression" (Kakwani, Wagstaff & van
/// Doorslaer 1997), with k - 2 degrees of freedom; that of RCI is it over the mean.
double concentration_regression_error(const Groups& groups);

}  // namespace tendik::stats
