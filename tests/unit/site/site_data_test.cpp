#include "support/drawn_map.h"
#include "tendik/site/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace tendik {
namespace {

using nlohmann::json;

const std::filesystem::path styles_dir = std::filesystem::path(TENDIK_SOURCE_DIR) / "styles";

/// A map of two regions and one layer; the look is given by the test.
class SiteData : public testing::Test {
protected:
    SiteData() : boundaries(test::drawn_map({"AB"})) {
        layer.indicator.code = "smoke";
        layer.indicator.kind = IndicatorKind::total;
        layer.indicator.direction = Direction::neutral;
        layer.indicator.breaks = {{2019, {"counted anew", "новый способ", "жаңа тәсіл"}}};
        layer.year = 2020;
        layer.year_label = "2020";
        layer.values = {Value::of(400), Value::without(State::suppressed)};
        layer.sources = {"SRC"};
        measures.counted = 1;
        measures.sum = 400;
        measures.highest = RegionIndex{0};
        measures.lowest = RegionIndex{0};
    }
    json written(const Choropleth& look) const {
        const auto texts = style::read_text_book(styles_dir);
        const auto legend = style::make_legend(layer, boundaries, look, texts);
        SiteContent content;
        content.boundaries.push_back({&boundaries, "tiles", 0, 1});
        content.layers.push_back({&layer, &look, &legend, &measures, std::nullopt, 7});
        content.layers.back().index = of_index;
        const auto text = site::site_data(content, texts);
        const std::string head = "window.TENDIK_ATLAS = ";
        EXPECT_EQ(text.substr(0, head.size()), head);
        return json::parse(text.substr(head.size(), text.rfind(';') - head.size()));
    }

