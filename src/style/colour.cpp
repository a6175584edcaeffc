#include "tendik/style/colour.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace tendik {

std::string to_hex(const Colour& colour) {
    return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

std::optional<Colour> colour_from_hex(std::string_view text) {
    if (text.size() != 7 || text.front() != '#') return std::nullopt;
    const auto part = [&](std::size_t at) -> std::optional<std::uint8_t> {
        std::uint8_t value = 0;
        const char* end = text.data() + at + 2;
        const auto [stop, fault] = std::from_chars(text.data() + at, end, value, 16);
        if (fault != std::errc{} || stop != end) return std::nullopt;
        return value;
    };
    const auto red = part(1), green = part(3), blue = part(5);
    if (!red || !green || !blue) return std::nullopt;
    return Colour{*red, *green, *blue, 255};
}

double lightness_of(const Colour& colour) {
    const auto linear = [](std::uint8_t channel) {
        const double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    const double luminance =
        0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
    const double dark_limit = 216.0 / 24389.0;
    return luminance > dark_limit ? 116.0 * std::cbrt(luminance) - 16.0 : luminance * 24389.0 / 27.0;
}

}  // namespace tendik
