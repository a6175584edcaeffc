#pragma once

#include "tendik/style/colour.h"

/// The colours of what lies round the regions; the page has the same (styles/site/context.js).
namespace tendik::style::context_look {

inline constexpr Colour land{243, 241, 235};
inline constexpr Colour water{213, 231, 241};
inline constexpr Colour old_water{230, 241, 247};  ///< of an outline older than the map
inline constexpr Colour shore{127, 176, 203};
inline constexpr Colour river{107, 163, 196};
inline constexpr Colour neighbour_border{201, 194, 180};

}  // namespace tendik::style::context_look
