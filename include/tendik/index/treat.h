#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// When an indicator's outliers are tamed: both limits exceeded (Joint Research Centre, as in COINr).
struct TreatmentOptions {
    bool on = true;
    double skew_limit = 2.0;      ///< of |G1|
    double kurtosis_limit = 3.5;  ///< of G2
    /// Values that may be pulled in; absent: one for each ten regions, at least 1 and at most 5.
    std::optional<std::size_t> most_winsorised = {};
};

enum class TreatmentKind : std::uint8_t { none, winsorised, logarithm };
std::string_view to_text(TreatmentKind kind);

struct TreatedCell {
    std::size_t region = 0;
    double before = 0.0;
    double after = 0.0;
};

/// What was done to one indicator.
struct Treatment {
    TreatmentKind kind = TreatmentKind::none;
    std::optional<double> skew;  ///< G1 of the values as given; undefined below 3 values or where all equal
    std::optional<double> kurtosis;  ///< G2; undefined below 4 values or where all equal
    std::optional<double> skew_after;
    std::optional<double> kurtosis_after;
    bool within_limits = true;       ///< afterwards
    std::vector<TreatedCell> cells;  ///< every value that changed, in the order of the regions
};

namespace index {

/// Sample skewness G1 = n / ((n - 1)(n - 2)) sum ((x - mean) / s)^3 and excess kurtosis G2 = n(n + 1) /
/// ((n - 1)(n - 2)(n - 3)) sum ((x - mean) / s)^4 - 3 (n - 1)^2 / ((n - 2)(n - 3)), s with n - 1 (Joanes &
/// Gill, The Statistician 47:183, 1998). `values` without NaN.
std::optional<double> sample_skewness(const std::vector<double>& values);
std::optional<double> sample_kurtosis(const std::vector<double>& values);

/// Treats `values` (NaN: none, stays) in place. Where |G1| and G2 exceed both limits, the k most extreme
/// values of the skewed side become the next one, for the smallest k that brings them within the limits; when
/// no allowed k does, all values become ln(x - min + 0.01 (max - min)), mirrored for a negative skew:
/// -ln(max - x + 0.01 (max - min)). Order is kept; equal values may arise, but never of all.
Treatment treat(std::vector<double>& values, const TreatmentOptions& options);

}  // namespace index
}  // namespace tendik
