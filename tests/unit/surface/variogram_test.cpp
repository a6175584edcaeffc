#include "tendik/surface/variogram.h"

#include "drawn_stations.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

namespace tendik::surface {
namespace {

using testing::HasSubstr;

VariogramOptions of_shape(const std::string& word) {
    VariogramOptions options;
    options.shape = variogram_shape_from_text(word);
    return options;
}

TEST(Variogram, BinsArePairsWithTheirMeanDistanceAndHalfMeanSquare) {
    const auto stations =
        drawn_stations({"EPSG:32642"}, {{"a", {0, 0}, 1}, {"b", {3, 0}, 4}, {"c", {0, 4}, 2}});
    const auto bins = empirical_variogram(stations, 2, 5.0);
    // Hand arithmetic: distances 3, 4, 5 in (2.5, 5]; squares 9, 1, 4; half their mean 14/6.
    ASSERT_EQ(bins.size(), 1U);
    EXPECT_EQ(bins[0].pairs, 3U);
    EXPECT_DOUBLE_EQ(bins[0].distance_m, 4.0);
    EXPECT_DOUBLE_EQ(bins[0].semivariance, 14.0 / 6.0);
}

TEST(Variogram, ADistanceOnALimitBelongsToTheLowerBin) {
    const auto stations =
        drawn_stations({"EPSG:32642"}, {{"a", {0, 0}, 1}, {"b", {2, 0}, 4}, {"c", {5, 0}, 2}});
    const auto bins = empirical_variogram(stations, 2, 4.0);
    ASSERT_EQ(bins.size(), 2U);  // 2 in (0, 2], 3 in (2, 4], 5 beyond the cutoff
    EXPECT_DOUBLE_EQ(bins[0].distance_m, 2.0);
    EXPECT_DOUBLE_EQ(bins[1].distance_m, 3.0);
}

TEST(Variogram, BinsAreThoseOfGstat) {
    Findings findings;
    const auto found = find_variogram(oracle_stations(), {}, findings);
    const auto expected = oracle("kriging_bins.csv");  // variogram(z ~ 1, stations)
    ASSERT_EQ(found.bins.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(found.bins[i].pairs, std::stoul(expected[i][0]));
        EXPECT_NEAR(found.bins[i].distance_m, std::stod(expected[i][1]), 1e-9);
        EXPECT_NEAR(found.bins[i].semivariance, std::stod(expected[i][2]), 1e-11);
    }
}

TEST(Variogram, FitsAreThoseOfGstatOrBetter) {
    // fit.variogram(bins, vgm(...), fit.method = 7), repeated until it stands still
    for (const auto& row : oracle("kriging_fits.csv")) {
        Findings findings;
        const auto found = find_variogram(oracle_stations(), of_shape(row[0]), findings);
        const double squares = std::stod(row[4]);
        EXPECT_LE(found.squares, squares * (1.0 + 1e-9)) << row[0];
        if (row[0] == "gaussian") continue;  // two valleys; gstat's steps end in the one that is less deep
        EXPECT_GE(found.squares, squares * (1.0 - 1e-3)) << row[0];
        EXPECT_NEAR(found.model.nugget, std::stod(row[1]), 0.01 * std::stod(row[2])) << row[0];
        EXPECT_NEAR(found.model.partial_sill / std::stod(row[2]), 1.0, 0.01) << row[0];
        EXPECT_NEAR(found.model.range_m / std::stod(row[3]), 1.0, 0.01) << row[0];
    }
}

TEST(Variogram, WithoutAShapeTheBestOfThreeIsTaken) {
    Findings findings;
    const auto best = find_variogram(oracle_stations(), {}, findings);
    EXPECT_EQ(best.model.shape, VariogramShape::exponential);  // the smallest squares of kriging_fits.csv
    EXPECT_TRUE(findings.empty());
}

TEST(Variogram, ShapesFollowTheirFormulas) {
    const auto at = [](VariogramShape shape, double smoothness, double distance) {
        return semivariance({shape, 1.0, 8.0, 100.0, smoothness}, distance);
    };
    // Hand arithmetic at half a range: 1.5/2 - 0.5/8 = 0.6875; exp(-0.5) = 0.60653; exp(-0.25) = 0.77880.
    EXPECT_NEAR(at(VariogramShape::spherical, 0.5, 50), 1.0 + 8.0 * 0.6875, 1e-12);
    EXPECT_DOUBLE_EQ(at(VariogramShape::spherical, 0.5, 150), 9.0);
    EXPECT_NEAR(at(VariogramShape::exponential, 0.5, 50), 1.0 + 8.0 * (1 - 0.6065306597126334), 1e-12);
    EXPECT_NEAR(at(VariogramShape::gaussian, 0.5, 50), 1.0 + 8.0 * (1 - 0.7788007830714049), 1e-12);
    EXPECT_NEAR(at(VariogramShape::matern, 0.5, 50), at(VariogramShape::exponential, 0.5, 50), 1e-12);
    for (const double smoothness : {1.5, 2.5}) {
        const double bessel = std::pow(2.0, 1.0 - smoothness) / std::tgamma(smoothness) *
                              std::pow(0.5, smoothness) * std::cyl_bessel_k(smoothness, 0.5);
        EXPECT_NEAR(at(VariogramShape::matern, smoothness, 50), 1.0 + 8.0 * (1.0 - bessel), 1e-12);
    }
}

TEST(Variogram, KnownErrorIsTheLeastNugget) {
    auto stations = oracle_stations();
    for (auto& station : stations.stations)
        station.error_sd = 3.0;
    Findings findings;
    const auto found = find_variogram(stations, of_shape("exponential"), findings);
    EXPECT_DOUBLE_EQ(found.model.nugget, 9.0);  // above the 3.7 of kriging_fits.csv
    EXPECT_EQ(findings.count_of("error-exceeds-nugget"), 1U);
}

TEST(Variogram, NoDependenceAndNoSillAreFindings) {
    auto trend = oracle_stations();
    for (auto& station : trend.stations)
        station.value = station.place.x;
    Findings findings;
    find_variogram(trend, {}, findings);
    EXPECT_EQ(findings.count_of("no-sill"), 1U);
    auto checks = trend;
    checks.stations.clear();
    for (int i = 0; i < 100; ++i)
        checks.stations.push_back(
            {"s", {1000.0 * (i % 10), 1000.0 * (i / 10)}, static_cast<double>((i + i / 10) % 2)});
    find_variogram(checks, {}, findings);
    EXPECT_EQ(findings.count_of("no-dependence"), 1U);
}

TEST(Variogram, TooFewDistanceClassesAreRefused) {
    auto stations = oracle_stations();
    VariogramOptions options;
    options.cutoff_m = 20.0;
    Findings findings;
    try {
        find_variogram(stations, options, findings);
        FAIL();
    } catch (const InputError& error) {
        EXPECT_THAT(describe(error), HasSubstr("nearer than 20 m fill"));
        EXPECT_THAT(describe(error), HasSubstr("raise the cutoff"));
    }
    options.cutoff_m = -1.0;
    EXPECT_THROW(find_variogram(stations, options, findings), InputError);
    options = {};
    options.smoothness = 2.0;
    EXPECT_THROW(find_variogram(stations, options, findings), InputError);
    options = {};
    options.bins = 2;
    EXPECT_THROW(find_variogram(stations, options, findings), InputError);
}

// Excluded from the other tests: surface.meuse runs it where R has written the data.
TEST(Meuse, VariogramAndFitAreThoseOfGstat) {
    const char* table = std::getenv("TENDIK_MEUSE");
    ASSERT_NE(table, nullptr) << "run by ctest -R surface.meuse";
    const auto stations = stations_at({"EPSG:28992"}, rows_of(table));
    ASSERT_EQ(stations.stations.size(), 155U);
    Findings findings;
    const auto found = find_variogram(stations, of_shape("spherical"), findings);
    // R 4.2.2, gstat 2.1-0: variogram(log(zinc) ~ 1, meuse), first four rows
    const std::vector<VariogramBin> expected{{57, 79.29243746, .1234479349},
                                             {299, 163.97366556, .2162184853},
                                             {419, 267.36482767, .3027858756},
                                             {457, 372.73542239, .4121447604}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(found.bins.at(i).pairs, expected[i].pairs);
        EXPECT_NEAR(found.bins[i].distance_m, expected[i].distance_m, 1e-8);
        EXPECT_NEAR(found.bins[i].semivariance, expected[i].semivariance, 1e-10);
    }
    // fit.variogram(v, vgm(1, "Sph", 300, 1)), repeated
    EXPECT_NEAR(found.model.nugget, 0.05066044008, 1e-5);
    EXPECT_NEAR(found.model.partial_sill, 0.59060583452, 1e-5);
    EXPECT_NEAR(found.model.range_m, 897.0064223, 0.05);
    EXPECT_NEAR(found.squares, 9.011194e-06, 1e-11);
}

}  // namespace
}  // namespace tendik::surface
