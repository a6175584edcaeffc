#include "tendik/qgis/raster_style.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using testing::HasSubstr;

TEST(RasterQml, EndsOfClassesAreClosedAboveAndTheLastIsOpen) {
    Choropleth look;
    look.classes.breaks = {2.3, 5.1, 11.8};
    look.class_colours = {{254, 224, 139}, {215, 48, 39}};
    Legend legend;
    for (std::size_t i = 0; i < 2; ++i)
        legend.entries.push_back(
            {LegendKind::value_class, i, look.class_colours[i], {"a & b (modelled)", "м", ""}, 0, {}});
    const auto qml = qgis::to_raster_qml(look, legend, 2, Language::en);
    // A discrete ramp of QGIS colours what is <= value, as lower < v <= upper of model/classes.h.
    EXPECT_THAT(qml, HasSubstr("colorRampType=\"DISCRETE\""));
    EXPECT_THAT(qml, HasSubstr("band=\"2\""));
    EXPECT_THAT(qml, HasSubstr("<item value=\"5.1\" label=\"a &amp; b (modelled)\" color=\"#fee08b\""));
    EXPECT_THAT(qml, HasSubstr("<item value=\"inf\" label=\"a &amp; b (modelled)\" color=\"#d73027\""));
    EXPECT_THAT(qgis::to_raster_qml(look, legend, 1, Language::ru), HasSubstr("label=\"м\""));
}

TEST(RasterQml, NumbersThatStandForSomethingHaveAColourEach) {
    const auto qml = qgis::to_category_qml({{1.0, "a & b", {254, 224, 139}}, {2.0, "c", {215, 48, 39}}}, 1);
    // As QgsPalettedRasterRenderer of QGIS 3.22 reads it; tests/qgis loads a file of ours.
    EXPECT_THAT(qml, HasSubstr("<rasterrenderer type=\"paletted\" band=\"1\""));
    EXPECT_THAT(qml,
                HasSubstr("<paletteEntry value=\"1\" label=\"a &amp; b\" color=\"#fee08b\" alpha=\"255\""));
    EXPECT_THAT(qml, HasSubstr("<paletteEntry value=\"2\" label=\"c\" color=\"#d73027\""));
}

}  // namespace
}  // namespace tendik
