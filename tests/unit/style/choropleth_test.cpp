#include "tendik/style/choropleth.h"

#include "tendik/base/error.h"
#include "tendik/stats/classify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace tendik {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::filesystem::path styles_dir = std::filesystem::path(TENDIK_SOURCE_DIR) / "styles";

Classes classes_of(std::vector<double> breaks) {
    Classes classes;
    classes.scheme = "fixed";
    classes.breaks = std::move(breaks);
    return classes;
}

Column column(const std::vector<double>& numbers) {
    Column result;
    for (const double number : numbers)
        result.push_back(Value::of(number));
    return result;
}

Layer layer_of(Column values, int decimals = 1) {
    Layer layer;
    layer.indicator.code = "stunting";
    layer.indicator.name = {"Stunting", "Отставание в росте", "Бойдың өспей қалуы"};
    layer.indicator.unit = {"%", "%", "%"};
    layer.indicator.decimals = decimals;
    layer.year = 2015;
    layer.year_label = "2015";
    layer.values = std::move(values);
    return layer;
}

Boundaries boundaries_of(std::size_t region_count) {
    Boundaries boundaries;
    for (std::size_t i = 0; i < region_count; ++i) {
        Region region;
        region.key = "R" + std::to_string(i + 1);
        region.name = {region.key, region.key, region.key};
        boundaries.regions.push_back(region);
    }
    return boundaries;
}

Choropleth look_of(const Classes& classes, Direction direction = Direction::adverse) {
    return style::make_choropleth(classes, style::read_palette(styles_dir, "heat"), direction);
}

Legend legend_of(const Layer& layer, const Classes& classes) {
    return style::make_legend(layer, boundaries_of(layer.values.size()), look_of(classes),
                              style::read_text_book(styles_dir));
}

std::vector<std::string> labels_of(const Legend& legend, Language language) {
    std::vector<std::string> labels;
    for (const auto& entry : legend.entries) {
        if (entry.kind == LegendKind::value_class) labels.push_back(entry.label.in(language));
    }
    return labels;
}

TEST(Choropleth, TheDarkerEndIsTheWorseOne) {
    for (const std::string name : {"heat", "water", "viridis", "cividis"}) {
        const auto palette = style::read_palette(styles_dir, name);
        const auto classes = classes_of({0, 1, 2, 3, 4, 5});
        const auto adverse = style::make_choropleth(classes, palette, Direction::adverse).class_colours;
        EXPECT_GT(lightness_of(adverse.front()), lightness_of(adverse.back())) << name;
        const auto favourable = style::make_choropleth(classes, palette, Direction::favourable).class_colours;
        EXPECT_LT(lightness_of(favourable.front()), lightness_of(favourable.back())) << name;
        const auto neutral = style::make_choropleth(classes, palette, Direction::neutral).class_colours;
        EXPECT_GT(lightness_of(neutral.front()), lightness_of(neutral.back())) << name;
    }
}

TEST(Choropleth, ColoursValuesByClassAndStatesByState) {
    const auto look = look_of(classes_of({0, 1, 2}));
    EXPECT_EQ(look.colour_of(Value::of(0)), look.class_colours[0]);
    EXPECT_EQ(look.colour_of(Value::of(1)), look.class_colours[0]);
    EXPECT_EQ(look.colour_of(Value::of(1.01)), look.class_colours[1]);
    EXPECT_EQ(look.colour_of(Value::without(State::missing)), look.missing);
    EXPECT_EQ(look.colour_of(Value::without(State::suppressed)), look.suppressed);
    EXPECT_EQ(look.colour_of(Value::without(State::not_applicable)), look.not_applicable);
    EXPECT_EQ(look.colour_of(Value::without(State::unmatched)), look.unmatched);
    EXPECT_THROW(look.colour_of(Value::of(2.5)), InputError);
}

TEST(Choropleth, AnInheritedValueHasTheColourOfItsClassAndWhiteOutside) {
    const auto look = look_of(classes_of({0, 1, 2}));
    EXPECT_EQ(look.colour_of(Value::inherit(1.5)), look.class_colours[1]);
    EXPECT_EQ(look.colour_of(Value::inherit(9.0)), (Colour{255, 255, 255}));
}

