#pragma once

#include "tendik/tiles/pmtiles.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::tiles {

/// PMTiles v3, chapter 3: a header of 127 bytes, fixed.
inline constexpr std::size_t header_size = 127;
/// Chapter 2: header and root directory lie within the first 16,384 bytes.
inline constexpr std::size_t head_size = 16384;
inline constexpr std::uint32_t max_pmtiles_zoom = 26;

enum class Compression : std::uint8_t { unknown = 0, none = 1, gzip = 2, brotli = 3, zstd = 4 };

/// The header as it stands in the file.
struct PmtilesHeader {
    std::uint64_t root_offset = 0, root_length = 0;
    std::uint64_t metadata_offset = 0, metadata_length = 0;
    std::uint64_t leaf_offset = 0, leaf_length = 0;
    std::uint64_t data_offset = 0, data_length = 0;
    std::uint64_t addressed_tiles = 0, tile_entries = 0, tile_contents = 0;
    bool clustered = false;
    Compression internal = Compression::gzip;
    Compression tile = Compression::none;
    TileType type = TileType::unknown;
    std::uint8_t min_zoom = 0, max_zoom = 0;
    std::int32_t min_lon_e7 = 0, min_lat_e7 = 0, max_lon_e7 = 0, max_lat_e7 = 0;
    std::uint8_t center_zoom = 0;
    std::int32_t center_lon_e7 = 0, center_lat_e7 = 0;
};

std::string encode_header(const PmtilesHeader& header);
/// Throws InputError when the bytes are no header of version 3.
PmtilesHeader decode_header(std::string_view bytes);

/// One line of a directory; run 0: a leaf directory.
struct DirectoryEntry {
    std::uint64_t id = 0;
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
    std::uint32_t run = 0;
};

void append_varint(std::uint64_t value, std::string& bytes);
/// Reads a varint at `position` and moves it on; nothing when it does not end within the bytes or 64 bits.
std::optional<std::uint64_t> read_varint(std::string_view bytes, std::size_t& position);

/// Not compressed (chapter 4).
std::string encode_directory(const std::vector<DirectoryEntry>& entries);
/// Throws InputError when the bytes are no directory: wrong count, ids that do not ascend, empty entries.
std::vector<DirectoryEntry> decode_directory(std::string_view bytes);

}  // namespace tendik::tiles
