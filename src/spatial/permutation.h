#pragma once

#include "tendik/base/parallel.h"
#include "tendik/base/random.h"
#include "tendik/spatial/global.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
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

/// Values in another order; that of a permutation depends on the seed and its number only (Fisher and Yates,
/// from the last place on). Not shared between threads.
template <typename Value>
class Shuffler {
public:
    Shuffler(const std::vector<Value>& start, std::uint64_t seed)
        : m_start(start),
          m_seed(seed),
          m_count(static_cast<std::uint32_t>(start.size())),
          m_bits(4 * ((start.size() + 2) / 4)) {}

    /// put(place, value) for every place. Bits with a low product are those that RandomStream::next_below()
    /// may draw again: in one case of a million everything is put once more.
    template <typename Put>
    void shuffle(std::uint32_t number, const Put& put) {
        if (m_count > 1) draw_first(m_seed, 0, number, static_cast<std::uint32_t>(m_bits.size() / 4), m_bits);
        bool is_enough = true;
        deal(put, [&](std::uint32_t below) {
            const auto product = std::uint64_t{m_bits[m_count - below]} * below;
            is_enough = is_enough && static_cast<std::uint32_t>(product) >= below;
            return static_cast<std::uint32_t>(product >> 32U);
        });
        if (is_enough) return;
        RandomStream draws(m_seed, 0, number);
        deal(put, [&](std::uint32_t below) { return draws.next_below(below); });
    }

private:
    template <typename Put, typename Choose>
    void deal(const Put& put, const Choose& choose) {
        m_left = m_start;
        for (auto left = m_count; left > 1; --left) {
            auto& chosen = m_left[choose(left)];
            put(left - 1, chosen);
            chosen = m_left[left - 1];
        }
        if (m_count > 0) put(0, m_left[0]);
    }

    const std::vector<Value>& m_start;
    std::uint64_t m_seed;
    std::uint32_t m_count;
    std::vector<std::uint32_t> m_bits;
    std::vector<Value> m_left;  ///< to be dealt out, in the first places
};

/// Calls count(values) for every permutation of `start` and adds up what it returns.
template <typename Value, typename Count, typename Result>
Result count_permutations(const std::vector<Value>& start, const PermutationOptions& options, Result sum,
                          Count&& count) {
    constexpr std::size_t chunk = 64;
    const std::size_t chunks = (options.permutations + chunk - 1) / chunk;
    std::vector<Result> parts(chunks, sum);
    parallel_for(chunks, options.jobs, [&](std::size_t part) {
        Shuffler shuffler(start, options.seed);
        std::vector<Value> values(start.size());
        const auto end = std::min(options.permutations, (part + 1) * chunk);
        for (std::size_t number = part * chunk; number < end; ++number) {
            shuffler.shuffle(static_cast<std::uint32_t>(number),
                             [&](std::size_t place, Value value) { values[place] = value; });
            parts[part] += count(values);
        }
    });
    for (const auto& part : parts)
        sum += part;
    return sum;
}

/// A value of each of four permutations.
using FourValues = std::array<double, 4>;

/// The same of statistic(values), which takes four permutations at once, a region after the other, and
/// returns what each gives: a sum over links then costs the processor little more than that of one.
template <typename Statistic>
Extremes extremes_of_permutations(const std::vector<double>& start, const PermutationOptions& options,
                                  double observed, double scale, Statistic&& statistic) {
    constexpr std::size_t chunk = 64, at_once = std::tuple_size_v<FourValues>;
    const std::size_t chunks = (options.permutations + chunk - 1) / chunk;
    std::vector<Extremes> parts(chunks);
    parallel_for(chunks, options.jobs, [&](std::size_t part) {
        Shuffler shuffler(start, options.seed);
        std::vector<FourValues> moved(start.size());
        const auto end = std::min(options.permutations, (part + 1) * chunk);
        for (std::size_t first = part * chunk; first < end; first += at_once) {
            const auto count = std::min(at_once, end - first);
            for (std::size_t k = 0; k < count; ++k)
                shuffler.shuffle(static_cast<std::uint32_t>(first + k),
                                 [&](std::size_t place, double value) { moved[place][k] = value; });
            const FourValues found = statistic(moved);
            for (std::size_t k = 0; k < count; ++k)
                parts[part].add(found[k], observed, scale);
        }
    });
    Extremes sum;
    for (const auto& part : parts)
        sum += part;
    return sum;
}

}  // namespace tendik::spatial
