#include "tendik/spatial/global.h"

#include "checked_values.h"
#include "permutation.h"
#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace tendik::spatial {
namespace {

double sum_of(std::span<const double> values) {
    CompensatedSum sum;
    for (const double value : values)
        sum.add(value);
    return sum.value();
}

double sum_of_power(std::span<const double> values, int power) {
    CompensatedSum sum;
    for (const double value : values)
        sum.add(std::pow(value, power));
    return sum.value();
}

std::vector<double> centred(std::span<const double> values) {
    const double mean = sum_of(values) / static_cast<double>(values.size());
    std::vector<double> z(values.begin(), values.end());
    for (double& value : z)
        value -= mean;
    return z;
}

/// sum over links of w_ij a_i b_j, with values in the given order.
double cross_products(const SpatialWeights& weights, std::span<const double> a, std::span<const double> b) {
    CompensatedSum sum;
    for (std::size_t row = 0; row < weights.size(); ++row)
        for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i)
            sum.add(weights.weight[i] * a[row] * b[weights.to[i]]);
    return sum.value();
}

/// Every pair of linked regions once, the weights of both ways added up: what sums of w_ij f(x_i, x_j) with a
/// symmetric f need, in half the steps. A region linked to itself is such a pair, too.
struct Pairs {
    std::vector<std::size_t> begin;
    std::vector<std::uint32_t> to;
    std::vector<double> weight;
};

Pairs pairs_of(const SpatialWeights& weights) {
    std::vector<Link> links;
    for (std::uint32_t row = 0; row < weights.size(); ++row)
        for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i)
            links.push_back({std::min(row, weights.to[i]), std::max(row, weights.to[i]), weights.weight[i]});
    auto made = make_weights(weights.keys, std::move(links), {});
    return {std::move(made.begin), std::move(made.to), std::move(made.weight)};
}

/// sum over links of w_ij x_i x_j of four permutations in plain sums.
FourValues products(const Pairs& pairs, std::span<const FourValues> x) {
    FourValues sum{};
    for (std::size_t row = 0; row < x.size(); ++row) {
        FourValues lag{};
        for (auto i = pairs.begin[row]; i < pairs.begin[row + 1]; ++i)
            for (std::size_t k = 0; k < lag.size(); ++k)
                lag[k] += pairs.weight[i] * x[pairs.to[i]][k];
        for (std::size_t k = 0; k < sum.size(); ++k)
            sum[k] += lag[k] * x[row][k];
    }
    return sum;
}

/// sum over links of w_ij (x_i - x_j)^2, likewise.
FourValues squared_gaps(const Pairs& pairs, std::span<const FourValues> x) {
    FourValues sum{};
    for (std::size_t row = 0; row < x.size(); ++row)
        for (auto i = pairs.begin[row]; i < pairs.begin[row + 1]; ++i)
            for (std::size_t k = 0; k < sum.size(); ++k) {
                const double gap = x[row][k] - x[pairs.to[i]][k];
                sum[k] += pairs.weight[i] * gap * gap;
            }
    return sum;
}

SpatialWeights transposed(const SpatialWeights& weights) {
    std::vector<Link> links;
    for (std::uint32_t row = 0; row < weights.size(); ++row)
        for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i)
            links.push_back({weights.to[i], row, weights.weight[i]});
    return make_weights(weights.keys, std::move(links), {});
}

