#pragma once

#include "tendik/io/write_layers.h"
#include "tendik/model/context.h"
#include "tendik/style/text_book.h"

#include <string>
#include <vector>

namespace tendik::layers {

/// "context_lakes", a second file of lakes "context_lakes_2"; parallel to the layers.
std::vector<std::string> context_names(const std::vector<ContextLayer>& layers);

/// Columns: names in three languages, kind, rank, years of the outline.
FeatureLayer context_layer(const ContextLayer& layer, const std::string& name);

/// The looks of that layer in QGIS: English first, which is the default, then Russian and Kazakh.
std::vector<StoredStyle> context_styles(const ContextLayer& layer, const std::string& name,
                                        const TextBook& texts);

}  // namespace tendik::layers
