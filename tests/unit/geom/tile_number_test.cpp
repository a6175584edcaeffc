#include "tendik/geom/tile_number.h"

#include "tendik/base/error.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace tendik::geom {
namespace {

TileNumber tile_at(const Point& lon_lat_deg, std::uint32_t zoom) {
    const auto tiles = tiles_covering({lon_lat_deg.x, lon_lat_deg.y, lon_lat_deg.x, lon_lat_deg.y}, zoom);
    EXPECT_EQ(tiles.size(), 1U);
    return tiles.at(0);
}

/// The box of a tile as its corners say.
Box box_of_tile(const TileNumber& tile) {
    const double size = std::ldexp(1.0, -static_cast<int>(tile.zoom));
    const auto top_left = from_unit_mercator({tile.x * size, tile.y * size});
    const auto bottom_right = from_unit_mercator({(tile.x + 1) * size, (tile.y + 1) * size});
    return {top_left.x, bottom_right.y, bottom_right.x, top_left.y};
}

TEST(Mercator, PutsTheNullPointInTheMiddle) {
    const auto unit = to_unit_mercator({0.0, 0.0});
    EXPECT_EQ(unit.x, 0.5);
    EXPECT_EQ(unit.y, 0.5);
}

TEST(Mercator, ClampsLatitudesToTheSquare) {
    EXPECT_EQ(to_unit_mercator({-180.0, 90.0}).x, 0.0);
    EXPECT_NEAR(to_unit_mercator({-180.0, 90.0}).y, 0.0, 1e-15);
    EXPECT_NEAR(to_unit_mercator({180.0, -90.0}).y, 1.0, 1e-15);
    EXPECT_GE(to_unit_mercator({0.0, 90.0}).y, 0.0);
    EXPECT_LE(to_unit_mercator({0.0, -90.0}).y, 1.0);
}

TEST(Mercator, LimitIsTheLatitudeWhereTheSquareEnds) {
    EXPECT_NEAR(max_mercator_lat_deg, std::atan(std::sinh(std::numbers::pi)) * 180.0 / std::numbers::pi,
                1e-12);  // its definition
}

TEST(Mercator, ComesBackToTheSamePlace) {
    for (const auto& place : {Point{71.4304, 51.1282}, Point{-120.5, -33.25}, Point{179.9, 84.0}}) {
        const auto back = from_unit_mercator(to_unit_mercator(place));
        EXPECT_NEAR(back.x, place.x, 1e-12);
        EXPECT_NEAR(back.y, place.y, 1e-12);
    }
}

TEST(TileNumber, RowFromTheSouthAsInTheMBTilesSpecification) {
    EXPECT_EQ(tms_row({11, 327, 791}), 1256U);  // example of MBTiles 1.3: 11/327/791 is tile_row 1256
    EXPECT_EQ(tms_row({0, 0, 0}), 0U);
    EXPECT_EQ(tms_row({30, 0, 0}), 1073741823U);  // by hand: 2^30 - 1
}

// By hand from the slippy map formula: x = floor(2^z (lon + 180) / 360), y from asinh(tan(lat)).
TEST(TileNumber, OfAstana) {
    const Point astana{71.4304, 51.1282};
    EXPECT_EQ(tile_at(astana, 4), (TileNumber{4, 11, 5}));
    EXPECT_EQ(tile_at(astana, 6), (TileNumber{6, 44, 21}));
    EXPECT_EQ(tile_at(astana, 8), (TileNumber{8, 178, 85}));
}

// Counts from the same formula, applied to the two corners of the box in Python.
TEST(TilesCovering, KazakhstanAtZooms0To8) {
    const Box box{46.49, 40.57, 87.32, 55.44};
    const std::array<std::size_t, 9> expected{1, 1, 1, 2, 4, 12, 40, 144, 510};
    for (std::uint32_t zoom = 0; zoom < expected.size(); ++zoom)
        EXPECT_EQ(tiles_covering(box, zoom).size(), expected.at(zoom)) << "zoom " << zoom;
}

TEST(TilesCovering, GoesRowByRow) {
    const auto tiles = tiles_covering({-90.0, -45.0, 90.0, 45.0}, 2);
    const std::vector<TileNumber> expected{{2, 1, 1}, {2, 2, 1}, {2, 1, 2}, {2, 2, 2}};
    EXPECT_EQ(tiles, expected);
}

TEST(TilesCovering, ABoxThatIsATileMeetsThatTileOnly) {
    for (const std::uint32_t zoom : {1U, 4U, 6U, 9U, 17U, 25U, 30U}) {
        const auto last = (std::uint32_t{1} << zoom) - 1;
        for (const auto& [x, y] :
             {std::pair{last / 3, last / 5}, {last, last}, {0U, 0U}, {last / 7, last / 2}}) {
            const TileNumber tile{zoom, x, y};
            const auto tiles = tiles_covering(box_of_tile(tile), zoom);
            ASSERT_EQ(tiles.size(), 1U) << zoom << '/' << x << '/' << y;
            EXPECT_EQ(tiles[0], tile);
        }
    }
}

TEST(TilesCovering, EveryTileOfAPyramidMeetsFourBelow) {
    for (std::uint32_t y = 0; y < 16; ++y)
        for (std::uint32_t x = 0; x < 16; ++x)
            EXPECT_EQ(tiles_covering(box_of_tile({4, x, y}), 5).size(), 4U) << x << '/' << y;
}

TEST(TilesCovering, TheWholeWorldIsTheWholeSquare) {
    EXPECT_EQ(tiles_covering({-180.0, -90.0, 180.0, 90.0}, 3).size(), 64U);
    EXPECT_EQ(tiles_covering({-500.0, -90.0, 500.0, 90.0}, 3).size(), 64U);
}

TEST(TilesCovering, APointOnTheEasternEdgeIsInTheLastColumn) {
    EXPECT_EQ(tile_at({180.0, 0.0}, 3).x, 7U);
    EXPECT_EQ(tile_at({180.0, -max_mercator_lat_deg}, 3), (TileNumber{3, 7, 7}));
}

TEST(TilesCovering, NothingMeetsAnEmptyBoxOrOneBeyondTheSquare) {
    EXPECT_TRUE(tiles_covering(Box{}, 5).empty());
    EXPECT_TRUE(tiles_covering({10.0, 86.0, 20.0, 89.0}, 5).empty());
    EXPECT_TRUE(tiles_covering({181.0, 0.0, 190.0, 1.0}, 5).empty());
}

TEST(TilesCovering, RefusesAZoomBeyond30) { EXPECT_THROW(tiles_covering({0, 0, 1, 1}, 31), InputError); }

}  // namespace
}  // namespace tendik::geom