std::vector<double> reordered(std::span<const double> values, std::span<const std::uint32_t> order) {
    std::vector<double> result(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        result[i] = values[order[i]];
    return result;
}

struct Setting {
    double n = 0.0;
    WeightSums sums;
};

/// Fills what all statistics say of the map; nothing when the statistic is undefined, with the note why.
std::optional<Setting> begin(GlobalStatistic& result, std::span<const double> values,
                             const SpatialWeights& weights) {
    require_finite(values, weights);
    const auto alone = isolates(weights);
    for (const auto region : alone)
        result.isolates.push_back(weights.keys[region]);
    result.counted = weights.size() - alone.size();
    const auto sums = sums_of(weights);
    if (result.counted < 4)
        result.note = "fewer than four regions with neighbours";
    else if (!(sums.s0 > 0.0))
        result.note = "no links between regions";
    else if (std::ranges::all_of(values, [&](double value) { return value == values.front(); }))
        result.note = "all values are equal";
    if (!result.note.empty()) return std::nullopt;
    return Setting{static_cast<double>(result.counted), sums};
}

/// `statistic` of reordered values against the observed value.
template <typename Value, typename Statistic>
void permute(GlobalStatistic& result, const std::vector<Value>& values, const PermutationOptions& options,
             double scale, Statistic&& statistic) {
    if (options.permutations == 0) return;
    const auto extremes =
        count_permutations(values, options, Extremes{}, [&](const std::vector<Value>& moved) {
            Extremes one;
            one.add(statistic(moved), *result.value, scale);
            return one;
        });
    result.permutations = options.permutations;
    result.p_permutation = extremes.p(options);
}

/// `sum` over the pairs of reordered values times `factor` against the observed value.
template <typename Sum>
void permute_pairs(GlobalStatistic& result, const std::vector<double>& values, const SpatialWeights& weights,
                   const PermutationOptions& options, double factor, double scale, const Sum& sum) {
    if (options.permutations == 0) return;
    const auto pairs = pairs_of(weights);
    const auto extremes = extremes_of_permutations(values, options, *result.value, scale,
                                                   [&](std::span<const FourValues> moved) {
                                                       auto found = sum(pairs, moved);
                                                       for (double& value : found)
                                                           value *= factor;
                                                       return found;
                                                   });
    result.permutations = options.permutations;
    result.p_permutation = extremes.p(options);
}

double moran_variance_normal(const Setting& setting, double expected) {
    const auto& [n, sums] = setting;
    const double s0_squared = sums.s0 * sums.s0;
    return (n * n * sums.s1 - n * sums.s2 + 3.0 * s0_squared) / ((n * n - 1.0) * s0_squared) -
           expected * expected;
}

double moran_variance_random(const Setting& setting, double expected, double b2) {
    const auto& [n, sums] = setting;
    const double s0_squared = sums.s0 * sums.s0;
    const double first = n * ((n * n - 3.0 * n + 3.0) * sums.s1 - n * sums.s2 + 3.0 * s0_squared);
    const double second = b2 * ((n * n - n) * sums.s1 - 2.0 * n * sums.s2 + 6.0 * s0_squared);
    return (first - second) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0_squared) - expected * expected;
}

double geary_variance_random(const Setting& setting, double b2) {
    const auto& [n, sums] = setting;
    const double s0_squared = sums.s0 * sums.s0;
    const double a = (n - 1.0) * sums.s1 * (n * n - 3.0 * n + 3.0 - (n - 1.0) * b2);
    const double b = 0.25 * (n - 1.0) * sums.s2 * (n * n + 3.0 * n - 6.0 - (n * n - n + 2.0) * b2);
    const double c = s0_squared * (n * n - 3.0 - (n - 1.0) * (n - 1.0) * b2);
    return (a - b + c) / (n * (n - 2.0) * (n - 3.0) * s0_squared);
}

/// Which regions are part of a link, from either side.
std::vector<bool> linked_of(const SpatialWeights& weights) {
    std::vector<bool> linked(weights.size(), false);
    for (std::uint32_t row = 0; row < weights.size(); ++row)
        for (const auto other : weights.links_of(row))
            if (other != row) linked[row] = linked[other] = true;
    return linked;
}

double g_second_moment(const Setting& setting, std::span<const double> values) {
    const auto& [n, sums] = setting;
    const double s0_squared = sums.s0 * sums.s0;
    const double m1 = sum_of(values), m2 = sum_of_power(values, 2);
    const double m3 = sum_of_power(values, 3), m4 = sum_of_power(values, 4);
    const double b0 = (n * n - 3.0 * n + 3.0) * sums.s1 - n * sums.s2 + 3.0 * s0_squared;
    const double b1 = -((n * n - n) * sums.s1 - 2.0 * n * sums.s2 + 6.0 * s0_squared);
    const double b2 = -(2.0 * n * sums.s1 - (n + 3.0) * sums.s2 + 6.0 * s0_squared);
    const double b3 = 4.0 * (n - 1.0) * sums.s1 - 2.0 * (n + 1.0) * sums.s2 + 8.0 * s0_squared;
    const double b4 = sums.s1 - sums.s2 + s0_squared;
    const double top = b0 * m2 * m2 + b1 * m4 + b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1 * m1 * m1 * m1;
    const double bottom = (m1 * m1 - m2) * (m1 * m1 - m2) * n * (n - 1.0) * (n - 2.0) * (n - 3.0);
    return top / bottom;
}

