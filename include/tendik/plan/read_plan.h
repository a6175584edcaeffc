#pragma once

#include "tendik/plan/plan.h"

#include <filesystem>
#include <string>
#include <vector>

namespace tendik::plan {

/// Fills a Plan from TOML; paths are relative to the plan. `settings` are KEY=VALUE texts of the command
/// line, laid over the document before it is read. Throws InputError with file, line, column and, for an
/// unknown key, the nearest known one; UsageError for a setting that is no KEY=VALUE. Opens no other file.
Plan read_plan(const std::filesystem::path& file, const std::vector<std::string>& settings);

/// Leaves the published figures of regions alone: without points, surfaces and what is counted over rasters,
/// which take boundaries of their own and the time of a whole run.
void keep_published_figures(Plan& plan);

/// The effective plan as TOML: what `run --dry-run` prints. Paths as they were resolved.
std::string to_toml(const Plan& plan);

}  // namespace tendik::plan
