#include "tendik/join/join.h"

#include "support/drawn_map.h"
#include "tendik/base/error.h"
#include "tendik/io/read_boundaries.h"
#include "tendik/tables/read_catalogue.h"
#include "tendik/tables/read_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string kazakhstan = TENDIK_SOURCE_DIR "/geodata/kazakhstan/";

Boundaries with_keys(const std::vector<std::string>& keys) {
    auto map = test::drawn_map({"A"});
    const auto region = map.regions.front();
    map.regions.clear();
    for (const auto& key : keys) {
        map.regions.push_back(region);
        map.regions.back().key = key;
        map.regions.back().name = {key, {}, {}};
    }
    return map;
}

/// Rows in the order given, from line 2 on, values 1, 2, 3 ...
Indicators with_rows(const std::vector<std::string>& keys) {
    Indicators table;
    table.source = "t.csv";
    table.key_column = "key";
    for (const auto& key : keys) {
        Figure figure;
        figure.key = key;
        figure.line = table.figures.size() + 2;
        figure.value = Value::of(static_cast<double>(table.figures.size() + 1));
        table.figures.push_back(figure);
    }
    return table;
}

class Join : public testing::Test {
protected:
    Joined join(const Boundaries& map, const Indicators& table, const JoinOptions& options = {}) {
        return join::join(map, table, &reg, options, findings);
    }
    std::string refusal(const Boundaries& map, const Indicators& table, const JoinOptions& options = {},
                        bool use_register = true) {
        try {
            join::join(map, table, use_register ? &reg : nullptr, options, findings);
        } catch (const InputError& error) {
            return describe(error);
        }
        return {};
    }
    Boundaries regions_of(const std::string& vintage) {
        const auto file = vintage == "2018" ? "regions_2018.geojson" : "regions_pre2018.geojson";
        return io::read_boundaries({.file = kazakhstan + file}, findings);
    }

    Findings of_register;
    Register reg = tables::read_register(kazakhstan + "regions.csv", of_register);
    Findings findings;
};

TEST_F(Join, KeepsRegionsThatHaveNoRow) {
    const auto joined = join(with_keys({"A", "B", "C"}), with_rows({"C", "A"}), {.allow_unmatched = 1});
    EXPECT_EQ(joined.values[0].number, 2.0);
    EXPECT_EQ(joined.values[1].state, State::unmatched);
    EXPECT_EQ(joined.values[2].number, 1.0);
    EXPECT_EQ(joined.report.matched_count, 2U);
    EXPECT_THAT(joined.report.regions_without_row, ElementsAre(RegionIndex{1}));
    EXPECT_EQ(findings.count_of("unmatched-region"), 1U);
}

TEST_F(Join, OfPartialFiguresRegionsWithoutARowAreMissing) {
    const auto joined = join(with_keys({"A", "B", "C"}), with_rows({"C"}), {.partial = true});
    EXPECT_EQ(joined.values[0].state, State::missing);
    EXPECT_EQ(joined.values[2].number, 1.0);
    EXPECT_EQ(joined.report.matched_count, 1U);
    EXPECT_TRUE(joined.report.regions_without_row.empty());
    EXPECT_TRUE(findings.empty());
    // A key that names nothing is as wrong as ever.
    EXPECT_THAT(refusal(with_keys({"A", "B"}), with_rows({"A", "X"}), {.partial = true}),
                AllOf(HasSubstr("1 of 2 regions matched"), HasSubstr("'X'"), Not(HasSubstr("'B'"))));
}

TEST_F(Join, RefusesAFigureOfTheCountryAloneAndSaysSo) {
    EXPECT_THAT(refusal(regions_of("2018"), with_rows({"KZ"})),
                AllOf(HasSubstr("line 2: the only row is that of the country, 'KZ'"), Not(HasSubstr("key"))));
}

