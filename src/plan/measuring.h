#pragma once

#include "tendik/base/document.h"
#include "tendik/plan/plan.h"

#include <filesystem>
#include <string>

namespace tendik::plan {

/// Keys of an indicator that measures ask for: error, lower, upper, n, deff, events, interval, mics_rule,
/// cv_classes, rank, group, reference, scale. Throws InputError where they contradict each other.
PlannedMeasuring read_measuring(const Node& indicator);
/// `[measures]`: compat, draws, seed, atkinson, kolm, sgini, pairs.
void read_measure_options(const Node& node, Plan& plan);

/// `[[autocorrelation]]`: the words of the command; `weights` may name a file beside the plan.
PlannedAutocorrelation read_autocorrelation(const Node& node, const std::filesystem::path& folder);
/// `[[index]]`: file, draws, seed. The file is not opened.
PlannedIndexStep read_index_step(const Node& node, const std::filesystem::path& folder);

/// What these read back.
std::string to_toml(const PlannedMeasuring& measuring);
std::string measures_block(const Plan& plan);
std::string to_toml(const PlannedAutocorrelation& planned);
std::string to_toml(const PlannedIndexStep& planned);

}  // namespace tendik::plan
