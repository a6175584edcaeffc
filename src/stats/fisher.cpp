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
    m_counts.assign(n + 1, 0.0L);
    m_sums.assign(n + 1, 0.0L);
    m_squares.assign(n + 1, 0.0L);
    for (std::size_t i = 0; i < n; ++i) {
        const auto times = static_cast<long double>(distinct.counts[i]);
        const long double shifted = static_cast<long double>(distinct.values[i]) - mean;
        m_counts[i + 1] = m_counts[i] + times;
        m_sums[i + 1] = m_sums[i] + times * shifted;
        m_squares[i + 1] = m_squares[i] + times * shifted * shifted;
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
    const long double sum = m_sums[last] - m_sums[first];
    const long double count = m_counts[last] - m_counts[first];
    return std::max(0.0L, m_squares[last] - m_squares[first] - sum * sum / count);
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

    /// Best cut for the values from i on, among cuts in [low, high]; the smallest of equally good ones.
    void solve(std::size_t i, std::size_t low, std::size_t high) {
        const auto sum_at = [&](std::size_t j) { return table.spread(i, j) + rest[j]; };
        long double least = std::numeric_limits<long double>::infinity();
        for (std::size_t j = low; j <= high; ++j)
            least = std::min(least, sum_at(j));
        std::size_t chosen = low;
        while (sum_at(chosen) > least + table.tolerance())
            ++chosen;
        best[i] = sum_at(chosen);
        cut[i] = static_cast<std::uint32_t>(chosen);
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
