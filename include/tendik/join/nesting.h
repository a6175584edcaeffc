#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/atlas.h"
#include "tendik/model/nesting.h"
#include "tendik/model/register.h"

#include <string>

namespace tendik::join {

/// Finds the parent of each region by what `column` of the regions' file says: the parent's key or, where a
/// register is given, any code or name of it. A parent without regions is the finding
/// "parent-without-regions". Throws InputError: no such column (the nearest is named), regions whose column
/// is empty or names no parent (all of them listed).
Nesting nest(const Boundaries& regions, Boundaries parents, const std::string& column, const Register* reg,
             Findings& findings);

/// Figures of regions put together to their parents: totals and counts are summed; rates and means are
/// weighed, sum of weight x value over sum of weights of the layer. A region to which the figure does not
/// apply is left out; any other region without a value (or, of a rate, without a weight) leaves its parent
/// without one: "roll-up-incomplete" (warning) names them. A rate without weights is not put together:
/// "roll-up-unweighted" (warning). `published`: what is published for the parents, parallel to them; a
/// difference above `tolerance` of the published value is "roll-up-differs" (warning) with both numbers.
RolledUp roll_up(const Layer& layer, const Boundaries& regions, const Nesting& nesting, Column published,
                 double tolerance, Findings& findings);

}  // namespace tendik::join
