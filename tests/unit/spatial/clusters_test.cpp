// What local statistics call a region, what they say without a value, and permutations against all orders.
#include "columbus.h"
#include "support/message.h"
#include "tendik/spatial/global.h"
#include "tendik/spatial/local.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace tendik {
namespace {

using spatial::make_weights;
using test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr PermutationOptions none{0};

/// A - B - C - ... in a row, of as many regions; those beyond `linked` are isolates.
SpatialWeights row_of(std::uint32_t regions, std::uint32_t linked) {
    std::vector<std::string> keys;
    std::vector<spatial::Link> links;
    for (std::uint32_t i = 0; i < regions; ++i) {
        keys.emplace_back(1, static_cast<char>('A' + i));
        if (i + 1 < linked) links.insert(links.end(), {{i, i + 1}, {i + 1, i}});
    }
    return make_weights(keys, links, "row");
}
SpatialWeights row_of(std::uint32_t regions) { return row_of(regions, regions); }

/// Every region passes and gets its name.
LocalOptions all_pass(std::size_t permutations) {
    LocalOptions options{{permutations, 1, 1}, Correction::none};
    options.significance = 1.0;
    return options;
}

std::vector<Cluster> clusters_of(const LocalStatistic& result) {
    std::vector<Cluster> clusters;
    for (const auto& region : result.regions)
        clusters.push_back(region.cluster);
    return clusters;
}

TEST(Clusters, OfMoranFollowTheSignsAndTheMeanCountsAsLow) {
    const auto of = [](const std::vector<double>& values) {
        return clusters_of(spatial::local_moran(values, row_of(5), all_pass(99)));
    };
    // By hand: z = -3 0 1 5 -3, lags 0 -2 5 -2 5.
    EXPECT_THAT(of({0, 3, 4, 8, 0}), ElementsAre(Cluster::low_low, Cluster::low_low, Cluster::high_high,
                                                 Cluster::high_low, Cluster::low_high));
    // By hand: z = -1 2 1 -2 0, lags 2 0 0 1 -2.
    EXPECT_THAT(of({-1, 2, 1, -2, 0}), ElementsAre(Cluster::low_high, Cluster::high_low, Cluster::high_low,
                                                   Cluster::low_high, Cluster::low_low));
}

TEST(Clusters, OfGearyAreAlikeWhereGapsAreSmallerThanByChance) {
    const auto local = spatial::local_geary(std::vector<double>{1, 2, 9, 1, 2}, row_of(5), all_pass(99));
    // By hand: mean 3, variance 11.5 (n - 1); A: (1 - 2)^2 / 11.5, by chance the mean of 1 64 0 1 over 11.5.
    EXPECT_NEAR(*local.regions[0].value, 1.0 / 11.5, 1e-14);
    EXPECT_NEAR(*local.regions[0].expected, 66.0 / 4.0 / 11.5, 1e-14);
    EXPECT_NEAR(*local.regions[1].expected, 2.0 * 51.0 / 4.0 / 11.5, 1e-14);  // two links: 1 49 1 0
    EXPECT_THAT(clusters_of(local), ElementsAre(Cluster::alike, Cluster::unlike, Cluster::unlike,
                                                Cluster::unlike, Cluster::alike));
    // A link to itself has no gap, by chance neither.
    const auto with_self =
        spatial::local_geary(std::vector<double>{1, 2, 9, 1, 2}, spatial::with_self(row_of(5)), all_pass(99));
    EXPECT_NEAR(*with_self.regions[0].expected, 66.0 / 4.0 / 11.5, 1e-14);
}

TEST(Clusters, OfGAreHotOrColdAndNoneWhereAllAreNeighbours) {
    const std::vector<double> values{9, 8, 5, 2, 1};
    const auto local = spatial::local_g(values, row_of(5), all_pass(0));
    EXPECT_EQ(local.regions[0].cluster, Cluster::hot);
    EXPECT_EQ(local.regions[4].cluster, Cluster::cold);
    std::vector<spatial::Link> links;
    for (std::uint32_t i = 0; i < 5; ++i)
        for (std::uint32_t k = 0; k < 5; ++k)
            if (i != k) links.push_back({i, k});
    // All others are its neighbours whatever is drawn: nothing varies.
    const auto whole =
        spatial::local_g(values, make_weights({"A", "B", "C", "D", "E"}, links, ""), all_pass(0));
    for (const auto& region : whole.regions)
        EXPECT_FALSE(region.value || region.p);
}

TEST(Clusters, OfJoinsStandAboveTheShareOfTheirNeighbours) {
    const auto local =
        spatial::local_join_count(std::vector<double>{1, 1, 1, 0, 0, 1}, row_of(6), all_pass(99));
    // By hand: four of six are 1. B has 2 of 2 links, 1.33 by chance; A 1 of 1; C 1 of 2; F 0 of 1.
    EXPECT_EQ(local.regions[0].cluster, Cluster::join);
    EXPECT_EQ(local.regions[1].cluster, Cluster::join);
    EXPECT_EQ(local.regions[2].cluster, Cluster::unlike);
    EXPECT_EQ(local.regions[5].cluster, Cluster::unlike);
    EXPECT_EQ(local.regions[3].cluster, Cluster::not_computed);  // is no 1: not tested
}

TEST(Clusters, OfLoshAreUnevenAboveOneAndTheRegionItselfTakesPart) {
    // spdep 1.2-7: LOSH(c(1, 2, 4, 7, 5), nb2listw(include.self(row of five), style = "W"))
    const std::vector<double> expected{0.212418300653594, 0.185185185185185, 1.176470588235294,
                                       1.525054466230937, 2.222222222222222};
    const auto local =
        spatial::losh(std::vector<double>{1, 2, 4, 7, 5},
                      spatial::standardise(spatial::with_self(row_of(5)), WeightStyle::W), all_pass(99));
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(*local.regions[i].value, expected[i], 1e-13) << i;
    EXPECT_THAT(clusters_of(local),
                ElementsAre(Cluster::even, Cluster::even, Cluster::uneven, Cluster::uneven, Cluster::uneven));
    // In a row of 1 2 1 2 with weights of one, each value less the mean of its neighbours is 1: evenly so.
    const auto apart = spatial::losh(std::vector<double>{1, 2, 1, 2, 7}, row_of(5, 4), all_pass(0));
    EXPECT_NEAR(*apart.regions[0].value, 5.0 / 4.0, 1e-15);  // the isolate's 0 is part of the mean
    EXPECT_EQ(apart.regions[4].cluster, Cluster::isolate);
    const auto weights = make_weights({"A", "B", "C", "D"}, {{0, 1}, {1, 0}, {2, 3}, {3, 2}}, "two pairs");
    EXPECT_EQ(spatial::losh(std::vector<double>{1, 1, 5, 5}, weights, all_pass(0)).note,
              "every value equals the mean of its neighbours");
}

TEST(Clusters, APAtTheLevelItselfPasses) {
    const auto data = test::columbus();
    // 39 permutations: the smallest p is 2 / 40, the level.
    const auto local = spatial::local_moran(data.crime, data.queen(), {{39, 1, 1}, Correction::none});
    EXPECT_EQ(local.note, "");
    std::size_t at_the_level = 0;
    for (const auto& region : local.regions)
        if (*region.p == 0.05) {
            ++at_the_level;
            EXPECT_NE(region.cluster, Cluster::not_significant);
        }
    EXPECT_GT(at_the_level, 0U);
    // One tail: 49 / 0.05 - 1.
    EXPECT_THAT(
        spatial::local_moran(data.crime, data.queen(), {{99, 1, 1, Convention::esda}, Correction::bonferroni})
            .note,
        HasSubstr("979 are needed"));
}

TEST(Clusters, NothingIsMadeOfTooLittle) {
    const std::vector<double> three{1, 2, 4};
    EXPECT_EQ(spatial::local_moran(three, row_of(3), all_pass(0)).note, "fewer than four regions");
    EXPECT_EQ(spatial::moran(three, row_of(3), none).note, "fewer than four regions with neighbours");
    EXPECT_THAT(message_of([&] { spatial::local_moran(three, row_of(4), all_pass(0)); }),
                HasSubstr("3 values for weights of 4 regions"));
    const std::vector<double> endless{1, 2, std::numeric_limits<double>::infinity(), 4};
    EXPECT_THAT(message_of([&] { spatial::local_moran(endless, row_of(4), all_pass(0)); }),
                HasSubstr("the value of region 'C' is inf"));
    EXPECT_THAT(message_of([&] { spatial::moran(endless, row_of(4), none); }),
                HasSubstr("the value of region 'C' is inf"));
    const std::vector<double> four{1, 2, 4, 3};
    const auto weightless =
        make_weights({"A", "B", "C", "D"}, {{0, 1, 0.0}, {1, 0, 0.0}, {2, 3, 0.0}, {3, 2, 0.0}}, "");
    EXPECT_EQ(spatial::moran(four, weightless, none).note, "no links between regions");
    EXPECT_FALSE(spatial::moran(four, row_of(4), none).p_permutation);
    const std::vector<double> flat{5, 5, 5, 5};
    EXPECT_EQ(spatial::lee(four, flat, row_of(4), none).note, "all values are equal");
    EXPECT_EQ(spatial::bivariate_moran(four, flat, row_of(4), none).note, "all values are equal");
}

/// Two-sided p over every order there is, the observed one among them.
template <typename Statistic>
double exact_p(std::size_t regions, Statistic&& statistic) {
    std::vector<std::size_t> order(regions);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const double observed = statistic(order);
    double high = 0.0, low = 0.0, all = 0.0;
    do {
        const double value = statistic(order);
        high += value >= observed - 1e-12 ? 1.0 : 0.0;
        low += value <= observed + 1e-12 ? 1.0 : 0.0;
        ++all;
    } while (std::ranges::next_permutation(order).found);
    return std::min(1.0, 2.0 * std::min(high, low) / all);
}

TEST(TwoVariables, PermutationsTellWhatAllOrdersTell) {
    const std::vector<double> x{1, 2, 9, 4, 3, 8}, y{2, 1, 5, 9, 4, 7};
    // One-way links, so that from and to are not the same.
    const auto weights = make_weights({"A", "B", "C", "D", "E", "F"},
                                      {{0, 1}, {1, 2}, {2, 3}, {0, 3}, {4, 5}, {5, 3}, {3, 2}}, "one way");
    const auto moved = [](const std::vector<double>& values, const std::vector<std::size_t>& order) {
        std::vector<double> result;
        for (const auto i : order)
            result.push_back(values[i]);
        return result;
    };
    const PermutationOptions many{9999, 5, 1};
    // Of y alone over x; 720 orders, 9,999 draws: four errors of a p of a half are 0.04 on two sides.
    EXPECT_NEAR(*spatial::bivariate_moran(x, y, weights, many).p_permutation,
                exact_p(6,
                        [&](const auto& order) {
                            return *spatial::bivariate_moran(x, moved(y, order), weights, none).value;
                        }),
                0.04);
    // Of both together.
    EXPECT_NEAR(*spatial::lee(x, y, weights, many).p_permutation,
                exact_p(6,
                        [&](const auto& order) {
                            return *spatial::lee(moved(x, order), moved(y, order), weights, none).value;
                        }),
                0.04);
}

TEST(TwoVariables, LeeCountsIsolatesAsSpdepDoes) {
    const std::vector<double> x{1, 2, 4, 7, 5, 20}, squares{1, 4, 16, 49, 25, 400};
    // spdep 1.2-7: lee(x, x^2, listw, 6, zero.policy = TRUE)$L
    EXPECT_NEAR(*spatial::lee(x, squares, row_of(6, 5), none).value, 0.194219880380052, 1e-14);
}

TEST(EbMoran, RefusesWhatIsNoRate) {
    const std::vector<double> people{10, 20, 30, 40};
    const auto said = [&](const std::vector<double>& events, const std::vector<double>& populations) {
        return message_of([&] { spatial::eb_moran(events, populations, row_of(4), none); });
    };
    EXPECT_THAT(said({1, -2, 3, 4}, people), HasSubstr("region 'B' has -2 events and a population of 20"));
    EXPECT_THAT(said({1, 2, 3, 4}, {10, 0, 30, 40}),
                HasSubstr("region 'B' has 2 events and a population of 0"));
    EXPECT_EQ(spatial::eb_moran(std::vector<double>{1, 2, 9, 4}, people, row_of(4), none).name, "eb-moran");
    const auto quiet = spatial::eb_moran(std::vector<double>{0, 0, 0, 0}, people, row_of(4), none);
    EXPECT_FALSE(quiet.value);
    EXPECT_EQ(quiet.note, "all values are equal");
}

TEST(GetisOrdG, TakesAZeroButNotOnlyZeros) {
    EXPECT_TRUE(spatial::getis_ord_g(std::vector<double>{0, 2, 3, 4}, row_of(4), none).value);
    const auto one = spatial::getis_ord_g(std::vector<double>{0, 0, 0, 5}, row_of(4), none);
    EXPECT_FALSE(one.value);  // 0 / 0
    EXPECT_EQ(one.note, "fewer than two values above zero");
}

TEST(GetisOrdG, LeavesIsolatesOutAsSpdepDoes) {
    const auto found = spatial::getis_ord_g(std::vector<double>{1, 2, 4, 7, 5, 20}, row_of(6, 5), none);
    // spdep 1.2-7: globalG.test(x, row of five and one apart, style "B", zero.policy = TRUE); expectation and
    // variance are those of all 120 orders of the five, too. The variance was below zero.
    EXPECT_NEAR(*found.value, 0.54887218045112784, 1e-14);
    EXPECT_NEAR(*found.expected, 0.4, 1e-15);
    EXPECT_NEAR(*found.randomisation.variance, 0.00843235909322178, 1e-14);
    EXPECT_NEAR(*found.randomisation.z, 1.62120898840057, 1e-11);
    EXPECT_EQ(found.counted, 5U);
    EXPECT_THAT(found.isolates, ElementsAre("F"));
    // A region that others are linked to takes part. By hand: (1 2 + 2 4 + 4 7 + 7 5) / (19^2 - 95).
    const auto chain =
        make_weights({"A", "B", "C", "D", "E", "F"}, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}, "one way");
    EXPECT_NEAR(*spatial::getis_ord_g(std::vector<double>{1, 2, 4, 7, 5, 9}, chain, none).value, 73.0 / 266.0,
                1e-14);
}

