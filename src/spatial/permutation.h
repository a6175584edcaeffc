#pragma once

#include "tendik/base/parallel.h"
#include "tendik/base/random.h"
#include "tendik/spatial/global.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

namespace tendik::spatial {

/// How many permutations gave as much or more, and as little or less.
struct Extremes {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    /// Sums of the same terms in another order differ in their last bits: such a tie counts on both sides.
    void add(double simulated, double observed, double scale) {
        const double tie = 1e-12 * scale;
        if (simulated >= observed - tie) ++high;
        if (simulated <= observed + tie) ++low;
    }
    Extremes& operator+=(const Extremes& other) {
        high += other.high;
        low += other.low;
        return *this;
    }
    double two_sided(std::size_t permutations) const {
        const auto all = static_cast<double>(permutations) + 1.0;
        return std::min(1.0, 2.0 * (static_cast<double>(std::min(high, low)) + 1.0) / all);
    }
};

inline double two_sided_normal(double z) { return std::erfc(std::abs(z) / std::sqrt(2.0)); }

inline Inference infer(double value, double expected, double variance) {
    if (!(variance > 0.0)) return {variance, std::nullopt, std::nullopt};
    const double z = (value - expected) / std::sqrt(variance);
    return {variance, z, two_sided_normal(z)};
}

/// Calls count(order) for every permutation of 0 .. n - 1 and adds up what it returns; the order of a
/// permutation depends on the seed and its number only.
template <typename Count, typename Result>
Result count_permutations(std::size_t n, const PermutationOptions& options, Result sum, Count&& count) {
    constexpr std::size_t chunk = 64;
    const std::size_t chunks = (options.permutations + chunk - 1) / chunk;
    std::vector<Result> parts(chunks, sum);
    parallel_for(chunks, options.jobs, [&](std::size_t part) {
        std::vector<std::uint32_t> order(n);
        const auto end = std::min(options.permutations, (part + 1) * chunk);
        for (std::size_t number = part * chunk; number < end; ++number) {
            std::iota(order.begin(), order.end(), 0U);
            RandomStream draws(options.seed, 0, static_cast<std::uint32_t>(number));
            for (auto i = static_cast<std::uint32_t>(n); i > 1; --i)
                std::swap(order[i - 1], order[draws.next_below(i)]);
            parts[part] += count(order);
        }
    });
    for (const auto& part : parts)
        sum += part;
    return sum;
}

}  // namespace tendik::spatial
