#include "tendik/qgis/layer_style.h"

#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Colour border{31, 31, 31};

Choropleth two_classes() {
    Choropleth look;
    look.classes.breaks = {2.3, 0.1 + 5.0, 11.8};
    look.class_colours = {{254, 224, 139}, {215, 48, 39}};
    look.missing = {210, 210, 210};
    look.border = border;
    return look;
}

Legend legend_of(const Choropleth& look) {
    Legend legend;
    for (std::size_t i = 0; i < look.class_colours.size(); ++i)
        legend.entries.push_back(
            {LegendKind::value_class, i, look.class_colours[i], {"a < b & \"c\"", "от", ""}, 1, {}});
    legend.entries.push_back({LegendKind::missing, {}, look.missing, {"no data", "нет данных", ""}, 0, {}});
    legend.entries.push_back({LegendKind::generalised, {}, border, {"generalised", "", ""}, 1, {}});
    return legend;
}

LayerStyleSource source() {
    return {"rate", "rate_state", "name_en", "outline", {"Rate <of> 5 & more", "Доля", ""}, Language::en};
}

std::string qml(const LayerStyleSource& from) {
    return qgis::to_qml(two_classes(), legend_of(two_classes()), from);
}

TEST(Qml, TheFirstClassHoldsItsLowerEndAndTheOthersDoNot) {
    // model/classes.h: lower < v <= upper, and the outer ends are closed.
    EXPECT_THAT(qml(source()),
                HasSubstr("to_real(&quot;rate&quot;) >= 2.3 AND to_real(&quot;rate&quot;) &lt;= 5.1\""));
    EXPECT_THAT(qml(source()),
                HasSubstr("to_real(&quot;rate&quot;) > 5.1 AND to_real(&quot;rate&quot;) &lt;= 11.8\""));
}

TEST(Qml, NumbersReadBackAsTheSameDouble) {
    auto look = two_classes();
    look.classes.breaks = {-1.0 / 3.0, 0.1 + 0.2, 58.91570855144926};
    const auto text = qgis::to_qml(look, legend_of(look), source());
    // Shortest decimals of these doubles, by Python: repr(-1 / 3), repr(0.1 + 0.2).
    for (const auto* number :
         {">= -0.3333333333333333 ", "&lt;= 0.30000000000000004\"", "&lt;= 58.91570855144926\""})
        EXPECT_THAT(text, HasSubstr(number));
}

TEST(Qml, PointsAreDotsInTheColourOfTheirClassWithNameAndValueBeside) {
    auto from = source();
    from.points = true;
    const auto text = qml(from);
    EXPECT_THAT(text, HasSubstr("<layerGeometryType>0</layerGeometryType>"));
    EXPECT_THAT(text, Not(HasSubstr("SimpleFill")));
    EXPECT_THAT(text, HasSubstr(R"(name="color" value="215,48,39,255")"));
    EXPECT_THAT(text, HasSubstr("&quot;name_en&quot; || if(&quot;rate&quot; IS NULL, '', ' ' || to_string("));
}

TEST(Qml, NoDataHasARuleEvenWhenNoRegionLacksData) {
    EXPECT_THAT(
        qml(source()),
        HasSubstr(R"(key="missing" symbol="2" label="no data" filter="&quot;rate_state&quot; = 'missing'")"));
}

TEST(Qml, GeneralisedOutlinesAreDashedOnlyWhenAColumnTellsThem) {
    EXPECT_THAT(qml(source()), HasSubstr("&quot;outline&quot; LIKE 'generalised%'"));
    EXPECT_THAT(qml(source()), HasSubstr(R"(name="use_custom_dash" value="1")"));
    auto without = source();
    without.outline_field.clear();
    EXPECT_THAT(qml(without), Not(HasSubstr("LIKE")));
    EXPECT_THAT(qml(without), Not(HasSubstr(R"(name="use_custom_dash" value="1")")));
}

