#include "pmtiles_format.h"
#include "tendik/base/deflate.h"
#include "tendik/base/error.h"
#include "tendik/tiles/pmtiles.h"
#include "tendik/tiles/vector_tile.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <set>
#include <utility>

namespace tendik::tiles {
namespace {

constexpr std::size_t max_directory_bytes = std::size_t{1} << 26;
constexpr std::size_t max_tile_bytes = std::size_t{1} << 26;
constexpr std::uint64_t max_tiles = std::uint64_t{1} << 26;  ///< what `all_tiles` may hold
constexpr int max_depth = 3;
constexpr std::uint64_t end_of_ids = ((std::uint64_t{1} << (2U * (max_pmtiles_zoom + 1))) - 1U) / 3U;

[[noreturn]] void refuse(const std::string& what) {
    throw InputError(what, "the archive is damaged: write or fetch it again");
}

std::string name_of(const TileNumber& tile) { return fmt::format("{}/{}/{}", tile.zoom, tile.x, tile.y); }

Box bounds_of(const PmtilesHeader& header) {
    return {header.min_lon_e7 / 1e7, header.min_lat_e7 / 1e7, header.max_lon_e7 / 1e7,
            header.max_lat_e7 / 1e7};
}

}  // namespace

PmtilesReader::PmtilesReader(std::string bytes, std::string name)
    : m_bytes(std::move(bytes)),
      m_name(std::move(name)) {
    while_doing(fmt::format("reading archive '{}'", m_name), [this] {
        const auto header = decode_header(m_bytes);
        if (header.internal != Compression::none && header.internal != Compression::gzip)
            refuse(
                fmt::format("byte 97: directories are compressed in way {}; none (1) and gzip (2) are read",
                            static_cast<int>(header.internal)));
        m_gzip_directories = header.internal == Compression::gzip;
        m_info.type = header.type;
        m_info.gzip_tiles = header.tile == Compression::gzip;
        m_info.min_zoom = header.min_zoom;
        m_info.max_zoom = header.max_zoom;
        m_info.bounds = bounds_of(header);
        m_info.center = {header.center_lon_e7 / 1e7, header.center_lat_e7 / 1e7};
        m_tile_data_offset = header.data_offset;
        m_tile_data_length = header.data_length;
        m_leaf_offset = header.leaf_offset;
        m_leaf_length = header.leaf_length;
        section(header.data_offset, header.data_length, "tile data");
        section(header.leaf_offset, header.leaf_length, "leaf directories");
        m_info.metadata_json =
            unpacked(section(header.metadata_offset, header.metadata_length, "metadata"), "metadata");
        read_directory(header.root_offset, header.root_length, end_of_ids, 0);
        std::uint64_t count = 0;
        for (const auto& entry : m_entries)
            count += entry.run;
        if (count > max_tiles)
            refuse(fmt::format("the directories name {} tiles, more than are read", count));
    });
}

std::string_view PmtilesReader::section(std::uint64_t offset, std::uint64_t length,
                                        const std::string& what) const {
    if (offset > m_bytes.size() || length > m_bytes.size() - offset)
        refuse(fmt::format("{}: bytes {} to {} lie beyond the end of the file, which has {}", what, offset,
                           offset + length, m_bytes.size()));
    return std::string_view(m_bytes).substr(static_cast<std::size_t>(offset),
                                            static_cast<std::size_t>(length));
}

std::string PmtilesReader::unpacked(std::string_view bytes, const std::string& what) const {
    if (!m_gzip_directories) return std::string(bytes);
    return while_doing("unpacking the " + what, [bytes] { return gunzip(bytes, max_directory_bytes); });
}

void PmtilesReader::check_entry(const Entry& entry, std::uint64_t end_id) const {
    if (entry.id >= end_id || entry.run > end_id - entry.id)
        refuse(fmt::format("the entry of tile id {} reaches beyond id {}", entry.id, end_id));
    if (!m_entries.empty() && m_entries.back().id + m_entries.back().run > entry.id)
        refuse(fmt::format("tile id {} is named twice", entry.id));
    const auto end = entry.run == 0 ? m_leaf_length : m_tile_data_length;
    if (entry.offset > end || entry.length > end - entry.offset)
        refuse(fmt::format("the entry of tile id {} points to bytes {} + {} of a section of {}", entry.id,
                           entry.offset, entry.length, end));
}

void PmtilesReader::read_directory(std::uint64_t offset, std::uint64_t length, std::uint64_t end_id,
                                   int depth) {
    if (depth > max_depth) refuse(fmt::format("directories lie more than {} deep in each other", max_depth));
    const auto what = fmt::format("directory at byte {}", offset);
    const auto entries = while_doing("reading the " + what, [&] {
        return decode_directory(unpacked(section(offset, length, what), what));
    });
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry entry{entries[i].id, entries[i].offset, entries[i].length, entries[i].run};
        const auto next = i + 1 < entries.size() ? entries[i + 1].id : end_id;
        check_entry(entry, end_id);
        if (entry.run != 0)
            m_entries.push_back(entry);
        else
            read_directory(m_leaf_offset + entry.offset, entry.length, next, depth + 1);
    }
}

