// Where a measure has no value, or none by one region, or an interval that ends at a bound.
#include "measure_tables.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace tendik {
namespace {

using ::testing::HasSubstr;

/// What `region` changes in a measure; NaN where that is not known.
double influence_of(const Measures& result, std::size_t region, const std::string& code) {
    for (const auto& [its, number] : result.regions[region].influence)
        if (its == code) return number;
    return std::nan("");
}

TEST(Undefined, RelativeMeasuresOfAZeroOrNegativeMean) {
    const auto ranks = column({1, 2, 3});
    const auto zero = column({-1, 0, 1});
    const auto negative = column({-3, 0, 1});
    const auto none = column({0, 0, 0});
    const auto of_zero = measured({.values = zero, .ranks = &ranks}, {});
    const auto of_negative = measured({.values = negative, .ranks = &ranks}, {});
    for (const std::string code : {"IDISU", "IDISW", "PAF", "RCI"}) {
        EXPECT_EQ(note_of(of_zero, code), "zero mean") << code;
        EXPECT_EQ(note_of(of_negative, code), "negative mean") << code;
    }
    EXPECT_EQ(note_of(of_negative, "RII"), "negative value");
    EXPECT_EQ(note_of(of_negative, "SGINI"), "negative value");
    EXPECT_EQ(note_of(measured({.values = none, .ranks = &ranks}, {}), "SGINI"), "zero mean");
    EXPECT_EQ(note_of(measured(column({1, 2, 3}), nullptr, Direction::neutral), "PAF"),
              "neither end is good or bad");
    const auto whole = column({100, 100, 100});
    EXPECT_EQ(note_of(measured({.values = whole, .ranks = &ranks}, {.scale = 100.0}), "WAGSTAFF"),
              "the mean is the whole scale");
    const auto falling = column({9, 0, 0});  // the line ends below zero
    EXPECT_EQ(note_of(measured({.values = falling, .ranks = &ranks}, {}), "RII"),
              "the fitted curve has no finite value");
}

TEST(Undefined, NumbersBeyondADoubleAreNoFaultOfACurve) {
    const auto result = measured(column({1e200, 2e200, 4e200}));
    EXPECT_EQ(note_of(result, "BGV"), "numbers too large or too small to compute with");
    EXPECT_NEAR(value_of(result, "GINI"), 2.0 / 7.0, 1e-14);  // by hand: 2 (1 + 3 + 2) / 9 / (2 7 / 3)
    // By hand: 2 (0.5 + 0.2 + 0.7) / 9 / (2 (1 + 1.5 + 1.7) / 3); twice such a mean is no double, it was 0.
    EXPECT_NEAR(value_of(measured(column({1e308, 1.5e308, 1.7e308})), "GINI"), 1.4 / 12.6, 1e-14);
}

TEST(Undefined, AnOrderAsksForNoReference) {
    H5 data;
    auto inputs = data.inputs();
    inputs.reference_fault = "there is no region 'Z'";
    const auto result = measured(inputs, data.options);
    EXPECT_EQ(value_of(result, "D"), 40.0);  // by hand: 60 - 20
    EXPECT_EQ(note_of(result, "MDRU"), "there is no region 'Z'");
}

TEST(Undefined, ValuesErrorsAndAversionsThatCannotBeAreRefused) {
    const auto values = column({10, -1, 20});
    EXPECT_THROW(measured({.values = values}, {.scale = 100.0}), InputError);
    const auto ends = column({0, 50, 100});
    EXPECT_NO_THROW(measured({.values = ends}, {.scale = 100.0}));
    constexpr double inf = std::numeric_limits<double>::infinity();
    const auto errors = column({1, inf, 1});
    EXPECT_THROW(measured({.values = ends, .errors = &errors}, {}), InputError);
    EXPECT_THROW(measured({.values = ends}, {.kolm_aversion = inf}), InputError);
}

TEST(Undefined, AWeightOfALargerUnitLeavesItsRegionOut) {
    const auto values = column({1, 2, 9});
    auto weights = column({1, 1, 1});
    weights[2] = Value::inherit(7);
    const auto result = measured(values, &weights);
    EXPECT_EQ(result.counted, 2U);
    EXPECT_EQ(*result.mean, 1.5);  // by hand
    EXPECT_TRUE(result.weighted);
    EXPECT_FALSE(measured(values).weighted);
}

TEST(LeftOut, InheritedAndInapplicableRegionsAreNamedAndNotMissing) {
    Column values(20, Value::of(1.0));
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i].number = static_cast<double>(i);
    const auto found = [&](double limit) {
        Findings findings;
        stats::measure({.values = values}, {.missing_share_warning = limit}, names_for(values), findings);
        return findings;
    };
    for (std::size_t i = 0; i < 3; ++i)
        values[i] = Value::without(State::missing);
    EXPECT_EQ(found(0.15).all()[0].code, "regions-left-out");  // 3 of 20 is not more than 15 %
    for (std::size_t i = 3; i < 13; ++i)
        values[i] = Value::inherit(1.0);
    EXPECT_THAT(found(0.15).all()[0].text, HasSubstr("R4 (inherited)"));
    EXPECT_EQ(found(0.15).all()[0].code, "many-missing");  // 3 of the 10 that have figures of their own
    EXPECT_EQ(found(0.31).all()[0].code, "regions-left-out");
}

