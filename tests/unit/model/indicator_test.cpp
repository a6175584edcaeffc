#include "tendik/model/indicator.h"

#include <gtest/gtest.h>

namespace tendik {
namespace {

TEST(Indicator, KindsAreWrittenAndReadBack) {
    EXPECT_EQ(to_text(IndicatorKind::rate), "rate");
    EXPECT_EQ(to_text(IndicatorKind::mean), "mean");
    EXPECT_EQ(to_text(IndicatorKind::total), "total");
    EXPECT_EQ(to_text(IndicatorKind::count), "count");
    EXPECT_EQ(kind_from_text("count"), IndicatorKind::count);
    EXPECT_EQ(kind_from_text("rate"), IndicatorKind::rate);
    EXPECT_EQ(kind_from_text("Rate"), std::nullopt);
}

TEST(Indicator, DirectionsAreWrittenAndReadBack) {
    EXPECT_EQ(to_text(Direction::adverse), "adverse");
    EXPECT_EQ(to_text(Direction::favourable), "favourable");
    EXPECT_EQ(to_text(Direction::neutral), "neutral");
    EXPECT_EQ(direction_from_text("favourable"), Direction::favourable);
    EXPECT_EQ(direction_from_text("adverse"), Direction::adverse);
    EXPECT_EQ(direction_from_text("neutral"), Direction::neutral);
    EXPECT_EQ(direction_from_text("up"), std::nullopt);
}

TEST(Catalogue, FindsAnIndicatorByItsCode) {
    Catalogue catalogue;
    catalogue.indicators.resize(2);
    catalogue.indicators[0].code = "stunting";
    catalogue.indicators[1].code = "poverty";
    EXPECT_EQ(find_indicator(catalogue, "poverty"), &catalogue.indicators[1]);
    EXPECT_EQ(find_indicator(catalogue, "wealth"), nullptr);
    EXPECT_EQ(find_indicator({}, "poverty"), nullptr);
}

TEST(Texts, FallBackToEnglish) {
    const Texts texts{"water", "", "су"};
    EXPECT_EQ(texts.in(Language::en), "water");
    EXPECT_EQ(texts.in(Language::ru), "water");
    EXPECT_EQ(texts.in(Language::kk), "су");
    EXPECT_FALSE(texts.empty());
    EXPECT_TRUE(Texts{}.empty());
}

TEST(Texts, LanguagesHaveTheirCodes) {
    EXPECT_EQ(code_of(Language::kk), "kk");
    EXPECT_EQ(code_of(Language::ru), "ru");
    EXPECT_EQ(code_of(Language::en), "en");
}

}  // namespace
}  // namespace tendik
