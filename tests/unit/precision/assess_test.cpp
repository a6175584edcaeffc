// From columns to errors, intervals, brackets and reliability. Numbers: tests/oracles/precision.R.
#include "tendik/precision/assess.h"

#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>

namespace tendik::precision {
namespace {

using ::testing::HasSubstr;

const Value missing = Value::without(State::missing);

Column column(std::initializer_list<double> numbers) {
    Column result;
    for (const double number : numbers)
        result.push_back(std::isnan(number) ? missing : Value::of(number));
    return result;
}

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

std::vector<std::string> names_for(const Column& values) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < values.size(); ++i)
        names.push_back("R" + std::to_string(i + 1));
    return names;
}

Assessed assessed(const Given& given, const AssessOptions& options, Findings& findings) {
    return assess(given, options, names_for(given.values), findings);
}

Assessed assessed(const Given& given, const AssessOptions& options) {
    Findings findings;
    return assessed(given, options, findings);
}

/// Nothing where the call goes through.
std::string refusal(const Given& given, const AssessOptions& options) {
    try {
        assessed(given, options);
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

const AssessOptions per_cent{.scale = 100.0, .proportion = true};

AssessOptions with(IntervalKind interval) {
    auto options = per_cent;
    options.interval = interval;
    return options;
}

TEST(Assess, NothingIsMadeUpWhereNothingIsGiven) {
    const auto values = column({12.3, 40});
    const auto found = assessed({.values = values}, per_cent);
    EXPECT_FALSE(found.errors);
    EXPECT_TRUE(found.precision.lower.empty() && found.precision.reliability.empty());
    const auto n = column({412, 300});
    // No design effect is assumed, so n alone makes no error.
    EXPECT_FALSE(assessed({.values = values, .n = &n}, per_cent).errors);
    EXPECT_THAT(refusal({.values = values, .n = &n}, with(IntervalKind::wilson)),
                HasSubstr("needs n and deff"));
    EXPECT_THAT(refusal({.values = values, .n = &n}, with(IntervalKind::normal)),
                HasSubstr("needs standard errors"));
    EXPECT_THAT(refusal({.values = values, .n = &n}, with(IntervalKind::fay_feuer)),
                HasSubstr("needs the events"));
    const auto deff = column({1.7, 1.7});
    EXPECT_THAT(refusal({.values = values, .n = &n, .deff = &deff}, {.interval = IntervalKind::wilson}),
                HasSubstr("shares of"));
}

TEST(Assess, CasesAndDesignEffectMakeErrorsAndIntervals) {
    const auto values = column({12.3, 0, 50});
    const auto n = column({412, 60, 100});
    const auto deff = column({1.7, 1.5, nothing});
    Findings findings;
    const auto found =
        assessed({.values = values, .n = &n, .deff = &deff}, with(IntervalKind::wilson), findings);
    EXPECT_NEAR((*found.errors)[0].number, 2.10973644422181, 1e-13);  // R: precision.R
    EXPECT_NEAR((*found.errors)[1].number, 2.23528600240705, 1e-13);  // R: precision.R
    EXPECT_FALSE((*found.errors)[2].present());
    EXPECT_NEAR(found.precision.lower[0].number, 8.74366813932288, 1e-12);   // R: precision.R
    EXPECT_NEAR(found.precision.upper[0].number, 17.03282488847821, 1e-12);  // R: precision.R
    EXPECT_EQ(found.precision.lower[1].number, 0.0);
    EXPECT_FALSE(found.precision.upper[2].present());
    ASSERT_EQ(findings.count_of("no-interval"), 1U);
    EXPECT_THAT(findings.all()[0].text, HasSubstr(": R3"));
}

TEST(Assess, ErrorsMakeIntervalsOfProportions) {
    const auto values = column({3.5});
    const auto errors = column({1.3});
    auto found = assessed({.values = values, .errors = &errors}, with(IntervalKind::wilson));
    EXPECT_NEAR(found.precision.lower[0].number, 1.70511654382146, 1e-12);  // R: precision.R
    found = assessed({.values = values, .errors = &errors}, with(IntervalKind::logit));
    EXPECT_NEAR(found.precision.upper[0].number, 7.15985271824856, 1e-12);  // R: precision.R
    found = assessed({.values = values, .errors = &errors}, with(IntervalKind::normal));
    EXPECT_NEAR(found.precision.upper[0].number, 6.04795318, 1e-7);  // by hand: 3.5 + 1.959963985 x 1.3
    const auto low = column({1.0});
    found = assessed({.values = low, .errors = &errors}, with(IntervalKind::normal));
    EXPECT_EQ(found.precision.lower[0].number, 0.0);  // not below zero
}

TEST(Assess, EventsMakeIntervalsOfRates) {
    const auto values = column({7, 0});
    const auto events = column({7, 0});
    const auto n = column({1000, 2000});
    const AssessOptions per_thousand{.interval = IntervalKind::fay_feuer, .scale = 1000.0};
    Findings findings;
    const auto found = assessed({.values = values, .n = &n, .events = &events}, per_thousand, findings);
    EXPECT_NEAR(found.precision.lower[0].number, 2.81436305151987, 1e-12);   // R: poisson.test(7)
    EXPECT_NEAR(found.precision.upper[0].number, 14.42267536170238, 1e-12);  // R: poisson.test(7)
    EXPECT_EQ(found.precision.lower[1].number, 0.0);
    EXPECT_NEAR(found.precision.upper[1].number, 1.84443972705697, 1e-12);  // by hand: -log(0.025) / 2
    EXPECT_NEAR((*found.errors)[0].number, std::sqrt(7.0), 1e-14);          // by hand
    EXPECT_TRUE(findings.empty());
    const auto wrong = column({70, 0});  // per 10,000
    assessed({.values = wrong, .n = &n, .events = &events}, per_thousand, findings);
    ASSERT_EQ(findings.count_of("value-outside-interval"), 1U);
    EXPECT_THAT(findings.all()[0].text, HasSubstr("R1"));
}

TEST(Assess, TooFewCasesAreWithheldWithAllThatTellsThem) {
    const auto values = column({12.3, 20, 30, 40, nothing});
    const auto n = column({412, 24, 49, nothing, 10});
    const auto deff = column({1, 1, 1, 1, 1});
    auto options = with(IntervalKind::wilson);
    options.mics_rule = true;
    options.cut_points = CutPoints{16.6, 33.3};
    Findings findings;
    const auto found = assessed({.values = values, .n = &n, .deff = &deff}, options, findings);
    EXPECT_EQ(found.values[1].state, State::suppressed);
    EXPECT_FALSE(found.precision.lower[1].present());
    EXPECT_FALSE((*found.errors)[1].present());
    EXPECT_FALSE(found.precision.reliability[1]);
    EXPECT_TRUE(found.precision.is_bracketed(2));
    EXPECT_FALSE(found.precision.is_bracketed(0));
    EXPECT_EQ(found.values[4].state, State::missing);  // a missing figure is not suppressed
    EXPECT_EQ(findings.count_of("few-cases"), 2U);
    EXPECT_EQ(findings.count_of("cases-missing"), 1U);
}

TEST(Assess, ReliabilityLooksAtTheSmallerShare) {
    const auto values = column({3.5, 96.5, 50, 0});
    const auto errors = column({1.3, 1.3, 10, 0.5});
    auto options = per_cent;
    options.cut_points = CutPoints{16.6, 33.3};
    auto found = assessed({.values = values, .errors = &errors}, options);
    EXPECT_TRUE(found.precision.is_unreliable(0) && found.precision.is_unreliable(1));
    EXPECT_EQ(found.precision.reliability[2], Reliability::caution);  // by hand: 20 %
    EXPECT_TRUE(found.precision.is_unreliable(3));
    options.proportion = false;
    found = assessed({.values = values, .errors = &errors}, options);
    EXPECT_EQ(found.precision.reliability[1], Reliability::reliable);  // by hand: 1.35 % of a mean
}

TEST(Assess, WhatCannotBeIsRefusedWithRegionAndNumber) {
    const auto values = column({12.3, 20});
    const auto n = column({412, 0});
    const auto deff = column({1, -1});
    const auto errors = column({1, -2});
    const auto events = column({1, -3});
    const auto high = column({12.3, 120});
    const auto good = column({400, 400});
    EXPECT_THAT(refusal({.values = values, .n = &n}, per_cent), HasSubstr("the n of region 'R2' is 0"));
    EXPECT_THAT(refusal({.values = values, .n = &good, .deff = &deff}, per_cent), HasSubstr("'R2' is -1"));
    EXPECT_THAT(refusal({.values = values, .errors = &errors}, per_cent), HasSubstr("'R2' is -2"));
    EXPECT_THAT(refusal({.values = values, .events = &events}, per_cent), HasSubstr("'R2' is -3"));
    EXPECT_THAT(refusal({.values = high, .n = &good, .deff = &good}, with(IntervalKind::wilson)),
                HasSubstr("'R2' is 120, expected 0 to 100"));
}

TEST(Assess, GivenEndsStandWhereBothAreKnown) {
    const auto values = column({12, 20});
    const auto lower = column({10, 15});
    const auto upper = column({15, nothing});
    Findings findings;
    const auto found =
        assessed({.values = values, .lower = &lower, .upper = &upper}, with(IntervalKind::given), findings);
    EXPECT_EQ(found.precision.lower[0].number, 10.0);
    EXPECT_EQ(found.precision.upper[0].number, 15.0);
    EXPECT_FALSE(found.precision.lower[1].present());
    EXPECT_EQ(found.precision.interval, IntervalKind::given);
    EXPECT_EQ(findings.count_of("no-interval"), 1U);
    const auto below = column({9, 20});  // beneath its own interval
    assessed({.values = below, .lower = &lower, .upper = &upper}, with(IntervalKind::given), findings);
    EXPECT_EQ(findings.count_of("value-outside-interval"), 1U);
}

TEST(Assess, AGivenErrorThatIsMissingIsNotMadeUpFromCases) {
    const auto values = column({12.3, 40});
    const auto errors = column({1.3, nothing});
    const auto n = column({412, 412});
    const auto deff = column({1.7, 1.7});
    const auto found = assessed({.values = values, .errors = &errors, .n = &n, .deff = &deff}, per_cent);
    EXPECT_EQ((*found.errors)[0].number, 1.3);
    EXPECT_FALSE((*found.errors)[1].present());
    EXPECT_EQ(found.precision.n[0].number, 412.0);
    EXPECT_EQ(found.precision.deff[0].number, 1.7);
    // Of a mean, n and deff say nothing.
    EXPECT_FALSE(assessed({.values = values, .n = &n, .deff = &deff}, {.scale = 100.0}).errors);
    const auto none = column({nothing, nothing});
    EXPECT_TRUE(assessed({.values = values, .errors = &none}, per_cent).errors);  // named, if empty
}

TEST(Assess, AnInheritedValueHasNoErrorOfItsOwn) {
    auto values = column({12.3, 40});
    values[1] = Value::inherit(40);
    const auto n = column({412, 412});
    const auto deff = column({1.7, 1.7});
    Findings findings;
    const auto found =
        assessed({.values = values, .n = &n, .deff = &deff}, with(IntervalKind::wilson), findings);
    EXPECT_FALSE((*found.errors)[1].present());
    EXPECT_FALSE(found.precision.lower[1].present());
    EXPECT_EQ(findings.count_of("no-interval"), 0U);  // nothing is wanting: there is no figure of its own
}

TEST(Assess, WithoutAnEventTheErrorIsThatOfGarwoodsEnd) {
    const auto values = column({0});
    const auto events = column({0});
    const auto n = column({2000});
    const AssessOptions per_thousand{.interval = IntervalKind::fay_feuer, .scale = 1000.0};
    const auto found = assessed({.values = values, .n = &n, .events = &events}, per_thousand);
    EXPECT_NEAR((*found.errors)[0].number, 0.47052898461545,
                1e-13);  // R: 1000 * qgamma(.975, 1) / 2000 / (2 * qnorm(.975))
    EXPECT_THAT(refusal({.values = values, .events = &events}, per_thousand), HasSubstr("needs the events"));
    EXPECT_THAT(
        refusal({.values = values, .n = &n, .events = &events}, {.interval = IntervalKind::fay_feuer}),
        HasSubstr("per how many"));
    const auto some = column({nothing});
    EXPECT_FALSE(assessed({.values = values, .n = &some, .events = &events}, per_thousand)
                     .precision.upper[0]
                     .present());
}

TEST(Assess, AtTheEndsAnErrorAloneMakesNoIntervalOfAProportion) {
    const auto values = column({0, 100, 50});
    const auto errors = column({1, 1, 0});  // and no error at all says as little
    Findings findings;
    const auto found = assessed({.values = values, .errors = &errors}, with(IntervalKind::wilson), findings);
    for (std::size_t i = 0; i < values.size(); ++i)
        EXPECT_FALSE(found.precision.lower[i].present()) << i;
    const auto normal = assessed({.values = values, .errors = &errors}, with(IntervalKind::normal));
    EXPECT_EQ(normal.precision.upper[1].number, 100.0);  // not above the whole
    const auto n = column({60, 60, 60});
    const auto deff = column({1.5, 1.5, 1.5});
    EXPECT_TRUE(assessed({.values = values, .n = &n, .deff = &deff}, with(IntervalKind::normal))
                    .precision.lower[2]
                    .present());  // the error comes of n and deff
}

TEST(Assess, WithholdsTheEventsOfAFigureThatIsWithheld) {
    const auto values = column({20, nothing});
    const auto n = column({24, 400});
    const auto events = column({5, 6});
    const auto errors = column({8, 1});
    auto options = AssessOptions{.mics_rule = true, .cut_points = CutPoints{16.6, 33.3}};
    const auto found = assessed({.values = values, .errors = &errors, .n = &n, .events = &events}, options);
    EXPECT_EQ(found.precision.events[0].state, State::suppressed);
    EXPECT_EQ(found.precision.events[1].number, 6.0);
    EXPECT_FALSE(found.precision.reliability[1]);  // an error without a figure is not reliable either
    EXPECT_EQ(found.precision.cut_points_percent, (std::vector{16.6, 33.3}));
}

TEST(Assess, ZeroAndTheWholeCanBeAndWhatLiesBeyondCannot) {
    const auto ends = column({0, 100});
    const auto below = column({-1, 50});
    const auto beyond = column({50, 120});
    const auto n = column({400, 400});
    const auto deff = column({1, 1});
    const auto no_effect = column({0, 1});
    const auto no_error = column({0, 0});
    EXPECT_EQ(refusal({.values = ends, .n = &n, .deff = &deff}, with(IntervalKind::logit)), "");
    EXPECT_EQ(refusal({.values = ends, .errors = &no_error}, with(IntervalKind::normal)), "");
    EXPECT_THAT(refusal({.values = below, .errors = &no_error}, with(IntervalKind::wilson)),
                HasSubstr("'R1' is -1, expected 0 to 100"));
    EXPECT_THAT(refusal({.values = beyond, .errors = &no_error}, with(IntervalKind::wilson)),
                HasSubstr("'R2' is 120"));
    EXPECT_THAT(refusal({.values = beyond, .errors = &no_error}, with(IntervalKind::logit)),
                HasSubstr("'R2' is 120"));
    EXPECT_THAT(refusal({.values = beyond, .n = &n, .deff = &deff}, per_cent), HasSubstr("'R2' is 120"));
    EXPECT_EQ(refusal({.values = beyond, .n = &n}, per_cent), "");  // nothing is made of it as a share
    EXPECT_THAT(refusal({.values = ends, .n = &n, .deff = &no_effect}, per_cent), HasSubstr("'R1' is 0"));
}

}  // namespace
}  // namespace tendik::precision
