#pragma once

#include "tendik/model/boundaries.h"
#include "tendik/model/value.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendik {

/// One number about all regions of one layer. An undefined one has no value and a note that says why.
struct Measure {
    std::string code;  ///< D, R, BGV, BGSD, COV, TI, MLD, GINI, ...
    std::optional<double> value;
    std::string unit;  ///< "points", "ratio", "percent", "x1000", ...
    std::string note;
};

/// What one region has to do with the measures.
struct RegionShare {
    RegionIndex region{};
    Value value;
    std::optional<double> weight_share;                        ///< p_j of the regions that count
    std::optional<double> gap;                                 ///< y_j - mean
    std::optional<double> relative_gap;                        ///< y_j / mean
    std::vector<std::pair<std::string, double>> contribution;  ///< by code; signed
};

/// Everything that `tendik measure` says of one layer.
struct Measures {
    std::size_t counted = 0;            ///< regions with a value and a weight
    std::vector<RegionIndex> left_out;  ///< regions without
    bool weighted = false;
    std::optional<double> mean;          ///< weighted by population where weights are given
    std::optional<double> sum;           ///< of a total or count; such a layer has neither mean nor measures
    std::optional<RegionIndex> highest;  ///< the first of equal ones
    std::optional<RegionIndex> lowest;
    std::optional<RegionIndex> worst;  ///< none where the indicator has no good or bad end
    std::optional<RegionIndex> best;
    std::vector<Measure> measures;
    std::vector<RegionShare> regions;  ///< parallel to the regions

    const Measure* find(std::string_view code) const;
};

/// The change of a measure between two layers of one series.
struct Change {
    int from_year = 0;
    int to_year = 0;
    double absolute_before = 0.0;  ///< D
    double absolute_after = 0.0;
    std::optional<double> relative_before;  ///< R
    std::optional<double> relative_after;
};

/// Which way a distance between regions went.
enum class Trend : std::uint8_t { narrowed, unchanged, widened };
std::string_view to_text(Trend trend);

/// Less than half of the last shown digit is no change. `decimals` >= 0.
Trend trend_between(double before, double after, int decimals);

}  // namespace tendik
