#include "tendik/style/symbols.h"

#include "tendik/base/error.h"
#include "tendik/style/choropleth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace tendik {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::filesystem::path styles_dir = std::filesystem::path(TENDIK_SOURCE_DIR) / "styles";
constexpr Colour fill{10, 20, 30};

TEST(Symbols, TheAreaOfACircleIsInProportionToItsValue) {
    const auto symbols = style::make_symbols({100, 400, 25}, fill);
    EXPECT_DOUBLE_EQ(symbols.radius_px(400), symbols.largest_radius_px);
    EXPECT_DOUBLE_EQ(symbols.radius_px(100), symbols.largest_radius_px / 2);  // by hand: sqrt(1/4)
    EXPECT_DOUBLE_EQ(symbols.radius_px(25), symbols.largest_radius_px / 4);   // by hand: sqrt(1/16)
    EXPECT_EQ(symbols.radius_px(0), 0.0);
}

TEST(Symbols, TheSamplesAreRoundAndWellApart) {
    EXPECT_THAT(style::make_symbols({778, 3}, fill).samples, ElementsAre(500, 100, 20));      // by hand
    EXPECT_THAT(style::make_symbols({1000}, fill).samples, ElementsAre(1000, 200, 50));       // by hand
    EXPECT_THAT(style::make_symbols({0.3}, fill).samples, ElementsAre(0.2, 0.05, 0.01));      // by hand
    EXPECT_THAT(style::make_symbols({49999}, fill).samples, ElementsAre(20000, 5000, 1000));  // by hand
}

TEST(Symbols, ASeriesOfZerosHasNoSamples) {
    EXPECT_TRUE(style::make_symbols({0, 0}, fill).samples.empty());
    EXPECT_TRUE(style::make_symbols({}, fill).samples.empty());
}

TEST(Symbols, ANegativeValueIsRefused) {
    try {
        style::make_symbols({4, -2.5}, fill);
        FAIL() << "drew a circle of negative area";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), HasSubstr("-2.5"));
    }
}

TEST(Symbols, TheLegendHoldsCirclesAndCountsEveryRegionOnce) {
    Layer layer;
    layer.indicator.code = "emissions";
    layer.values = {Value::of(778), Value::of(0), Value::without(State::missing)};
    layer.notes.push_back({"a note", "", ""});
    Boundaries boundaries;
    boundaries.regions.resize(3);
    const auto look = style::make_symbol_look(style::make_symbols({778, 0}, fill));
    const auto legend = style::make_legend(layer, boundaries, look, style::read_text_book(styles_dir));
    std::vector<LegendKind> kinds;
    std::size_t sum = 0;
    for (const auto& entry : legend.entries) {
        kinds.push_back(entry.kind);
        sum += entry.count;
    }
    EXPECT_THAT(kinds, ElementsAre(LegendKind::symbol, LegendKind::symbol, LegendKind::symbol,
                                   LegendKind::present, LegendKind::missing));
    EXPECT_EQ(sum, 3U);
    EXPECT_EQ(legend.entries[0].value, 500.0);
    EXPECT_EQ(legend.entries[0].label.ru, "500");
    EXPECT_EQ(legend.entries[3].colour, look.colour_of(Value::of(5)));
    EXPECT_EQ(look.colour_of(Value::without(State::missing)), legend.entries[4].colour);
    ASSERT_EQ(legend.notes.size(), 2U);
    EXPECT_THAT(legend.notes[0].en, HasSubstr("in proportion"));
}

}  // namespace
}  // namespace tendik