std::vector<TileNumber> PmtilesReader::all_tiles() const {
    std::vector<TileNumber> tiles;
    for (const auto& entry : m_entries) {
        for (std::uint32_t i = 0; i < entry.run; ++i)
            tiles.push_back(tile_from_id(entry.id + i));
    }
    return tiles;
}

std::optional<std::string> PmtilesReader::tile(const TileNumber& number) const {
    if (number.zoom > max_pmtiles_zoom) return std::nullopt;
    const auto id = tile_id(number);
    auto entry = std::ranges::upper_bound(m_entries, id, {}, &Entry::id);
    if (entry == m_entries.begin()) return std::nullopt;
    --entry;
    if (id - entry->id >= entry->run) return std::nullopt;
    return m_bytes.substr(static_cast<std::size_t>(m_tile_data_offset + entry->offset), entry->length);
}

std::vector<std::string> PmtilesReader::verify() const {
    std::vector<std::string> faults;
    verify_layout(faults);
    verify_counts(faults);
    verify_places(faults);
    verify_metadata(faults);
    verify_contents(faults);
    return faults;
}

void PmtilesReader::verify_layout(std::vector<std::string>& faults) const {
    const auto header = decode_header(m_bytes);
    if (header.root_offset < header_size || header.root_offset + header.root_length > head_size)
        faults.emplace_back("chapter 2: the root directory does not lie between the header and byte 16,384");
    std::vector<std::pair<std::uint64_t, std::uint64_t>> sections{
        {header.root_offset, header.root_length},
        {header.metadata_offset, header.metadata_length},
        {header.leaf_offset, header.leaf_length},
        {header.data_offset, header.data_length}};
    std::erase_if(sections, [](const auto& each) { return each.second == 0; });
    std::ranges::sort(sections);
    std::uint64_t end = header_size;
    for (const auto& [offset, length] : sections) {
        if (offset < end)
            faults.push_back(fmt::format("chapter 2: the section at byte {} overlaps another", offset));
        end = std::max(end, offset + length);
    }
    if (static_cast<unsigned char>(m_bytes[96]) > 1)
        faults.emplace_back("byte 96: clustered is neither 0 nor 1");
    if (header.type == TileType::unknown) faults.emplace_back("byte 99: the type of the tiles is not said");
    if (header.tile == Compression::unknown)
        faults.emplace_back("byte 98: the compression of the tiles is not said");
}

void PmtilesReader::verify_counts(std::vector<std::string>& faults) const {
    const auto header = decode_header(m_bytes);
    std::uint64_t tiles = 0;
    std::set<std::pair<std::uint64_t, std::uint32_t>> contents;
    bool ordered = true;
    std::uint64_t end = 0;
    for (const auto& entry : m_entries) {
        tiles += entry.run;
        if (contents.emplace(entry.offset, entry.length).second) {
            ordered = ordered && entry.offset == end;
            end = std::max(end, entry.offset + entry.length);
        }
    }
    const auto compare = [&faults](const char* what, std::uint64_t said, std::uint64_t found) {
        if (said != 0 && said != found)
            faults.push_back(fmt::format("{}: the header says {}, there are {}", what, said, found));
    };
    compare("byte 72, addressed tiles", header.addressed_tiles, tiles);
    compare("byte 80, tile entries", header.tile_entries, m_entries.size());
    compare("byte 88, tile contents", header.tile_contents, contents.size());
    if (header.clustered && !ordered)
        faults.emplace_back("byte 96: said to be clustered, but contents are not in the order of ids");
    std::uint64_t last = 0;
    for (const auto& [offset, length] : contents) {
        if (offset < last)
            faults.push_back(fmt::format("tile contents overlap at byte {} of the tile data", offset));
        last = std::max(last, offset + length);
    }
}

