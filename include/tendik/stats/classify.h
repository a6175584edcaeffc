#pragma once

#include "tendik/model/classes.h"
#include "tendik/stats/compat.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

enum class Scheme : std::uint8_t {
    quantile,
    equal,
    fisher,
    head_tail,
    standard_deviation,
    box,
    percentile,
    pretty,
    geometric,
    max_breaks,
    fixed
};
std::string_view to_text(Scheme scheme);
std::optional<Scheme> scheme_from_text(std::string_view text);
/// "quantile", "equal", ...: what scheme_from_text() understands, in the order of the enumeration.
std::vector<std::string> scheme_words();

struct ClassifyOptions {
    Scheme scheme = Scheme::fisher;
    std::size_t class_count = 5;  ///< 1..12
    /// Inner breaks to the fewest decimals that keep every value in its class, ends outward; not of pretty
    /// and fixed.
    bool round_breaks = false;
    std::vector<double> fixed_breaks{};  ///< of the scheme fixed, strictly ascending, 1..12; of no other
    Compat compat = Compat::none;        ///< pysal acts on fisher and head-tail, heat on none
};

namespace stats {

/// Class breaks of finite values (any order, ties allowed).
/// - quantile: linear interpolation (R type 7), right-closed. equal: intervals of one width.
/// - fisher: the partition with the least within-class sum of squares (Fisher 1958), exact, by divide and
/// conquer
///   over the monotone optimum, O(k n log n); the break lies half-way between the neighbours (as classInt's
///   "fisher"); of equally good partitions the one with the smaller first differing break.
/// - max-breaks: middles of the widest gaps. geometric: each end the one before times one ratio, values above
/// 0.
/// - pretty: about `class_count` round intervals (R's pretty); the outer ends may lie outside of the data.
/// - head-tail (Jiang 2013, heads of at most 0.4 as classInt), std (mean and 1, 2 standard deviations, n -
/// 1), box
///   (quartiles, fences of 1.5), percentile (1, 10, 50, 90, 99): number of classes from the data, said in a
///   note.
/// - fixed: ends as given, and the data's own end where values lie beyond the outermost.
/// Compat::pysal breaks as PySAL's mapclassify: fisher at the largest value of a class (the same partition),
/// head-tail on until a single value is left, however large the heads.
/// Fewer distinct values than classes: as many classes as values, with a note. All equal: one class. Throws
/// InputError when `values` is empty, not finite, class_count is out of range, or fixed_breaks do not ascend.
Classes classify(std::span<const double> values, const ClassifyOptions& options);

}  // namespace stats
}  // namespace tendik
