#include "tendik/base/linear_algebra.h"

#include <gtest/gtest.h>

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

TEST(LinearAlgebra, AMatrixThatIsNotPositiveDefiniteHasNoFactor) {
    EXPECT_FALSE(CholeskyFactor::of(std::vector<double>{1.0, 2.0, 2.0, 1.0}, 2));
    EXPECT_FALSE(CholeskyFactor::of(std::vector<double>{1.0, 1.0, 1.0, 1.0}, 2));
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
