#include "tendik/join/nesting.h"

#include "support/drawn_map.h"
#include "support/message.h"
#include "tendik/join/join.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tendik {
namespace {

using test::drawn_map;
using test::message_of;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

/// A and B lie in P, C and D in Q.
class Nested : public testing::Test {
protected:
    Nested() {
        regions.source = "districts";
        parents.source = "oblasts";
        parents.key_column = "code";
        for (auto& region : regions.regions)
            region.attributes = {{"key", region.key}, {"oblast", region.key < "C" ? "P" : "Q"}};
    }
    Nesting nested() { return join::nest(regions, parents, "oblast", nullptr, findings); }
    Layer layer(IndicatorKind kind, std::vector<double> numbers) const {
        Layer result;
        result.indicator.code = "people";
        result.indicator.kind = kind;
        for (const auto number : numbers)
            result.values.push_back(Value::of(number));
        return result;
    }
    static Column column(std::vector<double> numbers) {
        Column result;
        for (const auto number : numbers)
            result.push_back(Value::of(number));
        return result;
    }

    Boundaries regions = drawn_map({"ABCD"});
    Boundaries parents = drawn_map({"PPQQ"});
    Findings findings;
};

TEST_F(Nested, FindsTheParentOfEachRegionByItsColumn) {
    const auto nesting = nested();
    EXPECT_THAT(nesting.parent_of,
                ElementsAre(RegionIndex{0}, RegionIndex{0}, RegionIndex{1}, RegionIndex{1}));
    EXPECT_TRUE(findings.empty());
}

TEST_F(Nested, ListsEveryRegionWithoutAKnownParent) {
    regions.regions[0].attributes[1].second = "X";
    regions.regions[3].attributes[1].second = " ";
    EXPECT_THAT(
        message_of([&] { nested(); }),
        AllOf(HasSubstr("column 'oblast' names no parent of oblasts for"), HasSubstr("region 'A': 'X'"),
              HasSubstr("region 'D': the column is empty"), HasSubstr("column 'code' of oblasts")));
}

TEST_F(Nested, NamesTheNearestColumnWhereThereIsNoSuchOne) {
    EXPECT_THAT(message_of([&] { join::nest(regions, parents, "oblats", nullptr, findings); }),
                AllOf(HasSubstr("no column 'oblats'"), HasSubstr("did you mean 'oblast'?")));
}

TEST_F(Nested, TellsAParentWithoutRegions) {
    for (auto& region : regions.regions)
        region.attributes[1].second = "P";
    nested();
    ASSERT_EQ(findings.count_of("parent-without-regions"), 1U);
    EXPECT_EQ(findings.all()[0].where, "parent 'Q'");
}

TEST_F(Nested, TotalsAreSummedAndComparedWithBothNumbers) {
    const auto nesting = nested();
    const auto rolled = join::roll_up(layer(IndicatorKind::total, {10, 20, 30, 40}), regions, nesting,
                                      column({30, 80}), 0.005, findings);
    EXPECT_EQ(rolled.values[0].number, 30.0);  // by hand: 10 + 20
    EXPECT_EQ(rolled.values[1].number, 70.0);  // by hand: 30 + 40
    EXPECT_THAT(rolled.region_counts, ElementsAre(2U, 2U));
    EXPECT_EQ(rolled.differing_count, 1U);
    ASSERT_EQ(findings.count_of("roll-up-differs"), 1U);
    EXPECT_EQ(findings.all()[0].where, "parent 'Q'");
    // By hand: 70 - 80 = -10, -10 / 80 = -12.5 %.
    EXPECT_THAT(findings.all()[0].text, AllOf(HasSubstr("the regions make 70, published is 80: -10, -12.5 %"),
                                              HasSubstr("tolerance 0.5 %")));
}

TEST_F(Nested, ADifferenceWithinTheToleranceIsNone) {
    const auto nesting = nested();
    join::roll_up(layer(IndicatorKind::count, {10, 20, 30, 40}), regions, nesting, column({30, 80}), 0.125,
                  findings);
    EXPECT_TRUE(findings.empty());
}

TEST_F(Nested, RatesAreWeighedByTheWeightsOfTheLayer) {
    const auto nesting = nested();
    auto rates = layer(IndicatorKind::rate, {10, 20, 30, 40});
    rates.weights = Weights{column({1, 3, 1, 1}), "people", 0, false, {}};
    const auto rolled = join::roll_up(rates, regions, nesting, {}, 0.005, findings);
    EXPECT_EQ(rolled.values[0].number, 17.5);  // by hand: (10 x 1 + 20 x 3) / 4
    EXPECT_EQ(rolled.values[1].number, 35.0);  // by hand: (30 + 40) / 2
    EXPECT_EQ(rolled.published[0].state, State::unmatched);
    EXPECT_TRUE(findings.empty());
}

TEST_F(Nested, ARateWithoutWeightsIsNotPutTogetherAndThatIsSaid) {
    const auto nesting = nested();
    const auto rolled =
        join::roll_up(layer(IndicatorKind::rate, {10, 20, 30, 40}), regions, nesting, {}, 0.005, findings);
    EXPECT_EQ(rolled.values[0].state, State::missing);
    ASSERT_EQ(findings.count_of("roll-up-unweighted"), 1U);
    EXPECT_THAT(findings.all()[0].text, HasSubstr("--weight"));
}

TEST_F(Nested, ARegionWithoutAValueLeavesItsParentWithoutOne) {
    const auto nesting = nested();
    auto totals = layer(IndicatorKind::total, {10, 20, 30, 40});
    totals.values[1] = Value::without(State::suppressed);
    totals.values[2] = Value::without(State::not_applicable);
    const auto rolled = join::roll_up(totals, regions, nesting, column({30, 40}), 0.005, findings);
    EXPECT_EQ(rolled.values[0].state, State::missing);
    EXPECT_EQ(rolled.values[1].number, 40.0);  // C is not applicable, no part of the sum
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "roll-up-incomplete");
    EXPECT_THAT(findings.all()[0].text, HasSubstr("1 of its 2 regions have no value: 'B': suppressed"));
}

TEST_F(Nested, RowsOfTheParentsAreSetApartAndNotUnmatched) {
    Indicators table{"t.csv", "key", {}};
    for (const auto& [key, number] :
         std::vector<std::pair<const char*, double>>{{"P", 30}, {"A", 10}, {"B", 20}, {"C", 30}, {"D", 40}}) {
        Figure figure;
        figure.key = key;
        figure.value = Value::of(number);
        figure.line = table.figures.size() + 2;
        table.figures.push_back(figure);
    }
    JoinOptions options;
    EXPECT_THAT(message_of([&] { join::join(regions, table, nullptr, options, findings); }),
                HasSubstr("'P'"));
    options.others = &parents;
    const auto joined = join::join(regions, table, nullptr, options, findings);
    EXPECT_EQ(joined.report.matched_count, 4U);
    ASSERT_EQ(joined.of_others.size(), 2U);
    EXPECT_EQ(joined.of_others[0].number, 30.0);
    EXPECT_EQ(joined.of_others[1].state, State::unmatched);
    auto twice = table.figures.front();
    twice.line = 9;
    table.figures.push_back(twice);
    EXPECT_THAT(message_of([&] { join::join(regions, table, nullptr, options, findings); }),
                AllOf(HasSubstr("two rows for one region"), HasSubstr("line 2"), HasSubstr("line 9")));
}

}  // namespace
}  // namespace tendik
