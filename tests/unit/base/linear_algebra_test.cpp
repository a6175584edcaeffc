#include "tendik/base/linear_algebra.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tendik {
namespace {

TEST(LinearAlgebra, OneFactorSolvesSeveralRightHandSides) {
    // Hand arithmetic: [4 2; 2 5] (1, 2)' = (8, 12)', its factor is [2 0; 1 2]. The upper triangle is not
    // read.
    const std::vector<double> matrix{4.0, -99.0, 2.0, 5.0};
    const auto factor = CholeskyFactor::of(matrix, 2);
    ASSERT_TRUE(factor);
    std::vector<double> columns{8.0, 12.0, 4.0, 2.0};
    factor->solve(columns);
    EXPECT_EQ(columns, (std::vector<double>{1.0, 2.0, 1.0, 0.0}));
    std::vector<double> lower{8.0, 12.0};
    factor->solve_lower(lower);
    EXPECT_EQ(lower, (std::vector<double>{4.0, 4.0}));
    const auto inverse = factor->inverse();
    EXPECT_DOUBLE_EQ(inverse[0], 5.0 / 16.0);
    EXPECT_DOUBLE_EQ(inverse[1], -2.0 / 16.0);
    EXPECT_DOUBLE_EQ(inverse[3], 4.0 / 16.0);
}

TEST(LinearAlgebra, RightHandSidesBesideEachOtherAreSolvedLikeThoseBehindEachOther) {
    // L of seven rows, more than the four that are solved together: 1 on the diagonal, 1/2 below it.
    constexpr std::size_t order = 7;
    constexpr std::size_t width = 2 * CholeskyFactor::lanes;
    std::vector<double> matrix(order * order);
    for (std::size_t i = 0; i < order; ++i)
        for (std::size_t j = 0; j < order; ++j)
            matrix[i * order + j] = 0.25 * static_cast<double>(std::min(i, j)) + (i == j ? 1.0 : 0.5);
    const auto factor = CholeskyFactor::of(matrix, order);
    ASSERT_TRUE(factor);
    std::vector<double> rows(order * width);
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i] = static_cast<double>(i * i % 11) - 3.0;
    auto solved = rows;
    factor->solve_lower_beside(solved);
    for (std::size_t lane = 0; lane < width; ++lane) {
        std::vector<double> column;
        for (std::size_t row = 0; row < order; ++row)
            column.push_back(rows[row * width + lane]);
        // By hand: x_i = b_i - (x_0 + ... + x_i-1) / 2.
        double before = 0.0;
        for (std::size_t row = 0; row < order; ++row) {
            const double expected = column[row] - before / 2.0;
            EXPECT_DOUBLE_EQ(solved[row * width + lane], expected) << row << ' ' << lane;
            before += expected;
        }
        factor->solve_lower(column);
        for (std::size_t row = 0; row < order; ++row)
            EXPECT_NEAR(column[row], solved[row * width + lane], 1e-14);
    }
}

TEST(LinearAlgebra, AMatrixThatIsNotPositiveDefiniteHasNoFactor) {
    EXPECT_FALSE(CholeskyFactor::of(std::vector<double>{1.0, 2.0, 2.0, 1.0}, 2));
    EXPECT_FALSE(CholeskyFactor::of(std::vector<double>{1.0, 1.0, 1.0, 1.0}, 2));
}

TEST(LinearAlgebra, ALineHasTheSlopeErrorAndProbabilityOfR) {
    // R 4.2.2, tests/oracles/trends.R: summary(lm(y ~ year))
    const std::vector<double> year{2010, 2012, 2013, 2017, 2018};
    const std::vector<double> y{9.5, 9.1, 8.2, 6.9, 7.1};
    const auto fit = fit_line(year, y);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->intercept, 678.033913043487, 1e-8);
    EXPECT_NEAR(fit->slope, -0.332608695652179, 1e-12);
    EXPECT_NEAR(*fit->slope_se, 0.0468645099583455, 1e-12);
    EXPECT_NEAR(*fit->t, -7.09724044800236, 1e-10);
    EXPECT_NEAR(*fit->p, 0.00575443206887824, 1e-12);
    EXPECT_NEAR(fit->r_squared, 0.943789511030835, 1e-12);
}

TEST(LinearAlgebra, ALineThroughTwoPointsHasNoErrorAndThroughOneIsNone) {
    const std::vector<double> x{1, 2};
    const auto fit = fit_line(x, std::vector<double>{3, 5});
    EXPECT_EQ(fit->slope, 2.0);
    EXPECT_FALSE(fit->slope_se);
    EXPECT_FALSE(fit_line(std::vector<double>{1}, std::vector<double>{3}));
    EXPECT_FALSE(fit_line(std::vector<double>{1, 1}, std::vector<double>{3, 5}));
    const auto exact = fit_line(std::vector<double>{1, 2, 3}, std::vector<double>{2, 4, 6});
    EXPECT_EQ(*exact->slope_se, 0.0);
    EXPECT_FALSE(exact->p);  // no scatter, nothing to test
    // 3 + 0.7 (x - 2010) is off the line by rounding alone: t was 1e15 and p 1e-30.
    const auto rounded =
        fit_line(std::vector<double>{2010, 2012, 2015, 2019}, std::vector<double>{3, 4.4, 6.5, 9.3});
    EXPECT_NEAR(rounded->slope, 0.7, 1e-15);
    EXPECT_EQ(*rounded->slope_se, 0.0);
    EXPECT_FALSE(rounded->p);
}

TEST(LinearAlgebra, ASymmetricMatrixHasEigenvaluesAndUnitVectors) {
    // Hand arithmetic: [2 1; 1 2] has 1 with (1, -1) / sqrt 2 and 3 with (1, 1) / sqrt 2. The upper triangle
    // is not read.
    const auto eigen = symmetric_eigen(std::vector<double>{2.0, -99.0, 1.0, 2.0}, 2);
    ASSERT_EQ(eigen.values.size(), 2U);
    EXPECT_NEAR(eigen.values[0], 1.0, 1e-14);
    EXPECT_NEAR(eigen.values[1], 3.0, 1e-14);
    EXPECT_NEAR(eigen.vectors[1][0] * eigen.vectors[1][1], 0.5, 1e-14);
    EXPECT_NEAR(eigen.vectors[0][0] * eigen.vectors[0][1], -0.5, 1e-14);
}

}  // namespace
}  // namespace tendik
