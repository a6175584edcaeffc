// Concentration and slope along an order of the regions.
#include "measure_tables.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace tendik {
namespace {

using ::testing::HasSubstr;

TEST(Ordered, AgreesWithHealthequalOnFiveGroups) {
    const H5 data;
    const auto result = measured(data.inputs(), data.options);
    EXPECT_NEAR(value_of(result, "ACI"), 7.3284202, 5e-7);   // healthequal test-aci.R
    EXPECT_NEAR(value_of(result, "RCI"), 0.17776859, 3e-8);  // healthequal test-rci.R
    EXPECT_NEAR(value_of(result, "PAR"), 18.775509, 5e-6);   // healthequal test-parisk.R
    EXPECT_NEAR(value_of(result, "PAF"), 45.544548, 7e-6);   // healthequal test-paf.R
    // Without sampling errors: the scatter about the regression.
    EXPECT_NEAR(se_of(result, "ACI"), 0.29368517, 5e-7);    // healthequal test-aci.R
    EXPECT_NEAR(se_of(result, "RCI"), 0.0071240491, 5e-9);  // healthequal test-rci.R
    EXPECT_THAT(one(result, "ACI").note, HasSubstr("without sampling errors"));
}

TEST(Ordered, WeighsFractionalCountsOnceInTheSlopeIndices) {
    const H5 data;
    const auto result = measured(data.inputs(), data.options);
    EXPECT_NEAR(value_of(result, "SII"), 44.8905335902, 5e-10);  // R: uncertainty.R, glm(quasibinomial)
    EXPECT_NEAR(value_of(result, "RII"), 3.2363397365, 5e-10);   // R: uncertainty.R, exp(1.174442980251)
}

TEST(Ordered, FitsALineWhereNoScaleIsDeclared) {
    H5 data;
    data.options.scale.reset();
    const auto result = measured(data.with_errors(), data.options);
    EXPECT_NEAR(value_of(result, "SII"), 46.2538109424, 5e-10);             // R: uncertainty.R, lm
    EXPECT_NEAR(std::log(value_of(result, "RII")), 1.268580149639, 1e-11);  // R: uncertainty.R, lm
    EXPECT_NEAR(se_of(result, "SII"), 16.1987564902, 1e-6);                 // R: uncertainty.R
    EXPECT_NEAR(se_of(result, "RII"), 0.503641614323, 1e-6);                // R: uncertainty.R
    EXPECT_THAT(one(result, "SII").note, HasSubstr("straight line"));
    EXPECT_EQ(note_of(result, "WAGSTAFF"), "no scale is declared");
}

TEST(Ordered, CarriesSamplingErrorsThroughTheFormulas) {
    const H5 data;
    const auto result = measured(data.with_errors(), data.options);
    EXPECT_NEAR(se_of(result, "ACI"), 2.56651925138, 1e-9);             // R: uncertainty.R, delta method
    EXPECT_NEAR(se_of(result, "RCI"), 0.0546830153257, 1e-9);           // R: uncertainty.R, delta method
    EXPECT_NEAR(value_of(result, "WAGSTAFF"), 0.302453540809, 1e-12);   // R: uncertainty.R
    EXPECT_NEAR(se_of(result, "WAGSTAFF"), 0.100933503599, 1e-9);       // R: uncertainty.R, delta method
    EXPECT_NEAR(value_of(result, "ERREYGERS"), 0.293136812829, 1e-12);  // R: uncertainty.R
    EXPECT_NEAR(se_of(result, "ERREYGERS"), 0.102660770055, 1e-9);      // R: uncertainty.R, delta method
    EXPECT_NEAR(se_of(result, "SII"), 14.7262679299, 1e-5);             // R: uncertainty.R, delta method
    EXPECT_NEAR(se_of(result, "RII"), 0.397634162228, 1e-7);            // R: uncertainty.R, of the logarithm
    EXPECT_NEAR(upper_of(result, "ACI"), 7.32842032073 + 1.959963984540054 * 2.56651925138, 1e-8);  // by hand
    EXPECT_NEAR(lower_of(result, "RII"), 3.2363397365 * std::exp(-1.959963984540054 * 0.397634162228),
                1e-6);                                                                            // by hand
    EXPECT_NEAR(se_of(result, "D"), std::hypot(5.0, 14.0), 1e-12);                                // by hand
    EXPECT_NEAR(se_of(result, "R"), std::hypot(5.0 / 20.0, 14.0 / 60.0), 1e-15);                  // by hand
    EXPECT_NEAR(lower_of(result, "D"), 40.0 - 1.959963984540054 * std::hypot(5.0, 14.0), 1e-12);  // by hand
    EXPECT_FALSE(one(result, "D").bias);  // nothing is picked from the data
}

TEST(Ordered, TheExtendedIndexHasTheOthersForItsCases) {
    H5 data;
    data.options.concentration_aversion = 2.0;
    const auto twofold = measured(data.with_errors(), data.options);
    EXPECT_NEAR(value_of(twofold, "SGINI"), value_of(twofold, "RCI"), 1e-15);
    EXPECT_NEAR(se_of(twofold, "SGINI"), se_of(twofold, "RCI"), 1e-15);
    const H25 other;
    auto options = other.options;
    options.concentration_aversion = 2.0;
    const auto by_value = measured(other.inputs(), options);
    EXPECT_NEAR(value_of(by_value, "SGINI"), value_of(by_value, "GINI"), 1e-14);
    data.options.concentration_aversion = 3.0;
    EXPECT_NEAR(value_of(measured(data.inputs(), data.options), "SGINI"), 0.268883314200807,
                1e-14);                           // R: uncertainty.R
    data.options.concentration_aversion = 200.0;  // looks at the last group: 1 - 20 / 41.2244897959
    EXPECT_NEAR(value_of(measured(data.inputs(), data.options), "SGINI"), 1.0 - 20.0 / 41.224489795918,
                1e-12);  // by hand
}

TEST(Ordered, TheExtendedIndexAddsUpPeopleAndNotMiddles) {
    // By hand, thirds at nu = 3: weights 1 - (2/3)^3, (2/3)^3 - (1/3)^3, (1/3)^3 are 19, 7 and 1 of 27.
    const auto values = column({1, 5, 9});
    const auto ranks = column({1, 2, 3});
    EXPECT_NEAR(value_of(measured({.values = values, .ranks = &ranks}, {}), "SGINI"),
                1.0 - (19.0 + 5.0 * 7.0 + 9.0) / 27.0 / 5.0, 1e-15);
    // Two of one rank share 26 of 27.
    const auto tied = column({1, 1, 2});
    EXPECT_NEAR(value_of(measured({.values = values, .ranks = &tied}, {}), "SGINI"),
                1.0 - (13.0 + 5.0 * 13.0 + 9.0) / 27.0 / 5.0, 1e-15);
}

TEST(Ordered, EqualValuesHaveNoDisparity) {
    const auto values = column({5.1, 5.1, 5.1, 5.1, 5.1});
    const auto ranks = column({1, 2, 3, 4, 5});
    const auto weights = column({78, 91, 162, 103, 105});
    const auto result = measured({.values = values, .weights = &weights, .ranks = &ranks}, {.scale = 100.0});
    EXPECT_EQ(result.mean, 5.1);
    for (const auto& measure : result.measures) {
        if (measure.value && measure.unit != "ratio") {
            EXPECT_EQ(*measure.value, 0.0) << measure.code;  // and not -3e-16
        }
        if (measure.se) {
            EXPECT_EQ(*measure.se, 0.0) << measure.code;
        }
    }
    EXPECT_EQ(value_of(result, "R"), 1.0);
    EXPECT_TRUE(one(result, "SGINI").value && one(result, "ACI").value && one(result, "SII").value &&
                one(result, "KOLM").value);
    for (const auto& region : result.regions) {
        EXPECT_EQ(region.gap, 0.0);
        for (const auto& [code, part] : region.contribution)
            EXPECT_EQ(part, 0.0) << code;
        for (const auto& [code, part] : region.influence)
            EXPECT_NEAR(part, 0.0, code == "PALMA" ? 1.0 : 0.0) << code;
    }
}

TEST(Ordered, AllOrNothingHasASlopeOfZero) {
    // No logistic curve settles on shares that are all 1; that was no value, and is no slope.
    const auto values = column({100, 100, 100});
    const auto ranks = column({1, 2, 3});
    EXPECT_EQ(value_of(measured({.values = values, .ranks = &ranks}, {.scale = 100.0}), "SII"), 0.0);
}

TEST(Ordered, GroupsOfOneRankShareTheMiddleOfTheirPeople) {
    const auto values = column({1, 5, 9});
    const auto ranks = column({1, 1, 2});
    // By hand: X = 1/3, 1/3, 5/6; sum of (2X - 1) y / 3 = (-1/3 - 5/3 + 6) / 3.
    EXPECT_NEAR(value_of(measured({.values = values, .ranks = &ranks}, {}), "ACI"), 4.0 / 3.0, 1e-14);
}

TEST(Ordered, RegionsOfOneRankAreOneEndOfTheOrder) {
    // D, R and PAR took the first row of the lowest rank and the last of the highest.
    const auto values = column({10, 40, 25, 60, 30});
    const auto weights = column({1, 3, 2, 1, 1});
    const auto ranks = column({1, 1, 2, 3, 3});
    const auto errors = column({1, 2, 3, 4, 6});
    const auto result = measured({.values = values, .weights = &weights, .errors = &errors, .ranks = &ranks},
                                 {.direction = Direction::favourable});
    // By hand: bottom (10 + 3 40) / 4 = 32.5, top (60 + 30) / 2 = 45, mean 270 / 8 = 33.75.
    EXPECT_NEAR(value_of(result, "D"), 12.5, 1e-13);
    EXPECT_NEAR(value_of(result, "R"), 45 / 32.5, 1e-14);
    EXPECT_NEAR(value_of(result, "PAR"), 11.25, 1e-13);
    EXPECT_NEAR(value_of(result, "PAF"), 100.0 / 3.0, 1e-12);
    // By hand: errors sqrt(1 + 36) / 4 of the bottom, sqrt(16 + 36) / 2 of the top.
    EXPECT_NEAR(se_of(result, "D"), std::sqrt(37.0 / 16.0 + 13.0), 1e-13);
    EXPECT_NEAR(se_of(result, "R"), std::sqrt(37.0 / 16.0 / (32.5 * 32.5) + 13.0 / (45 * 45)), 1e-14);
    // By hand: each region p s, of the top (1/2 - 1/8) s.
    EXPECT_NEAR(se_of(result, "PAR"), std::sqrt((1.0 + 36.0 + 36.0 + 9.0 * (16.0 + 36.0)) / 64.0), 1e-13);
    const auto none = column({2, 2, 2, 2, 2});
    const auto flat = measured({.values = values, .ranks = &none}, {});
    EXPECT_EQ(note_of(flat, "ACI"), "all regions have the same rank");
    EXPECT_EQ(value_of(flat, "D"), 50.0);  // by hand, as without an order: 60 - 10
}

TEST(Ordered, IntervalsOfEqualValuesHoldTheirZero) {
    const auto values = column({7, 7, 7, 7, 7});  // was 0 within 2.2e-16 .. 2.2e-16
    const auto errors = column({0, 0, 0, 0, 0});
    const auto ranks = column({1, 2, 3, 4, 5});
    const auto result = measured({.values = values, .errors = &errors, .ranks = &ranks}, {.scale = 100.0});
    for (const std::string code : {"ACI", "RCI", "SGINI", "WAGSTAFF", "ERREYGERS"}) {
        EXPECT_EQ(lower_of(result, code), 0.0) << code;
        EXPECT_EQ(upper_of(result, code), 0.0) << code;
    }
}

TEST(Ordered, NeedsThreeGroupsAndARankForEach) {
    const auto two = column({1, 5});
    const auto order = column({1, 2});
    EXPECT_EQ(note_of(measured({.values = two, .ranks = &order}, {}), "SII"),
              "fewer than three groups in order");
    const auto three = column({1, 5, 7});
    Column ranks = column({1, 2, 3});
    ranks[1] = Value::without(State::missing);
    EXPECT_EQ(note_of(measured({.values = three, .ranks = &ranks}, {}), "ACI"), "region 'R2' has no rank");
    EXPECT_EQ(note_of(measured(three), "RCI"), "no order of the regions is given");
}

TEST(Ordered, SaysWhereACurveHasNoValue) {
    const auto ranks = column({1, 2, 3});
    const auto equal = column({4, 4, 4});
    const auto flat = measured({.values = equal, .ranks = &ranks}, {.scale = 100.0});
    EXPECT_NEAR(value_of(flat, "SII"), 0.0, 1e-12);
    EXPECT_EQ(note_of(flat, "RII"), "all values are equal");
    const auto steep = column({0, 0, 100});
    EXPECT_EQ(note_of(measured({.values = steep, .ranks = &ranks}, {.scale = 100.0}), "SII"),
              "the fitted curve has no finite value");
    const auto below_zero = column({0, 0, 9});  // the line starts below zero
    EXPECT_EQ(note_of(measured({.values = below_zero, .ranks = &ranks}, {}), "RII"),
              "the fitted curve has no finite value");
}

TEST(Ordered, RefusesAValueBeyondTheScale) {
    const auto values = column({10, 104, 20});
    try {
        measured({.values = values}, {.scale = 100.0});
        FAIL() << "104 per cent were taken";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), HasSubstr("'R2' is 104"));
    }
}

}  // namespace
}  // namespace tendik
