#pragma once

#include "tendik/base/document.h"
#include "tendik/plan/surface_step.h"

#include <filesystem>
#include <string>

namespace tendik::plan {

/// One table of [[surfaces]]; paths are relative to `folder`. Throws InputError with the place.
PlannedSurface read_surface(const Node& node, const std::filesystem::path& folder);

/// The same as TOML, with a heading.
std::string to_toml(const PlannedSurface& planned);

}  // namespace tendik::plan
