#pragma once

#include <filesystem>
#include <vector>

#include "tendik/run/plan.h"
#include "tendik/run/prepare.h"
#include "tendik/style/choropleth.h"
#include "tendik/style/text_book.h"

namespace tendik::run {

/// The look of one layer; parallel to atlas.layers.
struct StyledLayer {
    Choropleth choropleth;
    Legend legend;
};

std::vector<StyledLayer> style_layers(const Plan& plan, const Prepared& prepared, const TextBook& texts,
                                      const std::filesystem::path& styles_dir);

}  // namespace tendik::run