void PmtilesReader::verify_places(std::vector<std::string>& faults) const {
    std::uint32_t min_zoom = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t max_zoom = 0;
    for (const auto& entry : m_entries) {
        min_zoom = std::min(min_zoom, tile_from_id(entry.id).zoom);
        max_zoom = std::max(max_zoom, tile_from_id(entry.id + entry.run - 1).zoom);
    }
    if (min_zoom != m_info.min_zoom || max_zoom != m_info.max_zoom)
        faults.push_back(fmt::format("bytes 100, 101: zooms {}-{} are said, {}-{} are there", m_info.min_zoom,
                                     m_info.max_zoom, min_zoom, max_zoom));
    const auto& box = m_info.bounds;
    const bool on_earth =
        box.min_x >= -180.0 && box.max_x <= 180.0 && box.min_y >= -90.0 && box.max_y <= 90.0;
    if (!on_earth || box.min_x >= box.max_x || box.min_y >= box.max_y)
        faults.push_back(fmt::format("byte 102: bounds {} {} {} {} are no box on Earth", box.min_x, box.min_y,
                                     box.max_x, box.max_y));
    const auto& center = m_info.center;
    if (center.x < box.min_x || center.x > box.max_x || center.y < box.min_y || center.y > box.max_y)
        faults.push_back(
            fmt::format("byte 119: center {} {} lies outside of the bounds", center.x, center.y));
    const auto center_zoom = decode_header(m_bytes).center_zoom;
    if (center_zoom < m_info.min_zoom || center_zoom > m_info.max_zoom)
        faults.push_back(fmt::format("byte 118: center zoom {} has no tiles", center_zoom));
}

void PmtilesReader::verify_metadata(std::vector<std::string>& faults) const {
    const auto json = nlohmann::json::parse(m_info.metadata_json, nullptr, false);
    if (!json.is_object()) {
        faults.emplace_back("chapter 5: the metadata are no JSON object");
        return;
    }
    if (m_info.type != TileType::mvt) return;
    const auto layers = json.find("vector_layers");
    if (layers == json.end() || !layers->is_array() || layers->empty()) {
        faults.emplace_back("chapter 5: the metadata of vector tiles lack 'vector_layers'");
        return;
    }
    for (const auto& layer : *layers) {
        // TileJSON 3.0.0, 3.3: each layer has an id and fields
        if (!layer.is_object() || !layer.contains("id") || !layer["id"].is_string() ||
            !layer.contains("fields") || !layer["fields"].is_object())
            faults.emplace_back("chapter 5: an element of 'vector_layers' lacks 'id' or 'fields'");
        for (const auto* zoom : {"minzoom", "maxzoom"}) {
            if (layer.is_object() && layer.contains(zoom) && !layer[zoom].is_number_integer())
                faults.push_back(fmt::format("chapter 5: '{}' of a layer is not a whole number", zoom));
        }
    }
}

void PmtilesReader::verify_contents(std::vector<std::string>& faults) const {
    std::set<std::uint64_t> seen;
    for (const auto& entry : m_entries) {
        if (!seen.insert(entry.offset).second) continue;
        const auto number = tile_from_id(entry.id);
        try {
            auto content = tile(number).value_or(std::string{});
            if (m_info.gzip_tiles) content = gunzip(content, max_tile_bytes);
            if (m_info.type == TileType::mvt) decode_tile(content, name_of(number));
            if (m_info.type == TileType::png && !content.starts_with("\x89PNG\r\n\x1a\n"))
                faults.push_back(fmt::format("tile {} is no PNG", name_of(number)));
        } catch (const Error& error) {
            faults.push_back(fmt::format("tile {}: {}", name_of(number), error.what()));
        }
    }
}

}  // namespace tendik::tiles
