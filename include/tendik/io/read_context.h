#pragma once

#include "tendik/model/context.h"

#include <cstdint>
#include <string>

namespace tendik {

/// Where a layer of context comes from; in the words of the plan.
struct ContextSource {
    std::string file = {};   ///< a path or any OGR connection
    std::string layer = {};  ///< empty: the only layer
    ContextKind kind = ContextKind::neighbours;
    std::uint32_t min_zoom = 0;  ///< 0 to 14
};

namespace io {

/// Reads neighbours and lakes (polygons), rivers (lines) or settlements (points): names (columns name_en,
/// name_ru, name_kk, else name), kind, rank (a whole number from 1; without the column 1), outline_years; of
/// a GeoJSON file also its members attribution, note, absent and window. What is not in longitude and
/// latitude is transformed. Throws InputError: no such file or layer (the existing ones are named), a
/// geometry of another kind, a rank that is no number, a coordinate that is not finite, no CRS, text that is
/// not UTF-8.
ContextLayer read_context(const ContextSource& source);

}  // namespace io
}  // namespace tendik
