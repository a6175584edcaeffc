#include "tendik/surface/interpolate.h"

#include "drawn_stations.h"
#include "tendik/base/error.h"
#include "tendik/geom/geodesic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>

namespace tendik::surface {
namespace {

using testing::HasSubstr;

SurfaceOptions with_model(const VariogramModel& model) {
    SurfaceOptions options;
    options.model = model;
    return options;
}

SurfaceOptions inverse(double power) {
    SurfaceOptions options;
    options.method = SurfaceMethod::idw;
    options.power = power;
    return options;
}

/// The models of tests/oracles/kriging.R.
SurfaceOptions options_of(const std::string& word) {
    if (word == "idw2") return inverse(2.0);
    if (word == "idw3") return inverse(3.0);
    if (word == "exponential") return with_model({VariogramShape::exponential, 4.0, 25.0, 1500.0});
    if (word == "gaussian") return with_model({VariogramShape::gaussian, 4.0, 25.0, 1500.0});
    if (word == "matern") return with_model({VariogramShape::matern, 4.0, 25.0, 1000.0, 1.5});
    return with_model({VariogramShape::spherical, 4.0, 25.0, 4000.0});
}

std::string fault_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const InputError& error) {
        return describe(error);
    }
    return "no fault";
}

TEST(Surface, PredictionsAndVariancesAreThoseOfGstat) {
    // krige(z ~ 1, stations, targets, model) and idw(...); "filtered" has 3 of its nugget as error
    for (const auto& row : oracle("kriging_predictions.csv")) {
        auto stations = oracle_stations();
        if (row[0] == "filtered")
            for (auto& station : stations.stations)
                station.error_sd = std::sqrt(3.0);
        const std::vector<Point> place{{std::stod(row[1]), std::stod(row[2])}};
        Findings findings;
        const auto found = predict(stations, place, options_of(row[0]), findings)[0];
        EXPECT_NEAR(found.value, std::stod(row[3]), 1e-9) << row[0] << " at " << row[1];
        EXPECT_NEAR(found.error_sd * found.error_sd, std::stod(row[4]), 1e-9) << row[0] << " at " << row[1];
    }
}

TEST(Surface, LeavingOneOutIsThatOfGstat) {
    const auto stations = oracle_stations();
    const Grid grid{0, 8000, 5000, 4000, 2, 2};
    NoProgress progress;
    Findings findings;
    const auto kriged =
        interpolate(stations, grid, stations.crs, options_of("spherical"), progress, findings).left_out;
    const auto idw = interpolate(stations, grid, stations.crs, inverse(2.0), progress, findings).left_out;
    const auto expected = oracle("kriging_left_out.csv");  // krige.cv(..., nfold = 80)
    ASSERT_EQ(kriged.stations.size(), expected.size());
    double squares = 0.0;
    double z_squares = 0.0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double residual = std::stod(expected[i][0]);
        const double z = std::stod(expected[i][1]);
        EXPECT_NEAR(kriged.stations[i].value - kriged.stations[i].predicted, residual, 1e-9);
        EXPECT_NEAR(kriged.stations[i].z.value(), z, 1e-9);
        EXPECT_NEAR(idw.stations[i].value - idw.stations[i].predicted, std::stod(expected[i][2]), 1e-9);
        squares += residual * residual / 80.0;
        z_squares += z * z / 80.0;
    }
    EXPECT_NEAR(kriged.rmse, std::sqrt(squares), 1e-9);
    EXPECT_NEAR(kriged.mean_square_z.value(), z_squares, 1e-9);
    EXPECT_FALSE(idw.mean_square_z);
}

