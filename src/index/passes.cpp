// One way through the tree, from the leaves to the root.
#include "passes.h"

#include "tendik/base/linear_algebra.h"
#include "tendik/index/aggregate.h"

#include <algorithm>

namespace tendik::index {
namespace {

/// Which nodes take part: a leaf that is left out does not, nor a node without a child that does.
std::vector<bool> nodes_in_use(const IndexTree& tree, const Way& way) {
    std::vector<bool> used(tree.nodes.size(), false);
    for (std::size_t i = tree.nodes.size(); i-- > 0;) {
        const auto& node = tree.nodes[i];
        used[i] = node.indicator
                      ? node.indicator != way.left_out
                      : std::ranges::any_of(node.children, [&](auto child) { return used[child]; });
    }
    return used;
}

std::vector<std::size_t> used_children(const IndexNode& node, const std::vector<bool>& used) {
    std::vector<std::size_t> children;
    for (const auto child : node.children)
        if (used[child]) children.push_back(child);
    return children;
}

/// Shares of the children in use; they add up to 1.
void weigh_children(const std::vector<std::size_t>& children, std::size_t parent, const Way& way,
                    NodeScores& found) {
    std::vector<double> weights;
    for (const auto child : children)
        weights.push_back(way.node_weights[child]);
    if (way.principal && children.size() > 1) {
        std::vector<const Numbers*> columns;
        for (const auto child : children)
            columns.push_back(&found.scores[child]);
        const auto principal = principal_weights(columns);
        if (principal.weights.empty())
            found.unweighable.push_back(parent);
        else
            weights = principal.weights;
        for (std::size_t i = 0; i < principal.opposed.size(); ++i)
            if (principal.opposed[i]) found.opposed.push_back(children[i]);
    }
    CompensatedSum sum;
    for (const double weight : weights)
        sum.add(weight);
    for (std::size_t i = 0; i < children.size(); ++i)
        found.weights[children[i]] = weights[i] / sum.value();
}

Numbers duels(const IndexNode& node, const std::vector<std::size_t>& children, const NodeScores& found,
              const IndexOptions& options, std::size_t region_count) {
    std::vector<Numbers> columns;
    std::vector<double> weights;
    for (const auto child : children) {
        columns.push_back(found.scores[child]);
        weights.push_back(found.weights[child]);
    }
    // A region of which too little is known fights no duel.
    for (std::size_t region = 0; region < region_count; ++region)
        if (present_children(node, found, region, options.least_share).nodes.empty())
            for (auto& column : columns)
                column[region] = no_number;
    auto scores = copeland_scores(columns, weights);
    for (double& score : scores)
        score = options.scale.lowest + score * (options.scale.highest - options.scale.lowest);
    return scores;
}

Numbers means(const IndexNode& node, Aggregation aggregation, const NodeScores& found,
              const IndexOptions& options, std::size_t region_count) {
    Numbers scores(region_count, no_number);
    for (std::size_t region = 0; region < region_count; ++region) {
        const auto present = present_children(node, found, region, options.least_share);
        if (!present.nodes.empty())
            scores[region] = mean_of_children(present.values, present.weights, aggregation, options.power);
    }
    return scores;
}

}  // namespace

NodeScores aggregate_tree(const IndexTree& tree, const IndexOptions& options, const Way& way,
                          const std::vector<Numbers>& normalised) {
    const std::size_t region_count = tree.indicators.empty() ? 0 : tree.indicators.front().values.size();
    const auto used = nodes_in_use(tree, way);
    NodeScores found;
    found.scores.assign(tree.nodes.size(), Numbers(region_count, no_number));
    found.weights.assign(tree.nodes.size(), 0.0);
    if (!tree.nodes.empty()) found.weights.front() = 1.0;
    for (std::size_t i = tree.nodes.size(); i-- > 0;) {
        const auto& node = tree.nodes[i];
        if (!used[i]) continue;
        if (node.indicator) {
            found.scores[i] = normalised[*node.indicator];
            continue;
        }
        const auto children = used_children(node, used);
        weigh_children(children, i, way, found);
        const auto aggregation = aggregation_at(node, way.aggregation);
        found.scores[i] = aggregation == Aggregation::copeland
                              ? duels(node, children, found, options, region_count)
                              : means(node, aggregation, found, options, region_count);
    }
    return found;
}

Present present_children(const IndexNode& node, const NodeScores& found, std::size_t region,
                         double least_share) {
    constexpr double rounding = 1e-12;
    Present present;
    CompensatedSum share;
    for (const auto child : node.children) {
        const double score = found.scores[child][region];
        if (!known(score)) continue;
        present.nodes.push_back(child);
        present.values.push_back(score);
        present.weights.push_back(found.weights[child]);
        share.add(found.weights[child]);
    }
    if (present.nodes.empty() || share.value() < least_share - rounding) return {};
    // Nothing is missing: the weights stay as they are, to the last bit.
    if (std::abs(share.value() - 1.0) < rounding) return present;
    for (double& weight : present.weights)
        weight /= share.value();
    return present;
}

PrincipalWeights principal_weights(const std::vector<const Numbers*>& columns) {
    const std::size_t count = columns.size();
    std::vector<Numbers> complete(count);
    for (std::size_t region = 0; region < columns.front()->size(); ++region) {
        if (std::ranges::any_of(columns, [&](const auto* column) { return !known((*column)[region]); }))
            continue;
        for (std::size_t i = 0; i < count; ++i)
            complete[i].push_back((*columns[i])[region]);
    }
    std::vector<double> matrix(count * count, 1.0);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t k = 0; k < i; ++k) {
            const auto correlation = correlation_of(complete[i], complete[k]);
            if (!correlation.value) return {};
            matrix[i * count + k] = matrix[k * count + i] = *correlation.value;
        }
    const auto loadings = symmetric_eigen(matrix, count).vectors.back();
    double sum = 0.0;
    for (const double loading : loadings)
        sum += loading;
    PrincipalWeights result;
    for (const double loading : loadings) {
        result.weights.push_back(loading * loading);
        result.opposed.push_back(loading * sum < 0.0);
    }
    return result;
}

Correlation correlation_of(const Numbers& first, const Numbers& second) {
    constexpr std::size_t fewest = 3;
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (!known(first[i]) || !known(second[i])) continue;
        x.push_back(first[i]);
        y.push_back(second[i]);
    }
    Correlation correlation{std::nullopt, x.size()};
    if (x.size() < fewest) return correlation;
    const double spread = sample_deviation(x) * sample_deviation(y) * static_cast<double>(x.size() - 1);
    if (!(spread > 0.0)) return correlation;
    const double mean_x = mean_of(x);
    const double mean_y = mean_of(y);
    CompensatedSum products;
    for (std::size_t i = 0; i < x.size(); ++i)
        products.add((x[i] - mean_x) * (y[i] - mean_y));
    correlation.value = std::clamp(products.value() / spread, -1.0, 1.0);
    return correlation;
}

}  // namespace tendik::index