/// On maps with few links beside many isolates the formula of a variance can fall to zero or below.
void tell_no_variance(GlobalStatistic& result) {
    for (const auto* inference : {&result.normal, &result.randomisation})
        if (inference->variance && !inference->z)
            result.note = "the formula of the variance gives none above zero";
}

}  // namespace

GlobalStatistic moran(std::span<const double> values, const SpatialWeights& weights,
                      const PermutationOptions& options) {
    GlobalStatistic result;
    result.name = "moran";
    const auto setting = begin(result, values, weights);
    if (!setting) return result;
    const auto z = centred(values);
    const double squares = sum_of_power(z, 2);
    const double factor = setting->n / (setting->sums.s0 * squares);
    const double expected = -1.0 / (setting->n - 1.0);
    // The kurtosis is that of all values, as their mean is.
    const double b2 = static_cast<double>(z.size()) * sum_of_power(z, 4) / (squares * squares);
    result.value = factor * cross_products(weights, z, z);
    result.expected = expected;
    result.normal = infer(*result.value, expected, moran_variance_normal(*setting, expected));
    result.randomisation = infer(*result.value, expected, moran_variance_random(*setting, expected, b2));
    tell_no_variance(result);
    // A test at 5 % finds a shift of z(0.975) + z(0.8) standard errors in 80 of 100 cases.
    if (*result.normal.variance > 0.0)
        result.detectable =
            expected + (normal_quantile(0.975) + normal_quantile(0.8)) * std::sqrt(*result.normal.variance);
    permute_pairs(result, z, weights, options, factor, 1.0, products);
    return result;
}

GlobalStatistic geary(std::span<const double> values, const SpatialWeights& weights,
                      const PermutationOptions& options) {
    GlobalStatistic result;
    result.name = "geary";
    const auto setting = begin(result, values, weights);
    if (!setting) return result;
    const auto z = centred(values);
    const double squares = sum_of_power(z, 2);
    const double factor = (setting->n - 1.0) / (2.0 * setting->sums.s0 * squares);
    const auto statistic = [&](std::span<const double> moved) {
        CompensatedSum sum;
        for (std::size_t row = 0; row < weights.size(); ++row)
            for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i) {
                const double gap = moved[row] - moved[weights.to[i]];
                sum.add(weights.weight[i] * gap * gap);
            }
        return factor * sum.value();
    };
    const auto& [n, sums] = *setting;
    const double b2 = n * sum_of_power(z, 4) / (squares * squares);
    const double normal = ((2.0 * sums.s1 + sums.s2) * (n - 1.0) - 4.0 * sums.s0 * sums.s0) /
                          (2.0 * (n + 1.0) * sums.s0 * sums.s0);
    result.value = statistic(z);
    result.expected = 1.0;
    // C falls below 1 where neighbours are alike: the sign of z is turned, as spdep does, and esda does not.
    const bool esda = options.convention == Convention::esda;
    const auto turned = [&](double variance) {
        return sided(esda ? infer(*result.value, 1.0, variance) : infer(1.0, *result.value, variance),
                     options.convention);
    };
    result.normal = turned(normal);
    result.randomisation = turned(geary_variance_random(*setting, b2));
    tell_no_variance(result);
    permute_pairs(result, z, weights, options, factor, 1.0, squared_gaps);
    return result;
}

GlobalStatistic getis_ord_g(std::span<const double> values, const SpatialWeights& weights,
                            const PermutationOptions& options) {
    if (weights.style != WeightStyle::B)
        throw UsageError(fmt::format("G wants weights of style B, these are {}", to_text(weights.style)),
                         "give --style B");
    GlobalStatistic result;
    result.name = "g";
    auto setting = begin(result, values, weights);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i] < 0.0)
            throw InputError(fmt::format("the value of region '{}' is {}; G is for values of 0 or more",
                                         weights.keys[i], values[i]),
                             "use moran");
    if (!setting) return result;
    // Isolates are in no product above the line and none below (adjust.x of spdep).
    if (const auto linked = linked_of(weights); std::ranges::find(linked, false) != linked.end()) {
        std::vector<double> rest;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (linked[i]) rest.push_back(values[i]);
        auto of_rest = getis_ord_g(rest, only(weights, linked), options);
        of_rest.isolates = std::move(result.isolates);
        return of_rest;
    }
    if (std::ranges::count_if(values, [](double value) { return value > 0.0; }) < 2) {
        result.note = "fewer than two values above zero";
        return result;
    }
    setting->n = static_cast<double>(values.size());
    const double total = sum_of(values);
    const double pairs = total * total - sum_of_power(values, 2);
    result.value = cross_products(weights, values, values) / pairs;
    const double expected = setting->sums.s0 / (setting->n * (setting->n - 1.0));
    result.expected = expected;
    result.randomisation =
        sided(infer(*result.value, expected, g_second_moment(*setting, values) - expected * expected),
              options.convention);
    tell_no_variance(result);
    permute_pairs(result, std::vector<double>(values.begin(), values.end()), weights, options, 1.0 / pairs,
                  *result.value, products);
    return result;
}

