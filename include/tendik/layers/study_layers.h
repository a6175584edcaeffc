#pragma once

#include "tendik/io/write_layers.h"
#include "tendik/layers/drawn_layers.h"
#include "tendik/plan/plan.h"
#include "tendik/study/steps.h"
#include "tendik/style/text_book.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace tendik::layers {

/// What the local statistics of the plan say of the regions of one layer: value, p, adjusted p and cluster of
/// each, under names that begin with the statistic's.
std::vector<Field> pattern_fields(const Studies& studies, std::size_t layer, const Boundaries& boundaries);

/// "index_1", "index_2": as its table is called.
std::string index_name(std::size_t index);
/// Names of the regions, then score, rank, rank interval, scores of the nodes and parts of the indicators.
FeatureLayer index_layer(const IndexStudy& study, const std::string& name);
/// The look of the score in QGIS; the note of the index stands in the legend.
StoredStyle index_style(const Plan& plan, const IndexStudy& study, const std::string& name,
                        const TextBook& texts, const std::filesystem::path& styles_dir);

/// autocorrelation_N.csv and index_N.csv, in the order of the plan. Throws SystemError.
void write_study_tables(const Prepared& prepared, const Studies& studies,
                        const std::filesystem::path& folder);

}  // namespace tendik::layers
