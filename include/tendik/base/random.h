#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tendik {

/// Philox4x32-10: four random 32-bit numbers for a counter and a key, by themselves, so that a draw depends
/// on what it is drawn for and not on the order of the threads. Salmon, Moraes, Dror & Shaw, "Parallel random
/// numbers: as easy as 1, 2, 3", SC 2011; the vectors of Random123 are the test.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// Draws for one purpose: `seed` is the user's, `stream` and `substream` name what is drawn for (a region and
/// a permutation, say). Equal names give equal draws. Not shared between threads.
class RandomStream {
public:
    RandomStream(std::uint64_t seed, std::uint32_t stream, std::uint32_t substream) noexcept;

    std::uint32_t next_bits() noexcept {
        if (m_used == m_ready.size()) refill();
        return m_ready[m_used++];
    }
    /// In (0, 1): never 0, never 1.
    double next_uniform() noexcept;
    /// Standard normal, by the inverse of its distribution function: one uniform a draw.
    double next_normal() noexcept;
    /// In 0 .. bound - 1, each as likely (Lemire, ACM TOMACS 29:3, 2019). `bound` above 0.
    std::uint32_t next_below(std::uint32_t bound) noexcept {
        assert(bound > 0);
        auto product = std::uint64_t{next_bits()} * bound;
        if (static_cast<std::uint32_t>(product) < bound) {
            const auto threshold = (0U - bound) % bound;
            while (static_cast<std::uint32_t>(product) < threshold)
                product = std::uint64_t{next_bits()} * bound;
        }
        return static_cast<std::uint32_t>(product >> 32U);
    }

private:
    void refill() noexcept;

    std::array<std::uint32_t, 2> m_key;
    std::array<std::uint32_t, 4> m_counter;
    std::array<std::uint32_t, 16> m_ready{};  ///< four blocks, computed side by side
    std::size_t m_used = 16;
};

/// The first `blocks` blocks of four numbers of each of the streams (seed, stream, substream), (seed, stream,
/// substream + 1), ..., one stream after the other, as many as `drawn` holds: a multiple of 4 * blocks. Short
/// streams drawn together waste nothing of a processor's lanes.
void draw_first(std::uint64_t seed, std::uint32_t stream, std::uint32_t substream, std::uint32_t blocks,
                std::span<std::uint32_t> drawn);

/// Standard normal distribution function, and its inverse for 0 < p < 1 (Wichura, Applied Statistics 37:477,
/// 1988, algorithm AS 241; relative error about 1e-16).
double normal_probability(double z);
double normal_quantile(double p);

}  // namespace tendik