TEST(Qml, WordsAreInTheLanguageOfTheSourceAndEscaped) {
    EXPECT_THAT(qml(source()), HasSubstr(R"(label="a &lt; b &amp; &quot;c&quot;")"));
    EXPECT_THAT(qml(source()), HasSubstr(R"(<alias field="rate" name="Rate &lt;of> 5 &amp; more")"));
    auto russian = source();
    russian.language = Language::ru;
    EXPECT_THAT(qml(russian), HasSubstr(R"(label="нет данных")"));
}

TEST(Qml, QuotesInColumnNamesAreDoubled) {
    auto quoted = source();
    quoted.state_field = "a\"b";
    EXPECT_THAT(qml(quoted), HasSubstr("&quot;a&quot;&quot;b&quot; = 'missing'"));
}

TEST(Qml, ALayerWithoutNamesHasNoLabels) {
    EXPECT_THAT(qml(source()), HasSubstr(R"(fieldName="name_en")"));
    auto nameless = source();
    nameless.name_field.clear();
    EXPECT_THAT(qml(nameless), HasSubstr(R"(labelsEnabled="0")"));
    EXPECT_THAT(qml(nameless), Not(HasSubstr("text-style")));
}

TEST(Qml, EqualInputGivesEqualBytes) { EXPECT_EQ(qml(source()), qml(source())); }

TEST(Qml, ALegendOfOtherClassesIsRefused) {
    auto legend = legend_of(two_classes());
    legend.entries[1].class_index = 2;
    EXPECT_THROW(qgis::to_qml(two_classes(), legend, source()), InputError);
    EXPECT_THROW(qgis::to_sld(two_classes(), legend, source()), InputError);
    EXPECT_THROW(qgis::to_qml(two_classes(), legend_of(two_classes()), {}), InputError);
}

struct Inherited {
    Legend legend = legend_of(two_classes());
    LayerStyleSource from = source();

    Inherited() {
        legend.entries.insert(
            legend.entries.begin() + 2,
            {LegendKind::inherited, {}, {255, 255, 255}, {"inherited from X", "", ""}, 2, {}});
        from.inherited_field = "rate_inherited";
    }
};

TEST(Qml, InheritedValuesAreHatchedOverTheirClass) {
    Inherited layer;
    const auto style = qgis::to_qml(two_classes(), layer.legend, layer.from);
    EXPECT_THAT(style, HasSubstr("label=\"inherited from X\" filter=\"&quot;rate_inherited&quot; = 1\""));
    EXPECT_THAT(style, Not(HasSubstr("inherited_outside")));
    layer.from.inherited_outside = true;
    EXPECT_THAT(
        qgis::to_qml(two_classes(), layer.legend, layer.from),
        HasSubstr("filter=\"&quot;rate_inherited&quot; = 1 AND (to_real(&quot;rate&quot;) &lt; 2.3 OR "
                  "to_real(&quot;rate&quot;) > 11.8)\""));
    EXPECT_THAT(qgis::to_qml(two_classes(), layer.legend, source()), Not(HasSubstr("inherited")));
}

TEST(Sld, InheritedValuesAreHatchedOverTheirClass) {
    const Inherited layer;
    const auto style = qgis::to_sld(two_classes(), layer.legend, layer.from);
    EXPECT_THAT(style, HasSubstr("<ogc:PropertyName>rate_inherited</ogc:PropertyName>"));
    EXPECT_THAT(style, HasSubstr("<se:SvgParameter name=\"stroke\">#10202e</se:SvgParameter>"));
}

TEST(Styles, UnreliableValuesAreHatchedOverTheirClassTheOtherWay) {
    auto legend = legend_of(two_classes());
    legend.entries.push_back(
        {LegendKind::unreliable, {}, {255, 255, 255}, {"unreliable: above 33.3 %", "", ""}, 1, {}});
    auto from = source();
    EXPECT_THAT(qgis::to_qml(two_classes(), legend, from), Not(HasSubstr("unreliable")));
    from.unreliable_field = "rate_unreliable";
    const auto qml = qgis::to_qml(two_classes(), legend, from);
    EXPECT_THAT(qml,
                HasSubstr("label=\"unreliable: above 33.3 %\" filter=\"&quot;rate_unreliable&quot; = 1\""));
    EXPECT_THAT(qml, HasSubstr("name=\"angle\" value=\"135\""));
    const auto sld = qgis::to_sld(two_classes(), legend, from);
    EXPECT_THAT(sld, HasSubstr("<ogc:PropertyName>rate_unreliable</ogc:PropertyName>"));
    EXPECT_THAT(sld, HasSubstr("shape://backslash"));
}

