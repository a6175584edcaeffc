#pragma once

#include "tendik/model/arcs.h"
#include "tendik/model/context.h"
#include "tendik/tiles/vector_pyramid.h"

#include <filesystem>
#include <vector>

namespace tendik {

/// One layer of context for tiles.
struct ContextTileSource {
    const ContextLayer* layer = nullptr;
    ArcNetwork network;  ///< of the polygons, lon/lat degrees, parallel to the features; else empty
};

namespace tiles {

/// Writes what lies round the regions to an archive of its own, with the layers of the kinds that are given:
/// `neighbours` and `lakes` (polygons), `neighbour_borders` (lines between two neighbours, each once, without
/// coasts and the edge of the source), `rivers` (lines), `settlements` (points), and `context_labels` (a
/// point for each other feature with a name). Properties: kind, rank, name_en, name_ru, name_kk as far as
/// known (no fallback), outline_years; labels and borders have `of`: the layer. Each feature begins at
/// `first_zoom`. Polygons and lines are simplified to options.tolerance_units and cut to tile and buffer.
/// Equal input gives equal bytes at any number of jobs. Throws InputError as write_vector_pyramid, and when
/// nothing is to be drawn.
PyramidReport write_context_pyramid(const std::filesystem::path& target,
                                    const std::vector<ContextTileSource>& sources, const Simplify& simplify,
                                    const VectorPyramidOptions& options);

}  // namespace tiles
}  // namespace tendik
