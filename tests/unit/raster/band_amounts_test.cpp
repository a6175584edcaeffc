#include "tendik/raster/band_amounts.h"

#include "support/drawn_map.h"
#include "support/message.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik::raster {
namespace {

using test::drawn_map;
using test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;

MemoryRaster raster_of(const std::string& name, const Grid& grid, std::vector<RasterBand> bands) {
    return {name, grid, wgs84, std::move(bands)};
}

AmountsByBand count(const RasterSource& numbers, std::size_t number_count, const RasterSource& people,
                    const Boundaries& map) {
    NoProgress progress;
    Findings findings;
    return amounts_by_band(numbers, number_count, {{"people", &people}}, map, {}, progress, findings);
}

TEST(BandAmounts, AreWholeAndCutByNumber) {
    // Two regions of two cells; the numbers lie on half cells.
    const auto map = drawn_map({"AABB"});
    const auto people = raster_of("people", {0.0, 1.0, 1.0, 1.0, 4, 1}, {{"p", "", {8, 4, 2, 6}}});
    const auto numbers = raster_of(
        "numbers", {0.0, 1.0, 0.5, 1.0, 8, 1},
        {{"nearest", "", {0, 0.5, 1, 1.5, 0, 0, 2, 2.5}}, {"second", "", {2, 2, 2, 2, 2, 2, 2, 2}}});
    const auto amounts = count(numbers, 3, people, map);
    const auto& nearest = amounts.by_band[0][0];
    EXPECT_THAT(nearest[0].whole, ElementsAre(4.0, 2.0, 0.0));  // half of 8, half of 4
    EXPECT_THAT(nearest[0].cut, ElementsAre(4.0, 2.0, 0.0));
    EXPECT_THAT(nearest[1].whole, ElementsAre(2.0, 0.0, 3.0));
    EXPECT_THAT(nearest[1].cut, ElementsAre(0.0, 0.0, 3.0));
    EXPECT_THAT(amounts.by_band[0][1][0].whole, ElementsAre(0.0, 0.0, 12.0));
    EXPECT_EQ(amounts.all[0][0].number, 12.0);
    EXPECT_EQ(amounts.all[0][1].number, 8.0);
}

TEST(BandAmounts, CountAllAlsoWhereTheNumbersEnd) {
    const auto map = drawn_map({"AABB"});
    const auto people = raster_of("people", {0.0, 1.0, 1.0, 1.0, 4, 1}, {{"p", "", {8, 4, 2, 6}}});
    const auto numbers = raster_of("numbers", {0.0, 1.0, 1.0, 1.0, 1, 1}, {{"nearest", "", {0}}});
    const auto amounts = count(numbers, 1, people, map);
    EXPECT_EQ(amounts.all[0][0].number, 12.0);
    EXPECT_THAT(amounts.by_band[0][0][0].whole, ElementsAre(8.0));
    EXPECT_EQ(amounts.states[0], State::present);
    EXPECT_EQ(amounts.states[1], State::unmatched);
    EXPECT_EQ(amounts.all[0][1].number, 8.0);
}

TEST(BandAmounts, NobodyIsNotNoData) {
    const auto map = drawn_map({"AB"});
    const auto people = raster_of("people", {0.0, 1.0, 1.0, 1.0, 2, 1},
                                  {{"p", "", {0.0, std::numeric_limits<double>::quiet_NaN()}}});
    const auto numbers = raster_of("numbers", {0.0, 1.0, 1.0, 1.0, 2, 1}, {{"nearest", "", {0, 0}}});
    const auto amounts = count(numbers, 1, people, map);
    EXPECT_EQ(amounts.all[0][0].number, 0.0);
    EXPECT_EQ(amounts.all[0][1].state, State::missing);
}

TEST(BandAmounts, RefuseFewerThanNobody) {
    const auto map = drawn_map({"AB"});
    const auto people = raster_of("people", {0.0, 1.0, 1.0, 1.0, 2, 1}, {{"p", "", {1.0, -1.0}}});
    const auto numbers = raster_of("numbers", {0.0, 1.0, 1.0, 1.0, 2, 1}, {{"nearest", "", {0, 0}}});
    EXPECT_THAT(message_of([&] { count(numbers, 1, people, map); }), HasSubstr("in region 'B', holds -1"));
}

}  // namespace
}  // namespace tendik::raster
