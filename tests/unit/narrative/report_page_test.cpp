#include "tendik/narrative/report_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::filesystem::path styles = std::filesystem::path(TENDIK_SOURCE_DIR) / "styles";

Shape square(double west) {
    return {{{{{west, 0}, {west + 1, 0}, {west + 1, 1}, {west, 1}, {west, 0}}, {}}}};
}

/// Three made-up regions with one indicator, and what was found about it.
class ReportPage : public testing::Test {
protected:
    ReportPage() {
        Boundaries boundaries;
        for (const auto* name : {"North & South", "East", "West"}) {
            Region region;
            region.key = name;
            region.name = {name, name, name};
            boundaries.regions.push_back(region);
        }
        m_prepared.atlas.boundaries.push_back(boundaries);
        Layer layer;
        layer.indicator.code = "share";
        layer.indicator.name = {"Share", "Доля", "Үлес"};
        layer.indicator.unit = {"% of children", "% детей", "балалардың %-ы"};
        layer.year = 2020;
        layer.year_label = "2020";
        layer.values = {Value::of(10.0), Value::of(20.0), Value::of(20.0)};
        m_prepared.atlas.layers.push_back(layer);
        LayerResult result;
        auto& measures = result.measures;
        measures.highest = measures.worst = RegionIndex{1};
        measures.lowest = measures.best = RegionIndex{0};
        measures.mean = 16.0;
        measures.measures = {{"D", 10.0}, {"R", 2.0}, {"BGSD", 4.0}, {"COV", 25.0}};
        m_prepared.results.push_back(result);
        m_look.classes.breaks = {10.0, 90.0};
        m_look.class_colours = {{200, 100, 50}};
    }
    Layer& layer() { return m_prepared.atlas.layers.front(); }
    void find_pattern(double p, double adjusted) {
        PatternStudy study;
        study.found.statistic = "moran";
        study.found.weights = "queen contiguity";
        study.found.global = GlobalStatistic{"moran", 0.5, -0.5, {}, {}, p, 99, 3, {}, 0.9, ""};
        study.p = p;
        study.p_adjusted = adjusted;
        m_studies.patterns = {{study}};
    }
    std::string page() {
        m_looks.assign(m_prepared.atlas.layers.size(), &m_look);
        const ReportContent content{
            {"Land", "Земля", "Жер"}, m_prepared, m_studies, m_looks, {{square(0), square(1), square(2)}}};
        return narrative::report_html(content, style::read_text_book(styles), styles);
    }

    Prepared m_prepared;
    Studies m_studies;
    Choropleth m_look;
    std::vector<const Choropleth*> m_looks;
};

TEST_F(ReportPage, StandsOnItsOwnInThreeLanguages) {
    const auto text = page();
    EXPECT_THAT(text, AllOf(HasSubstr("<section lang=\"kk\" class=\"kk\">"),
                            HasSubstr("<section lang=\"ru\" class=\"ru\">"),
                            HasSubstr("<section lang=\"en\" class=\"en\">"), HasSubstr("<h1>Земля</h1>")));
    EXPECT_THAT(text, AllOf(Not(HasSubstr("http:")), Not(HasSubstr("https:")), Not(HasSubstr(" src=")),
                            Not(HasSubstr("@import")), Not(HasSubstr("url("))));
    // Every slot is filled, and nothing is told of texts that are not there.
    EXPECT_FALSE(std::regex_search(text.substr(text.find("<main>"), text.find("</main>")),
                                   std::regex("\\{[a-z_0-9]+\\}")));
}

TEST_F(ReportPage, NamesAllRegionsAtAnEndAndEscapesThem) {
    const auto text = page();
    EXPECT_THAT(text, HasSubstr("Worst: East, West (20.0%). Best: North &amp; South (10.0%)."));
    EXPECT_THAT(text, HasSubstr("Ең нашар мән: East, West (20,0\u00A0%)."));
    EXPECT_THAT(
        text,
        HasSubstr("The difference is 10.0 percentage points; the higher value is 2.00 times the lower."));
    EXPECT_THAT(text, Not(HasSubstr("North & South")));
}