TEST(Legend, NamesTheUnitThatValuesAreInheritedFromAndCountsThemApart) {
    auto layer = layer_of(column({0.5, 1.5}));
    layer.values.push_back(Value::inherit(1.2));
    layer.values.push_back(Value::inherit(1.2));
    const Origin south{"KZ-YUZ@1997", {"South Kazakhstan", "Южно-Казахстанская область", "Оңтүстік"}};
    layer.carried = Carried{"pre-2018", "2018", "", {{}, {}, south, south}, {RegionIndex{1}}};
    layer.other_vintages = {"pre-2018"};
    const auto legend = legend_of(layer, classes_of({0, 1, 2}));
    ASSERT_EQ(legend.entries.size(), 4U);  // two classes, inherited, no data
    EXPECT_EQ(legend.entries[0].count, 1U);
    EXPECT_EQ(legend.entries[1].count, 1U);
    const auto& entry = legend.entries[2];
    EXPECT_EQ(to_text(entry.kind), "inherited");
    EXPECT_EQ(entry.count, 2U);
    EXPECT_EQ(entry.label.en, "inherited from South Kazakhstan");
    EXPECT_EQ(entry.label.ru, "унаследовано от: Южно-Казахстанская область");
    EXPECT_EQ(entry.label.kk, "мұраланған: Оңтүстік");
    ASSERT_EQ(legend.notes.size(), 2U);
    EXPECT_THAT(legend.notes[0].en, HasSubstr("Restated: R2 have figures of their own"));
    EXPECT_THAT(legend.notes[1].en, HasSubstr("the units of pre-2018: another series"));
    layer.carried->split_by = "population_total";
    const auto split = legend_of(layer, classes_of({0, 1, 2}));
    EXPECT_EQ(split.entries[2].label.en, "share of the total of South Kazakhstan");
    EXPECT_THAT(split.notes[0].ru, HasSubstr("это оценка"));
}

TEST(Legend, TellsUnreliableFiguresOverTheirClassesAndWhatBracketsMean) {
    auto layer = layer_of(column({0.5, 1.5, 1.7}));
    layer.precision = Precision{.reliability = {Reliability::unreliable, Reliability::caution, std::nullopt},
                                .cut_points_percent = {16.6, 33.3}};
    auto legend = legend_of(layer, classes_of({0, 1, 2}));
    ASSERT_EQ(legend.entries.size(), 4U);  // two classes, no data, unreliable
    EXPECT_EQ(legend.entries[0].count + legend.entries[1].count, 3U);
    EXPECT_EQ(to_text(legend.entries[3].kind), "unreliable");
    EXPECT_EQ(legend.entries[3].count, 1U);
    EXPECT_EQ(legend.entries[3].label.en, "unreliable: coefficient of variation above 33.3 %");
    EXPECT_EQ(legend.entries[3].label.ru, "ненадёжно: коэффициент вариации выше 33,3 %");
    EXPECT_TRUE(legend.notes.empty());
    layer.precision->bracketed = {false, true, false};
    layer.precision->reliability.clear();
    legend = legend_of(layer, classes_of({0, 1, 2}));
    EXPECT_EQ(legend.entries.size(), 3U);
    ASSERT_EQ(legend.notes.size(), 1U);
    EXPECT_THAT(legend.notes[0].en, HasSubstr("25 to 49 cases"));
}

TEST(Choropleth, RefusesMoreClassesThanThePaletteHas) {
    const auto classes = classes_of({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    try {
        look_of(classes);
        FAIL() << "coloured ten classes with nine colours";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), AllOf(HasSubstr("'heat'"), HasSubstr("up to 9 classes, not for 10")));
    }
}

TEST(Choropleth, WithoutAnyClassRegionsHaveTheColourOfTheirState) {
    const auto look = look_of(Classes{});
    EXPECT_TRUE(look.class_colours.empty());
    EXPECT_EQ(look.colour_of(Value::without(State::missing)), look_of(classes_of({0, 1})).missing);
    EXPECT_THROW(look.colour_of(Value::of(1)), InputError);
}

