#include "tendik/raster/exposure.h"

#include "support/drawn_map.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tendik::raster {
namespace {

using testing::HasSubstr;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

MemoryRaster raster_of(const std::string& name, const Grid& grid, std::vector<double> values) {
    return {name, grid, wgs84, {{"band 1", "ug/m3", std::move(values)}}};
}

/// Two regions, A of 2 x 2 and B of 1 x 2 units.
Boundaries two_regions() {
    auto map = test::drawn_map({"AAB", "AAB"});
    map.crs = wgs84;
    return map;
}

struct Exposed {
    ZonalTable table;
    Findings findings;
    double number(const std::string& name, std::size_t region) const {
        const auto* column = table.find(name);
        return column == nullptr ? -9999.0 : column->values.at(region).number;
    }
};

Exposed exposed(const RasterSource& exposure, const std::vector<PopulationRaster>& populations,
                const ExposureOptions& options = {}) {
    NoProgress progress;
    Exposed result;
    result.table = expose(exposure, populations, two_regions(), options, progress, result.findings);
    return result;
}

std::string refusal(const RasterSource& exposure, const std::vector<PopulationRaster>& populations,
                    const ExposureOptions& options) {
    try {
        exposed(exposure, populations, options);
    } catch (const InputError& error) {
        return describe(error);
    }
    return "none";
}

// Exposure by unit cell, north row first; A has 4 12 / 20 40, B has 5 / 30.
const std::vector<double> dust{4, 12, 5, 20, 40, 30};
const Grid unit_grid{0, 2, 1, 1, 3, 2};

TEST(Exposure, OfPeopleOnTheSameGrid) {
    const auto pm25 = raster_of("pm25.tif", unit_grid, dust);
    const auto all = raster_of("people.tif", unit_grid, {100, 200, 60, 300, 400, 40});
    const auto children = raster_of("children.tif", unit_grid, {10, 20, 6, 0, 0, 4});
    const auto result = exposed(pm25, {{"all", &all}, {"children", &children}});
    EXPECT_DOUBLE_EQ(result.number("all", 0), 1000.0);
    EXPECT_DOUBLE_EQ(result.number("all_mean", 0), (400.0 + 2400.0 + 6000.0 + 16000.0) / 1000.0);  // sum P C
                                                                                                   // / sum P
    EXPECT_DOUBLE_EQ(result.number("mean", 0), 19.0);  // (4+12+20+40)/4
    EXPECT_DOUBLE_EQ(result.number("all_above_5", 0), 900.0);
    EXPECT_DOUBLE_EQ(result.number("all_above_15", 0), 700.0);
    EXPECT_DOUBLE_EQ(result.number("all_share_above_35", 0), 0.4);
    EXPECT_DOUBLE_EQ(result.number("all_up_to_5", 0), 100.0);
    EXPECT_DOUBLE_EQ(result.number("all_10_to_15", 0), 200.0);
    EXPECT_DOUBLE_EQ(result.number("all_over_35", 0), 400.0);
    EXPECT_DOUBLE_EQ(result.number("all_above_5", 1), 40.0);  // 5 is not above 5
    EXPECT_DOUBLE_EQ(result.number("children_mean", 0), (40.0 + 240.0) / 30.0);
    EXPECT_DOUBLE_EQ(result.number("children_above_10", 1), 4.0);
    // w 60 40, x 5 30: 2 60 40 25 / (2 100^2 15)
    EXPECT_NEAR(result.number("all_gini", 1), 0.4, 1e-15);
    EXPECT_EQ(result.table.find("all_mean")->unit, "ug/m3");
}

TEST(Exposure, SplitsCellsOfThePopulationByTheirSurface) {
    // Cells of half a unit, shifted by a quarter: the outer halves of the outer cells lie off the raster.
    const Grid fine{-0.25, 2.0, 0.5, 2.0, 7, 1};
    const auto pm25 = raster_of("pm25.tif", {0, 2, 1, 2, 3, 1}, {10, 20, 30});
    const auto people = raster_of("people.tif", fine, {8, 8, 8, 8, 8, 8, 8});
    const auto result = exposed(pm25, {{"all", &people}}, {.thresholds = {15}});
    // A is 2 units wide: 4 + 8 + 4 | 4 + 8 + 4
    EXPECT_DOUBLE_EQ(result.number("all", 0), 32.0);
    EXPECT_DOUBLE_EQ(result.number("all_mean", 0), 15.0);
    EXPECT_DOUBLE_EQ(result.number("all_above_15", 0), 16.0);
    EXPECT_DOUBLE_EQ(result.number("all", 1), 16.0);
}

TEST(Exposure, CountsPeopleOnACoarserGridOnce) {
    const auto pm25 = raster_of("pm25.tif", unit_grid, dust);
    const auto people = raster_of("people.tif", {0, 2, 3, 2, 1, 1}, {600});
    const auto result = exposed(pm25, {{"all", &people}});
    EXPECT_DOUBLE_EQ(result.number("all", 0), 400.0);  // 4 of 6 units
    EXPECT_DOUBLE_EQ(result.number("all", 1), 200.0);
    EXPECT_DOUBLE_EQ(result.number("all_mean", 0), 19.0);
    EXPECT_EQ(result.findings.count_of("coarse-grid"), 2U);
}

TEST(Exposure, TellsPeopleWithoutExposure) {
    const auto pm25 = raster_of("pm25.tif", unit_grid, {4, none, 5, 20, 40, 30});
    const auto people = raster_of("people.tif", unit_grid, {100, 200, 60, 300, 400, 40});
    const auto result = exposed(pm25, {{"all", &people}});
    EXPECT_DOUBLE_EQ(result.number("all_without_exposure", 0), 200.0);
    EXPECT_DOUBLE_EQ(result.number("all_share_above_5", 0), 700.0 / 800.0);
    ASSERT_EQ(result.findings.count_of("people-off-raster"), 1U);
}

TEST(Exposure, NobodyHasNoMeanButNoneAbove) {
    const auto pm25 = raster_of("pm25.tif", unit_grid, dust);
    const auto people = raster_of("people.tif", unit_grid, {0, 0, 60, 0, 0, 40});
    const auto result = exposed(pm25, {{"all", &people}});
    EXPECT_EQ(result.table.find("all_mean")->values[0].state, State::not_applicable);
    EXPECT_EQ(result.number("all", 0), 0.0);
    EXPECT_EQ(result.number("all_above_5", 0), 0.0);
}

TEST(Exposure, RefusesWhatCannotBeRight) {
    const auto pm25 = raster_of("pm25.tif", unit_grid, dust);
    const auto people = raster_of("people.tif", unit_grid, {100, 200, 60, -300, 400, 40});
    EXPECT_THAT(refusal(pm25, {{"all", &pm25}}, {.thresholds = {5, 15, 10}}), HasSubstr("10 comes after 15"));
    EXPECT_THAT(
        refusal(pm25, {{"all", &people}}, {}),
        HasSubstr("people.tif: the cell of column 0 and row 1 (from 0), in region 'A', holds -300 people"));
    EXPECT_THAT(refusal(pm25, {{"all", &pm25}, {"all", &pm25}}, {}),
                HasSubstr("two population rasters are called 'all'"));
    EXPECT_THAT(refusal(pm25, {}, {}), HasSubstr("--population-raster"));
}

TEST(Exposure, KnowsTheGuidelinesOfWho) {
    // WHO (2021): guideline 5, interim targets 10, 15, 25, 35 ug/m3
    EXPECT_EQ(threshold_preset("who-pm25"), (std::vector<double>{5, 10, 15, 25, 35}));
    EXPECT_FALSE(threshold_preset("who").has_value());
}

}  // namespace
}  // namespace tendik::raster
