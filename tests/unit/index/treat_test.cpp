#include "tendik/index/treat.h"

#include "kazakhstan.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace tendik::index {
namespace {

std::vector<double> one_to_ten_and(double last) {
    std::vector<double> values(10);
    std::iota(values.begin(), values.end(), 1.0);
    values.push_back(last);
    return values;
}

TEST(Treat, PullsInOneOutlierAsCoinrDoes) {
    auto values = one_to_ten_and(100.0);
    const auto treatment = treat(values, {});
    // By the definition in COINr; its test-treat.R pulls 100 to 10, too.
    EXPECT_NEAR(treatment.skew.value(), 3.2556381840605, 1e-12);
    EXPECT_NEAR(treatment.kurtosis.value(), 10.706673906422, 1e-12);
    EXPECT_NEAR(treatment.skew_after.value(), -0.12762165967609, 1e-13);
    EXPECT_NEAR(treatment.kurtosis_after.value(), -1.3366772177583, 1e-12);
    EXPECT_EQ(treatment.kind, TreatmentKind::winsorised);
    EXPECT_TRUE(treatment.within_limits);
    ASSERT_EQ(treatment.cells.size(), 1U);
    EXPECT_EQ(treatment.cells[0].region, 10U);
    EXPECT_EQ(treatment.cells[0].before, 100.0);
    EXPECT_EQ(treatment.cells[0].after, 10.0);
    EXPECT_EQ(values, one_to_ten_and(10.0));
}

TEST(Treat, PullsInAtTheLowEndWhereTheSkewIsNegative) {
    auto values = one_to_ten_and(-90.0);
    const auto treatment = treat(values, {});
    EXPECT_EQ(treatment.kind, TreatmentKind::winsorised);
    EXPECT_EQ(values, one_to_ten_and(1.0));
}

TEST(Treat, TakesTheLogarithmWherePullingInIsNotEnough) {
    // Emissions of 17 regions: two giants, and 17 regions allow one to be pulled in. R 4.2.2, composite.R.
    const auto columns = oracle_columns();
    auto values = columns.at("emissions");
    const auto treatment = treat(values, {});
    EXPECT_EQ(treatment.kind, TreatmentKind::logarithm);
    EXPECT_NEAR(treatment.skew.value(), 2.456753297475818, 1e-12);
    EXPECT_NEAR(treatment.kurtosis.value(), 5.076338986936838, 1e-12);
    EXPECT_EQ(treatment.cells.size(), 17U);  // all change, and all are told
    for (std::size_t i = 0; i < values.size(); ++i)
        EXPECT_NEAR(values[i], columns.at("treated_emissions")[i], 1e-12) << i;
    values = columns.at("emissions");
    EXPECT_EQ(treat(values, {.most_winsorised = 2}).kind, TreatmentKind::winsorised);
}

TEST(Treat, LeavesAloneWhatOneLimitAllows) {
    // Poverty: kurtosis 5.17, skewness 1.75. R 4.2.2, composite.R
    auto values = oracle_columns().at("poverty");
    const auto before = values;
    const auto treatment = treat(values, {});
    EXPECT_EQ(treatment.kind, TreatmentKind::none);
    EXPECT_NEAR(treatment.skew.value(), 1.751060772773122, 1e-12);
    EXPECT_NEAR(treatment.kurtosis.value(), 5.166841128390109, 1e-11);
    EXPECT_EQ(values, before);
    EXPECT_TRUE(treatment.cells.empty());
}

TEST(Treat, NeverMakesAllEqualAndSaysWhereTheLimitsAreStillExceeded) {
    std::vector<double> values(17, 100.0);
    values[3] = 81.4;
    const auto treatment = treat(values, {});
    EXPECT_EQ(treatment.kind, TreatmentKind::logarithm);
    EXPECT_FALSE(treatment.within_limits);
    EXPECT_LT(values[3], values[0]);  // the order is kept
}

TEST(Treat, MissingValuesStayMissingAndFewValuesHaveNoShape) {
    std::vector<double> values{1.0, std::numeric_limits<double>::quiet_NaN(), 1000.0, 2.0};
    const auto treatment = treat(values, {});
    EXPECT_EQ(treatment.kind, TreatmentKind::none);
    EXPECT_FALSE(treatment.kurtosis);
    EXPECT_TRUE(std::isnan(values[1]));
    std::vector<double> equal(9, 4.0);
    EXPECT_FALSE(treat(equal, {}).skew);
}

TEST(Treat, TouchesNothingThatIsJustWithinOneLimit) {
    constexpr double skew = 3.2556381840605, kurtosis = 10.706673906422;  // as above, COINr's definition
    const auto kind_with = [](TreatmentOptions options) {
        auto values = one_to_ten_and(100.0);
        return treat(values, options).kind;
    };
    EXPECT_EQ(kind_with({.skew_limit = skew + 1e-9}), TreatmentKind::none);
    EXPECT_EQ(kind_with({.kurtosis_limit = kurtosis + 1e-9}), TreatmentKind::none);
    EXPECT_EQ(kind_with({.skew_limit = skew - 1e-9, .kurtosis_limit = kurtosis - 1e-9}),
              TreatmentKind::winsorised);
    auto values = one_to_ten_and(100.0);
    auto exact = treat(values, {.on = false});
    EXPECT_EQ(kind_with({.skew_limit = *exact.skew}), TreatmentKind::none);
    EXPECT_EQ(kind_with({.kurtosis_limit = *exact.kurtosis}), TreatmentKind::none);
}

TEST(Treat, PullsInTwoOfTwentyAndSkipsWhatIsMissing) {
    std::vector<double> values(18);
    std::iota(values.begin(), values.end(), 1.0);
    values.insert(values.begin(), std::numeric_limits<double>::quiet_NaN());
    values.insert(values.end(), {100.0, 110.0});
    EXPECT_EQ(treat(values, {}).cells.size(), 2U);
    EXPECT_TRUE(std::isnan(values[0]));
    EXPECT_EQ(values[1], 1.0);
    EXPECT_EQ(values[19], 18.0);
    EXPECT_EQ(values[20], 18.0);
}

TEST(Treat, TakesTheLogarithmFromTheOtherEndWhereTheSkewIsNegative) {
    std::vector<double> values(17, 100.0);
    values[3] = 81.4;
    treat(values, {});
    // By hand: -ln(100 - x + 0.01 * 18.6)
    EXPECT_NEAR(values[0], -std::log(0.186), 1e-12);
    EXPECT_NEAR(values[3], -std::log(18.786), 1e-12);
}

TEST(Treat, CanBeSwitchedOff) {
    auto values = one_to_ten_and(100.0);
    EXPECT_EQ(treat(values, {.on = false}).kind, TreatmentKind::none);
    EXPECT_EQ(values, one_to_ten_and(100.0));
}

}  // namespace
}  // namespace tendik::index
