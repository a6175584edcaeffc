#include "tendik/tiles/context_pyramid.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/deflate.h"
#include "tendik/geom/tile_number.h"
#include "tendik/tiles/pmtiles.h"
#include "tendik/tiles/vector_tile.h"
#include "tendik/topology/arcs.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace tendik {
namespace {

Polygon square(double west, double south, double east, double north) {
    return {{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}};
}

ContextFeature polygon_feature(const Polygon& polygon, const std::string& name, int rank) {
    ContextFeature feature;
    feature.name = {name + " en", name + " ru", name + " kk"};
    feature.rank = rank;
    feature.shape = {{polygon}};
    feature.place = label_point(feature.shape);
    return feature;
}

ArcNetwork network_of(const ContextLayer& layer) {
    Boundaries outlines;
    outlines.crs = wgs84;
    for (const auto& feature : layer.features) {
        Region region;
        region.key = std::to_string(outlines.regions.size());
        region.shape = feature.shape;
        outlines.regions.push_back(region);
    }
    return topology::cut_arcs(outlines);
}

/// Two lands with a common border, a large and a small lake, a river with a line through the lake, two towns.
struct DrawnContext {
    ContextLayer lands;
    ContextLayer lakes;
    ContextLayer rivers;
    ContextLayer towns;

    DrawnContext() {
        lands.features = {polygon_feature(square(40, 40, 60, 60), "A", 1),
                          polygon_feature(square(60, 40, 80, 60), "B", 1)};
        lakes.kind = ContextKind::lakes;
        lakes.features = {polygon_feature(square(50, 45, 55, 50), "Old", 1),
                          polygon_feature(square(70, 45, 71, 46), "Small", 3)};
        lakes.features.front().outline_years = "1990-2005";
        rivers.kind = ContextKind::rivers;
        ContextFeature river;
        river.name.en = "River";
        river.kind = "river";
        river.lines = {{{41, 41}, {45, 44}, {50, 47}}};
        river.place = Point{45, 44};
        rivers.features = {river, river};
        rivers.features.back().kind = "lake-centreline";
        towns.kind = ContextKind::settlements;
        ContextFeature town;
        town.name = {"Town", "", "Қала"};
        town.place = Point{45, 50};
        towns.features = {town, town};
        towns.features.back().rank = 4;
    }

    std::string bytes(std::size_t jobs) const {
        const auto folder =
            std::filesystem::temp_directory_path() / ("tendik_context_pyramid_" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
        VectorPyramidOptions options;
        options.max_zoom = 6;
        options.jobs = jobs;
        options.attribution = "Somebody";
        tiles::write_context_pyramid(
            folder / "context.pmtiles",
            {{&lands, network_of(lands)}, {&lakes, network_of(lakes)}, {&rivers, {}}, {&towns, {}}},
            &topology::simplify, options);
        auto read = read_file(folder / "context.pmtiles");
        std::filesystem::remove_all(folder);
        return read;
    }
};

/// Every feature of a layer at a zoom, over all its tiles.
std::vector<TileFeature> features_at(const tiles::PmtilesReader& reader, std::uint32_t zoom,
                                     const std::string& name) {
    std::vector<TileFeature> features;
    for (const auto& number : reader.all_tiles()) {
        if (number.zoom != zoom) continue;
        for (auto& layer : tiles::decode_tile(gunzip(*reader.tile(number)), "tile"))
            if (layer.name == name)
                features.insert(features.end(), layer.features.begin(), layer.features.end());
    }
    return features;
}

std::string text_of(const TileFeature& feature, const std::string& name) {
    for (const auto& [key, value] : *feature.properties)
        if (key == name && std::holds_alternative<std::string>(value)) return std::get<std::string>(value);
    return {};
}

TEST(ContextPyramid, HoldsEachKindInItsLayerAndNamesThemInTheMetadata) {
    const tiles::PmtilesReader reader(DrawnContext().bytes(1), "context");
    EXPECT_EQ(reader.verify(), std::vector<std::string>{});  // PMTiles v3
    for (const char* layer :
         {"neighbours", "neighbour_borders", "lakes", "rivers", "settlements", "context_labels"})
        EXPECT_NE(reader.info().metadata_json.find("\"id\":\"" + std::string(layer) + "\""),
                  std::string::npos)
            << layer;
    EXPECT_NE(reader.info().metadata_json.find("Somebody"), std::string::npos);
}

TEST(ContextPyramid, DrawsOnlyTheBorderBetweenTwoNeighboursAsALine) {
    const tiles::PmtilesReader reader(DrawnContext().bytes(1), "context");
    const auto borders = features_at(reader, 0, "neighbour_borders");
    ASSERT_EQ(borders.size(), 1U);  // the two squares meet along 60 degrees east only
    for (const auto& point : borders.front().paths.front())
        EXPECT_EQ(point.x, 2731);  // (60 + 180) / 360 * 4096 = 2730.67, rounded to the grid
}

TEST(ContextPyramid, LaysFeaturesInByTheirRankAndLeavesOutLinesThroughLakes) {
    const tiles::PmtilesReader reader(DrawnContext().bytes(1), "context");
    EXPECT_EQ(features_at(reader, 0, "lakes").size(), 1U);  // rank 1 always
    const auto lakes = features_at(reader, 4, "lakes");     // rank 3 from zoom 4
    EXPECT_TRUE(std::ranges::any_of(lakes, [](const auto& lake) { return lake.id == 2; }));
    EXPECT_TRUE(features_at(reader, 2, "rivers").empty());  // rivers from zoom 3
    for (const auto& river : features_at(reader, 6, "rivers"))
        EXPECT_EQ(river.id, 1U);  // the second is a line through a lake
    EXPECT_EQ(features_at(reader, 5, "settlements").size(), 1U);
    EXPECT_EQ(features_at(reader, 6, "settlements").size(), 2U);  // rank 4 from zoom 6
}

TEST(ContextPyramid, GivesNamesAsTheSourceHasThemAndDatesOldOutlines) {
    const tiles::PmtilesReader reader(DrawnContext().bytes(1), "context");
    const auto town = features_at(reader, 5, "settlements").front();
    EXPECT_EQ(text_of(town, "name_kk"), "Қала");
    EXPECT_EQ(text_of(town, "name_ru"), "");  // no name of the source, no fallback
    const auto lake = features_at(reader, 0, "lakes").front();
    EXPECT_EQ(text_of(lake, "outline_years"), "1990-2005");
    EXPECT_EQ(text_of(lake, "name_ru"), "Old ru");
}

TEST(ContextPyramid, CutsLinesToTheTileAndItsBuffer) {
    const tiles::PmtilesReader reader(DrawnContext().bytes(1), "context");
    for (const char* layer : {"rivers", "neighbours", "lakes"}) {
        for (const auto& feature : features_at(reader, 6, layer)) {
            for (const auto& path : feature.paths) {
                for (const auto& point : path) {
                    EXPECT_GE(point.x, -64);  // the default buffer of 64 units
                    EXPECT_LE(point.x, 4096 + 64);
                    EXPECT_GE(point.y, -64);
                    EXPECT_LE(point.y, 4096 + 64);
                }
            }
        }
    }
}

TEST(ContextPyramid, IsTheSameAtAnyNumberOfJobs) {
    const DrawnContext drawn;
    EXPECT_EQ(drawn.bytes(1), drawn.bytes(4));
}

}  // namespace
}  // namespace tendik
