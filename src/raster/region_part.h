#pragma once

#include "tendik/raster/tally.h"
#include "weight_cells.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tendik::raster {

/// Whole cells beside each other, in a window.
struct WholeRun {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    std::uint32_t columns = 0;
};

/// What of a window one region covers.
struct RegionPart {
    std::vector<WholeRun> runs;
    std::vector<EdgeCell> edges;  ///< in order of rows and columns
    bool empty() const { return runs.empty() && edges.empty(); }
};

RegionPart part_in(const Coverage& coverage, const Window& window);

/// The weights of one part: whole cells of the window, and its border cells.
struct PartWeights {
    const WeightCells* cells = nullptr;
    std::vector<CellWeight> edges;
};

/// Areas of the cells of a window: of one in each row, or of each cell; the other is empty.
struct WindowAreas {
    std::span<const double> of_rows_km2 = {};
    std::span<const double> of_cells_km2 = {};
};

/// What a window of one band tells of a region. `areas` is empty unless areas are needed.
Tally tally_part(std::span<const double> values, const Window& window, const RegionPart& part,
                 std::span<const PartWeights> weights, const TallyNeeds& needs, const WindowAreas& areas);

}  // namespace tendik::raster
