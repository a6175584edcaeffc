#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/texts.h"
#include "tendik/prepare/prepare.h"
#include "tendik/trends/trends.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// What of `tendik trend` is asked for.
struct TrendChoice {
    bool over_breaks = false;  ///< years on both sides of a break are one series
    std::optional<double> target = {};
    std::optional<int> target_year = {};
    /// What the last year is compared with: "national" (the published figure, else the mean), "best" (the
    /// best region) or a number; empty: nothing.
    std::string benchmark = {};
};

/// What the last year is compared with.
enum class Benchmark : std::uint8_t { none, published, mean, region, number };

/// One series of one indicator over its years.
struct TrendStudy {
    std::size_t first_layer = 0;  ///< index into Atlas::layers: names, unit, direction, boundaries
    std::vector<int> years;
    std::vector<std::optional<double>> means;  ///< of the regions, parallel to the years
    std::vector<MeasureTrend> measures;
    Convergence convergence;
    Pace of_mean;
    std::vector<Pace> of_regions;  ///< parallel to the regions
    TrendGoals goals;
    Benchmark benchmark_kind = Benchmark::none;
    Texts benchmark_region;   ///< its name, where it is one
    std::string benchmark;    ///< what it is, in English words
    std::vector<int> breaks;  ///< years in which a new series begins inside of this one (over_breaks)
};

namespace study {

/// Every series of two years or more, in the order of the atlas; one that has a single year is the note
/// "one-year". Totals and figures of some regions only are no series. Inherited values count nowhere. Throws
/// UsageError: a benchmark that is no number nor word, a target year without a target, "best" of a neutral
/// indicator; InputError: no series at all, and as trends::pace_of().
std::vector<TrendStudy> follow(const Prepared& prepared, const TrendChoice& choice, Findings& findings);

}  // namespace study
}  // namespace tendik
