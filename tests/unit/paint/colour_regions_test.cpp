#include "tendik/base/error.h"
#include "tendik/paint/region_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace tendik {
namespace {

using testing::ElementsAre;

constexpr auto none = RegionImage::no_region;

TEST(ColourRegions, EqualSamplesGiveExactlyTheirColour) {
    const RegionImage regions{4, 2, {0, 0, 1, 1, 0, 0, 1, 1}};
    const auto image = paint::colour_regions(regions, {{255, 255, 178}, {3, 7, 11, 100}}, 2);
    EXPECT_THAT(image.rgba, ElementsAre(255, 255, 178, 255, 3, 7, 11, 100));
}

TEST(ColourRegions, SamplesOutsideLendAlphaButNoColour) {
    const RegionImage regions{2, 2, {0, none, none, none}};
    // One of four samples covered: 255 / 4 = 63.75, rounded 64.
    EXPECT_THAT(paint::colour_regions(regions, {{200, 100, 50}}, 2).rgba, ElementsAre(200, 100, 50, 64));
}

TEST(ColourRegions, AveragesAreWeighedByAlphaAndRounded) {
    const RegionImage regions{2, 2, {0, 0, 0, 1}};
    // Alpha (3 x 255 + 51) / 4 = 204. Red (3 x 255 x 100 + 51 x 200) / 816 = 106.25. Green 3 x 255 x 10 / 816
    // = 9.375. Blue 51 x 80 / 816 = 5.
    const auto image = paint::colour_regions(regions, {{100, 10, 0, 255}, {200, 0, 80, 51}}, 2);
    EXPECT_THAT(image.rgba, ElementsAre(106, 9, 5, 204));
}

TEST(ColourRegions, AnImageOfOneOwnerIsThatOwnersColour) {
    const RegionImage empty{4, 4, std::vector<std::uint16_t>(16, none)};
    EXPECT_EQ(paint::colour_regions(empty, {}, 4).rgba, (std::vector<std::uint8_t>{0, 0, 0, 0}));
    const RegionImage full{2, 1, {1, 1}};
    EXPECT_THAT(paint::colour_regions(full, {{}, {1, 2, 3}}, 1).rgba,
                ElementsAre(1, 2, 3, 255, 1, 2, 3, 255));
}

TEST(ColourRegions, ARegionWithoutAColourIsRefused) {
    const RegionImage regions{2, 2, {0, 0, 0, 1}};
    EXPECT_THROW(paint::colour_regions(regions, {{1, 2, 3}}, 2), InputError);
    EXPECT_THROW(paint::colour_regions({3, 2, std::vector<std::uint16_t>(6, 0)}, {{1, 2, 3}}, 2), InputError);
}

constexpr std::size_t size_px = 256;
constexpr std::size_t oversampling = 4;
constexpr double radius_px = 120.0;

// A disc around the middle of the image, in samples, cut into `count` wedges.
std::vector<Shape> wedges(int count) {
    const double middle = size_px * oversampling / 2.0;
    const auto rim = [&](int step) {
        const double angle = 2.0 * std::numbers::pi * (step % (8 * count)) / (8.0 * count);
        return Point{middle + radius_px * oversampling * std::cos(angle),
                     middle + radius_px * oversampling * std::sin(angle)};
    };
    std::vector<Shape> shapes;
    for (int wedge = 0; wedge < count; ++wedge) {
        Ring ring{{middle, middle}};
        for (int step = 0; step <= 8; ++step)
            ring.push_back(rim(8 * wedge + step));
        ring.push_back(ring.front());
        shapes.push_back({{{ring, {}}}});
    }
    return shapes;
}

// Antialiasing wedge by wedge leaves light seams between them: two half-covered sides blend to three
// quarters.
TEST(NoSeams, ADiscOfWedgesInOneColourIsThatColourEverywhereInside) {
    const Colour colour{240, 59, 32};
    const auto regions = paint::paint_regions(wedges(37), size_px * oversampling, size_px * oversampling);
    const auto image = paint::colour_regions(regions, std::vector<Colour>(37, colour), oversampling);
    std::size_t inner = 0;
    for (std::size_t y = 0; y < size_px; ++y)
        for (std::size_t x = 0; x < size_px; ++x) {
            const double dx = static_cast<double>(x) + 0.5 - size_px / 2.0;
            const double dy = static_cast<double>(y) + 0.5 - size_px / 2.0;
            if (std::hypot(dx, dy) > radius_px - 2.0) continue;  // two pixels away from the rim
            const auto* pixel = &image.rgba[4 * (y * size_px + x)];
            ASSERT_EQ((Colour{pixel[0], pixel[1], pixel[2], pixel[3]}), colour) << x << ", " << y;
            ++inner;
        }
    EXPECT_GT(inner, 43000U);  // pi x 118^2 = 43743 pixels were looked at
}

}  // namespace
}  // namespace tendik
