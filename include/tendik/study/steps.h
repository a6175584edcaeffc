#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/boundaries.h"
#include "tendik/plan/study_steps.h"
#include "tendik/prepare/prepare.h"
#include "tendik/score/index_file.h"
#include "tendik/score/score_index.h"
#include "tendik/study/autocorrelation.h"
#include "tendik/study/trend.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

namespace tendik {

/// One statistic of one layer.
struct PatternStudy {
    std::size_t layer = 0;  ///< index into Atlas::layers
    Autocorrelation found;
    std::optional<double> p;           ///< of one number about the map: by permutation, else by its moments
    std::optional<double> p_adjusted;  ///< for all maps that the step looks at
    Correction correction = Correction::bh;  ///< by which
};

/// An index with the regions that it ranks.
struct IndexStudy {
    PlannedIndex planned;
    ScoredIndex scored;
    Boundaries boundaries;
};

/// What the steps of a plan find out about its figures.
struct Studies {
    std::vector<std::vector<PatternStudy>> patterns;  ///< by [[autocorrelation]]: a study for each layer
    std::vector<IndexStudy> indexes;                  ///< by [[index]]
    std::vector<TrendStudy> trends;                   ///< every series of two years and more
};

namespace study {

/// The statistic of every layer that the step means, in the order of the atlas; each p of one number about a
/// map is also adjusted for all of these maps, by the step's correction or, where that is none, by BH. Throws
/// InputError with the place of the step: an indicator, year or vintage that the atlas does not have (names
/// the nearest), and for what study::autocorrelate() refuses; a step without a place is a command, whose
/// UsageError stays one.
std::vector<PatternStudy> look_for_patterns(const PlannedAutocorrelation& step, const Prepared& prepared,
                                            Findings& findings);

/// Reads what the file of the index names, and scores it. Findings that stand already are not told again.
/// `builtin` is the plan that an index without one of its own means. Throws InputError.
IndexStudy score(const PlannedIndexStep& step, std::size_t jobs, const std::filesystem::path& builtin,
                 Findings& findings);

/// All steps of a plan, and its trends.
Studies carry_out(const Plan& plan, const Prepared& prepared, const std::filesystem::path& builtin,
                  Findings& findings);

}  // namespace study
}  // namespace tendik