TEST(MoransI, OfAMapWithAnIsolateHasTheKurtosisOfAllValues) {
    const auto found = spatial::moran(std::vector<double>{1, 2, 4, 7, 5, 3}, row_of(6, 5), none);
    // spdep 1.2-7: moran.test(x, row of five and one apart, style "B", zero.policy = TRUE)
    EXPECT_NEAR(*found.value, 0.505952380952381, 1e-14);
    EXPECT_NEAR(*found.randomisation.variance, 0.136875, 1e-14);
}

TEST(JoinCounts, CountIsolatesAsSpdepDoes) {
    const std::vector<std::string> colours{"a", "a", "b", "a", "b", "b"};
    const auto joins = spatial::join_counts(colours, row_of(6, 5), none);
    // spdep 1.2-7: joincount.multi(colours, row of five and one apart, style "B", zero.policy = TRUE)
    EXPECT_NEAR(joins[0].expected, 1.20, 1e-14);
    EXPECT_NEAR(joins[0].variance, 0.36, 1e-14);
    EXPECT_NEAR(joins[2].expected, 3.60, 1e-14);
    EXPECT_NEAR(joins[2].variance, 1.44, 1e-14);
    EXPECT_FALSE(joins[0].p_permutation);
    EXPECT_THAT(message_of([&] { spatial::join_counts(colours, row_of(4), none); }),
                HasSubstr("6 colours for weights of 4 regions"));
    EXPECT_THROW(spatial::join_counts(colours, spatial::standardise(row_of(6), WeightStyle::W), none),
                 UsageError);
}

}  // namespace
}  // namespace tendik
