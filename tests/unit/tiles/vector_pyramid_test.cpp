#include "tendik/tiles/vector_pyramid.h"

#include "../topology/geojson_map.h"
#include "support/drawn_map.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/deflate.h"
#include "tendik/base/error.h"
#include "tendik/geom/tile_number.h"
#include "tendik/tiles/pmtiles.h"
#include "tendik/topology/arcs.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tendik::tiles {
namespace {

using test::drawn_map;
using test::TemporaryFolder;
using Edge = std::pair<TilePoint, TilePoint>;

constexpr const char* kazakhstan = TENDIK_SOURCE_DIR "/geodata/kazakhstan/regions_2018.geojson";

struct Pyramid {
    PyramidReport report;
    std::string bytes;
    std::map<TileNumber, std::vector<TileLayer>> tiles;
};

Pyramid make_pyramid(const Boundaries& map, const VectorPyramidOptions& options,
                     const std::vector<TileProperty>& properties = {}) {
    const TemporaryFolder folder;
    NoProgress silent;
    Pyramid pyramid;
    pyramid.report = write_vector_pyramid(folder / "map.pmtiles", map, topology::cut_arcs(map),
                                          topology::simplify, properties, options, silent);
    pyramid.bytes = read_file(folder / "map.pmtiles");
    const PmtilesReader reader(pyramid.bytes, "map.pmtiles");
    EXPECT_THAT(reader.verify(), testing::IsEmpty());
    for (const auto& number : reader.all_tiles())
        pyramid.tiles[number] = decode_tile(gunzip(reader.tile(number).value()), "a tile");
    return pyramid;
}

const TileLayer* layer_of(const std::vector<TileLayer>& tile, const std::string& name) {
    const auto layer = std::ranges::find(tile, name, &TileLayer::name);
    return layer == tile.end() ? nullptr : &*layer;
}

std::string text_property(const TileFeature& feature, const std::string& name) {
    for (const auto& [key, value] : *feature.properties) {
        if (key == name) return std::get<std::string>(value);
    }
    return {};
}

bool on_same_side(const Edge& edge, std::int32_t low, std::int32_t high) {
    const auto& [a, b] = edge;
    return (a.x == b.x && (a.x == low || a.x == high)) || (a.y == b.y && (a.y == low || a.y == high));
}

std::multiset<Edge> edges_of(const TileFeature& feature) {
    std::multiset<Edge> edges;
    for (const auto& path : feature.paths) {
        for (std::size_t i = 0; i + 1 < path.size(); ++i)
            edges.emplace(path[i], path[i + 1]);
        if (feature.type == TileGeometry::polygon) edges.emplace(path.back(), path.front());
    }
    return edges;
}

std::string text_of(const TileNumber& number) {
    return fmt::format("{}/{}/{}", number.zoom, number.x, number.y);
}

std::string text_of(const Edge& edge) {
    return fmt::format("{} {} - {} {}", edge.first.x, edge.first.y, edge.second.x, edge.second.y);
}

/// Edges of regions that no neighbour runs along the other way, apart from those on the limits of the tile.
std::set<Edge> one_sided_edges(const TileLayer& regions, std::int32_t low, std::int32_t high) {
    std::multiset<Edge> all;
    for (const auto& feature : regions.features)
        all.merge(edges_of(feature));
    std::set<Edge> lonely;
    for (const auto& edge : all) {
        EXPECT_EQ(all.count(edge), 1U) << "two regions lie on the same side of an edge";
        if (all.contains({edge.second, edge.first}) || on_same_side(edge, low, high)) continue;
        lonely.insert(std::minmax(edge.first, edge.second));
    }
    return lonely;
}

std::set<Edge> border_edges(const TileLayer* borders, bool outer_only, std::int32_t low, std::int32_t high) {
    std::set<Edge> edges;
    if (borders == nullptr) return edges;
    for (const auto& feature : borders->features) {
        if (outer_only && text_property(feature, "kind") != "outer") continue;
        for (const auto& edge : edges_of(feature)) {
            if (!on_same_side(edge, low, high)) edges.insert(std::minmax(edge.first, edge.second));
        }
    }
    return edges;
}

/// How many rings' insides hold the middle between four grid points that lie off all edges by 1/3 and 1/7 of
/// a unit.
bool owns(const TileFeature& feature, double x, double y) {
    bool inside = false;
    for (const auto& path : feature.paths) {
        for (std::size_t i = 0; i < path.size(); ++i) {
            const auto& a = path[i];
            const auto& b = path[(i + 1) % path.size()];
            if ((a.y > y) == (b.y > y)) continue;
            if (x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) inside = !inside;
        }
    }
    return inside;
}

std::int64_t side_of(const Edge& edge, const TilePoint& point) {
    const auto& [a, b] = edge;
    return (std::int64_t{b.x} - a.x) * (std::int64_t{point.y} - a.y) -
           (std::int64_t{b.y} - a.y) * (std::int64_t{point.x} - a.x);
}

bool cross(const Edge& a, const Edge& b) {
    const auto apart = [](std::int64_t one, std::int64_t other) {
        return (one < 0 && other > 0) || (one > 0 && other < 0);
    };
    return apart(side_of(a, b.first), side_of(a, b.second)) &&
           apart(side_of(b, a.first), side_of(b, a.second));
}

/// Every two edges of a tile, in whole numbers: borders that cross would be an overlap however small.
std::size_t crossings(const TileLayer& regions) {
    std::set<Edge> distinct;
    for (const auto& feature : regions.features) {
        for (const auto& edge : edges_of(feature))
            distinct.insert(std::minmax(edge.first, edge.second));
    }
    const std::vector<Edge> edges(distinct.begin(), distinct.end());  // ascending by the left end
    std::size_t count = 0;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        for (auto j = i + 1; j < edges.size() && edges[j].first.x <= edges[i].second.x; ++j)
            count += cross(edges[i], edges[j]) ? 1U : 0U;
    }
    return count;
}

