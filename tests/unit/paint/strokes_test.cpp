#include "tendik/base/error.h"
#include "tendik/paint/region_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace tendik {
namespace {

Image plain(std::size_t width, std::size_t height, const Colour& colour) {
    Image image{width, height, {}};
    for (std::size_t i = 0; i < width * height; ++i)
        image.rgba.insert(image.rgba.end(), {colour.red, colour.green, colour.blue, colour.alpha});
    return image;
}

Colour pixel(const Image& image, std::size_t x, std::size_t y) {
    const auto* rgba = &image.rgba[4 * (y * image.width_px + x)];
    return {rgba[0], rgba[1], rgba[2], rgba[3]};
}

TEST(Strokes, ALineAlongAPixelRowFillsIt) {
    auto image = plain(5, 3, {250, 240, 230});
    paint::draw_strokes(image, {{{{{-2.0, 1.5}, {7.0, 1.5}}}, {10, 20, 30}, 1.0, {}}});
    for (std::size_t x = 0; x < 5; ++x) {
        EXPECT_EQ(pixel(image, x, 0), (Colour{250, 240, 230}));
        EXPECT_EQ(pixel(image, x, 1), (Colour{10, 20, 30}));
        EXPECT_EQ(pixel(image, x, 2), (Colour{250, 240, 230}));
    }
}

TEST(Strokes, ALineBetweenTwoRowsCoversHalfOfEach) {
    auto image = plain(5, 2, {255, 255, 255});
    paint::draw_strokes(image, {{{{{-2.0, 1.0}, {7.0, 1.0}}}, {0, 0, 0}, 1.0, {}}});
    // Half black over white is 127.5; Cairo counts 15 sample rows a pixel, so a half is 7 or 8 of them.
    EXPECT_NEAR(pixel(image, 2, 0).red, 127.5, 9);
    EXPECT_NEAR(pixel(image, 2, 1).green, 127.5, 9);
    EXPECT_EQ(pixel(image, 2, 0).alpha, 255);
}

TEST(Strokes, OverNothingALineKeepsItsColour) {
    auto image = plain(5, 2, {0, 0, 0, 0});
    paint::draw_strokes(image, {{{{{-2.0, 1.0}, {7.0, 1.0}}}, {200, 100, 50}, 1.0, {}}});
    EXPECT_NEAR(pixel(image, 2, 0).alpha, 127.5, 9);  // 7 or 8 of 15 sample rows
    EXPECT_NEAR(pixel(image, 2, 0).red, 200, 2);      // back from premultiplied: at most 255 / 127 off
    EXPECT_NEAR(pixel(image, 2, 0).green, 100, 2);
    EXPECT_NEAR(pixel(image, 2, 0).blue, 50, 2);
}

TEST(Strokes, PixelsThatNoLineTouchesKeepTheirBytes) {
    auto image = plain(6, 6, {201, 103, 55, 3});  // would lose its colour on a way through premultiplied
                                                  // bytes
    paint::draw_strokes(image, {{{{{0.0, 0.5}, {6.0, 0.5}}}, {0, 0, 0}, 1.0, {}}});
    EXPECT_EQ(pixel(image, 3, 0), (Colour{0, 0, 0}));
    EXPECT_EQ(pixel(image, 3, 3), (Colour{201, 103, 55, 3}));
}

TEST(Strokes, DashesLeaveGaps) {
    auto image = plain(12, 1, {255, 255, 255});
    paint::draw_strokes(image, {{{{{0.0, 0.5}, {12.0, 0.5}}}, {0, 0, 0}, 1.0, {4.0, 2.0}}});
    for (std::size_t x = 0; x < 12; ++x)
        EXPECT_EQ(pixel(image, x, 0).red, x % 6 < 4 ? 0 : 255) << x;
}

TEST(Strokes, JoinsAreRound) {
    auto image = plain(40, 40, {255, 255, 255});
    paint::draw_strokes(image, {{{{{0.0, 20.0}, {20.0, 20.0}, {20.0, 40.0}}}, {0, 0, 0}, 16.0, {}}});
    EXPECT_EQ(pixel(image, 24, 15).red, 0);    // 4.5 px out both ways: 6.4 px from the corner, within 8
    EXPECT_EQ(pixel(image, 26, 13).red, 255);  // 6.5 px out both ways: 9.2 px away; a mitre would reach it
}

TEST(Strokes, WhatCannotBeDrawnIsRefused) {
    auto image = plain(4, 4, {255, 255, 255});
    EXPECT_THROW(paint::draw_strokes(image, {{{{{0.0, 0.0}, {std::nan(""), 1.0}}}, {}, 1.0, {}}}),
                 InputError);
    EXPECT_THROW(paint::draw_strokes(image, {{{{{0.0, 0.0}, {1e9, 1.0}}}, {}, 1.0, {}}}), InputError);
    EXPECT_THROW(paint::draw_strokes(image, {{{{{0.0, 0.0}, {1.0, 1.0}}}, {}, 0.0, {}}}), InputError);
    EXPECT_THROW(paint::draw_strokes(image, {{{{{0.0, 0.0}, {1.0, 1.0}}}, {}, 1.0, {-1.0, 2.0}}}), Error);
    EXPECT_EQ(image.rgba, plain(4, 4, {255, 255, 255}).rgba);
}

}  // namespace
}  // namespace tendik
