#include "tendik/raster/zonal.h"

#include "support/drawn_map.h"
#include "tendik/base/error.h"
#include "tendik/raster/cell_area.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace tendik::raster {
namespace {

using testing::HasSubstr;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

Boundaries one_region(Ring ring) {
    Boundaries map;
    map.crs = wgs84;
    map.key_column = "code";
    map.regions.resize(1);
    map.regions[0].key = "A";
    map.regions[0].shape = {{{std::move(ring), {}}}};
    return map;
}

Ring box(double west, double south, double east, double north) {
    return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

MemoryRaster raster_of(const Grid& grid, std::vector<double> values, const std::string& name = "values") {
    return {name, grid, wgs84, {{"band 1", "ug/m3", std::move(values)}}};
}

struct Run {
    ZonalTable table;
    Findings findings;
    double number(const std::string& name, std::size_t region = 0) const {
        const auto* column = table.find(name);
        return column == nullptr ? -9999.0 : column->values.at(region).number;
    }
    State state(const std::string& name, std::size_t region = 0) const {
        return table.find(name)->values.at(region).state;
    }
};

Run run(const RasterSource& values, const RasterSource* weights, const Boundaries& map,
        ZonalOptions options) {
    NoProgress progress;
    Run result;
    result.table = summarise(values, weights, map, options, progress, result.findings);
    return result;
}

const std::vector<std::string> plain_statistics{"count", "sum", "mean", "variance", "stdev", "cv"};

TEST(Zonal, AreaOnAProjectedGridIsThatOfTheGround) {
    // Web Mercator at 60 N stretches lengths by about 2: a map of 4 x 4 cells of 100 km holds 160,000 km2,
    // and the region's two left columns half of the ground that CellAreas tells.
    const Grid grid{7e6, 8.5e6, 1e5, 1e5, 4, 4};
    std::vector<double> values(16, 1.0);
    values[5] = none;
    const MemoryRaster raster("map", grid, web_mercator, {{"band 1", "", values}});
    auto map = one_region(box(7e6, 8.1e6, 7.2e6, 8.5e6));
    map.crs = web_mercator;
    const auto result = run(raster, nullptr, map, {.statistics = {"area_km2"}});
    const auto areas = CellAreas(raster.info()).of({0, 0, 4, 4});
    double sum = 0.0;
    for (const std::size_t cell : {0U, 1U, 4U, 8U, 9U, 12U, 13U})  // without 5
        sum += areas[cell];
    EXPECT_NEAR(result.number("area_km2"), sum, 1e-9 * sum);
    EXPECT_LT(sum, 7e4 / 3.0);
}

TEST(Zonal, AnInfiniteCellIsAFindingAndMakesNoNumber) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const auto raster = raster_of({0.0, 2.0, 1.0, 1.0, 2, 2}, {1.0, 2.0, -infinite, 4.0});
    const auto result = run(raster, nullptr, one_region(box(0, 0, 2, 2)), {});
    EXPECT_EQ(result.state("sum"), State::not_applicable);
    EXPECT_EQ(result.number("count"), 4.0);
    EXPECT_EQ(result.number("max"), 4.0);
    ASSERT_EQ(result.findings.count_of("infinite-cell"), 1U);
    EXPECT_THAT(result.findings.all().back().text, HasSubstr("column 0 and row 1 (from 0) holds minus inf"));
    const auto weights = raster_of({0.0, 2.0, 2.0, 2.0, 1, 1}, {infinite}, "weights");
    const auto flat = raster_of({0.0, 2.0, 1.0, 1.0, 2, 2}, {1.0, 2.0, 3.0, 4.0});
    EXPECT_THROW(run(flat, &weights, one_region(box(0, 0, 2, 2)), {.statistics = {"weighted_mean"}}),
                 InputError);
}

TEST(Zonal, OfTwoByTwoAroundTheCentre) {
    // exactextract 0.3, test/test_stats.cpp: a unit square centred on 2 x 2 cells
    const auto raster = raster_of({0, 2, 1, 1, 2, 2}, {1, 2, 3, 4});
    const auto whole =
        run(raster, nullptr, one_region(box(0.5, 0.5, 1.5, 1.5)), {.statistics = plain_statistics});
    EXPECT_DOUBLE_EQ(whole.number("count"), 1.0);
    EXPECT_DOUBLE_EQ(whole.number("mean"), 2.5);
    EXPECT_DOUBLE_EQ(whole.number("variance"), 1.25);
    EXPECT_NEAR(whole.number("stdev"), 1.118034, 5e-7);
    EXPECT_NEAR(whole.number("cv"), 0.4472136, 5e-8);
    EXPECT_DOUBLE_EQ(whole.number("share_without_data"), 0.0);
    const auto half = run(raster_of({0, 2, 1, 1, 2, 2}, {1, 2, none, none}), nullptr,
                          one_region(box(0.5, 0.5, 1.5, 1.5)), {.statistics = plain_statistics});
    EXPECT_DOUBLE_EQ(half.number("count"), 0.5);
    EXPECT_DOUBLE_EQ(half.number("sum"), 0.75);
    EXPECT_DOUBLE_EQ(half.number("mean"), 1.5);
    EXPECT_DOUBLE_EQ(half.number("variance"), 0.25);
    EXPECT_DOUBLE_EQ(half.number("share_without_data"), 0.5);
}

TEST(Zonal, OfFiveByFiveWithAHole) {
    // exactextract 0.3, test/test_stats.cpp: sum 13.75 of 3.5 cells
    const auto raster = raster_of(
        {-1, 4, 1, 1, 5, 5}, {1, 1, 1, 1, 1, 1, 1, 2, 3, 1, 1, 4, 5, 6, 1, 1, 0, none, 7, 1, 1, 1, 1, 1, 1});
    const auto result =
        run(raster, nullptr, one_region(box(0.5, 0.5, 2.5, 2.5)),
            {.statistics = {"count", "sum", "mean", "mode", "minority", "min", "max", "variety"}});
    EXPECT_DOUBLE_EQ(result.number("count"), 3.5);
    EXPECT_DOUBLE_EQ(result.number("sum"), 13.75);
    EXPECT_DOUBLE_EQ(result.number("mean"), 13.75 / 3.5);
    EXPECT_EQ(result.number("mode"), 5.0);
    EXPECT_EQ(result.number("minority"), 0.0);
    EXPECT_EQ(result.number("min"), 0.0);
    EXPECT_EQ(result.number("max"), 7.0);
    EXPECT_EQ(result.number("variety"), 8.0);
}

TEST(Zonal, OfFourCellsWithShares) {
    // exactextract 0.3, python/doc/operations.rst: cells 1 2 3 4, cover .5 0 1 .25, weights 5 6 7 8
    auto map = one_region(box(0.5, 0.0, 1.0, 1.0));
    map.regions[0].shape.parts.push_back({box(2.0, 0.0, 3.25, 1.0), {}});
    const auto values = raster_of({0, 1, 1, 1, 4, 1}, {1, 2, 3, 4});
    const auto weights = raster_of({0, 1, 1, 1, 4, 1}, {5, 6, 7, 8}, "weights");
    const auto result = run(
        values, &weights, map,
        {.statistics = {"count", "sum", "mean", "variance", "stdev", "cv", "weighted_sum", "weighted_mean"}});
    EXPECT_DOUBLE_EQ(result.number("count"), 1.75);
    EXPECT_DOUBLE_EQ(result.number("sum"), 4.5);
    EXPECT_NEAR(result.number("mean"), 2.5714285714, 5e-11);
    EXPECT_NEAR(result.number("variance"), 1.1020408163, 5e-11);
    EXPECT_NEAR(result.number("stdev"), 1.0497813183, 5e-11);
    EXPECT_NEAR(result.number("cv"), 0.4082482905, 5e-11);
    EXPECT_DOUBLE_EQ(result.number("weighted_sum"), 31.5);
    EXPECT_NEAR(result.number("weighted_mean"), 2.7391304348, 5e-11);
}

TEST(Zonal, WeighsByCoarserCells) {
    // exactextract 0.3, test/test_stats.cpp: values 1..48 on 8 x 6, weights 5, 10, ... on 4 x 3;
    // sum c w x / sum c w with fractions .25 .5 .5 .25 and weights 30 35 35 40, 50 55 55 60.
    std::vector<double> values(48);
    std::vector<double> weights(12);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<double>(i + 1);
    for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] = 5.0 * static_cast<double>(i + 1);
    const auto value_raster = raster_of({0, 6, 1, 1, 8, 6}, values);
    const auto weight_raster = raster_of({0, 6, 2, 2, 4, 3}, weights, "weights");
    const auto result = run(value_raster, &weight_raster, one_region(box(3.5, 1.5, 6.5, 2.5)),
                            {.statistics = {"count", "weighted_mean", "weighted_count"}});
    EXPECT_DOUBLE_EQ(result.number("count"), 3.0);
    EXPECT_NEAR(result.number("weighted_mean"), 34.4444444444, 5e-11);
    EXPECT_DOUBLE_EQ(result.number("weighted_count"), 135.0);  // 7.5+17.5+17.5+10 + 12.5+27.5+27.5+15
}

