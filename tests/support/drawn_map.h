#pragma once

#include "tendik/model/boundaries.h"

#include <string>
#include <vector>

namespace tendik::test {

/// Turns letters into regions on a unit grid: drawn_map({"AAB", "ACB"}) has three regions with keys "A", "B",
/// "C", in alphabetical order. The top row has the largest y; the lower left corner is `origin`; '.' is
/// outside. Every grid point on a border is a vertex, so neighbours share all their vertices. Letters that
/// meet at a corner only are separate parts.
Boundaries drawn_map(const std::vector<std::string>& rows, Point origin = {0.0, 0.0}, double cell = 1.0);

}  // namespace tendik::test
