#include "tendik/tiles/raster_pyramid.h"

#include "../topology/geojson_map.h"
#include "support/drawn_map.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/paint/region_image.h"
#include "tendik/topology/arcs.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tendik::tiles {
namespace {

using test::drawn_map;
using test::TemporaryFolder;

constexpr Colour red{200, 30, 40, 255};
constexpr Colour blue{20, 60, 180, 255};
constexpr Colour no_line{0, 0, 0, 0};
constexpr const char* kazakhstan = TENDIK_SOURCE_DIR "/geodata/kazakhstan/regions_2018.geojson";

Colour pixel(const Image& image, std::size_t x, std::size_t y) {
    const auto* p = &image.rgba[4 * (y * image.width_px + x)];
    return {p[0], p[1], p[2], p[3]};
}

/// Files of a tile folder by their path in it.
std::map<std::string, std::string> files_of(const std::filesystem::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            files[std::filesystem::relative(entry.path(), folder).string()] = read_file(entry.path());
    }
    return files;
}

std::map<std::string, std::string> paint_map(const Boundaries& map, const std::vector<Colour>& colours,
                                             Colour border, const RasterPyramidOptions& options) {
    const TemporaryFolder folder;
    NoProgress silent;
    write_raster_pyramids({{folder / "map", "map", colours, border}}, map, topology::cut_arcs(map), options,
                          silent);
    return files_of(folder / "map");
}

TEST(RasterPyramid, PaintsRegionsWhereTheyLieAndNothingElsewhere) {
    // A and B part at 45 east: 45 / 180 * 256 = 64 pixels into the tile of the north-eastern quarter.
    const auto map = drawn_map({"AB", "AB"}, {0, 0}, 45);
    RasterPyramidOptions options;
    options.min_zoom = options.max_zoom = 1;
    const auto files = paint_map(map, {red, blue}, no_line, options);
    ASSERT_TRUE(files.contains("1/1/0.png"));
    EXPECT_EQ(files.size(), 2U);  // the tile and tiles.json: the other three tiles are empty
    const auto image = paint::decode_png(files.at("1/1/0.png"));
    ASSERT_EQ(image.width_px, 256U);
    EXPECT_EQ(pixel(image, 32, 200), red);  // 22.5 east
    EXPECT_EQ(pixel(image, 63, 200), red);  // the last pixel before 45 east
    EXPECT_EQ(pixel(image, 64, 200), blue);
    EXPECT_EQ(pixel(image, 127, 200), blue);  // the last before 90 east
    EXPECT_EQ(pixel(image, 128, 200).alpha, 0);
}

TEST(RasterPyramid, LeavesNoSeamBetweenNeighboursOfOneColour) {
    const auto map = drawn_map({"ABCD", "EFGH", "AIIJ", "KLMN"}, {61.3, 41.7}, 3.1);
    RasterPyramidOptions options;
    options.max_zoom = 5;
    const auto files = paint_map(map, std::vector<Colour>(map.regions.size(), red), no_line, options);
    for (const auto& [name, bytes] : files) {
        if (!name.ends_with(".png")) continue;
        const auto image = paint::decode_png(bytes);
        for (std::size_t y = 1; y + 1 < image.height_px; ++y) {
            for (std::size_t x = 1; x + 1 < image.width_px; ++x) {
                // Half covered pixels lie at the outer edge only: one of their neighbours is transparent.
                if (pixel(image, x, y).alpha == 255) {
                    EXPECT_EQ(pixel(image, x, y), red) << name;
                    continue;
                }
                bool at_edge = false;
                for (std::size_t i = 0; i < 9; ++i)
                    at_edge = at_edge || pixel(image, x + i % 3 - 1, y + i / 3 - 1).alpha == 0;
                ASSERT_TRUE(at_edge) << name << ": a seam at " << x << ' ' << y;
            }
        }
    }
}

TEST(RasterPyramid, DrawsBordersOverTheFillsAndDashesGeneralisedOnes) {
    auto map = drawn_map({"AB", "AB"}, {0, 0}, 45);
    RasterPyramidOptions options;
    options.min_zoom = options.max_zoom = 1;
    const Colour line{0, 0, 0, 255};
    const auto count_dark = [&] {
        const auto image = paint::decode_png(paint_map(map, {red, red}, line, options).at("1/1/0.png"));
        std::size_t dark = 0;
        for (std::size_t y = 20; y < 250; ++y)
            dark += pixel(image, 63, y) == red ? 0U : 1U;
        return dark;
    };
    EXPECT_EQ(count_dark(), 230U);  // every row between
    map.regions[0].outline = "generalised-circle";
    const auto dashed = count_dark();
    EXPECT_GT(dashed, 100U);  // dashes of 3, gaps of 2
    EXPECT_LT(dashed, 225U);
}

