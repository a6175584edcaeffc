#include "tendik/spatial/local.h"

#include "checked_values.h"
#include "conditional.h"
#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"

#include <fmt/format.h>

#include <functional>

namespace tendik {

std::string_view to_text(Cluster cluster) {
    switch (cluster) {
    case Cluster::not_significant:
        return "not-significant";
    case Cluster::high_high:
        return "high-high";
    case Cluster::low_low:
        return "low-low";
    case Cluster::high_low:
        return "high-low";
    case Cluster::low_high:
        return "low-high";
    case Cluster::hot:
        return "hot";
    case Cluster::cold:
        return "cold";
    case Cluster::alike:
        return "alike";
    case Cluster::unlike:
        return "unlike";
    case Cluster::join:
        return "join";
    case Cluster::uneven:
        return "uneven";
    case Cluster::even:
        return "even";
    case Cluster::isolate:
        return "isolate";
    case Cluster::not_computed:
        return "not-computed";
    }
    return "";
}

namespace spatial {
namespace {

double mean_of(std::span<const double> values) {
    CompensatedSum sum;
    for (const double value : values)
        sum.add(value);
    return sum.value() / static_cast<double>(values.size());
}

std::vector<double> centred(std::span<const double> values) {
    const double mean = mean_of(values);
    std::vector<double> z(values.begin(), values.end());
    for (double& value : z)
        value -= mean;
    return z;
}

double squares_of(std::span<const double> values) {
    CompensatedSum sum;
    for (const double value : values)
        sum.add(value * value);
    return sum.value();
}

/// Sum and sum of squares of the weights of a row, the region itself included where it is linked.
struct RowSums {
    double weight = 0.0;
    double squared = 0.0;
};

RowSums sums_of_row(const SpatialWeights& weights, std::size_t row) {
    CompensatedSum weight, squared;
    for (const double w : weights.weights_of(row)) {
        weight.add(w);
        squared.add(w * w);
    }
    return {weight.value(), squared.value()};
}

/// False when nothing is defined, with the note why; isolates are marked.
bool begin(LocalStatistic& result, std::span<const double> values, const SpatialWeights& weights) {
    require_finite(values, weights);
    result.regions.resize(values.size());
    for (const auto region : isolates(weights))
        result.regions[region].cluster = Cluster::isolate;
    if (values.size() < 4)
        result.note = "fewer than four regions";
    else if (std::ranges::all_of(values, [&](double value) { return value == values.front(); }))
        result.note = "all values are equal";
    return result.note.empty();
}

bool is_isolate(const LocalStatistic& result, std::size_t row) {
    return result.regions[row].cluster == Cluster::isolate;
}

/// Adjusts p for all regions together, then names the clusters of those that pass.
void finish(LocalStatistic& result, const LocalOptions& options,
            const std::function<Cluster(std::size_t)>& name_cluster) {
    std::vector<double> p;
    for (const auto& region : result.regions)
        if (region.p) p.push_back(*region.p);
    result.tests = p.size();
    const auto adjusted = adjust(p, options.correction);
    std::size_t next = 0;
    for (std::size_t row = 0; row < result.regions.size(); ++row) {
        auto& region = result.regions[row];
        if (!region.p) continue;
        region.p_adjusted = adjusted[next++];
        region.cluster =
            *region.p_adjusted <= options.significance ? name_cluster(row) : Cluster::not_significant;
    }
    if (!result.smallest_p || p.empty()) return;
    const std::vector<double> best(p.size(), 1.0);
    auto one = best;
    one.front() = std::min(1.0, *result.smallest_p);
    const double tails = options.permutation.convention == Convention::esda ? 1.0 : 2.0;
    if (adjust(one, options.correction).front() > options.significance)
        result.note = fmt::format(
            "with {} permutations a single region cannot pass the correction for {} tests; {} are needed",
            options.permutation.permutations, p.size(),
            std::ceil(tails * static_cast<double>(p.size()) / options.significance) - 1.0);
}

/// Where permutations are made their p stands, else the normal approximation's.
void set_analytic(LocalValue& region, double expected, double variance) {
    const auto inference = infer(*region.value, expected, variance);
    region.expected = expected;
    region.variance = variance;
    region.z = inference.z;
    region.p = inference.p;
}

}  // namespace

LocalStatistic local_moran(std::span<const double> values, const SpatialWeights& weights,
                           const LocalOptions& options) {
    LocalStatistic result;
    result.name = "local-moran";
    if (!begin(result, values, weights)) return result;
    const auto z = centred(values);
    const auto n = static_cast<double>(z.size());
    const double m2 = squares_of(z) / n;
    const auto lags = lag(weights, z);
    for (std::size_t row = 0; row < z.size(); ++row) {
        if (is_isolate(result, row)) continue;
        const auto [w, w2] = sums_of_row(weights, row);
        result.regions[row].value = z[row] / m2 * lags[row];
        const double ratio = z[row] / m2;
        set_analytic(
            result.regions[row], -z[row] * z[row] * w / ((n - 1.0) * m2),
            ratio * ratio * n / (n - 2.0) * (w2 - w * w / (n - 1.0)) * (m2 - z[row] * z[row] / (n - 1.0)));
    }
    if (options.permutation.convention == Convention::esda)
        for (auto& region : result.regions)
            if (region.value) *region.value *= (n - 1.0) / n;
    permute_rows(result, weights, options.permutation,
                 [&](std::uint32_t row, const OtherLinks& links, std::span<const std::uint32_t> regions) {
                     double sum = links.self_weight * z[row];
                     for (std::size_t i = 0; i < regions.size(); ++i)
                         sum += links.weight[i] * z[regions[i]];
                     return z[row] / m2 * sum;
                 });
    finish(result, options, [&](std::size_t row) {
        // A value at the mean counts as low, as in esda.
        if (z[row] > 0.0) return lags[row] > 0.0 ? Cluster::high_high : Cluster::high_low;
        return lags[row] > 0.0 ? Cluster::low_high : Cluster::low_low;
    });
    return result;
}

LocalStatistic local_geary(std::span<const double> values, const SpatialWeights& weights,
                           const LocalOptions& options) {
    LocalStatistic result;
    result.name = "local-geary";
    if (!begin(result, values, weights)) return result;
    auto z = centred(values);
    const double less = options.permutation.convention == Convention::esda ? 0.0 : 1.0;
    const double deviation = std::sqrt(squares_of(z) / (static_cast<double>(z.size()) - less));
    for (double& value : z)
        value /= deviation;
    const auto statistic = [&](std::uint32_t row, const OtherLinks& links,
                               std::span<const std::uint32_t> regions) {
        double sum = 0.0;
        for (std::size_t i = 0; i < regions.size(); ++i) {
            const double gap = z[row] - z[regions[i]];
            sum += links.weight[i] * gap * gap;
        }
        return sum;
    };
    std::vector<double> chance(z.size(), 0.0);
    for (std::uint32_t row = 0; row < z.size(); ++row) {
        if (is_isolate(result, row)) continue;
        const auto links = other_links(weights, row);
        result.regions[row].value = statistic(row, links, links.to);
        // Mean over all draws of the others: sum_j w_ij times the mean squared gap to the others.
        CompensatedSum gaps;
        for (const double other : z)
            gaps.add((z[row] - other) * (z[row] - other));
        const auto w = sums_of_row(weights, row).weight - links.self_weight;
        chance[row] = w * gaps.value() / (static_cast<double>(z.size()) - 1.0);
        result.regions[row].expected = chance[row];
    }
    permute_rows(result, weights, options.permutation, statistic);
    finish(result, options, [&](std::size_t row) {
        return *result.regions[row].value < chance[row] ? Cluster::alike : Cluster::unlike;
    });
    return result;
}

LocalStatistic local_g(std::span<const double> values, const SpatialWeights& weights,
                       const LocalOptions& options) {
    LocalStatistic result;
    const bool star = weights.size() > 0 && other_links(weights, 0).self_weight > 0.0;
    result.name = star ? "gistar" : "gi";
    if (!begin(result, values, weights)) return result;
    const auto n = static_cast<double>(values.size());
    const double mean = mean_of(values);
    const double squares = squares_of(centred(values));
    const auto lags = lag(weights, values);
    for (std::uint32_t row = 0; row < values.size(); ++row) {
        if (is_isolate(result, row)) continue;
        const auto [w, w2] = sums_of_row(weights, row);
        // Without the region itself mean and variance are those of the others.
        const double others = star ? n : n - 1.0;
        const double own = values[row] - mean;
        const double centre = star ? mean : mean - own / (n - 1.0);
        const double variance = (squares - (star ? 0.0 : own * own * n / (n - 1.0))) / others;
        const double spread = variance * (others * w2 - w * w) / (others - 1.0);
        if (!(spread > 0.0)) continue;
        auto& region = result.regions[row];
        region.value = (lags[row] - w * centre) / std::sqrt(spread);
        region.z = region.value;
        region.p = sided(two_sided_normal(*region.value), options.permutation.convention);
    }
    permute_rows(result, weights, options.permutation,
                 [&](std::uint32_t row, const OtherLinks& links, std::span<const std::uint32_t> regions) {
                     double sum = links.self_weight * values[row];
                     for (std::size_t i = 0; i < regions.size(); ++i)
                         sum += links.weight[i] * values[regions[i]];
                     return sum;
                 });
    finish(result, options,
           [&](std::size_t row) { return *result.regions[row].value > 0.0 ? Cluster::hot : Cluster::cold; });
    return result;
}

LocalStatistic local_join_count(std::span<const double> values, const SpatialWeights& weights,
                                const LocalOptions& options) {
    LocalStatistic result;
    result.name = "local-join-count";
    if (!begin(result, values, weights)) return result;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i] != 0.0 && values[i] != 1.0)
            throw InputError(fmt::format("the value of region '{}' is {}; joins are counted of 0 and 1",
                                         weights.keys[i], values[i]),
                             "code the regions that share the property as 1, the others as 0");
    const auto statistic = [&](std::uint32_t, const OtherLinks& links,
                               std::span<const std::uint32_t> regions) {
        double sum = 0.0;
        for (std::size_t i = 0; i < regions.size(); ++i)
            sum += links.weight[i] * values[regions[i]];
        return sum;
    };
    auto counts = result;
    for (std::uint32_t row = 0; row < values.size(); ++row) {
        if (is_isolate(result, row)) continue;
        const auto links = other_links(weights, row);
        counts.regions[row].value = values[row] * statistic(row, links, links.to);
        if (values[row] == 1.0) result.regions[row].value = counts.regions[row].value;
    }
    permute_rows(result, weights, options.permutation, statistic);
    for (std::size_t row = 0; row < values.size(); ++row)
        result.regions[row].value = counts.regions[row].value;
    const double share = mean_of(values);
    finish(result, options, [&](std::size_t row) {
        const double expected = share * sums_of_row(weights, row).weight;
        return *result.regions[row].value > expected ? Cluster::join : Cluster::unlike;
    });
    return result;
}

