#pragma once

#include "tendik/base/finding.h"
#include "tendik/io/write_layers.h"
#include "tendik/model/texts.h"
#include "tendik/score/score_index.h"

#include <string>
#include <vector>

namespace tendik::report {

/// For a terminal: the method, the regions by rank with their domains and rank intervals, and which choices
/// the ranks hang on.
std::string index_text(const ScoredIndex& scored, Language language);
/// The waterfall of one region: what each domain, component and indicator adds to its score, beside the mean
/// of the regions. Throws UsageError for a key that is not there.
std::string waterfall_text(const ScoredIndex& scored, const std::string& key, Language language);
/// Schema "tendik.index/1".
std::string index_json(const ScoredIndex& scored, const Findings& findings);
/// One row a region: score, state, rank and interval, scores of all nodes, parts of the indicators.
std::string index_csv(const ScoredIndex& scored);
/// The same columns without the key: for a layer.
std::vector<Field> index_fields(const ScoredIndex& scored);

}  // namespace tendik::report
