#pragma once

#include "tendik/plan/autocorrelation.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// [[autocorrelation]] of a plan, or the command `autocorrelation`: one statistic over one map or many.
struct PlannedAutocorrelation {
    std::string where;            ///< file, line and column; empty: the command line
    std::vector<std::string> of;  ///< codes of indicators; none: all whose regions can be ranked
    std::string with;             ///< code of the second indicator, for lee and bivariate-moran
    std::vector<int> years;       ///< none: all
    bool latest = false;          ///< of each indicator the last year only, on the units it was published for
    std::string vintage;          ///< which boundaries; empty: all
    AutocorrelationOptions options;
};

/// [[index]] of a plan, or the command `index`.
struct PlannedIndexStep {
    std::string where;
    std::string file;                   ///< resolved
    std::optional<std::size_t> draws;   ///< absent: as the file says
    std::optional<std::uint64_t> seed;  ///< absent: as the file says
};

namespace plan {

/// Whether the words name a file of weights, by its ending, and no rule.
inline bool is_file(const WeightsChoice& choice) {
    return choice.spec.ends_with(".gal") || choice.spec.ends_with(".gwt") || choice.spec.ends_with(".json");
}

}  // namespace plan
}  // namespace tendik
