// Variance, entropy, Lorenz curve and welfare, and their division into between and within.
#include "measure_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace tendik {
namespace {

using ::testing::HasSubstr;

TEST(Inequality, AgreesWithTheFormulasInROnFiveGroups) {
    const H5 data;
    const auto result = measured(data.inputs(), data.options);
    EXPECT_NEAR(value_of(result, "GE_1"), 0.0657213534765, 1e-13);   // R: uncertainty.R
    EXPECT_NEAR(value_of(result, "GE0"), 0.05740151041571, 1e-14);   // definition, as MLD / 1000
    EXPECT_NEAR(value_of(result, "GE1"), 0.052517430365889, 1e-14);  // definition, as TI / 1000
    EXPECT_NEAR(value_of(result, "GE2"), 0.050104267852528, 1e-14);  // definition, half the squared variation
    EXPECT_NEAR(value_of(result, "GINI"), 0.17776861174058, 1e-14);  // R: disparity.R, h5
    EXPECT_NEAR(value_of(result, "ATKINSON"), 0.027114917345491, 1e-14);  // definition, aversion 0.5
    EXPECT_NEAR(value_of(result, "HOOVER"), 0.1294017156818, 1e-13);      // R: uncertainty.R
    EXPECT_NEAR(value_of(result, "PALMA"), 0.5255118622034, 1e-13);       // R: uncertainty.R
    EXPECT_NEAR(value_of(result, "KOLM"), 19.2915360211618, 1e-12);       // R: uncertainty.R, aversion 1
    EXPECT_NEAR(value_of(result, "WILLIAMSON"), 0.3165573181985, 1e-13);  // R: uncertainty.R
    EXPECT_NEAR(value_of(result, "WOLFSON"), 0.1530595034438, 1e-13);     // R: uncertainty.R
}

TEST(Inequality, FollowsTheAversionThatIsAskedFor) {
    H5 data;
    data.options.atkinson_aversion = 1.0;
    data.options.kolm_aversion = 0.1;
    const auto result = measured(data.inputs(), data.options);
    EXPECT_NEAR(value_of(result, "ATKINSON"), 0.055785118861839, 1e-14);  // definition, 1 - exp(-MLD)
    EXPECT_NEAR(value_of(result, "KOLM"), 7.7760315470655, 1e-12);        // R: uncertainty.R
    EXPECT_EQ(one(result, "ATKINSON").note, "aversion 1");
    data.options.atkinson_aversion = 2.0;
    EXPECT_NEAR(value_of(measured(data.inputs(), data.options), "ATKINSON"), 0.1161726582753,
                1e-13);  // R: uncertainty.R
}

TEST(Inequality, GivesTheAtkinsonIndexOfPySal) {
    const auto values = column({10, 20, 30, 40, 50});
    EXPECT_NEAR(value_of(measured(values), "ATKINSON"), 0.06315339, 5e-9);  // PySAL inequality
                                                                            // test_atkinson.py
    EXPECT_NEAR(value_of(measured({.values = values}, {.atkinson_aversion = 1.0}), "ATKINSON"), 0.13160964,
                5e-9);  // PySAL inequality test_atkinson.py
}

TEST(Inequality, GivesTheWolfsonIndexOf1994) {
    EXPECT_NEAR(value_of(measured(column({6, 6, 8, 8, 10, 10, 12, 12})), "WOLFSON"), 1.0 / 6.0,
                1e-15);  // by hand; PySAL prints half of it
    EXPECT_NEAR(value_of(measured(column({2, 4, 6, 8, 10, 12, 14, 16})), "WOLFSON"), 11.0 / 36.0,
                1e-15);  // by hand; PySAL prints half of it
}

TEST(Inequality, GivesTheSchutzDistanceOfPySal) {
    EXPECT_NEAR(value_of(measured(column({1000, 2000, 1500, 3000, 2500})), "HOOVER"), 0.15,
                1e-15);  // PySAL inequality test_schutz.py
}

TEST(Inequality, TakesTheLorenzCurveStraightWithinARegion) {
    // By hand: ten equal regions, the highest has 19 of 100, the lowest four 1 + 3 + 5 + 7 = 16.
    EXPECT_NEAR(value_of(measured(column({1, 3, 5, 7, 9, 11, 13, 15, 17, 19})), "PALMA"), 19.0 / 16.0, 1e-14);
    // By hand: two regions; a tenth of the people have a fifth of what the upper half has, 0.2 x 0.75.
    EXPECT_NEAR(value_of(measured(column({1, 3})), "PALMA"), 0.15 / 0.2, 1e-15);
    EXPECT_EQ(note_of(measured(column({0, 3})), "PALMA"), "the lowest 40 per cent have nothing");
    EXPECT_EQ(note_of(measured(column({0, 0, 3})), "WOLFSON"), "zero median");
}

TEST(Inequality, HasNoValueWhereItsFormulaHasNone) {
    const auto with_zero = measured(column({0, 2}));
    EXPECT_EQ(note_of(with_zero, "GE_1"), "zero value");
    EXPECT_EQ(note_of(with_zero, "GE0"), "zero value");
    EXPECT_NEAR(value_of(with_zero, "GE1"), std::log(2.0), 1e-15);  // by hand: 1/2 x 2 ln 2
    const auto values = column({0, 2});
    EXPECT_EQ(note_of(measured({.values = values}, {.atkinson_aversion = 1.5}), "ATKINSON"), "zero value");
    const auto with_debt = measured(column({-1, 4, 6}));
    for (const std::string code : {"GE2", "ATKINSON", "HOOVER", "PALMA", "WOLFSON"})
        EXPECT_EQ(note_of(with_debt, code), "negative value") << code;
    EXPECT_TRUE(one(with_debt, "KOLM").value);
    EXPECT_EQ(note_of(measured(column({0, 0})), "WILLIAMSON"), "zero mean");
}

TEST(Inequality, DoesNotOverflowInAWideKolmIndex) {
    // By hand: the lowest alone counts; ln(1/2) + 5000.
    EXPECT_NEAR(value_of(measured(column({0, 10000})), "KOLM"), 5000.0 - std::log(2.0), 1e-9);
}

TEST(Inequality, DividesIntoBetweenAndWithin) {
    const auto values = column({0, 0, 0, 10, 10, 10});
    const std::vector<std::string> sets{"low", "low", "low", "high", "high", "high"};
    const auto result = measured({.values = values, .groups = &sets}, {});
    ASSERT_EQ(result.decompositions.size(), 2U);  // GE1 and GE2: the others have no value with a zero
    EXPECT_EQ(result.decompositions[0].code, "GE1");
    EXPECT_NEAR(result.decompositions[0].between, 0.6931471805599453, 1e-15);  // PySAL inequality
                                                                               // test_theil.py
    EXPECT_NEAR(result.decompositions[0].within, 0.0, 1e-15);
}

TEST(Inequality, PartsAddUpToTheWhole) {
    const H25 data;
    std::vector<std::string> sets;
    for (std::size_t i = 0; i < data.values.size(); ++i)
        sets.push_back(i % 3 == 0 ? "a" : i % 3 == 1 ? "b" : "c");
    auto inputs = data.inputs();
    inputs.groups = &sets;
    const auto result = measured(inputs, data.options);
    ASSERT_EQ(result.decompositions.size(), 4U);
    for (const auto& each : result.decompositions) {
        EXPECT_NEAR((each.between + each.within) / each.total, 1.0, 1e-12) << each.code;
        EXPECT_GT(each.between, 0.0);
        EXPECT_GT(each.within, each.between);  // sets that follow no rule differ little
    }
}

TEST(Inequality, ARegionWithoutASetStopsTheDivision) {
    const auto values = column({1, 2, 3});
    const std::vector<std::string> sets{"low", "", "high"};
    Findings findings;
    const auto result = stats::measure({.values = values, .groups = &sets}, {}, names_for(values), findings);
    EXPECT_TRUE(result.decompositions.empty());
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "ungrouped-regions");
    EXPECT_THAT(findings.all()[0].text, HasSubstr("R2"));
}

}  // namespace
}  // namespace tendik
