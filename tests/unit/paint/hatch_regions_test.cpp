#include "tendik/base/error.h"
#include "tendik/paint/region_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

constexpr Colour red{200, 10, 10, 255};

/// Rows of 16 pixels: eight of region 0, eight of region 1, both red.
struct TwoRegions {
    RegionImage regions{16, 8, std::vector<std::uint16_t>(16 * 8, 0)};
    Image image;

    TwoRegions() {
        for (std::size_t i = 0; i < regions.owner.size(); ++i)
            regions.owner[i] = i % 16 < 8 ? 0 : 1;
        image = paint::colour_regions(regions, {red, red}, 1);
    }
    Colour at(std::size_t x, std::size_t y) const {
        const auto i = 4 * (16 * y + x);
        return {image.rgba[i], image.rgba[i + 1], image.rgba[i + 2], image.rgba[i + 3]};
    }
};

TEST(HatchRegions, LeavesHalfOfTheColourAndOtherRegionsAsTheyAre) {
    TwoRegions map;
    paint::hatch_regions(map.image, map.regions, {true, false}, 1, 8);
    std::size_t shown = 0;
    for (std::size_t y = 0; y < 8; ++y)
        for (std::size_t x = 0; x < 16; ++x) {
            if (x >= 8) {
                EXPECT_EQ(map.at(x, y), red);
            }
            shown += x < 8 && map.at(x, y) == red;
        }
    EXPECT_EQ(shown, 32U);  // four of eight phases of the 64 pixels of region 0
    EXPECT_EQ(map.at(0, 0), (Colour{16, 32, 46, 255}));
    EXPECT_EQ(map.at(2, 0), (Colour{255, 255, 255, 255}));
    EXPECT_EQ(map.at(4, 0), red);
}

TEST(HatchRegions, StrokesRunOnInTheNextImageWithoutASeam) {
    TwoRegions map;
    paint::hatch_regions(map.image, map.regions, {true, true}, 1, 8);
    for (std::size_t y = 0; y < 8; ++y)
        for (std::size_t x = 0; x < 8; ++x)
            EXPECT_EQ(map.at(x, y), map.at(x + 8, y));  // a period further on the same begins
    EXPECT_EQ(map.at(0, 1), map.at(1, 0));              // along x + y
}

TEST(HatchRegions, WhatDoesNotFitIsRefused) {
    TwoRegions map;
    EXPECT_THROW(paint::hatch_regions(map.image, map.regions, {true, true}, 2, 8), InputError);
    EXPECT_THROW(paint::hatch_regions(map.image, map.regions, {true, true}, 1, 4), InputError);
}

}  // namespace
}  // namespace tendik
