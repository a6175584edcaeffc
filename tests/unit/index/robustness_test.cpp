#include "tendik/index/robustness.h"

#include "kazakhstan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace tendik::index {
namespace {

using testing::ElementsAre;

IndexOptions above_zero() {
    IndexOptions options;
    options.scale.lowest = 1.0;
    return options;
}

/// Without a choice of any kind.
RobustnessOptions no_choice(std::size_t draws) {
    RobustnessOptions choices;
    choices.draws = draws;
    choices.leave_one_out = false;
    return choices;
}

IndexTree five_figures() { return flat_tree(kazakh_tree().indicators); }

double shift_between(const IndexResult& one, const IndexResult& nominal) {
    double sum = 0.0;
    for (std::size_t i = 0; i < one.ranks[0].size(); ++i)
        sum += std::abs(static_cast<double>(*one.ranks[0][i]) - static_cast<double>(*nominal.ranks[0][i]));
    return sum / static_cast<double>(one.ranks[0].size());
}

TEST(Robustness, WithoutAChoiceEveryRankStays) {
    const auto result = test_robustness(kazakh_tree(), above_zero(), no_choice(20));
    EXPECT_TRUE(result.choices.empty());
    EXPECT_EQ(result.mean_shift, 0.0);
    EXPECT_EQ(result.draws, 40U);
    for (const auto& region : result.regions) {
        EXPECT_EQ(region.low, region.nominal);
        EXPECT_EQ(region.high, region.nominal);
        EXPECT_EQ(region.counted, 40U);
    }
}

TEST(Robustness, OneChoiceAloneMakesAllOfTheVariance) {
    auto choices = no_choice(2000);
    choices.normalisations = {Normalisation::min_max, Normalisation::rank, Normalisation::percentile};
    const auto result = test_robustness(five_figures(), above_zero(), choices);
    ASSERT_EQ(result.choices.size(), 1U);
    EXPECT_EQ(result.choices[0].choice, "normalisation");
    // Var(E(f | x)) = Var(f) where f depends on x alone.
    EXPECT_NEAR(result.choices[0].first.value(), 1.0, 4.0 * result.choices[0].first_error.value());
    EXPECT_NEAR(result.choices[0].total.value(), 1.0, 4.0 * result.choices[0].total_error.value());
    EXPECT_LT(result.choices[0].total_error.value(), 0.05);
}

/// Every way there is, one after another: the slow, obvious way to the variances.
struct AllWays {
    std::map<std::pair<std::size_t, std::size_t>, double> shifts;  ///< by normalisation and aggregation
    std::size_t rows = 0;
    std::size_t columns = 0;