TEST(Zonal, CountsCategoriesAndTheirWeights) {
    // exactextract 0.3, test/test_stats.cpp: counts .9 .8, weighted counts .31 2.1
    auto map = one_region(box(0.5, 0.0, 1.4, 1.0));
    map.regions[0].shape.parts.push_back({box(3.7, 0.0, 4.3, 1.0), {}});
    map.regions[0].shape.parts.push_back({box(5.8, 0.0, 6.0, 1.0), {}});
    const auto values = raster_of({0, 1, 1, 1, 6, 1}, {1, 1, 1, 2, 2, 2});
    const auto weights = raster_of({0, 1, 1, 1, 6, 1}, {0.3, 0.4, 1, 4, 3, 0}, "weights");
    const auto result = run(values, &weights, map,
                            {.statistics = {"count", "frac", "weighted_count", "weighted_frac", "unique"}});
    EXPECT_NEAR(result.number("frac_1"), 0.9 / 1.7, 1e-12);
    EXPECT_NEAR(result.number("frac_2"), 0.8 / 1.7, 1e-12);
    EXPECT_NEAR(result.number("weighted_count"), 0.31 + 2.1, 1e-12);
    EXPECT_NEAR(result.number("weighted_frac_1"), 0.31 / 2.41, 1e-12);
    EXPECT_EQ(result.table.find("unique")->lists[0], (std::vector<double>{1, 2}));
}

