#include "tendik/stats/disparity.h"

#include "measure_tables.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace tendik {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

double contributed(const Measures& measures, const std::string& code) {
    double sum = 0.0;
    for (const auto& region : measures.regions) {
        for (const auto& [its_code, part] : region.contribution) {
            if (its_code == code) sum += part;
        }
    }
    return sum;
}

// Five ordered groups, healthequal tests/testthat/test-aci.R.
const Column h5_values = column({20, 30, 40, 50, 60});
const Column h5_weights = column({78, 91, 162, 103, 105});

// Twenty-five groups without an order, healthequal tests/testthat/test-bgv.R.
const Column h25_values = column(
    {61, 74, 58, 59, 72, 75, 74, 68, 75, 67, 73, 63, 66, 62, 60, 66, 71, 73, 71, 61, 74, 84, 55, 69, 60});
const Column h25_weights = column({832,  931, 1468, 1021, 1039, 1515, 1138, 620, 794, 866, 1367, 1108, 1120,
                                   1033, 833, 1536, 1149, 410,  1210, 858,  680, 935, 692, 781,  812});

// Stunting 2015, per cent of children under 5, MICS 2015, Bureau of National Statistics: Akmola, Aktobe,
// Almaty city, Almaty oblast, Astana, Atyrau, Karaganda, Kostanay, Kyzylorda, Mangystau, Pavlodar, North
// Kazakhstan, East Kazakhstan, South Kazakhstan, West Kazakhstan, Jambyl.
const Column stunting =
    column({2.9, 6.6, 6.3, 8.1, 7.1, 11.8, 5.4, 11.4, 10.0, 4.5, 5.5, 2.3, 7.2, 11.4, 7.4, 6.9});
// Children 0-15 on 1 January 2020, Bureau of National Statistics; South Kazakhstan: Turkistan and Shymkent
// added up.
const Column children = column({186927, 268474, 463505, 677809, 351925, 227571, 347006, 186332, 283057,
                                259177, 182016, 121546, 333409, 799717 + 365820, 182586, 399884});

TEST(Disparity, AgreesWithHealthequalOnTwentyFiveGroups) {
    const auto result = measured(h25_values, &h25_weights, Direction::favourable);
    EXPECT_NEAR(value_of(result, "BGV"), 46.198326, 5e-7);     // healthequal tests/testthat/test-bgv.R
    EXPECT_NEAR(value_of(result, "BGSD"), 6.7969351, 1.1e-7);  // healthequal tests/testthat/test-bgsd.R
    EXPECT_NEAR(value_of(result, "TI"), 5.0359201, 1e-4);   // healthequal tests/testthat/test-ti.R, its own
                                                            // tolerance
    EXPECT_NEAR(value_of(result, "MLD"), 5.0524006, 1e-3);  // healthequal tests/testthat/test-mld.R, its own
                                                            // tolerance
}

TEST(Disparity, AgreesWithTheFormulasInROnTwentyFiveGroups) {
    const auto result = measured(h25_values, &h25_weights, Direction::favourable);
    EXPECT_NEAR(*result.mean, 67.70684499757556, 1e-12);               // R: disparity.R, h25
    EXPECT_NEAR(value_of(result, "BGV"), 46.19832553973698, 1e-11);    // R: disparity.R, h25
    EXPECT_NEAR(value_of(result, "BGSD"), 6.79693501070424, 1e-12);    // R: disparity.R, h25
    EXPECT_NEAR(value_of(result, "COV"), 10.0387708376422, 1e-11);     // R: disparity.R, h25
    EXPECT_NEAR(value_of(result, "TI"), 5.03598030334592, 2e-11);      // R: disparity.R, h25
    EXPECT_NEAR(value_of(result, "MLD"), 5.05235520719557, 4e-11);     // R: disparity.R, h25
    EXPECT_NEAR(value_of(result, "GINI"), 0.0565788174902522, 1e-14);  // R: disparity.R, h25
    EXPECT_DOUBLE_EQ(value_of(result, "D"), 29.0);                     // by hand: 84 - 55
    EXPECT_DOUBLE_EQ(value_of(result, "R"), 84.0 / 55.0);              // by hand
}

