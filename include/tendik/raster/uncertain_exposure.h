#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/raster.h"
#include "tendik/raster/exposure.h"

#include <memory>
#include <span>
#include <vector>

namespace tendik::raster {

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

}  // namespace tendik::raster