    Boundaries boundaries;
    Layer layer;
    Measures measures;
    const SiteIndex* of_index = nullptr;
};

TEST_F(SiteData, ATotalHasCirclesASumAndNoClass) {
    const auto look = style::make_symbol_look(style::make_symbols({400, 100}, Colour{1, 2, 3}));
    const auto indicator = written(look)["indicators"][0];
    EXPECT_EQ(indicator["kind"], "total");
    EXPECT_EQ(indicator["direction"], "neutral");
    const auto& year = indicator["years"][0];
    EXPECT_EQ(year["symbols"]["largest"], 400.0);
    EXPECT_EQ(year["symbols"]["colour"], "#010203");
    EXPECT_EQ(year["values"], json({400.0, nullptr}));
    EXPECT_EQ(year["states"], json({"present", "suppressed"}));
    EXPECT_EQ(year["classes"], json({nullptr, nullptr}));
    EXPECT_EQ(year["legend"][0]["kind"], "symbol");
    EXPECT_EQ(year["legend"][0]["value"], 200.0);  // the greatest of 1, 2, 5 times a power of ten below 400
    EXPECT_EQ(year["summary"]["sum"], 400.0);
    EXPECT_TRUE(year["summary"]["worst"].is_null());
    EXPECT_EQ(year["summary"]["highest"]["region"], 0);
}

TEST_F(SiteData, TellsWhatIsKnownOfModelledValues) {
    const auto look = style::make_symbol_look(style::make_symbols({400, 100}, Colour{1, 2, 3}));
    EXPECT_TRUE(written(look)["indicators"][0]["years"][0]["modelled"].is_null());
    layer.modelled = Modelled{.raster = "pm25.tif",
                              .error = {Value::of(17.5), Value::without(State::missing)},
                              .levels = {15},
                              .chances = {{Value::of(0.25), Value::without(State::missing)},
                                          {Value::of(0.75), Value::without(State::missing)}},
                              .stations = {3, 0},
                              .can_rank = false};
    const auto modelled = written(look)["indicators"][0]["years"][0]["modelled"];
    EXPECT_EQ(modelled["error"], json({17.5, nullptr}));
    EXPECT_EQ(modelled["levels"], json({15.0}));
    EXPECT_EQ(modelled["chances"], json({{0.25, nullptr}, {0.75, nullptr}}));
    EXPECT_EQ(modelled["stations"], json({3, 0}));
    EXPECT_EQ(modelled["can_rank"], false);
}

TEST_F(SiteData, TellsHowExactFiguresAre) {
    const auto look = style::make_symbol_look(style::make_symbols({400, 100}, Colour{1, 2, 3}));
    EXPECT_TRUE(written(look)["indicators"][0]["years"][0]["precision"].is_null());
    const auto missing = Value::without(State::missing);
    layer.measuring.errors = Column{Value::of(150), missing};
    layer.precision = Precision{.lower = {Value::of(100), missing},
                                .upper = {Value::of(700), missing},
                                .n = {Value::of(30), Value::of(9)},
                                .reliability = {Reliability::unreliable, std::nullopt},
                                .cut_points_percent = {16.6, 33.3},
                                .bracketed = {true, false}};
    const auto precision = written(look)["indicators"][0]["years"][0]["precision"];
    EXPECT_EQ(precision["se"], json({150.0, nullptr}));
    EXPECT_EQ(precision["lower"], json({100.0, nullptr}));
    EXPECT_EQ(precision["upper"], json({700.0, nullptr}));
    EXPECT_EQ(precision["n"], json({30.0, 9.0}));
    EXPECT_EQ(precision["bracketed"], json({true, false}));
    EXPECT_EQ(precision["unreliable"], json({true, false}));
    EXPECT_FALSE(precision.contains("unstable"));
}

TEST_F(SiteData, TellsSeriesBreaksAndSources) {
    layer.indicator.kind = IndicatorKind::rate;
    Classes classes;
    classes.breaks = {0, 200, 400};
    const auto look =
        style::make_choropleth(classes, style::read_palette(styles_dir, "viridis"), Direction::neutral);
    const auto indicator = written(look)["indicators"][0];
    EXPECT_EQ(indicator["breaks"][0]["year"], 2019);
    EXPECT_EQ(indicator["breaks"][0]["text"]["ru"], "новый способ");
    const auto& year = indicator["years"][0];
    EXPECT_EQ(year["series"], 7);
    EXPECT_EQ(year["sources"], json({"SRC"}));
    EXPECT_TRUE(year["symbols"].is_null());
    EXPECT_EQ(year["classes"], json({1, nullptr}));
}

TEST_F(SiteData, InheritedValuesAreFlaggedWithTheirClassBelowTheHatch) {
    layer.indicator.kind = IndicatorKind::rate;
    layer.values = {Value::of(400), Value::inherit(150)};
    layer.carried = Carried{"pre-2018", "2018", "", {{}, {"W", {"Whole", "Целое", "Бүтін"}}}, {}};
    Classes classes;
    classes.breaks = {0, 200, 400};
    const auto look =
        style::make_choropleth(classes, style::read_palette(styles_dir, "viridis"), Direction::neutral);
    const auto written_year = written(look)["indicators"][0]["years"][0];
    EXPECT_EQ(written_year["inherited"], json({false, true}));
    EXPECT_EQ(written_year["values"], json({400.0, 150.0}));
    EXPECT_EQ(written_year["states"], json({"present", "present"}));
    EXPECT_EQ(written_year["classes"], json({1, 0}));
    EXPECT_EQ(written_year["legend"][0]["count"], 0);  // 150 lies in it and is not counted
    EXPECT_EQ(written_year["legend"][2]["kind"], "inherited");
    EXPECT_EQ(written_year["legend"][2]["label"]["en"], "inherited from Whole");
    layer.values = {Value::of(400), Value::of(150)};
    EXPECT_FALSE(written(look)["indicators"][0]["years"][0].contains("inherited"));
}

TEST_F(SiteData, TellsWhatAScoreIsMadeOf) {
    const auto look = style::make_symbol_look(style::make_symbols({400, 100}, Colour{1, 2, 3}));
    EXPECT_FALSE(written(look)["indicators"][0]["years"][0].contains("index"));
    auto inherited = Value::of(3);
    inherited.inherited = true;
    SiteIndex index;
    index.nodes = {{.code = "index", .scores = {Value::of(60), Value::without(State::missing)}},
                   {.code = "teeth",
                    .name = {"Teeth", "Зубы", "Тістер"},
                    .parent = 0,
                    .year_label = "2015",
                    .weight = 0.5,
                    .scores = {Value::of(40), Value::without(State::missing)},
                    .parts = {Value::of(20), Value::without(State::missing)},
                    .figures = {Value::of(7), inherited}}};
    index.ranks = {{1, 2, 3}, {}};
    index.draws = 2000;
    index.mean_shift = 1.5;
    index.least_share = 0.5;
    of_index = &index;
    const auto told = written(look)["indicators"][0]["years"][0]["index"];
    EXPECT_EQ(told["nodes"][0]["parent"], nullptr);
    EXPECT_FALSE(told["nodes"][0].contains("states"));
    EXPECT_EQ(told["nodes"][0]["scores"], json({60.0, nullptr}));
    EXPECT_EQ(told["nodes"][1]["parent"], 0);
    EXPECT_EQ(told["nodes"][1]["name"]["kk"], "Тістер");
    EXPECT_EQ(told["nodes"][1]["parts"], json({20.0, nullptr}));
    EXPECT_EQ(told["nodes"][1]["states"], json({"present", "inherited"}));
    EXPECT_EQ(told["nodes"][1]["year"], "2015");
    EXPECT_EQ(told["ranks"]["low"], json({1, nullptr}));
    EXPECT_EQ(told["ranks"]["high"], json({3, nullptr}));
    EXPECT_EQ(told["least_share"], 0.5);
    index.ranks.clear();
    EXPECT_TRUE(written(look)["indicators"][0]["years"][0]["index"]["ranks"].is_null());
}

}  // namespace
}  // namespace tendik