void expect_whole_coverage(const Pyramid& pyramid, const VectorPyramidOptions& options) {
    const auto low = -static_cast<std::int32_t>(options.buffer);
    const auto high = static_cast<std::int32_t>(options.extent + options.buffer);
    for (const auto& [number, tile] : pyramid.tiles) {
        const auto* regions = layer_of(tile, "regions");
        ASSERT_NE(regions, nullptr);
        const auto* borders = layer_of(tile, "borders");
        const auto lonely = one_sided_edges(*regions, low, high);
        // No gap, no overlap: where only one region lies beside an edge, that edge is the outer border.
        EXPECT_EQ(crossings(*regions), 0U) << text_of(number);
        const auto outer = border_edges(borders, true, low, high);
        for (const auto& edge : lonely)
            EXPECT_TRUE(outer.contains(edge)) << text_of(number) << ": a gap at " << text_of(edge);
        for (const auto& edge : outer)
            EXPECT_TRUE(lonely.contains(edge)) << text_of(number) << ": no region at " << text_of(edge);
        for (int i = 0; i < 40 * 40; ++i) {
            const auto x = low + (i % 40 + 1.0 / 3.0) / 40.0 * (high - low);
            const auto y = low + (i / 40 + 1.0 / 7.0) / 40.0 * (high - low);
            const auto owners = std::ranges::count_if(
                regions->features, [&](const TileFeature& each) { return owns(each, x, y); });
            EXPECT_LE(owners, 1) << number.zoom << ": two regions at " << x << ' ' << y;
        }
    }
}

TEST(VectorPyramid, GivesEachRegionItsFeatureWithTypedProperties) {
    const auto map = drawn_map({"AB"}, {10, 10}, 10);
    VectorPyramidOptions options;
    options.max_zoom = 0;
    const std::vector<TileProperty> properties{{"value", {11.8, std::monostate{}}},
                                               {"class", {std::int64_t{3}, std::int64_t{-1}}},
                                               {"known", {true, false}}};
    const auto pyramid = make_pyramid(map, options, properties);
    ASSERT_EQ(pyramid.tiles.size(), 1U);
    const auto& tile = pyramid.tiles.begin()->second;
    const auto* regions = layer_of(tile, "regions");
    ASSERT_EQ(regions->features.size(), 2U);
    const auto& a = regions->features[0];
    EXPECT_EQ(a.id, 1U);
    EXPECT_EQ(text_property(a, "key"), "A");
    EXPECT_EQ(a.properties->at(5), (std::pair<std::string, TileValue>{"value", 11.8}));
    EXPECT_EQ(a.properties->at(6), (std::pair<std::string, TileValue>{"class", std::int64_t{3}}));
    EXPECT_EQ(a.properties->at(7), (std::pair<std::string, TileValue>{"known", true}));
    EXPECT_EQ(regions->features[1].properties->at(5).first, "class");  // B has no value
    EXPECT_EQ(layer_of(tile, "labels")->features.size(), 2U);
}

