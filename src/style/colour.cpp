#include "tendik/style/colour.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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

Colour distinct_colour(std::size_t number) {
    constexpr double golden_angle_deg = 137.50776405003785;
    static constexpr std::array<double, 3> lightnesses{0.4, 0.58, 0.74};
    constexpr double saturation = 0.65;
    const double hue = std::fmod(static_cast<double>(number) * golden_angle_deg, 360.0);
    const double lightness = lightnesses.at(number % lightnesses.size());
    // HSL to RGB as CSS Color 4, section 7.1.
    const auto channel = [&](double n) {
        const double k = std::fmod(n + hue / 30.0, 12.0);
        const double reach = saturation * std::min(lightness, 1.0 - lightness);
        const double part = lightness - reach * std::clamp(std::min(k - 3.0, 9.0 - k), -1.0, 1.0);
        return static_cast<std::uint8_t>(std::lround(255.0 * part));
    };
    return {channel(0.0), channel(8.0), channel(4.0), 255};
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