TEST_F(ReportPage, APatternIsClaimedOnlyWhenItStandsForAllMaps) {
    find_pattern(0.02, 0.04);
    EXPECT_THAT(page(),
                AllOf(HasSubstr("Likes lie together: Moran’s I = 0.50"), HasSubstr("is shown by 1: Share.")));
    find_pattern(0.02, 0.06);
    const auto hint = page();
    EXPECT_THAT(hint,
                AllOf(HasSubstr("A hint only:"), HasSubstr("This does not stand as a finding."),
                      HasSubstr("None shows a pattern that stands"), Not(HasSubstr("Likes lie together: "))));
    find_pattern(0.06, 0.06);
    EXPECT_THAT(page(), AllOf(HasSubstr("No pattern is shown:"),
                              HasSubstr("With 3 regions only an I of 0.90 or more would be found")));
    m_studies.patterns.clear();
    EXPECT_THAT(page(), Not(HasSubstr("Moran")));
}

TEST_F(ReportPage, RegionsWithEqualFiguresShareTheMiddleOfTheirPlaces) {
    // 10, 20, 20 and low is good: places 0, 1.5 and 1.5 of 0 to 2, so thirds 0, 1 and 1, by hand.
    const auto text = page();
    const auto row = [](const char* name, const char* places) {
        return std::string("<th scope=\"row\">") + name + "</th><td>1</td>" + places;
    };
    EXPECT_THAT(text, HasSubstr(row("North &amp; South", "<td>1</td><td>0</td><td>0</td>")));
    EXPECT_THAT(text, HasSubstr(row("East", "<td>0</td><td>1</td><td>0</td>")));
    EXPECT_THAT(text, HasSubstr(row("West", "<td>0</td><td>1</td><td>0</td>")));
    // All equal: nobody is ahead, though nobody is better either.
    layer().values[0] = Value::of(20.0);
    EXPECT_THAT(page(), AllOf(HasSubstr(row("North &amp; South", "<td>0</td><td>1</td><td>0</td>")),
                              HasSubstr("All regions have the same value.")));
}

TEST_F(ReportPage, AModelTooUnsureToRankTellsOfNoWorstRegion) {
    layer().modelled = Modelled{.raster = "model.tif", .can_rank = false};
    m_prepared.results.front().measures.worst = m_prepared.results.front().measures.highest = std::nullopt;
    EXPECT_THAT(page(), AllOf(HasSubstr("no region can be called worse or better"), Not(HasSubstr("Worst: ")),
                              Not(HasSubstr("In the worst third"))));
}

TEST_F(ReportPage, InheritedPartialAndTotalFiguresAreNamedAndNotCompared) {
    auto inherited = layer();
    inherited.carried = Carried{"old", "new", {}, {}, {}};
    inherited.year = 2021;
    inherited.values[0] = Value::inherit(90.0);
    auto total = layer();
    total.indicator.code = "people";
    total.indicator.name = {"People", "Люди", "Адамдар"};
    total.display = Display::symbols;
    auto partial = layer();
    partial.indicator.code = "seen";
    partial.indicator.name = {"Seen", "Видели", "Көрген"};
    partial.indicator.partial = true;
    for (const auto& more : {inherited, total, partial}) {
        m_prepared.atlas.layers.push_back(more);
        m_prepared.results.emplace_back();
    }
    const auto text = page();
    EXPECT_THAT(text, AllOf(HasSubstr("counted in no place, mean or measure: Share, 2020"),
                            HasSubstr("shown and never compared: Seen."),
                            HasSubstr("which are not compared: People."),
                            HasSubstr("Indicators: 1, with figures of 2020 to 2020.")));
}

TEST_F(ReportPage, ADifferenceThatFellWithTheLevelIsToldFromItsRatio) {
    TrendStudy trend;
    trend.years = {2010, 2020};
    trend.means = {30.0, 16.0};
    trend.measures = {{"D", "points", 2010, 2020, 15.0, 10.0, Trend::narrowed},
                      {"R", "ratio", 2010, 2020, 1.5, 2.0, Trend::widened}};
    m_studies.trends = {trend};
    EXPECT_THAT(
        page(),
        AllOf(HasSubstr("2010–2020, 3 regions: difference 15.0 → 10.0 percentage points, narrowed; ratio "
                        "1.50 → 2.00, widened."),
              HasSubstr("because the level fell"), HasSubstr("in 1 the two measures disagree"),
              HasSubstr("cannot tell a change from chance")));
}

}  // namespace
}  // namespace tendik::test
