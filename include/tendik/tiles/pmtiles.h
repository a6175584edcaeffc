#pragma once

#include "tendik/geom/shape.h"
#include "tendik/geom/tile_number.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendik {

enum class TileType : std::uint8_t { unknown = 0, mvt = 1, png = 2, jpeg = 3, webp = 4, avif = 5 };

/// What an archive says of itself.
struct ArchiveInfo {
    TileType type = TileType::unknown;
    bool gzip_tiles = false;
    std::uint32_t min_zoom = 0;
    std::uint32_t max_zoom = 0;
    Box bounds;  ///< lon/lat degrees
    Point center;
    std::string metadata_json;
};

namespace tiles {

/// Position of a tile on the Hilbert curve of all zooms (PMTiles v3, chapter 4). zoom <= 26.
std::uint64_t tile_id(const TileNumber& tile);
TileNumber tile_from_id(std::uint64_t id);

/// A whole archive (PMTiles v3): clustered, equal tiles stored once, runs merged, leaf directories when the
/// root would exceed 16,384 bytes. `tiles` in any order; contents as stored (gzip already applied where info
/// says so).
std::string encode_pmtiles(const ArchiveInfo& info,
                           const std::vector<std::pair<TileNumber, std::string>>& tiles);

/// Reads an archive and checks it against the specification.
class PmtilesReader {
public:
    /// Throws InputError naming what is wrong and at which byte.
    explicit PmtilesReader(std::string bytes, std::string name);
    const ArchiveInfo& info() const noexcept { return m_info; }
    std::vector<TileNumber> all_tiles() const;                        ///< ascending by id
    std::optional<std::string> tile(const TileNumber& number) const;  ///< as stored
    /// Every rule that the archive breaks, in words; empty: none.
    std::vector<std::string> verify() const;

private:
    struct Entry {
        std::uint64_t id = 0;
        std::uint64_t offset = 0;
        std::uint32_t length = 0;
        std::uint32_t run = 0;
    };
    void read_directory(std::uint64_t offset, std::uint64_t length, std::uint64_t end_id, int depth);
    void check_entry(const Entry& entry, std::uint64_t end_id) const;
    std::string_view section(std::uint64_t offset, std::uint64_t length, const std::string& what) const;
    std::string unpacked(std::string_view bytes, const std::string& what) const;
    void verify_counts(std::vector<std::string>& faults) const;
    void verify_layout(std::vector<std::string>& faults) const;
    void verify_places(std::vector<std::string>& faults) const;
    void verify_metadata(std::vector<std::string>& faults) const;
    void verify_contents(std::vector<std::string>& faults) const;
    std::string m_bytes;
    std::string m_name;
    ArchiveInfo m_info;
    std::vector<Entry> m_entries;
    std::uint64_t m_tile_data_offset = 0;
    std::uint64_t m_tile_data_length = 0;
    std::uint64_t m_leaf_offset = 0;
    std::uint64_t m_leaf_length = 0;
    bool m_gzip_directories = true;
};

}  // namespace tiles
}  // namespace tendik
