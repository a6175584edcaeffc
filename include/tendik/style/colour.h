#pragma once

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

}  // namespace tendik
