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

}  // namespace
}  // namespace tendik
