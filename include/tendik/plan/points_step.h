#pragma once

#include "tendik/stats/classify.h"
#include "tendik/tables/read_points.h"

#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// [[points]] of a plan: one indicator of the catalogue in one year at places, such as stations.
struct PlannedPoints {
    std::string code;   ///< of the catalogue
    PointSource table;  ///< `values` holds the column of the figure
    std::optional<int> year = {};
    std::optional<Scheme> scheme = {};  ///< absent: that of the maps
    std::vector<double> breaks = {};    ///< of the scheme fixed, strictly ascending
};

}  // namespace tendik
