#pragma once

#include "tendik/base/linear_algebra.h"
#include "tendik/model/indicator.h"
#include "tendik/model/measure.h"
#include "tendik/model/value.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tendik {

/// What is known of one year of a series.
struct TrendYear {
    int year = 0;
    Column values;      ///< parallel to the regions, the same regions in all years
    Measures measures;  ///< of these values
};

/// One measure over the years.
struct MeasureTrend {
    std::string code;
    std::string unit;
    int from_year = 0;  ///< first and last year in which it has a value
    int to_year = 0;
    double before = 0.0;
    double after = 0.0;
    Trend direction = Trend::unchanged;
    std::optional<double> se = {};  ///< of the change (ratios: of their logarithms); where errors are known
    std::optional<double> z = {};   ///< of the change (ratios: of their logarithms); where errors are known
    std::optional<double> p = {};   ///< two-sided, samples of the two years independent
    std::optional<LineFit> line = {};  ///< the measure (ratios: its logarithm) on the year
};

/// Regions that convergence is told of, at the least.
inline constexpr std::size_t least_converging = 3;

/// Do the regions draw nearer to each other?
struct Convergence {
    std::vector<std::pair<int, double>> spread;  ///< of each year: standard deviation of ln y (n - 1)
    std::optional<LineFit> sigma;                ///< the spread on the year: falling means converging
    std::optional<LineFit> beta;  ///< growth a year of ln y on ln y of the first year: below 0 means catching
                                  ///< up
    std::optional<double> half_life_years;  ///< of the gaps at that pace; only where beta is below 0
    std::size_t counted = 0;                ///< regions with a value above zero in all years
    std::string note;                       ///< why something is not given
};

/// How fast one region goes, and how far it has to.
struct Pace {
    std::size_t years = 0;  ///< with a value
    std::optional<double> first = {};
    std::optional<double> last = {};
    /// Average annual rate of change in per cent, 100 (exp(b) - 1) with b the slope of ln y on the year
    /// (UNICEF's AARR is its negative); of two years the compound rate.
    std::optional<double> annual_change_percent = {};
    std::optional<double> to_target = {};  ///< last less target
    std::optional<bool> reached = {};  ///< the last value is no worse than the target; not where neither end
                                       ///< is bad
    /// A year, from the last year to the target year; none where the target is reached.
    std::optional<double> needed_change_percent = {};
    std::optional<bool> on_track = {};        ///< at its own pace the target is reached in time; none
                                              ///< where neither direction is good
    std::optional<double> to_benchmark = {};  ///< last less benchmark
    std::string note = {};
};

struct TrendGoals {
    Direction direction = Direction::adverse;
    std::optional<double> target = {};
    std::optional<int> target_year = {};
    std::optional<double> benchmark = {};
};

namespace trends {

/// Every measure that has a value in two years or more, in the order of the first year's. `decimals`: less
/// than half of the last shown digit is no change. Years ascending.
std::vector<MeasureTrend> follow_measures(const std::vector<TrendYear>& years, int decimals);

/// Sigma and beta convergence (Barro & Sala-i-Martin, J. Political Economy 100:223, 1992) of the regions with
/// a value of their own above zero in every year; three of them and two years at least, else a note.
/// Unweighted. Noise in the first year alone makes beta negative (regression to the mean): read it with
/// sigma.
Convergence converge(const std::vector<TrendYear>& years);

/// The pace of one region, or of the mean: (year, value) ascending; absent values are left out before. A
/// value of zero or below has no rate of change: a note. Throws InputError for a target year that is not
/// after the last year.
Pace pace_of(const std::vector<std::pair<int, double>>& values, const TrendGoals& goals);

}  // namespace trends
}  // namespace tendik
