#include "tendik/base/error.h"
#include "tendik/paint/region_image.h"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace tendik::paint {
namespace {

constexpr std::array<std::uint8_t, 3> dark{0x10, 0x20, 0x2e};
constexpr std::array<std::uint8_t, 3> light{0xff, 0xff, 0xff};

void check(const Image& image, const RegionImage& regions, std::size_t oversampling, std::size_t period_px) {
    if (oversampling == 0 || regions.width != image.width_px * oversampling ||
        regions.height != image.height_px * oversampling)
        throw InputError(fmt::format("{} x {} samples are not those of {} x {} pixels", regions.width,
                                     regions.height, image.width_px, image.height_px));
    if (period_px < 8)
        throw InputError(
            fmt::format("a hatch that repeats every {} pixels leaves no colour to see", period_px),
            "8 is the least");
}

/// Of eight parts of the period two are dark with a light one on either side; four let the colour show.
std::optional<std::array<std::uint8_t, 3>> stroke_at(std::size_t phase, std::size_t period_px) {
    const auto part = 8 * phase / period_px;
    if (part < 2) return dark;
    if (part == 2 || part == 7) return light;
    return std::nullopt;
}

}  // namespace

void hatch_regions(Image& image, const RegionImage& regions, const std::vector<bool>& hatched,
                   std::size_t oversampling, std::size_t period_px) {
    check(image, regions, oversampling, period_px);
    for (std::size_t y = 0; y < image.height_px; ++y) {
        const auto row = (y * oversampling + oversampling / 2) * regions.width;
        for (std::size_t x = 0; x < image.width_px; ++x) {
            const auto owner = regions.owner[row + x * oversampling + oversampling / 2];
            if (owner == RegionImage::no_region || owner >= hatched.size() || !hatched[owner]) continue;
            const auto stroke = stroke_at((x + y) % period_px, period_px);
            if (!stroke) continue;
            const auto at = 4 * (y * image.width_px + x);
            for (std::size_t channel = 0; channel < 3; ++channel)
                image.rgba[at + channel] = (*stroke)[channel];
        }
    }
}

}  // namespace tendik::paint
