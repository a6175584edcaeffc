#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/raster.h"
#include "tendik/model/value.h"
#include "tendik/raster/coverage.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendik {

/// What cells without data mean for the figure of their region.
enum class NodataPolicy : std::uint8_t {
    skip,       ///< the figure is that of the cells with data
    propagate,  ///< a region with such cells has no figure
    bound,      ///< as skip, and beside it the lowest and highest figure that these cells could make of it
};

std::string_view to_text(NodataPolicy policy);
std::optional<NodataPolicy> nodata_policy_from_text(std::string_view text);

struct ZonalOptions {
    /// In the order of the output. Known: raster::zonal_statistics().
    std::vector<std::string> statistics = {"count", "sum", "mean", "min", "max"};
    std::vector<double> quantiles = {};  ///< each from 0 to 1
    CoverMethod method = CoverMethod::exact;
    NodataPolicy nodata = NodataPolicy::skip;
    NodataPolicy weight_nodata = NodataPolicy::skip;
    /// What cells without data may hold at most, for NodataPolicy::bound; absent: what the cells with data of
    /// all regions hold.
    std::optional<std::pair<double, double>> nodata_range = {};
    std::size_t max_memory_bytes = std::size_t{512} << 20U;
    std::size_t jobs = 0;  ///< 0: all cores
};

/// One statistic of all regions, in their order.
struct ZonalColumn {
    std::string name;       ///< "mean"; with several bands "BAND_mean"
    std::string statistic;  ///< "mean"
    std::string unit;       ///< of the raster where the statistic has its unit; may be empty
    Column values;          ///< missing: no cell with data; unmatched: the region lies off the raster
    std::vector<std::vector<double>> lists;  ///< instead of values: the different values of each region
};

struct ZonalTable {
    std::string raster;
    std::string weights;  ///< empty: none
    std::string key_column;
    std::vector<std::string> keys;
    CoverMethod method = CoverMethod::exact;
    std::vector<State> states;  ///< of each region
    std::vector<ZonalColumn> columns;

    /// The column of a name; none if there is no such.
    const ZonalColumn* find(std::string_view name) const;
};

namespace raster {

/// All statistics, in the order of the manual. With c the share of a cell, x its value, w its weight, over
/// the cells with data: count sum c; sum sum c x; mean; variance sum c (x - mean)^2 / sum c; stdev; cv
/// stdev/mean; min, max and the centres of their cells (the first in reading order), range; median and
/// quantiles (see distribution.h); mode and minority (ties: the higher, the lower value); variety and unique
/// values; frac, the share of each value; area_km2 of the cells with data on the ellipsoid WGS 84 (see
/// cell_area.h). weighted_... the same with c w for c: weighted_count sum c w, weighted_sum sum c w x.
const std::vector<std::string>& zonal_statistics();

/// One row for each region. Besides the statistics asked for: share_covered, the share of the region's
/// surface on the raster; share_without_data, the share on or off the raster without data; with weights
/// share_without_weight, of what has data. Weights come from a raster of one band and of the same CRS on any
/// grid: cells are cut by its lines, nothing is resampled.
/// Findings: "off-raster", "no-data", "partly-covered", "coarse-grid" (a region smaller than a cell),
/// "infinite-cell" (what it makes infinite is not applicable). Throws InputError: unknown statistic
/// (UsageError never), a weighted one without weights, weights in another CRS, below 0 or infinite, no region
/// on the raster, more than 1000 classes for frac, memory too small (says what is needed).
ZonalTable summarise(const RasterSource& values, const RasterSource* weights, const Boundaries& boundaries,
                     const ZonalOptions& options, Progress& progress, Findings& findings);

}  // namespace raster
}  // namespace tendik