GlobalStatistic lee(std::span<const double> x, std::span<const double> y, const SpatialWeights& weights,
                    const PermutationOptions& options) {
    GlobalStatistic result;
    result.name = "lee";
    const auto setting = begin(result, x, weights);
    GlobalStatistic of_y;
    if (!setting || !begin(of_y, y, weights)) {
        result.note = setting ? of_y.note : result.note;
        return result;
    }
    const auto zx = centred(x), zy = centred(y);
    CompensatedSum squared_rows;
    const std::vector<double> ones(weights.size(), 1.0);
    for (const double row : lag(weights, ones))
        squared_rows.add(row * row);
    const double factor = static_cast<double>(weights.size()) /
                          (squared_rows.value() * std::sqrt(sum_of_power(zx, 2) * sum_of_power(zy, 2)));
    const auto statistic = [&](std::span<const double> a, std::span<const double> b) {
        const auto lag_a = lag(weights, a), lag_b = lag(weights, b);
        CompensatedSum sum;
        for (std::size_t i = 0; i < lag_a.size(); ++i)
            sum.add(lag_a[i] * lag_b[i]);
        return factor * sum.value();
    };
    result.value = statistic(zx, zy);
    std::vector<std::uint32_t> order(zx.size());
    std::iota(order.begin(), order.end(), 0U);
    permute(result, order, options, 1.0, [&](const std::vector<std::uint32_t>& moved) {
        return statistic(reordered(zx, moved), reordered(zy, moved));
    });
    return result;
}

GlobalStatistic bivariate_moran(std::span<const double> x, std::span<const double> y,
                                const SpatialWeights& weights, const PermutationOptions& options) {
    GlobalStatistic result;
    result.name = "bivariate-moran";
    const auto setting = begin(result, x, weights);
    GlobalStatistic of_y;
    if (!setting || !begin(of_y, y, weights)) {
        result.note = setting ? of_y.note : result.note;
        return result;
    }
    const auto zx = centred(x), zy = centred(y);
    const double factor =
        setting->n / (setting->sums.s0 * std::sqrt(sum_of_power(zx, 2) * sum_of_power(zy, 2)));
    result.value = factor * cross_products(weights, zx, zy);
    const auto lag_x = lag(transposed(weights), zx);
    permute(result, zy, options, 1.0, [&](const std::vector<double>& moved) {
        return factor * std::inner_product(lag_x.begin(), lag_x.end(), moved.begin(), 0.0);
    });
    return result;
}

GlobalStatistic eb_moran(std::span<const double> events, std::span<const double> populations,
                         const SpatialWeights& weights, const PermutationOptions& options) {
    require_finite(events, weights);
    require_finite(populations, weights);
    for (std::size_t i = 0; i < events.size(); ++i)
        if (events[i] < 0.0 || populations[i] <= 0.0)
            throw InputError(fmt::format("region '{}' has {} events and a population of {}", weights.keys[i],
                                         events[i], populations[i]),
                             "events are 0 or more, populations above 0");
    const double people = sum_of(populations);
    const double rate = sum_of(events) / people;
    CompensatedSum spread;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const double gap = events[i] / populations[i] - rate;
        spread.add(populations[i] * gap * gap);
    }
    const double between =
        spread.value() / people - rate / (people / static_cast<double>(populations.size()));
    std::vector<double> z(events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        const double chance = rate / populations[i];
        const double variance = between + chance > 0.0 ? between + chance : chance;
        // Without any event every rate is the mean.
        z[i] = variance > 0.0 ? (events[i] / populations[i] - rate) / std::sqrt(variance) : 0.0;
    }
    auto result = moran(z, weights, options);
    result.name = "eb-moran";
    return result;
}

}  // namespace tendik::spatial
