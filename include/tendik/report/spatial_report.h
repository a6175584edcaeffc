#pragma once

#include "tendik/base/finding.h"
#include "tendik/io/write_layers.h"
#include "tendik/model/boundaries.h"
#include "tendik/spatial/weights.h"
#include "tendik/study/autocorrelation.h"
#include "tendik/study/smooth.h"
#include "tendik/study/steps.h"

#include <filesystem>
#include <string>
#include <vector>

namespace tendik::report {

/// For a terminal: of which map, what was found, how sure it is, and in which regions.
std::string autocorrelation_text(const Autocorrelation& result, const Layer& layer,
                                 const Boundaries& boundaries, const std::filesystem::path& data_folder,
                                 Language language);
/// Schema "tendik.autocorrelation/1".
std::string autocorrelation_json(const Autocorrelation& result, const Findings& findings);
/// One row a region of a local statistic, a pair of colours of join counts, else the one number.
std::string autocorrelation_csv(const Autocorrelation& result);

/// The same rows for all maps of a step, with the map in front and, of one number, the p adjusted for all.
std::string patterns_csv(const Prepared& prepared, const std::vector<PatternStudy>& studies);

/// A row a region: its neighbours; then how many links, regions without a neighbour and parts there are.
std::string neighbours_text(const SpatialWeights& weights);
/// What a file of that ending (.gal, .gwt, .json) holds; throws UsageError as spatial/weights_file.h says.
std::string weights_file_text(const SpatialWeights& weights, const std::filesystem::path& target);

/// {"schema": "tendik.smooth/1", "method", "weights", "per", "mean", "between_variance", "rows": [{"key",
/// "events", "people", "rate", "result", "shrinkage", "state"}], "findings"}.
std::string smooth_json(const SmoothedLayer& layer, const Boundaries& boundaries, const Findings& findings);
/// The same rows.
std::string smooth_csv(const SmoothedLayer& layer, const Boundaries& boundaries);
/// In the words of styles/texts.
std::string smooth_text(const SmoothedLayer& layer, const Boundaries& boundaries,
                        const std::filesystem::path& data_folder, Language language);
FeatureLayer smooth_fields(const SmoothedLayer& layer, const Boundaries& boundaries, const std::string& name);

}  // namespace tendik::report
