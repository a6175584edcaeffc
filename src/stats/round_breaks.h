#pragma once

#include <span>
#include <vector>

namespace tendik::stats {

/// Breaks with the fewest decimals (the same for all) that keep every value in its class: inner breaks move
/// between the values on their two sides, ends move outward. `ascending` are the values, `breaks` strictly
/// ascending around them. Unchanged when there is nothing to round (all values equal) or no number of
/// decimals will do.
std::vector<double> round_breaks(std::span<const double> ascending, const std::vector<double>& breaks);

}  // namespace tendik::stats