TEST(Legend, SaysWhichEndsBelongToAClass) {
    const auto legend = legend_of(layer_of(column({2.3, 4.5, 4.6, 11.8})), classes_of({2.3, 4.5, 6.6, 11.8}));
    EXPECT_THAT(labels_of(legend, Language::en), ElementsAre("2.3 – 4.5", "> 4.5 – 6.6", "> 6.6 – 11.8"));
    EXPECT_THAT(labels_of(legend, Language::ru), ElementsAre("2,3 – 4,5", "> 4,5 – 6,6", "> 6,6 – 11,8"));
    EXPECT_EQ(legend.entries[0].count, 2U);
    EXPECT_EQ(legend.entries[1].class_index, 1U);
    EXPECT_EQ(legend.entries[2].label.in(Language::kk), "> 6,6 – 11,8");
    EXPECT_EQ(legend.title.ru, "Отставание в росте, 2015");
    EXPECT_EQ(legend.unit.en, "%");
}

TEST(Legend, TakesMoreDecimalsWhereFewerWouldLie) {
    // 6.25 lies between 6.2 and 6.3; "6.3" would put the region with 6.3 into the class below.
    EXPECT_THAT(
        labels_of(legend_of(layer_of(column({6.1, 6.2, 6.3, 7})), classes_of({6.1, 6.25, 7})), Language::en),
        ElementsAre("6.10 – 6.25", "> 6.25 – 7.00"));
    // Breaks without an end in decimals: as many as these values need.
    const double third = 19.0 / 3.0;  // 6.333...
    EXPECT_THAT(
        labels_of(legend_of(layer_of(column({6.0, 6.3, 6.4, 7})), classes_of({6, third, 7})), Language::en),
        ElementsAre("6.0 – 6.3", "> 6.3 – 7.0"));
    EXPECT_THAT(labels_of(legend_of(layer_of(column({6.0, 6.32, 6.334, 7})), classes_of({6, third, 7})),
                          Language::en),
                ElementsAre("6.00 – 6.33", "> 6.33 – 7.00"));
}

TEST(Legend, NeighbouringLabelsDiffer) {
    const auto labels = labels_of(
        legend_of(layer_of(column({1.0, 3.0})), classes_of({1, 2.0000123, 2.0000456, 3})), Language::en);
    EXPECT_THAT(labels, ElementsAre("1.00000 – 2.00001", "> 2.00001 – 2.00005", "> 2.00005 – 3.00000"));
}

TEST(Legend, OuterEndsAreRoundedOutward) {
    const double low = 2.0 + 2.0 / 3.0, high = 9.0 + 1.0 / 3.0;  // 2.666..., 9.333...
    EXPECT_THAT(
        labels_of(legend_of(layer_of(column({low, high})), classes_of({low, 5.0, high})), Language::en),
        ElementsAre("2.6 – 5.0", "> 5.0 – 9.4"));
}

TEST(Legend, OneValueStandsAlone) {
    const auto legend = legend_of(layer_of(column({4.7, 4.7})), classes_of({4.7, 4.7}));
    EXPECT_THAT(labels_of(legend, Language::kk), ElementsAre("4,7"));
    EXPECT_EQ(legend.entries[0].count, 2U);
}

TEST(Legend, CountsEveryRegionOnce) {
    Column values = column({1, 2, 3, 4, 5});
    values.push_back(Value::without(State::suppressed));
    values.push_back(Value::without(State::unmatched));
    values.push_back(Value::without(State::unmatched));
    const auto legend = legend_of(layer_of(values), classes_of({1, 3, 4, 4.5, 5}));
    std::vector<std::pair<LegendKind, std::size_t>> kinds;
    std::size_t sum = 0;
    for (const auto& entry : legend.entries) {
        kinds.emplace_back(entry.kind, entry.count);
        sum += entry.count;
    }
    EXPECT_EQ(sum, values.size());
    EXPECT_THAT(kinds,
                ElementsAre(std::pair{LegendKind::value_class, 3U}, std::pair{LegendKind::value_class, 1U},
                            std::pair{LegendKind::value_class, 0U}, std::pair{LegendKind::value_class, 1U},
                            std::pair{LegendKind::missing, 0U}, std::pair{LegendKind::suppressed, 1U},
                            std::pair{LegendKind::unmatched, 2U}));
    EXPECT_EQ(legend.entries[4].label.in(Language::kk), "деректер жоқ");
}