TEST(Disparity, AgreesWithTheFormulasInROnFiveGroups) {
    const auto result = measured(h5_values, &h5_weights, Direction::favourable);
    EXPECT_NEAR(*result.mean, 41.22448979591837, 1e-12);               // R: disparity.R, h5
    EXPECT_NEAR(value_of(result, "TI"), 52.51743036588940, 1e-11);     // R: disparity.R, h5
    EXPECT_NEAR(value_of(result, "MLD"), 57.40151041570964, 4e-11);    // R: disparity.R, h5
    EXPECT_NEAR(value_of(result, "GINI"), 0.1777686117405804, 1e-14);  // R: disparity.R, h5
}

TEST(Disparity, GivesTheGiniCoefficientOfEquallyWeighedValues) {
    const auto result = measured(column({10, 20, 30, 40, 50}));
    EXPECT_NEAR(value_of(result, "GINI"), 0.2666666667, 1e-10);  // by hand: sum (2i - n - 1) y / (n sum y) =
                                                                 // 200 / 750
    EXPECT_FALSE(result.weighted);
    EXPECT_DOUBLE_EQ(*result.mean, 30.0);  // by hand
}

TEST(Disparity, TellsTheStoryOfStuntingIn2015) {
    const auto result = measured(stunting, &children);
    EXPECT_NEAR(value_of(result, "D"), 9.5, 1e-12);                    // by hand: 11.8 - 2.3
    EXPECT_NEAR(value_of(result, "R"), 5.13, 0.005);                   // by hand: 11.8 / 2.3
    EXPECT_NEAR(*result.mean, 7.98009468558273, 1e-13);                // R: disparity.R; published: 8.0
    EXPECT_NEAR(value_of(result, "COV"), 32.7214404763960, 1e-11);     // R: disparity.R, stunting
    EXPECT_NEAR(value_of(result, "TI"), 56.23516272011183, 1e-11);     // R: disparity.R, stunting
    EXPECT_NEAR(value_of(result, "MLD"), 62.96596489139628, 1e-11);    // R: disparity.R, stunting
    EXPECT_NEAR(value_of(result, "GINI"), 0.1824276116158975, 1e-14);  // R: disparity.R, stunting
    EXPECT_EQ(result.worst, RegionIndex{5});                           // Atyrau
    EXPECT_EQ(result.best, RegionIndex{11});                           // North Kazakhstan
    EXPECT_EQ(result.counted, 16U);
    EXPECT_NEAR(*result.regions[5].gap, 11.8 - 7.98009468558273, 1e-12);           // by the definition
    EXPECT_NEAR(*result.regions[5].relative_gap, 11.8 / 7.98009468558273, 1e-12);  // by the definition
    EXPECT_NEAR(*result.regions[13].weight_share, 1165537.0 / 5636761.0, 1e-15);   // published total of
                                                                                   // children 0-15
}

TEST(Disparity, TakesTheLowestForTheWorstWhereAHighValueIsGood) {
    const auto result = measured(column({97.0, 80.06, 99.5}), nullptr, Direction::favourable);
    EXPECT_EQ(result.worst, RegionIndex{1});
    EXPECT_EQ(result.best, RegionIndex{2});
    EXPECT_NEAR(value_of(result, "R"), 99.5 / 80.06, 1e-15);  // larger over smaller for both directions
}

