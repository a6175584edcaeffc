#include "fuzz/damaged.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/deflate.h"
#include "tendik/base/error.h"
#include "tendik/plan/read_plan.h"
#include "tendik/tables/read_catalogue.h"
#include "tendik/tables/read_table.h"
#include "tendik/tiles/pmtiles.h"
#include "tendik/tiles/vector_tile.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendik {
namespace {

const std::string sources = TENDIK_SOURCE_DIR;

struct Tally {
    std::uint32_t refused = 0;
    std::uint32_t read = 0;
};

/// Reads `count` damaged copies of `seed`. Being read and being refused with an InputError that says
/// something are both fine; any other exception, a crash and (by CTest's clock) a hang are not.
template <typename Read>
Tally read_damaged(const std::string& seed, std::uint32_t count, Read&& read) {
    Tally tally;
    for (std::uint32_t number = 0; number < count; ++number) {
        const auto input = test::damaged(seed, number);
        try {
            read(input);
            ++tally.read;
        } catch (const InputError& error) {
            EXPECT_NE(std::string(error.what()), "") << "damage " << number;
            ++tally.refused;
        } catch (const std::exception& error) {
            ADD_FAILURE() << "damage " << number << " ends in: " << error.what();
        }
    }
    return tally;
}

/// A file of the test's own folder holds the input of readers that take a path.
class DamagedInput : public testing::Test {
protected:
    template <typename Read>
    Tally read_damaged_file(const std::string& seed_file, std::uint32_t count, Read&& read) {
        const auto file = folder / std::filesystem::path(seed_file).filename();
        return read_damaged(read_file(sources + seed_file), count, [&](const std::string& input) {
            // Not write_file, which waits for the disk each time.
            std::ofstream(file, std::ios::binary | std::ios::trunc) << input;
            read(file);
        });
    }
    /// Damage that never shows, or that always shows, would test nothing.
    static void expect_both(const Tally& tally) {
        EXPECT_GT(tally.refused, 0U);
        EXPECT_GT(tally.read, 0U);
    }
    test::TemporaryFolder folder;
};

TEST_F(DamagedInput, PlansAreReadOrRefused) {
    expect_both(read_damaged_file("/geodata/kazakhstan/plan.toml", 1500,
                                  [](const auto& file) { plan::read_plan(file, {}); }));
}

TEST_F(DamagedInput, CataloguesAreReadOrRefused) {
    expect_both(read_damaged_file("/geodata/kazakhstan/catalogue.toml", 400,
                                  [](const auto& file) { tables::read_catalogue(file); }));
}

TEST_F(DamagedInput, RegistersAndSourcesAreReadOrRefused) {
    expect_both(read_damaged_file("/geodata/kazakhstan/regions.csv", 1000, [](const auto& file) {
        Findings findings;
        tables::read_register(file, findings);
    }));
    expect_both(read_damaged_file("/geodata/kazakhstan/sources.csv", 500,
                                  [](const auto& file) { tables::read_sources(file); }));
}

TEST_F(DamagedInput, TablesInAnyEncodingAreReadOrRefused) {
    for (const auto* table : {"poverty_ru_1251.csv", "poverty_kk_utf16.csv", "poverty_sdmx.csv"}) {
        SCOPED_TRACE(table);
        expect_both(read_damaged_file(std::string("/tests/data/tables/") + table, 1500, [](const auto& file) {
            Findings findings;
            tables::read_table({.file = file.string()}, findings);
        }));
    }
}

TEST_F(DamagedInput, SpreadsheetsAreReadOrRefused) {
    for (const auto* table : {"poverty_ru.xlsx", "poverty_kk.ods"}) {
        SCOPED_TRACE(table);
        read_damaged_file(std::string("/tests/data/tables/") + table, 150, [](const auto& file) {
            Findings findings;
            tables::read_table({.file = file.string()}, findings);
        });
    }
}

std::string small_tile() {
    const auto properties = std::make_shared<const TileProperties>(TileProperties{
        {"name", std::string("Абай")}, {"value", -2.5}, {"class", std::int64_t{-7}}, {"is", true}});
    TileLayer regions{.name = "regions", .extent = 4096, .features = {}};
    regions.features.push_back(
        {1, TileGeometry::polygon, {{{0, 0}, {4096, 0}, {4096, 4096}, {0, 4096}}}, properties});
    regions.features.push_back({2, TileGeometry::line, {{{0, 0}, {7, 9}, {-64, 300}}}, properties});
    TileLayer labels{.name = "labels", .extent = 4096, .features = {}};
    labels.features.push_back({1, TileGeometry::point, {{{2048, 2048}}}, properties});
    return tiles::encode_tile({regions, labels});
}

TEST_F(DamagedInput, VectorTilesAreReadOrRefused) {
    expect_both(read_damaged(small_tile(), 40000,
                             [](const std::string& bytes) { tiles::decode_tile(bytes, "damaged"); }));
}

std::string small_archive() {
    std::vector<std::pair<TileNumber, std::string>> contents;
    for (std::uint32_t x = 0; x < 8; ++x)
        for (std::uint32_t y = 0; y < 8; ++y)
            contents.push_back({{3, x, y}, gzip(small_tile() + std::string(x, '.'))});
    ArchiveInfo info;
    info.type = TileType::mvt;
    info.gzip_tiles = true;
    info.min_zoom = info.max_zoom = 3;
    info.bounds = {46.0, 40.0, 88.0, 56.0};
    info.center = {67.0, 48.0};
    info.metadata_json = R"({"vector_layers":[{"id":"regions","fields":{}}]})";
    return tiles::encode_pmtiles(info, contents);
}

/// Everything that a reader of an archive can be asked.
void ask_all(const std::string& bytes) {
    const tiles::PmtilesReader reader(bytes, "damaged.pmtiles");
    reader.verify();
    for (const auto& number : reader.all_tiles())
        reader.tile(number);
}

TEST_F(DamagedInput, ArchivesAreReadOrRefused) { expect_both(read_damaged(small_archive(), 2000, ask_all)); }

TEST_F(DamagedInput, DirectoriesOfArchivesAreReadOrRefused) {
    // The directory is packed: damage strikes the unpacked bytes, or the checksum of gzip would stand in its
    // way. PMTiles v3, chapter 3: root directory at byte 8 (offset, length), internal compression at 97, 1 is
    // none.
    const auto archive = small_archive();
    const auto number_at = [&](std::size_t place) {
        std::uint64_t number = 0;
        for (std::size_t byte = 8; byte > 0; --byte)
            number = number << 8U | static_cast<unsigned char>(archive[place + byte - 1]);
        return number;
    };
    const auto directory = gunzip(std::string_view(archive).substr(number_at(8), number_at(16)));
    const auto with_directory = [&](const std::string& bytes) {
        auto whole = archive;
        whole[97] = 1;
        const auto offset = whole.size();
        for (std::size_t byte = 0; byte < 8; ++byte) {
            whole[8 + byte] = static_cast<char>(offset >> (8 * byte) & 0xffU);
            whole[16 + byte] = static_cast<char>(bytes.size() >> (8 * byte) & 0xffU);
        }
        ask_all(whole + bytes);
    };
    const auto tally = read_damaged(directory, 5000, with_directory);
    EXPECT_GT(tally.refused, 0U);
}

}  // namespace
}  // namespace tendik
