#pragma once

#include "tendik/base/finding.h"
#include "tendik/plan/smooth.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/smooth_report.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace tendik::run {

/// "eb", "local-eb", ...: what SmoothChoice::method may be.
const std::vector<std::string>& smoothing_methods();

/// The layer's values are events, its weights the people they happen to. Regions without either leave the
/// computation and the neighbours alike (note "regions-left-out"). Throws UsageError for an unknown method,
/// or neighbours named for one that looks at none; InputError for a layer without people, and as
/// spatial/rates.h.
SmoothedLayer smooth(const Prepared& prepared, std::size_t layer, const SmoothChoice& choice,
                     Findings& findings);

/// .json and .csv as they are printed, else a layer of the regions. Throws SystemError when it cannot be
/// written.
void write_smoothed(const SmoothedLayer& smoothed, const Boundaries& boundaries,
                    const std::filesystem::path& target, const Crs& crs, Findings& findings);

}  // namespace tendik::run
