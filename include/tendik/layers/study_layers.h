#pragma once

#include "tendik/io/write_layers.h"
#include "tendik/study/steps.h"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace tendik::layers {

/// What the local statistics of the plan say of the regions of one layer: value, p, adjusted p and cluster of
/// each, under names that begin with the statistic's.
std::vector<Field> pattern_fields(const Studies& studies, std::size_t layer, const Boundaries& boundaries);

/// autocorrelation_N.csv and index_N.csv, in the order of the plan. Throws SystemError.
void write_study_tables(const Prepared& prepared, const Studies& studies,
                        const std::filesystem::path& folder);

}  // namespace tendik::layers