TEST_F(Join, CountsBothSidesAgainstTheAllowance) {
    const auto map = with_keys({"Alpha", "Beta"});
    const auto table = with_rows({"Alpha", "Gamma"});
    EXPECT_THAT(refusal(map, table, {.allow_unmatched = 1}),
                AllOf(HasSubstr("t.csv: 1 of 2 regions matched"), HasSubstr("line 3: 'Gamma'"),
                      HasSubstr("'Beta'"), HasSubstr("--allow-unmatched 2")));
    EXPECT_TRUE(findings.empty());
    join(map, table, {.allow_unmatched = 2});
    EXPECT_EQ(findings.count_of("unmatched-key"), 1U);
    EXPECT_EQ(findings.count_of("unmatched-region"), 1U);
    EXPECT_EQ(findings.count(Severity::warning), 2U);
}

TEST_F(Join, ListsEveryNameOfBothSides) {
    const auto text =
        refusal(with_keys({"R1", "R2", "R3"}), with_rows({"X1", "X2", "X3", "X4"}), {.allow_unmatched = 99});
    EXPECT_THAT(text, HasSubstr("0 of 3 regions matched"));
    for (const auto* name : {"'R1'", "'R2'", "'R3'", "line 2: 'X1'", "line 5: 'X4'"})
        EXPECT_THAT(text, HasSubstr(name));
    EXPECT_THAT(text, HasSubstr("hint: compare the key columns"));
}

TEST_F(Join, SaysThatZeroPaddingWouldHelp) {
    EXPECT_THAT(refusal(with_keys({"01", "02", "03"}), with_rows({"1", "2", "3"}), {}, false),
                AllOf(HasSubstr("0 of 3 regions matched; 3 would match after zero padding"),
                      HasSubstr("line 2: '1' (would match '01' after zero padding)")));
}

TEST_F(Join, SaysThatCaseOrAnotherColumnWouldHelp) {
    EXPECT_THAT(refusal(with_keys({"Alpha", "Beta"}), with_rows({"ALPHA", "BETA"}), {}, false),
                HasSubstr("2 would match but for upper and lower case"));
    auto map = with_keys({"1", "2"});
    map.regions[0].attributes = {{"code2", "AA"}};
    map.regions[1].attributes = {{"code2", "BB"}};
    EXPECT_THAT(refusal(map, with_rows({"AA", "BB"}), {}, false),
                HasSubstr("2 would match column 'code2' of the boundaries"));
    // Three districts of one oblast: its one row would match them all, and is one.
    auto districts = with_keys({"1", "2", "3"});
    for (auto& region : districts.regions)
        region.attributes = {{"oblast", "P"}};
    EXPECT_THAT(refusal(districts, with_rows({"1", "2", "3", "P"}), {}, false),
                HasSubstr("3 of 3 regions matched; 1 would match column 'oblast' of the boundaries"));
}

TEST_F(Join, SuggestsNearNames) {
    EXPECT_THAT(refusal(with_keys({"Pavlodar", "Aktobe"}), with_rows({"Pavlodra", "Aktobe"}), {}, false),
                HasSubstr("'Pavlodra' (did you mean 'Pavlodar'?)"));
    EXPECT_THAT(refusal(regions_of("2018"), with_rows({"Павлодарскоя"})),
                HasSubstr("(did you mean Pavlodar (KZ-PAV)?)"));
}

TEST_F(Join, NamesBothLinesOfTwoRowsForOneRegion) {
    EXPECT_THAT(refusal(with_keys({"A", "B"}), with_rows({"A", "B", "A"})),
                AllOf(HasSubstr("two rows for one region"), HasSubstr("'A' in line 2 and 'A' in line 4")));
    EXPECT_THAT(
        refusal(regions_of("2018"), with_rows({"KZ-PAV", "Павлодарская область"})),
        HasSubstr("'KZ-PAV' in line 2 and 'Павлодарская область' in line 3 are both region 'KZ-PAV'"));
    EXPECT_THAT(refusal(with_keys({"A"}), with_rows({"A", "X", "X"})),
                HasSubstr("'X' in line 3 and 'X' in line 4"));
}

