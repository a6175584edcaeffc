#include "tendik/raster/dasymetric.h"

#include "support/drawn_map.h"
#include "tendik/base/error.h"
#include "tendik/raster/zonal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>

namespace tendik::raster {
namespace {

using testing::HasSubstr;

const Crs utm42{"EPSG:32642"};

Boundaries drawn(const std::vector<std::string>& rows) {
    auto map = test::drawn_map(rows);
    map.crs = utm42;
    return map;
}

Column numbers(const std::vector<double>& totals) {
    Column column;
    for (const double total : totals)
        column.push_back(Value::of(total));
    return column;
}

Settlements towns(const std::vector<Settlement>& settlements) { return {"towns.csv", utm42, settlements}; }

std::string fault_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const InputError& error) {
        return describe(error);
    }
    return "no fault";
}

/// What zonal statistics count in each region.
std::vector<double> sums(const PeopleSurface& surface, const Boundaries& map) {
    NoProgress progress;
    Findings findings;
    const auto table = summarise(surface.raster, nullptr, map, {.statistics = {"sum"}}, progress, findings);
    std::vector<double> result;
    for (const auto& value : table.find("sum")->values)
        result.push_back(value.number);
    return result;
}

TEST(Dasymetric, PeopleGoWhereTheSettlementsAre) {
    const auto map = drawn({"AABB"});
    Findings findings;
    const auto surface =
        spread_people(map, numbers({300, 50}), "people",
                      towns({{"a", {0.5, 0.5}, 20}, {"b", {1.5, 0.5}, 10}, {"c", {3.5, 0.5}, 7}}),
                      {0, 1, 1, 1, 4, 1}, utm42, {}, findings);
    // Hand arithmetic: 300 in the ratio 20 to 10; all 50 in the only settlement of B.
    const std::vector<double> expected{200, 100, 0, 50};
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_NEAR(surface.raster.bands()[0].values[i], expected[i], 1e-10);
    EXPECT_NEAR(surface.regions[0].factor, 10.0, 1e-12);
    EXPECT_EQ(surface.regions[0].settlements, 2U);
    EXPECT_EQ(surface.raster.bands()[0].name, "people_modelled");
    EXPECT_TRUE(findings.empty());
}

