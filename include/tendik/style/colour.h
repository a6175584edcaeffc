#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tendik {

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;
    friend bool operator==(const Colour&, const Colour&) = default;
};

std::string to_hex(const Colour& colour);                      ///< "#rrggbb"
std::optional<Colour> colour_from_hex(std::string_view text);  ///< "#rrggbb"

/// CIE lightness L* of an sRGB colour (IEC 61966-2-1, CIE 15), 0 black .. 100 white; alpha is not looked at.
/// What is left of a colour in black-and-white print.
double lightness_of(const Colour& colour);

/// The colour of a number that stands for something, from 0: hues by the golden angle, in three lightnesses,
/// so that numbers near each other look unlike, and a colour stays when more follow.
Colour distinct_colour(std::size_t number);

}  // namespace tendik