TEST(Zonal, SaysWhereTheExtremesAre) {
    const auto raster = raster_of({10, 4, 2, 1, 3, 4}, {5, 1, 9, 1, 5, 5, 5, 5, 9, 5, 5, 5});
    const auto result = run(raster, nullptr, one_region(box(10, 0, 16, 4)),
                            {.statistics = {"min_x", "min_y", "max_x", "max_y", "range"}});
    EXPECT_EQ(result.number("min_x"), 13.0);  // column 1, row 0: the first of two
    EXPECT_EQ(result.number("min_y"), 3.5);
    EXPECT_EQ(result.number("max_x"), 15.0);
    EXPECT_EQ(result.number("max_y"), 3.5);
    EXPECT_EQ(result.number("range"), 8.0);
}

TEST(Zonal, ReckonsAreasOnTheEllipsoid) {
    const auto raster = raster_of({60, 50, 1, 1, 2, 2}, {1, none, 1, 1});
    const auto result = run(raster, nullptr, one_region(box(60, 48, 62, 50)), {.statistics = {"area_km2"}});
    // Snyder (1987), 3-12, in R 4.2.2: q <- function(p) {s <- sin(p*pi/180); e2 <- 0.0066943799901413165; e
    // <- sqrt(e2); (1-e2)*(s/(1-e2*s^2) + atanh(e*s)/e)}; 6378.137^2/2*pi/180*((q(50)-q(48))*2 -
    // (q(50)-q(49)))
    EXPECT_NEAR(result.number("area_km2"), 24491.7095895127, 1e-6);
}

