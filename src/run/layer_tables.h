#pragma once

#include <vector>

#include "tendik/io/write_layers.h"
#include "tendik/run/prepare.h"
#include "tendik/tiles/vector_pyramid.h"

namespace tendik::run {

/// Columns of one map layer: names, outline, value, state, class, gaps, weight and the contribution to the Theil index.
FeatureLayer feature_layer(const Prepared& prepared, std::size_t layer);

/// The columns of the boundaries' file with the values of all layers behind them: what `join` writes.
FeatureLayer joined_layer(const Prepared& prepared);

/// Values, states and classes of all layers on one set of boundaries.
std::vector<TileProperty> tile_properties(const Prepared& prepared, std::size_t boundaries);

}  // namespace tendik::run