TEST(Disparity, NamesNoWorstRegionWhereNeitherEndIsBad) {
    const auto values = column({97.0, 80.06, 99.5});
    const auto neutral = measured(values, nullptr, Direction::neutral);
    EXPECT_EQ(neutral.worst, std::nullopt);
    EXPECT_EQ(neutral.best, std::nullopt);
    EXPECT_EQ(neutral.highest, RegionIndex{2});
    EXPECT_EQ(neutral.lowest, RegionIndex{1});
    const auto adverse = measured(values, nullptr, Direction::adverse);
    EXPECT_EQ(adverse.highest, adverse.worst);
    for (const auto& measure : adverse.measures) {
        // These are about the best region.
        if (measure.code == "PAR" || measure.code == "PAF" || measure.code.starts_with("MDB")) continue;
        ASSERT_TRUE(neutral.find(measure.code)) << measure.code;
        EXPECT_EQ(neutral.find(measure.code)->value, measure.value) << measure.code;
    }
}

TEST(Measure, AnInheritedValueIsShownAndChangesNoNumber) {
    const auto own = column({4.0, 8.0, 12.0});
    auto with_inherited = own;
    with_inherited.push_back(Value::inherit(100.0));
    const auto weights = column({1.0, 1.0, 2.0, 5.0});
    const auto before = measured(own, nullptr, Direction::adverse);
    const auto after = measured(with_inherited, nullptr, Direction::adverse);
    EXPECT_EQ(after.counted, 3U);
    EXPECT_EQ(*after.mean, 8.0);  // by hand: (4 + 8 + 12) / 3
    EXPECT_EQ(after.worst, RegionIndex{2});
    EXPECT_THAT(after.left_out, ElementsAre(RegionIndex{3}));
    for (const auto& measure : before.measures)
        EXPECT_EQ(after.find(measure.code)->value, measure.value) << measure.code;
    EXPECT_EQ(after.regions[3].value.number, 100.0);
    EXPECT_FALSE(after.regions[3].gap);
    EXPECT_FALSE(after.regions[3].weight_share);
    EXPECT_TRUE(after.regions[3].contribution.empty());
    EXPECT_EQ(*measured(with_inherited, &weights, Direction::adverse).mean,
              9.0);  // by hand: (4 + 8 + 2 x 12) / 4
}

TEST(Totals, AnInheritedShareIsNotAddedUp) {
    auto values = column({72.9, 125.3});
    values.push_back(Value::inherit(1000.0));
    EXPECT_NEAR(*stats::describe_total(values).sum, 198.2, 1e-12);  // by hand: 72.9 + 125.3
}

TEST(Totals, AreAddedUpAndNotMeasured) {
    auto values = column({72.9, 125.3, 0.0, 11.0});
    values.push_back(Value::without(State::missing));
    const auto result = stats::describe_total(values);
    EXPECT_NEAR(*result.sum, 209.2, 1e-12);  // by hand: 72.9 + 125.3 + 0 + 11
    EXPECT_EQ(result.counted, 4U);
    EXPECT_THAT(result.left_out, ElementsAre(RegionIndex{4}));
    EXPECT_EQ(result.highest, RegionIndex{1});
    EXPECT_EQ(result.lowest, RegionIndex{2});
    EXPECT_EQ(result.worst, std::nullopt);
    EXPECT_EQ(result.mean, std::nullopt);
    EXPECT_TRUE(result.measures.empty());
    ASSERT_EQ(result.regions.size(), values.size());
    EXPECT_EQ(result.regions[1].value.number, 125.3);
    EXPECT_FALSE(result.regions[1].gap);
    EXPECT_EQ(stats::describe_total({Value::without(State::missing)}).sum, std::nullopt);
}

TEST(Disparity, MeasuresNothingOfSomeRegionsOnlyAndSaysWhy) {
    const auto result =
        stats::describe_partial({Value::of(13.9), Value::without(State::missing), Value::of(12.5)});
    EXPECT_EQ(result.counted, 2U);
    EXPECT_THAT(result.left_out, ElementsAre(RegionIndex{1}));
    EXPECT_FALSE(result.mean || result.sum || result.highest || result.lowest || result.worst || result.best);
    for (const std::string code : {"D", "R", "BGV", "BGSD", "COV", "TI", "MLD", "GINI"})
        EXPECT_EQ(note_of(result, code), "figures of some regions only") << code;
    ASSERT_EQ(result.regions.size(), 3U);
    EXPECT_EQ(result.regions[2].value.number, 12.5);
    EXPECT_FALSE(result.regions[2].gap);
}

