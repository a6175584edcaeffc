#pragma once

#include "tendik/model/indicator.h"

#include <optional>
#include <string>

namespace tendik::join {

/// The figures of `code` (all figures where it is empty) with their values in the unit of the indicator:
/// each times the factor that the catalogue declares for the unit written beside it. Without declared units,
/// and in a table that names no unit at all, figures are taken as they stand. Throws InputError, with line
/// and both units, where a unit is not declared or where some rows name a unit and others do not.
Indicators convert_units(const Indicators& table, const Indicator& indicator, const std::string& code);

}  // namespace tendik::join
