#include "tendik/base/error.h"
#include "tendik/paint/region_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace tendik {
namespace {

using testing::ElementsAre;

std::vector<std::string> chunks_of(const std::string& png) {
    std::vector<std::string> names;
    std::size_t at = 8;  // PNG specification 5.2: the signature has eight bytes; 5.3: length, type, data, CRC
    while (at + 8 <= png.size()) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i)
            length = length << 8 | static_cast<unsigned char>(png[at + i]);
        names.push_back(png.substr(at + 4, 4));
        at += 12 + length;
    }
    return names;
}

std::string data_of(const std::string& png, const std::string& chunk) {
    const auto at = png.find(chunk);
    const auto length =
        static_cast<unsigned char>(png[at - 1]) + 256U * static_cast<unsigned char>(png[at - 2]);
    return png.substr(at + 4, length);
}

Image random_image(std::size_t width, std::size_t height, std::size_t colours) {
    std::mt19937 random(2015);
    std::vector<std::uint32_t> table(colours);
    for (std::size_t i = 0; i < colours; ++i)
        table[i] = static_cast<std::uint32_t>(random());
    Image image{width, height, {}};
    for (std::size_t i = 0; i < width * height; ++i) {
        const auto word = table[i < colours ? i : random() % colours];
        for (unsigned shift = 0; shift < 32; shift += 8)
            image.rgba.push_back(static_cast<std::uint8_t>(word >> shift & 0xFF));
    }
    return image;
}

TEST(Png, FewColoursBecomeAPaletteInTheOrderOfTheirFirstPixels) {
    const Image image{3, 1, {9, 8, 7, 255, 1, 2, 3, 128, 9, 8, 7, 255}};
    const auto png = paint::encode_png(image);
    EXPECT_THAT(chunks_of(png), ElementsAre("IHDR", "PLTE", "tRNS", "IDAT", "IEND"));
    EXPECT_EQ(data_of(png, "PLTE"), std::string("\x09\x08\x07\x01\x02\x03"));
    EXPECT_EQ(data_of(png, "tRNS"), std::string("\xff\x80"));
    EXPECT_EQ(data_of(png, "IHDR").substr(8, 2), std::string("\x08\x03"));  // PNG 11.2.2: 8 bits, colour type
                                                                            // 3
    EXPECT_EQ(paint::decode_png(png).rgba, image.rgba);
}

TEST(Png, AnOpaqueImageHasNoTransparencyChunk) {
    const Image image{1, 2, {9, 8, 7, 255, 1, 2, 3, 255}};
    EXPECT_THAT(chunks_of(paint::encode_png(image)), ElementsAre("IHDR", "PLTE", "IDAT", "IEND"));
}

TEST(Png, TransparentPixelsComeBackTransparent) {
    const Image image{2, 2, {0, 0, 0, 0, 250, 10, 20, 255, 0, 0, 0, 0, 250, 10, 20, 31}};
    EXPECT_EQ(paint::decode_png(paint::encode_png(image)).rgba, image.rgba);
}

TEST(Png, ComesBackAsItWasWithAndWithoutAPalette) {
    for (const std::size_t colours : {1U, 2U, 255U, 256U, 257U, 3000U}) {
        const auto image = random_image(61, 53, colours);
        const auto png = paint::encode_png(image);
        const auto again = paint::decode_png(png);
        EXPECT_EQ(again.width_px, 61U);
        EXPECT_EQ(again.height_px, 53U);
        EXPECT_EQ(again.rgba, image.rgba) << colours;
        const auto chunks = chunks_of(png);
        EXPECT_EQ(std::count(chunks.begin(), chunks.end(), "PLTE"), colours <= 256 ? 1 : 0) << colours;
    }
}

TEST(Png, EqualImagesGiveEqualBytes) {
    for (const std::size_t colours : {7U, 900U})
        EXPECT_EQ(paint::encode_png(random_image(64, 64, colours)),
                  paint::encode_png(random_image(64, 64, colours)));
}

TEST(Png, AnImageOfTheWrongSizeIsRefused) {
    EXPECT_THROW(paint::encode_png({}), InputError);
    EXPECT_THROW(paint::encode_png({2, 2, {1, 2, 3, 4}}), InputError);
}

TEST(Png, DamagedBytesAreRefused) {
    const auto png = paint::encode_png(random_image(20, 20, 30));
    EXPECT_THROW(paint::decode_png("no PNG at all"), InputError);
    EXPECT_THROW(paint::decode_png(png.substr(0, png.size() / 2)), InputError);
    auto bent = png;
    bent[png.find("IDAT") + 10] = static_cast<char>(bent[png.find("IDAT") + 10] ^ 0x55);
    EXPECT_THROW(paint::decode_png(bent), InputError);
}

}  // namespace
}  // namespace tendik
