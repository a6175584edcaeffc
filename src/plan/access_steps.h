#pragma once

#include "tendik/base/document.h"
#include "tendik/plan/access_steps.h"

#include <filesystem>
#include <string>

namespace tendik::plan {

/// One table of [[proximity]] or [[travel]]; paths are relative to `folder`. Throws InputError with the
/// place.
PlannedProximity read_proximity(const Node& node, const std::filesystem::path& folder);
PlannedTravel read_travel(const Node& node, const std::filesystem::path& folder);

/// The same as TOML, with a heading.
std::string to_toml(const PlannedProximity& planned);
std::string to_toml(const PlannedTravel& planned);

}  // namespace tendik::plan