/// Values, weights and regions of all kinds, large enough for several chunks.
struct Country {
    Country() {
        std::mt19937 random(11);
        std::gamma_distribution<double> amounts(2.0, 10.0);
        std::uniform_real_distribution<double> chance(0.0, 1.0);
        const auto draw = [&](std::size_t count) {
            std::vector<double> cells(count);
            for (auto& cell : cells)
                cell = chance(random) < 0.05 ? none : std::round(amounts(random) * 10.0) / 10.0;
            return cells;
        };
        values =
            std::make_unique<MemoryRaster>(raster_of(value_grid, draw(value_grid.columns * value_grid.rows)));
        weights = std::make_unique<MemoryRaster>(
            raster_of(weight_grid, draw(weight_grid.columns * weight_grid.rows), "weights"));
        map = test::drawn_map({"AABB.", "ACABD", "ACCDD", "EECDD"}, {0.0, 0.0}, 1.0);
        map.crs = wgs84;
        for (auto& region : map.regions)
            for (auto& part : region.shape.parts)
                for (auto& point : part.outer)
                    point = {60.0 + 2.3 * point.x + 0.31 * point.y, 44.0 + 0.27 * point.x + 1.7 * point.y};
    }
    Grid value_grid{59.0, 53.0, 0.013, 0.0171, 1100, 560};
    Grid weight_grid{59.37, 52.9, 0.0371, 0.0299, 350, 300};
    std::unique_ptr<MemoryRaster> values;
    std::unique_ptr<MemoryRaster> weights;
    Boundaries map;
};

const std::vector<std::string> many_statistics{
    "count",        "sum",           "mean",           "min",
    "max",          "variance",      "median",         "mode",
    "weighted_sum", "weighted_mean", "weighted_stdev", "weighted_median"};

TEST(Zonal, GivesTheSameBitsWithAnyNumberOfThreads) {
    const Country country;
    const auto one =
        run(*country.values, country.weights.get(), country.map, {.statistics = many_statistics, .jobs = 1});
    const auto many =
        run(*country.values, country.weights.get(), country.map, {.statistics = many_statistics, .jobs = 8});
    ASSERT_EQ(one.table.columns.size(), many.table.columns.size());
    for (std::size_t i = 0; i < one.table.columns.size(); ++i)
        for (std::size_t region = 0; region < country.map.regions.size(); ++region)
            EXPECT_EQ(one.table.columns[i].values[region].number,
                      many.table.columns[i].values[region].number);
}

TEST(Zonal, EqualsBruteForce) {
    const Country country;
    const auto result = run(*country.values, nullptr, country.map,
                            {.statistics = {"count", "sum", "mean", "variance", "max"}});
    for (std::size_t region = 0; region < country.map.regions.size(); ++region) {
        const auto coverage = cover(country.map.regions[region].shape, country.value_grid);
        long double count = 0.0L;
        long double sum = 0.0L;
        long double squares = 0.0L;
        double max = 0.0;
        for (auto row = coverage.first_row(); row < coverage.end_row(); ++row)
            for (const auto& span : coverage.row(row))
                for (std::size_t i = 0; i < span.columns; ++i) {
                    const double value =
                        country.values->bands()[0].values[row * country.value_grid.columns + span.column + i];
                    if (std::isnan(value)) continue;
                    count += span.share;
                    sum += static_cast<long double>(span.share) * value;
                    squares += static_cast<long double>(span.share) * value * value;
                    max = std::max(max, value);
                }
        EXPECT_NEAR(result.number("count", region), static_cast<double>(count), 1e-9);
        EXPECT_NEAR(result.number("mean", region), static_cast<double>(sum / count), 1e-12);
        EXPECT_NEAR(result.number("variance", region),
                    static_cast<double>(squares / count - (sum / count) * (sum / count)), 1e-9);
        EXPECT_EQ(result.number("max", region), max);
    }
}

