#include "tendik/index/normalise.h"

#include "kazakhstan.h"
#include "support/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tendik::index {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

NormaliseOptions unit_scale(Normalisation normalisation) { return {normalisation, 0.0, 1.0, true}; }

std::vector<double> scores_of(const std::vector<double>& values, const IndexIndicator& indicator,
                              const NormaliseOptions& options) {
    const auto normalised = normalise(values, indicator, options);
    EXPECT_EQ(normalised.undefined, "");
    return normalised.scores;
}

TEST(Normalise, DistanceToTargetAsCoinrDoes) {
    // COINr, test-normalise.R: 0 5 11 with target 10, and -1 1 10 with target 0, reversed.
    IndexIndicator indicator;
    indicator.direction = Direction::favourable;
    indicator.target = 10.0;
    auto options = unit_scale(Normalisation::target);
    EXPECT_THAT(scores_of({0, 5, 11}, indicator, options), ElementsAre(0.0, 0.5, 1.0));
    options.cap_at_target = false;
    EXPECT_THAT(scores_of({0, 5, 11}, indicator, options), ElementsAre(0.0, 0.5, DoubleEq(1.1)));
    indicator.direction = Direction::adverse;
    indicator.target = 0.0;
    EXPECT_THAT(scores_of({-1, 1, 10}, indicator, options), ElementsAre(DoubleEq(1.1), DoubleEq(0.9), 0.0));
}

TEST(Normalise, ATargetThatAllHaveReachedTellsNothing) {
    IndexIndicator indicator;
    indicator.direction = Direction::favourable;
    indicator.target = 1.0;
    const auto normalised = normalise({2, 3}, indicator, unit_scale(Normalisation::target));
    EXPECT_EQ(normalised.undefined, "every region has reached the target");
    EXPECT_TRUE(std::isnan(normalised.scores[0]));
}

TEST(Normalise, ATargetThatTheWorstHasJustReachedTellsNothingEither) {
    auto indicator = indicator_of("x", {});
    const auto undefined = [&](Direction direction, double target) {
        indicator.direction = direction;
        indicator.target = target;
        return normalise({2, 3}, indicator, unit_scale(Normalisation::target)).undefined;
    };
    EXPECT_EQ(undefined(Direction::favourable, 2.0), "every region has reached the target");
    EXPECT_EQ(undefined(Direction::adverse, 3.0), "every region has reached the target");
    EXPECT_EQ(undefined(Direction::adverse, 4.0), "every region has reached the target");
    EXPECT_EQ(undefined(Direction::adverse, 2.5), "");
}

TEST(Normalise, PercentilesCountThoseWithAValueFromTheGoodEnd) {
    auto indicator = indicator_of("x", {}, Direction::adverse);
    const auto scores = scores_of({2, nan, 4, 10}, indicator, unit_scale(Normalisation::percentile));
    EXPECT_EQ(scores[0], 1.0);  // by hand: ranks 3, 2, 1 of three
    EXPECT_EQ(scores[2], 0.5);
    EXPECT_EQ(scores[3], 0.0);
}

TEST(Normalise, GoalpostsAsCoinrDoes) {
    // COINr, test-normalise.R: goalposts 0 and 10 of 1, 11, -1, and reversed.
    IndexIndicator indicator;
    indicator.direction = Direction::favourable;
    indicator.goalposts = {0.0, 10.0};
    const auto options = unit_scale(Normalisation::goalposts);
    EXPECT_THAT(scores_of({1, 11, -1}, indicator, options), ElementsAre(DoubleEq(0.1), 1.0, 0.0));
    indicator.direction = Direction::adverse;
    EXPECT_THAT(scores_of({1, 11, -1}, indicator, options), ElementsAre(DoubleEq(0.9), 0.0, 1.0));
    EXPECT_THAT(scores_of({5, 5}, indicator, options), ElementsAre(0.5, 0.5));  // fixed ends: defined
}

