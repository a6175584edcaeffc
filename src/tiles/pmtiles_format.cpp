#include "pmtiles_format.h"

#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace tendik::tiles {
namespace {

template <typename Whole>
void append_little_endian(Whole value, std::string& bytes) {
    auto rest = static_cast<std::make_unsigned_t<Whole>>(value);
    for (std::size_t i = 0; i < sizeof(Whole); ++i) {
        bytes.push_back(static_cast<char>(rest & 0xFFU));
        if constexpr (sizeof(Whole) > 1) rest >>= 8U;
    }
}

template <typename Whole>
Whole read_little_endian(std::string_view bytes, std::size_t position) {
    std::uint64_t value = 0;
    for (std::size_t i = sizeof(Whole); i-- > 0;)
        value = (value << 8U) | static_cast<unsigned char>(bytes[position + i]);
    return static_cast<Whole>(value);
}

[[noreturn]] void refuse(const std::string& what) {
    throw InputError(what, "the archive is damaged or no PMTiles version 3: write or fetch it again");
}

std::uint64_t next_number(std::string_view bytes, std::size_t& position) {
    const auto at = position;
    const auto value = read_varint(bytes, position);
    if (!value) refuse(fmt::format("a directory ends within a number, at byte {} of the directory", at));
    return *value;
}

std::uint32_t next_number_32(std::string_view bytes, std::size_t& position) {
    const auto at = position;
    const auto value = next_number(bytes, position);
    if (value > std::numeric_limits<std::uint32_t>::max())
        refuse(fmt::format("a directory holds {} where 32 bits must do, at its byte {}", value, at));
    return static_cast<std::uint32_t>(value);
}

}  // namespace

std::string encode_header(const PmtilesHeader& header) {
    std::string bytes = "PMTiles\x03";
    for (const auto number :
         {header.root_offset, header.root_length, header.metadata_offset, header.metadata_length,
          header.leaf_offset, header.leaf_length, header.data_offset, header.data_length,
          header.addressed_tiles, header.tile_entries, header.tile_contents})
        append_little_endian(number, bytes);
    for (const auto number :
         {static_cast<std::uint8_t>(header.clustered ? 1 : 0), static_cast<std::uint8_t>(header.internal),
          static_cast<std::uint8_t>(header.tile), static_cast<std::uint8_t>(header.type), header.min_zoom,
          header.max_zoom})
        append_little_endian(number, bytes);
    for (const auto number : {header.min_lon_e7, header.min_lat_e7, header.max_lon_e7, header.max_lat_e7})
        append_little_endian(number, bytes);
    append_little_endian(header.center_zoom, bytes);
    append_little_endian(header.center_lon_e7, bytes);
    append_little_endian(header.center_lat_e7, bytes);
    return bytes;
}

PmtilesHeader decode_header(std::string_view bytes) {
    if (bytes.size() < header_size)
        refuse(fmt::format("{} bytes are too few for the header of {} bytes", bytes.size(), header_size));
    if (bytes.substr(0, 7) != "PMTiles") refuse("byte 0: the file does not begin with 'PMTiles'");
    if (bytes[7] != 3) refuse(fmt::format("byte 7: version {}, only 3 is read", static_cast<int>(bytes[7])));
    const auto wide = [bytes](std::size_t at) { return read_little_endian<std::uint64_t>(bytes, at); };
    const auto byte = [bytes](std::size_t at) { return read_little_endian<std::uint8_t>(bytes, at); };
    const auto position = [bytes](std::size_t at) { return read_little_endian<std::int32_t>(bytes, at); };
    PmtilesHeader header;
    header.root_offset = wide(8);
    header.root_length = wide(16);
    header.metadata_offset = wide(24);
    header.metadata_length = wide(32);
    header.leaf_offset = wide(40);
    header.leaf_length = wide(48);
    header.data_offset = wide(56);
    header.data_length = wide(64);
    header.addressed_tiles = wide(72);
    header.tile_entries = wide(80);
    header.tile_contents = wide(88);
    header.clustered = byte(96) == 1;
    header.internal = static_cast<Compression>(byte(97));
    header.tile = static_cast<Compression>(byte(98));
    header.type = static_cast<TileType>(byte(99));
    header.min_zoom = byte(100);
    header.max_zoom = byte(101);
    header.min_lon_e7 = position(102);
    header.min_lat_e7 = position(106);
    header.max_lon_e7 = position(110);
    header.max_lat_e7 = position(114);
    header.center_zoom = byte(118);
    header.center_lon_e7 = position(119);
    header.center_lat_e7 = position(123);
    return header;
}

void append_varint(std::uint64_t value, std::string& bytes) {
    while (value >= 0x80U) {
        bytes.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
        value >>= 7U;
    }
    bytes.push_back(static_cast<char>(value));
}

std::optional<std::uint64_t> read_varint(std::string_view bytes, std::size_t& position) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && position < bytes.size(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes[position++]);
        if (shift == 63 && byte > 1) return std::nullopt;
        value |= std::uint64_t{byte & 0x7FU} << shift;
        if ((byte & 0x80U) == 0) return value;
    }
    return std::nullopt;
}

std::string encode_directory(const std::vector<DirectoryEntry>& entries) {
    std::string bytes;
    append_varint(entries.size(), bytes);
    std::uint64_t last_id = 0;
    for (const auto& entry : entries) {
        append_varint(entry.id - last_id, bytes);
        last_id = entry.id;
    }
    for (const auto& entry : entries)
        append_varint(entry.run, bytes);
    for (const auto& entry : entries)
        append_varint(entry.length, bytes);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        // Chapter 4: 0 stands for "right behind the entry before", else the offset is one more.
        const bool follows = i > 0 && entries[i].offset == entries[i - 1].offset + entries[i - 1].length;
        append_varint(follows ? 0 : entries[i].offset + 1, bytes);
    }
    return bytes;
}

std::vector<DirectoryEntry> decode_directory(std::string_view bytes) {
    std::size_t position = 0;
    const auto count = next_number(bytes, position);
    if (count == 0) refuse("a directory has no entries");
    // Each entry takes four bytes at least, so a huge count cannot make us reserve much.
    if (count > bytes.size() / 4)
        refuse(fmt::format("a directory of {} bytes says that it has {} entries", bytes.size(), count));
    std::vector<DirectoryEntry> entries(static_cast<std::size_t>(count));
    std::uint64_t id = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto step = next_number(bytes, position);
        if ((i > 0 && step == 0) || step > std::numeric_limits<std::uint64_t>::max() - id)
            refuse(fmt::format("tile ids of a directory do not ascend at entry {}", i + 1));
        id += step;
        entries[i].id = id;
    }
    for (auto& entry : entries)
        entry.run = next_number_32(bytes, position);
    for (auto& entry : entries) {
        entry.length = next_number_32(bytes, position);
        if (entry.length == 0) refuse(fmt::format("the entry of tile id {} has length 0", entry.id));
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto number = next_number(bytes, position);
        if (number == 0 && i == 0) refuse("the first entry of a directory has no offset");
        entries[i].offset = number == 0 ? entries[i - 1].offset + entries[i - 1].length : number - 1;
    }
    if (position != bytes.size())
        refuse(fmt::format("a directory has {} bytes behind its entries", bytes.size() - position));
    return entries;
}

}  // namespace tendik::tiles
