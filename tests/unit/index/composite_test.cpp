#include "tendik/index/composite.h"

#include "kazakhstan.h"
#include "support/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace tendik::index {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

IndexOptions above_zero() {
    IndexOptions options;
    options.scale.lowest = 1.0;
    return options;
}

void expect_all_near(const Column& column, const std::vector<double>& expected, double tolerance) {
    ASSERT_EQ(column.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(column[i].number, expected[i], tolerance) << i;
}

TEST(Composite, StepByStepAsInR) {
    // R 4.2.2, composite.R: official figures, outliers treated, min-max on 1 .. 100, three kinds of mean.
    const auto columns = oracle_columns();
    const auto result = compose(kazakh_tree(), above_zero());
    expect_all_near(result.scores[1], columns.at("health"), 1e-11);
    expect_all_near(result.scores[4], columns.at("living"), 1e-11);
    expect_all_near(result.scores[0], columns.at("index"), 1e-11);
    for (std::size_t i = 0; i < 17; ++i)
        EXPECT_EQ(static_cast<double>(result.ranks[0][i].value()), columns.at("rank")[i]) << i;
    EXPECT_NEAR(result.correlations[0][1].value.value(), 0.547629061990483, 1e-12);
    EXPECT_EQ(result.correlations[0][1].counted, 17U);
    EXPECT_NEAR(result.with_index[3].value.value(), 0.312049232913043, 1e-12);
    EXPECT_THAT(result.weights, ElementsAre(1.0, 2.0 / 3, 0.5, 0.5, 1.0 / 3, 0.25, 0.25, 0.5));
}

TEST(Composite, PrincipalComponentWeightsAsPrcompHasThem) {
    const auto tree = flat_tree(kazakh_tree().indicators);
    auto options = above_zero();
    options.scale.normalisation = Normalisation::z;
    options.weighting = Weighting::pca;
    const auto result = compose(tree, options);
    // R 4.2.2, composite.R: squared loadings of prcomp(z, scale. = TRUE)
    const std::vector<double> expected{0.138278423791241306, 0.000489111393538801, 0.336751393687542533,
                                       0.280802308297582348, 0.243678762830095014};
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(result.weights[i + 1], expected[i], 1e-12);
    expect_all_near(result.scores[0], oracle_columns().at("pca"), 1e-12);
    EXPECT_TRUE(result.unweighable.empty());
}

TEST(Composite, WithoutAPrincipalComponentWeightsStayAsGivenAndThatIsSaid) {
    auto tree = flat_tree({indicator_of("a", {1, 2, 3}), indicator_of("b", {5, 5, 5})});
    tree.nodes[1].weight = 3.0;
    IndexOptions options;
    options.weighting = Weighting::pca;
    options.least_share = 0.5;
    const auto result = compose(tree, options);
    EXPECT_THAT(result.unweighable, ElementsAre(0U));
    EXPECT_EQ(result.weights[1], 0.75);
    EXPECT_EQ(result.undefined[1], "all 3 values are equal");
}

TEST(Composite, WhatPointsAgainstItsSiblingsIsNamed) {
    const auto tree = flat_tree(
        {indicator_of("a", {1, 2, 3, 4}), indicator_of("b", {2, 4, 6, 9}), indicator_of("c", {4, 3, 2, 0})});
    IndexOptions options;
    options.weighting = Weighting::pca;
    EXPECT_THAT(compose(tree, options).opposed, ElementsAre(3U));
}

TEST(Composite, PartsAddUpToTheScoreAlongTheTree) {
    auto options = above_zero();
    for (const auto aggregation :
         {Aggregation::arithmetic, Aggregation::geometric, Aggregation::harmonic, Aggregation::generalised}) {
        options.aggregation = aggregation;
        const auto tree = kazakh_tree();  // harmonic above, the tree's own and geometric below
        const auto result = compose(tree, options);
        for (std::size_t region = 0; region < 17; ++region) {
            double leaves = 0.0;
            for (std::size_t i = 0; i < tree.nodes.size(); ++i)
                if (tree.nodes[i].indicator) leaves += result.parts[i][region].number;
            EXPECT_NEAR(leaves, result.scores[0][region].number, 1e-11) << to_text(aggregation);
            EXPECT_NEAR(result.parts[1][region].number + result.parts[4][region].number,
                        result.scores[0][region].number, 1e-11);
        }
    }
}

TEST(Composite, PartsOfTheArithmeticMeanAreWeightTimesScore) {
    // Hand arithmetic: scores 0, 50, 100 and 100, 0, 50; weights 3 and 1.
    auto tree = flat_tree({indicator_of("a", {1, 2, 3}), indicator_of("b", {3, 1, 2})});
    tree.nodes[1].weight = 3.0;
    const auto result = compose(tree, {});
    expect_all_near(result.parts[1], {0.0, 37.5, 75.0}, 0.0);
    expect_all_near(result.parts[2], {25.0, 0.0, 12.5}, 0.0);
    expect_all_near(result.scores[0], {25.0, 37.5, 87.5}, 0.0);
}

TEST(Composite, BelowACopelandNodeNothingIsDivided) {
    auto tree = kazakh_tree();
    tree.nodes[4].aggregation = Aggregation::copeland;
    const auto result = compose(tree, above_zero());
    EXPECT_EQ(result.parts[5][0].state, State::not_applicable);
    EXPECT_TRUE(result.parts[4][0].present());
    EXPECT_NEAR(result.parts[4][0].number + result.parts[2][0].number + result.parts[3][0].number,
                result.scores[0][0].number, 1e-11);
}

TEST(Composite, AMissingValueIsNeverZeroAndTheOthersWeighMore) {
    // GeoSight takes a missing value for 0 and drops its weight from nothing (CompositeIndexLayer): here the
    // score is the mean of what is known. By hand: region 1 has 50 of a alone, region 2 has 100 and 100.
    auto tree = flat_tree({indicator_of("a", {1, 2, 3}), indicator_of("b", {1, 2, 3})});
    tree.indicators[1].values[1] = Value::without(State::suppressed);
    IndexOptions options;
    options.least_share = 0.5;
    const auto result = compose(tree, options);
    expect_all_near(result.scores[0], {0.0, 50.0, 100.0}, 0.0);
    EXPECT_THAT(result.reweighted[1], ElementsAre(2U));
    EXPECT_TRUE(result.reweighted[0].empty());
    EXPECT_EQ(result.parts[1][1].number, 50.0);
    EXPECT_FALSE(result.parts[2][1].present());
}

TEST(Composite, BelowTheDeclaredShareThereIsNoScore) {
    auto tree = flat_tree({indicator_of("a", {1, 2, 3}), indicator_of("b", {1, 2, 3})});
    tree.indicators[1].values[1] = Value::without(State::missing);
    const auto result = compose(tree, {});  // 0.66 of the weight is wanted
    EXPECT_EQ(result.scores[0][1].state, State::missing);
    EXPECT_FALSE(result.ranks[0][1]);
    EXPECT_EQ(result.ranks[0][0], std::optional<std::size_t>(2));
    EXPECT_TRUE(result.reweighted[1].empty());
}

TEST(Composite, AnInheritedValueDoesNotCount) {
    auto tree = flat_tree({indicator_of("a", {1, 2, 3, 4}), indicator_of("b", {1, 2, 3, 4})});
    tree.indicators[0].values[3] = Value::inherit(100.0);
    IndexOptions options;
    options.least_share = 0.5;
    const auto result = compose(tree, options);
    // By hand: the scale of a ends at 3.
    EXPECT_EQ(result.normalised[0][2].number, 100.0);
    EXPECT_FALSE(result.normalised[0][3].present());
    EXPECT_EQ(result.scores[0][3].number, 100.0);
    EXPECT_THAT(result.reweighted[3], ElementsAre(1U));
}

TEST(Composite, CopelandRanksByDuels) {
    // By hand: two of three columns put the first region first.
    auto tree =
        flat_tree({indicator_of("a", {9, 2, 1}), indicator_of("b", {9, 8, 1}), indicator_of("c", {1, 2, 3})});
    IndexOptions options;
    options.aggregation = Aggregation::copeland;
    expect_all_near(compose(tree, options).scores[0], {100.0, 50.0, 0.0}, 0.0);
}

TEST(Composite, EqualWeightsDoNotAskTheTree) {
    auto tree = flat_tree({indicator_of("a", {1, 2, 3}), indicator_of("b", {3, 1, 2})});
    tree.nodes[1].weight = 3.0;
    IndexOptions options;
    options.weighting = Weighting::equal;
    EXPECT_EQ(compose(tree, options).weights[1], 0.5);
}

TEST(Composite, WhatLiesTwoStepsBelowACopelandNodeHasNoPartEither) {
    auto tree = kazakh_tree();
    tree.nodes[0].aggregation = Aggregation::copeland;
    const auto result = compose(tree, above_zero());
    for (std::size_t i = 1; i < tree.nodes.size(); ++i)
        EXPECT_EQ(result.parts[i][0].state, State::not_applicable) << i;
}

TEST(Composite, CorrelationsAreOfRegionsThatHaveBothAndOfThreeAtLeast) {
    auto tree = flat_tree(
        {indicator_of("a", {1, 2, 3, 9}), indicator_of("b", {1, 2, 3, 4}), indicator_of("c", {5, 6, 1, 1})});
    tree.indicators[1].values[3] = Value::without(State::missing);
    tree.indicators[2].values[0] = Value::without(State::missing);
    IndexOptions options;
    options.least_share = 0.3;
    options.treatment.on = false;
    const auto result = compose(tree, options);
    EXPECT_EQ(result.correlations[0][1].counted, 3U);
    EXPECT_NEAR(*result.correlations[0][1].value, 1.0, 1e-15);  // 1 2 3 both
    EXPECT_EQ(result.correlations[1][2].counted, 2U);
    EXPECT_FALSE(result.correlations[1][2].value);
}

TEST(Composite, AScaleBelowZeroIsRefusedByEveryPowerAndOneFromZeroByNone) {
    const auto refused = [](double lowest, Normalisation normalisation, double power,
                            std::optional<Aggregation> below = {}) {
        return test::message_of([&] {
            IndexOptions options;
            options.aggregation = Aggregation::generalised;
            options.power = power;
            options.scale.normalisation = normalisation;
            options.scale.lowest = lowest;
            auto tree = flat_tree({indicator_of("a", {1, 2, 3})});
            tree.nodes[0].aggregation = below;
            (void)compose(tree, options);
        });
    };
    EXPECT_EQ(refused(0.0, Normalisation::min_max, 2.0), "");
    EXPECT_THAT(refused(-1.0, Normalisation::min_max, 2.0), HasSubstr("needs scores of zero or more"));
    EXPECT_EQ(refused(-1.0, Normalisation::rank, 2.0), "");  // ranks begin at 1
    EXPECT_THAT(refused(0.0, Normalisation::z, 2.0), HasSubstr("leave one of the two out"));
    EXPECT_THAT(refused(0.0, Normalisation::min_max, 0.5), HasSubstr("needs scores above zero"));
    EXPECT_THAT(refused(0.0, Normalisation::min_max, 2.0, Aggregation::geometric),
                HasSubstr("aggregation 'geometric'"));
    // Duels are written on the scale, so that ranks do not help where a node has them.
    EXPECT_THAT(refused(-1.0, Normalisation::rank, 2.0, Aggregation::copeland),
                HasSubstr("needs scores of zero or more"));
}

TEST(Composite, ChoicesThatDoNotGoTogetherAreRefused) {
    const auto refused = [](Aggregation aggregation, Normalisation normalisation, double lowest) {
        return test::message_of([&] {
            IndexOptions options;
            options.aggregation = aggregation;
            options.scale.normalisation = normalisation;
            options.scale.lowest = lowest;
            (void)compose(flat_tree({indicator_of("a", {1, 2, 3})}), options);
        });
    };
    EXPECT_THAT(refused(Aggregation::geometric, Normalisation::min_max, 0.0),
                HasSubstr("aggregation 'geometric' needs scores above zero, and normalisation 'min-max'"));
    EXPECT_THAT(refused(Aggregation::geometric, Normalisation::min_max, 0.0), HasSubstr("scale = [1, 100]"));
    EXPECT_THAT(refused(Aggregation::harmonic, Normalisation::z, 1.0), HasSubstr("leave one of the two out"));
    EXPECT_THAT(refused(Aggregation::generalised, Normalisation::min_max, 0.0), HasSubstr("above zero"));
    EXPECT_EQ(refused(Aggregation::geometric, Normalisation::rank, 0.0), "");
    EXPECT_EQ(refused(Aggregation::geometric, Normalisation::min_max, 1.0), "");
    EXPECT_EQ(refused(Aggregation::copeland, Normalisation::z, 0.0), "");
}

}  // namespace
}  // namespace tendik::index
