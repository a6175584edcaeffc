#include "tendik/paint/context_image.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace tendik::paint {
namespace {

using Pixel = std::array<int, 4>;

Pixel at(const Image& image, std::size_t x, std::size_t y) {
    const auto* rgba = &image.rgba[4 * (y * image.width_px + x)];
    return {rgba[0], rgba[1], rgba[2], rgba[3]};
}

constexpr Pixel clear{0, 0, 0, 0};
constexpr Pixel land{243, 241, 235, 255};
constexpr Pixel water{213, 231, 241, 255};
constexpr Pixel old_water{230, 241, 247, 255};

Shape box(double west, double south, double east, double north) {
    return {{Polygon{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}}}};
}

ContextFeature feature(Shape shape, int rank = 1, std::string years = {}) {
    ContextFeature result;
    result.rank = rank;
    result.outline_years = std::move(years);
    result.shape = std::move(shape);
    return result;
}

ContextLayer layer(ContextKind kind, std::vector<ContextFeature> features) {
    ContextLayer result;
    result.kind = kind;
    result.features = std::move(features);
    return result;
}

// Tile 1/1/0 is the north-eastern quarter of the world: longitudes 0 to 180; 256 pixels wide, 45 degrees
// are 64.
constexpr TileNumber north_east{1, 1, 0};

TEST(ContextPainter, PutsLandOnTheSeaOfTheWindowAndNothingBeyondIt) {
    auto neighbours = layer(ContextKind::neighbours, {feature(box(45, 0, 90, 84))});
    neighbours.window = Box{0, 0, 135, 84};
    const auto images = ContextPainter({neighbours}).paint(north_east, 256, 2);
    // By hand: x = 256 x lon / 180, so the land lies from 64 to 128 and the window ends at 192.
    EXPECT_EQ(at(images.under, 32, 200), water);
    EXPECT_EQ(at(images.under, 96, 200), land);
    EXPECT_EQ(at(images.under, 160, 200), water);
    EXPECT_EQ(at(images.under, 224, 200), clear);
    EXPECT_EQ(at(images.over, 96, 200), clear);
    const auto border = at(images.under, 64, 200);
    EXPECT_TRUE(border != land && border != water);
}

TEST(ContextPainter, AnOutlineWithYearsIsPalerAndItsShoreIsBroken) {
    const auto lakes = layer(ContextKind::lakes,
                             {feature(box(10, 0, 45, 60)), feature(box(90, 0, 125, 60), 1, "1990-2005")});
    const auto images = ContextPainter({lakes}).paint(north_east, 256, 2);
    EXPECT_EQ(at(images.over, 40, 220), water);
    EXPECT_EQ(at(images.over, 150, 220), old_water);
    // Along the shore at 125 degrees (x = 177.8) the dashes leave pixels of the plain water.
    int gaps = 0;
    int gaps_of_today = 0;
    for (std::size_t y = 190; y < 250; ++y) {
        gaps += at(images.over, 177, y)[0] > 215 ? 1 : 0;
        gaps_of_today += at(images.over, 63, y)[0] > 205 ? 1 : 0;  // the shore at 45 degrees, x = 64
    }
    EXPECT_GT(gaps, 15);
    EXPECT_EQ(gaps_of_today, 0);
}

TEST(ContextPainter, SmallWatersAppearLaterAndLinesThroughLakesNever) {
    ContextFeature river;
    river.rank = 1;
    river.lines = {{{10, 40}, {170, 40}}};
    auto through = river;
    through.kind = "lake-centreline";
    const auto is_empty = [](const Image& image) {
        for (std::size_t i = 3; i < image.rgba.size(); i += 4)
            if (image.rgba[i] != 0) return false;
        return true;
    };
    const TileNumber deep{4, 8, 6};  // longitudes 0 to 22.5, latitudes 21.9 to 41
    const TileNumber shallow{3, 4, 3};
    // By model/context.h: rivers of rank up to 4 from zoom 3 of tiles of 512, which is 4 of tiles of 256.
    EXPECT_FALSE(is_empty(ContextPainter({layer(ContextKind::rivers, {river})}).paint(deep, 256, 2).over));
    EXPECT_TRUE(is_empty(ContextPainter({layer(ContextKind::rivers, {river})}).paint(shallow, 256, 2).over));
    EXPECT_FALSE(is_empty(ContextPainter({layer(ContextKind::rivers, {river})}).paint(shallow, 512, 2).over));
    EXPECT_TRUE(is_empty(ContextPainter({layer(ContextKind::rivers, {through})}).paint(deep, 256, 2).over));
}

TEST(Layers, OverAndUnderGoByTheAlphaOfBoth) {
    Image image{2, 1, {10, 20, 30, 255, 0, 0, 0, 0}};
    lay_under(image, {2, 1, {90, 90, 90, 255, 90, 90, 90, 255}});
    EXPECT_EQ(at(image, 0, 0), (Pixel{10, 20, 30, 255}));
    EXPECT_EQ(at(image, 1, 0), (Pixel{90, 90, 90, 255}));
    lay_over(image, {2, 1, {0, 0, 0, 0, 190, 190, 190, 51}});
    EXPECT_EQ(at(image, 0, 0), (Pixel{10, 20, 30, 255}));
    // By hand: 51 of 255 is a fifth, 190 / 5 + 90 x 4 / 5 = 110.
    EXPECT_EQ(at(image, 1, 0), (Pixel{110, 110, 110, 255}));
}

}  // namespace
}  // namespace tendik::paint