TEST(Legend, OfAnEmptyMapNamesTheStatesAndSaysWhyItIsEmpty) {
    Column values(3, Value::without(State::missing));
    values.push_back(Value::without(State::suppressed));
    const auto legend = legend_of(layer_of(values), Classes{});
    ASSERT_EQ(legend.entries.size(), 2U);
    EXPECT_EQ(legend.entries[0].kind, LegendKind::missing);
    EXPECT_EQ(legend.entries[0].count, 3U);
    EXPECT_EQ(legend.entries[1].kind, LegendKind::suppressed);
    ASSERT_EQ(legend.notes.size(), 1U);
    EXPECT_THAT(legend.notes[0].en, HasSubstr("No region has a value"));
    EXPECT_FALSE(legend.notes[0].kk.empty());
    // One region with a value is enough for the note to stay away.
    values.push_back(Value::of(1));
    EXPECT_THAT(legend_of(layer_of(values), classes_of({1, 1})).notes, ::testing::IsEmpty());
}

TEST(Legend, SaysThatFiguresOfSomeRegionsOnlyAreNotMeasured) {
    auto layer = layer_of(column({1, 2}));
    layer.indicator.partial = true;
    const auto notes = legend_of(layer, classes_of({1, 1.5, 2})).notes;
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_THAT(notes[0].en, HasSubstr("some regions only"));
    EXPECT_FALSE(notes[0].kk.empty());
}

TEST(Legend, NamesGeneralisedOutlines) {
    const auto layer = layer_of(column({1, 2, 3}));
    auto boundaries = boundaries_of(3);
    boundaries.regions[1].outline = "generalised-circle";
    boundaries.regions[2].outline = "natural-earth";
    const auto look = look_of(classes_of({1, 2, 3}));
    const auto legend = style::make_legend(layer, boundaries, look, style::read_text_book(styles_dir));
    const auto& last = legend.entries.back();
    EXPECT_EQ(last.kind, LegendKind::generalised);
    EXPECT_EQ(last.count, 1U);
    EXPECT_EQ(last.colour, look.border);
    EXPECT_FALSE(last.label.kk.empty());
    EXPECT_EQ(legend_of(layer, classes_of({1, 2, 3})).entries.back().kind, LegendKind::missing);
}

TEST(Legend, PassesOnTheNotesOfLayerAndClasses) {
    auto layer = layer_of(column({1, 2, 3}));
    layer.notes.push_back({"a note", "примечание", "ескертпе"});
    auto classes = classes_of({1, 2, 3});
    classes.notes = {"12 values lie on a break and belong to the class below it", "unknown to the texts"};
    const auto notes = legend_of(layer, classes).notes;
    ASSERT_EQ(notes.size(), 3U);
    EXPECT_EQ(notes[0].ru, "примечание");
    EXPECT_EQ(notes[1].ru, "Значений на границах классов: 12; они отнесены к нижнему из двух классов");
    EXPECT_EQ(notes[2].in(Language::kk), "unknown to the texts");
}

TEST(Legend, EveryNoteOfTheClassesIsTranslated) {
    const std::vector<Classes> all{
        stats::classify(std::vector<double>{1, 3, 5}, {Scheme::equal, 2, false}),
        stats::classify(std::vector<double>{1, 2, 2, 3, 4, 5}, {Scheme::equal, 4, false}),
        stats::classify(std::vector<double>{1, 2}, {Scheme::fisher, 5, false}),
        stats::classify(std::vector<double>{0, 0, 0, 0, 0, 0, 1, 2, 3}, {Scheme::quantile, 4, false}),
    };
    for (const auto& classes : all) {
        ASSERT_FALSE(classes.notes.empty());
        const auto legend = legend_of(layer_of(column({classes.breaks.back()})), classes);
        for (const auto& note : legend.notes) {
            EXPECT_FALSE(note.ru.empty()) << note.en;
            EXPECT_FALSE(note.kk.empty()) << note.en;
            EXPECT_THAT(note.kk, ::testing::Not(HasSubstr("{")));
        }
    }
}

TEST(Legend, RefusesAValueThatHasNoClass) {
    try {
        legend_of(layer_of(column({1, 2, 7})), classes_of({1, 2, 3}));
        FAIL() << "a region fell out of the legend";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(),
                    AllOf(HasSubstr("region 'R3'"), HasSubstr("7"), HasSubstr("stunting_2015")));
    }
}

TEST(Legend, KindsHaveTheNamesOfTheStates) {
    EXPECT_EQ(to_text(LegendKind::value_class), "class");
    EXPECT_EQ(to_text(LegendKind::not_applicable), to_text(State::not_applicable));
    EXPECT_EQ(to_text(LegendKind::generalised), "generalised");
}

}  // namespace
}  // namespace tendik
