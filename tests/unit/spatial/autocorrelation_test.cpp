// R 4.2.2, spdep 1.2-7: the calls stand in tests/oracles/autocorrelation.R.
#include "columbus.h"
#include "support/message.h"
#include "tendik/base/random.h"
#include "tendik/spatial/global.h"
#include "tendik/spatial/local.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace tendik {
namespace {

using spatial::standardise;
using test::columbus;
using testing::HasSubstr;

constexpr PermutationOptions none{0};

/// 4 x 4 squares, rook, weights of one.
SpatialWeights lattice() {
    std::vector<std::string> keys;
    std::vector<spatial::Link> links;
    for (std::uint32_t i = 0; i < 16; ++i) {
        keys.push_back(std::to_string(i));
        if (i % 4 != 3) links.insert(links.end(), {{i, i + 1}, {i + 1, i}});
        if (i < 12) links.insert(links.end(), {{i, i + 4}, {i + 4, i}});
    }
    return spatial::make_weights(keys, links, "lattice");
}

TEST(Moran, AgreesWithSpdepForRookAndRows) {
    const auto data = columbus();
    const auto moran = spatial::moran(data.crime, standardise(data.rook(), WeightStyle::W), none);
    EXPECT_NEAR(*moran.value, 0.523670212750253, 1e-12);
    EXPECT_NEAR(*moran.expected, -1.0 / 48.0, 1e-15);
    EXPECT_NEAR(*moran.randomisation.variance, 0.00995298734772377, 1e-14);
    EXPECT_NEAR(*moran.randomisation.z, 5.45788004590928, 1e-10);
    EXPECT_NEAR(*moran.normal.variance, 0.00980890006607329, 1e-14);
    EXPECT_NEAR(*moran.normal.z, 5.49782051464077, 1e-10);
    // spdep's p is one-sided: 2.40926497320810e-08, ours two-sided
    EXPECT_NEAR(*moran.randomisation.p / (2.0 * 2.40926497320810e-08), 1.0, 1e-6);
}

TEST(Moran, AgreesWithSpdepForEveryStyle) {
    const auto data = columbus();
    const auto of = [&](WeightStyle style) {
        return spatial::moran(data.crime, standardise(data.queen(), style), none);
    };
    EXPECT_NEAR(*of(WeightStyle::W).value, 0.500188557182861, 1e-12);
    for (const auto style : {WeightStyle::B, WeightStyle::C, WeightStyle::U}) {
        EXPECT_NEAR(*of(style).value, 0.515461436886279, 1e-12);
        EXPECT_NEAR(*of(style).randomisation.variance, 0.00745439434278785, 1e-13);
    }
    EXPECT_NEAR(*of(WeightStyle::S).value, 0.505653106392512, 1e-12);
    EXPECT_NEAR(*of(WeightStyle::S).randomisation.variance, 0.00782303125108765, 1e-13);
}

TEST(Moran, AgreesWithSpdepForDistances) {
    const auto data = columbus();
    const auto moran = [&](const SpatialWeights& weights) {
        return *spatial::moran(data.crime, standardise(weights, WeightStyle::W), none).value;
    };
    // moran.test(x, nb2listw(knn2nb(knearneigh(xy, 4)))), nb2listw(dnearneigh(xy, 0, d))
    EXPECT_NEAR(moran(spatial::nearest_weights(data.places, data.keys, 4)), 0.582551727027724, 1e-12);
    EXPECT_NEAR(
        moran(spatial::band_weights(data.places, data.keys, spatial::smallest_band(data.places), 0.0)),
        0.551825693781638, 1e-12);
}

TEST(Moran, IsTheSameAtAnyNumberOfThreadsAndRareUnderPermutation) {
    const auto data = columbus();
    const auto weights = standardise(data.queen(), WeightStyle::W);
    const auto one = spatial::moran(data.crime, weights, {9999, 7, 1});
    const auto many = spatial::moran(data.crime, weights, {9999, 7, 4});
    EXPECT_EQ(*one.p_permutation, *many.p_permutation);
    EXPECT_NE(*one.p_permutation, *spatial::moran(data.hoval, weights, {9999, 7, 1}).p_permutation);
    // moran.mc(x, qw, 9999): no permutation reaches the observed value, so twice 1 / 10000
    EXPECT_DOUBLE_EQ(*one.p_permutation, 0.0002);
}

/// p of `statistic` one permutation after the other, as the definition has it: Fisher and Yates from the last
/// place on.
template <typename Statistic>
double p_by_hand(const std::vector<double>& values, const PermutationOptions& options, Statistic statistic) {
    const double observed = statistic(values);
    double high = 0.0, low = 0.0;
    for (std::uint32_t number = 0; number < options.permutations; ++number) {
        auto moved = values;
        RandomStream draws(options.seed, 0, number);
        for (auto i = static_cast<std::uint32_t>(moved.size()); i > 1; --i)
            std::swap(moved[i - 1], moved[draws.next_below(i)]);
        const double simulated = statistic(moved);
        high += simulated >= observed - 1e-9 ? 1.0 : 0.0;
        low += simulated <= observed + 1e-9 ? 1.0 : 0.0;
    }
    return std::min(1.0,
                    2.0 * (std::min(high, low) + 1.0) / (static_cast<double>(options.permutations) + 1.0));
}

TEST(Permutations, TakenFourAtATimeCountAsOneByOne) {
    // Values of the lattice in its own order and in disorder; numbers of permutations that leave some of four
    // over.
    const auto weights = standardise(lattice(), WeightStyle::W);
    std::vector<double> values(16);
    for (std::uint32_t i = 0; i < 16; ++i)
        values[i] = 1.0 + (i * 7 % 16) + 0.5 * i;
    for (const std::uint64_t count : {1ULL, 2ULL, 3ULL, 5ULL, 63ULL, 66ULL, 131ULL}) {
        const PermutationOptions options{count, 3, 1};
        const auto of = [](const SpatialWeights& links, const auto& measure) {
            return [&links, &measure](const std::vector<double>& moved) {
                return *measure(moved, links, none).value;
            };
        };
        EXPECT_EQ(*spatial::moran(values, weights, options).p_permutation,
                  p_by_hand(values, options, of(weights, spatial::moran)));
        EXPECT_EQ(*spatial::geary(values, weights, options).p_permutation,
                  p_by_hand(values, options, of(weights, spatial::geary)));
        const auto binary = lattice();
        EXPECT_EQ(*spatial::getis_ord_g(values, binary, options).p_permutation,
                  p_by_hand(values, options, of(binary, spatial::getis_ord_g)));
    }
}

TEST(Moran, UnderTheNullEveryPIsAsLikely) {
    // 200 maps of noise: p below 0.1 in 20 of them, standard deviation 4.2.
    const auto weights = lattice();
    int small = 0;
    for (std::uint32_t map = 0; map < 200; ++map) {
        RandomStream draws(11, map, 0);
        std::vector<double> values(16);
        for (double& value : values)
            value = draws.next_normal();
        if (*spatial::moran(values, weights, {199, map, 1}).p_permutation < 0.1) ++small;
    }
    EXPECT_GT(small, 7);
    EXPECT_LT(small, 33);
}

TEST(Moran, AShiftThatCanBeFoundIsToldInStandardErrors) {
    const auto data = columbus();
    const auto moran = spatial::moran(data.crime, standardise(data.rook(), WeightStyle::W), none);
    // -1/48 + (1.959964 + 0.841621) sqrt(0.00980890006607329): hand arithmetic
    EXPECT_NEAR(*moran.detectable, 0.256635, 1e-6);
}

TEST(Moran, IsUndefinedForEqualValuesAndSaysSo) {
    const auto moran = spatial::moran(std::vector<double>(16, 3.0), lattice(), none);
    EXPECT_FALSE(moran.value.has_value());
    EXPECT_EQ(moran.note, "all values are equal");
}

TEST(Moran, CountsRegionsWithNeighboursOnly) {
    auto keys = std::vector<std::string>{"A", "B", "C", "D", "E"};
    const auto weights =
        spatial::make_weights(keys, {{0, 1}, {1, 0}, {1, 2}, {2, 1}, {2, 3}, {3, 2}}, "a row and one apart");
    const auto moran = spatial::moran(std::vector{1.0, 2.0, 3.0, 4.0, 10.0}, weights, none);
    EXPECT_EQ(moran.counted, 4U);
    EXPECT_EQ(moran.isolates, std::vector<std::string>{"E"});
    // z = -3 -2 -1 0 6, n / S0 = 4 / 6, sum w z z = 2 (6 + 2 + 0) = 16, sum z^2 = 50: 4/6 * 16/50
    EXPECT_NEAR(*moran.value, 16.0 / 75.0, 1e-15);
    EXPECT_NEAR(*moran.expected, -1.0 / 3.0, 1e-15);
}

TEST(Moran, SaysWhereTheFormulaGivesNoVariance) {
    // Two pairs and six isolates, one of them far off. n = 4, S0 = 4, S1 = 8, S2 = 16, b2 near 8, that of
    // nine equal values and one apart: Cliff and Ord's first term is 160, the second b2 x 64.
    std::vector<std::string> keys;
    for (int i = 0; i < 10; ++i)
        keys.push_back(std::to_string(i));
    const auto pairs = spatial::make_weights(keys, {{0, 1}, {1, 0}, {2, 3}, {3, 2}}, "two pairs");
    std::vector<double> values(10, 1.0);
    values[9] = 100.0;
    values[0] = 2.0;
    const auto moran = spatial::moran(values, pairs, {99, 1, 1});
    EXPECT_TRUE(moran.value.has_value());
    EXPECT_LT(*moran.randomisation.variance, 0.0);
    EXPECT_FALSE(moran.randomisation.z.has_value());
    EXPECT_FALSE(moran.randomisation.p.has_value());
    EXPECT_EQ(moran.note, "the formula of the variance gives none above zero");
    EXPECT_TRUE(moran.p_permutation.has_value());
}

TEST(Moran, RefusesValuesOfAnotherMap) {
    EXPECT_THAT(test::message_of([] { spatial::moran(std::vector{1.0}, lattice(), none); }),
                HasSubstr("1 values for weights of 16 regions"));
}

TEST(Geary, AgreesWithSpdep) {
    const auto data = columbus();
    const auto rook = spatial::geary(data.crime, standardise(data.rook(), WeightStyle::W), none);
    EXPECT_NEAR(*rook.value, 0.5154408058652410, 1e-12);
    EXPECT_NEAR(*rook.randomisation.variance, 0.0108488827671319, 1e-14);
    EXPECT_NEAR(*rook.randomisation.z, 4.6521566516689905, 1e-10);
    EXPECT_NEAR(*rook.normal.variance, 0.0114031096264689, 1e-14);
    const auto queen = spatial::geary(data.crime, standardise(data.queen(), WeightStyle::W), {99, 1, 1});
    EXPECT_NEAR(*queen.value, 0.54052820270206847, 1e-12);
    EXPECT_NEAR(*queen.randomisation.variance, 0.00938426377696502, 1e-14);
    EXPECT_DOUBLE_EQ(*queen.p_permutation, 0.02);  // none of 99 is as small: 2 * 1 / 100
}

TEST(GetisOrdG, AgreesWithSpdep) {
    const auto data = columbus();
    const auto g = spatial::getis_ord_g(data.crime, data.rook(), none);
    EXPECT_NEAR(*g.value, 0.103828168822701, 1e-13);
    EXPECT_NEAR(*g.expected, 0.0850340136054422, 1e-14);
    EXPECT_NEAR(*g.randomisation.variance, 2.14116616776587e-05, 1e-15);
    EXPECT_NEAR(*spatial::getis_ord_g(data.crime, data.queen(), none).randomisation.z, 4.63815093198543,
                1e-9);
}

TEST(GetisOrdG, RefusesNegativeValuesAndScaledWeights) {
    std::vector<double> values(16, 1.0);
    values[3] = -1.0;
    EXPECT_THAT(test::message_of([&] { spatial::getis_ord_g(values, lattice(), none); }),
                HasSubstr("region '3' is -1"));
    EXPECT_THROW(spatial::getis_ord_g(values, standardise(lattice(), WeightStyle::W), none), UsageError);
}

TEST(JoinCounts, AgreeWithSpdep) {
    const auto data = columbus();
    std::vector<std::string> colours;
    for (const double crime : data.crime)
        colours.push_back(crime <= 35.0 ? "low" : "high");
    const auto joins = spatial::join_counts(colours, data.queen(), {999, 1, 1});
    ASSERT_EQ(joins.size(), 3U);  // high:high, low:low, high:low
    EXPECT_EQ(joins[0].count, 54.0);
    EXPECT_NEAR(joins[0].expected, 27.69387755102, 1e-10);
    EXPECT_NEAR(joins[0].variance, 18.21935895505, 1e-9);
    EXPECT_EQ(joins[1].count, 35.0);
    EXPECT_NEAR(joins[1].expected, 30.10204081633, 1e-10);
    EXPECT_NEAR(joins[1].variance, 19.24707790194, 1e-9);
    EXPECT_EQ(joins[2].count, 29.0);
    EXPECT_NEAR(joins[2].variance, 26.63008321001, 1e-9);
    EXPECT_NEAR(*joins[2].z, -6.04679, 1e-5);
    EXPECT_DOUBLE_EQ(*joins[0].p_permutation, 0.002);  // far out in either tail: 2 * 1 / 1000
}

TEST(JoinCounts, OfHalfALatticeFollowByHand) {
    std::vector<std::string> colours(16, "white");
    std::fill_n(colours.begin() + 8, 8, "black");
    const auto joins = spatial::join_counts(colours, lattice(), none);
    // esda/tests/test_join_counts.py: BB 10, BW 4, WW 10
    EXPECT_EQ(joins[0].count, 10.0);
    EXPECT_EQ(joins[1].count, 10.0);
    EXPECT_EQ(joins[2].count, 4.0);
}

TEST(Lee, AgreesWithSpdep) {
    const auto data = columbus();
    const auto lee =
        spatial::lee(data.crime, data.hoval, standardise(data.queen(), WeightStyle::W), {99, 1, 1});
    EXPECT_NEAR(*lee.value, -0.236256034487667, 1e-12);
    EXPECT_LT(*lee.p_permutation, 0.1);
}

TEST(BivariateMoran, IsTheLagOfTheOtherVariable) {
    const auto data = columbus();
    const auto moran =
        spatial::bivariate_moran(data.crime, data.hoval, standardise(data.queen(), WeightStyle::W), none);
    EXPECT_NEAR(*moran.value, -0.171652479991306, 1e-12);  // sum(z(x) * lag.listw(qw, z(y))) / Szero(qw)
}

TEST(EbMoran, AgreesWithSpdep) {
    const auto data = columbus();
    std::vector<double> populations, events;
    for (std::size_t i = 0; i < data.crime.size(); ++i) {
        populations.push_back(std::nearbyint(1000.0 + 100.0 * data.hoval[i]));
        events.push_back(std::nearbyint(populations.back() * data.crime[i] / 1000.0));
    }
    const auto moran =
        spatial::eb_moran(events, populations, standardise(data.queen(), WeightStyle::W), none);
    EXPECT_NEAR(*moran.value, 0.498819013484566, 1e-12);  // EBImoran.mc(o, n, qw, 99)$statistic
    EXPECT_THAT(test::message_of([&] { spatial::eb_moran(events, events, data.queen(), none); }), "");
    populations[2] = 0.0;
    EXPECT_THAT(test::message_of([&] { spatial::eb_moran(events, populations, data.queen(), none); }),
                HasSubstr("region '3'"));
}

void expect_first(const LocalStatistic& result, const std::vector<double>& values, double tolerance = 1e-12) {
    for (std::size_t i = 0; i < values.size(); ++i)
        EXPECT_NEAR(*result.regions[i].value, values[i], tolerance) << i;
}

constexpr LocalOptions analytic{{0}, Correction::none};

TEST(LocalMoran, AgreesWithSpdepInValueExpectationAndVariance) {
    const auto data = columbus();
    const auto local = spatial::local_moran(data.crime, standardise(data.queen(), WeightStyle::W), analytic);
    expect_first(local, {0.73681849060835625, 0.52877701326596660, 0.09385074166160122, 0.00482096662821632,
                         0.30360612475209303});
    EXPECT_NEAR(*local.regions[0].expected, -0.028598541967194208, 1e-13);
    EXPECT_NEAR(*local.regions[0].variance, 0.66614489076259642, 1e-12);
    EXPECT_NEAR(*local.regions[4].variance, 0.09461792045856401, 1e-12);
    EXPECT_NEAR(*local.regions[0].p, 0.348343268465009, 1e-10);
    double sum = 0.0;
    for (const auto& region : local.regions)
        sum += *region.value;
    EXPECT_NEAR(sum, 24.5092393019602, 1e-10);  // n times global I
}

TEST(LocalMoran, CountsOfSignificantRegionsAgreeWithR) {
    const auto data = columbus();
    const auto weights = standardise(data.queen(), WeightStyle::W);
    const auto passing = [&](Correction correction) {
        const auto local = spatial::local_moran(data.crime, weights, {{0}, correction});
        return std::ranges::count_if(local.regions, [](const LocalValue& region) {
            return region.cluster != Cluster::not_significant;
        });
    };
    // sum(p < .05), sum(p.adjust(p, "BH") < .05), sum(p.adjust(p, "holm") < .05)
    EXPECT_EQ(passing(Correction::none), 15);
    EXPECT_EQ(passing(Correction::bh), 4);
    EXPECT_EQ(passing(Correction::holm), 2);
}

TEST(LocalMoran, PermutationsAgreeWithTheNormalOnesAndDoNotKnowTheThreads) {
    const auto data = columbus();
    const auto weights = standardise(data.queen(), WeightStyle::W);
    const auto one = spatial::local_moran(data.crime, weights, {{9999, 3, 1}, Correction::bh});
    const auto many = spatial::local_moran(data.crime, weights, {{9999, 3, 4}, Correction::bh});
    const auto normal = spatial::local_moran(data.crime, weights, analytic);
    for (std::size_t i = 0; i < one.regions.size(); ++i) {
        EXPECT_EQ(*one.regions[i].p, *many.regions[i].p);
        // The normal distribution is an approximation for few neighbours.
        EXPECT_NEAR(*one.regions[i].p, *normal.regions[i].p, 0.12) << i;
    }
    EXPECT_DOUBLE_EQ(*one.smallest_p, 0.0002);
}

TEST(LocalMoran, SaysWhenTooFewPermutationsAreMade) {
    const auto data = columbus();
    const auto local = spatial::local_moran(data.crime, data.queen(), {{99, 1, 1}, Correction::bh});
    // 2 * 49 / 0.05 - 1
    EXPECT_THAT(local.note, HasSubstr("1959 are needed"));
}

TEST(LocalMoran, AnIsolateIsCalledSo) {
    const auto weights =
        spatial::make_weights({"A", "B", "C", "D"}, {{0, 1}, {1, 0}, {1, 2}, {2, 1}}, "D is apart");
    const auto local = spatial::local_moran(std::vector{1.0, 2.0, 4.0, 9.0}, weights, {{99, 1, 1}});
    EXPECT_EQ(local.regions[3].cluster, Cluster::isolate);
    EXPECT_FALSE(local.regions[3].value.has_value());
    EXPECT_EQ(local.tests, 3U);
}

TEST(LocalG, AgreesWithSpdepWithAndWithoutTheRegionItself) {
    const auto data = columbus();
    const auto gi = spatial::local_g(data.crime, data.queen(), analytic);
    EXPECT_EQ(gi.name, "gi");
    expect_first(gi, {-0.9378076510352614, -0.9856591202615251, -0.7184189125046277, -0.0666623234486717,
                      1.0471360294309227});
    const auto star = spatial::local_g(data.crime, spatial::with_self(data.queen()), analytic);
    EXPECT_EQ(star.name, "gistar");
    expect_first(star, {-1.432779653966427, -1.340008097464163, -0.771998680953113, -0.131733364490507,
                        1.285362798437343});
}

TEST(LocalGeary, AgreesWithSpdep) {
    const auto data = columbus();
    const auto local =
        spatial::local_geary(data.crime, standardise(data.queen(), WeightStyle::W), {{99, 1, 1}});
    expect_first(local, {0.413437372213694, 0.397518387168889, 0.686846626283707, 0.500630964028883,
                         0.921499091856859});
    EXPECT_TRUE(local.regions[0].p.has_value());
}

TEST(Losh, AgreesWithSpdep) {
    const auto data = columbus();
    const auto losh = spatial::losh(data.crime, standardise(data.queen(), WeightStyle::W), {{99, 1, 1}});
    expect_first(losh, {0.194014571199846, 0.198580895206325, 0.420576207369798, 0.292774791856426,
                        0.368158938900579});
}

TEST(LocalJoinCount, OfHalfALatticeAgreesWithEsda) {
    std::vector<double> values(16, 0.0);
    std::fill_n(values.begin() + 8, 8, 1.0);
    const auto local = spatial::local_join_count(values, lattice(), {{99, 1, 1}, Correction::none});
    // esda/tests/test_ljc.py
    expect_first(local, {0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 3, 2, 2, 3, 3, 2});
    EXPECT_FALSE(local.regions[0].p.has_value());
    EXPECT_TRUE(local.regions[8].p.has_value());
    values[0] = 2.0;
    EXPECT_THAT(test::message_of([&] { spatial::local_join_count(values, lattice(), {}); }),
                HasSubstr("region '0' is 2"));
}

TEST(MultipleTesting, AgreesWithR) {
    const std::vector<double> p{.001, .008, .039, .041, .042, .06, .074, .205, .212, .216};
    const auto near = [](const std::vector<double>& got, const std::vector<double>& want) {
        for (std::size_t i = 0; i < want.size(); ++i)
            EXPECT_NEAR(got[i], want[i], 1e-12) << i;
    };
    // R 4.2.2: p.adjust(p, "BH"), "BY", "holm", "bonferroni"
    near(spatial::adjust(p, Correction::bh), {.01, .04, .084, .084, .084, .1, .74 / 7.0, .216, .216, .216});
    near(spatial::adjust(p, Correction::by), {.0292896825396825, .11715873015873, .246033333333333});
    near(spatial::adjust(p, Correction::holm), {.010, .072, .312});
    near(spatial::adjust(p, Correction::bonferroni), {.01, .08, .39});
    near(spatial::adjust(p, Correction::none), p);
    EXPECT_THROW(spatial::adjust(std::vector{1.5}, Correction::bh), InputError);
    EXPECT_THROW(spatial::adjust(std::vector{-0.1}, Correction::bh), InputError);
    EXPECT_EQ(spatial::adjust(std::vector{0.0, 1.0}, Correction::bh), (std::vector{0.0, 1.0}));
    // R: p.adjust(c(.01, .0101, .9), "holm"), p.adjust(c(.6, .7), "bonferroni")
    near(spatial::adjust(std::vector{.01, .0101, .9}, Correction::holm), {.03, .03, .9});
    EXPECT_EQ(spatial::adjust(std::vector{0.6, 0.7}, Correction::bonferroni), (std::vector{1.0, 1.0}));
}

TEST(MultipleTesting, DoesNotMindTheOrderOfThePs) {
    EXPECT_EQ(spatial::adjust(std::vector{0.04, 0.01}, Correction::bh), (std::vector{0.04, 0.02}));
    EXPECT_EQ(spatial::adjust(std::vector{0.04, 0.01}, Correction::holm), (std::vector{0.04, 0.02}));
}

}  // namespace
}  // namespace tendik
