#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace tendik::raster {

/// One value of cells, and what of them there is.
struct ValueShare {
    double value = 0.0;
    double cells = 0.0;     ///< how many cells have the value and some share of it
    double sum = 0.0;       ///< of their shares, or of their weights
    double smallest = 0.0;  ///< of these shares
    double largest = 0.0;
};

/// Which cell values a region has, and how much of each: by the share of cells (measure 0) and by further
/// weights (measures 1, 2, ...). Filled cell by cell; the result does not depend on the order of values, and
/// sums are in the order of the calls.
class Distribution {
public:
    explicit Distribution(std::size_t measures = 1);

    /// One cell with its share and weights, one for each measure; the value is not NaN.
    void add(double value, std::span<const double> shares);
    /// Whole cells with only a share: as many calls with a share of 1.
    void add_whole(std::span<const double> values);  ///< NaN is skipped; only for one measure
    void merge(const Distribution& other);

    std::size_t variety() const noexcept { return m_count; }
    std::size_t measures() const noexcept { return m_measures; }
    std::size_t bytes() const noexcept { return m_slots.capacity() * sizeof(double); }
    /// Values ascending; those without any share of this measure are left out.
    std::vector<ValueShare> sorted(std::size_t measure) const;

private:
    double* slot_of(double value);
    void grow();

    std::size_t m_measures = 1;
    std::size_t m_stride = 5;
    std::size_t m_count = 0;
    std::vector<double> m_slots;  // value (NaN: free), then cells, sum, smallest, largest of each measure
};

/// The weighted quantile of exactextract (Baston 2018-2024, weighted_quantiles.cpp) over cells: with cells
/// sorted by value and then by share c, s_k = k c_k + (n - 1) sum of the c before; the value is interpolated
/// at q (n - 1) sum c. Equal shares give Hyndman and Fan's type 7, as R's quantile(). (exactextract itself
/// takes cells of equal value for one cell.) `q` in [0, 1]; none without shares.
std::optional<double> quantile(std::span<const ValueShare> values, double q);

/// The value with the largest sum; of several the highest.
std::optional<double> mode(std::span<const ValueShare> values);
/// The value with the smallest sum; of several the lowest.
std::optional<double> minority(std::span<const ValueShare> values);

/// Gini coefficient of the value among what is summed: sum over i and j of w_i w_j |x_i - x_j| / (2 W^2
/// mean). None without shares, for a negative value or a mean of 0.
std::optional<double> gini(std::span<const ValueShare> values);

}  // namespace tendik::raster
