#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/atlas.h"
#include "tendik/model/register.h"

#include <optional>
#include <string>
#include <vector>

namespace tendik::join {

/// The denominator `choice` for the regions of `boundaries` in `year`, out of a table of totals. Where the
/// table has no figures of that vintage in that year, figures of another vintage are summed over units that
/// merge (register: successors/predecessors); where no vintage has the year, the nearest year (the earlier of
/// two equally near) is taken and stands in Weights::year: report_weight_years() tells it. Never splits a
/// unit. A region without a weight stays missing, with the finding "no-weight"; one whose figure is not
/// applicable stays so, without a finding. Throws InputError when no year serves.
Weights find_weights(const Boundaries& boundaries, const WeightChoice& choice, const Indicators& totals,
                     const Register& reg, std::optional<int> year, Findings& findings);

/// That a layer is weighed, or a total divided, by a denominator.
struct WeightUse {
    std::string indicator;    ///< code of what is weighed
    std::string denominator;  ///< code of what it is weighed by
    std::string table;        ///< where the denominator stands
    std::optional<int> year;  ///< of the layer
    int found_year = 0;       ///< of the denominator; 0: it holds for all years
};

/// The finding "weight-of-other-year": one for each indicator, denominator and year taken, with all years of
/// the layers that had none of their own. In the order of first use.
void report_weight_years(const std::vector<WeightUse>& uses, Findings& findings);

}  // namespace tendik::join
