#pragma once

#include "tendik/base/finding.h"
#include "tendik/io/write_layers.h"
#include "tendik/prepare/prepare.h"
#include "tendik/study/trend.h"

#include <filesystem>
#include <string>
#include <vector>

namespace tendik::report {

/// {"schema": "tendik.trend/1", "series": [{"indicator", "vintage", "years", "means", "breaks", "measures":
/// [{"code", "unit", "from", "to", "before", "after", "change", "z", "p", "line"}], "convergence": {"n",
/// "spread", "sigma", "beta", "half_life_years", "note"}, "mean_pace", "regions": [{"key", "years", "first",
/// "last", "annual_change_percent", "to_target", "needed_change_percent", "on_track", "to_benchmark",
/// "note"}]}], "findings"}.
std::string trend_json(const Prepared& prepared, const std::vector<TrendStudy>& studies,
                       const Findings& findings);
/// A row a region and series.
std::string trend_csv(const Prepared& prepared, const std::vector<TrendStudy>& studies);
/// What was found and how sure it is, in the words of styles/texts, then the regions; all series.
std::string trend_text(const Prepared& prepared, const std::vector<TrendStudy>& studies,
                       const std::filesystem::path& data_folder, Language language);
/// The regions of one series with their pace.
FeatureLayer trend_layer(const Prepared& prepared, const TrendStudy& study, const std::string& name);

}  // namespace tendik::report
