#pragma once

#include "tendik/base/document.h"
#include "tendik/stats/classify.h"

#include <optional>
#include <string>
#include <vector>

namespace tendik::plan {

/// Breaks of one's own are a scheme, even where none is named.
std::optional<Scheme> read_scheme(const Node& node);
/// Strictly ascending. Throws InputError where breaks and scheme do not go together.
std::vector<double> read_breaks(const Node& node, std::optional<Scheme> scheme);
/// "breaks = [5, 10]" and a line end; nothing without breaks.
std::string breaks_line(const std::vector<double>& breaks);

}  // namespace tendik::plan
