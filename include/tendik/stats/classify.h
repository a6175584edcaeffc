#pragma once

#include "tendik/model/classes.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tendik {

enum class Scheme : std::uint8_t { quantile, equal, fisher };
std::string_view to_text(Scheme scheme);
std::optional<Scheme> scheme_from_text(std::string_view text);

struct ClassifyOptions {
    Scheme scheme = Scheme::fisher;
    std::size_t class_count = 5;  ///< 1..12
    bool round_breaks = false;    ///< inner breaks to the fewest decimals that keep every value in its class,
                                  ///< ends outward
};

namespace stats {

/// Class breaks of finite values (any order, ties allowed).
/// quantile: linear interpolation (R type 7), right-closed. equal: equal intervals. fisher: the partition
/// with the least within-class sum of squares (Fisher 1958), exact, by divide and conquer over the monotone
/// optimum, O(k n log n); the break lies half-way between the neighbours (as classInt's "fisher"); of equally
/// good partitions the one with the smaller first differing break. Fewer distinct values than classes: as
/// many classes as values, with a note. All equal: one class. Throws InputError when `values` is empty, not
/// finite, or class_count is out of range.
Classes classify(std::span<const double> values, const ClassifyOptions& options);

}  // namespace stats
}  // namespace tendik
