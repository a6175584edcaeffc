#include "tendik/trends/trends.h"

#include "support/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace tendik {
namespace {

using test::message_of;
using testing::HasSubstr;

Measure measure(const std::string& code, double value, std::optional<double> se = std::nullopt) {
    Measure made;
    made.code = code;
    made.value = value;
    made.se = se;
    return made;
}

TrendYear year_of(int year, const std::vector<double>& values, std::vector<Measure> measures = {}) {
    TrendYear made;
    made.year = year;
    for (const double value : values)
        made.values.push_back(Value::of(value));
    made.measures.measures = std::move(measures);
    return made;
}

/// Four regions in three years, as in tests/oracles/trends.R.
std::vector<TrendYear> four_regions() {
    return {year_of(2010, {20, 10, 5, 40}), year_of(2014, {16, 9, 5, 30}), year_of(2018, {13, 8.5, 4.6, 22})};
}

TEST(Convergence, SpreadOfLogarithmsAndItsSlopeAreThoseOfR) {
    // R 4.2.2, tests/oracles/trends.R: apply(log(v), 2, sd); lm(spread ~ t); lm(growth ~ log(v[, 1]))
    const auto found = trends::converge(four_regions());
    ASSERT_EQ(found.spread.size(), 3U);
    EXPECT_NEAR(found.spread[0].second, 0.894849162259765, 1e-12);
    EXPECT_NEAR(found.spread[2].second, 0.662516925127612, 1e-12);
    EXPECT_NEAR(found.sigma->slope, -0.0290415296415223, 1e-12);
    EXPECT_NEAR(*found.sigma->slope_se, 0.00148974354699654, 1e-12);
    EXPECT_NEAR(*found.sigma->p, 0.032628089923602, 1e-10);
    EXPECT_NEAR(found.beta->slope, -0.0326703731338288, 1e-12);
    EXPECT_NEAR(*found.beta->slope_se, 0.00447115663951864, 1e-12);
    EXPECT_NEAR(*found.beta->p, 0.0182194336753509, 1e-10);
    EXPECT_NEAR(*found.half_life_years, 18.3040169005361, 1e-9);
    EXPECT_EQ(found.counted, 4U);
}

TEST(Convergence, LeavesOutRegionsThatAreNotThereEveryYearAndSaysWhenTooFewAreLeft) {
    auto years = four_regions();
    years[1].values[0] = Value::without(State::missing);
    EXPECT_EQ(trends::converge(years).counted, 3U);
    years[2].values[1] = Value::of(0.0);
    const auto found = trends::converge(years);
    EXPECT_FALSE(found.sigma);
    EXPECT_FALSE(found.beta);
    EXPECT_THAT(found.note, HasSubstr("2 regions have a value above zero in every year"));
    // An inherited value is of a larger unit and counts nowhere.
    years = four_regions();
    years[0].values[3] = Value::inherit(40.0);
    EXPECT_EQ(trends::converge(years).counted, 3U);
}

TEST(Pace, IsTheSlopeOfTheLogarithmAndOfTwoYearsTheCompoundRate) {
    // R 4.2.2, tests/oracles/trends.R: 100 * (exp(coef(lm(log(y) ~ t))[2]) - 1)
    EXPECT_NEAR(*trends::pace_of({{2010, 20}, {2014, 16}, {2018, 13}}, {}).annual_change_percent,
                -5.24237444871061, 1e-10);
    EXPECT_NEAR(*trends::pace_of({{2010, 10}, {2014, 9}, {2018, 8.5}}, {}).annual_change_percent,
                -2.01099095285311, 1e-10);
    // 8 = 4 * 2^1 in one year
    EXPECT_NEAR(*trends::pace_of({{2010, 4}, {2011, 8}}, {}).annual_change_percent, 100.0, 1e-10);
}

TEST(Pace, TellsTheTargetWhatIsNeededAndWhetherItIsReached) {
    TrendGoals goals{Direction::adverse, 5.0, 2030, 6.5};
    const auto pace = trends::pace_of({{2010, 20}, {2014, 16}, {2018, 13}}, goals);
    EXPECT_EQ(*pace.to_target, 8.0);                                     // 13 - 5
    EXPECT_EQ(*pace.to_benchmark, 6.5);                                  // 13 - 6.5
    EXPECT_NEAR(*pace.needed_change_percent, -7.65383008228639, 1e-10);  // (5 / 13)^(1 / 12) - 1
    EXPECT_FALSE(*pace.on_track);                                        // 6.81 in 2030, R as above
    goals.target = 7.0;
    EXPECT_TRUE(*trends::pace_of({{2010, 20}, {2014, 16}, {2018, 13}}, goals).on_track);
    goals.direction = Direction::favourable;
    EXPECT_FALSE(*trends::pace_of({{2010, 20}, {2014, 16}, {2018, 13}}, goals).on_track);
    goals.target_year = 2018;
    EXPECT_THAT(message_of([&] {
                    trends::pace_of({{2010, 20}, {2018, 13}}, goals);
                }),
                HasSubstr("the last figures are of 2018"));
}

TEST(Pace, HasNoRateWhereAValueIsZeroAndSaysWhy) {
    const auto pace = trends::pace_of({{2010, 3}, {2011, 0}}, {});
    EXPECT_FALSE(pace.annual_change_percent);
    EXPECT_THAT(pace.note, HasSubstr("zero"));
    EXPECT_EQ(trends::pace_of({{2010, 3}}, {}).note, "one year");
    EXPECT_EQ(trends::pace_of({}, {}).note, "no value");
}

TEST(MeasureTrends, TestTheChangeWhereErrorsAreKnown) {
    const auto found =
        trends::follow_measures({year_of(2010, {}, {measure("D", 6.0, 0.7), measure("R", 3.0)}),
                                 year_of(2015, {}, {measure("D", 4.2, 0.5), measure("R", 3.0)})},
                                1);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].direction, Trend::narrowed);
    // R 4.2.2: (4.2 - 6) / sqrt(.5^2 + .7^2), 2 * pnorm(-abs(z))
    EXPECT_NEAR(*found[0].z, -2.09245749738875, 1e-12);
    EXPECT_NEAR(*found[0].p, 0.0363976100036649, 1e-12);
    EXPECT_EQ(found[1].direction, Trend::unchanged);
    EXPECT_FALSE(found[1].p);
}

