#include "tendik/tiles/pmtiles.h"

#include "tendik/base/deflate.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tendik::tiles {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using NumberedTiles = std::vector<std::pair<TileNumber, std::string>>;

ArchiveInfo picture_info(std::uint32_t max_zoom) {
    ArchiveInfo info;
    info.type = TileType::png;
    info.max_zoom = max_zoom;
    info.bounds = {46.0, 40.0, 88.0, 56.0};
    info.center = {67.0, 48.0};
    info.metadata_json = R"({"name":"test"})";
    return info;
}

/// All tiles of zooms 0 to `max_zoom`, each with content of its own unless `equal`.
NumberedTiles full_pyramid(std::uint32_t max_zoom, bool equal = false) {
    NumberedTiles tiles;
    for (std::uint32_t zoom = 0; zoom <= max_zoom; ++zoom) {
        for (std::uint32_t x = 0; x < 1U << zoom; ++x) {
            for (std::uint32_t y = 0; y < 1U << zoom; ++y) {
                std::string content = "\x89PNG\r\n\x1a\n";
                // Lengths that follow no pattern, so that directories do not compress away.
                if (!equal)
                    content += std::to_string(x * 7919 + y) + std::string((x * x * 31 + y * 17) % 97, '.');
                tiles.emplace_back(TileNumber{zoom, x, y}, content);
            }
        }
    }
    return tiles;
}

