#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/atlas.h"
#include "tendik/model/register.h"

#include <optional>
#include <string>

namespace tendik::join {

/// The denominator `choice` for the regions of `boundaries` in `year`, out of a table of totals. Where the
/// table has no figures of that vintage in that year, figures of another vintage are summed over units that
/// merge (register: successors/predecessors); where no vintage has the year, the nearest year (the earlier of
/// two equally near) is taken with the finding "weight-of-other-year". Never splits a unit. A region without
/// a weight stays missing, with the finding "no-weight"; one whose figure is not applicable stays so,
/// without a finding. Throws InputError when no year serves.
Weights find_weights(const Boundaries& boundaries, const WeightChoice& choice, const Indicators& totals,
                     const Register& reg, std::optional<int> year, Findings& findings);

}  // namespace tendik::join
