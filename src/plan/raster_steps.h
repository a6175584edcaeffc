#pragma once

#include "tendik/base/document.h"
#include "tendik/plan/raster_steps.h"

#include <filesystem>
#include <string>

namespace tendik::plan {

/// One table of [[zonal]] or [[exposure]]; paths are relative to `folder`. Throws InputError with the place.
PlannedZonal read_zonal(const Node& node, const std::filesystem::path& folder);
PlannedExposure read_exposure(const Node& node, const std::filesystem::path& folder);

/// The same as TOML, with a heading.
std::string to_toml(const PlannedZonal& planned);
std::string to_toml(const PlannedExposure& planned);

}  // namespace tendik::plan
