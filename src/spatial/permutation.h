#pragma once

#include "tendik/base/parallel.h"
#include "tendik/base/random.h"
#include "tendik/spatial/global.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
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
    double p(const PermutationOptions& options) const {
        const auto all = static_cast<double>(options.permutations) + 1.0;
        if (options.convention == Convention::esda)
            return (static_cast<double>(std::min(high, options.permutations - high)) + 1.0) / all;
        return std::min(1.0, 2.0 * (static_cast<double>(std::min(high, low)) + 1.0) / all);
    }
};

inline double two_sided_normal(double z) { return std::erfc(std::abs(z) / std::sqrt(2.0)); }

inline Inference infer(double value, double expected, double variance) {
    if (!(variance > 0.0)) return {variance, std::nullopt, std::nullopt};
    const double z = (value - expected) / std::sqrt(variance);
    return {variance, z, two_sided_normal(z)};
}

/// The smallest p that permutations can reach.
inline double smallest_p(const PermutationOptions& options) {
    const double tails = options.convention == Convention::esda ? 1.0 : 2.0;
    return tails / (static_cast<double>(options.permutations) + 1.0);
}

/// Analytic p as esda gives them for all but Moran's I.
inline double sided(double two_sided, Convention convention) {
    return convention == Convention::esda ? two_sided / 2.0 : two_sided;
}
inline Inference sided(Inference inference, Convention convention) {
    if (inference.p) inference.p = sided(*inference.p, convention);
    return inference;
}

/// Calls count(values) for every permutation of `start` and adds up what it returns; the order of a
/// permutation depends on the seed and its number only.
template <typename Value, typename Count, typename Result>
Result count_permutations(const std::vector<Value>& start, const PermutationOptions& options, Result sum,
                          Count&& count) {
    constexpr std::size_t chunk = 64;
    const std::size_t chunks = (options.permutations + chunk - 1) / chunk;
    std::vector<Result> parts(chunks, sum);
    parallel_for(chunks, options.jobs, [&](std::size_t part) {
        std::vector<Value> values;
        const auto end = std::min(options.permutations, (part + 1) * chunk);
        for (std::size_t number = part * chunk; number < end; ++number) {
            values = start;
            RandomStream draws(options.seed, 0, static_cast<std::uint32_t>(number));
            for (auto i = static_cast<std::uint32_t>(values.size()); i > 1; --i)
                std::swap(values[i - 1], values[draws.next_below(i)]);
            parts[part] += count(values);
        }
    });
    for (const auto& part : parts)
        sum += part;
    return sum;
}

}  // namespace tendik::spatial