TEST(VectorPyramid, NamesTheKindOfEachBorder) {
    auto map = drawn_map({"AAA", "ABA", "AAC"}, {10, 10}, 10);
    map.regions[1].outline = "generalised-circle";
    VectorPyramidOptions options;
    options.max_zoom = 0;
    const auto pyramid = make_pyramid(map, options);
    std::multiset<std::string> kinds;
    for (const auto& feature : layer_of(pyramid.tiles.begin()->second, "borders")->features)
        kinds.insert(text_property(feature, "kind"));
    // By hand: A and C have an outer arc each; their common border is cut in two where the corner of B
    // touches it.
    EXPECT_EQ(kinds, (std::multiset<std::string>{"generalised", "inner", "inner", "outer", "outer"}));
}

TEST(VectorPyramid, AnEnclaveAndItsHoleHaveTheSameVertices) {
    const auto map = drawn_map({"AAA", "ABA", "AAA"}, {40, 40}, 3);
    VectorPyramidOptions options;
    options.max_zoom = 5;
    const auto pyramid = make_pyramid(map, options);
    expect_whole_coverage(pyramid, options);
    const auto* regions = layer_of(pyramid.tiles.at({2, 2, 1}), "regions");
    ASSERT_EQ(regions->features.size(), 2U);
    ASSERT_EQ(regions->features[0].paths.size(), 2U);
    auto hole = regions->features[0].paths[1];
    auto ring = regions->features[1].paths[0];
    EXPECT_LT(twice_area(hole), 0);
    EXPECT_GT(twice_area(ring), 0);
    std::ranges::sort(hole);
    std::ranges::sort(ring);
    EXPECT_EQ(hole, ring);
}

TEST(VectorPyramid, ARegionTooSmallForTheGridIsKeptAsASquareAndCutOutOfItsNeighbour) {
    // 0.001 degrees is 3e-6 of the world: far below 1/64, one unit of zoom 0 here.
    auto map = drawn_map({"AAA", "ABA", "AAA"}, {20, 20}, 20);
    const Ring speck{{50, 50}, {50.001, 50}, {50.001, 50.001}, {50, 50.001}, {50, 50}};
    map.regions[1].shape = {{Polygon{speck, {}}}};
    map.regions[0].shape.parts[0].holes[0] = {speck.rbegin(), speck.rend()};
    VectorPyramidOptions options;
    options.extent = 64;
    options.buffer = 4;
    options.max_zoom = 3;
    const auto pyramid = make_pyramid(map, options);
    expect_whole_coverage(pyramid, options);
    for (const auto& zoom : pyramid.report.zooms)
        EXPECT_EQ(zoom.regions_present, 2U) << zoom.zoom;
    const auto* regions = layer_of(pyramid.tiles.at({0, 0, 0}), "regions");
    ASSERT_EQ(regions->features.size(), 2U);
    EXPECT_EQ(twice_area(regions->features[1].paths[0]), 2);  // one unit square
    ASSERT_EQ(regions->features[0].paths.size(), 2U);
    EXPECT_EQ(twice_area(regions->features[0].paths[1]), -2);
}

TEST(VectorPyramid, ManyRegionsBelowOneUnitStayApart) {
    const auto map = drawn_map({"ABCDE", "FGHIJ", "KLMNO", "PQRST"}, {60, 45}, 0.3);
    VectorPyramidOptions options;
    options.extent = 256;
    options.buffer = 16;
    options.max_zoom = 6;
    const auto pyramid = make_pyramid(map, options);
    for (const auto& zoom : pyramid.report.zooms)
        EXPECT_EQ(zoom.regions_present, 20U) << zoom.zoom;
    expect_whole_coverage(pyramid, options);
}

