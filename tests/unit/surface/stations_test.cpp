#include "tendik/surface/stations.h"

#include "drawn_stations.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tendik::surface {
namespace {

using testing::HasSubstr;

std::string fault_of(const Stations& stations) {
    try {
        place_stations(stations, wgs84);
    } catch (const InputError& error) {
        return describe(error);
    }
    return "no fault";
}

TEST(Stations, AreBroughtToTheGridsSystem) {
    const auto placed =
        place_stations(drawn_stations({"EPSG:32642"}, {{"a", {500'000, 5'000'000}, 1.0}}), wgs84);
    EXPECT_EQ(placed.crs.definition, wgs84.definition);
    EXPECT_NEAR(placed.stations[0].place.x, 69.0, 1e-9);  // the central meridian of zone 42
}

TEST(Stations, WithoutAPlaceAreRefusedByNameAndLine) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THAT(fault_of(drawn_stations({}, {{"a", {70, 50}, 1.0}})), HasSubstr("no coordinate reference"));
    EXPECT_THAT(fault_of(drawn_stations(wgs84, {{"Aktau", {none, 50}, 1.0, 0.0, "points.csv, line 3"}})),
                HasSubstr("station 'Aktau' (points.csv, line 3) has no place"));
    EXPECT_THAT(fault_of(drawn_stations(wgs84, {{"a", {51, 171}, 1.0}})), HasSubstr("look exchanged"));
    EXPECT_THAT(fault_of(drawn_stations(wgs84, {{"a", {500'000, 5'000'000}, 1.0}})),
                HasSubstr("metres need their CRS named"));
}

TEST(Stations, WithImpossibleFiguresAreRefused) {
    EXPECT_THAT(fault_of(drawn_stations(wgs84, {{"a", {70, 50}, INFINITY}})), HasSubstr("has the value inf"));
    EXPECT_THAT(fault_of(drawn_stations(wgs84, {{"a", {70, 50}, 1.0, -2.0}})), HasSubstr("is -2"));
}

TEST(Stations, TwoAtOnePlaceAreRefusedWithBothValues) {
    const auto fault =
        fault_of(drawn_stations(wgs84, {{"a", {70, 50}, 1.0}, {"b", {71, 50}, 2.0}, {"c", {70, 50}, 3.5}}));
    EXPECT_THAT(fault, HasSubstr("station 'a' and station 'c' stand at one place (70, 50)"));
    EXPECT_THAT(fault, HasSubstr("1 and 3.5"));
}

TEST(Stations, RoundingAddsTheDeviationOfAUniformStep) {
    EXPECT_DOUBLE_EQ(rounding_error_sd(10.0), 10.0 / std::sqrt(12.0));  // variance 100/12
}

}  // namespace
}  // namespace tendik::surface
