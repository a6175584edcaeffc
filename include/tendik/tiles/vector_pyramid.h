#pragma once

#include "tendik/base/progress.h"
#include "tendik/model/arcs.h"
#include "tendik/model/boundaries.h"
#include "tendik/tiles/vector_tile.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace tendik {

struct TileProperty {
    std::string name;
    std::vector<TileValue> values;  ///< parallel to the regions
};

struct VectorPyramidOptions {
    std::uint32_t min_zoom = 0;
    std::uint32_t max_zoom = 6;
    std::uint32_t extent = 4096;
    std::uint32_t buffer = 64;     ///< tile units beyond the edge
    double tolerance_units = 0.5;  ///< simplification, in tile units of the zoom
    std::size_t jobs = 0;
    std::string name = "tendik";
    std::string description;
    std::string attribution;
};

/// How the tiles came out: printed by `tiles --report`.
struct ZoomReport {
    std::uint32_t zoom = 0;
    std::size_t tile_count = 0;
    std::size_t largest_tile_bytes = 0;
    std::size_t vertex_count = 0;
    std::size_t regions_present = 0;
};

struct PyramidReport {
    std::vector<ZoomReport> zooms;
    std::size_t archive_bytes = 0;
};

namespace tiles {

/// Cuts arcs in, simplified arcs out, tolerance in unit-Mercator units: what `topology::simplify` does;
/// handed in by the caller because rooms of one floor do not know each other.
using Simplify = std::function<ArcNetwork(ArcNetwork, double tolerance)>;

/// Writes MVT 2.1 tiles (layers `regions`, `borders`, `labels`) to a PMTiles v3 archive (.pmtiles), an
/// MBTiles file
/// (.mbtiles, format pbf) or a folder z/x/y.pbf with tiles.json. `network` is in lon/lat degrees. Feature id
/// = region index + 1; properties of `regions` and `labels`: key, name_en, name_ru, name_kk, outline and
/// `properties`; of `borders`: kind
/// ("outer", "inner", "generalised"). Arcs are projected, simplified and snapped to the grid of each zoom
/// once, so neighbours share every vertex: no gap, no overlap; a region never vanishes. Equal input gives
/// equal bytes at any number of jobs.
PyramidReport write_vector_pyramid(const std::filesystem::path& target, const Boundaries& boundaries,
                                   const ArcNetwork& network, const Simplify& simplify,
                                   const std::vector<TileProperty>& properties,
                                   const VectorPyramidOptions& options, Progress& progress);

}  // namespace tiles
}  // namespace tendik
