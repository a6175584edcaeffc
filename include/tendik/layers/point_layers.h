#pragma once

#include "tendik/io/write_layers.h"
#include "tendik/layers/drawn_layers.h"
#include "tendik/model/context.h"
#include "tendik/model/point_layer.h"
#include "tendik/plan/plan.h"
#include "tendik/prepare/prepare.h"
#include "tendik/style/text_book.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

namespace tendik::layers {

/// The look of each layer of points; parallel to Prepared::points.
std::vector<StyledLayer> style_points(const Plan& plan, const Prepared& prepared, const TextBook& texts,
                                      const std::filesystem::path& styles_dir);

/// The points as shapes of a vector file; their columns are those of point_layer().
ContextLayer point_shapes(const PointLayer& layer);
/// name, value, state and class. `shapes` must outlive it.
FeatureLayer point_layer(const PointLayer& layer, const ContextLayer& shapes);
/// Dots in the colours of the classes, one style for each language; the first is the default.
std::vector<StoredStyle> point_styles(const PointLayer& layer, const StyledLayer& styled);

/// The points that the surface of a modelled layer was made from, where the plan also shows them: index into
/// Prepared::points.
std::optional<std::size_t> points_of_surface(const Plan& plan, const Modelled& modelled);

}  // namespace tendik::layers