TEST(Influence, IsNotToldOfWhatIsUndefinedWithoutTheRegion) {
    const auto two = measured(column({1, 3}));
    EXPECT_TRUE(two.regions[0].influence.empty());
    const auto ranks = column({1, 2, 3});
    const auto three = column({1, 3, 8});
    const auto ordered = measured({.values = three, .ranks = &ranks}, {});
    EXPECT_TRUE(std::isnan(influence_of(ordered, 0, "ACI")));  // two groups are no order
    const auto referred = measured({.values = three, .reference = RegionIndex{1}}, {});
    EXPECT_TRUE(std::isnan(influence_of(referred, 1, "MDRU")));
    EXPECT_NEAR(influence_of(referred, 0, "MDRU"), 7.0 / 3.0 - 2.5, 1e-15);  // (2 + 0 + 5) / 3 - (0 + 5) / 2
    const auto four = column({1, 3, 8, 9});
    const auto order = column({1, 2, 3, 4});
    // By hand: sum (2X - 1) y / 4 = (-3 - 3 + 8 + 27) / 16; without the first (-2 x 3 + 2 x 9) / 9.
    EXPECT_NEAR(influence_of(measured({.values = four, .ranks = &order}, {}), 0, "ACI"),
                29.0 / 16.0 - 4.0 / 3.0, 1e-14);
    Findings findings;
    const auto allowed =
        stats::measure({.values = three}, {.influence_region_limit = 3}, names_for(three), findings);
    EXPECT_FALSE(allowed.regions[0].influence.empty());
}

TEST(Influence, NoJackknifeWhereOneRegionMakesTheWhole) {
    EXPECT_FALSE(one(measured(column({0, 0, 5})), "GINI").se);  // without the third nothing is left to share
}

TEST(Ends, AReferenceThatIsItselfTheExtremeHasNoGapAndNoError) {
    const auto values = column({10, 20, 40});
    const auto errors = column({1, 2, 3});
    const auto result = measured({.values = values, .errors = &errors, .reference = RegionIndex{2}},
                                 {.direction = Direction::adverse});
    EXPECT_EQ(value_of(result, "D"), 0.0);
    EXPECT_EQ(se_of(result, "D"), 0.0);
    EXPECT_EQ(se_of(result, "R"), 0.0);
}

TEST(Ends, WhatIsGainedIsNotOnTheWrongSideOfZero) {
    const auto values = column({10, 10.5, 11});
    const auto errors = column({5, 5, 5});
    const auto best_first = column({3, 2, 1});
    const auto picked = measured({.values = values, .errors = &errors}, {});
    EXPECT_LE(*one(picked, "PAR").debiased, 0.0);
    EXPECT_LE(upper_of(picked, "PAR"), 0.0);
    const auto ordered = measured({.values = values, .errors = &errors, .ranks = &best_first}, {});
    EXPECT_EQ(value_of(ordered, "PAR"), -0.5);  // by hand: 10 - 10.5
    EXPECT_EQ(upper_of(ordered, "PAR"), 0.0);
    const auto worst_first = column({1, 2, 3});
    EXPECT_EQ(value_of(measured({.values = values, .ranks = &worst_first}, {}), "PAR"), 0.0);
}

