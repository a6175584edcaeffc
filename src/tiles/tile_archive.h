#pragma once

#include "tendik/tiles/pmtiles.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace tendik::tiles {

/// What every kind of archive says of its tiles.
struct ArchiveDescription {
    TileType type = TileType::unknown;
    std::string name;
    std::string description;
    std::string attribution;
    Box bounds;  ///< lon/lat degrees
    Point center;
    nlohmann::ordered_json vector_layers = nlohmann::ordered_json::array();  ///< empty for raster tiles
};

using NumberedTiles = std::vector<std::pair<TileNumber, std::string>>;

/// Writes tiles (not compressed) to a PMTiles archive, an MBTiles file or a folder z/x/y.<ending> with
/// tiles.json, by the ending of `target`. Zooms are those of the tiles. The target is replaced only when the
/// new one is whole. Returns the size of all that was written. Throws InputError for an unknown ending,
/// SystemError when writing fails.
std::size_t write_archive(const std::filesystem::path& target, const ArchiveDescription& description,
                          const NumberedTiles& tiles, std::size_t jobs);

/// An MBTiles 1.3 file at a path that nobody else sees yet; contents as stored.
void write_mbtiles(const std::filesystem::path& path,
                   const std::vector<std::pair<std::string, std::string>>& metadata,
                   const NumberedTiles& tiles);

}  // namespace tendik::tiles