TEST(Disparity, GivesEachRegionItsPartOfTheMeasure) {
    const Column values = column({1, 3});
    const Column weights = column({3, 1});  // p = 3/4, 1/4; mean = 3/2
    const auto result = measured(values, &weights);
    const auto& first = result.regions[0].contribution;
    ASSERT_EQ(first.size(), 4U);
    EXPECT_EQ(first[0].first, "BGV");
    EXPECT_NEAR(first[0].second, 0.1875, 1e-15);  // by hand: 3/4 (1 - 3/2)^2
    EXPECT_EQ(first[1].first, "TI");
    EXPECT_NEAR(first[1].second, 1000.0 * 0.5 * std::log(2.0 / 3.0), 1e-12);  // by hand: p r ln r, r = 2/3
    EXPECT_EQ(first[2].first, "MLD");
    EXPECT_NEAR(first[2].second, -1000.0 * 0.75 * std::log(2.0 / 3.0), 1e-12);  // by hand: -p ln r
    EXPECT_EQ(first[3].first, "GINI");
    EXPECT_NEAR(first[3].second, 0.75 * 0.25 * 2.0 / 3.0, 1e-15);  // by hand: p_1 p_2 |1 - 3| / (2 mu)
}

TEST(Disparity, ContributionsAddUpToTheMeasure) {
    for (const auto& [values, weights] :
         {std::pair{&h25_values, &h25_weights}, std::pair{&stunting, &children}}) {
        const auto result = measured(*values, weights);
        for (const std::string code : {"BGV", "TI", "MLD", "GINI"}) {
            EXPECT_NEAR(contributed(result, code) / value_of(result, code), 1.0, 1e-12) << code;
        }
        for (const std::string code : {"D", "R", "BGSD", "COV"})
            EXPECT_EQ(contributed(result, code), 0.0);
    }
}

TEST(Disparity, DoesNotDependOnTheOrderOfTheRegions) {
    const auto before = measured(stunting, &children);
    std::vector<std::size_t> order(stunting.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::mt19937_64 random(7);
    for (int round = 0; round < 20; ++round) {
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[random() % i]);
        Column values, weights;
        for (const std::size_t i : order) {
            values.push_back(stunting[i]);
            weights.push_back(children[i]);
        }
        const auto after = measured(values, &weights);
        for (const auto& measure : before.measures) {
            if (!measure.value) continue;
            EXPECT_NEAR(value_of(after, measure.code) / *measure.value, 1.0, 1e-13) << measure.code;
        }
        EXPECT_EQ(order[static_cast<std::size_t>(*after.worst)], 5U);
    }
}

TEST(Disparity, RelativeMeasuresDoNotDependOnTheScale) {
    const auto before = measured(stunting, &children);
    for (const double factor : {0.01, 3.0, 1e6}) {
        Column values = stunting;
        for (auto& value : values)
            value.number *= factor;
        const auto after = measured(values, &children);
        for (const std::string code : {"R", "COV", "TI", "MLD", "GINI"}) {
            EXPECT_NEAR(value_of(after, code) / value_of(before, code), 1.0, 1e-12) << code << " x" << factor;
        }
        EXPECT_NEAR(value_of(after, "BGV") / value_of(before, "BGV") / (factor * factor), 1.0, 1e-12);
    }
}

TEST(Disparity, GiniOfManyTiedValuesAgreesWithTheDoubleSum) {
    std::mt19937_64 random(11);
    Column values, weights;
    for (int i = 0; i < 200; ++i) {
        values.push_back(Value::of(static_cast<double>(random() % 12)));
        weights.push_back(Value::of(static_cast<double>(1 + random() % 1000)));
    }
    double total = 0.0, mean = 0.0, pairs = 0.0;
    for (const auto& weight : weights)
        total += weight.number;
    for (std::size_t i = 0; i < values.size(); ++i) {
        mean += weights[i].number / total * values[i].number;
        for (std::size_t j = 0; j < values.size(); ++j) {
            pairs += weights[i].number * weights[j].number / total / total *
                     std::abs(values[i].number - values[j].number);
        }
    }
    EXPECT_NEAR(value_of(measured(values, &weights), "GINI"), pairs / (2.0 * mean), 1e-13);  // by the
                                                                                             // definition
}

