// What becomes of the ranks when the choices behind an index are others.
#include "tendik/index/robustness.h"

#include "passes.h"
#include "tendik/base/parallel.h"
#include "tendik/base/random.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace tendik::index {
namespace {

enum class Choice : std::uint8_t { normalisation, aggregation, weights, left_out, sampling_error };
constexpr std::array<const char*, 5> choice_names{"normalisation", "aggregation", "weights", "left-out",
                                                  "sampling-error"};
/// From which of the two samples each choice is taken.
using Samples = std::array<std::uint32_t, choice_names.size()>;

std::size_t number_of(Choice choice) { return static_cast<std::size_t>(choice); }

using Ranks = std::vector<std::optional<std::size_t>>;

/// A value of normal error that stays within its bounds.
double drawn_value(double value, double error, const IndexIndicator& indicator, RandomStream& draws) {
    constexpr double nearest_to_end = 1e-15;
    const double from = normal_probability((indicator.lower_bound - value) / error);
    const double to = normal_probability((indicator.upper_bound - value) / error);
    const double place = from + draws.next_uniform() * (to - from);
    const double drawn =
        value + error * normal_quantile(std::clamp(place, nearest_to_end, 1.0 - nearest_to_end));
    return std::clamp(drawn, indicator.lower_bound, indicator.upper_bound);
}

class Experiment {
public:
    Experiment(const IndexTree& tree, const IndexOptions& options, RobustnessOptions choices)
        : m_tree(tree),
          m_options(options),
          m_choices(std::move(choices)) {
        auto& drawn = m_choices;
        if (drawn.normalisations.empty()) drawn.normalisations = {options.scale.normalisation};
        if (drawn.aggregations.empty()) drawn.aggregations = {options.aggregation};
        if (drawn.weightings.empty()) drawn.weightings = {options.weighting};
        auto aggregations = aggregations_of(tree, options);
        aggregations.insert(aggregations.end(), drawn.aggregations.begin(), drawn.aggregations.end());
        refuse_contradictions(aggregations, drawn.normalisations, options);
        for (const auto& indicator : tree.indicators)
            m_values.push_back(numbers_of(indicator.values));
        for (const auto normalisation : drawn.normalisations) {
            auto& fixed = m_fixed.emplace_back();
            for (std::size_t i = 0; i < m_values.size(); ++i)
                fixed.push_back(normalised(i, m_values[i], normalisation));
        }
    }

    /// Choices with more than one way.
    std::vector<Choice> open_choices() const {
        std::vector<Choice> open;
        if (m_choices.normalisations.size() > 1) open.push_back(Choice::normalisation);
        if (m_choices.aggregations.size() > 1) open.push_back(Choice::aggregation);
        const auto& weightings = m_choices.weightings;
        if (weightings.size() > 1 || weightings.front() == Weighting::random) open.push_back(Choice::weights);
        if (m_choices.leave_one_out && m_tree.indicators.size() > 1) open.push_back(Choice::left_out);
        if (draws_errors()) open.push_back(Choice::sampling_error);
        return open;
    }

    Ranks ranks(std::uint32_t draw, const Samples& samples) const {
        const auto stream = [&](Choice choice) {
            const auto number = static_cast<std::uint32_t>(number_of(choice));
            return RandomStream(m_choices.seed, 2 * number + samples[number_of(choice)], draw);
        };
        Way way;
        way.aggregation = one_of(m_choices.aggregations, stream(Choice::aggregation));
        weigh(way, stream(Choice::weights));
        if (m_choices.leave_one_out && m_tree.indicators.size() > 1) {
            const auto count = static_cast<std::uint32_t>(m_tree.indicators.size());
            const auto left_out = stream(Choice::left_out).next_below(count + 1);
            if (left_out < count) way.left_out = left_out;
        }
        const auto scores = drawn_scores(stream(Choice::normalisation), stream(Choice::sampling_error));
        return ranks_of(aggregate_tree(m_tree, m_options, way, scores).scores.front());
    }

private:
    template <class Item>
    static Item one_of(const std::vector<Item>& items, RandomStream draws) {
        return items[draws.next_below(static_cast<std::uint32_t>(items.size()))];
    }

    bool draws_errors() const {
        return m_choices.sampling_error &&
               std::ranges::any_of(m_tree.indicators, [](const auto& one) { return !one.errors.empty(); });
    }

    void weigh(Way& way, RandomStream draws) const {
        const auto weighting =
            m_choices.weightings[draws.next_below(static_cast<std::uint32_t>(m_choices.weightings.size()))];
        way.principal = weighting == Weighting::pca;
        for (const auto& node : m_tree.nodes) {
            double weight = weighting == Weighting::equal ? 1.0 : node.weight;
            if (weighting == Weighting::random)
                weight *= 1.0 + m_choices.weight_spread * (2.0 * draws.next_uniform() - 1.0);
            way.node_weights.push_back(weight);
        }
    }

    Numbers normalised(std::size_t indicator, Numbers values, Normalisation normalisation) const {
        treat(values, m_options.treatment);
        auto scale = m_options.scale;
        scale.normalisation = normalisation;
        return normalise(values, m_tree.indicators[indicator], scale).scores;
    }

