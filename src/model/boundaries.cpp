#include "tendik/model/boundaries.h"

#include <algorithm>

namespace tendik {

std::optional<RegionIndex> find_region(const Boundaries& boundaries, const std::string& key) {
    const auto found = std::ranges::find(boundaries.regions, key, &Region::key);
    if (found == boundaries.regions.end()) return std::nullopt;
    return static_cast<RegionIndex>(found - boundaries.regions.begin());
}

Box box_of(const Boundaries& boundaries) {
    Box box;
    for (const auto& region : boundaries.regions)
        box.extend(box_of(region.shape));
    return box;
}

}  // namespace tendik
