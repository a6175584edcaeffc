#pragma once

#include "permutation.h"
#include "tendik/spatial/local.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace tendik::spatial {

/// Different regions other than `self`, as many as `drawn` holds. Few are drawn from many, so that a repeated
/// one is simply drawn again; where many are, a shuffle is cut short.
class Sampler {
public:
    explicit Sampler(std::size_t count) : m_count(static_cast<std::uint32_t>(count)), m_last_draw(count, 0) {}

    void draw(RandomStream draws, std::uint32_t self, std::span<std::uint32_t> drawn) {
        if (!draws_few(drawn.size())) {
            shuffle(draws, self, drawn);
            return;
        }
        ++m_draw;
        const auto draw_other = [&] {
            const auto region = draws.next_below(m_count - 1);
            return region < self ? region : region + 1;
        };
        for (auto& place : drawn) {
            place = draw_other();
            while (m_last_draw[place] == m_draw)
                place = draw_other();
            m_last_draw[place] = m_draw;
        }
    }

    bool draws_few(std::size_t count) const { return count * 4 <= m_count; }

    /// The same of few out of the first bits of the stream; false where one must be drawn again.
    bool draw_quickly(std::span<const std::uint32_t> bits, std::uint32_t self,
                      std::span<std::uint32_t> drawn) {
        const auto others = m_count - 1, this_draw = ++m_draw;
        auto* const last_draw = m_last_draw.data();
        bool is_enough = true;
        for (std::size_t i = 0; i < drawn.size(); ++i) {
            const auto product = std::uint64_t{bits[i]} * others;
            auto region = static_cast<std::uint32_t>(product >> 32U);
            region += region >= self ? 1U : 0U;
            // Bits with a low product are those that RandomStream::next_below() may draw again.
            is_enough =
                is_enough && static_cast<std::uint32_t>(product) >= others && last_draw[region] != this_draw;
            last_draw[region] = this_draw;
            drawn[i] = region;
        }
        return is_enough;
    }

private:
    void shuffle(RandomStream& draws, std::uint32_t self, std::span<std::uint32_t> drawn) {
        m_others.resize(m_count - 1);
        std::iota(m_others.begin(), m_others.end(), 0U);
        for (std::uint32_t i = 0; i < drawn.size(); ++i) {
            std::swap(m_others[i], m_others[i + draws.next_below(m_count - 1 - i)]);
            drawn[i] = m_others[i] >= self ? m_others[i] + 1 : m_others[i];
        }
    }

    std::uint32_t m_count;
    std::uint32_t m_draw = 0;                ///< far from its end: a sampler serves few rows
    std::vector<std::uint32_t> m_last_draw;  ///< in which a region came up
    std::vector<std::uint32_t> m_others;
};

/// The links of a row without the one to itself.
struct OtherLinks {
    std::vector<std::uint32_t> to;
    std::vector<double> weight;
    double self_weight = 0.0;
};

inline OtherLinks other_links(const SpatialWeights& weights, std::uint32_t row) {
    OtherLinks links;
    for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i) {
        if (weights.to[i] == row) {
            links.self_weight = weights.weight[i];
            continue;
        }
        links.to.push_back(weights.to[i]);
        links.weight.push_back(weights.weight[i]);
    }
    return links;
}

/// p of every row that has neighbours and a value. statistic(row, links of the row, regions in its
/// neighbours' places) is called for each permutation, from several threads.
template <typename Statistic>
void permute_rows(LocalStatistic& result, const SpatialWeights& weights, const PermutationOptions& options,
                  const Statistic& statistic) {
    if (options.permutations == 0) return;
    constexpr std::size_t chunk = 16;
    // Sums that do not wait for each other: the processor adds up several at once.
    constexpr std::size_t at_once = 16;
    parallel_for((weights.size() + chunk - 1) / chunk, options.jobs, [&](std::size_t part) {
        Sampler sampler(weights.size());
        std::vector<std::uint32_t> made, drawn;
        const auto end = static_cast<std::uint32_t>(std::min(weights.size(), (part + 1) * chunk));
        for (auto row = static_cast<std::uint32_t>(part * chunk); row < end; ++row) {
            auto& region = result.regions[row];
            if (!region.value) continue;
            const auto links = other_links(weights, row);
            const double observed = statistic(row, links, links.to);
            const double scale = std::max(1.0, std::abs(observed));
            const auto count = links.to.size();
            const auto blocks = static_cast<std::uint32_t>(std::max<std::size_t>(1, (count + 3) / 4));
            const bool few = sampler.draws_few(count);
            made.resize(at_once * 4 * blocks);
            drawn.resize(at_once * count);
            Extremes extremes;
            for (std::size_t first = 0; first < options.permutations; first += at_once) {
                const auto substream = static_cast<std::uint32_t>(first);
                if (few) draw_first(options.seed, row + 1, substream, blocks, made);
                const auto numbers = std::min(at_once, options.permutations - first);
                for (std::size_t i = 0; i < numbers; ++i) {
                    const auto places = std::span(drawn).subspan(i * count, count);
                    if (few && sampler.draw_quickly(std::span(made).subspan(i * 4 * blocks), row, places))
                        continue;
                    sampler.draw({options.seed, row + 1, substream + static_cast<std::uint32_t>(i)}, row,
                                 places);
                }
                for (std::size_t i = 0; i < numbers; ++i)
                    extremes.add(statistic(row, links, std::span(drawn).subspan(i * count, count)), observed,
                                 scale);
            }
            region.p = extremes.p(options);
        }
    });
    result.smallest_p = smallest_p(options);
}

}  // namespace tendik::spatial