/// Strips below one unit in height, each border with one corner of its own: rounded corner by corner they
/// would cross.
Boundaries strips(int count, double height) {
    Boundaries map = drawn_map({"A"});
    const auto line = [&](int number) {
        const auto y = 40.0 + number * height;
        const auto bend = (number % 3 - 1) * 0.3 * height;
        const double x = 2.0 + (number * 7) % 16;  // along a slope, so that lines pass between the points of
                                                   // the grid
        return std::vector<Point>{{50.0, y}, {50.0 + x, y + 0.37 * x + bend}, {70.0, y + 7.4}};
    };
    const auto pattern = map.regions.front();
    map.regions.clear();
    for (int i = 0; i < count; ++i) {
        auto ring = line(i);
        const auto upper = line(i + 1);
        ring.insert(ring.end(), upper.rbegin(), upper.rend());
        ring.push_back(ring.front());
        auto region = pattern;
        region.key = std::to_string(i);
        region.shape = {{Polygon{ring, {}}}};
        map.regions.push_back(region);
    }
    return map;
}

TEST(VectorPyramid, BordersCloserThanOneUnitDoNotCross) {
    VectorPyramidOptions options;
    options.extent = 256;
    options.buffer = 8;
    options.max_zoom = 3;
    options.tolerance_units = 0.0;
    // One unit of zoom 0 is 360 / 256 = 1.4 degrees of longitude, of latitude at 45 north about 1 degree.
    const auto pyramid = make_pyramid(strips(24, 0.31), options);
    expect_whole_coverage(pyramid, options);
    for (const auto& zoom : pyramid.report.zooms)
        EXPECT_EQ(zoom.regions_present, 24U) << zoom.zoom;
}

TEST(VectorPyramid, PutsALabelIntoTheOneTileThatHoldsIt) {
    auto map = drawn_map({"AB"}, {60, 40}, 10);
    map.regions[0].label = Point{71.4304, 51.1282};
    VectorPyramidOptions options;
    options.min_zoom = options.max_zoom = 6;
    map.regions[0].shape = {{Polygon{{{60, 40}, {80, 40}, {80, 55}, {60, 55}, {60, 40}}, {}}}};
    map.regions.pop_back();
    const auto pyramid = make_pyramid(map, options);
    std::vector<TileNumber> with_label;
    for (const auto& [number, tile] : pyramid.tiles) {
        if (layer_of(tile, "labels") != nullptr) with_label.push_back(number);
    }
    // pmtiles 4.5.0 (npm): zxyToTileId(6, 44, 21) = 4920; 44 = floor((71.4304 + 180) / 360 * 64)
    EXPECT_THAT(with_label, testing::ElementsAre(TileNumber{6, 44, 21}));
}

TEST(VectorPyramid, BendsLongEdgesAsTheirParallelsDo) {
    // A straight edge in degrees from 0 to 60 north passes 30 north in its middle.
    Boundaries map = drawn_map({"A"});
    map.regions[0].shape = {{Polygon{{{0, 0}, {60, 60}, {0, 60}, {0, 0}}, {}}}};
    VectorPyramidOptions options;
    options.max_zoom = 0;
    options.tolerance_units = 0.0;
    const auto pyramid = make_pyramid(map, options);
    const auto& ring = layer_of(pyramid.tiles.begin()->second, "regions")->features[0].paths[0];
    const auto middle = geom::to_unit_mercator({30, 30});
    const TilePoint expected{static_cast<std::int32_t>(std::lround(middle.x * 4096)),
                             static_cast<std::int32_t>(std::lround(middle.y * 4096))};
    EXPECT_THAT(ring, testing::Contains(expected));
}

TEST(VectorPyramid, HasTheSameBytesAtAnyNumberOfJobs) {
    const auto map = drawn_map({"AAB", "ACB", "DDB"}, {50, 40}, 5);
    VectorPyramidOptions options;
    options.jobs = 1;
    const auto alone = make_pyramid(map, options);
    options.jobs = 4;
    EXPECT_EQ(make_pyramid(map, options).bytes, alone.bytes);
}