TEST(Normalise, DirectionComesFirst) {
    auto indicator = indicator_of("x", {});
    const std::vector<double> values{2.0, nan, 4.0, 10.0, 4.0};
    // Hand arithmetic.
    auto options = NormaliseOptions{Normalisation::min_max, 0.0, 100.0, true};
    EXPECT_THAT(scores_of({2, 4, 10}, indicator, options), ElementsAre(0.0, 25.0, 100.0));
    options.normalisation = Normalisation::rank;  // ties the lowest, as R's rank(ties.method = "min")
    auto ranks = scores_of(values, indicator, options);
    EXPECT_TRUE(std::isnan(ranks[1]));
    ranks[1] = 0.0;
    EXPECT_THAT(ranks, ElementsAre(1.0, 0.0, 2.0, 4.0, 2.0));
    options.normalisation = Normalisation::percentile;
    EXPECT_THAT(scores_of({2, 4, 10}, indicator, options), ElementsAre(0.0, 50.0, 100.0));
    options.normalisation = Normalisation::z;
    EXPECT_THAT(scores_of({1, 2, 3}, indicator, options), ElementsAre(-1.0, 0.0, 1.0));
    indicator.direction = Direction::adverse;
    EXPECT_THAT(scores_of({1, 2, 3}, indicator, options), ElementsAre(1.0, 0.0, -1.0));
    options.normalisation = Normalisation::rank;
    EXPECT_THAT(scores_of({2, 4, 10}, indicator, options), ElementsAre(3.0, 2.0, 1.0));
    options.normalisation = Normalisation::min_max;
    EXPECT_THAT(scores_of({2, 4, 10}, indicator, options), ElementsAre(100.0, 75.0, 0.0));
}

TEST(Normalise, WhatIsEqualEverywhereIsUndefinedAndNotZero) {
    for (const auto normalisation :
         {Normalisation::min_max, Normalisation::z, Normalisation::rank, Normalisation::percentile}) {
        const auto normalised = normalise({7, 7, nan, 7}, indicator_of("x", {}), unit_scale(normalisation));
        EXPECT_EQ(normalised.undefined, "all 3 values are equal");
        for (const double score : normalised.scores)
            EXPECT_TRUE(std::isnan(score)) << to_text(normalisation);
    }
    EXPECT_EQ(normalise({nan}, indicator_of("x", {}), {}).undefined, "no region has a value");
}

TEST(Normalise, WhatIsNotStatedIsRefused) {
    const auto refused = [](Normalisation normalisation) {
        return test::message_of([&] {
            (void)normalise({1, 2}, indicator_of("water", {}), unit_scale(normalisation));
        });
    };
    EXPECT_THAT(refused(Normalisation::goalposts), HasSubstr("indicator 'water' has no goalposts"));
    EXPECT_THAT(refused(Normalisation::target), HasSubstr("indicator 'water' has no target"));
}

TEST(Normalise, TheBestRankIsOneAndEqualOnesShareIt) {
    const auto ranks = ranks_of({3.0, 5.0, nan, 5.0, 1.0});
    EXPECT_THAT(ranks, ElementsAre(std::optional<std::size_t>(3), std::optional<std::size_t>(1), std::nullopt,
                                   std::optional<std::size_t>(1), std::optional<std::size_t>(4)));
    // 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1: one score, and was two ranks.
    const auto sums = ranks_of({0.3 + 0.2 + 0.1, 0.1 + 0.2 + 0.3, 0.5, 0.6 - 1e-9});
    EXPECT_THAT(sums, ElementsAre(std::optional<std::size_t>(1), std::optional<std::size_t>(1),
                                  std::optional<std::size_t>(4), std::optional<std::size_t>(3)));
}

TEST(Tree, WordsAreReadAsTheyAreWritten) {
    for (const auto* word : {"min-max", "goalposts", "z", "rank", "percentile", "target"})
        EXPECT_EQ(to_text(normalisation_from_text(word).value()), word);
    for (const auto* word : {"arithmetic", "geometric", "harmonic", "generalised", "copeland"})
        EXPECT_EQ(to_text(aggregation_from_text(word).value()), word);
    for (const auto* word : {"given", "equal", "pca", "random"})
        EXPECT_EQ(to_text(weighting_from_text(word).value()), word);
    EXPECT_FALSE(weighting_from_text("none"));
}

}  // namespace
}  // namespace tendik::index
