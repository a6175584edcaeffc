#include "tendik/join/weights.h"

#include "tendik/base/error.h"
#include "tendik/io/read_boundaries.h"
#include "tendik/tables/read_catalogue.h"
#include "tendik/tables/read_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string kazakhstan = TENDIK_SOURCE_DIR "/geodata/kazakhstan/";

class FindWeights : public testing::Test {
protected:
    void add(const std::string& key, int year, const std::string& vintage, double value) {
        Figure figure;
        figure.key = key;
        figure.indicator = "people";
        figure.year = year;
        figure.vintage = vintage;
        figure.value = Value::of(value);
        figure.line = totals.figures.size() + 2;
        totals.figures.push_back(figure);
    }
    Boundaries regions(const std::string& vintage, const std::vector<std::string>& keys) {
        Boundaries boundaries;
        boundaries.source = "map";
        boundaries.vintage = vintage;
        for (const auto& key : keys)
            boundaries.regions.push_back({key, {key, "", ""}, "", "", {}, {}, {}});
        return boundaries;
    }
    Weights weights(const Boundaries& boundaries, std::optional<int> year) {
        return join::find_weights(boundaries, {"people", true, {"people", "", ""}}, totals, reg, year,
                                  findings);
    }

    Findings of_register;
    Register reg = tables::read_register(kazakhstan + "regions.csv", of_register);
    Indicators totals{"people.csv", "unit_id", {}};
    Findings findings;
};

TEST_F(FindWeights, TakesTheYearAndVintageAskedFor) {
    add("KZ-PAV", 2015, "pre-2018", 10);
    add("KZ-PAV", 2016, "pre-2018", 20);
    const auto found = weights(regions("pre-2018", {"KZ-PAV"}), 2015);
    EXPECT_EQ(found.column[0].number, 10.0);
    EXPECT_EQ(found.year, 2015);
    EXPECT_EQ(found.indicator, "people");
    EXPECT_TRUE(found.stand_in);
    EXPECT_EQ(found.text.en, "people");
    EXPECT_TRUE(findings.empty());
}

TEST_F(FindWeights, SumsTurkistanAndShymkentForSouthKazakhstan) {
    // Children 0-15 on 1 January 2020 as in geodata/kazakhstan/indicators/population.csv, source
    // ODK-DEMOG2020.
    add("KZ-YUZ@2018", 2020, "2018", 799717);
    add("KZ-SHY", 2020, "2018", 365820);
    add("KZ-PAV", 2020, "2018", 182016);
    const auto found = weights(regions("pre-2018", {"KZ-YUZ@1997", "KZ-PAV"}), 2015);
    EXPECT_EQ(found.column[0].number, 1165537.0);  // 799717 + 365820
    EXPECT_EQ(found.column[1].number, 182016.0);
    EXPECT_EQ(found.year, 2020);
    EXPECT_EQ(findings.count_of("weight-of-other-vintage"), 1U);
}

TEST_F(FindWeights, WeighsTheBuiltInRegionsBeforeTheSplit) {
    const auto table = tables::read_table({.file = kazakhstan + "indicators/population.csv"}, findings);
    const auto map = io::read_boundaries({.file = kazakhstan + "regions_pre2018.geojson"}, findings);
    const WeightChoice children{"population_0_15", true, {"children", "", ""}};
    const auto found = join::find_weights(map, children, table, reg, 2015, findings);
    EXPECT_EQ(present_count(found.column), 16U);
    double sum = 0.0;
    double country = 0.0;
    for (const auto& value : found.column)
        sum += value.number;
    for (const auto& figure : table.figures)
        if (figure.indicator == "population_0_15" && figure.key == "KZ") country = figure.value.number;
    EXPECT_EQ(sum, country);  // no child lost or counted twice
    EXPECT_EQ(findings.count_of("no-weight"), 0U);
}

TEST_F(FindWeights, NeverSplitsAUnit) {
    // Only South Kazakhstan is known for 2015; Turkistan and Shymkent of 2017 serve better than nothing for
    // them.
    add("KZ-YUZ@1997", 2015, "pre-2018", 100);
    add("KZ-PAV", 2015, "pre-2018", 7);
    add("KZ-YUZ@2018", 2017, "2018", 60);
    add("KZ-SHY", 2017, "2018", 40);
    add("KZ-PAV", 2017, "2018", 8);
    const auto map = regions("2018", {"KZ-YUZ@2018", "KZ-SHY", "KZ-PAV"});
    const auto found = weights(map, 2015);
    EXPECT_EQ(found.year, 2017);
    EXPECT_EQ(found.column[0].number, 60.0);
    EXPECT_EQ(found.column[2].number, 8.0);
    totals.figures.resize(2);
    Findings others;
    const auto scarce = join::find_weights(map, {"people", false, {}}, totals, reg, 2015, others);
    EXPECT_FALSE(scarce.column[0].present());
    EXPECT_FALSE(scarce.column[1].present());
    EXPECT_EQ(scarce.column[2].number, 7.0);
    EXPECT_EQ(others.count_of("no-weight"), 2U);
}