TEST(Ends, AttributableRisksCarryTheErrorsOfAllGroups) {
    const H5 data;
    const auto result = measured(data.with_errors(), data.options);
    EXPECT_NEAR(se_of(result, "PAR"), 11.970234452635, 1e-11);   // R: sqrt(sum((e - p)^2 * s^2))
    EXPECT_NEAR(se_of(result, "PAF"), 28.1799372810289, 1e-11);  // R: 100/mu sqrt(sum((e - y5/mu p)^2 s^2))
}

TEST(Ends, ARatioOfZeroHasNoErrorOfItsLogarithm) {
    const auto values = column({20, 30, 0});
    const auto errors = column({1, 1, 1});
    const auto ranks = column({1, 2, 3});
    const auto result = measured({.values = values, .errors = &errors, .ranks = &ranks},
                                 {.direction = Direction::favourable});
    EXPECT_EQ(value_of(result, "R"), 0.0);
    EXPECT_FALSE(one(result, "R").se || one(result, "R").lower);
    EXPECT_THAT(one(result, "R").note, HasSubstr("of the logarithm"));
}

TEST(RegressionErrors, OfTheSlopeIndicesAreRobust) {
    H5 data;
    const auto curve = measured(data.inputs(), data.options);
    // R: glm(quasibinomial, weights = p), sandwich with n / (n - 2), delta method
    EXPECT_NEAR(se_of(curve, "SII"), 2.64709742465834, 1e-8);
    EXPECT_NEAR(se_of(curve, "RII"), 0.0971921990300849, 1e-9);
    EXPECT_NEAR(upper_of(curve, "RII"), 3.2363397365 * std::exp(1.959963984540054 * 0.0971921990300849),
                1e-7);
    data.options.scale.reset();
    const auto line = measured(data.inputs(), data.options);
    EXPECT_NEAR(se_of(line, "SII"), 1.86377473689642, 1e-11);    // R: lm(weights = p), the same sandwich
    EXPECT_NEAR(se_of(line, "RII"), 0.0790052721038904, 1e-12);  // R: the same
}

TEST(ExtendedIndex, GoesByTheOrderWhereThereIsOne) {
    H5 data;
    data.values = column({50, 20, 60, 30, 40});
    data.options.concentration_aversion = 2.0;
    const auto ordered = measured(data.inputs(), data.options);
    EXPECT_NEAR(value_of(ordered, "SGINI"), value_of(ordered, "RCI"), 1e-15);
    EXPECT_THAT(one(ordered, "SGINI").note, HasSubstr("by the order of the regions"));
    EXPECT_THAT(one(measured(data.values), "SGINI").note, HasSubstr("by the values' own order"));
}

TEST(Draws, StayAtZeroOnlyWhereNoValueIsBelow) {
    const auto errors = column({3, 3, 3});
    const auto bias = [&](const Column& values, std::optional<double> scale) {
        return *one(measured({.values = values, .errors = &errors}, {.scale = scale, .draws = 4000}), "D")
                    .bias;
    };
    // Half a normal of error 3 has the mean 3 sqrt(2 / pi) = 2.394; Monte Carlo error of a gap 0.06.
    EXPECT_NEAR(bias(column({0, 20, 40}), {}), -2.394, 0.3);
    EXPECT_NEAR(bias(column({-20, 0, 20}), {}), 0.0, 0.3);
    EXPECT_NEAR(bias(column({60, 80, 100}), 100.0), -2.394, 0.3);
    EXPECT_NEAR(bias(column({60, 80, 100}), {}), 0.0, 0.3);
}

TEST(Draws, RanksEndAtTheTailsOfFivePerCent) {
    const auto errors = column({1, 1});
    const auto ends = [&](double gap) {
        const auto values = column({10.0 + gap, 10.0});
        const auto result = measured({.values = values, .errors = &errors}, {});
        return std::pair{*result.regions[0].rank_upper, *result.regions[1].rank_lower};
    };
    EXPECT_EQ(ends(3.29), (std::pair<std::size_t, std::size_t>{1, 2}));  // they change places in 1 of 100
    EXPECT_EQ(ends(1.81), (std::pair<std::size_t, std::size_t>{2, 1}));  // in 10 of 100
}

TEST(Draws, NoErrorAtAllIsNoTestOfAGap) {
    const auto values = column({1, 2, 9});
    const auto errors = column({0, 0, 0});
    const auto result = measured({.values = values, .errors = &errors}, {});
    EXPECT_EQ(*result.regions[0].gap_se, 0.0);
    EXPECT_FALSE(result.regions[0].p);
}

}  // namespace
}  // namespace tendik
