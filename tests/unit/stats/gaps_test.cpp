// Differences, ratios, mean distances and what could be gained.
#include "measure_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <utility>

namespace tendik {
namespace {

TEST(Gaps, AgreeWithHealthequalOnTwentyFiveGroups) {
    const H25 data;
    const auto result = measured(data.inputs(), data.options);
    EXPECT_NEAR(value_of(result, "MDMU"), 5.891726, 5e-7);     // healthequal test-mdmu.R
    EXPECT_NEAR(value_of(result, "MDMW"), 5.8348689, 5e-7);    // healthequal test-mdmw.R
    EXPECT_NEAR(value_of(result, "MDBU"), 16.360001, 1.1e-6);  // healthequal test-mdbu.R; by hand 16.36
    EXPECT_NEAR(value_of(result, "MDBW"), 16.293156, 2e-6);    // healthequal test-mdbw.R
    EXPECT_NEAR(value_of(result, "MDRU"), 7.2399998, 3e-7);    // healthequal test-mdru.R; by hand 7.24
    EXPECT_NEAR(value_of(result, "MDRW"), 7.2228465, 3e-7);    // healthequal test-mdrw.R
    EXPECT_NEAR(value_of(result, "IDISU"), 8.7018175, 7e-7);   // healthequal test-idisu.R
    EXPECT_NEAR(value_of(result, "IDISW"), 8.6178417, 7e-7);   // healthequal test-idisw.R
    EXPECT_NEAR(value_of(result, "PAR"), 16.293152, 5e-6);     // healthequal test-par-nonordered.R
    EXPECT_NEAR(value_of(result, "PAF"), 24.06426, 1e-5);      // healthequal test-paf-nonordered.R
}

TEST(Gaps, AReferenceStandsAgainstTheExtremeBeyondIt) {
    const auto values = column({10, 40, 25});
    const auto with = [&](Direction direction) {
        return measured({.values = values, .reference = RegionIndex{2}}, {.direction = direction});
    };
    EXPECT_EQ(value_of(with(Direction::favourable), "D"), 15.0);  // by hand: 25 - 10
    EXPECT_EQ(value_of(with(Direction::favourable), "R"), 2.5);   // by hand
    EXPECT_EQ(value_of(with(Direction::adverse), "D"), 15.0);     // by hand: 40 - 25
    EXPECT_EQ(value_of(with(Direction::adverse), "R"), 1.6);      // by hand
    EXPECT_EQ(note_of(with(Direction::neutral), "D"), "a reference needs a direction, and there is none");
    EXPECT_EQ(value_of(with(Direction::neutral), "MDRU"), 10.0);  // by hand: (15 + 15 + 0) / 3
}

TEST(Gaps, AnOrderDecidesWhichEndsAreCompared) {
    H5 data;
    data.values[4] = Value::of(35);  // the top of the order is not the highest
    EXPECT_EQ(value_of(measured(data.inputs(), data.options), "D"), 15.0);  // by hand: 35 - 20
    data.options.direction = Direction::adverse;
    const auto adverse = measured(data.inputs(), data.options);
    EXPECT_EQ(value_of(adverse, "D"), -15.0);               // by hand: 20 - 35
    EXPECT_NEAR(value_of(adverse, "R"), 20.0 / 35, 1e-15);  // by hand
}

TEST(Gaps, NothingIsGainedWhereTheTopIsWorseThanTheMean) {
    H5 data;
    data.values = column({60, 50, 40, 30, 20});
    const auto result = measured(data.inputs(), data.options);
    EXPECT_EQ(value_of(result, "PAR"), 0.0);
    EXPECT_EQ(value_of(result, "PAF"), 0.0);
    const auto with_errors = measured(data.with_errors(), data.options);
    EXPECT_EQ(lower_of(with_errors, "PAR"), 0.0);
    // By hand: 20 less the mean of 38.775510, plus 1.96 errors of 13.1.
    EXPECT_GT(upper_of(with_errors, "PAR"), 0.0);
    EXPECT_LT(upper_of(with_errors, "PAR"), 9.0);
    data.options.direction = Direction::adverse;
    EXPECT_LT(value_of(measured(data.inputs(), data.options), "PAR"), 0.0);
}

TEST(Gaps, TheBestOfAnAdverseIndicatorIsTheLowest) {
    const auto result = measured(column({1, 3, 8}));
    EXPECT_NEAR(value_of(result, "MDBU"), 3.0, 1e-15);           // by hand: (0 + 2 + 7) / 3
    EXPECT_EQ(value_of(result, "PAR"), -3.0);                    // by hand: 1 - 4
    EXPECT_EQ(value_of(result, "PAF"), -75.0);                   // by hand
    EXPECT_NEAR(value_of(result, "IDISU"), 200.0 / 3.0, 1e-13);  // by hand: 100 (3 + 1 + 4) / 3 / 4
    EXPECT_EQ(note_of(measured(column({1, 3}), nullptr, Direction::neutral), "MDBU"),
              "neither end is good or bad");
}

TEST(Gaps, SayWhyThereIsNoReference) {
    const auto values = column({1, 3});
    EXPECT_EQ(note_of(measured(values), "MDRU"), "no reference is named");
    const auto unknown = measured({.values = values, .reference_fault = "there is no region 'Z'"}, {});
    for (const std::string code : {"D", "R", "MDRU", "MDRW"})
        EXPECT_EQ(note_of(unknown, code), "there is no region 'Z'") << code;
    EXPECT_TRUE(one(unknown, "MDMU").value);
    Column some = values;
    some[1] = Value::without(State::suppressed);
    some.push_back(Value::of(4));
    EXPECT_EQ(note_of(measured({.values = some, .reference = RegionIndex{1}}, {}), "MDRW"),
              "the reference 'R2' has no value or no weight");
}

TEST(Gaps, TwoNamedGroupsAreComparedWithTheirSign) {
    const auto both = stats::compare_two(Value::of(20), Value::of(60), Value::of(5), Value::of(14));
    EXPECT_EQ(both[0].value, -40.0);
    EXPECT_NEAR(*both[0].se, 14.866068747, 5e-10);     // sqrt(5^2 + 14^2)
    EXPECT_NEAR(*both[0].upper, -10.863040664, 5e-9);  // -40 + 1.959963985 x 14.866068747
    EXPECT_NEAR(*both[1].value, 1.0 / 3.0, 1e-15);
    EXPECT_NEAR(*both[1].se, 0.34197140881139, 5e-14);  // sqrt((5/20)^2 + (14/60)^2)
    EXPECT_NEAR(*both[1].lower, 0.1705266084, 5e-10);   // exp(-1.959963985 x 0.341971409) / 3
    const auto no_errors = stats::compare_two(Value::of(20), Value::of(0), {}, Value::of(1));
    EXPECT_EQ(no_errors[0].value, 20.0);
    EXPECT_FALSE(no_errors[0].se);
    EXPECT_FALSE(no_errors[1].value);
    EXPECT_EQ(no_errors[1].note, "zero denominator");
    EXPECT_EQ(stats::compare_two({}, Value::of(1), {}, {})[0].note, "no figure of one of the two");
    EXPECT_EQ(stats::compare_two(Value::of(1), {}, {}, {})[1].note, "no figure of one of the two");
    EXPECT_NEAR(*both[0].lower, -69.136959336, 5e-9);  // -40 - 1.959963985 x 14.866068747
    EXPECT_NEAR(*both[1].upper, 0.6515763855, 5e-10);  // exp(1.959963985 x 0.341971409) / 3
    EXPECT_FALSE(stats::compare_two(Value::of(20), Value::of(5), Value::of(1), {})[0].se);
    for (const auto& [more, less] : {std::pair{-1.0, 2.0}, std::pair{1.0, -2.0}})
        EXPECT_EQ(stats::compare_two(Value::of(more), Value::of(less), {}, {})[1].note, "negative value");
    const auto nothing = stats::compare_two(Value::of(0), Value::of(5), Value::of(1), Value::of(1));
    EXPECT_EQ(nothing[1].value, 0.0);
    EXPECT_FALSE(nothing[1].se);
}

}  // namespace
}  // namespace tendik