LocalStatistic losh(std::span<const double> values, const SpatialWeights& weights,
                    const LocalOptions& options) {
    LocalStatistic result;
    result.name = "losh";
    if (!begin(result, values, weights)) return result;
    const auto lags = lag(weights, values);
    std::vector<double> squared(values.size(), 0.0);
    for (std::size_t row = 0; row < values.size(); ++row) {
        const auto w = sums_of_row(weights, row).weight;
        const double residual = w > 0.0 ? values[row] - lags[row] / w : 0.0;
        squared[row] = residual * residual;
    }
    const double h1 = mean_of(squared);
    if (!(h1 > 0.0)) {
        result.note = "every value equals the mean of its neighbours";
        return result;
    }
    const auto statistic = [&](std::uint32_t row, const OtherLinks& links,
                               std::span<const std::uint32_t> regions) {
        double sum = links.self_weight * squared[row], w = links.self_weight;
        for (std::size_t i = 0; i < regions.size(); ++i) {
            sum += links.weight[i] * squared[regions[i]];
            w += links.weight[i];
        }
        return sum / (h1 * w);
    };
    for (std::uint32_t row = 0; row < values.size(); ++row) {
        if (is_isolate(result, row)) continue;
        const auto links = other_links(weights, row);
        result.regions[row].value = statistic(row, links, links.to);
        result.regions[row].expected = 1.0;
    }
    permute_rows(result, weights, options.permutation, statistic);
    finish(result, options, [&](std::size_t row) {
        return *result.regions[row].value > 1.0 ? Cluster::uneven : Cluster::even;
    });
    return result;
}

}  // namespace spatial
}  // namespace tendik
