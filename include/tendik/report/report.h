#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/texts.h"
#include "tendik/prepare/prepare.h"
#include "tendik/tiles/vector_pyramid.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace tendik::report {

/// What a planner wants to know, one block an indicator, one line a year: published national value, weighted
/// mean, worst and best region, gap, ratio, Theil index, direction of change; then the notes.
std::string planner_summary(const Prepared& prepared, const std::filesystem::path& data_folder,
                            Language language);

/// JSON texts with a "schema" field; numbers in full precision. `index` is that of a layer.
std::string summary_json(const Prepared& prepared, const Findings& findings);
std::string measures_json(const Prepared& prepared, std::size_t index, const Findings& findings);
std::string classes_json(const Prepared& prepared, std::size_t index, const Findings& findings);
std::string joins_json(const Prepared& prepared, const Findings& findings);

/// CSV tables: one row an indicator, year and region; one a measure; one a region's contribution; the join
/// report.
std::string values_csv(const Prepared& prepared);
std::string measures_csv(const Prepared& prepared);
std::string contributions_csv(const Prepared& prepared);
std::string joins_csv(const Prepared& prepared);
/// One row an indicator, year and region: its class and, where errors are known, how firm that is.
std::string classes_csv(const Prepared& prepared);
/// One row a pair of regions compared.
std::string pairs_csv(const Prepared& prepared);
/// Figures at places: one row an indicator, year and point.
std::string points_csv(const Prepared& prepared);
/// Figures put together to the parents of nested regions beside the published ones: one row an indicator,
/// year and parent.
std::string rolled_up_csv(const Prepared& prepared);
/// "stunting, 2020: 2 of 2 parents put together, 1 of 2 published figures differ"; a line a layer.
std::string rolled_up_text(const Prepared& prepared);

/// The index of the only layer. Throws UsageError when there are several: says which years there are.
std::size_t only_layer(const Prepared& prepared);
/// Drops the measures that `codes` does not name.
void keep_measures(Prepared& prepared, const std::vector<std::string>& codes);

/// For a terminal; `index` is that of a layer.
std::string measures_text(const Prepared& prepared, std::size_t index,
                          const std::filesystem::path& data_folder, Language language);
/// Breaks, counts and fit, then the regions of each class.
std::string classes_text(const Prepared& prepared, std::size_t index,
                         const std::filesystem::path& data_folder, Language language);
std::string pyramid_text(const PyramidReport& report);

}  // namespace tendik::report
