#pragma once

#include "tendik/io/write_layers.h"
#include "tendik/plan/plan.h"
#include "tendik/prepare/prepare.h"
#include "tendik/style/choropleth.h"
#include "tendik/style/text_book.h"
#include "tendik/tiles/vector_pyramid.h"

#include <filesystem>
#include <vector>

namespace tendik::layers {

/// The look of one layer; parallel to atlas.layers.
struct StyledLayer {
    Choropleth choropleth;
    Legend legend;
};

std::vector<StyledLayer> style_layers(const Plan& plan, const Prepared& prepared, const TextBook& texts,
                                      const std::filesystem::path& styles_dir);

/// Columns of the map layer `index`: names, outline, value, state, precision, class, gaps, weight, and each
/// region's part in every measure; of a total only names, outline, value, state and precision.
FeatureLayer feature_layer(const Prepared& prepared, std::size_t index);

/// The columns of the boundaries' file with the values of all layers behind them: what `join` writes.
FeatureLayer joined_layer(const Prepared& prepared);

/// The columns of the parents' file with what their regions make of the layers on the first boundaries, and
/// what is published beside it.
FeatureLayer rolled_up_layer(const Prepared& prepared);

/// Values, states and classes (not of totals) of all layers on one set of boundaries.
std::vector<TileProperty> tile_properties(const Prepared& prepared, std::size_t boundaries);

}  // namespace tendik::layers