TEST(Sld, HasTheSameRules) {
    const auto sld = qgis::to_sld(two_classes(), legend_of(two_classes()), source());
    EXPECT_THAT(sld, HasSubstr("<StyledLayerDescriptor version=\"1.1.0\""));
    for (const auto* name : {"class_1", "class_2", "missing", "generalised"})
        EXPECT_THAT(sld, HasSubstr(std::string("<se:Name>") + name + "</se:Name>"));
    EXPECT_THAT(sld, HasSubstr("<ogc:PropertyIsGreaterThanOrEqualTo>"));
    EXPECT_THAT(sld, HasSubstr("<ogc:PropertyIsGreaterThan>"));
    EXPECT_THAT(sld, HasSubstr("<ogc:Literal>11.8</ogc:Literal>"));
    EXPECT_THAT(sld, HasSubstr("<se:SvgParameter name=\"fill\">#fee08b</se:SvgParameter>"));
    EXPECT_THAT(sld, HasSubstr("stroke-dasharray"));
    EXPECT_THAT(sld, HasSubstr("Rate &lt;of&gt; 5 &amp; more"));
}

/// Circles up to 400, of 30 px radius: 60 px of 25.4/96 mm are 15.875 mm.
struct Circles {
    Choropleth look;
    Legend legend;
};

Circles circles() {
    Circles made;
    made.look.symbols = Symbols{400, 30, {238, 131, 2}, {58, 42, 26}, {247, 245, 238}, {200}};
    made.look.missing = {210, 210, 210};
    made.legend.entries = {{LegendKind::symbol, {}, made.look.symbols->fill, {"200", "", ""}, 0, 200.0},
                           {LegendKind::present, {}, made.look.symbols->ground, {"value", "", ""}, 1, {}},
                           {LegendKind::missing, {}, made.look.missing, {"no data", "", ""}, 0, {}}};
    return made;
}

TEST(Qml, ATotalIsDrawnAsCirclesWhoseAreaIsInProportion) {
    const auto made = circles();
    const auto text = qgis::to_qml(made.look, made.legend, source());
    // 200 of 400: 15.875 mm / sqrt(2) = 11.2 mm across
    EXPECT_THAT(text, HasSubstr(R"x(symbol="0" label="value (⌀ 11.2 mm = 200)")x"));
    EXPECT_THAT(text, HasSubstr(R"(class="CentroidFill")"));
    EXPECT_THAT(text, HasSubstr("15.875 * sqrt(to_real(&quot;rate&quot;) / 400)"));  // by hand: 60 * 25.4 /
                                                                                     // 96
    EXPECT_THAT(text, Not(HasSubstr("class_1")));
    EXPECT_THAT(text, Not(HasSubstr("label=\"200\"")));
    EXPECT_THAT(qml(source()), Not(HasSubstr("CentroidFill")));
}

TEST(Sld, ATotalIsDrawnAsCirclesWhoseAreaIsInProportion) {
    const auto made = circles();
    const auto sld = qgis::to_sld(made.look, made.legend, source());
    EXPECT_THAT(sld, HasSubstr("<se:WellKnownName>circle</se:WellKnownName>"));
    EXPECT_THAT(sld, HasSubstr("<ogc:Function name=\"sqrt\">"));
    EXPECT_THAT(sld, HasSubstr("<ogc:Literal>400</ogc:Literal>"));
    EXPECT_THAT(sld, HasSubstr("<ogc:Literal>56.7</ogc:Literal>"));  // by hand: 15.875 mm / 0.28 mm
}

}  // namespace
}  // namespace tendik
