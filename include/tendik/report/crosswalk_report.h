#pragma once

#include "tendik/base/finding.h"
#include "tendik/io/write_layers.h"
#include "tendik/study/crosswalk.h"

#include <filesystem>
#include <string>

namespace tendik::report {

/// {"schema": "tendik.crosswalk/1", "weighed_by", "rows": [{"from", "to", "area_km2", "amount", "from_share",
/// "to_share", "change"}], "targets": [{"key", "share_covered", "largest_source_share", "effective_sources",
/// "estimated"}], "values": [{"key", "column", "year", "value", "state", "inherited"}], "findings"}.
std::string crosswalk_json(const CrosswalkResult& result, const Findings& findings);
/// The rows of shares; with columns those of values.
std::string crosswalk_csv(const CrosswalkResult& result);
/// What became of the regions, each that changed on a line; sums before and after; in the words of
/// styles/texts.
std::string crosswalk_text(const CrosswalkResult& result, const std::filesystem::path& data_folder,
                           Language language);
/// The targets with their columns ("NAME" or "NAME_YEAR", its state and whether it is inherited) and quality.
FeatureLayer crosswalk_layer(const CrosswalkResult& result, const std::string& name);

}  // namespace tendik::report
