#include "tendik/style/symbols.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tendik {
namespace {

// Lighter than every class colour and unlike every colour of a state: it says "here is a value, look at the
// circle".
constexpr Colour ground_colour{0xf7, 0xf5, 0xee};
constexpr Colour outline_colour{0x3a, 0x2a, 0x1a};
constexpr int sample_count = 3;
/// Each sample is at most this part of the one before: its radius is half as long at most.
constexpr double sample_step = 4.0;

/// The greatest of 1, 2, 5, 10, 20, ... times a power of ten that is not above `value` > 0.
double round_below(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {5.0, 2.0, 1.0})
        if (step * power <= value) return step * power;
    return power / 2.0;  // log10 came out a hair too high
}

}  // namespace

double Symbols::radius_px(double value) const { return largest_radius_px * std::sqrt(value / largest); }

namespace style {

Symbols make_symbols(const std::vector<double>& numbers, const Colour& fill) {
    Symbols symbols;
    symbols.fill = fill;
    symbols.outline = outline_colour;
    symbols.ground = ground_colour;
    const auto [least, greatest] = std::ranges::minmax_element(numbers);
    if (least == numbers.end() || *greatest == 0.0) return symbols;
    if (*least < 0.0)
        throw InputError(
            fmt::format("the value {} cannot be drawn: no circle has a negative area", shortest(*least)),
            "show negative totals in a table, or per person by colours");
    symbols.largest = *greatest;
    double sample = *greatest;
    for (int i = 0; i < sample_count; ++i) {
        symbols.samples.push_back(round_below(sample));
        sample = symbols.samples.back() / sample_step;
    }
    return symbols;
}

}  // namespace style
}  // namespace tendik
