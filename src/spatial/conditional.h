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

    void draw(RandomStream& draws, std::uint32_t self, std::vector<std::uint32_t>& drawn) {
        if (drawn.size() * 4 > m_count) {
            shuffle(draws, self, drawn);
            return;
        }
        ++m_draw;
        for (auto& place : drawn) {
            auto region = draw_other(draws, self);
            while (m_last_draw[region] == m_draw)
                region = draw_other(draws, self);
            m_last_draw[region] = m_draw;
            place = region;
        }
    }

private:
    std::uint32_t draw_other(RandomStream& draws, std::uint32_t self) const {
        const auto region = draws.next_below(m_count - 1);
        return region < self ? region : region + 1;
    }

    void shuffle(RandomStream& draws, std::uint32_t self, std::vector<std::uint32_t>& drawn) {
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
    parallel_for((weights.size() + chunk - 1) / chunk, options.jobs, [&](std::size_t part) {
        Sampler sampler(weights.size());
        const auto end = static_cast<std::uint32_t>(std::min(weights.size(), (part + 1) * chunk));
        for (auto row = static_cast<std::uint32_t>(part * chunk); row < end; ++row) {
            auto& region = result.regions[row];
            if (!region.value) continue;
            const auto links = other_links(weights, row);
            const double observed = statistic(row, links, links.to);
            const double scale = std::max(1.0, std::abs(observed));
            std::vector<std::uint32_t> drawn(links.to.size());
            Extremes extremes;
            for (std::size_t number = 0; number < options.permutations; ++number) {
                RandomStream draws(options.seed, row + 1, static_cast<std::uint32_t>(number));
                sampler.draw(draws, row, drawn);
                extremes.add(statistic(row, links, drawn), observed, scale);
            }
            region.p = extremes.p(options);
        }
    });
    result.smallest_p = smallest_p(options);
}

}  // namespace tendik::spatial