TEST(Disparity, LeavesOutAndNamesRegionsWithoutValueOrWeight) {
    Column values = column({1, 2, 3, 4, 5, 6, 7, 8});
    Column weights = column({1, 1, 1, 1, 1, 1, 1, 1});
    values[1] = Value::without(State::suppressed);
    weights[4] = Value::without(State::missing);
    Findings findings;
    const auto result = stats::measure(values, &weights, {}, names_for(values), findings);
    EXPECT_EQ(result.counted, 6U);
    EXPECT_THAT(result.left_out, ElementsAre(RegionIndex{1}, RegionIndex{4}));
    EXPECT_NEAR(*result.mean, 29.0 / 6.0, 1e-15);  // by hand: 1 + 3 + 4 + 6 + 7 + 8
    EXPECT_EQ(result.regions.size(), 8U);
    EXPECT_FALSE(result.regions[1].gap);
    EXPECT_EQ(result.regions[1].value.state, State::suppressed);
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "many-missing");  // 2 of 8 is more than 15 %
    EXPECT_EQ(findings.all()[0].severity, Severity::warning);
    EXPECT_THAT(findings.all()[0].text, HasSubstr("R2 (suppressed), R5 (no weight)"));
}

TEST(Disparity, CountsNoRegionAsMissingToWhichTheIndicatorDoesNotApply) {
    Column values = column({1, 2, 3, 4});
    values[1] = Value::without(State::not_applicable);
    Findings findings;
    const auto result = stats::measure(values, nullptr, {}, names_for(values), findings);
    EXPECT_THAT(result.left_out, ElementsAre(RegionIndex{1}));
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "regions-left-out");  // 1 of 4 left out, 0 of 3 missing
}

TEST(Disparity, FewMissingRegionsAreANoteOnly) {
    Column values = column({1, 2, 3, 4, 5, 6, 7});
    values[2] = Value::without(State::missing);  // 1 of 7 = 14.3 %
    Findings findings;
    stats::measure(values, nullptr, {}, names_for(values), findings);
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "regions-left-out");
    EXPECT_EQ(findings.all()[0].severity, Severity::note);
    EXPECT_THAT(findings.all()[0].text, HasSubstr("1 of 7 regions"));
    EXPECT_THAT(findings.all()[0].text, HasSubstr("R3 (missing)"));
}

TEST(Disparity, AZeroValueLeavesTheTheilIndexButNotTheLogDeviation) {
    const auto result = measured(column({0, 2}));
    EXPECT_NEAR(value_of(result, "TI"), 1000.0 * std::log(2.0), 1e-12);  // by hand: 1/2 (0 + 2 ln 2)
    EXPECT_EQ(note_of(result, "MLD"), "zero value");
    EXPECT_EQ(note_of(result, "R"), "zero denominator");
    EXPECT_DOUBLE_EQ(value_of(result, "GINI"), 0.5);  // by hand: 2 x 1/4 x 2 / (2 x 1)
    EXPECT_EQ(result.regions[0].contribution.size(), 3U);
}

TEST(Disparity, AZeroMeanLeavesOnlyAbsoluteMeasures) {
    const auto zeros = measured(column({0, 0, 0}));
    for (const std::string code : {"COV", "TI", "MLD", "GINI"})
        EXPECT_EQ(note_of(zeros, code), "zero mean");
    EXPECT_EQ(value_of(zeros, "D"), 0.0);
    EXPECT_EQ(value_of(zeros, "BGV"), 0.0);
    EXPECT_FALSE(zeros.regions[0].relative_gap);

    // 0.1 + 0.2 - 0.3 leaves 5.6e-17 in binary: rounding, not a mean.
    const auto cancelled = measured(column({0.1, 0.2, -0.3}));
    EXPECT_EQ(*cancelled.mean, 0.0);
    EXPECT_EQ(note_of(cancelled, "COV"), "zero mean");
}