TEST(Dasymetric, EveryRegionKeepsItsTotalWhereCellsAreShared) {
    const auto map = drawn({"AAABB", "ACABB", "AAADB"});  // C is an enclave, D borders on A and B
    const auto places = towns({{"a", {0.4, 2.6}, 5000},
                               {"a2", {2.9, 1.6}, 800},
                               {"b", {3.1, 2.5}, 90},
                               {"b2", {4.6, 0.3}, 1234},
                               {"c", {1.5, 1.5}, 20'000},
                               {"d", {3.5, 0.5}, 3}});
    const std::vector<double> totals{738'587, 1'234.5, 2'000'900, 17};
    for (const double cell : {0.09, 0.31, 0.7}) {  // no line of cells is a border
        const auto count = static_cast<std::size_t>(std::ceil(5.2 / cell));
        const Grid grid{-0.1, 3.1, cell, cell, count, count};
        for (const auto remainder : {Remainder::settlements, Remainder::even}) {
            Findings findings;
            const auto surface = spread_people(map, numbers(totals), "people", places, grid, utm42,
                                               {.remainder = remainder}, findings);
            const auto found = sums(surface, map);
            for (std::size_t i = 0; i < totals.size(); ++i)
                EXPECT_NEAR(found[i] / totals[i], 1.0, 1e-9) << cell << " " << map.regions[i].key;
        }
    }
}

TEST(Dasymetric, TheRemainderMayLiveAllOver) {
    const auto map = drawn({"AA"});
    Findings findings;
    const auto surface = spread_people(map, numbers({100}), "people", towns({{"a", {0.5, 0.5}, 60}}),
                                       {0, 1, 1, 1, 2, 1}, utm42, {.remainder = Remainder::even}, findings);
    // Hand arithmetic: 60 in town, 40 over two cells.
    EXPECT_NEAR(surface.raster.bands()[0].values[0], 80.0, 1e-10);
    EXPECT_NEAR(surface.raster.bands()[0].values[1], 20.0, 1e-10);
    EXPECT_NEAR(surface.regions[0].factor, 1.0, 1e-12);
    const auto less = spread_people(map, numbers({30}), "people", towns({{"a", {0.5, 0.5}, 60}}),
                                    {0, 1, 1, 1, 2, 1}, utm42, {.remainder = Remainder::even}, findings);
    EXPECT_NEAR(less.raster.bands()[0].values[0], 30.0, 1e-10);
    EXPECT_EQ(findings.count_of("settlements-exceed-total"), 1U);
}

TEST(Dasymetric, ItMayBeToldHowManyLiveAllOver) {
    const auto map = drawn({"AABB"});
    const auto places = towns({{"a", {0.5, 0.5}, 60}, {"c", {1.5, 0.5}, 20}, {"b", {2.5, 0.5}, 7}});
    const Grid grid{0, 1, 1, 1, 4, 1};
    Findings findings;
    const auto fill = [&](const Column& evenly) {
        return spread_people(map, numbers({100, 50}), "people", places, grid, utm42, {.evenly = evenly},
                             findings);
    };
    auto evenly = numbers({20, 0});
    evenly[1] = Value::without(State::not_applicable);
    const auto surface = fill(evenly);
    // Hand arithmetic: 80 by 60 : 20 and 10 on each cell; B has no rural population, all 50 are in town.
    const double expected[] = {70.0, 30.0, 50.0, 0.0};
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_NEAR(surface.raster.bands()[0].values[i], expected[i], 1e-10) << i;
    EXPECT_NEAR(surface.regions[0].factor, 1.0, 1e-12);
    EXPECT_THAT(fault_of([&] {
                    fill(numbers({101, 0}));
                }),
                HasSubstr("101 people of region 'A' live spread evenly, of a total of 100"));
    evenly[1] = Value::without(State::missing);
    EXPECT_THAT(fault_of([&] { fill(evenly); }), HasSubstr("region 'B' live spread evenly is not known"));
    EXPECT_THAT(fault_of([&] { fill(numbers({1})); }), HasSubstr("2 totals, and 1"));
}

TEST(Dasymetric, RegionsWithoutASettlementAreRefusedOrSpread) {
    const auto map = drawn({"ABC"});
    const auto places = towns({{"a", {0.5, 0.5}, 60}, {"far", {9, 9}, 5}});
    const Grid grid{0, 1, 0.5, 0.5, 6, 2};
    Findings findings;
    const auto spread = [&](const DasymetricOptions& options) {
        return spread_people(map, numbers({1, 2, 4}), "people", places, grid, utm42, options, findings);
    };
    EXPECT_THAT(fault_of([&] { spread({}); }), HasSubstr("no settlement with people lies in: B, C"));
    findings = {};
    const auto surface = spread({.spread_where_none = true});
    EXPECT_NEAR(surface.raster.bands()[0].values[5], 1.0, 1e-12);  // 4 people on 4 cells
    EXPECT_EQ(findings.count_of("spread-evenly"), 2U);
    EXPECT_EQ(findings.count_of("settlement-off-regions"), 1U);
}

TEST(Dasymetric, ARegionWithoutATotalStaysEmpty) {
    const auto map = drawn({"AB"});
    auto totals = numbers({10, 0});
    totals[1] = Value::without(State::suppressed);
    Findings findings;
    const auto surface = spread_people(map, totals, "people", towns({{"a", {0.5, 0.5}, 6}}),
                                       {0, 1, 1, 1, 2, 1}, utm42, {}, findings);
    EXPECT_NEAR(surface.raster.bands()[0].values[0], 10.0, 1e-12);
    EXPECT_TRUE(std::isnan(surface.raster.bands()[0].values[1]));
    ASSERT_EQ(findings.count_of("no-total"), 1U);
    EXPECT_THAT(findings.all()[0].text, HasSubstr("suppressed"));
}

TEST(Dasymetric, BadInputIsRefused) {
    const auto map = drawn({"AB"});
    const auto places = towns({{"a", {0.5, 0.5}, 6}, {"b", {1.5, 0.5}, 6}});
    const Grid grid{0, 1, 0.5, 0.5, 4, 2};
    const auto fault = [&](const Column& totals, const Settlements& some, const Grid& on) {
        return fault_of([&] {
            Findings findings;
            spread_people(map, totals, "people", some, on, utm42, {}, findings);
        });
    };
    EXPECT_THAT(fault(numbers({-5, 1}), places, grid), HasSubstr("total of region 'A' is -5"));
    EXPECT_THAT(fault(numbers({5, 1}), places, {0, 1, 1, 1, 0, 0}), HasSubstr("0 x 0 cells"));
    EXPECT_THAT(fault(numbers({5, 1}), places, {0, 1, 1e-6, 1e-6, 2'000'000, 1'000'000}),
                HasSubstr("2000000 x 1000000"));
    EXPECT_THAT(fault(numbers({5, 1}), places, {0, 1, 0.5, 0.5, 3, 2}),
                HasSubstr("only 50 % of region 'B' lies on the grid"));
    EXPECT_THAT(fault(numbers({5, 1}), towns({{"a", {0.5, 0.5}, -6}}), grid), HasSubstr("has -6 people"));
    EXPECT_THAT(fault(numbers({5, 1}), towns({{"a", {std::nan(""), 0.5}, 6}}), grid),
                HasSubstr("no such place"));
    EXPECT_THAT(fault(numbers({5}), places, grid), HasSubstr("1 totals for 2 regions"));
    // One cell for both regions: 5 people here and 1 there cannot be told apart.
    EXPECT_THAT(fault(numbers({5, 1}), places, {0, 1, 2, 1, 1, 1}), HasSubstr("too coarse"));
}

}  // namespace
}  // namespace tendik::raster
