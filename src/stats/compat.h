#pragma once

#include "groups.h"
#include "tendik/model/measure.h"

#include <string_view>

namespace tendik::stats {

/// Value, error and interval of one measure as WHO's R package healthequal prints them (oracles: its own
/// tests). Nothing is changed where it agrees, and for codes that it does not have. Percentiles of draws are
/// not its business: they are plain already.
void change_to_heat(Measure& measure, const Groups& groups);

/// Whether healthequal draws for this measure and prints no error.
bool heat_draws(std::string_view code);
/// Whether healthequal has this measure.
bool heat_knows(std::string_view code);

/// PySAL's inequality leaves the factor 2 out of Wolfson's index: value, errors, and what regions do to it
/// are halved. The other measures that it has agree.
void change_to_pysal(Measures& result);

}  // namespace tendik::stats
