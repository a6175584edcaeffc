#pragma once

#include "fisher.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tendik::stats {

/// Finite values to be cut into classes: ascending, never empty.
using Ascending = std::span<const double>;

// Each rule gives the ends of its classes, ascending; neighbours may be equal, as ties make them. The first
// end is the smallest value and the last the largest, but for pretty and fixed, which may lie outside of the
// data.

/// Inner breaks at the given shares of the values, R type 7 (Hyndman & Fan 1996): position (n - 1) p among
/// the sorted values. `parts` of `whole`: p = part / whole in whole numbers, so that no share is rounded.
std::vector<double> share_breaks(Ascending values, const std::vector<std::size_t>& parts, std::size_t whole);
/// At i/k of the values.
std::vector<double> quantile_breaks(Ascending values, std::size_t k);
/// Intervals of one width.
std::vector<double> equal_breaks(Ascending values, std::size_t k);
/// Fisher's optimum, cut half-way between the neighbours, or at the largest value of each class.
enum class CutAt : std::uint8_t { middle, maximum };
std::vector<double> fisher_breaks(const SpreadTable& table, const DistinctValues& distinct, std::size_t k,
                                  CutAt cut);
/// Cut at the mean, and again at the mean of what lies above it, while no larger share than `largest_head`
/// lies above (Jiang 2013); 1: until one value is left.
std::vector<double> head_tail_breaks(Ascending values, double largest_head);
/// At mean -2, -1, +1, +2 standard deviations (n - 1), as far as they lie within the data.
std::vector<double> deviation_breaks(Ascending values);
/// Tukey's box: quartiles, and fences 1.5 interquartile ranges beyond them where values lie outside.
std::vector<double> box_breaks(Ascending values);
/// Middles of the k - 1 widest gaps between neighbours; of equally wide ones the lower.
std::vector<double> gap_breaks(const DistinctValues& distinct, std::size_t k);
/// About k intervals at multiples of 1, 2 or 5 times a power of ten, the data inside (R's pretty).
std::vector<double> pretty_breaks(Ascending values, std::size_t k);
/// Each end the one before times the same ratio. Throws InputError when a value is not above 0.
std::vector<double> geometric_breaks(Ascending values, std::size_t k);
/// The ends as given, ascending; the data's own end where values lie beyond, and no class below or above all
/// data.
std::vector<double> fixed_breaks(Ascending values, const std::vector<double>& given);

}  // namespace tendik::stats
