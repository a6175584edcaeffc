#pragma once

#include "tendik/qgis/layer_style.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::qgis {

/// One end of a class.
struct End {
    double value = 0.0;
    bool closed = true;  ///< the value itself belongs to the class
};

/// One row of the legend as both formats need it: which features, which look, which words.
struct LayerRule {
    LegendKind kind = LegendKind::value_class;
    std::string key;    ///< "class_1", "missing", ...; unique in its layer
    std::string label;  ///< in the language of the source
    Colour colour;
    std::string_view state;  ///< empty for `generalised`
    End lower;               ///< of value_class only
    End upper;
    std::optional<int> hatch_degrees;  ///< states are told apart by more than their colour
    Colour hatch;                      ///< colour of its strokes
    bool hatch_only = false;           ///< over the fill of another rule
};

/// The rules in the order of the legend. The generalised outlines are left out when the source names no
/// column for them. Throws InputError for an entry whose class does not exist and for a source without
/// columns.
std::vector<LayerRule> layer_rules(const Choropleth& choropleth, const Legend& legend,
                                   const LayerStyleSource& source);

/// What hatches a fill: the same hue, darker.
Colour hatch_colour(const Colour& fill);

// Millimetres on paper; one SLD pixel is 0.28 mm (SE 1.1.0, chapter 10.2.4).
inline constexpr double border_width_mm = 0.12;
inline constexpr double dash_width_mm = 0.3;
inline constexpr double dash_ground_width_mm = 0.6;
inline constexpr double hatch_width_mm = 0.15;
inline constexpr double hatch_distance_mm = 1.8;
inline constexpr double inherited_hatch_width_mm = 0.3;
inline constexpr double inherited_halo_width_mm = 0.8;
inline constexpr double dash_mm = 1.0;
inline constexpr double gap_mm = 0.7;
inline constexpr double halo_mm = 0.7;
inline constexpr double dot_mm = 3.2;
inline constexpr double empty_dot_mm = 1.4;
inline constexpr double dot_outline_mm = 0.25;
inline constexpr double symbol_outline_mm = 0.2;
inline constexpr double symbol_in_legend_mm = 3.0;
inline constexpr double mm_per_px = 25.4 / 96.0;  ///< of the sizes in Symbols
inline constexpr int label_size_pt = 8;
inline constexpr std::string_view label_font = "DejaVu Sans";
inline constexpr Colour label_colour{34, 34, 34};
inline constexpr Colour halo_colour{255, 255, 255};
inline constexpr Colour inherited_hatch_colour{16, 32, 46};
inline constexpr std::string_view generalised_pattern = "generalised%";

}  // namespace tendik::qgis
