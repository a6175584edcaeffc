// What WHO's healthequal prints, from its own tests (tests/testthat/), and what is right beside it.
#include "measure_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace tendik {
namespace {

using ::testing::HasSubstr;

Measures heat_of_h5() {
    H5 data;
    data.options.compat = Compat::heat;
    return measured(data.with_errors(), data.options);
}

Measures heat_of_h25() {
    H25 data;
    data.options.compat = Compat::heat;
    data.options.draws = 400;
    return measured(data.with_errors(), data.options);
}

/// healthequal's figures are single precision, those of its intervals partly made with 1.96: they agree to
/// six digits or a little less.
void expect_digits(double found, double published, double relative = 2e-6) {
    EXPECT_NEAR(found, published, relative * std::abs(published));
}

TEST(CompatHeat, PrintsTheConcentrationIndicesOfFiveGroups) {
    const auto result = heat_of_h5();
    expect_digits(value_of(result, "ACI"), 7.3284202);   // healthequal test-aci.R
    expect_digits(se_of(result, "ACI"), 0.29368517);     // healthequal test-aci.R
    expect_digits(value_of(result, "RCI"), 0.17776859);  // healthequal test-rci.R
    expect_digits(se_of(result, "RCI"), 0.0071240491);   // healthequal test-rci.R
    expect_digits(lower_of(result, "RCI"), 0.16380545);  // healthequal test-rci.R
    expect_digits(upper_of(result, "RCI"), 0.19173172);  // healthequal test-rci.R
}

TEST(CompatHeat, WeighsTheGroupsTwiceInTheSlopeIndices) {
    const auto result = heat_of_h5();
    expect_digits(value_of(result, "SII"), 44.44502);  // healthequal test-sii.R
    expect_digits(se_of(result, "SII"), 0.02190822);   // healthequal test-sii.R: of the share, not x100
    expect_digits(lower_of(result, "SII"), 40.15109);  // healthequal test-sii.R
    expect_digits(upper_of(result, "SII"), 48.73895);  // healthequal test-sii.R
    expect_digits(value_of(result, "RII"), 3.159506);  // healthequal test-rii.R
    expect_digits(se_of(result, "RII"), 0.07644001);   // healthequal test-rii.R: of the logarithm
    expect_digits(lower_of(result, "RII"), 2.719902);  // healthequal test-rii.R
    expect_digits(upper_of(result, "RII"), 3.67016);   // healthequal test-rii.R
}

TEST(CompatHeat, TakesGroupsAsSamplesInTheAttributableRisk) {
    const auto ordered = heat_of_h5();
    expect_digits(value_of(ordered, "PAR"), 18.775509);        // healthequal test-parisk.R
    expect_digits(se_of(ordered, "PAR"), 4.4066348);           // healthequal test-parisk.R
    expect_digits(lower_of(ordered, "PAR"), 10.138505, 2e-5);  // healthequal test-parisk.R
    expect_digits(upper_of(ordered, "PAR"), 27.412513, 2e-5);  // healthequal test-parisk.R
    expect_digits(value_of(ordered, "PAF"), 45.544548);        // healthequal test-paf.R
    expect_digits(se_of(ordered, "PAF"), 0.10689361);          // healthequal test-paf.R: not times 100
    const auto non_ordered = heat_of_h25();
    expect_digits(value_of(non_ordered, "PAR"), 16.293152);  // healthequal test-par-nonordered.R
    expect_digits(se_of(non_ordered, "PAR"), 1.1994447);     // healthequal test-par-nonordered.R
    expect_digits(value_of(non_ordered, "PAF"), 24.06426);   // healthequal test-paf-nonordered.R
}

TEST(CompatHeat, LeavesTheErrorsOfTheEntropiesAThousandTimesTooSmall) {
    const auto result = heat_of_h25();
    H25 data;
    const auto right = measured(data.with_errors(), data.options);
    for (const auto& [code, value, se] : {std::tuple{"TI", 5.035980303345714, 1.42009944},
                                          std::tuple{"MLD", 5.052355207195771, 1.42420303}}) {
        EXPECT_NEAR(value_of(result, code), value, 4e-11);     // R: disparity.R, h25
        EXPECT_NEAR(se_of(result, code), se / 1000.0, 5e-12);  // R: uncertainty.R, formula of Ahn et al. 2018
        EXPECT_NEAR(upper_of(result, code) - value, 1.959963984540054 * se / 1000.0, 2e-10);  // by hand
        EXPECT_NEAR(se_of(right, code), se, 5e-9);  // R: uncertainty.R
        EXPECT_GT(upper_of(right, code) - lower_of(right, code), se);
    }
}

TEST(CompatHeat, HasNoErrorButPercentilesWhereThePeerDraws) {
    const auto result = heat_of_h25();
    for (const std::string code :
         {"BGSD", "COV", "MDMU", "MDMW", "MDBU", "MDBW", "MDRU", "MDRW", "IDISU", "IDISW"}) {
        EXPECT_FALSE(one(result, code).se) << code;
        EXPECT_FALSE(one(result, code).bias) << code;
        ASSERT_TRUE(one(result, code).lower) << code;
        EXPECT_LT(lower_of(result, code), upper_of(result, code)) << code;
    }
    // Plain percentiles of a measure of spread lie above the value: the lower end nearly reaches it.
    EXPECT_GT(lower_of(result, "BGSD"), 0.95 * value_of(result, "BGSD"));
    expect_digits(se_of(result, "BGV"), 17.134647);  // healthequal test-bgv.R
    expect_digits(lower_of(result, "BGV"), 46.198326 - 1.959963984540054 * 17.134647);  // by hand
    EXPECT_NEAR(se_of(result, "D"), std::sqrt(37.0), 1e-12);  // by hand: the reference's 6 and the lowest's 1
    EXPECT_NEAR(lower_of(result, "D"), 7.0 - 1.959963984540054 * std::sqrt(37.0), 1e-12);  // by hand
    EXPECT_NEAR(upper_of(result, "R"),
                62.0 / 55.0 * std::exp(1.959963984540054 * std::hypot(6.0 / 62.0, 1.0 / 55.0)),
                1e-12);  // by hand
}

TEST(CompatHeat, PutsAMillionthForAZeroInTheEntropies) {
    Column values = column({0, 2});
    const auto result = measured({.values = values}, {.compat = Compat::heat});
    const double mean = 1.0000005;  // by hand: (0.000001 + 2) / 2
    const double small = 0.000001 / mean, large = 2.0 / mean;
    EXPECT_NEAR(value_of(result, "MLD"), -500.0 * (std::log(small) + std::log(large)), 1e-9);
    EXPECT_NEAR(value_of(result, "TI"), 500.0 * (small * std::log(small) + large * std::log(large)), 1e-9);
    EXPECT_EQ(one(result, "MLD").note, "as healthequal has it");
    EXPECT_EQ(note_of(measured(values), "MLD"), "zero value");
}

TEST(CompatHeat, RoundsPeopleUpBeforeTheyAreRankedAndCounted) {
    H5 data;
    data.weights = column({7.4, 9.1, 16.2, 10.3, 10.5});
    data.options.compat = Compat::heat;
    const auto result = measured(data.inputs(), data.options);
    // R: N <- ceiling(N); Y <- round(y / 100 * N); glm(cbind(Y, N - Y) ~ X, quasibinomial, weights = N), as
    // healthequal's sii.R does, X by the rounded people
    EXPECT_NEAR(value_of(result, "SII"), 46.61169296871883, 1e-8);
    EXPECT_NEAR(value_of(result, "RII"), 3.17359801383351, 1e-8);
}

TEST(CompatHeat, AsksTheTopOfTheOrderOrTheBestForTheAttributableRisk) {
    H5 data;
    data.options.compat = Compat::heat;
    data.values = column({20, 30, 40, 50, 35});  // the top is not the highest
    EXPECT_NEAR(se_of(measured(data.with_errors(), data.options), "PAR"), 4.185506057284144,
                1e-12);  // R: Walter's formula
    data.values = column({20, 30, 40, 50, 60});
    data.options.direction = Direction::adverse;
    auto inputs = data.with_errors();
    inputs.ranks = nullptr;
    EXPECT_NEAR(se_of(measured(inputs, data.options), "PAR"), 4.323262364718353, 1e-12);  // R: the same
}

TEST(CompatHeat, ChangesNothingThatNeedsAScaleWhereNoneIsDeclared) {
    H5 data;
    data.options.scale.reset();
    const auto right = measured(data.with_errors(), data.options);
    data.options.compat = Compat::heat;
    const auto heat = measured(data.with_errors(), data.options);
    for (const std::string code : {"SII", "RII", "PAR", "PAF"}) {
        EXPECT_EQ(value_of(heat, code), value_of(right, code)) << code;
        EXPECT_FALSE(one(heat, code).lower || one(heat, code).upper) << code;
        EXPECT_THAT(one(heat, code).note, HasSubstr("as healthequal has it")) << code;
    }
}

TEST(CompatHeat, LeavesNegativeValuesWithoutAnEntropy) {
    const auto values = column({-1, 4, 6});
    const auto result = measured({.values = values}, {.compat = Compat::heat});
    EXPECT_EQ(note_of(result, "MLD"), "negative value");
    EXPECT_EQ(note_of(result, "TI"), "negative value");
}

TEST(CompatHeat, CodesThatThePeerLacksStayAsTheyAre) {
    H25 data;
    const auto right = measured(data.with_errors(), data.options);
    data.options.compat = Compat::heat;
    const auto heat = measured(data.with_errors(), data.options);
    for (const std::string code : {"GINI", "ATKINSON", "KOLM", "GE2"}) {
        EXPECT_EQ(value_of(heat, code), value_of(right, code));
        EXPECT_EQ(lower_of(heat, code), lower_of(right, code));
    }
}

}  // namespace
}  // namespace tendik
