// The Gini coefficient between neighbours and others. By hand, by all orders, and as PySAL publishes it.
#include "tendik/spatial/spatial_gini.h"

#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace tendik {
namespace {

constexpr PermutationOptions none{0};

SpatialWeights linked(std::size_t count, const std::vector<spatial::Link>& links) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < count; ++i)
        keys.push_back(std::to_string(i));
    return spatial::make_weights(keys, links, "drawn");
}

/// A - B - C - D - E
SpatialWeights row_of_five() {
    return linked(5, {{0, 1}, {1, 0}, {1, 2}, {2, 1}, {2, 3}, {3, 2}, {3, 4}, {4, 3}});
}

const std::vector<double> five{1, 2, 4, 8, 5};

TEST(SpatialGini, PartsTheGapsOfAllPairs) {
    // By hand: gaps of pairs AB 1, BC 2, CD 4, DE 3 are 10, of AC 3, AD 7, AE 4, BD 6, BE 3, CE 1 are 24;
    // twice each, over 2 n sum y = 200.
    const auto found = spatial::spatial_gini(five, row_of_five(), none);
    ASSERT_TRUE(found.parts);
    EXPECT_NEAR(found.parts->gini, 0.34, 1e-15);
    EXPECT_NEAR(found.parts->neighbours, 0.10, 1e-15);
    EXPECT_NEAR(found.parts->others, 0.24, 1e-15);
    EXPECT_NEAR(found.parts->share, 24.0 / 34.0, 1e-15);
    EXPECT_NEAR(*found.parts->polarisation, (24.0 / 6.0) / (10.0 / 4.0), 1e-14);
    EXPECT_EQ(*found.global.value, found.parts->others);
    EXPECT_EQ(found.global.counted, 5U);
}

TEST(SpatialGini, MeanAndVarianceAreThoseOfAllOrders) {
    // Python, all 120 orders of the values by itertools.permutations: mean 0.204, variance 0.000724; with
    // one-way links 0.255 and 1/3000.
    const auto both = spatial::spatial_gini(five, row_of_five(), none).global;
    EXPECT_NEAR(*both.expected, 0.204, 1e-14);
    EXPECT_NEAR(*both.randomisation.variance, 0.000724, 1e-15);
    const auto one_way = linked(5, {{0, 1}, {1, 0}, {2, 1}, {3, 2}, {4, 3}});
    const auto found = spatial::spatial_gini(five, one_way, none);
    EXPECT_NEAR(found.parts->others, 0.285, 1e-15);
    EXPECT_NEAR(*found.global.expected, 0.255, 1e-14);
    EXPECT_NEAR(*found.global.randomisation.variance, 1.0 / 3000.0, 1e-15);
}

TEST(SpatialGini, PermutationsComeToTheShareOfAllOrders) {
    const auto found = spatial::spatial_gini(five, row_of_five(), {99'999}).global;
    // Python: 14 of 120 orders give as much or more.
    EXPECT_NEAR(*found.p_permutation, 2.0 * 14.0 / 120.0, 0.006);  // four standard errors
    const auto esda = spatial::spatial_gini(five, row_of_five(), {99'999, 1, 0, Convention::esda}).global;
    EXPECT_NEAR(*esda.p_permutation, 14.0 / 120.0, 0.004);
}

TEST(SpatialGini, IsThatOfPySalForMexico) {
    // pcgdp1940 and hanson98 of mexico.csv in libpysal 4.7.0; neighbours are the states of one region.
    const std::vector<double> income{10384, 22361, 9573, 3758, 2934, 8578, 8537, 6909, 17816, 12132, 4359,
                                     2181,  4414,  5309, 3408, 3327, 6936, 4836, 9073, 1892,  3569,  11016,
                                     21965, 4372,  4840, 6399, 2459, 7508, 3605, 5203, 7990,  3734};
    const std::vector<int> region{2, 1, 2, 5, 5, 1, 1, 3, 4, 2, 3, 5, 3, 3, 4, 3,
                                  3, 2, 1, 5, 3, 3, 5, 2, 2, 1, 5, 1, 3, 3, 5, 2};
    std::vector<spatial::Link> links;
    for (std::uint32_t i = 0; i < 32; ++i)
        for (std::uint32_t j = 0; j < 32; ++j)
            if (i != j && region[i] == region[j]) links.push_back({i, j});
    const auto found = spatial::spatial_gini(income, linked(32, links), {9999});
    const double scale = 2.0 * 32.0 * 231377.0;                             // 2 n sum y
    EXPECT_NEAR(found.parts->gini, 0.35372371173452849, 1e-15);             // inequality/tests/test_gini.py
    EXPECT_NEAR(found.parts->others * scale, 4353856.0, 1e-8);              // docstring of Gini_Spatial: wcg
    EXPECT_NEAR(*found.global.expected * scale, 4150259.0685483874, 1e-7);  // Python: d (1 - s0 / (n (n -
                                                                            // 1)))
    EXPECT_NEAR(*found.parts->polarisation, 1.2906325330843054, 1e-13);     // Python, its formula
    // The docstring prints p_sim = 0.04 of 99 orders, one-sided; Python, 20,000 orders: 0.0232.
    EXPECT_NEAR(*found.global.p_permutation, 2.0 * 0.0232, 0.01);
    EXPECT_NEAR(std::sqrt(*found.global.randomisation.variance) * scale, 89946.48303035279,
                1e-6);  // Python, Mantel's formula; 20,000 orders give 89,722
}

TEST(SpatialGini, SaysWhyItIsUndefined) {
    const auto note = [](const std::vector<double>& values, const SpatialWeights& weights) {
        const auto found = spatial::spatial_gini(values, weights, {99});
        EXPECT_FALSE(found.parts || found.global.value || found.global.p_permutation);
        return found.global.note;
    };
    EXPECT_EQ(note({3, 3, 3, 3, 3}, row_of_five()), "all values are equal");
    EXPECT_EQ(note({3, 3, -3, 3, 3}, row_of_five()), "negative value");
    EXPECT_EQ(note({1, 2, 3}, linked(3, {{0, 1}, {1, 0}})), "fewer than four regions");
    EXPECT_EQ(note(five, linked(5, {})), "no links between regions");
    EXPECT_THROW((void)spatial::spatial_gini(five, spatial::standardise(row_of_five(), WeightStyle::W), none),
                 UsageError);
}

TEST(SpatialGini, WhereAllAreNeighboursNothingIsLeftOver) {
    std::vector<spatial::Link> links;
    for (std::uint32_t i = 0; i < 5; ++i)
        for (std::uint32_t j = 0; j < 5; ++j)
            if (i != j) links.push_back({i, j});
    const auto found = spatial::spatial_gini(five, linked(5, links), {99});
    EXPECT_NEAR(found.parts->others, 0.0, 1e-15);
    EXPECT_FALSE(found.parts->polarisation);
    EXPECT_FALSE(found.global.randomisation.p);
    EXPECT_EQ(*found.global.p_permutation, 1.0);
}

TEST(SpatialGini, ARegionWithoutNeighboursCountsAmongTheOthers) {
    const auto found = spatial::spatial_gini(five, linked(5, {{0, 1}, {1, 0}}), none);
    EXPECT_THAT(found.global.isolates, testing::ElementsAre("2", "3", "4"));
    EXPECT_NEAR(found.parts->others, 66.0 / 200.0, 1e-15);  // by hand: all but the gap of A and B
}

}  // namespace
}  // namespace tendik