TEST(Disparity, NegativeValuesLeaveNoIndexOfInequality) {
    const auto result = measured(column({-1, 4, 6}));
    for (const std::string code : {"R", "TI", "MLD", "GINI"})
        EXPECT_EQ(note_of(result, code), "negative value");
    EXPECT_EQ(value_of(result, "D"), 7.0);  // by hand
    EXPECT_TRUE(result.find("COV")->value);
    EXPECT_EQ(note_of(measured(column({-5, -4, 1})), "COV"), "negative mean");
}

TEST(Disparity, OneRegionOrNoneHasNoMeasureAtAll) {
    const auto one = measured(column({5}));
    for (const auto& measure : one.measures)
        EXPECT_EQ(note_of(one, measure.code), "fewer than two regions");
    EXPECT_EQ(one.measures.size(), stats::measure_codes().size());
    EXPECT_EQ(*one.mean, 5.0);
    const auto none = measured({Value::without(State::missing), Value::without(State::unmatched)});
    EXPECT_FALSE(none.mean);
    EXPECT_FALSE(none.worst);
    EXPECT_EQ(note_of(none, "D"), "fewer than two regions");
}

TEST(Disparity, EqualValuesHaveNoDisparity) {
    const auto result = measured(column({4.7, 4.7, 4.7}), nullptr);
    for (const std::string code : {"D", "BGV", "GINI"})
        EXPECT_NEAR(value_of(result, code), 0.0, 1e-15) << code;
    EXPECT_EQ(value_of(result, "R"), 1.0);
    EXPECT_NEAR(value_of(result, "TI"), 0.0, 1e-12);
}

TEST(Disparity, RefusesAWeightThatIsNoPopulation) {
    for (const double bad : {0.0, -3.0, std::numeric_limits<double>::infinity()}) {
        Column weights = column({1, 1});
        weights[1] = Value::of(bad);
        try {
            measured(column({1, 2}), &weights);
            FAIL() << "the weight " << bad << " was taken";
        } catch (const InputError& error) {
            EXPECT_THAT(error.what(), HasSubstr("region 'R2'"));
            EXPECT_FALSE(error.hint().empty());
        }
    }
}

TEST(Disparity, SumsWithoutLosingSmallTerms) {
    // Added up plainly, 1e16 swallows every 1.
    Column values(1001, Value::of(1.0));
    values[0] = Value::of(1e16);
    EXPECT_EQ(stats::weighted_mean(values, nullptr).value() * 1001.0, 1e16 + 1000.0);  // by hand
}

TEST(Change, ComparesDifferenceAndRatio) {
    const auto change = stats::change_between(measured(column({2, 8})), 2010, measured(column({3, 6})), 2015);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->from_year, 2010);
    EXPECT_EQ(change->to_year, 2015);
    EXPECT_EQ(change->absolute_before, 6.0);
    EXPECT_EQ(change->absolute_after, 3.0);
    EXPECT_EQ(change->relative_before, 4.0);
    EXPECT_EQ(change->relative_after, 2.0);
}

TEST(Change, IsNothingWithoutADifferenceAndHasNoRatioWithoutOne) {
    EXPECT_FALSE(stats::change_between(measured(column({2})), 2010, measured(column({3, 6})), 2015));
    EXPECT_FALSE(stats::change_between(measured(column({3, 6})), 2010, measured(column({2})), 2015));
    const auto change = stats::change_between(measured(column({0, 8})), 2010, measured(column({3, 6})), 2015);
    ASSERT_TRUE(change);
    EXPECT_FALSE(change->relative_before);
    EXPECT_EQ(change->relative_after, 2.0);
}

