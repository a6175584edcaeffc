#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/plan/plan.h"
#include "tendik/prepare/prepare.h"
#include "tendik/tiles/vector_pyramid.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace tendik::run {

/// The whole atlas into `folder`, which appears only when it is whole and replaces only an atlas of ours.
/// Returns what was computed. Throws Error; then the old folder stands untouched.
Prepared run(const Plan& plan, const std::filesystem::path& folder, const std::filesystem::path& data_folder,
             Progress& progress, Findings& findings);

/// The layers of the atlas as one file; the format follows the ending.
/// What the format could not keep becomes findings (see io/write_layers.h).
void write_joined(const Prepared& prepared, const std::filesystem::path& target, const Crs& crs,
                  Findings& findings);

/// What the regions make of their parents, as a layer of the parents. Throws InputError where the boundaries
/// have none.
void write_rolled_up(const Prepared& prepared, const std::filesystem::path& target, const Crs& crs,
                     Findings& findings);

/// Zonal statistics or exposure as a file: .json and .csv as they are printed, else a layer of the regions.
void write_raster_table(const ZonalTable& table, const Boundaries& boundaries,
                        const std::filesystem::path& target, const Crs& crs, const std::string& schema,
                        Findings& findings);

/// One pyramid: vector tiles of the first boundaries with all their layers as properties, or raster tiles of
/// the first layer.
enum class TileKind : std::uint8_t { vector, raster };
PyramidReport write_tiles(const Plan& plan, const Prepared& prepared, TileKind kind,
                          const std::filesystem::path& target, const std::filesystem::path& data_folder,
                          Progress& progress);

}  // namespace tendik::run
