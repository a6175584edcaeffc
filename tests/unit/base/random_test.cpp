#include "tendik/base/random.h"

#include "tendik/base/compensated_sum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace tendik {
namespace {

using Block = std::array<std::uint32_t, 4>;

// Random123, examples/kat_vectors, "philox4x32 10".
TEST(Philox, GivesTheKnownAnswers) {
    EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    constexpr std::uint32_t ones = 0xffffffff;
    EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
              (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomStream, DependsOnItsNamesOnly) {
    RandomStream a(7, 3, 4), again(7, 3, 4), other(7, 4, 3);
    const auto first = a.next_bits();
    EXPECT_EQ(first, again.next_bits());
    EXPECT_NE(first, other.next_bits());
    // The first block of seed 0, stream 0 is the known answer above.
    EXPECT_EQ(RandomStream(0, 0, 0).next_bits(), 0x6627e8d5U);
}

TEST(RandomStream, DrawsBlockAfterBlockOfPhilox) {
    RandomStream draws(0x0123456789abcdef, 3, 4);
    for (std::uint32_t block = 0; block < 9; ++block)
        for (const auto word : philox({block, 0, 3, 4}, {0x89abcdef, 0x01234567}))
            EXPECT_EQ(draws.next_bits(), word) << "block " << block;
}

TEST(RandomStream, FirstBlocksOfManyStreamsAreThoseOfEach) {
    constexpr std::uint32_t blocks = 3, streams = 7;  // 21 blocks: no multiple of what is made at once
    std::vector<std::uint32_t> drawn(std::size_t{4} * blocks * streams);
    draw_first(9, 5, 100, blocks, drawn);
    auto next = drawn.begin();
    for (std::uint32_t stream = 0; stream < streams; ++stream) {
        RandomStream whole(9, 5, 100 + stream);
        for (std::uint32_t i = 0; i < 4 * blocks; ++i)
            EXPECT_EQ(*next++, whole.next_bits()) << "stream " << stream << ", draw " << i;
    }
}

TEST(RandomStream, UniformsLieInsideAndAreEvenlySpread) {
    RandomStream draws(1, 0, 0);
    double sum = 0.0;
    constexpr int count = 100'000;
    for (int i = 0; i < count; ++i) {
        const double u = draws.next_uniform();
        ASSERT_GT(u, 0.0);
        ASSERT_LT(u, 1.0);
        sum += u;
    }
    // Standard error of the mean: sqrt(1 / 12 / 100000) = 0.0009.
    EXPECT_NEAR(sum / count, 0.5, 0.004);
}

TEST(RandomStream, NumbersBelowABoundAreEquallyLikely) {
    RandomStream draws(2, 0, 0);
    std::vector<int> counts(6);
    constexpr int count = 60'000;
    for (int i = 0; i < count; ++i)
        ++counts[draws.next_below(6)];
    double chi_square = 0.0;
    for (const int n : counts)
        chi_square += (n - 10'000.0) * (n - 10'000.0) / 10'000.0;
    EXPECT_LT(chi_square, 20.5);  // R: qchisq(0.999, 5) = 20.515
}

TEST(RandomStream, NormalsHaveMeanZeroAndVarianceOne) {
    RandomStream draws(3, 0, 0);
    double sum = 0.0, squares = 0.0;
    constexpr int count = 100'000;
    for (int i = 0; i < count; ++i) {
        const double z = draws.next_normal();
        sum += z;
        squares += z * z;
    }
    EXPECT_NEAR(sum / count, 0.0, 0.013);      // four standard errors, 4 / sqrt(100000)
    EXPECT_NEAR(squares / count, 1.0, 0.018);  // four standard errors, 4 sqrt(2 / 100000)
}

TEST(Normal, QuantilesAgreeWithR) {
    // R 4.2.2: qnorm(c(0.6, 0.975, 0.01, 1e-5, 1e-20, 1 - 1e-9))
    EXPECT_EQ(normal_quantile(0.5), 0.0);
    EXPECT_NEAR(normal_quantile(0.6), 0.25334710313579978, 1e-15);
    EXPECT_NEAR(normal_quantile(0.975), 1.95996398454005361, 1e-14);
    EXPECT_NEAR(normal_quantile(0.01), -2.32634787404084076, 1e-14);
    EXPECT_NEAR(normal_quantile(1e-5), -4.26489079392282555, 1e-13);
    EXPECT_NEAR(normal_quantile(1e-20), -9.26234008979840517, 1e-13);
    EXPECT_NEAR(normal_quantile(1.0 - 1e-9), 5.99780701960163842, 1e-12);
}

TEST(Normal, ProbabilitiesAgreeWithR) {
    // R 4.2.2: pnorm(c(-1.96, 1, 3.5, -8))
    EXPECT_NEAR(normal_probability(-1.96), 2.4997895148220428e-02, 1e-16);
    EXPECT_NEAR(normal_probability(1.0), 8.4134474606854293e-01, 1e-15);
    EXPECT_NEAR(normal_probability(3.5), 9.9976737092096446e-01, 1e-15);
    EXPECT_NEAR(normal_probability(-8.0) / 6.2209605742717849e-16, 1.0, 1e-12);
}

TEST(CompensatedSum, KeepsWhatAPlainSumLoses) {
    CompensatedSum sum;
    for (const double term : {1.0, 1e100, 1.0, -1e100})
        sum.add(term);
    EXPECT_EQ(sum.value(), 2.0);  // Neumaier's example: a plain sum gives 0
}

}  // namespace
}  // namespace tendik
