#pragma once

#include "tendik/io/write_layers.h"
#include "tendik/layers/drawn_layers.h"
#include "tendik/model/atlas.h"
#include "tendik/model/measure.h"
#include "tendik/plan/plan.h"
#include "tendik/study/steps.h"
#include "tendik/style/text_book.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tendik::layers {

/// Theme of composite indices, beside those of the catalogue; its name is the text of the same key.
inline constexpr std::string_view index_theme = "composite.theme";

/// The score of a composite index as a layer like any other, with its look.
struct DrawnIndex {
    Layer layer;  ///< code "index_N", no year; the title, unit and definition of the index, its note among
                  ///< the notes
    StyledLayer look;
    Measures measures;  ///< regions, ends, unweighted mean, each region's gap and rank; no measure has a
                        ///< value
};

/// "index_1", "index_2": as its table is called.
std::string index_name(std::size_t index);

/// Names of the regions, then score, rank, rank interval, scores of the nodes and parts of the indicators.
FeatureLayer index_layer(const IndexStudy& study, const std::string& name);

DrawnIndex draw_index(const Plan& plan, const IndexStudy& study, const std::string& name,
                      const TextBook& texts, const std::filesystem::path& styles_dir);

/// The look of the score in QGIS; the note of the index stands in the legend.
StoredStyle index_style(const DrawnIndex& drawn, const std::string& name);

/// Which boundaries of the atlas the index ranks; none where its file names others.
std::optional<std::size_t> boundaries_of_index(const IndexStudy& study, const Atlas& atlas);

}  // namespace tendik::layers