TEST(WeightedMean, CountsRegionsThatHaveBothValueAndWeight) {
    Column values = column({10, 20, 30});
    Column weights = column({1, 3, 5});
    EXPECT_DOUBLE_EQ(*stats::weighted_mean(values, &weights), 220.0 / 9.0);  // by hand: 10 + 60 + 150
    weights[2] = Value::without(State::missing);
    EXPECT_DOUBLE_EQ(*stats::weighted_mean(values, &weights), 17.5);  // by hand: (10 + 60) / 4
    EXPECT_DOUBLE_EQ(*stats::weighted_mean(values, nullptr), 20.0);
    const Column nothing(3, Value::without(State::missing));
    EXPECT_FALSE(stats::weighted_mean(nothing, nullptr));
    const Column zeros = column({0, 0, 0});
    EXPECT_FALSE(stats::weighted_mean(values, &zeros));
}

TEST(Divide, DividesRegionByRegionAndKeepsTheStates) {
    const Column totals = {Value::of(72.9), Value::of(5), Value::of(5), Value::without(State::suppressed),
                           Value::of(5)};
    const Column below = {Value::of(1000), Value::without(State::missing), Value::of(0), Value::of(10),
                          Value::without(State::not_applicable)};
    const auto result = stats::divide(totals, below, 1e6);
    EXPECT_DOUBLE_EQ(result[0].number, 72900.0);  // by hand: 72.9 / 1000 x 1e6
    EXPECT_EQ(result[1].state, State::missing);
    EXPECT_EQ(result[2].state, State::missing);
    EXPECT_EQ(result[3].state, State::suppressed);
    EXPECT_EQ(result[4].state, State::not_applicable);
    EXPECT_THROW(stats::divide(totals, {Value::of(1)}, 1.0), std::invalid_argument);
}

TEST(CombineParts, WeighsThePartsOfEachRegion) {
    const auto result =
        stats::combine_parts({column({100, 90}), column({80, 50})}, {column({3, 1}), column({1, 3})});
    EXPECT_DOUBLE_EQ(result[0].number, 95.0);  // by hand: (300 + 80) / 4
    EXPECT_DOUBLE_EQ(result[1].number, 60.0);  // by hand: (90 + 150) / 4
}

TEST(CombineParts, APartThatDoesNotApplyWeighsNothing) {
    const Value none = Value::without(State::not_applicable);
    const Column city = {Value::of(99.0)};
    EXPECT_EQ(stats::combine_parts({city, {none}}, {{Value::of(5)}, {none}})[0].number, 99.0);
    EXPECT_EQ(
        stats::combine_parts({city, {Value::without(State::missing)}}, {{Value::of(5)}, {none}})[0].number,
        99.0);
    EXPECT_EQ(
        stats::combine_parts({city, {Value::without(State::missing)}}, {{Value::of(5)}, {Value::of(0)}})[0]
            .number,
        99.0);
    EXPECT_EQ(stats::combine_parts({{none}, {none}}, {{Value::of(5)}, {Value::of(5)}})[0].state,
              State::not_applicable);
}

TEST(CombineParts, AMissingPartOrWeightMakesTheValueMissing) {
    const Column whole = {Value::of(99.0)};
    const Column people = {Value::of(5.0)};
    const auto state_with = [&](State part, State weight) {
        const auto cell = [](State s) { return s == State::present ? Value::of(7.0) : Value::without(s); };
        return stats::combine_parts({whole, {cell(part)}}, {people, {cell(weight)}})[0].state;
    };
    EXPECT_EQ(state_with(State::present, State::present), State::present);
    EXPECT_EQ(state_with(State::missing, State::present), State::missing);
    EXPECT_EQ(state_with(State::unmatched, State::present), State::missing);
    EXPECT_EQ(state_with(State::present, State::missing), State::missing);
    EXPECT_EQ(state_with(State::suppressed, State::present), State::suppressed);
    const Column absent = {Value::without(State::unmatched)};
    EXPECT_EQ(stats::combine_parts({absent, absent}, {people, people})[0].state, State::unmatched);
}

}  // namespace
}  // namespace tendik
