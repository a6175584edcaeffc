#include "tendik/index/aggregate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tendik::index {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

TEST(Aggregate, MeansAsCoinrHasThem) {
    const std::vector<double> values{1.0, 2.0, 3.0};
    const std::vector<double> equal{1.0 / 3, 1.0 / 3, 1.0 / 3};
    // COINr, test-aggregate.R
    EXPECT_NEAR(mean_of_children(values, equal, Aggregation::geometric, 0), std::cbrt(6.0), 1e-14);
    EXPECT_NEAR(mean_of_children(values, std::vector{0.25, 0.25, 0.5}, Aggregation::geometric, 0),
                std::pow(18.0, 0.25), 1e-14);
    EXPECT_NEAR(mean_of_children(values, std::vector{0.5, 0.25, 0.25}, Aggregation::harmonic, 0),
                4.0 / (2.0 + 1.0 / 2 + 1.0 / 3), 1e-14);
    // Hand arithmetic.
    EXPECT_DOUBLE_EQ(mean_of_children(values, std::vector{0.5, 0.25, 0.25}, Aggregation::arithmetic, 0),
                     1.75);
    EXPECT_NEAR(mean_of_children(values, equal, Aggregation::generalised, 2.0), std::sqrt(14.0 / 3.0), 1e-14);
    EXPECT_NEAR(mean_of_children(values, equal, Aggregation::generalised, 0.0), std::cbrt(6.0), 1e-14);
}

TEST(Aggregate, TheGradientIsThatOfSmallStepsAndItsPartsAddUp) {
    const std::vector<double> weights{0.5, 0.2, 0.3};
    const std::vector<double> values{20.0, 55.0, 90.0};
    constexpr double step = 1e-5;
    for (const auto aggregation :
         {Aggregation::arithmetic, Aggregation::geometric, Aggregation::harmonic, Aggregation::generalised}) {
        const auto gradient = mean_gradient(values, weights, aggregation, 2.0);
        double sum = 0.0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            auto above = values;
            auto below = values;
            above[i] += step;
            below[i] -= step;
            const double slope = (mean_of_children(above, weights, aggregation, 2.0) -
                                  mean_of_children(below, weights, aggregation, 2.0)) /
                                 (2.0 * step);
            EXPECT_NEAR(gradient[i], slope, 1e-8) << to_text(aggregation);
            sum += gradient[i] * values[i];
        }
        // Euler's theorem for functions that are homogeneous of degree 1.
        EXPECT_NEAR(sum, mean_of_children(values, weights, aggregation, 2.0), 1e-12) << to_text(aggregation);
    }
    EXPECT_THAT(mean_gradient(std::vector{0.0, 0.0}, std::vector{0.5, 0.5}, Aggregation::generalised, 2.0),
                ElementsAre(0.5, 0.5));
}

TEST(Aggregate, DuelsAsCoinrHasThem) {
    // COINr's outranking matrix of x1 = 1..4, x2 = 3 2 1 5, x3 = 2 3 1 4, equal weights: M[2,1] = 2/3,
    // M[3,1] = 1/3, M[4,1] = 1.
    const std::vector<std::vector<double>> columns{{1, 2, 3, 4}, {3, 2, 1, 5}, {2, 3, 1, 4}};
    const std::vector<double> weights{1.0 / 3, 1.0 / 3, 1.0 / 3};
    const auto matrix = outranking_matrix(columns, weights);
    EXPECT_TRUE(std::isnan(matrix[0]));
    EXPECT_NEAR(matrix[1 * 4 + 0], 2.0 / 3, 1e-15);
    EXPECT_NEAR(matrix[2 * 4 + 0], 1.0 / 3, 1e-15);
    EXPECT_NEAR(matrix[3 * 4 + 0], 1.0, 1e-15);
    std::size_t dominant = 0;
    for (const double share : matrix)
        if (share > 1.0 - 1e-12) ++dominant;
    EXPECT_EQ(dominant, 3U);  // COINr: 3 of 6 pairs, 0.5
    // By hand: 4 beats all, 2 beats 1 and 3, 1 beats 3.
    EXPECT_THAT(copeland_scores(columns, weights),
                ElementsAre(DoubleNear(1.0 / 3, 1e-15), DoubleNear(2.0 / 3, 1e-15), 0.0, 1.0));
}

TEST(Aggregate, ADrawIsHalfADuelAndWhoIsUnknownFightsNone) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    // By hand: 1 and 2 each win one column of the same weight; 3 is not known.
    const auto scores = copeland_scores({{1, 2, nan}, {2, 1, nan}}, std::vector{0.5, 0.5});
    EXPECT_EQ(scores[0], 0.5);
    EXPECT_EQ(scores[1], 0.5);
    EXPECT_TRUE(std::isnan(scores[2]));
    // Equal in one of two columns, better in the other: half of a half, and a half.
    EXPECT_EQ(outranking_matrix({{1, 1}, {2, 1}}, std::vector{0.5, 0.5})[1], 0.75);
    // One tenth ten times is not quite one: still a draw.
    const std::vector<double> tenths(10, 0.1);
    std::vector<std::vector<double>> columns(10, {1.0, 2.0});
    for (std::size_t i = 0; i < 5; ++i)
        columns[i] = {2.0, 1.0};
    EXPECT_THAT(copeland_scores(columns, tenths), ElementsAre(0.5, 0.5));
}

}  // namespace
}  // namespace tendik::index
