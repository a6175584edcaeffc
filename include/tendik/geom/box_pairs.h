#pragma once

#include "tendik/geom/shape.h"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace tendik::geom {

/// Index pairs (smaller first, ascending) of boxes that meet; boxes that touch meet, empty boxes meet
/// nothing. O((n + m) log n) for n boxes and m pairs.
std::vector<std::pair<std::size_t, std::size_t>> meeting_pairs(std::span<const Box> boxes);

}  // namespace tendik::geom
