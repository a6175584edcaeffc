// Reliability, brackets, classes that are not firm, pairs of regions, what suppression does not hide.
#include "tendik/precision/reliability.h"

#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>

namespace tendik::precision {
namespace {

Column column(std::initializer_list<double> numbers) {
    Column result;
    for (const double number : numbers)
        result.push_back(Value::of(number));
    return result;
}

TEST(Reliability, OfAProportionIsThatOfItsComplement) {
    // definitions.md 13: 3.5 % +- 1.3 has 0.37; its complement 96.5 % had 0.01.
    EXPECT_NEAR(variation_percent(3.5, 1.3, 100.0), 37.142857142857146, 1e-12);          // by hand: 130 / 3.5
    EXPECT_NEAR(variation_percent(96.5, 1.3, 100.0), 37.142857142857146, 1e-12);         // the same
    EXPECT_NEAR(variation_percent(96.5, 1.3, std::nullopt), 1.3471502590673574, 1e-12);  // by hand: of a mean
    EXPECT_NEAR(variation_percent(-20, 5, std::nullopt), 25, 1e-12);                     // by hand
}

TEST(Reliability, OfNothingIsNoneUnlessThereIsNoError) {
    EXPECT_TRUE(std::isinf(variation_percent(0, 1, 100.0)));
    EXPECT_TRUE(std::isinf(variation_percent(100, 1, 100.0)));
    EXPECT_TRUE(std::isinf(variation_percent(101, 1, 100.0)));  // beyond the whole nothing is reliable
    EXPECT_EQ(variation_percent(0, 0, 100.0), 0.0);
}

TEST(Reliability, IsToldByTheCutPointsThatAreDeclared) {
    const CutPoints cuts{16.6, 33.3};
    EXPECT_EQ(reliability_of(16.5, cuts), Reliability::reliable);
    EXPECT_EQ(reliability_of(16.6, cuts), Reliability::caution);
    EXPECT_EQ(reliability_of(33.3, cuts), Reliability::caution);
    EXPECT_EQ(reliability_of(33.31, cuts), Reliability::unreliable);
    EXPECT_EQ(reliability_of(33.31, {30, 60}), Reliability::caution);
}

TEST(Reliability, FewCasesAreBracketedAndTooFewNotShown) {
    EXPECT_EQ(judge_cases(24), Cases::too_few);  // MICS tables: fewer than 25 unweighted cases
    EXPECT_EQ(judge_cases(25), Cases::few);      // 25-49 in brackets
    EXPECT_EQ(judge_cases(49), Cases::few);
    EXPECT_EQ(judge_cases(50), Cases::enough);
}

TEST(ClassProbability, IsThatOfTheNormalBetweenTheBreaks) {
    Classes classes;
    classes.breaks = {15, 25, 45, 65};
    const auto of = [&](double y, double s) {
        return *class_probability(classes, Value::of(y), Value::of(s));
    };
    EXPECT_NEAR(of(20, 5), 0.84134474606854293, 1e-14);  // R: precision.R, the lowest class open below
    EXPECT_NEAR(of(30, 7), 0.746412452369195, 1e-14);    // R: precision.R
    EXPECT_NEAR(of(40, 10), 0.624655260005155, 1e-14);   // R: precision.R
    EXPECT_NEAR(of(50, 12), 0.661538880489310, 1e-14);   // R: precision.R, the highest open above
    EXPECT_NEAR(of(60, 14), 0.858011614124544, 1e-14);   // R: precision.R
    EXPECT_EQ(of(60, 0), 1.0);
    EXPECT_EQ(of(25, 0), 1.0);  // on a break, and for certain
    EXPECT_FALSE(class_probability(classes, Value::inherit(20), Value::of(5)));
    EXPECT_FALSE(class_probability(classes, Value::of(70), Value::of(1)));
    EXPECT_FALSE(class_probability(classes, Value::without(State::missing), Value::of(1)));
    EXPECT_FALSE(class_probability(classes, Value::of(20), Value::without(State::missing)));
}

TEST(Pairs, OfFiveGroupsAreThoseOfR) {
    const auto pairs = test_pairs(column({20, 30, 40, 50, 60}), column({5, 7, 10, 12, 14}));  // H5
    ASSERT_EQ(pairs.size(), 10U);
    EXPECT_NEAR(*pairs[0].z, -1.162476387438193, 1e-14);  // R: precision.R
    EXPECT_NEAR(pairs[0].p, 0.245042010632386, 1e-14);    // R: precision.R
    EXPECT_NEAR(pairs[3].p, 0.00713041675103281, 1e-15);  // R: precision.R, 1 and 5
    EXPECT_NEAR(pairs[9].p, 0.587593847955658, 1e-14);    // R: precision.R, 4 and 5
    EXPECT_EQ(pairs[3].difference, -40.0);                // by hand
    EXPECT_NEAR(pairs[3].se, std::sqrt(221.0), 1e-14);    // by hand
    EXPECT_EQ(static_cast<std::size_t>(pairs[9].first), 3U);
    EXPECT_EQ(static_cast<std::size_t>(pairs[9].second), 4U);
    EXPECT_EQ(pairs[9].p_adjusted, pairs[9].p);  // until somebody adjusts them
}

TEST(Pairs, WithoutErrorsDifferForCertainOrNotAtAll) {
    auto errors = column({0, 0, 0});
    auto pairs = test_pairs(column({1, 1, 2}), errors);
    ASSERT_EQ(pairs.size(), 3U);
    EXPECT_EQ(pairs[0].p, 1.0);
    EXPECT_EQ(pairs[1].p, 0.0);
    EXPECT_FALSE(pairs[1].z);
    errors[1] = Value::without(State::missing);  // an error that is not known is not 0
    pairs = test_pairs(column({1, 1, 2}), errors);
    ASSERT_EQ(pairs.size(), 1U);
    EXPECT_EQ(static_cast<std::size_t>(pairs[0].second), 2U);
    auto values = column({1, 1, 2});
    values[0] = Value::without(State::suppressed);
    values[1] = Value::inherit(1);
    EXPECT_TRUE(test_pairs(values, column({1, 1, 1})).empty());
}

TEST(Suppression, OneRegionAmongKnownOnesIsNotHidden) {
    auto values = column({1, 2, 3, 4});
    EXPECT_FALSE(derivable_region(values, nullptr));
    values[2] = Value::without(State::suppressed);
    ASSERT_TRUE(derivable_region(values, nullptr));
    EXPECT_EQ(static_cast<std::size_t>(*derivable_region(values, nullptr)), 2U);
    values[0] = Value::without(State::not_applicable);  // adds nothing
    EXPECT_TRUE(derivable_region(values, nullptr));
    values[1] = Value::without(State::missing);
    EXPECT_FALSE(derivable_region(values, nullptr));
    values[1] = Value::without(State::suppressed);
    EXPECT_FALSE(derivable_region(values, nullptr));
    values = column({1, 2, 3});
    values[1] = Value::without(State::missing);  // nobody withheld it
    EXPECT_FALSE(derivable_region(values, nullptr));
}

TEST(Suppression, ARateIsToldByTheNationalOneOnlyWithAllWeights) {
    auto values = column({1, 2, 3});
    values[2] = Value::without(State::suppressed);
    auto weights = column({10, 20, 30});
    EXPECT_TRUE(derivable_region(values, &weights));
    weights[2] = Value::without(State::missing);
    EXPECT_FALSE(derivable_region(values, &weights));
}

}  // namespace
}  // namespace tendik::precision