TEST(Surface, DegreesAreMeasuredOnTheEllipsoid) {
    auto stations = oracle_stations();
    stations.crs = wgs84;
    for (auto& station : stations.stations)
        station.place = {60.0 + station.place.x / 1000.0, 44.0 + station.place.y / 1000.0};
    Findings findings;
    const auto options = with_model({VariogramShape::exponential, 4.0, 25.0, 150'000.0});
    for (const auto& row : oracle("kriging_degrees.csv")) {  // gstat in km; its own distances are rougher
        const std::vector<Point> place{{std::stod(row[0]), std::stod(row[1])}};
        const auto found = predict(stations, place, options, findings)[0];
        EXPECT_NEAR(found.value, std::stod(row[2]), 1e-3);
        EXPECT_NEAR(found.error_sd * found.error_sd, std::stod(row[3]), 1e-3);
    }
}

TEST(Surface, DistancesKeepToTheGeodesicUpToTenThousandKilometres) {
    // Twin: Karney's geodesic. Two equal stations and a third: the weight of inverse distance tells the
    // ratio of two distances.
    const Point from{76.9, 43.2};
    for (const Point& to : {Point{76.9001, 43.2}, Point{51.2, 47.1}, Point{80.1, 55.0}, Point{-10.0, 30.0},
                            Point{150.0, -35.0}, Point{76.9, -20.0}}) {
        const Point near{76.9, 43.3};
        const auto stations = drawn_stations(
            wgs84, {{"near", near, 0.0}, {"to", to, 1.0}, {"near too", {76.9, 43.3000001}, 0.0}});
        Findings findings;
        const double value = predict(stations, std::vector<Point>{from}, inverse(1.0), findings)[0].value;
        const double near_m = geom::geodesic_distance_m(from, near);
        const double also_m = geom::geodesic_distance_m(from, {76.9, 43.3000001});
        const double to_m = geom::geodesic_distance_m(from, to);
        const double expected = (1 / to_m) / (1 / near_m + 1 / also_m + 1 / to_m);
        EXPECT_NEAR(value / expected, 1.0, 4e-5) << to.x;
    }
}

TEST(Surface, AStationsOwnCellHoldsItsValue) {
    // Hand arithmetic: an exact hit of inverse distance returns the datum; between two equal weights, the
    // mean.
    const auto stations =
        drawn_stations({"EPSG:32642"}, {{"a", {0.5, 0.5}, 3}, {"b", {2.5, 0.5}, 7}, {"c", {1.5, 1e7}, 5}});
    NoProgress progress;
    Findings findings;
    const auto surface =
        interpolate(stations, {0, 1, 1, 1, 3, 1}, stations.crs, inverse(2.0), progress, findings);
    const auto& values = surface.raster.bands()[0].values;
    EXPECT_EQ(values[0], 3.0);
    EXPECT_NEAR(values[1], 5.0, 1e-12);
    EXPECT_EQ(values[2], 7.0);
    EXPECT_EQ(findings.count_of("station-off-grid"), 1U);
    EXPECT_EQ(surface.raster.bands().size(), 1U);
}

TEST(Surface, BitsDoNotDependOnTheNumberOfThreads) {
    const auto stations = oracle_stations();
    const Grid grid{0, 8000, 25, 100, 400, 80};
    SurfaceOptions options;
    NoProgress progress;
    Findings findings;
    options.jobs = 1;
    const auto one = interpolate(stations, grid, stations.crs, options, progress, findings);
    options.jobs = 8;
    const auto eight = interpolate(stations, grid, stations.crs, options, progress, findings);
    ASSERT_EQ(one.raster.bands().size(), 2U);
    for (std::size_t band = 0; band < 2; ++band) {
        const auto& a = one.raster.bands()[band].values;
        const auto& b = eight.raster.bands()[band].values;
        EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(double)), 0);
    }
    EXPECT_EQ(one.raster.bands()[1].name, "z_standard_error");
}

