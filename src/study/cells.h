#pragma once

#include "tendik/study/disaggregate.h"

#include <string>
#include <vector>

namespace tendik::study {

/// The plan with an indicator for each cell.
struct CellPlan {
    Plan plan;
    std::string indicator;
    std::vector<Dimension> dimensions;
    std::vector<std::vector<std::string>> cells;  ///< parallel to `codes`
    std::vector<std::string> codes;               ///< of the indicators of the cells
};

/// Throws as disaggregate().
CellPlan plan_cells(const Plan& plan, const DisaggregationChoice& choice);

}  // namespace tendik::study
