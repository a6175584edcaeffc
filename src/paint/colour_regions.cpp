#include "tendik/base/error.h"
#include "tendik/paint/region_image.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace tendik::paint {

namespace {

constexpr Colour transparent{0, 0, 0, 0};

void check(const RegionImage& regions, const std::vector<Colour>& colours, std::size_t oversampling) {
    if (regions.owner.size() != regions.width * regions.height)
        throw InputError(fmt::format("a region image of {} x {} samples holds {} samples", regions.width,
                                     regions.height, regions.owner.size()));
    if (oversampling == 0 || regions.width % oversampling != 0 || regions.height % oversampling != 0)
        throw InputError(fmt::format("{} x {} samples cannot be averaged {} by {}", regions.width,
                                     regions.height, oversampling, oversampling),
                         "width and height must be multiples of the oversampling");
    for (const auto owner : regions.owner)
        if (owner != RegionImage::no_region && owner >= colours.size())
            throw InputError(
                fmt::format("region {} has no colour: only {} colours are given", owner, colours.size()));
}

// One pixel's block of samples.
struct Block {
    std::span<const std::uint16_t> owner;
    std::size_t stride;
    std::size_t first;
    std::size_t side;

    std::span<const std::uint16_t> row(std::size_t number) const {
        return owner.subspan(first + number * stride, side);
    }
    bool has_one_owner() const {
        const auto one = owner[first];
        for (std::size_t number = 0; number < side; ++number)
            for (const auto sample : row(number))
                if (sample != one) return false;
        return true;
    }
};

Colour colour_of(std::uint16_t owner, const std::vector<Colour>& colours) {
    return owner == RegionImage::no_region || colours[owner].alpha == 0 ? transparent : colours[owner];
}

// Sums of colour times alpha divided by the sum of alpha, rounded half up: a transparent sample lends no
// colour.
Colour average(const Block& block, const std::vector<Colour>& colours) {
    std::uint64_t alpha = 0, red = 0, green = 0, blue = 0;
    for (std::size_t number = 0; number < block.side; ++number)
        for (const auto owner : block.row(number)) {
            const auto colour = colour_of(owner, colours);
            alpha += colour.alpha;
            red += std::uint64_t{colour.alpha} * colour.red;
            green += std::uint64_t{colour.alpha} * colour.green;
            blue += std::uint64_t{colour.alpha} * colour.blue;
        }
    if (alpha == 0) return transparent;
    const auto rounded = [](std::uint64_t sum, std::uint64_t count) {
        return static_cast<std::uint8_t>((2 * sum + count) / (2 * count));
    };
    const auto mean_alpha = rounded(alpha, block.side * block.side);
    if (mean_alpha == 0) return transparent;
    return {rounded(red, alpha), rounded(green, alpha), rounded(blue, alpha), mean_alpha};
}

void put(Image& image, std::size_t pixel, const Colour& colour) {
    const std::size_t at = 4 * pixel;
    image.rgba[at] = colour.red;
    image.rgba[at + 1] = colour.green;
    image.rgba[at + 2] = colour.blue;
    image.rgba[at + 3] = colour.alpha;
}

bool has_one_owner(const RegionImage& regions) {
    return std::all_of(regions.owner.begin(), regions.owner.end(),
                       [&](std::uint16_t owner) { return owner == regions.owner.front(); });
}

}  // namespace

Image colour_regions(const RegionImage& regions, const std::vector<Colour>& colours,
                     std::size_t oversampling) {
    check(regions, colours, oversampling);
    Image image{regions.width / oversampling, regions.height / oversampling, {}};
    const std::size_t pixels = image.width_px * image.height_px;
    image.rgba.resize(4 * pixels);
    if (pixels == 0) return image;
    if (has_one_owner(regions)) {
        const auto colour = colour_of(regions.owner.front(), colours);
        for (std::size_t pixel = 0; pixel < pixels; ++pixel)
            put(image, pixel, colour);
        return image;
    }
    for (std::size_t y = 0; y < image.height_px; ++y)
        for (std::size_t x = 0; x < image.width_px; ++x) {
            const std::size_t first = (y * regions.width + x) * oversampling;
            const Block block{regions.owner, regions.width, first, oversampling};
            put(image, y * image.width_px + x,
                block.has_one_owner() ? colour_of(regions.owner[first], colours) : average(block, colours));
        }
    return image;
}

}  // namespace tendik::paint
