#pragma once

#include "groups.h"

#include <string>
#include <vector>

namespace tendik::stats {

/// Generalised entropy between and within sets of groups; `set_of` is parallel to the groups. What has no
/// value is left out. Shorrocks, Econometrica 48:613, 1980; Cowell 2011.
std::vector<Decomposition> decompose(const Groups& groups, const std::vector<std::string>& set_of);

}  // namespace tendik::stats