TEST(Zonal, WeighsByAnyGridAsByThePiecesOfBoth) {
    const Country country;
    const auto result = run(*country.values, country.weights.get(), country.map,
                            {.statistics = {"weighted_count", "weighted_sum", "weighted_mean"}});
    // The slow way: a raster whose lines are those of both grids, each piece with its value and weight.
    const auto lines_of = [](double first, double step, std::size_t count, double other_first,
                             double other_step, std::size_t other_count) {
        std::vector<double> lines;
        for (std::size_t i = 0; i <= count; ++i)
            lines.push_back(first + static_cast<double>(i) * step);
        for (std::size_t i = 0; i <= other_count; ++i)
            lines.push_back(other_first + static_cast<double>(i) * other_step);
        std::ranges::sort(lines, [&](double a, double b) { return step > 0.0 ? a < b : a > b; });
        const auto same =
            std::ranges::unique(lines, [](double a, double b) { return std::abs(a - b) < 1e-11; });
        lines.erase(same.begin(), same.end());
        return lines;
    };
    const auto& v = country.value_grid;
    const auto& w = country.weight_grid;
    const GridLines lines{lines_of(v.west, v.cell_width, v.columns, w.west, w.cell_width, w.columns),
                          lines_of(v.north, -v.cell_height, v.rows, w.north, -w.cell_height, w.rows)};
    const auto at = [](const MemoryRaster& raster, double x, double y) {
        const auto& grid = raster.info().grid;
        const double column = std::floor((x - grid.west) / grid.cell_width);
        const double row = std::floor((grid.north - y) / grid.cell_height);
        if (column < 0.0 || row < 0.0 || column >= static_cast<double>(grid.columns) ||
            row >= static_cast<double>(grid.rows))
            return none;
        return raster.bands()[0]
            .values[static_cast<std::size_t>(row) * grid.columns + static_cast<std::size_t>(column)];
    };
    for (std::size_t region = 0; region < country.map.regions.size(); ++region) {
        const auto coverage = cover(country.map.regions[region].shape, lines, CoverMethod::exact);
        long double weight = 0.0L;
        long double product = 0.0L;
        for (auto row = coverage.first_row(); row < coverage.end_row(); ++row)
            for (const auto& span : coverage.row(row))
                for (std::size_t column = span.column; column < span.column + span.columns; ++column) {
                    const double x = (lines.x[column] + lines.x[column + 1]) / 2.0;
                    const double y = (lines.y[row] + lines.y[row + 1]) / 2.0;
                    const double value = at(*country.values, x, y);
                    const double amount = at(*country.weights, x, y);
                    if (std::isnan(value) || std::isnan(amount)) continue;
                    const double cells = span.share * (lines.x[column + 1] - lines.x[column]) *
                                         (lines.y[row] - lines.y[row + 1]) / (v.cell_width * v.cell_height);
                    weight += static_cast<long double>(cells) * amount;
                    product += static_cast<long double>(cells) * amount * value;
                }
        EXPECT_NEAR(result.number("weighted_count", region) / static_cast<double>(weight), 1.0, 1e-11);
        EXPECT_NEAR(result.number("weighted_mean", region), static_cast<double>(product / weight), 1e-10);
    }
}

TEST(Zonal, PropagatesOrBoundsWhatHasNoData) {
    const auto raster = raster_of({0, 1, 1, 1, 4, 1}, {1, 2, none, 5});
    const auto map = one_region(box(0, 0, 4, 1));
    const auto propagated = run(raster, nullptr, map, {.nodata = NodataPolicy::propagate});
    EXPECT_EQ(propagated.state("mean"), State::missing);
    EXPECT_EQ(propagated.number("share_without_data"), 0.25);
    const auto bounded =
        run(raster, nullptr, map,
            {.statistics = {"mean", "sum"}, .nodata = NodataPolicy::bound, .nodata_range = {{0, 10}}});
    EXPECT_DOUBLE_EQ(bounded.number("mean"), 8.0 / 3.0);
    EXPECT_DOUBLE_EQ(bounded.number("mean_low"), 2.0);   // (8 + 0) / 4
    EXPECT_DOUBLE_EQ(bounded.number("mean_high"), 4.5);  // (8 + 10) / 4
    EXPECT_DOUBLE_EQ(bounded.number("sum_high"), 18.0);
    const auto own = run(raster, nullptr, map, {.statistics = {"mean"}, .nodata = NodataPolicy::bound});
    EXPECT_DOUBLE_EQ(own.number("mean_low"), 9.0 / 4.0);  // 1 is the lowest there is
    EXPECT_DOUBLE_EQ(own.number("mean_high"), 13.0 / 4.0);
}

