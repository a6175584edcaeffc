#pragma once

#include "tendik/base/progress.h"
#include "tendik/model/arcs.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/context.h"
#include "tendik/style/colour.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tendik {

struct RasterPyramidOptions {
    std::uint32_t min_zoom = 0;
    std::uint32_t max_zoom = 6;
    std::uint32_t tile_size_px = 256;  ///< 256 or 512
    std::uint32_t oversampling = 4;
    std::size_t jobs = 0;
    std::string attribution;
    std::string description;
    /// Neighbours below the regions, water over them and below their borders; null: the ground stays
    /// transparent. Only tiles that regions meet are made.
    const std::vector<ContextLayer>* context = nullptr;
};

/// One coloured map: the regions' colours and where it goes.
struct RasterTarget {
    std::filesystem::path target;  ///< .mbtiles, or a folder z/x/y.png with tiles.json
    std::string name;
    std::vector<Colour> colours;  ///< parallel to the regions
    Colour border;
    std::vector<bool> hatched = {};  ///< parallel to the regions; empty: none
};

namespace tiles {

/// Paints the region indices of each tile once and colours them for every target. PNG, transparent outside of
/// the regions unless context is drawn there, borders drawn over the fills (dashed for generalised outlines).
/// Boundaries in lon/lat degrees. Equal input gives equal bytes at any number of jobs.
void write_raster_pyramids(const std::vector<RasterTarget>& targets, const Boundaries& boundaries,
                           const ArcNetwork& network, const RasterPyramidOptions& options,
                           Progress& progress);

}  // namespace tiles
}  // namespace tendik