std::string fault_of(const std::string& bytes) {
    try {
        const PmtilesReader reader(bytes, "damaged.pmtiles");
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

TEST(TileId, FollowsTheCurveOfTheSpecification) {
    // PMTiles spec/v3/spec.md, chapter 4: table of examples
    EXPECT_EQ(tile_id({0, 0, 0}), 0U);
    EXPECT_EQ(tile_id({1, 0, 0}), 1U);
    EXPECT_EQ(tile_id({1, 0, 1}), 2U);
    EXPECT_EQ(tile_id({1, 1, 1}), 3U);
    EXPECT_EQ(tile_id({1, 1, 0}), 4U);
    EXPECT_EQ(tile_id({2, 0, 0}), 5U);
    EXPECT_EQ(tile_id({12, 3423, 1763}), 19078479U);
}

TEST(TileId, KnowsTheTilesOfTheThreeCities) {
    // pmtiles 4.5.0 (npm), zxyToTileId(z, x, y) for the tiles of Astana, Almaty and Shymkent
    EXPECT_EQ(tile_id({4, 11, 5}), 307U);
    EXPECT_EQ(tile_id({6, 44, 21}), 4920U);
    EXPECT_EQ(tile_id({8, 178, 85}), 78732U);
    EXPECT_EQ(tile_id({8, 182, 93}), 78786U);
    EXPECT_EQ(tile_id({8, 177, 94}), 78764U);
}

TEST(TileId, ComesBackFromEveryIdOfSixZooms) {
    for (std::uint64_t id = 0; id < 5461; ++id)
        EXPECT_EQ(tile_id(tile_from_id(id)), id);  // (4^7 - 1) / 3
    const TileNumber far{26, 67108863, 12345678};
    EXPECT_EQ(tile_from_id(tile_id(far)), far);
}

TEST(Pmtiles, GivesBackEveryTileAndBreaksNoRule) {
    const auto tiles = full_pyramid(3);
    const PmtilesReader reader(encode_pmtiles(picture_info(3), tiles), "full.pmtiles");
    EXPECT_THAT(reader.verify(), IsEmpty());
    EXPECT_EQ(reader.all_tiles().size(), 85U);  // 1 + 4 + 16 + 64
    for (const auto& [number, content] : tiles)
        EXPECT_EQ(reader.tile(number), content);
    EXPECT_EQ(reader.tile({4, 0, 0}), std::nullopt);
    EXPECT_EQ(reader.info().max_zoom, 3U);
    EXPECT_DOUBLE_EQ(reader.info().bounds.max_x, 88.0);
    EXPECT_EQ(reader.info().metadata_json, R"({"name":"test"})");
}

TEST(Pmtiles, DoesNotDependOnTheOrderOfTiles) {
    auto tiles = full_pyramid(3);
    const auto bytes = encode_pmtiles(picture_info(3), tiles);
    std::ranges::reverse(tiles);
    EXPECT_EQ(encode_pmtiles(picture_info(3), tiles), bytes);
}

TEST(Pmtiles, StoresEqualTilesOnceInOneRun) {
    const auto bytes = encode_pmtiles(picture_info(6), full_pyramid(6, true));
    EXPECT_LT(bytes.size(), 400U);
    const PmtilesReader reader(bytes, "equal.pmtiles");
    EXPECT_THAT(reader.verify(), IsEmpty());
    EXPECT_EQ(reader.all_tiles().size(), 5461U);  // (4^7 - 1) / 3
}

TEST(Pmtiles, MovesALargeDirectoryIntoLeaves) {
    const auto tiles = full_pyramid(8);
    const auto bytes = encode_pmtiles(picture_info(8), tiles);
    const PmtilesReader reader(bytes, "large.pmtiles");
    EXPECT_NE(bytes[48], 0) << "byte 48: length of the leaf directories";
    EXPECT_THAT(reader.verify(), IsEmpty());
    EXPECT_EQ(reader.all_tiles().size(), 87381U);  // (4^9 - 1) / 3
    for (std::size_t i = 0; i < tiles.size(); i += 97)
        EXPECT_EQ(reader.tile(tiles[i].first), tiles[i].second);
}

TEST(Pmtiles, RefusesATileThatIsGivenTwice) {
    auto tiles = full_pyramid(1);
    tiles.push_back(tiles.front());
    EXPECT_THROW(encode_pmtiles(picture_info(1), tiles), InputError);
}

TEST(DamagedPmtiles, IsRefusedAtAnyLength) {
    const auto bytes = encode_pmtiles(picture_info(3), full_pyramid(3));
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_NE(fault_of(bytes.substr(0, length)), "") << "cut to " << length << " bytes";
}

TEST(DamagedPmtiles, NamesWhatIsWrongAndWhere) {
    const auto good = encode_pmtiles(picture_info(3), full_pyramid(3));
    auto bytes = good;
    bytes[0] = 'X';
    EXPECT_THAT(fault_of(bytes), HasSubstr("byte 0"));
    bytes = good;
    bytes[7] = 2;
    EXPECT_THAT(fault_of(bytes), HasSubstr("version 2"));
    bytes = good;
    bytes[14] = 0x7F;  // root directory far outside
    EXPECT_THAT(fault_of(bytes), HasSubstr("beyond the end of the file"));
    bytes = good;
    bytes[97] = 3;
    EXPECT_THAT(fault_of(bytes), HasSubstr("byte 97"));
}

/// A valid archive whose root directory, not compressed, is replaced.
std::string with_directory(const std::string& directory) {
    auto bytes = encode_pmtiles(picture_info(0), full_pyramid(0));
    const auto offset = bytes.size();
    bytes += gzip(directory);
    bytes[8] = static_cast<char>(offset & 0xFFU);
    bytes[9] = static_cast<char>(offset >> 8U);
    const auto length = bytes.size() - offset;
    bytes[16] = static_cast<char>(length & 0xFFU);
    bytes[17] = static_cast<char>(length >> 8U);
    return bytes;
}

TEST(DamagedPmtiles, RefusesDirectoriesThatLie) {
    // By hand, by chapter 4: count, delta ids, runs, lengths, offsets + 1.
    EXPECT_EQ(fault_of(with_directory(std::string("\x01\x00\x01\x08\x01", 5))), "");
    EXPECT_THAT(fault_of(with_directory(std::string("\x01\x00\x01\x00\x01", 5))), HasSubstr("length 0"));
    EXPECT_THAT(fault_of(with_directory(std::string("\x00", 1))), HasSubstr("no entries"));
    EXPECT_THAT(fault_of(with_directory(std::string("\xFF\xFF\xFF\xFF\x7F", 5))), HasSubstr("entries"));
    EXPECT_THAT(fault_of(with_directory(std::string("\x01\x00\x01\x7F\x01", 5))),
                HasSubstr("points to bytes"));
    EXPECT_THAT(fault_of(with_directory(std::string("\x02\x00\x00\x01\x01\x08\x08\x01\x01", 9))),
                HasSubstr("do not ascend"));
    EXPECT_THAT(fault_of(with_directory(std::string("\x01\x00\x01\x08\x00", 5))), HasSubstr("no offset"));
    EXPECT_THAT(fault_of(with_directory(std::string(4096, '\0'))), HasSubstr("no entries"));
    // A run of 2^32 - 1 tiles
    EXPECT_NE(fault_of(with_directory(std::string("\x01\x00\xFF\xFF\xFF\xFF\x0F\x08\x01", 9))), "");
}

TEST(DamagedPmtiles, RefusesADirectoryThatUnpacksToTooMuch) {
    EXPECT_NE(fault_of(with_directory(std::string(std::size_t{1} << 27, '\0'))), "");
}

TEST(DamagedPmtiles, NeverCrashesOnAChangedByte) {
    const auto good = encode_pmtiles(picture_info(2), full_pyramid(2));
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (const char flip : {'\x01', '\x80', '\xFF'}) {
            auto bytes = good;
            bytes[i] = static_cast<char>(bytes[i] ^ flip);
            try {
                const PmtilesReader reader(bytes, "changed.pmtiles");
                static_cast<void>(reader.verify());
            } catch (const InputError&) {
                continue;
            }
        }
    }
}

TEST(VerifyPmtiles, TellsWrongZoomsCountsAndBounds) {
    const auto good = encode_pmtiles(picture_info(3), full_pyramid(3));
    const auto faults_with = [&good](std::size_t place, char value) {
        auto bytes = good;
        bytes[place] = value;
        return PmtilesReader(bytes, "wrong.pmtiles").verify();
    };
    EXPECT_THAT(faults_with(101, 9), testing::ElementsAre(HasSubstr("zooms 0-9 are said, 0-3 are there")));
    EXPECT_THAT(faults_with(72, 84), testing::ElementsAre(HasSubstr("the header says 84, there are 85")));
    EXPECT_THAT(faults_with(105, 0x7F), testing::Contains(HasSubstr("no box on Earth")));
    EXPECT_THAT(faults_with(99, 1), testing::Contains(HasSubstr("vector_layers")));
}

}  // namespace
}  // namespace tendik::tiles