TEST(RasterPyramid, HasTheSameBytesAtAnyNumberOfJobsAndForEachTarget) {
    const TemporaryFolder folder;
    const auto map = drawn_map({"AAB", "ACB", "DDB"}, {50, 40}, 5);
    const auto arcs = topology::cut_arcs(map);
    NoProgress silent;
    const std::vector<Colour> colours{red, blue, red, blue};
    RasterPyramidOptions options;
    options.max_zoom = 4;
    options.jobs = 1;
    write_raster_pyramids({{folder / "a.mbtiles", "m", colours, blue}}, map, arcs, options, silent);
    options.jobs = 4;
    write_raster_pyramids(
        {{folder / "b.mbtiles", "m", colours, blue}, {folder / "c.mbtiles", "m", colours, blue}}, map, arcs,
        options, silent);
    const auto bytes = read_file(folder / "a.mbtiles");
    EXPECT_EQ(read_file(folder / "b.mbtiles"), bytes);
    EXPECT_EQ(read_file(folder / "c.mbtiles"), bytes);
}

TEST(RasterPyramid, DashesGoOnAcrossTheEdgeOfATile) {
    // The enclave's northern side crosses 45 east, where tiles 3/4/2 and 3/5/2 meet.
    auto map = drawn_map({"AAA", "ABA", "AAA"}, {33, 33}, 8);
    map.regions[1].outline = "generalised-circle";
    RasterPyramidOptions options;
    options.min_zoom = options.max_zoom = 3;
    const auto files = paint_map(map, {red, red}, {0, 0, 0, 255}, options);
    const auto west = paint::decode_png(files.at("3/4/2.png"));
    const auto east = paint::decode_png(files.at("3/5/2.png"));
    // 49 north: (1 - asinh(tan(49 deg)) / pi) / 2 * 8 = 2.7474 tiles, pixel 191 of tile row 2
    const auto shade = [&](std::size_t x) {
        return static_cast<int>((x < 256 ? pixel(west, x, 191) : pixel(east, x - 256, 191)).red);
    };
    int darkest = 255;
    for (std::size_t x = 240; x < 268; ++x) {
        EXPECT_NEAR(shade(x), shade(x + 5), 12) << x;  // a dash of 3 and a gap of 2 pixels
        darkest = std::min(darkest, shade(x));
    }
    EXPECT_LT(darkest, 150);
}

TEST(RasterPyramid, RefusesOptionsThatItCannotPaint) {
    const TemporaryFolder folder;
    const auto map = drawn_map({"AB"});
    const auto arcs = topology::cut_arcs(map);
    NoProgress silent;
    const auto write = [&](const std::vector<Colour>& colours, const RasterPyramidOptions& options) {
        write_raster_pyramids({{folder / "a.mbtiles", "m", colours, no_line}}, map, arcs, options, silent);
    };
    EXPECT_THROW(write({red}, {}), InputError);
    RasterPyramidOptions odd;
    odd.tile_size_px = 300;
    EXPECT_THROW(write({red, blue}, odd), InputError);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(RasterPyramid, PaintsKazakhstan) {
    if (!std::filesystem::exists(kazakhstan)) GTEST_SKIP() << "the sample boundaries are not built";
    const auto map = test::read_geojson_map(kazakhstan);
    RasterPyramidOptions options;
    options.max_zoom = 5;
    std::vector<Colour> colours;
    for (std::size_t i = 0; i < map.regions.size(); ++i)
        colours.push_back(i % 3 == 0 ? red : i % 3 == 1 ? blue : Colour{240, 200, 90, 255});
    const auto files = paint_map(map, colours, {40, 40, 40, 255}, options);
    const auto json = nlohmann::json::parse(files.at("tiles.json"));
    EXPECT_EQ(json["maxzoom"], 5);
    // The tile of Astana, 71.4304 51.1282 (pmtiles 4.5.0, npm: id 307 is 4/11/5)
    const auto image = paint::decode_png(files.at("4/11/5.png"));
    EXPECT_EQ(image.width_px, 256U);
}

}  // namespace
}  // namespace tendik::tiles
