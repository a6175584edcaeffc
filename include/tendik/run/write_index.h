#pragma once

#include "tendik/base/finding.h"
#include "tendik/geom/crs.h"
#include "tendik/model/boundaries.h"
#include "tendik/score/score_index.h"

#include <filesystem>

namespace tendik::run {

/// Writes a scored index: .json and .csv as they are printed, else a layer of the regions with the columns of
/// the .csv (.gpkg .geojson .fgb .shp). `crs` is that of the layer; empty: that of the boundaries. Throws
/// InputError for an unknown ending and for a layer of regions without borders, SystemError when the file
/// cannot be written.
void write_index(const ScoredIndex& scored, const Boundaries& boundaries, const std::filesystem::path& target,
                 const Crs& crs, Findings& findings);

}  // namespace tendik::run