TEST(Zonal, TreatsWeightsWithoutDataByPolicy) {
    const auto raster = raster_of({0, 1, 1, 1, 3, 1}, {1, 2, 6});
    const auto weights = raster_of({0, 1, 1, 1, 3, 1}, {2, 2, none}, "weights");
    const auto map = one_region(box(0, 0, 3, 1));
    const std::vector<std::string> wanted{"mean", "weighted_mean"};
    const auto skipped = run(raster, &weights, map, {.statistics = wanted});
    EXPECT_DOUBLE_EQ(skipped.number("weighted_mean"), 1.5);
    EXPECT_NEAR(skipped.number("share_without_weight"), 1.0 / 3.0, 1e-15);
    const auto propagated =
        run(raster, &weights, map, {.statistics = wanted, .weight_nodata = NodataPolicy::propagate});
    EXPECT_EQ(propagated.state("weighted_mean"), State::not_applicable);
    EXPECT_DOUBLE_EQ(propagated.number("mean"), 3.0);
    const auto bounded =
        run(raster, &weights, map, {.statistics = wanted, .weight_nodata = NodataPolicy::bound});
    EXPECT_DOUBLE_EQ(bounded.number("weighted_mean_low"), 1.5);   // the cell of 6 weighs nothing
    EXPECT_DOUBLE_EQ(bounded.number("weighted_mean_high"), 3.0);  // or as much as the heaviest: (2+4+12)/6
}

TEST(Zonal, TellsRegionsOffTheRasterFromThoseWithoutData) {
    auto map = test::drawn_map({"ABC"});
    map.crs = wgs84;
    const auto result = run(raster_of({0, 1, 1, 1, 2, 1}, {7, none}), nullptr, map, {});
    EXPECT_EQ(result.table.states, (std::vector{State::present, State::missing, State::unmatched}));
    EXPECT_EQ(result.findings.count_of("off-raster"), 1U);
    EXPECT_EQ(result.findings.count_of("no-data"), 1U);
    EXPECT_EQ(result.number("share_without_data", 2), 1.0);
    EXPECT_EQ(result.number("count", 1), 0.0);
}

TEST(Zonal, ReportsARasterThatEndsBeforeTheRegion) {
    const auto result = run(raster_of({0, 1, 1, 1, 2, 1}, {7, 8}), nullptr, one_region(box(0, 0, 8, 1)), {});
    EXPECT_EQ(result.number("share_covered"), 0.25);
    EXPECT_EQ(result.number("share_without_data"), 0.75);
    EXPECT_EQ(result.findings.count_of("partly-covered"), 1U);
}

TEST(Zonal, SaysThatAGridIsTooCoarse) {
    const auto result = run(raster_of({0, 10, 10, 10, 1, 1}, {7}), nullptr, one_region(box(3, 3, 4, 4)), {});
    EXPECT_DOUBLE_EQ(result.number("mean"), 7.0);
    EXPECT_DOUBLE_EQ(result.number("count"), 0.01);
    ASSERT_EQ(result.findings.count_of("coarse-grid"), 1U);
    EXPECT_THAT(result.findings.all()[0].text, HasSubstr("one cell is 100.0 times the region"));
}

TEST(Zonal, MeetsAGridThatRunsFromZeroToThreeHundredSixty) {
    std::vector<double> values(36);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<double>(i);
    const auto result = run(raster_of({0, 10, 10, 10, 36, 1}, values), nullptr,
                            one_region(box(-30, 0, 20, 10)), {.statistics = {"sum"}});
    EXPECT_DOUBLE_EQ(result.number("sum"), 33.0 + 34.0 + 35.0 + 0.0 + 1.0);
    EXPECT_EQ(result.number("share_covered"), 1.0);
}

