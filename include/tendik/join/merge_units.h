#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/atlas.h"
#include "tendik/model/register.h"

#include <optional>
#include <string>

namespace tendik::join {

struct MergeOptions {
    bool merge = false;  ///< false: a table of units that merge is refused, and every merger is named
    IndicatorKind kind = IndicatorKind::rate;
    std::string indicator = {};    ///< rows of this indicator only, when the table names indicators
    std::optional<int> year = {};  ///< rows of this year only
};

/// Figures of a finer vintage on the units of `boundaries`: Abai and East Kazakhstan of 2022 become the East
/// Kazakhstan of 2018. Totals and counts are summed; rates and means are weighed, sum of weight x value over
/// sum of weights. `weights`: the same rows with the weight column as value, or null. The rows' vintage is
/// the one they state; where they state none, the vintage of all units that the boundaries lack. A table that
/// has rows of the boundaries' own vintage, or no unit that merges, comes back as it is. A part without a
/// value leaves the whole without one ("unit-not-merged", warning); every merger is the note "units-merged".
/// Throws InputError: units merge and `merge` is false; a part has no row or two; a rate has no weights, or a
/// weight not above zero.
Indicators merge_units(const Indicators& table, const Indicators* weights, const Boundaries& boundaries,
                       const Register& reg, const MergeOptions& options, Findings& findings);

}  // namespace tendik::join