    /// Only values with a standard error are drawn anew.
    std::vector<Numbers> drawn_scores(RandomStream choice, RandomStream draws) const {
        const auto number = choice.next_below(static_cast<std::uint32_t>(m_fixed.size()));
        auto scores = m_fixed[number];
        for (std::size_t i = 0; i < scores.size() && m_choices.sampling_error; ++i) {
            const auto& indicator = m_tree.indicators[i];
            if (indicator.errors.empty()) continue;
            auto values = m_values[i];
            for (std::size_t region = 0; region < values.size(); ++region) {
                const auto& error = indicator.errors[region];
                if (known(values[region]) && error.present() && error.number > 0.0)
                    values[region] = drawn_value(values[region], error.number, indicator, draws);
            }
            scores[i] = normalised(i, std::move(values), m_choices.normalisations[number]);
        }
        return scores;
    }

    const IndexTree& m_tree;
    IndexOptions m_options;
    RobustnessOptions m_choices;
    std::vector<Numbers> m_values;
    std::vector<std::vector<Numbers>> m_fixed;  ///< scores without sampling error, by normalisation
};

/// Mean distance of the ranks from those of the index, over the regions that have both.
double shift_of(const Ranks& ranks, const Ranks& nominal) {
    CompensatedSum sum;
    std::size_t count = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        if (!ranks[i] || !nominal[i]) continue;
        sum.add(std::abs(static_cast<double>(*ranks[i]) - static_cast<double>(*nominal[i])));
        ++count;
    }
    return count == 0 ? 0.0 : sum.value() / static_cast<double>(count);
}

/// The smallest rank that at least this share of the sorted ranks does not exceed.
std::size_t rank_at(const std::vector<std::size_t>& sorted, double share) {
    const auto place = std::ceil(share * static_cast<double>(sorted.size()));
    return sorted[static_cast<std::size_t>(std::max(place, 1.0)) - 1];
}

std::vector<RankInterval> intervals(const std::vector<Ranks>& draws, const Ranks& nominal) {
    std::vector<RankInterval> regions;
    for (std::size_t i = 0; i < nominal.size(); ++i) {
        std::vector<std::size_t> ranks;
        for (const auto& draw : draws)
            if (draw[i]) ranks.push_back(*draw[i]);
        std::ranges::sort(ranks);
        RankInterval interval{nominal[i], {}, {}, {}, ranks.size()};
        if (!ranks.empty()) {
            interval.low = rank_at(ranks, 0.05);
            interval.median = rank_at(ranks, 0.50);
            interval.high = rank_at(ranks, 0.95);
        }
        regions.push_back(interval);
    }
    return regions;
}

/// Mean of the terms over the variance, and its Monte Carlo standard error.
void estimate(const std::vector<double>& terms, double variance, std::optional<double>& value,
              std::optional<double>& error) {
    if (!(variance > 0.0)) return;
    value = mean_of(terms) / variance;
    error = sample_deviation(terms) / std::sqrt(static_cast<double>(terms.size())) / variance;
}

/// Of shifts by both samples, and by the first with one choice of the second.
ChoiceEffect effect_of(Choice choice, const std::vector<double>& first, const std::vector<double>& second,
                       const std::vector<double>& mixed) {
    auto both = first;
    both.insert(both.end(), second.begin(), second.end());
    const double mean = mean_of(both);
    const double deviation = sample_deviation(both);
    std::vector<double> by_itself;
    std::vector<double> with_all;
    for (std::size_t i = 0; i < first.size(); ++i) {
        // The mean taken off leaves the expectation and lessens the noise.
        by_itself.push_back((second[i] - mean) * (mixed[i] - first[i]));
        with_all.push_back(0.5 * (first[i] - mixed[i]) * (first[i] - mixed[i]));
    }
    ChoiceEffect effect{choice_names[number_of(choice)], {}, {}, {}, {}};
    estimate(by_itself, deviation * deviation, effect.first, effect.first_error);
    estimate(with_all, deviation * deviation, effect.total, effect.total_error);
    return effect;
}

}  // namespace

Robustness test_robustness(const IndexTree& tree, const IndexOptions& options,
                           const RobustnessOptions& choices) {
    assert(!tree.nodes.empty());
    const Experiment experiment(tree, options, choices);
    const auto open = experiment.open_choices();
    const auto nominal = compose(tree, options).ranks.front();
    Robustness result;
    std::vector<Samples> sampled{Samples{0, 0, 0, 0, 0}, Samples{1, 1, 1, 1, 1}};
    for (const auto choice : open) {
        auto mixed = sampled.front();
        mixed[number_of(choice)] = 1;
        sampled.push_back(mixed);
    }
    std::vector<Ranks> ranks(2 * choices.draws);
    std::vector<std::vector<double>> shifts(sampled.size(), std::vector<double>(choices.draws));
    parallel_for(choices.draws, choices.jobs, [&](std::size_t draw) {
        for (std::size_t i = 0; i < sampled.size(); ++i) {
            auto drawn = experiment.ranks(static_cast<std::uint32_t>(draw), sampled[i]);
            shifts[i][draw] = shift_of(drawn, nominal);
            if (i < 2) ranks[2 * draw + i] = std::move(drawn);
        }
    });
    result.draws = ranks.size();
    result.regions = intervals(ranks, nominal);
    if (choices.draws == 0) return result;
    result.mean_shift = (mean_of(shifts[0]) + mean_of(shifts[1])) / 2.0;
    for (std::size_t i = 0; i < open.size(); ++i)
        result.choices.push_back(effect_of(open[i], shifts[0], shifts[1], shifts[i + 2]));
    return result;
}

}  // namespace tendik::index
