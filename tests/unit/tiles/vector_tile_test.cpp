#include "tendik/tiles/vector_tile.h"

#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tendik::tiles {
namespace {

using testing::HasSubstr;

TileLayer layer_with(TileFeature feature) {
    TileLayer layer;
    layer.name = "layer";
    layer.features.push_back(std::move(feature));
    return layer;
}

std::string fault_of(const std::string& bytes) {
    try {
        decode_tile(bytes, "a tile");
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

/// A tile of one layer "l", version 2, whose only feature has the given type and geometry (numbers below
/// 128).
std::string tile_with_geometry(char type, const std::string& geometry, const std::string& tags = {}) {
    // Field and wire type by hand: 0x18 type, 0x22 geometry, 0x12 tags; 0x78 version, 0x0A name, 0x12
    // feature.
    std::string feature;
    if (!tags.empty()) feature += std::string("\x12") + static_cast<char>(tags.size()) + tags;
    feature += std::string("\x18") + type + "\x22" + static_cast<char>(geometry.size()) + geometry;
    const auto layer = std::string("\x78\x02\x0A\x01l\x12") + static_cast<char>(feature.size()) + feature;
    return std::string("\x1A") + static_cast<char>(layer.size()) + layer;
}

TEST(VectorTile, WritesTheExampleOfTheSpecification) {
    // MVT 2.1, 4.3.5.2 "Example Multi Point": (5,7), (3,2) is 17 10 14 3 9
    const auto bytes = encode_tile({layer_with({0, TileGeometry::point, {{{5, 7}, {3, 2}}}, nullptr})});
    EXPECT_THAT(bytes, HasSubstr(std::string("\x22\x05\x11\x0A\x0E\x03\x09", 7)));
    // 4.3.5.5 "Example Polygon": (3,6), (8,12), (20,34) is 9 6 12 18 10 12 24 44 15
    const auto ring =
        encode_tile({layer_with({0, TileGeometry::polygon, {{{3, 6}, {8, 12}, {20, 34}}}, nullptr})});
    EXPECT_THAT(ring, HasSubstr(std::string("\x22\x09\x09\x06\x0C\x12\x0A\x0C\x18\x2C\x0F", 11)));
}

TEST(VectorTile, ReadsBackWhatItWrote) {
    const auto properties = std::make_shared<const TileProperties>(TileProperties{
        {"name", std::string("Қызылорда")}, {"value", -2.5}, {"class", std::int64_t{-7}}, {"is", true}});
    TileFeature polygon{42,
                        TileGeometry::polygon,
                        {{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{2, 2}, {2, 4}, {4, 4}}},
                        properties};
    TileFeature line{7, TileGeometry::line, {{{-64, 5}, {20, 9}}, {{1, 1}, {2, 3}, {4160, 0}}}, nullptr};
    auto layer = layer_with(polygon);
    layer.features.push_back(line);
    const auto layers = decode_tile(encode_tile({layer}), "a tile");
    ASSERT_EQ(layers.size(), 1U);
    EXPECT_EQ(layers[0].name, "layer");
    ASSERT_EQ(layers[0].features.size(), 2U);
    EXPECT_EQ(layers[0].features[0].id, 42U);
    EXPECT_EQ(layers[0].features[0].paths, polygon.paths);
    EXPECT_EQ(*layers[0].features[0].properties, *properties);
    EXPECT_EQ(layers[0].features[1].paths, line.paths);
    EXPECT_EQ(layers[0].features[1].properties, nullptr);
}

TEST(VectorTile, LeavesOutLayersWithoutFeaturesAndValuesThatAreMissing) {
    TileLayer empty;
    empty.name = "empty";
    EXPECT_EQ(encode_tile({empty}), "");
    const auto properties = std::make_shared<const TileProperties>(
        TileProperties{{"missing", std::monostate{}}, {"there", std::int64_t{1}}});
    const auto layers =
        decode_tile(encode_tile({layer_with({1, TileGeometry::point, {{{1, 1}}}, properties})}), "t");
    ASSERT_EQ(layers[0].features[0].properties->size(), 1U);
    EXPECT_EQ(layers[0].features[0].properties->front().first, "there");
}

TEST(VectorTile, RefusesWhatTheSpecificationForbids) {
    EXPECT_EQ(fault_of(tile_with_geometry(1, "\x09\x02\x02")), "");
    EXPECT_THAT(fault_of(tile_with_geometry(1, std::string("\x09\x02\x02\x09\x02\x02"))),
                HasSubstr("single MoveTo"));
    EXPECT_THAT(fault_of(tile_with_geometry(2, std::string("\x09\x02\x02"))), HasSubstr("ends within"));
    EXPECT_THAT(fault_of(tile_with_geometry(2, std::string("\x09\x02\x02\x0A\x00\x00", 6))),
                HasSubstr("stand still"));
    EXPECT_THAT(fault_of(tile_with_geometry(2, std::string("\x11\x02\x02\x02\x02\x0A\x02\x02"))),
                HasSubstr("count 1"));
    EXPECT_THAT(fault_of(tile_with_geometry(2, std::string("\x7A\x02\x02"))),
                HasSubstr("begins with MoveTo"));
    // A ring the wrong way round: (0,0), (0,1), (1,0)
    EXPECT_THAT(fault_of(tile_with_geometry(3, std::string("\x09\x00\x00\x12\x00\x02\x02\x01\x0F", 9))),
                HasSubstr("exterior ring"));
    EXPECT_THAT(fault_of(tile_with_geometry(3, std::string("\x09\x00\x00\x12\x02\x00\x00\x02\x17", 9))),
                HasSubstr("ClosePath must have count 1"));
    EXPECT_THAT(fault_of(tile_with_geometry(1, "\x09\x02\x02", std::string("\x00\x00", 2))),
                HasSubstr("4.4"));
    EXPECT_THAT(fault_of(tile_with_geometry(4, "\x09\x02\x02")), HasSubstr("type"));
}

TEST(VectorTile, NeverCrashesOnDamage) {
    const auto properties =
        std::make_shared<const TileProperties>(TileProperties{{"v", 1.5}, {"n", std::string("x")}});
    const auto good =
        encode_tile({layer_with({3,
                                 TileGeometry::polygon,
                                 {{{0, 0}, {300, 0}, {300, 300}, {0, 300}}, {{2, 2}, {2, 4}, {4, 4}}},
                                 properties})});
    ASSERT_EQ(fault_of(good), "");
    for (std::size_t i = 0; i < good.size(); ++i) {
        static_cast<void>(fault_of(good.substr(0, i)));
        for (int value = 0; value < 256; ++value) {
            auto bytes = good;
            bytes[i] = static_cast<char>(value);
            static_cast<void>(fault_of(bytes));  // either read or refused as InputError
        }
    }
}

}  // namespace
}  // namespace tendik::tiles
