#include "tendik/style/palette.h"

#include "support/temporary_folder.h"
#include "tendik/base/error.h"
#include "tendik/style/choropleth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace tendik {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

const std::filesystem::path styles_dir = std::filesystem::path(TENDIK_SOURCE_DIR) / "styles";
constexpr std::array palette_names{"cividis", "heat", "viridis", "water"};

Triple times(const Matrix& matrix, const Triple& vector) {
    Triple result{};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t k = 0; k < 3; ++k)
            result[row] += matrix[row][k] * vector[k];
    }
    return result;
}

Triple linear_rgb(const Colour& colour) {
    const auto linear = [](std::uint8_t channel) {
        const double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return {linear(colour.red), linear(colour.green), linear(colour.blue)};
}

/// CIE 1976 L*a*b* of linear sRGB, white D65.
Triple lab(const Triple& rgb) {
    static constexpr Matrix to_xyz{{{0.4124564, 0.3575761, 0.1804375},
                                    {0.2126729, 0.7151522, 0.0721750},
                                    {0.0193339, 0.1191920, 0.9503041}}};  // IEC 61966-2-1
    const auto [x, y, z] = times(to_xyz, rgb);
    const auto f = [](double t) {
        return t > 216.0 / 24389.0 ? std::cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
    };
    const double fx = f(x / 0.95047), fy = f(y), fz = f(z / 1.08883);
    return {116.0 * fy - 16.0, 500.0 * (fx - fy), 200.0 * (fy - fz)};
}

// How people without the long or the middle cones see: Machado, Oliveira & Fernandes 2009, severity 1, on
// linear RGB.
constexpr Matrix protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix everyone{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

Triple seen_with(const Matrix& eye, const Colour& colour) {
    auto rgb = times(eye, linear_rgb(colour));
    for (double& channel : rgb)
        channel = std::clamp(channel, 0.0, 1.0);
    return lab(rgb);
}

/// The smallest distance in L*a*b* among the three ways of seeing.
double least_distance(const Colour& one, const Colour& other) {
    double least = 1000.0;
    for (const auto& eye : {everyone, protanopia, deuteranopia}) {
        const auto a = seen_with(eye, one), b = seen_with(eye, other);
        least = std::min(least, std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
    }
    return least;
}

Classes some_classes(std::size_t count) {
    Classes classes;
    for (std::size_t k = 0; k <= count; ++k)
        classes.breaks.push_back(static_cast<double>(k));
    return classes;
}

TEST(Colour, ReadsBackFromItsHexadecimalForm) {
    EXPECT_EQ(to_hex(Colour{0, 127, 255, 255}), "#007fff");
    EXPECT_EQ(colour_from_hex("#007FFF"), (Colour{0, 127, 255, 255}));
    for (const auto* wrong :
         {"", "#", "007fff", "#07f", "#007ff", "#007fffa", "#00zzff", "#+1+2+3", "# 1 2 3"}) {
        EXPECT_FALSE(colour_from_hex(wrong)) << wrong;
    }
}

TEST(Colour, OfNumbersNearEachOtherAreUnlike) {
    // by hand: hue 0, L 0.4, S 0.65: 255 (0.4 +- 0.65 * 0.4)
    EXPECT_EQ(distinct_colour(0), (Colour{168, 36, 36, 255}));
    for (std::size_t i = 0; i < 500; ++i)
        for (std::size_t k = i + 1; k < i + 5; ++k) {
            const auto a = distinct_colour(i);
            const auto b = distinct_colour(k);
            const int apart =
                std::abs(a.red - b.red) + std::abs(a.green - b.green) + std::abs(a.blue - b.blue);
            EXPECT_GT(apart, 60) << i << " and " << k;
        }
}

TEST(Colour, HasTheLightnessOfCie) {
    EXPECT_NEAR(lightness_of({0, 0, 0}), 0.0, 1e-12);
    EXPECT_NEAR(lightness_of({255, 255, 255}), 100.0, 1e-9);
    EXPECT_NEAR(lightness_of({119, 119, 119}), 50.03, 0.005);  // by hand: Y = 0.1845, 116 Y^(1/3) - 16
    EXPECT_NEAR(lightness_of({255, 0, 0}), 53.233, 0.001);     // by hand: Y = 0.2126, 116 Y^(1/3) - 16
    EXPECT_NEAR(lightness_of({0, 0, 60}), 2.947, 0.001);  // by hand: 0.0722 x 0.045186 x 24389 / 27, below
                                                          // the knee
                                                          // Y
}

TEST(Palettes, HaveOneToNineClasses) {
    for (const std::string name : palette_names) {
        const auto palette = style::read_palette(styles_dir, name);
        EXPECT_EQ(palette.name, name);
        EXPECT_FALSE(palette.source.empty());
        ASSERT_EQ(palette.by_count.size(), 9U);
        for (std::size_t k = 1; k <= 9; ++k)
            EXPECT_EQ(palette.by_count[k - 1].size(), k);
    }
}

TEST(Palettes, KeepTheirClassesApartInBlackAndWhite) {
    for (const std::string name : palette_names) {
        for (const auto& colours : style::read_palette(styles_dir, name).by_count) {
            for (std::size_t k = 1; k < colours.size(); ++k) {
                const double step = lightness_of(colours[k]) - lightness_of(colours[k - 1]);
                const double first = lightness_of(colours[1]) - lightness_of(colours[0]);
                EXPECT_GE(std::abs(step), 8.0) << name << " of " << colours.size() << ", class " << k;
                EXPECT_GT(step * first, 0.0) << name << " turns back";
            }
        }
    }
}

// 7 units of L*a*b* are about three steps that a careful eye can just tell.
TEST(Palettes, KeepNeighbouringClassesApartForTheColourBlind) {
    for (const std::string name : palette_names) {
        for (const auto& colours : style::read_palette(styles_dir, name).by_count) {
            for (std::size_t k = 1; k < colours.size(); ++k) {
                EXPECT_GE(least_distance(colours[k], colours[k - 1]), 7.0)
                    << name << " of " << colours.size();
            }
        }
    }
}

TEST(Palettes, NoStateCanBeTakenForAClassOrAnotherState) {
    for (const std::string name : palette_names) {
        const auto palette = style::read_palette(styles_dir, name);
        for (std::size_t count = 1; count <= 9; ++count) {
            const auto look = style::make_choropleth(some_classes(count), palette, Direction::adverse);
            const std::array states{look.missing, look.suppressed, look.not_applicable, look.unmatched};
            for (std::size_t i = 0; i < states.size(); ++i) {
                for (const auto& colour : look.class_colours) {
                    EXPECT_GE(least_distance(states[i], colour), 11.0)
                        << name << ": " << to_hex(states[i]) << " and " << to_hex(colour);
                }
                for (std::size_t j = 0; j < i; ++j)
                    EXPECT_GE(least_distance(states[i], states[j]), 11.0);
            }
            for (const auto& colour : look.class_colours)
                EXPECT_GE(least_distance(look.border, colour), 11.0);
        }
    }
}

class PaletteFile : public ::testing::Test {
protected:
    test::TemporaryFolder folder;

    void write(const std::string& name, const std::string& text) {
        std::filesystem::create_directories(folder / "palettes");
        std::ofstream(folder / "palettes" / (name + ".toml")) << text;
    }
    std::pair<std::string, std::string> fault_of(const std::string& name) {
        try {
            style::read_palette(folder.path(), name);
        } catch (const InputError& error) {
            return {error.what(), error.hint()};
        }
        return {"no fault", ""};
    }
};

TEST_F(PaletteFile, AnUnknownNameIsToldWhichPalettesThereAre) {
    try {
        style::read_palette(styles_dir, "watr");
        FAIL() << "read a palette that is not there";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), AllOf(HasSubstr("'watr'"), HasSubstr("cividis, heat, viridis, water")));
        EXPECT_THAT(error.hint(), HasSubstr("did you mean 'water'"));
    }
    write("one", "");
    EXPECT_THAT(fault_of("../palettes/one").first, HasSubstr("there are: one"));
}

TEST_F(PaletteFile, AFolderWithoutPalettesIsNamed) {
    EXPECT_THAT(fault_of("heat").first, HasSubstr("holds no palettes"));
    EXPECT_THAT(fault_of("heat").second, HasSubstr("--data"));
}

TEST_F(PaletteFile, FaultsAreShownWithTheirLine) {
    write("p", "name = \"p\"\nsource = \"s\"\n[colours]\n1 = [\"#12345\"]\n");
    EXPECT_THAT(fault_of("p").first, AllOf(HasSubstr("line 4"), HasSubstr("'#12345'")));
    write("p", "name = \"p\"\nsource = \"s\"\n[colours]\n1 = [\"#123456\", \"#123456\"]\n");
    EXPECT_THAT(fault_of("p").first, AllOf(HasSubstr("line 4"), HasSubstr("2 colours for 1 classes")));
    write("p", "name = \"p\"\nsource = \"s\"\n[colours]\n1 = [\"#123456\"]\n3 = []\n");
    EXPECT_THAT(fault_of("p").first, HasSubstr("without a gap"));
    write("p", "name = \"p\"\nsource = \"s\"\ncolors = {}\n");
    EXPECT_THAT(fault_of("p").first, HasSubstr("colors"));
    EXPECT_THAT(fault_of("p").second, HasSubstr("colours"));
    write("p", "name = \"p\"\n");
    EXPECT_THAT(fault_of("p").first, HasSubstr("source"));
}

}  // namespace
}  // namespace tendik
