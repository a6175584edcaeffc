#pragma once

#include "tendik/base/document.h"
#include "tendik/plan/plan.h"

#include <string>

namespace tendik::plan {

/// Keys of an indicator that measures ask for: error, lower, upper, n, deff, events, interval, mics_rule,
/// cv_classes, rank, group, reference, scale. Throws InputError where they contradict each other.
PlannedMeasuring read_measuring(const Node& indicator);
/// `[measures]`: compat, draws, seed, pairs.
void read_measure_options(const Node& node, Plan& plan);

/// What these read back.
std::string to_toml(const PlannedMeasuring& measuring);
std::string measures_block(const Plan& plan);

}  // namespace tendik::plan
