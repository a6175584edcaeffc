#include "tendik/tiles/pmtiles.h"

#include "pmtiles_format.h"
#include "tendik/base/deflate.h"
#include "tendik/base/digest.h"
#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

namespace tendik::tiles {
namespace {

/// Ids of all zooms before this one: (4^zoom - 1) / 3.
std::uint64_t first_id(std::uint32_t zoom) { return ((std::uint64_t{1} << (2U * zoom)) - 1U) / 3U; }

/// Turns a quadrant so that the curve enters it where the one before has left (PMTiles v3, chapter 4).
void turn_quadrant(std::uint64_t size, std::uint64_t& x, std::uint64_t& y, bool right, bool lower) {
    if (lower) return;
    if (right) {
        x = size - 1 - x;
        y = size - 1 - y;
    }
    std::swap(x, y);
}

/// Entries and the contents they point to, equal contents once, in the order of ids.
struct TileData {
    std::vector<DirectoryEntry> entries;
    std::string bytes;
    std::size_t contents = 0;
};

TileData lay_out(const std::vector<std::pair<TileNumber, std::string>>& tiles) {
    std::vector<std::pair<std::uint64_t, const std::string*>> ordered;
    ordered.reserve(tiles.size());
    for (const auto& [number, content] : tiles)
        ordered.emplace_back(tile_id(number), &content);
    std::ranges::sort(ordered, {}, [](const auto& each) { return each.first; });

    TileData data;
    std::map<QuickDigest, std::pair<std::uint64_t, std::uint32_t>> places;
    for (const auto& [id, content] : ordered) {
        if (content->empty()) continue;  // chapter 4: an entry's length is above 0
        const auto [place, is_new] = places.try_emplace(quick_digest(*content), data.bytes.size(),
                                                        static_cast<std::uint32_t>(content->size()));
        if (is_new) data.bytes += *content;
        const auto [offset, length] = place->second;
        auto* last = data.entries.empty() ? nullptr : &data.entries.back();
        if (last != nullptr && last->id + last->run > id)
            throw InputError(fmt::format("tile id {} occurs twice", id), "each tile may be given once");
        if (last != nullptr && last->id + last->run == id && last->offset == offset)
            ++last->run;
        else
            data.entries.push_back({id, offset, length, 1});
    }
    data.contents = places.size();
    return data;
}

struct Directories {
    std::string root;
    std::string leaves;
};

Directories with_leaves(const std::vector<DirectoryEntry>& entries, std::size_t leaf_size) {
    Directories directories;
    std::vector<DirectoryEntry> root;
    for (std::size_t begin = 0; begin < entries.size(); begin += leaf_size) {
        const auto end = std::min(entries.size(), begin + leaf_size);
        const auto leaf = gzip(encode_directory({entries.begin() + static_cast<std::ptrdiff_t>(begin),
                                                 entries.begin() + static_cast<std::ptrdiff_t>(end)}));
        root.push_back(
            {entries[begin].id, directories.leaves.size(), static_cast<std::uint32_t>(leaf.size()), 0});
        directories.leaves += leaf;
    }
    directories.root = gzip(encode_directory(root));
    return directories;
}

/// One directory where it fits into the head of the file, else leaves as large as needed for a root that
/// does.
Directories directories_for(const std::vector<DirectoryEntry>& entries) {
    Directories directories{gzip(encode_directory(entries)), {}};
    for (std::size_t leaf_size = 4096; directories.root.size() > head_size - header_size; leaf_size *= 2)
        directories = with_leaves(entries, leaf_size);
    return directories;
}

std::int32_t e7(double degrees) { return static_cast<std::int32_t>(std::lround(degrees * 1e7)); }

}  // namespace

std::uint64_t tile_id(const TileNumber& tile) {
    assert(tile.zoom <= max_pmtiles_zoom);
    std::uint64_t id = first_id(tile.zoom);
    std::uint64_t x = tile.x;
    std::uint64_t y = tile.y;
    for (auto size = (std::uint64_t{1} << tile.zoom) / 2; size > 0; size /= 2) {
        const bool right = (x & size) != 0;
        const bool lower = (y & size) != 0;
        id += size * size * (right ? (lower ? 2U : 3U) : (lower ? 1U : 0U));
        x &= size - 1;
        y &= size - 1;
        turn_quadrant(size, x, y, right, lower);
    }
    return id;
}

TileNumber tile_from_id(std::uint64_t id) {
    std::uint32_t zoom = 0;
    while (zoom < max_pmtiles_zoom && id >= first_id(zoom + 1))
        ++zoom;
    auto rest = id - first_id(zoom);
    std::uint64_t x = 0;
    std::uint64_t y = 0;
    for (std::uint64_t size = 1; size < (std::uint64_t{1} << zoom); size *= 2) {
        const bool right = (rest & 2U) != 0;
        const bool lower = ((rest ^ (rest >> 1U)) & 1U) != 0;
        turn_quadrant(size, x, y, right, lower);
        if (right) x += size;
        if (lower) y += size;
        rest /= 4;
    }
    return {zoom, static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
}

std::string encode_pmtiles(const ArchiveInfo& info,
                           const std::vector<std::pair<TileNumber, std::string>>& tiles) {
    const auto data = lay_out(tiles);
    if (data.entries.empty())
        throw InputError("there is no tile to put into the archive", "choose other zooms or boundaries");
    const auto directories = directories_for(data.entries);
    const auto metadata = gzip(info.metadata_json.empty() ? "{}" : info.metadata_json);
    PmtilesHeader header;
    header.root_offset = header_size;
    header.root_length = directories.root.size();
    header.metadata_offset = header.root_offset + header.root_length;
    header.metadata_length = metadata.size();
    header.leaf_offset = header.metadata_offset + header.metadata_length;
    header.leaf_length = directories.leaves.size();
    header.data_offset = header.leaf_offset + header.leaf_length;
    header.data_length = data.bytes.size();
    for (const auto& entry : data.entries)
        header.addressed_tiles += entry.run;
    header.tile_entries = data.entries.size();
    header.tile_contents = data.contents;
    header.clustered = true;
    header.tile = info.gzip_tiles ? Compression::gzip : Compression::none;
    header.type = info.type;
    header.min_zoom = static_cast<std::uint8_t>(info.min_zoom);
    header.max_zoom = static_cast<std::uint8_t>(info.max_zoom);
    header.min_lon_e7 = e7(info.bounds.min_x);
    header.min_lat_e7 = e7(info.bounds.min_y);
    header.max_lon_e7 = e7(info.bounds.max_x);
    header.max_lat_e7 = e7(info.bounds.max_y);
    header.center_zoom = header.min_zoom;
    header.center_lon_e7 = e7(info.center.x);
    header.center_lat_e7 = e7(info.center.y);
    return encode_header(header) + directories.root + metadata + directories.leaves + data.bytes;
}

}  // namespace tendik::tiles
