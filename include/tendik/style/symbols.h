#pragma once

#include "tendik/style/colour.h"

#include <vector>

namespace tendik {

/// Circles whose area is in proportion to a value: the honest picture of a total or count, which a fill would
/// spread over the size of its region. Sizes are equal for all layers that share a Symbols.
struct Symbols {
    double largest = 1.0;             ///< the value of the largest circle; > 0
    double largest_radius_px = 30.0;  ///< at 96 px an inch
    Colour fill;
    Colour outline;
    Colour ground;                ///< fill of the regions below the circles
    std::vector<double> samples;  ///< values of the circles in the legend, descending; each <= largest

    /// largest_radius_px * sqrt(value / largest); 0 for a value of 0. `value` >= 0.
    double radius_px(double value) const;
};

namespace style {

/// The symbols of one series; `numbers` are its values of all years. Throws InputError for a negative one: no
/// circle has a negative area.
Symbols make_symbols(const std::vector<double>& numbers, const Colour& fill);

}  // namespace style
}  // namespace tendik
