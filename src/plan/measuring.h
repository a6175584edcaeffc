#pragma once

#include "tendik/base/document.h"
#include "tendik/plan/plan.h"

#include <filesystem>
#include <string>

namespace tendik::plan {

/// Keys of an indicator that measures ask for: error, lower, upper, rank, group, reference, scale.
PlannedMeasuring read_measuring(const Node& indicator);
/// `[measures]`: compat, draws, seed.
void read_measure_options(const Node& node, MeasureOptions& options);

/// `[[autocorrelation]]`: the words of the command; `weights` may name a file beside the plan.
PlannedAutocorrelation read_autocorrelation(const Node& node, const std::filesystem::path& folder);
/// `[[index]]`: file, draws, seed. The file is not opened.
PlannedIndexStep read_index_step(const Node& node, const std::filesystem::path& folder);

/// What these read back.
std::string to_toml(const PlannedMeasuring& measuring);
std::string to_toml(const MeasureOptions& options);
std::string to_toml(const PlannedAutocorrelation& planned);
std::string to_toml(const PlannedIndexStep& planned);

/// Throws InputError for one end of an interval without the other, or both an error and an interval.
void refuse_contrary_errors(const PlannedMeasuring& measuring, const std::string& where);

}  // namespace tendik::plan