TEST_F(FindWeights, AddsWhatLeftAUnitThatKeptItsId) {
    // In 2022 Abai left East Kazakhstan, which kept its id: the East Kazakhstan of 2018 is both together.
    add("KZ-VOS", 2023, "2022", 730);
    add("KZ-ABY", 2023, "2022", 610);
    EXPECT_EQ(weights(regions("2018", {"KZ-VOS"}), 2023).column[0].number, 1340.0);  // 730 + 610
    totals.figures.clear();
    add("KZ-VOS", 2023, "2018", 1340);
    add("KZ-PAV", 2023, "2018", 5);
    const auto found = weights(regions("2022", {"KZ-VOS", "KZ-ABY", "KZ-PAV"}), 2023);
    EXPECT_FALSE(found.column[0].present());
    EXPECT_FALSE(found.column[1].present());
    EXPECT_EQ(found.column[2].number, 5.0);
}

TEST_F(FindWeights, TakesTheEarlierOfTwoEquallyNearYears) {
    add("KZ-PAV", 2013, "pre-2018", 13);
    add("KZ-PAV", 2017, "pre-2018", 17);
    EXPECT_EQ(weights(regions("pre-2018", {"KZ-PAV"}), 2015).year, 2013);
    EXPECT_EQ(weights(regions("pre-2018", {"KZ-PAV"}), 2016).year, 2017);
    EXPECT_EQ(weights(regions("pre-2018", {"KZ-PAV"}), std::nullopt).year, 2017);
}

TEST(WeightYears, AreToldOnceForEachIndicatorAndYearTaken) {
    Findings findings;
    join::report_weight_years({{"stunting", "children", "population.csv", 2015, 2020},
                               {"stunting", "children", "population.csv", 2010, 2020},
                               {"poverty", "people", "population.csv", 2022, 2021},
                               {"stunting", "children", "population.csv", 2011, 2020},
                               {"stunting", "children", "population.csv", 2020, 2020},
                               {"density", "area", "area.csv", 2016, 0},
                               {"own", "people", "own.csv", std::nullopt, 2021}},
                              findings);
    ASSERT_EQ(findings.all().size(), 2U);
    const auto& first = findings.all()[0];
    EXPECT_EQ(first.severity, Severity::warning);
    EXPECT_EQ(first.code, "weight-of-other-year");
    EXPECT_EQ(first.where, "population.csv");
    EXPECT_EQ(
        first.text,
        "'stunting' of 2010-2011, 2015 takes 'children' of 2020: that has no figures of its years that fit");
    EXPECT_THAT(findings.all()[1].text, HasSubstr("'poverty' of 2022 takes 'people' of 2021"));
}

TEST_F(FindWeights, KnowsThatACityWithoutVillagesLacksNothing) {
    add("KZ-PAV", 2020, "2018", 10);
    add("KZ-ALA", 2020, "2018", 0);
    totals.figures.back().value = Value::without(State::not_applicable);
    const auto found = weights(regions("2018", {"KZ-PAV", "KZ-ALA"}), 2020);
    EXPECT_EQ(found.column[1].state, State::not_applicable);
    EXPECT_EQ(findings.count_of("no-weight"), 0U);
}

TEST_F(FindWeights, LeavesRegionsWithoutPeopleMissing) {
    add("KZ-PAV", 2015, "pre-2018", 10);
    add("KZ-ALA", 2015, "pre-2018", 0);
    const auto found = weights(regions("pre-2018", {"KZ-PAV", "KZ-ALA", "KZ-AST"}), 2015);
    EXPECT_TRUE(found.column[0].present());
    EXPECT_EQ(found.column[1].state, State::missing);
    EXPECT_EQ(found.column[2].state, State::missing);
    EXPECT_EQ(findings.count_of("no-weight"), 2U);
}

TEST_F(FindWeights, TakesACityWithoutRuralPeopleForNoGap) {
    add("KZ-YUZ@2018", 2020, "2018", 60);
    add("KZ-SHY", 2020, "2018", 0);
    add("KZ-ALA", 2020, "2018", 0);
    totals.figures[1].value = totals.figures[2].value = Value::without(State::not_applicable);
    const auto found = weights(regions("pre-2018", {"KZ-YUZ@1997", "KZ-ALA"}), 2020);
    EXPECT_EQ(found.column[0].number, 60.0);  // Turkistan alone has rural people
    EXPECT_EQ(found.column[1].state, State::not_applicable);
    EXPECT_EQ(findings.count_of("no-weight"), 0U);
}

TEST_F(FindWeights, WorksForKeysTheRegisterDoesNotKnow) {
    add("north", 2015, "", 3);
    EXPECT_EQ(weights(regions("", {"north"}), 2015).column[0].number, 3.0);
}

TEST_F(FindWeights, RefusesWhenNoYearServes) {
    add("elsewhere", 2015, "", 3);
    const auto refusal = [&](const std::string& indicator) {
        try {
            join::find_weights(regions("", {"north"}), {indicator, false, {}}, totals, reg, 2015, findings);
        } catch (const InputError& error) {
            return describe(error);
        }
        return std::string();
    };
    EXPECT_THAT(refusal("people"),
                AllOf(HasSubstr("people.csv: no year of 'people' has a figure for the regions of 'map'"),
                      HasSubstr("hint:")));
    EXPECT_THAT(refusal("houses"), HasSubstr("the table has no row of 'houses'"));
    add("elsewhere", 2015, "", 4);
    EXPECT_THAT(refusal("people"),
                HasSubstr("people.csv, line 3: a second figure of 'people' for 'elsewhere' in 2015"));
}

}  // namespace
}  // namespace tendik
