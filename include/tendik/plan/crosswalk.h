#pragma once

#include "tendik/io/open_raster.h"
#include "tendik/io/read_boundaries.h"
#include "tendik/join/crosswalk.h"
#include "tendik/tables/read_table.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// The command `crosswalk`: shares between two sets of boundaries, and values carried over by them.
struct PlannedCrosswalk {
    BoundarySource from;
    BoundarySource to;
    RasterChoice weights;  ///< what shares are of, say people; no file: the ground
    CrosswalkOptions options = {};
    TableSource table;                        ///< of the `from` regions; no file: shares only
    bool indicators_in_rows = false;          ///< the columns below are indicators of one value column
    std::vector<std::string> extensive = {};  ///< totals
    std::vector<std::string> intensive = {};  ///< rates and means
    std::string denominator = {};             ///< population of the rates; empty: weighed by the shares
    std::optional<int> year = {};             ///< absent: every year of the table
    std::string register_file = {};
    std::size_t allow_unmatched = 0;
    std::size_t max_memory_bytes = std::size_t{512} << 20U;
    std::size_t jobs = 0;
};

}  // namespace tendik