TEST_F(Join, AsksForTheYearOrTheIndicatorWhenRowsRepeat) {
    auto table = with_rows({"A", "A", "B", "B"});
    for (std::size_t i = 0; i < 4; ++i)
        table.figures[i].year = i % 2 == 0 ? 2010 : 2015;
    const auto map = with_keys({"A", "B"});
    EXPECT_THAT(refusal(map, table), AllOf(HasSubstr("several years: 2010, 2015"), HasSubstr("--year")));
    EXPECT_EQ(join(map, table, {.year = 2015}).values[1].number, 4.0);
    EXPECT_THAT(refusal(map, table, {.year = 2012}),
                AllOf(HasSubstr("no row of year 2012"), HasSubstr("there is: 2010, 2015")));
    for (std::size_t i = 0; i < 4; ++i)
        table.figures[i].indicator = i % 2 == 0 ? "stunting" : "wasting";
    EXPECT_THAT(refusal(map, table),
                AllOf(HasSubstr("several indicators: stunting, wasting"), HasSubstr("choose one")));
    EXPECT_THAT(refusal(map, table, {.indicator = "stuntin"}), HasSubstr("there is: stunting, wasting"));
}

TEST_F(Join, ResolvesNamesInThreeLanguagesThroughTheRegister) {
    const auto map = regions_of("2018");
    const auto table =
        with_rows({"Акмолинская область", "Ақтөбе облысы", "Almaty oblast", "Атырауская обл.",
                   "West Kazakhstan", "Жамбыл", "Карагандинская", "Костанай", "Кызылорда", "Маңғыстау",
                   "Павлодар", "СКО", "Туркестан", "ВКО", "Астана", "г. Алматы", "Шымкент", "Казахстан"});
    const auto joined = join(map, table);
    EXPECT_EQ(joined.report.matched_count, 17U);
    const auto turkistan = find_region(map, "KZ-YUZ@2018");
    EXPECT_EQ(joined.values[static_cast<std::size_t>(*turkistan)].number, 13.0);  // 13th row
    ASSERT_TRUE(joined.published.has_value());
    EXPECT_EQ(joined.published->value, 18.0);  // 18th row
}

TEST_F(Join, ResolvesWhenTheBoundariesAreKeyedByNames) {
    const auto map = with_keys({"Павлодарская область", "г. Алматы"});
    const auto joined = join(map, with_rows({"KZ-75", "Pavlodar"}));
    EXPECT_EQ(joined.values[0].number, 2.0);
    EXPECT_EQ(joined.values[1].number, 1.0);
}

TEST_F(Join, RefusesBareAlmatyNamingBoth) {
    const auto text = refusal(regions_of("2018"), with_rows({"Павлодар", "Алматы"}), {.allow_unmatched = 99});
    EXPECT_THAT(text, AllOf(HasSubstr("line 3: 'Алматы' is ambiguous"), HasSubstr("KZ-ALA (Almaty city)"),
                            HasSubstr("KZ-ALM (Almaty oblast)"), HasSubstr("hint: write the unit id")));
}