TEST(Surface, CellsAreWhatThePlacesAre) {
    // Two ways, one answer: blocks of rows against single places.
    const auto stations = oracle_stations();
    const Grid grid{0, 8000, 50, 1000, 200, 8};
    NoProgress progress;
    Findings findings;
    const auto surface = interpolate(stations, grid, stations.crs, {}, progress, findings);
    for (const std::size_t column : {0U, 127U, 128U, 199U}) {
        const auto one = predict(stations, std::vector<Point>{grid.centre(column, 5)}, {}, findings)[0];
        EXPECT_NEAR(surface.raster.bands()[0].values[5 * 200 + column], one.value, 1e-10);
        EXPECT_NEAR(surface.raster.bands()[1].values[5 * 200 + column], one.error_sd, 1e-10);
    }
}

TEST(Surface, DataThatCannotCarryItAreRefusedWithTheReason) {
    auto stations = oracle_stations();
    const std::vector<Point> place{{5000, 4000}};
    Findings findings;
    const auto krige = [&](const Stations& some, const SurfaceOptions& options = {}) {
        return fault_of([&] { predict(some, place, options, findings); });
    };
    auto few = stations;
    few.stations.resize(7);
    EXPECT_THAT(krige(few), HasSubstr("has 7 stations with a value; kriging needs at least 8"));
    few.stations.resize(2);
    EXPECT_THAT(krige(few, inverse(2.0)), HasSubstr("inverse distance needs at least 3"));
    auto equal = stations;
    for (auto& station : equal.stations)
        station.value = 4.5;
    EXPECT_THAT(krige(equal), HasSubstr("all 80 stations of 'points.csv' hold 4.5"));
    auto twice = stations;
    twice.stations[5].place = twice.stations[9].place;
    EXPECT_THAT(krige(twice), HasSubstr("stand at one place"));
    EXPECT_THAT(krige(stations, inverse(0.0)), HasSubstr("power of inverse distance is 0"));
    EXPECT_THAT(krige(stations, with_model({VariogramShape::spherical, -1.0, 2.0, 3.0})),
                HasSubstr("nugget -1"));
    auto coarse = stations;
    for (auto& station : coarse.stations)
        station.error_sd = 3.0;
    EXPECT_THAT(krige(coarse, options_of("spherical")),
                HasSubstr("smaller than the known error variance of 9"));
    EXPECT_THAT(krige(stations, with_model({VariogramShape::gaussian, 0.0, 25.0, 50'000.0})),
                HasSubstr("are singular"));
}

TEST(Surface, GridsWithoutCellsOrWithTooManyAreRefusedWithTheirSize) {
    const auto stations = oracle_stations();
    NoProgress progress;
    Findings findings;
    const auto fill = [&](const Grid& grid, const Crs& crs) {
        return fault_of([&] { interpolate(stations, grid, crs, {}, progress, findings); });
    };
    EXPECT_THAT(fill({0, 8000, 10, 10, 0, 0}, stations.crs), HasSubstr("0 x 0 cells"));
    EXPECT_THAT(fill({0, 8000, 0.01, 0.01, 1'000'000, 800'000}, stations.crs),
                HasSubstr("1000000 x 800000 cells, more than the 200000000"));
    EXPECT_THAT(fill({0, 8000, -1, 10, 10, 10}, stations.crs), HasSubstr("above 0"));
    EXPECT_THAT(fill({0, 8000, 10, 10, 10, 10}, {}), HasSubstr("no coordinate reference system"));
    EXPECT_THAT(fill({90'000, 8000, 10, 10, 10, 10}, stations.crs), HasSubstr("none of the 80 stations"));
}

TEST(Surface, StandardErrorsThatDoNotHoldAreAFinding) {
    const auto stations = oracle_stations();
    NoProgress progress;
    Findings findings;
    interpolate(stations, {0, 8000, 5000, 4000, 2, 2}, stations.crs,
                with_model({VariogramShape::exponential, 0.4, 2.5, 1500.0}), progress, findings);
    EXPECT_EQ(findings.count_of("large-errors"), 1U);
}

}  // namespace
}  // namespace tendik::surface
