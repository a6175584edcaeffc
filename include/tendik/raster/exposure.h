#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/raster.h"
#include "tendik/raster/zonal.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// A raster that counts people: all, children, urban, rural.
struct PopulationRaster {
    std::string name;  ///< begins the names of its columns
    const RasterSource* raster = nullptr;
};

struct ExposureOptions {
    std::vector<double> thresholds = {5.0, 10.0, 15.0, 25.0, 35.0};  ///< ascending, in the unit of the raster
    std::vector<double> quantiles = {0.1, 0.5, 0.9};
    bool distribution = true;  ///< quantiles and Gini coefficients; they need every different value in memory
    CoverMethod method = CoverMethod::exact;
    std::size_t max_memory_bytes = std::size_t{512} << 20U;
    std::size_t jobs = 0;
};

namespace raster {

/// "who-pm25": the WHO air quality guideline of 2021 for the annual mean of PM2.5 and its interim targets 4
/// to 1, in ug/m3: 5, 10, 15, 25, 35. None for another name.
std::optional<std::vector<double>> threshold_preset(std::string_view name);

/// How much each region's people are exposed to what the raster holds, one row a region. Cells of the
/// population are cut by those of the exposure: people are taken to be spread evenly in a cell. With C the
/// exposure and P the people of a piece, the columns of each population are
///   NAME people in the region, NAME_without_exposure those where the raster has no data,
///   NAME_mean sum P C / sum P, NAME_above_T the people where C > T, NAME_share_above_T their share of those
///   with an exposure, NAME_A_to_B the people where A < C <= B (up_to, over at the ends),
///   NAME_quantile_Q of C by people, NAME_gini of C among people (see distribution.h);
/// before them `mean`, that of the cells by surface, and behind the shares of zonal statistics.
/// Findings as for zonal statistics; "coarse-grid" also for cells of the population, "people-off-raster".
/// Throws InputError: thresholds that do not ascend, a population below 0 (the cell is named) or in another
/// CRS, two populations of one name, and as summarise().
ZonalTable expose(const RasterSource& exposure, const std::vector<PopulationRaster>& populations,
                  const Boundaries& boundaries, const ExposureOptions& options, Progress& progress,
                  Findings& findings);

}  // namespace raster
}  // namespace tendik
