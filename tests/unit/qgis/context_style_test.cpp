#include "tendik/qgis/context_style.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tendik {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const ContextWords words{
    {"lake or sea", "озеро или море", "көл немесе теңіз"},
    {"{name}: outline of about {years}", "{name}: контур примерно {years} гг.", "{name} {years}"},
    {"(outline of about {years})", "(контур прим. {years} гг.)", "({years} жж.)"}};

ContextLayer lakes() {
    ContextLayer layer;
    layer.kind = ContextKind::lakes;
    layer.features.resize(2);
    layer.features[0].name = {"Balkhash", "Балхаш", "Балқаш"};
    layer.features[1].name = {"Aral Sea", "Аральское море", "Арал теңізі"};
    layer.features[1].outline_years = "1990-2005";
    return layer;
}

TEST(ContextStyle, AnOutlineOlderThanTheMapHasALookAndWordsOfItsOwn) {
    const auto qml = qgis::to_context_qml(lakes(), words, Language::ru);
    EXPECT_THAT(
        qml, AllOf(HasSubstr("label=\"озеро или море\""),
                   HasSubstr("label=\"Аральское море: контур примерно 1990–2005 гг.\""),
                   HasSubstr("&quot;outline_years&quot; = '1990-2005' AND &quot;name_en&quot; = 'Aral Sea'"),
                   HasSubstr("value=\"dash\"")));
}

TEST(ContextStyle, NamesAreInTheLanguageElseInEnglishWithTheYearsBelow) {
    const auto qml = qgis::to_context_qml(lakes(), words, Language::kk);
    EXPECT_THAT(qml, AllOf(HasSubstr("coalesce(&quot;name_kk&quot;, &quot;name_en&quot;)"),
                           HasSubstr("' жж.)'"), Not(HasSubstr("name_ru"))));
}

TEST(ContextStyle, LinesThroughLakesAreNoRivers) {
    ContextLayer rivers;
    rivers.kind = ContextKind::rivers;
    const auto qml = qgis::to_context_qml(rivers, words, Language::en);
    EXPECT_THAT(qml, AllOf(HasSubstr("&quot;kind&quot; &lt;> 'lake-centreline'"),
                           HasSubstr("<layerGeometryType>1<")));
}

}  // namespace
}  // namespace tendik
