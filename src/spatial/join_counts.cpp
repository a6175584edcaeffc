// Joins between regions of the same and of different colours; moments when colours are shuffled (non-free
// sampling), Cliff & Ord 1981, chapter 2.
#include "permutation.h"
#include "tendik/base/error.h"
#include "tendik/spatial/global.h"

#include <fmt/format.h>

#include <set>

namespace tendik::spatial {
namespace {

/// n (n - 1) ... of `factors` factors.
double falling(double n, int factors) {
    double product = 1.0;
    for (int i = 0; i < factors; ++i)
        product *= n - i;
    return product;
}

struct Moments {
    double expected = 0.0;
    double variance = 0.0;
};

Moments same_colour(const WeightSums& sums, double n, double regions) {
    const double pairs = falling(regions, 2) / falling(n, 2);
    const double variance = sums.s1 * pairs +
                            (sums.s2 - 2.0 * sums.s1) * falling(regions, 3) / falling(n, 3) +
                            (sums.s0 * sums.s0 + sums.s1 - sums.s2) * falling(regions, 4) / falling(n, 4) -
                            sums.s0 * sums.s0 * pairs * pairs;
    return {0.5 * sums.s0 * pairs, 0.25 * variance};
}

Moments two_colours(const WeightSums& sums, double n, double first, double second) {
    const double pairs = first * second / falling(n, 2);
    const double variance =
        2.0 * sums.s1 * pairs +
        (sums.s2 - 2.0 * sums.s1) * first * second * (first + second - 2.0) / falling(n, 3) +
        4.0 * (sums.s0 * sums.s0 + sums.s1 - sums.s2) * falling(first, 2) * falling(second, 2) /
            falling(n, 4) -
        4.0 * sums.s0 * sums.s0 * pairs * pairs;
    return {sums.s0 * pairs, 0.25 * variance};
}

/// Joins by pair of colours as one table, the smaller colour first.
class Table {
public:
    Table(std::size_t colours, const SpatialWeights& weights) : m_colours(colours), m_weights(weights) {}

    std::vector<double> count(std::span<const std::uint32_t> colour_of) const {
        std::vector<double> joins(m_colours * m_colours, 0.0);
        for (std::size_t row = 0; row < m_weights.size(); ++row) {
            for (auto i = m_weights.begin[row]; i < m_weights.begin[row + 1]; ++i) {
                const auto [low, high] = std::minmax(colour_of[row], colour_of[m_weights.to[i]]);
                joins[low * m_colours + high] += 0.5 * m_weights.weight[i];
            }
        }
        return joins;
    }

private:
    std::size_t m_colours;
    const SpatialWeights& m_weights;
};

struct AllExtremes {
    std::vector<Extremes> pairs;
    AllExtremes& operator+=(const AllExtremes& other) {
        for (std::size_t i = 0; i < pairs.size(); ++i)
            pairs[i] += other.pairs[i];
        return *this;
    }
};

AllExtremes permuted(const Table& table, const std::vector<std::uint32_t>& colour_of,
                     const std::vector<double>& observed, const PermutationOptions& options) {
    AllExtremes none{std::vector<Extremes>(observed.size())};
    return count_permutations(colour_of, options, none, [&](const std::vector<std::uint32_t>& moved) {
        const auto joins = table.count(moved);
        auto one = none;
        for (std::size_t i = 0; i < joins.size(); ++i)
            one.pairs[i].add(joins[i], observed[i], 1.0);
        return one;
    });
}

/// esda asks of joins only whether there are more than by chance.
double p_of(const Extremes& extremes, const PermutationOptions& options) {
    if (options.convention == Convention::own) return extremes.p(options);
    return (static_cast<double>(extremes.high) + 1.0) / (static_cast<double>(options.permutations) + 1.0);
}

}  // namespace

std::vector<JoinCount> join_counts(std::span<const std::string> colours, const SpatialWeights& weights,
                                   const PermutationOptions& options) {
    if (colours.size() != weights.size())
        throw InputError(fmt::format("{} colours for weights of {} regions", colours.size(), weights.size()));
    if (weights.style != WeightStyle::B)
        throw UsageError(
            fmt::format("joins are counted with weights of style B, these are {}", to_text(weights.style)),
            "give --style B");
    const std::set<std::string> distinct(colours.begin(), colours.end());
    const std::vector<std::string> names(distinct.begin(), distinct.end());
    std::vector<std::uint32_t> colour_of;
    std::vector<double> regions(names.size(), 0.0);
    for (const auto& colour : colours) {
        colour_of.push_back(
            static_cast<std::uint32_t>(std::ranges::lower_bound(names, colour) - names.begin()));
        regions[colour_of.back()] += 1.0;
    }
    const Table table(names.size(), weights);
    const auto observed = table.count(colour_of);
    const auto extremes = permuted(table, colour_of, observed, options);
    const auto sums = sums_of(weights);
    const auto n = static_cast<double>(weights.size() - isolates(weights).size());
    std::vector<JoinCount> rows;
    const auto add = [&](std::size_t first, std::size_t second) {
        const auto cell = first * names.size() + second;
        const auto moments = first == second ? same_colour(sums, n, regions[first])
                                             : two_colours(sums, n, regions[first], regions[second]);
        const auto inference = infer(observed[cell], moments.expected, moments.variance);
        JoinCount row{names[first],     names[second], observed[cell], moments.expected,
                      moments.variance, inference.z,   inference.p,    std::nullopt};
        if (options.permutations > 0) row.p_permutation = p_of(extremes.pairs[cell], options);
        rows.push_back(std::move(row));
    };
    for (std::size_t i = 0; i < names.size(); ++i)
        add(i, i);
    for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t j = i + 1; j < names.size(); ++j)
            add(i, j);
    return rows;
}

}  // namespace tendik::spatial
