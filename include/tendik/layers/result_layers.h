#pragma once

#include "tendik/io/write_layers.h"
#include "tendik/prepare/prepare.h"

#include <cstddef>
#include <string>

namespace tendik::layers {

/// What `measure` writes of layer `index`: the columns of feature_layer(), under another name.
FeatureLayer measured_layer(const Prepared& prepared, std::size_t index, const std::string& name);

/// What `classify` writes of it: names, value, state, precision, class and how firm the class is.
FeatureLayer classed_layer(const Prepared& prepared, std::size_t index, const std::string& name);

/// measured_layer() of all layers below each other, one row an indicator, year and region: indicator, year,
/// vintage, key, then its columns; what no region has a word in is left out.
std::string measured_regions_csv(const Prepared& prepared);

}  // namespace tendik::layers
