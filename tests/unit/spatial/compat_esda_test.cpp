// What PySAL's esda prints, from its own tests and documentation, and what is right beside it.
#include "columbus.h"
#include "tendik/spatial/global.h"
#include "tendik/spatial/local.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace tendik {
namespace {

using spatial::standardise;
using test::columbus;

PermutationOptions esda(std::size_t permutations) { return {permutations, 1, 1, Convention::esda}; }

/// The points of esda's documentation of G: 15 units far, weights of one.
SpatialWeights six_points() {
    return spatial::band_weights({{{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}}, false},
                                 {"A", "B", "C", "D", "E", "F"}, 15.0, 0.0);
}
constexpr std::array six_values{2.0, 3.0, 3.2, 5.0, 8.0, 7.0};

TEST(CompatEsda, GearysZIsNegativeWhereNeighboursAreAlikeAndItsPOneSided) {
    const auto data = columbus();
    const auto weights = standardise(data.rook(), WeightStyle::W);
    const auto theirs = spatial::geary(data.crime, weights, esda(0));
    EXPECT_NEAR(*theirs.normal.z, -4.5376938201608, 1e-10);           // esda test_geary.py
    EXPECT_NEAR(*theirs.randomisation.z, -4.652156651668989, 1e-10);  // esda test_geary.py
    const auto own = spatial::geary(data.crime, weights, {0});
    EXPECT_EQ(*theirs.value, *own.value);
    EXPECT_DOUBLE_EQ(*theirs.normal.p, *own.normal.p / 2.0);
    EXPECT_DOUBLE_EQ(*theirs.randomisation.p, *own.randomisation.p / 2.0);
}

TEST(CompatEsda, GHasAOneSidedP) {
    const auto theirs = spatial::getis_ord_g(six_values, six_points(), esda(0));
    EXPECT_NEAR(*theirs.value, 0.557, 5e-4);            // esda getisord.py
    EXPECT_NEAR(*theirs.randomisation.p, 0.173, 5e-4);  // esda getisord.py
}

TEST(CompatEsda, ZOfLocalGIsTheSameAndItsPOneSided) {
    const auto theirs = spatial::local_g(six_values, six_points(), {esda(0)});
    const auto own = spatial::local_g(six_values, six_points(), {{0}});
    const std::array published{-1.0136729,  -0.04361589, 1.31558703,
                               -0.31412676, 1.15373986,  1.77833941};  // esda getisord.py
    for (std::size_t i = 0; i < published.size(); ++i) {
        EXPECT_NEAR(*theirs.regions[i].z, published[i], 5e-9);
        EXPECT_DOUBLE_EQ(*theirs.regions[i].p, *own.regions[i].p / 2.0);
    }
}

TEST(CompatEsda, APermutationPIsThatOfTheSmallerTail) {
    const auto data = columbus();
    const auto weights = standardise(data.queen(), WeightStyle::W);
    const std::vector<double> hoval(data.hoval.begin(), data.hoval.end());
    const auto own = spatial::moran(hoval, weights, {999, 1, 1});
    const auto theirs = spatial::moran(hoval, weights, esda(999));
    EXPECT_EQ(*theirs.value, *own.value);
    EXPECT_EQ(theirs.randomisation.p, own.randomisation.p);  // two-tailed in esda, too
    EXPECT_DOUBLE_EQ(*theirs.p_permutation, *own.p_permutation / 2.0);
    const auto local = spatial::local_moran(hoval, weights, {esda(999)});
    EXPECT_DOUBLE_EQ(*local.smallest_p, 0.001);
    for (const auto& region : local.regions)
        EXPECT_LE(*region.p, 0.501);
}

TEST(CompatEsda, JoinsAreTestedForMoreThanByChanceOnly) {
    const auto data = columbus();
    std::vector<std::string> colours;
    for (const double value : data.crime)
        colours.emplace_back(value > 35.0 ? "high" : "low");
    const auto joins = spatial::join_counts(colours, data.queen(), esda(999));
    // high:high is far above chance, high:low far below: no order has as many, nearly all have.
    EXPECT_DOUBLE_EQ(*joins[0].p_permutation, 0.001);
    EXPECT_GT(*joins[2].p_permutation, 0.99);
}

TEST(CompatEsda, LocalMoranIsMadeWithOneLess) {
    const auto data = columbus();
    const auto weights = standardise(data.queen(), WeightStyle::W);
    const auto own = spatial::local_moran(data.crime, weights, {{0}});
    const auto theirs = spatial::local_moran(data.crime, weights, {esda(0)});
    for (std::size_t i = 0; i < own.regions.size(); ++i) {
        EXPECT_DOUBLE_EQ(*theirs.regions[i].value, *own.regions[i].value * 48.0 / 49.0);
        EXPECT_EQ(theirs.regions[i].expected, own.regions[i].expected);
        EXPECT_EQ(theirs.regions[i].z, own.regions[i].z);
    }
}

TEST(CompatEsda, LocalGearyIsMadeWithTheDeviationOfAll) {
    const auto data = columbus();
    const auto weights = standardise(data.queen(), WeightStyle::W);
    const auto own = spatial::local_geary(data.crime, weights, {{99}});
    const auto theirs = spatial::local_geary(data.crime, weights, {esda(99)});
    for (std::size_t i = 0; i < own.regions.size(); ++i)
        EXPECT_NEAR(*theirs.regions[i].value, *own.regions[i].value * 49.0 / 48.0, 1e-12);
}

}  // namespace
}  // namespace tendik
