#include "fisher.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace tendik::stats {

SpreadTable::SpreadTable(const DistinctValues& distinct) {
    const std::size_t n = distinct.values.size();
    long double total = 0.0L, count = 0.0L;
    for (std::size_t i = 0; i < n; ++i) {
        const auto times = static_cast<long double>(distinct.counts[i]);
        total += times * static_cast<long double>(distinct.values[i]);
        count += times;
    }
    const long double mean = total / count;
    m_before.resize(n + 1);
    for (std::size_t i = 0; i < n; ++i) {
        const auto times = static_cast<long double>(distinct.counts[i]);
        const long double shifted = static_cast<long double>(distinct.values[i]) - mean;
        const auto& before = m_before[i];
        m_before[i + 1] = {before.count + times, before.sum + times * shifted,
                           before.squares + times * shifted * shifted};
    }
    // A decimal such as 0.1 is stored with an error of half a unit in the last place. It moves a sum of
    // squares S of n values by no more than 2 sqrt(n S) times that error; 1e-13 S covers the additions.
    const long double whole = spread(0, n);
    const double largest = std::max(std::abs(distinct.values.front()), std::abs(distinct.values.back()));
    const auto unit = static_cast<long double>(std::numeric_limits<double>::epsilon() * largest);
    m_tolerance = 1e-13L * whole + 4.0L * std::sqrt(count * whole) * unit;
}

long double SpreadTable::spread(std::size_t first, std::size_t last) const {
    if (last - first <= 1) return 0.0L;
    const auto& from = m_before[first];
    const auto& to = m_before[last];
    const long double sum = to.sum - from.sum;
    return std::max(0.0L, to.squares - from.squares - sum * sum / (to.count - from.count));
}

namespace {

/// One class count of the dynamic programme. `rest[j]` is the least sum for the values from j on with one
/// class fewer; `best[i]` becomes the least sum for the values from i on, `cut[i]` the start of the second
/// class.
struct Row {
    const SpreadTable& table;
    std::span<const long double> rest;
    std::span<long double> best;
    std::span<std::uint32_t> cut;
    std::size_t last_cut;  ///< the last j that leaves a value for each of the other classes
    struct Candidate {
        std::size_t cut = 0;
        long double sum = 0.0L;
    };
    std::vector<Candidate> candidates = {};

    /// Best cut for the values from i on, among cuts in [low, high]; the smallest of equally good ones, which
    /// is one at which the sum was less than at all cuts before.
    void solve(std::size_t i, std::size_t low, std::size_t high) {
        candidates.clear();
        for (std::size_t j = low; j <= high; ++j) {
            const long double sum = table.spread(i, j) + rest[j];
            if (!candidates.empty()) {
                if (sum >= candidates.back().sum) continue;
                if (candidates.back().sum > sum + table.tolerance()) candidates.clear();
            }
            candidates.push_back({j, sum});
        }
        const auto least = candidates.back().sum;
        const auto chosen = std::ranges::find_if(
            candidates, [&](const Candidate& one) { return one.sum <= least + table.tolerance(); });
        best[i] = chosen->sum;
        cut[i] = static_cast<std::uint32_t>(chosen->cut);
    }

    /// All i in [first, last], whose cuts are known to lie in [low, high].
    void solve_range(std::size_t first, std::size_t last, std::size_t low, std::size_t high) {
        const std::size_t middle = first + (last - first) / 2;
        solve(middle, std::max(low, middle + 1), std::min(high, last_cut));
        const std::size_t found = cut[middle];
        if (middle > first) solve_range(first, middle - 1, low, found);
        if (middle < last) solve_range(middle + 1, last, found, high);
    }
};

}  // namespace

std::vector<std::size_t> fisher_partition(const SpreadTable& table, std::size_t class_count) {
    const std::size_t n = table.size();
    std::vector<long double> rest(n + 1, 0.0L), best(n + 1, 0.0L);
    for (std::size_t i = 0; i <= n; ++i)
        rest[i] = table.spread(i, n);
    std::vector<std::vector<std::uint32_t>> cuts;  // cuts[c - 2]: for c classes
    for (std::size_t classes = 2; classes <= class_count; ++classes) {
        auto& cut = cuts.emplace_back(n + 1, 0U);
        Row row{table, rest, best, cut, n - classes + 1};
        // The whole is cut once: of the largest number of classes no other rows are asked for.
        if (classes == class_count)
            row.solve(0, 1, n - classes + 1);
        else
            row.solve_range(0, n - classes, 1, n - classes + 1);
        std::swap(rest, best);
    }
    std::vector<std::size_t> starts{0};
    for (std::size_t classes = class_count; classes >= 2; --classes) {
        starts.push_back(cuts[classes - 2][starts.back()]);
    }
    return starts;
}

}  // namespace tendik::stats
