#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tendik::stats {

/// Ascending distinct values with how often each occurs.
struct DistinctValues {
    std::vector<double> values;
    std::vector<std::size_t> counts;
};

/// Within-class sums of squares of runs of distinct values, each in constant time. The values are shifted by
/// their mean before their squares are added up, so that a small spread far from zero keeps its digits, and
/// measured in a unit of their own, so that only quotients of these sums say anything.
class SpreadTable {
public:
    explicit SpreadTable(const DistinctValues& distinct);

    std::size_t size() const noexcept { return m_before.size() - 1; }
    /// Sum of squares around the mean of values [first, last); 0 for a run of one.
    long double spread(std::size_t first, std::size_t last) const;
    /// The same in fewer digits and a fraction of the time, for each end in [low, high] and with `rest` of
    /// that end added: sums[i] belongs to low + i. first < low. None is farther than `doubt()` from the exact
    /// one.
    void rough_sums(std::size_t first, std::size_t low, std::size_t high, std::span<const double> rest,
                    std::span<double> sums) const;
    double doubt() const noexcept { return m_doubt; }
    /// Two partitions whose sums differ by no more than this are equally good: what rounding of the values
    /// can do.
    long double tolerance() const noexcept { return m_tolerance; }

private:
    /// Of the values before one.
    struct Sums {
        long double count = 0.0L;
        long double sum = 0.0L;
        long double squares = 0.0L;
    };
    std::vector<Sums> m_before;
    std::vector<double> m_rough_count, m_rough_sum, m_rough_squares;  ///< m_before, rounded
    long double m_tolerance = 0.0L;
    double m_doubt = 0.0;
};

/// The partition of the distinct values into exactly `class_count` runs (1 .. number of values) with the
/// least within-class sum of squares; of equally good ones the one whose first differing run is shorter.
/// Result: first index of each run. O(k n log n): with more values the best first cut never moves down, so
/// halving finds all cuts of one class count (Fisher 1958 for the problem; divide and conquer over the
/// monotone optimum).
std::vector<std::size_t> fisher_partition(const SpreadTable& table, std::size_t class_count);

}  // namespace tendik::stats
