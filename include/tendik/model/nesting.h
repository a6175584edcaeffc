#pragma once

#include "tendik/model/boundaries.h"
#include "tendik/model/value.h"

#include <cstddef>
#include <vector>

namespace tendik {

/// Regions that lie in larger ones, as districts in oblasts.
struct Nesting {
    Boundaries parents;                  ///< in the CRS of the regions
    std::vector<RegionIndex> parent_of;  ///< parallel to the regions; an index into the parents
};

/// The figures of one layer put together to the parents of its regions.
struct RolledUp {
    std::size_t layer = 0;                   ///< index into Atlas::layers
    Column values;                           ///< parallel to the parents; sums, or weighted means
    Column published;                        ///< what the table says of the parents; unmatched: nothing
    std::vector<std::size_t> region_counts;  ///< parallel; regions in each parent
    std::size_t differing_count = 0;         ///< parents whose published figure is another
};

}  // namespace tendik
