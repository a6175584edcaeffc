#pragma once

#include "tendik/geom/shape.h"
#include "tendik/model/texts.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// What lies round and below a map of regions: it helps a reader to find his place and carries no figures.
enum class ContextKind : std::uint8_t { neighbours, lakes, rivers, settlements };

std::string_view to_text(ContextKind kind);
std::optional<ContextKind> context_kind_from_text(std::string_view text);

/// A run of points, not closed.
using Line = std::vector<Point>;

/// One country, lake, river or town; lon/lat degrees (WGS 84).
struct ContextFeature {
    Texts name;        ///< empty: the source has none; a language without a name falls back to English
    std::string kind;  ///< as in the file: "bordering", "lake", "river", "lake-centreline", "capital"
    int rank = 1;      ///< 1 is drawn first; kinds of context count differently, see `first_zoom`
    std::string outline_years;   ///< "1990-2005" where the outline is older than the map; else empty
    Shape shape;                 ///< of neighbours and lakes
    std::vector<Line> lines;     ///< of rivers
    std::optional<Point> place;  ///< of settlements; of others the place of their name
};

/// One file of context.
struct ContextLayer {
    ContextKind kind = ContextKind::neighbours;
    std::string source;  ///< as the user named it
    std::uint32_t min_zoom = 0;
    std::vector<ContextFeature> features;
    std::vector<Texts> absent;  ///< large waters that the source lacks, by name
    std::optional<Box> window;  ///< what the source was cut to, where it says so
    Texts attribution;
    Texts note;
};

/// Smallest zoom at which a feature is drawn: the layer's own, or later by its rank. Countries and lakes
/// above 10,000 km2 (rank 1) always, lakes above 1,000 km2 (rank 2) from 3, others from 4; rivers by the
/// scale rank of Natural Earth: to 4 from 3, 5 and 6 from 4, others from 5; cities and capitals (1, 2) from
/// 3, towns (3) from 5, small towns from 6. Lines through lakes are no rivers: never.
std::optional<std::uint32_t> first_zoom(const ContextLayer& layer, const ContextFeature& feature);

}  // namespace tendik