TEST_F(Join, NeverJoinsABareCodeAcrossVintages) {
    const auto map = regions_of("2018");
    EXPECT_THAT(refusal(map, with_rows({"KZ-YUZ"})),
                AllOf(HasSubstr("'KZ-YUZ' is ambiguous"), HasSubstr("KZ-YUZ@1997 (South Kazakhstan)"),
                      HasSubstr("KZ-YUZ@2018 (Turkistan)"), HasSubstr("--vintage")));
    auto dated = with_rows({"KZ-YUZ"});
    dated.figures[0].vintage = "2018";
    EXPECT_EQ(join(map, dated, {.allow_unmatched = 16}).report.matched_count, 1U);
    dated.figures[0].vintage = "pre-2018";
    EXPECT_THAT(refusal(map, dated, {.allow_unmatched = 99}),
                HasSubstr("KZ-YUZ@1997 (South Kazakhstan) of vintage pre-2018 is not among the regions"));
    // The same where the user's own boundaries bear the bare code: equal keys are not enough.
    EXPECT_THAT(refusal(with_keys({"KZ-YUZ", "KZ-PAV"}), with_rows({"KZ-YUZ", "KZ-PAV"})),
                HasSubstr("ambiguous"));
    auto own = with_keys({"KZ-YUZ", "KZ-PAV"});
    own.vintage = "2018";
    EXPECT_EQ(join(own, with_rows({"KZ-YUZ", "KZ-PAV"}), {.vintage = "2018"}).report.matched_count, 2U);
}

TEST_F(Join, SetsTheCountryApart) {
    const auto joined = join::join(with_keys({"A"}), with_rows({"KZ", "A"}), nullptr, {}, findings);
    ASSERT_TRUE(joined.published.has_value());
    EXPECT_EQ(joined.published->value, 1.0);
    EXPECT_TRUE(joined.report.keys_without_region.empty());
}

TEST_F(Join, JoinsTheBuiltInFiguresWithoutLoss) {
    const auto nutrition = tables::read_table({.file = kazakhstan + "indicators/nutrition.csv"}, findings);
    const auto stunting =
        join(regions_of("pre-2018"), nutrition, {.year = 2015, .indicator = "stunting_moderate_severe"});
    EXPECT_EQ(stunting.report.matched_count, 16U);
    EXPECT_EQ(present_count(stunting.values), 16U);
    ASSERT_TRUE(stunting.published.has_value());
    EXPECT_EQ(stunting.published->value, 8.0);  // published national value of 2015,
                                                // geodata/kazakhstan/sources.csv
    EXPECT_THAT(stunting.report.sources, ElementsAre("KAZSTAT-SDG-2024"));
    // Poverty of 2014-2017 stands in both vintages; the boundaries' own is meant.
    const auto poverty = tables::read_table({.file = kazakhstan + "indicators/poverty.csv"}, findings);
    EXPECT_EQ(join(regions_of("pre-2018"), poverty, {.year = 2016}).report.matched_count, 16U);
    const auto of_2018 = join(regions_of("2018"), poverty, {.year = 2018, .vintage = "2018"});
    EXPECT_EQ(of_2018.report.matched_count, 17U);
    EXPECT_TRUE(findings.empty());
}

TEST_F(Join, MatchesLookAlikeLettersWithAFinding) {
    // "Павлодарская область" with a Latin "a" behind the "П".
    auto table = with_rows({"П\u0061влодарская область"});
    const auto own = regions_of("2018");
    EXPECT_EQ(join(own, table, {.allow_unmatched = 16}).report.matched_count, 1U);
    EXPECT_EQ(findings.count_of("look-alike-letters"), 1U);
}

TEST(YearsOf, ListsYearsOfIndicatorAndVintageAscending) {
    auto table = with_rows({"A", "B", "C", "D"});
    const std::vector<int> years{2015, 2010, 2012, 2010};
    for (std::size_t i = 0; i < 4; ++i) {
        table.figures[i].year = years[i];
        table.figures[i].indicator = i == 2 ? "b" : "a";
    }
    EXPECT_THAT(join::years_of(table, "a", ""), ElementsAre(2010, 2015));
    EXPECT_THAT(join::years_of(table, "", "2018"), ElementsAre(2010, 2012, 2015));
    table.figures[1].vintage = table.figures[3].vintage = "pre-2018";
    EXPECT_THAT(join::years_of(table, "a", "2018"), ElementsAre(2015));
}

}  // namespace
}  // namespace tendik
