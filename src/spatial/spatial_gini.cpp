#include "tendik/spatial/spatial_gini.h"

#include "checked_values.h"
#include "permutation.h"
#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace tendik::spatial {
namespace {

void require_binary(const SpatialWeights& weights) {
    for (const double weight : weights.weight)
        if (weight != 1.0)
            throw UsageError(
                fmt::format("spatial-gini takes pairs that are neighbours or not, and a weight is {}",
                            weight),
                "use style B and neighbours such as queen, knn:4, band:150km or delaunay");
}

std::string undefined(std::span<const double> values, const SpatialWeights& weights) {
    if (values.size() < 4) return "fewer than four regions";
    if (weights.link_count() == 0) return "no links between regions";
    if (std::ranges::min(values) < 0.0) return "negative value";
    if (std::ranges::min(values) == std::ranges::max(values)) return "all values are equal";
    return {};
}

/// sum over links of |y_i - y_j|; both ways of a pair count.
double gaps_of_links(const SpatialWeights& weights, std::span<const double> y) {
    double sum = 0.0;
    for (std::size_t row = 0; row < y.size(); ++row)
        for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i)
            sum += std::abs(y[row] - y[weights.to[i]]);
    return sum;
}

/// What the gaps of all pairs add up to.
struct GapSums {
    double all = 0.0;      ///< sum over i, j of d_ij
    double squares = 0.0;  ///< of d_ij^2
    double rows = 0.0;     ///< sum over i of (sum over j of d_ij)^2
};

/// From the values in their order: d_i. is i y_(i) less the i values below, and the values above less as
/// often y_(i).
GapSums gap_sums(std::span<const double> values) {
    std::vector<double> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    const auto n = static_cast<double>(sorted.size());
    CompensatedSum total;
    for (const double value : sorted)
        total.add(value);
    const double mean = total.value() / n;
    CompensatedSum below, all, squares, rows;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const auto rank = static_cast<double>(i);
        const double above = total.value() - below.value() - sorted[i];
        const double row = rank * sorted[i] - below.value() + above - (n - 1.0 - rank) * sorted[i];
        all.add(row);
        rows.add(row * row);
        squares.add(2.0 * n * (sorted[i] - mean) * (sorted[i] - mean));
        below.add(sorted[i]);
    }
    return {all.value(), squares.value(), rows.value()};
}

/// Sums of weights without links of a region to itself, which have no gap.
WeightSums sums_between(const SpatialWeights& weights) {
    std::vector<Link> links;
    for (std::uint32_t row = 0; row < weights.size(); ++row)
        for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i)
            if (weights.to[i] != row) links.push_back({row, weights.to[i], weights.weight[i]});
    return sums_of(make_weights(weights.keys, std::move(links), {}));
}

/// Of sum w_ij d_ij over all orders of the regions in d. The square of the sum has terms that share both
/// regions of their pairs (s1), one (s2 - 2 s1) or none; each meets the mean product of gaps of its kind.
std::pair<double, double> moments(const WeightSums& w, const GapSums& d, double n) {
    const double mean = w.s0 * d.all / (n * (n - 1.0));
    const double both = w.s1 * d.squares / (n * (n - 1.0));
    const double one = (w.s2 - 2.0 * w.s1) * (d.rows - d.squares) / (n * (n - 1.0) * (n - 2.0));
    const double none = (w.s0 * w.s0 - w.s2 + w.s1) * (d.all * d.all - 4.0 * d.rows + 2.0 * d.squares) /
                        (n * (n - 1.0) * (n - 2.0) * (n - 3.0));
    return {mean, std::max(0.0, both + one + none - mean * mean)};
}

}  // namespace

SpatialGini spatial_gini(std::span<const double> values, const SpatialWeights& weights,
                         const PermutationOptions& options) {
    require_finite(values, weights);
    require_binary(weights);
    SpatialGini result;
    auto& global = result.global;
    global.name = "spatial-gini";
    global.counted = values.size();
    for (const auto region : isolates(weights))
        global.isolates.push_back(weights.keys[region]);
    global.note = undefined(values, weights);
    if (!global.note.empty()) return result;
    const auto n = static_cast<double>(values.size());
    const auto gaps = gap_sums(values);
    const auto sums = sums_between(weights);
    const double scale = 2.0 * n * std::accumulate(values.begin(), values.end(), 0.0);
    const double linked = gaps_of_links(weights, values);
    auto& parts = result.parts.emplace();
    parts.gini = gaps.all / scale;
    parts.neighbours = linked / scale;
    parts.others = (gaps.all - linked) / scale;
    parts.share = (gaps.all - linked) / gaps.all;
    const double other_pairs = n * (n - 1.0) - sums.s0;
    if (linked > 0.0 && other_pairs > 0.0)
        parts.polarisation = ((gaps.all - linked) / other_pairs) / (linked / sums.s0);
    const auto [mean, variance] = moments(sums, gaps, n);
    global.value = parts.others;
    global.expected = (gaps.all - mean) / scale;
    // With all regions linked every order is the same, but for rounding.
    const double spread = variance > 1e-24 * gaps.all * gaps.all ? variance / (scale * scale) : 0.0;
    global.randomisation = infer(parts.others, *global.expected, spread);
    if (options.permutations == 0) return result;
    const std::vector<double> start(values.begin(), values.end());
    const auto extremes =
        count_permutations(start, options, Extremes{}, [&](const std::vector<double>& moved) {
            Extremes one;
            one.add((gaps.all - gaps_of_links(weights, moved)) / scale, parts.others, parts.gini);
            return one;
        });
    global.permutations = options.permutations;
    global.p_permutation = extremes.p(options);
    return result;
}

}  // namespace tendik::spatial
