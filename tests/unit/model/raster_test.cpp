#include "tendik/model/raster.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tendik {
namespace {

TEST(MemoryRaster, GivesTheCellsOfAWindowRowByRow) {
    const auto nothing = std::numeric_limits<double>::quiet_NaN();
    const MemoryRaster raster("drawn", Grid{0.0, 2.0, 1.0, 1.0, 3, 2}, wgs84,
                              {{"a", "", {1, 2, 3, 4, nothing, 6}}, {"b", "", {7, 8, 9, 10, 11, 12}}});
    std::vector<double> values(4);
    raster.read(0, {1, 0, 2, 2}, values);
    EXPECT_EQ(values[0], 2.0);
    EXPECT_EQ(values[1], 3.0);
    EXPECT_TRUE(std::isnan(values[2]));
    EXPECT_EQ(values[3], 6.0);
    raster.read(1, {0, 1, 1, 1}, std::span(values).first(1));
    EXPECT_EQ(values[0], 10.0);
    EXPECT_EQ(raster.info().bands, (std::vector<std::string>{"a", "b"}));
}

TEST(ChosenBands, AreThoseInTheOrderAsked) {
    const MemoryRaster whole("whole", {0.0, 1.0, 1.0, 1.0, 2, 1}, wgs84,
                             {{"a", "m", {1, 2}}, {"b", "", {3, 4}}, {"c", "min", {5, 6}}});
    const ChosenBands chosen(whole, {2, 0});
    EXPECT_EQ(chosen.info().bands, (std::vector<std::string>{"c", "a"}));
    EXPECT_EQ(chosen.info().units, (std::vector<std::string>{"min", "m"}));
    std::vector<double> cells(2);
    chosen.read(0, {0, 0, 2, 1}, cells);
    EXPECT_EQ(cells, (std::vector<double>{5, 6}));
}

}  // namespace
}  // namespace tendik
