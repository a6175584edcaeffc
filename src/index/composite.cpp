// The index, step by step.
#include "tendik/index/composite.h"

#include "passes.h"
#include "tendik/base/error.h"
#include "tendik/index/aggregate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace tendik::index {
namespace {

Column column_of(const Numbers& numbers) {
    Column column;
    for (const double number : numbers)
        column.push_back(known(number) ? Value::of(number) : Value::without(State::missing));
    return column;
}

std::vector<Numbers> treat_and_normalise(const IndexTree& tree, const IndexOptions& options,
                                         IndexResult& result) {
    std::vector<Numbers> normalised;
    for (const auto& indicator : tree.indicators) {
        auto numbers = numbers_of(indicator.values);
        result.treatments.push_back(treat(numbers, options.treatment));
        auto scored = normalise(numbers, indicator, options.scale);
        result.normalised.push_back(column_of(scored.scores));
        result.undefined.push_back(std::move(scored.undefined));
        normalised.push_back(std::move(scored.scores));
    }
    return normalised;
}

/// Parts of one region, from the root down: how the index grows with a node, times the node.
void divide(const IndexTree& tree, const IndexOptions& options, const NodeScores& found, std::size_t region,
            IndexResult& result) {
    std::vector<double> growth(tree.nodes.size(), no_number);
    growth.front() = 1.0;
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        const auto& node = tree.nodes[i];
        const double score = found.scores[i][region];
        if (known(growth[i]) && known(score)) result.parts[i][region] = Value::of(growth[i] * score);
        if (node.indicator || !known(growth[i]) || !known(score)) continue;
        const auto aggregation = aggregation_at(node, options.aggregation);
        if (aggregation == Aggregation::copeland) continue;
        const auto present = present_children(node, found, region, options.least_share);
        const auto gradient = mean_gradient(present.values, present.weights, aggregation, options.power);
        for (std::size_t k = 0; k < present.nodes.size(); ++k)
            growth[present.nodes[k]] = growth[i] * gradient[k];
    }
}

/// What lies below a Copeland node has no part of its own.
void mark_undivided(const IndexTree& tree, const IndexOptions& options, IndexResult& result) {
    std::vector<bool> undivided(tree.nodes.size(), false);
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        const auto& node = tree.nodes[i];
        const bool below = undivided[i] || (!node.indicator && aggregation_at(node, options.aggregation) ==
                                                                   Aggregation::copeland);
        for (const auto child : node.children)
            undivided[child] = below;
        if (undivided[i])
            result.parts[i].assign(result.parts[i].size(), Value::without(State::not_applicable));
    }
}

/// Nodes without a score in a region whose parent has one.
std::vector<std::size_t> reweighted_in(const IndexTree& tree, const NodeScores& found, std::size_t region) {
    std::vector<std::size_t> nodes;
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        if (!known(found.scores[i][region])) continue;
        for (const auto child : tree.nodes[i].children)
            if (!known(found.scores[child][region])) nodes.push_back(child);
    }
    std::ranges::sort(nodes);
    return nodes;
}

void correlate(const std::vector<Numbers>& normalised, const Numbers& index, IndexResult& result) {
    for (const auto& first : normalised) {
        result.with_index.push_back(correlation_of(first, index));
        auto& row = result.correlations.emplace_back();
        for (const auto& second : normalised)
            row.push_back(correlation_of(first, second));
    }
}

bool may_be_zero_or_less(Normalisation normalisation, const IndexOptions& options) {
    if (normalisation == Normalisation::z) return true;
    return normalisation != Normalisation::rank && !(options.scale.lowest > 0.0);
}
bool may_be_negative(Normalisation normalisation, const IndexOptions& options) {
    if (normalisation == Normalisation::z) return true;
    return normalisation != Normalisation::rank && options.scale.lowest < 0.0;
}

}  // namespace

std::vector<Aggregation> aggregations_of(const IndexTree& tree, const IndexOptions& options) {
    std::vector<Aggregation> all{options.aggregation};
    for (const auto& node : tree.nodes)
        if (node.aggregation && std::ranges::find(all, *node.aggregation) == all.end())
            all.push_back(*node.aggregation);
    return all;
}

void refuse_contradictions(const std::vector<Aggregation>& aggregations,
                           const std::vector<Normalisation>& normalisations, const IndexOptions& options) {
    const bool any_copeland = std::ranges::find(aggregations, Aggregation::copeland) != aggregations.end();
    for (const auto aggregation : aggregations) {
        const bool power_mean = aggregation == Aggregation::generalised;
        const bool wants_positive = aggregation == Aggregation::geometric ||
                                    aggregation == Aggregation::harmonic ||
                                    (power_mean && options.power < 1.0);
        if (!wants_positive && !power_mean) continue;
        for (const auto normalisation : normalisations) {
            // Duels won are written on the scale, whatever the normalisation.
            const bool on_scale = any_copeland && normalisation == Normalisation::rank;
            const auto worst = on_scale ? Normalisation::min_max : normalisation;
            if (wants_positive ? !may_be_zero_or_less(worst, options) : !may_be_negative(worst, options))
                continue;
            throw InputError(
                fmt::format("aggregation '{}' needs scores {}, and normalisation '{}' gives others",
                            to_text(aggregation), wants_positive ? "above zero" : "of zero or more",
                            to_text(normalisation)),
                normalisation == Normalisation::z ? "leave one of the two out"
                                                  : "let the scale begin above zero: scale = [1, 100]");
        }
    }
}

IndexResult compose(const IndexTree& tree, const IndexOptions& options) {
    assert(!tree.nodes.empty() && options.weighting != Weighting::random);
    refuse_contradictions(aggregations_of(tree, options), {options.scale.normalisation}, options);
    IndexResult result;
    const auto normalised = treat_and_normalise(tree, options, result);
    Way way{options.aggregation, options.weighting == Weighting::pca, {}, std::nullopt};
    for (const auto& node : tree.nodes)
        way.node_weights.push_back(options.weighting == Weighting::equal ? 1.0 : node.weight);
    auto found = aggregate_tree(tree, options, way, normalised);
    const auto region_count = found.scores.front().size();
    for (const auto& scores : found.scores) {
        result.scores.push_back(column_of(scores));
        result.ranks.push_back(ranks_of(scores));
        result.parts.emplace_back(region_count, Value::without(State::missing));
    }
    for (std::size_t region = 0; region < region_count; ++region) {
        divide(tree, options, found, region, result);
        result.reweighted.push_back(reweighted_in(tree, found, region));
    }
    mark_undivided(tree, options, result);
    correlate(normalised, found.scores.front(), result);
    result.weights = std::move(found.weights);
    result.unweighable = std::move(found.unweighable);
    result.opposed = std::move(found.opposed);
    return result;
}

}  // namespace tendik::index