TEST(VectorPyramid, WritesMbtilesTwiceWithTheSameBytes) {
    const TemporaryFolder folder;
    const auto map = drawn_map({"AAB", "ACB"}, {50, 40}, 5);
    NoProgress silent;
    for (const auto* name : {"a.mbtiles", "b.mbtiles"})
        write_vector_pyramid(folder / name, map, topology::cut_arcs(map), topology::simplify, {}, {}, silent);
    const auto bytes = read_file(folder / "a.mbtiles");
    EXPECT_EQ(bytes.substr(0, 15), "SQLite format 3");
    // MBTiles 1.3: application id 0x4d504258 ("MPBX") at byte 68 of the SQLite header
    EXPECT_EQ(bytes.substr(68, 4), "MPBX");
    EXPECT_EQ(read_file(folder / "b.mbtiles"), bytes);
}

TEST(VectorPyramid, WritesAFolderWithTileJson) {
    const TemporaryFolder folder;
    const auto map = drawn_map({"AB"}, {50, 40}, 5);
    NoProgress silent;
    VectorPyramidOptions options;
    options.min_zoom = 2;
    options.max_zoom = 3;
    const auto target = folder / "tiles";
    write_vector_pyramid(target, map, topology::cut_arcs(map), topology::simplify, {{"v", {1.5, 2.5}}},
                         options, silent);
    const auto json = nlohmann::json::parse(read_file(target / "tiles.json"));
    EXPECT_EQ(json["tilejson"], "3.0.0");
    EXPECT_EQ(json["scheme"], "xyz");
    EXPECT_EQ(json["minzoom"], 2);
    EXPECT_EQ(json["maxzoom"], 3);
    EXPECT_EQ(json["vector_layers"][0]["fields"]["v"], "Number");
    // x = floor(230 / 360 * 4) = 2; 40..45 north lies in row 1 of 4
    EXPECT_NO_THROW(decode_tile(read_file(target / "2" / "2" / "1.pbf"), "2/2/1"));
}

TEST(VectorPyramid, RefusesWhatItCannotWrite) {
    const TemporaryFolder folder;
    const auto map = drawn_map({"AB"}, {50, 40}, 5);
    const auto arcs = topology::cut_arcs(map);
    NoProgress silent;
    const auto write = [&](const char* name, const VectorPyramidOptions& options,
                           const std::vector<TileProperty>& properties) {
        write_vector_pyramid(folder / name, map, arcs, topology::simplify, properties, options, silent);
    };
    EXPECT_THROW(write("a.zip", {}, {}), InputError);
    VectorPyramidOptions upside_down;
    upside_down.min_zoom = 7;
    EXPECT_THROW(write("a.pmtiles", upside_down, {}), InputError);
    VectorPyramidOptions too_fine;
    too_fine.max_zoom = 20;
    EXPECT_THROW(write("a.pmtiles", too_fine, {}), InputError);
    EXPECT_THROW(write("a.pmtiles", {}, {{"key", {1.0, 2.0}}}), InputError);
    EXPECT_THROW(write("a.pmtiles", {}, {{"v", {1.0}}}), InputError);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(VectorPyramid, KazakhstanIsWholeAtEveryZoom) {
    if (!std::filesystem::exists(kazakhstan)) GTEST_SKIP() << "the sample boundaries are not built";
    auto map = test::read_geojson_map(kazakhstan);
    for (auto& region : map.regions)
        region.outline.clear();  // then 'outer' names every outer border
    VectorPyramidOptions options;
    const auto pyramid = make_pyramid(map, options);
    expect_whole_coverage(pyramid, options);
    ASSERT_EQ(pyramid.report.zooms.size(), 7U);
    // Tiles that cover the box 46.49,40.57,87.32,55.44, computed by the formula of XYZ tiles: an upper limit.
    const std::vector<std::size_t> at_most{1, 1, 1, 2, 4, 12, 40};
    for (const auto& zoom : pyramid.report.zooms) {
        EXPECT_EQ(zoom.regions_present, 17U) << zoom.zoom;
        EXPECT_LE(zoom.tile_count, at_most[zoom.zoom]) << zoom.zoom;
        EXPECT_GE(zoom.tile_count, at_most[zoom.zoom] / 2) << zoom.zoom;
    }
    EXPECT_LT(pyramid.bytes.size(), 400000U);
}

}  // namespace
}  // namespace tendik::tiles
