#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/raster.h"
#include "tendik/raster/zonal.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
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

/// The chance, in each cell, that what is there lies above a level, where it is known as a value with a
/// standard error: with m the value, s the error and Phi the normal distribution 1 - Phi((T - m) / s); for
/// s = 0 it is 1 above T, else 0. First the band "error" (s itself), then "above_T" for each level. Both
/// rasters have one band on the same grid, and outlive the result. Throws InputError, also on reading when
/// an error is below 0.
std::unique_ptr<RasterSource> chances_above(const RasterSource& value, const RasterSource& error,
                                            std::span<const double> levels);

/// Puts behind the columns of each population of expose() what the errors of the cells leave open:
///   NAME_mean_error sum P s / sum P. The standard error of NAME_mean when the errors of all cells go
///     together, and more than it when they do not: sd(sum w C) <= sum w sd(C).
///   NAME_chance_above_T sum P Pr(C > T) / sum P: the chance that one of the region's people, drawn by lot,
///     breathes more than T, whatever the errors of neighbouring cells have in common.
///   NAME_chance_A_to_B the same between two thresholds (up_to, over at the ends); they add up to 1.
///   NAME_expected_above_T people times chance.
/// Throws InputError as chances_above() and summarise().
void add_uncertainty(ZonalTable& table, const RasterSource& exposure, const RasterSource& error,
                     const std::vector<PopulationRaster>& populations, const Boundaries& boundaries,
                     const ExposureOptions& options, Progress& progress);

}  // namespace raster
}  // namespace tendik
