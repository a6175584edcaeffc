#include "tendik/model/atlas.h"

#include "tendik/model/measure.h"
#include "tendik/model/register.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tendik {
namespace {

TEST(Layer, NameIsCodeAndYear) {
    Layer layer;
    layer.indicator.code = "stunting_moderate_severe";
    layer.year = 2015;
    EXPECT_EQ(layer.name(), "stunting_moderate_severe_2015");
}

TEST(Layer, NameWithoutAYearIsTheCode) {
    Layer layer;
    layer.indicator.code = "poverty";
    EXPECT_EQ(layer.name(), "poverty");
}

TEST(Layer, NameHoldsLettersDigitsAndUnderscoresOnly) {
    Layer layer;
    layer.indicator.code = "wa-ter access/2.km";
    layer.year = 2020;
    EXPECT_EQ(layer.name(), "wa_ter_access_2_km_2020");
}

TEST(Atlas, KnowsTheBoundariesOfALayer) {
    Atlas atlas;
    atlas.boundaries.resize(2);
    atlas.boundaries[1].vintage = "2018";
    Layer layer;
    layer.boundaries = 1;
    EXPECT_EQ(atlas.boundaries_of(layer).vintage, "2018");
    layer.boundaries = 2;
    EXPECT_THROW(atlas.boundaries_of(layer), std::out_of_range);
}

TEST(Measures, AreFoundByTheirCode) {
    Measures measures;
    measures.measures = {{"D", 9.5, "points", ""}, {"R", std::nullopt, "ratio", "the best value is zero"}};
    ASSERT_NE(measures.find("R"), nullptr);
    EXPECT_EQ(measures.find("R")->note, "the best value is zero");
    EXPECT_EQ(measures.find("D")->value, 9.5);
    EXPECT_EQ(measures.find("TI"), nullptr);
}

TEST(Register, TellsUnitsOfOneCodeApart) {
    Register reg;
    reg.entries.resize(2);
    reg.entries[0].unit_id = "KZ-YUZ@1997";
    reg.entries[1].unit_id = "KZ-YUZ@2018";
    EXPECT_EQ(find_unit(reg, "KZ-YUZ@2018"), &reg.entries[1]);
    EXPECT_EQ(find_unit(reg, "KZ-YUZ"), nullptr) << "the bare code names no unit";
}

}  // namespace
}  // namespace tendik
