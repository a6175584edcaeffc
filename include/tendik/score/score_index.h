#pragma once

#include "tendik/base/finding.h"
#include "tendik/index/composite.h"
#include "tendik/index/robustness.h"
#include "tendik/model/atlas.h"
#include "tendik/score/index_file.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// What is told of an indicator of an index besides its numbers.
struct IndexSource {
    std::optional<int> year;
    std::string year_label;
    Texts unit;
    bool survey = false;
    std::string vintage;                         ///< that the figures were published for
    std::vector<Texts> notes;                    ///< of the layer: breaks, outliers, what is computed
    std::vector<std::string> publications = {};  ///< ids of the sources that the figures come from
};

/// A composite index of a file: the tree with its figures, the result, and how firm its ranks are.
struct ScoredIndex {
    Texts title;
    Texts note;
    std::size_t boundaries = 0;  ///< index into Atlas::boundaries
    std::vector<std::string> keys;
    std::vector<Texts> names;  ///< of the regions, parallel to the keys
    IndexTree tree;
    std::vector<IndexSource> sources;  ///< parallel to the indicators of the tree
    IndexOptions options;
    IndexResult result;
    RobustnessOptions choices;
    std::optional<Robustness> robustness;
};

namespace score {

/// The index over the atlas that was loaded for its plan. Robustness is tested where the file speaks of it,
/// or `draws` does. Findings:
/// - "index-treated" (note): outliers and every value that changed; "index-outlying" (warning): the limits
/// are
///   exceeded after treatment, too;
/// - "index-undefined" (error): an indicator that tells nothing, such as one equal in all regions;
/// - "index-reweighted" (warning): a region, what it has no figure for and why; "index-no-score" (warning):
///   one of which too little is known;
/// - "index-no-component" (warning): weights of principal components that there are none of; "index-opposed":
/// an
///   indicator that falls where the index rises (note), or the component of its siblings (warning);
/// - "index-no-error" (note): values without a standard error among others that have one.
/// Throws InputError: indicators of different regions, a total or count, a neutral indicator whose direction
/// is not stated, one of several years, values outside of stated bounds, negative errors; and as
/// index::compose() does.
ScoredIndex score_index(const PlannedIndex& planned, const Atlas& atlas, Findings& findings);

/// Regions in the order of their ranks, those without a rank last.
std::vector<std::size_t> regions_by_rank(const ScoredIndex& scored);

}  // namespace score
}  // namespace tendik