TEST(MeasureTrends, RatiosAreFollowedByTheirLogarithm) {
    const auto found = trends::follow_measures(
        {year_of(2010, {}, {measure("R", 8.0, 0.3)}), year_of(2011, {}, {measure("R", 4.0, 0.4)}),
         year_of(2012, {}, {measure("R", 2.0, 0.4)})},
        1);
    EXPECT_NEAR(found[0].line->slope, -std::log(2.0), 1e-12);  // halved every year
    EXPECT_NEAR(*found[0].z, -std::log(4.0) / 0.5, 1e-12);     // sqrt(.3^2 + .4^2) = .5
}

TEST(MeasureTrends, AMeasureWithoutAValueInTwoYearsIsNotFollowed) {
    auto none = measure("R", 1.0);
    none.value.reset();
    EXPECT_TRUE(
        trends::follow_measures({year_of(2010, {}, {measure("R", 2.0)}), year_of(2011, {}, {none})}, 1)
            .empty());
    EXPECT_TRUE(trends::follow_measures({}, 1).empty());
}

TEST(Convergence, HasNoHalfLifeWhereGapsGrowOrTurnRound) {
    // Two years apart, ln 2 to ln 4, ln 4 to ln 16: the gap doubles. Slope of growth on ln y: 1/2.
    const auto apart = trends::converge({year_of(2010, {2, 4, 8}), year_of(2012, {4, 16, 64})});
    EXPECT_NEAR(apart.beta->slope, 0.5, 1e-12);
    EXPECT_FALSE(apart.half_life_years);
    // First and last change places: nothing of the gap is left half way, so there is no half of it.
    const auto turned = trends::converge({year_of(2010, {2, 4, 8}), year_of(2012, {8, 4, 2})});
    EXPECT_NEAR(turned.beta->slope, -1.0, 1e-12);
    EXPECT_FALSE(turned.half_life_years);
}

TEST(Convergence, NeedsTwoYears) {
    EXPECT_EQ(trends::converge({year_of(2010, {2, 4, 8})}).note, "one year");
    EXPECT_EQ(trends::converge({}).counted, 0U);
}

TEST(Pace, AtItsTargetIsOnTrackWhicheverEndIsGood) {
    TrendGoals goals{Direction::adverse, 5.0, 2030, {}};
    EXPECT_TRUE(*trends::pace_of({{2010, 5}, {2011, 5}}, goals).on_track);
    goals.direction = Direction::favourable;
    EXPECT_TRUE(*trends::pace_of({{2010, 5}, {2011, 5}}, goals).on_track);
    goals.direction = Direction::neutral;  // neither end is good: no side of the target is reached
    const auto neutral = trends::pace_of({{2010, 5}, {2011, 6}}, goals);
    EXPECT_FALSE(neutral.on_track);
    EXPECT_EQ(*neutral.to_target, 1.0);
}

