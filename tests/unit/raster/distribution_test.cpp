#include "tendik/raster/distribution.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace tendik::raster {
namespace {

Distribution of(const std::vector<std::pair<double, double>>& cells) {
    Distribution distribution;
    for (const auto& [value, share] : cells)
        distribution.add(value, std::array{share});
    return distribution;
}

double quantile_of(const Distribution& distribution, double q) {
    return quantile(distribution.sorted(0), q).value();
}

TEST(Distribution, QuantilesFollowTheWeightedRule) {
    // exactextract 0.3, test/test_weighted_quantiles.cpp: x 1 3 4, w .5 1 .25
    const auto values = of({{3.0, 1.0}, {1.0, 0.5}, {4.0, 0.25}});
    EXPECT_DOUBLE_EQ(quantile_of(values, 0.25), 1.875);
    EXPECT_DOUBLE_EQ(quantile_of(values, 0.5), 2.75);
    EXPECT_NEAR(quantile_of(values, 0.75), 3.41667, 5e-6);
    EXPECT_EQ(quantile_of(values, 0.0), 1.0);
    EXPECT_EQ(quantile_of(values, 1.0), 4.0);
}

TEST(Distribution, QuantilesOfWholeCellsAreThoseOfR) {
    // R 4.2.2: quantile(c(1, 1, 1, 2, 7, 7, 9), c(.1, .25, .5, .9)) is 1.0 1.0 2.0 7.8
    Distribution whole;
    whole.add_whole(std::array{7.0, 1.0, 9.0, 1.0, std::nan(""), 7.0, 1.0, 2.0});
    EXPECT_DOUBLE_EQ(quantile_of(whole, 0.1), 1.0);
    EXPECT_DOUBLE_EQ(quantile_of(whole, 0.25), 1.0);
    EXPECT_DOUBLE_EQ(quantile_of(whole, 0.5), 2.0);
    EXPECT_DOUBLE_EQ(quantile_of(whole, 0.9), 7.8);
}

TEST(Distribution, TiesOfModeAndMinority) {
    const auto values = of({{5.0, 1.0}, {2.0, 1.0}, {3.0, 0.25}, {9.0, 0.25}}).sorted(0);
    EXPECT_EQ(mode(values), 5.0);      // the higher of 2 and 5
    EXPECT_EQ(minority(values), 3.0);  // the lower of 3 and 9
}

TEST(Distribution, KeepsEveryValueThroughGrowthAndMerging) {
    Distribution all;
    Distribution half;
    for (int i = 0; i < 1000; ++i) {
        all.add(i % 300, std::array{0.5});
        if (i % 2 == 0) half.add(i % 300, std::array{0.5});
    }
    Distribution other;
    for (int i = 1; i < 1000; i += 2)
        other.add(i % 300, std::array{0.5});
    half.merge(other);
    EXPECT_EQ(half.variety(), 300U);
    const auto expected = all.sorted(0);
    const auto merged = half.sorted(0);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(merged[i].value, expected[i].value);
        EXPECT_EQ(merged[i].sum, expected[i].sum);
        EXPECT_EQ(merged[i].cells, expected[i].cells);
    }
}

TEST(Distribution, TakesMinusZeroForZero) { EXPECT_EQ(of({{0.0, 1.0}, {-0.0, 1.0}}).variety(), 1U); }

TEST(Distribution, GiniOfExposure) {
    EXPECT_DOUBLE_EQ(gini(of({{4.0, 3.0}}).sorted(0)).value(), 0.0);              // all alike
    EXPECT_DOUBLE_EQ(gini(of({{0.0, 1.0}, {1.0, 1.0}}).sorted(0)).value(), 0.5);  // one of two has all
    // By the definition, w = 1 2 3, x = 2 4 9: sum w_i w_j |x_i - x_j| = 2 (4 + 21 + 30) = 110;
    // W = 6, mean 37/6; 110 / (2 36 37/6).
    EXPECT_NEAR(gini(of({{2.0, 1.0}, {4.0, 2.0}, {9.0, 3.0}}).sorted(0)).value(), 110.0 / 444.0, 1e-15);
    EXPECT_FALSE(gini(of({{-1.0, 1.0}, {3.0, 1.0}}).sorted(0)).has_value());
    EXPECT_FALSE(gini({}).has_value());
}

}  // namespace
}  // namespace tendik::raster