    double mean() const {
        double sum = 0.0;
        for (const auto& [way, shift] : shifts)
            sum += shift;
        return sum / static_cast<double>(shifts.size());
    }
    double variance() const {
        double sum = 0.0;
        for (const auto& [way, shift] : shifts)
            sum += (shift - mean()) * (shift - mean());
        return sum / static_cast<double>(shifts.size());
    }
    /// Variance of the means over the other choice, in shares.
    double first_of_rows() const {
        double sum = 0.0;
        for (std::size_t row = 0; row < rows; ++row) {
            double of_row = 0.0;
            for (std::size_t column = 0; column < columns; ++column)
                of_row += shifts.at({row, column}) / static_cast<double>(columns);
            sum += (of_row - mean()) * (of_row - mean()) / static_cast<double>(rows);
        }
        return sum / variance();
    }
    double first_of_columns() const {
        AllWays turned{{}, columns, rows};
        for (const auto& [way, shift] : shifts)
            turned.shifts[{way.second, way.first}] = shift;
        return turned.first_of_rows();
    }
};

TEST(Robustness, EffectsAreThoseOfAllWaysCounted) {
    const std::vector<Normalisation> normalisations{Normalisation::min_max, Normalisation::rank,
                                                    Normalisation::percentile};
    const std::vector<Aggregation> aggregations{Aggregation::arithmetic, Aggregation::geometric,
                                                Aggregation::harmonic};
    const auto tree = five_figures();
    const auto nominal = compose(tree, above_zero());
    AllWays all{{}, normalisations.size(), aggregations.size()};
    for (std::size_t i = 0; i < normalisations.size(); ++i)
        for (std::size_t k = 0; k < aggregations.size(); ++k) {
            auto options = above_zero();
            options.scale.normalisation = normalisations[i];
            options.aggregation = aggregations[k];
            all.shifts[{i, k}] = shift_between(compose(tree, options), nominal);
        }
    auto choices = no_choice(4000);
    choices.normalisations = normalisations;
    choices.aggregations = aggregations;
    const auto result = test_robustness(tree, above_zero(), choices);
    ASSERT_EQ(result.choices.size(), 2U);
    const auto& normalisation = result.choices[0];
    const auto& aggregation = result.choices[1];
    EXPECT_NEAR(result.mean_shift, all.mean(), 0.05);
    EXPECT_NEAR(*normalisation.first, all.first_of_rows(), 4.0 * *normalisation.first_error);
    EXPECT_NEAR(*aggregation.first, all.first_of_columns(), 4.0 * *aggregation.first_error);
    // Of two choices, total and the other's first order make the whole.
    EXPECT_NEAR(*normalisation.total, 1.0 - all.first_of_columns(), 4.0 * *normalisation.total_error);
    EXPECT_NEAR(*aggregation.total, 1.0 - all.first_of_rows(), 4.0 * *aggregation.total_error);
    EXPECT_LT(*normalisation.first_error, 0.04);
}

TEST(Robustness, IsTheSameAtAnyNumberOfThreadsAndOtherWithAnotherSeed) {
    RobustnessOptions choices;
    choices.draws = 200;
    choices.normalisations = {Normalisation::min_max, Normalisation::rank};
    choices.aggregations = {Aggregation::arithmetic, Aggregation::copeland};
    choices.weightings = {Weighting::given, Weighting::equal, Weighting::pca, Weighting::random};
    auto tree = kazakh_tree();
    tree.indicators[0].errors = column_of(std::vector<double>(17, 1.0));
    const auto shares = [&](std::size_t jobs, std::uint64_t seed) {
        choices.jobs = jobs;
        choices.seed = seed;
        std::vector<double> numbers;
        const auto result = test_robustness(tree, above_zero(), choices);
        for (const auto& choice : result.choices)
            numbers.insert(numbers.end(), {*choice.first, *choice.total});
        numbers.push_back(result.mean_shift);
        return numbers;
    };
    const auto alone = shares(1, 1);
    EXPECT_EQ(alone.size(), 11U);  // five choices
    EXPECT_EQ(shares(2, 1), alone);
    EXPECT_EQ(shares(5, 1), alone);
    EXPECT_NE(shares(1, 2), alone);
}

TEST(Robustness, SamplingErrorAloneMovesRanksAsOftenAsTheNormalLawSays) {
    // One indicator, two regions 1 apart, each with standard error 1: they change places with probability
    // Phi(-1 / sqrt 2) = 0.2398.
    auto tree = flat_tree({indicator_of("a", {1, 2})});
    tree.indicators[0].errors = column_of({1.0, 1.0});
    const auto result = test_robustness(tree, {}, no_choice(10'000));
    // Two regions shift by one each: the mean shift is the probability; its error is 0.003 with 20,000 draws.
    EXPECT_NEAR(result.mean_shift, 0.2398, 0.012);
    ASSERT_EQ(result.choices.size(), 1U);
    EXPECT_EQ(result.choices[0].choice, "sampling-error");
    EXPECT_EQ(result.regions[0].median, std::optional<std::size_t>(2));
    EXPECT_EQ(result.regions[0].low, std::optional<std::size_t>(1));
    EXPECT_EQ(result.regions[1].median, std::optional<std::size_t>(1));
    EXPECT_EQ(result.regions[1].high, std::optional<std::size_t>(2));  // in 24 of 100, which are more than 5
}

TEST(Robustness, DrawnValuesStayWithinTheBoundsOfTheIndicator) {
    // 0 with standard error 1, not below 0: half of a normal law, above the 0.5 of the other region with
    // probability 2 Phi(-0.5) = 0.6171; cut off afterwards it would be half of that.
    auto tree = flat_tree({indicator_of("a", {0, 0.5}, Direction::adverse)});
    tree.indicators[0].errors = column_of({1.0, 0.0});
    tree.indicators[0].lower_bound = 0.0;
    const auto result = test_robustness(tree, {}, no_choice(10'000));
    EXPECT_NEAR(result.mean_shift, 0.6171, 0.014);
    EXPECT_EQ(result.regions[0].nominal, std::optional<std::size_t>(1));
    EXPECT_EQ(result.regions[0].median, std::optional<std::size_t>(2));
}

TEST(Robustness, DrawnValuesStayBelowTheUpperBoundAsWell) {
    // The other way round: 1 with standard error 1, not above 1, falls below 0.5 with probability 0.6171.
    auto tree = flat_tree({indicator_of("a", {1, 0.5})});
    tree.indicators[0].errors = column_of({1.0, 0.0});
    tree.indicators[0].upper_bound = 1.0;
    const auto result = test_robustness(tree, {}, no_choice(10'000));
    EXPECT_NEAR(result.mean_shift, 0.6171, 0.014);
}

TEST(Robustness, SamplingErrorsThatAreNotAskedForOrNotKnownMoveNothing) {
    auto tree = flat_tree({indicator_of("a", {1, 2})});
    tree.indicators[0].errors = column_of({1.0, 1.0});
    auto choices = no_choice(200);
    choices.sampling_error = false;
    const auto without = test_robustness(tree, {}, choices);
    EXPECT_TRUE(without.choices.empty());
    EXPECT_EQ(without.mean_shift, 0.0);
    tree.indicators[0].errors = Column(2, Value::without(State::missing));
    const auto unknown = test_robustness(tree, {}, no_choice(200));
    EXPECT_EQ(unknown.regions[0].counted, 400U);
    EXPECT_EQ(unknown.mean_shift, 0.0);
}

TEST(Robustness, ATableOfChoicesHasOnlyThoseThatAreOpen) {
    auto tree = flat_tree({indicator_of("a", {1, 2}), indicator_of("b", {2, 1})});
    tree.nodes[1].weight = 3.0;
    auto choices = no_choice(50);
    choices.weightings = {Weighting::equal};
    // By hand: with equal weights both are first, with 3 to 1 the second region alone: one rank of two moves.
    EXPECT_EQ(test_robustness(tree, {}, choices).mean_shift, 0.5);
    EXPECT_TRUE(test_robustness(tree, {}, choices).choices.empty());
    choices.weightings = {Weighting::random};
    EXPECT_EQ(test_robustness(tree, {}, choices).choices.at(0).choice, "weights");
    choices.weightings = {Weighting::given, Weighting::given};
    const auto idle = test_robustness(tree, {}, choices);  // nothing varies, so nothing has a share in it
    EXPECT_FALSE(idle.choices.at(0).first || idle.choices.at(0).total);
    const auto alone = flat_tree({indicator_of("a", {1, 2})});
    choices = no_choice(50);
    choices.leave_one_out = true;  // of one indicator none can be left out
    EXPECT_TRUE(test_robustness(alone, {}, choices).choices.empty());
    EXPECT_EQ(test_robustness(alone, {}, choices).regions[0].counted, 100U);
    EXPECT_EQ(test_robustness(alone, {}, no_choice(0)).draws, 0U);
    EXPECT_EQ(test_robustness(alone, {}, no_choice(0)).mean_shift, 0.0);
}

TEST(Robustness, LeavingOneOutEndsWhereNothingIsLeft) {
    // Two indicators with two of three regions each: without one of them a region has no score.
    auto tree = flat_tree({indicator_of("a", {1, 2, 3}), indicator_of("b", {1, 2, 3})});
    tree.indicators[0].values[0] = Value::without(State::missing);
    IndexOptions options;
    options.least_share = 0.5;
    auto choices = no_choice(3000);
    choices.leave_one_out = true;
    const auto result = test_robustness(tree, options, choices);
    // Without b, one way of three, the first region has nothing: 6000 draws, error 0.006.
    EXPECT_NEAR(static_cast<double>(result.regions[0].counted) / 6000.0, 2.0 / 3.0, 0.024);
    EXPECT_EQ(result.regions[1].counted, 6000U);
}

}  // namespace
}  // namespace tendik::index