TEST(Pace, NeedsNoRateToOrFromZeroAndNoneWithoutAYear) {
    const auto to_nothing = trends::pace_of({{2010, 3}, {2011, 2}}, {Direction::adverse, 0.0, 2030, {}});
    EXPECT_FALSE(to_nothing.needed_change_percent);
    EXPECT_FALSE(*to_nothing.on_track);
    const auto from_nothing = trends::pace_of({{2010, 3}, {2011, 0}}, {Direction::adverse, 1.0, 2030, {}});
    EXPECT_FALSE(from_nothing.needed_change_percent);
    EXPECT_FALSE(from_nothing.on_track);  // without a pace of its own nothing is foretold
    EXPECT_EQ(*from_nothing.to_target, -1.0);
    EXPECT_EQ(from_nothing.years, 2U);
    EXPECT_EQ(*from_nothing.first, 3.0);
    EXPECT_FALSE(trends::pace_of({{2010, 3}, {2011, 2}}, {Direction::adverse, 1.0, {}, {}}).on_track);
    EXPECT_THAT(trends::pace_of({{2010, 3}, {2011, -1}}, {}).note, HasSubstr("no rate of change"));
}

TEST(MeasureTrends, KeepUnitYearsAndTheLastDigitThatCounts) {
    auto difference = measure("D", 6.0);
    difference.unit = "points";
    const auto found =
        trends::follow_measures({year_of(2010, {}, {difference}), year_of(2012, {}, {measure("D", 5.8)})}, 1);
    EXPECT_EQ(found[0].unit, "points");
    EXPECT_EQ(found[0].from_year, 2010);
    EXPECT_EQ(found[0].to_year, 2012);
    EXPECT_EQ(found[0].direction, Trend::narrowed);
    const auto rounded =
        trends::follow_measures({year_of(2010, {}, {difference}), year_of(2012, {}, {measure("D", 5.8)})}, 0);
    EXPECT_EQ(rounded[0].direction, Trend::unchanged);  // both are shown as 6
}

TEST(MeasureTrends, NarrowToZeroFromEitherSideAndByTheDigitsOfTheirUnit) {
    const auto way = [](const std::string& code, const std::string& unit, double before, double after) {
        auto first = measure(code, before), last = measure(code, after);
        first.unit = last.unit = unit;
        return trends::follow_measures({year_of(2010, {}, {first}), year_of(2012, {}, {last})}, 1)[0]
            .direction;
    };
    // What could be gained of an adverse indicator is below zero; less of it was called wider.
    EXPECT_EQ(way("PAR", "points", -6.7, -2.2), Trend::narrowed);
    EXPECT_EQ(way("PAF", "percent", -6.0, -15.6), Trend::widened);
    EXPECT_EQ(way("RII", "ratio", 0.5, 0.8), Trend::narrowed);
    EXPECT_EQ(way("R", "ratio", 1.26, 1.24), Trend::narrowed);
    // One decimal of the indicator hid every change of an index.
    EXPECT_EQ(way("GINI", "fraction", 0.08, 0.04), Trend::narrowed);
    EXPECT_EQ(way("GE0", "index", 0.0014, 0.0018), Trend::unchanged);
    EXPECT_EQ(way("TI", "x1000", 0.04, 0.08), Trend::widened);
    EXPECT_EQ(way("D", "points", 6.04, 6.0), Trend::unchanged);
}

TEST(MeasureTrends, HaveNoTestWithoutBothErrorsOrWithoutAny) {
    const auto p_of = [](std::optional<double> before, std::optional<double> after) {
        return trends::follow_measures({year_of(2010, {}, {measure("D", 6.0, before)}),
                                        year_of(2012, {}, {measure("D", 5.0, after)})},
                                       1)[0]
            .p;
    };
    EXPECT_TRUE(p_of(0.5, 0.5));
    EXPECT_FALSE(p_of(0.5, {}));
    EXPECT_FALSE(p_of({}, 0.5));
    EXPECT_FALSE(p_of(0.0, 0.0));  // a change over no error at all is no z
}

TEST(MeasureTrends, ARatioOfZeroHasNoLogarithmAndIsLeftOut) {
    const auto found = trends::follow_measures(
        {year_of(2010, {}, {measure("R", 4.0), measure("RII", 4.0)}),
         year_of(2011, {}, {measure("R", 2.0), measure("RII", 2.0)}), year_of(2012, {}, {measure("R", 0.0)})},
        1);
    EXPECT_EQ(found[0].to_year, 2011);
    EXPECT_NEAR(found[0].line->slope, -std::log(2.0), 1e-12);  // halved in a year
    EXPECT_NEAR(found[1].line->slope, -std::log(2.0), 1e-12);  // so is the relative index
}

}  // namespace
}  // namespace tendik
