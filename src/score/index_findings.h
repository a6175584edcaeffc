#pragma once

#include "tendik/score/score_index.h"

namespace tendik::score {

/// Why a region has no figure that counts, in words: "inherited from South Kazakhstan", "suppressed".
struct Absence {
    std::vector<std::vector<std::string>> why;  ///< by indicator and region; empty where a figure counts
};

/// Everything of a scored index that deserves a look.
void report_index(const ScoredIndex& scored, const Absence& absence, Findings& findings);

}  // namespace tendik::score
