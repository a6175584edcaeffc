#pragma once

#include "tendik/base/document.h"
#include "tendik/plan/points_step.h"

#include <filesystem>
#include <string>

namespace tendik::plan {

/// Throws InputError naming file, line and key.
PlannedPoints read_points(const Node& node, const std::filesystem::path& folder);
/// The step as read_points() reads it back.
std::string to_toml(const PlannedPoints& planned);

}  // namespace tendik::plan
