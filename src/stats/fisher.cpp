#include "fisher.h"

#include <algorithm>
#include <array>
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
    const double largest = std::max(std::abs(distinct.values.front()), std::abs(distinct.values.back()));
    // By a power of two, which changes no digit: the squares of 1e200 and of 1e-200 are no doubles.
    const auto farthest = std::max(mean - static_cast<long double>(distinct.values.front()),
                                   static_cast<long double>(distinct.values.back()) - mean);
    const int power = farthest > 0.0L ? -std::ilogb(farthest) : 0;
    m_before.resize(n + 1);
    for (std::size_t i = 0; i < n; ++i) {
        const auto times = static_cast<long double>(distinct.counts[i]);
        const long double shifted = std::ldexp(static_cast<long double>(distinct.values[i]) - mean, power);
        const auto& before = m_before[i];
        m_before[i + 1] = {before.count + times, before.sum + times * shifted,
                           before.squares + times * shifted * shifted};
    }
    // A decimal such as 0.1 is stored with an error of half a unit in the last place. It moves a sum of
    // squares S of n values by no more than 2 sqrt(n S) times that error; 1e-13 S covers the additions.
    const long double whole = spread(0, n);
    const long double unit =
        std::ldexp(static_cast<long double>(std::numeric_limits<double>::epsilon() * largest), power);
    m_tolerance = 1e-13L * whole + 4.0L * std::sqrt(count * whole) * unit;
    for (const auto& before : m_before) {
        m_rough_count.push_back(static_cast<double>(before.count));
        m_rough_sum.push_back(static_cast<double>(before.sum));
        m_rough_squares.push_back(static_cast<double>(before.squares));
    }
    // With S the whole sum of squares of n values no sum of a run of c is above sqrt(c S), none before a
    // value above sqrt(n S), so that rounding both moves sum^2 / c by less than 4 epsilon S sqrt(n / c).
    m_doubt = static_cast<double>((4.0L * std::sqrt(count) + 8.0L) * whole) *
              std::numeric_limits<double>::epsilon();
}

long double SpreadTable::spread(std::size_t first, std::size_t last) const {
    if (last - first <= 1) return 0.0L;
    const auto& from = m_before[first];
    const auto& to = m_before[last];
    const long double sum = to.sum - from.sum;
    return std::max(0.0L, to.squares - from.squares - sum * sum / (to.count - from.count));
}

void SpreadTable::rough_sums(std::size_t first, std::size_t low, std::size_t high,
                             std::span<const double> rest, std::span<double> sums) const {
    const double count_before = m_rough_count[first], sum_before = m_rough_sum[first];
    const double squares_before = m_rough_squares[first];
    // Plain pointers over plain arrays: four divisions at once.
    const double* count = m_rough_count.data() + low;
    const double* sum = m_rough_sum.data() + low;
    const double* squares = m_rough_squares.data() + low;
    const double* other = rest.data() + low;
    double* out = sums.data();
    for (std::size_t i = 0; i <= high - low; ++i) {
        const double run = sum[i] - sum_before;
        out[i] = squares[i] - squares_before - run * run / (count[i] - count_before) + other[i];
    }
}

namespace {

/// One class count of the dynamic programme. `rest[j]` is the least sum for the values from j on with one
/// class fewer; `best[i]` becomes the least sum for the values from i on, `cut[i]` the start of the second
/// class.
struct Row {
    const SpreadTable& table;
    std::span<const long double> rest;
    std::span<const double> rough_rest;  ///< rest, rounded
    std::span<long double> best;
    std::span<std::uint32_t> cut;
    std::size_t last_cut;     ///< the last j that leaves a value for each of the other classes
    std::span<double> rough;  ///< room for a sum of each cut
    struct Candidate {
        std::size_t cut = 0;
        long double sum = 0.0L;
    };
    std::vector<Candidate> candidates = {};

    /// Best cut for the values from i on, among cuts in [low, high]; the smallest of equally good ones.
    /// Nearly all cuts are so much worse that few digits show it.
    void solve(std::size_t i, std::size_t low, std::size_t high) {
        const auto sums = rough.first(high - low + 1);
        table.rough_sums(i, low, high, rough_rest, sums);
        const double limit = least_of(sums) + 2.0 * table.doubt() + static_cast<double>(table.tolerance());
        candidates.clear();
        for (std::size_t k = 0; k < sums.size(); ++k)
            if (sums[k] <= limit) candidates.push_back({low + k, table.spread(i, low + k) + rest[low + k]});
        const auto least = std::ranges::min(candidates, {}, &Candidate::sum).sum;
        const auto chosen = std::ranges::find_if(
            candidates, [&](const Candidate& one) { return one.sum <= least + table.tolerance(); });
        best[i] = chosen->sum;
        cut[i] = static_cast<std::uint32_t>(chosen->cut);
    }

    /// Four at once: a minimum waits for the one before it.
    static double least_of(std::span<const double> sums) {
        std::array least{sums.front(), sums.front(), sums.front(), sums.front()};
        std::size_t k = 0;
        for (; k + 4 <= sums.size(); k += 4)
            for (std::size_t lane = 0; lane < 4; ++lane)
                least[lane] = sums[k + lane] < least[lane] ? sums[k + lane] : least[lane];
        for (; k < sums.size(); ++k)
            least[0] = std::min(least[0], sums[k]);
        return std::ranges::min(least);
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
    std::vector<double> rough_rest(n + 1), rough(n);
    for (std::size_t i = 0; i <= n; ++i)
        rest[i] = table.spread(i, n);
    std::vector<std::vector<std::uint32_t>> cuts;  // cuts[c - 2]: for c classes
    for (std::size_t classes = 2; classes <= class_count; ++classes) {
        std::ranges::copy(rest, rough_rest.begin());
        auto& cut = cuts.emplace_back(n + 1, 0U);
        Row row{table, rest, rough_rest, best, cut, n - classes + 1, rough};
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