TEST(Zonal, RefusesARingAcrossTheAntimeridian) {
    const auto map = one_region({{170, 0}, {-170, 0}, {-170, 10}, {170, 10}, {170, 0}});
    try {
        run(raster_of({-180, 10, 10, 10, 36, 1}, std::vector<double>(36, 1.0)), nullptr, map, {});
        FAIL();
    } catch (const InputError& error) {
        EXPECT_THAT(describe(error), HasSubstr("cut the outline at the antimeridian"));
        EXPECT_THAT(describe(error), HasSubstr("region 'A'"));
    }
}

TEST(Zonal, BringsRegionsToTheSystemOfTheRaster) {
    // Web Mercator cells of 1000 m; a region of 60..61 E, 50..51 N: the count is its Mercator surface.
    const Grid grid{6600000, 6660000, 1000, 1000, 250, 250};
    const MemoryRaster raster("mercator", grid, web_mercator,
                              {{"band 1", "", std::vector<double>(62500, 2.0)}});
    const auto result = run(raster, nullptr, one_region(box(60, 50, 61, 51)), {});
    const double radius_m = 6378137.0;
    const auto y_of = [&](double lat_deg) { return radius_m * std::asinh(std::tan(lat_deg * M_PI / 180.0)); };
    EXPECT_NEAR(result.number("count"), radius_m * M_PI / 180.0 * (y_of(51) - y_of(50)) / 1e6, 1e-6);
    EXPECT_EQ(result.number("mean"), 2.0);
    EXPECT_EQ(result.findings.count_of("regions-reprojected"), 1U);
}

std::string refusal(const RasterSource& values, const RasterSource* weights, const Boundaries& map,
                    const ZonalOptions& options) {
    try {
        run(values, weights, map, options);
    } catch (const InputError& error) {
        return describe(error);
    }
    return "none";
}

TEST(Zonal, RefusesWhatCannotBeRight) {
    const auto raster = raster_of({0, 1, 1, 1, 2, 1}, {7, 8});
    const auto map = one_region(box(0, 0, 2, 1));
    EXPECT_THAT(refusal(raster, nullptr, map, {.statistics = {"meann"}}), HasSubstr("did you mean 'mean'?"));
    EXPECT_THAT(refusal(raster, nullptr, map, {.statistics = {"weighted_mean"}}),
                HasSubstr("--weight-raster"));
    EXPECT_THAT(refusal(raster, nullptr, map, {.quantiles = {1.5}}), HasSubstr("1.5 is not between 0 and 1"));
    const auto negative = raster_of({0, 1, 1, 1, 2, 1}, {3, -4}, "population.tif");
    EXPECT_THAT(refusal(raster, &negative, map, {.statistics = {"weighted_mean"}}),
                HasSubstr("population.tif: a cell in region 'A' weighs -4, below 0"));
    const MemoryRaster elsewhere("weights.tif", {0, 1, 1, 1, 2, 1}, web_mercator, {{"band 1", "", {1, 1}}});
    EXPECT_THAT(refusal(raster, &elsewhere, map, {.statistics = {"weighted_mean"}}),
                HasSubstr("gdalwarp -t_srs EPSG:4326"));
    EXPECT_THAT(refusal(raster, nullptr, one_region(box(50, 50, 51, 51)), {}),
                HasSubstr("no region lies on the raster"));
    EXPECT_THAT(refusal(raster, nullptr, map, {.max_memory_bytes = 1000000}),
                HasSubstr("give at least --max-memory"));
}

TEST(Zonal, FindsThatNothingHasData) {
    const auto result =
        run(raster_of({0, 1, 1, 1, 2, 1}, {none, none}), nullptr, one_region(box(0, 0, 2, 1)), {});
    EXPECT_EQ(result.findings.count(Severity::error), 1U);
    EXPECT_EQ(result.number("count"), 0.0);
    EXPECT_EQ(result.state("mean"), State::missing);
    EXPECT_EQ(result.number("share_without_data"), 1.0);
}

}  // namespace
}  // namespace tendik::raster
