#pragma once

#include "join_figures.h"

#include <optional>

namespace tendik::prepare {

/// What the plan names for measures: errors, order and sets of the regions, reference, scale. Throws
/// InputError for an interval that holds no error, and for columns of errors beside merged or inherited
/// units.
MeasureColumns measure_columns(Loading& loading, const PlannedIndicator& planned, const Indicator& indicator,
                               const Boundaries& boundaries, std::optional<int> year);

/// How exact the layer's figures are, by the columns that the plan names; figures of too few cases are
/// withheld where it says so. Warns of a suppressed figure that can be worked out from the published one of
/// the country and all others. Values, weights and measuring columns are there before. Throws InputError.
void assess_layer(Loading& loading, const PlannedIndicator& planned, Layer& layer,
                  const Boundaries& boundaries);

}  // namespace tendik::prepare
