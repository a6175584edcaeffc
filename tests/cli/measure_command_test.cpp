#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

json measured(const std::string& indicator, const std::string& year) {
    const auto called = tendik_run({"measure", "--indicator", indicator, "--year", year, "--format", "json"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    return json::parse(called.out);
}

double measure_of(const json& result, const std::string& code) {
    for (const auto& measure : result["measures"])
        if (measure["code"] == code) return measure["value"].get<double>();
    ADD_FAILURE() << "no measure " << code;
    return 0.0;
}

double value_of(const json& result, const std::string& key) {
    for (const auto& region : result["regions"])
        if (region["key"] == key) return region["value"].get<double>();
    ADD_FAILURE() << "no region " << key;
    return 0.0;
}

TEST(MeasureCommand, TellsWhatAPlannerWantsToKnowOfStuntingIn2015) {
    const auto result = measured("stunting_moderate_severe", "2015");
    EXPECT_EQ(result["schema"], "tendik.measures/1");
    EXPECT_EQ(result["value"], "stunting_moderate_severe");
    EXPECT_EQ(result["n"], 16);                                    // MICS 2015: 14 oblasts and 2 cities
    EXPECT_EQ(measure_of(result, "D"), 9.5);                       // 11.8 - 2.3
    EXPECT_DOUBLE_EQ(measure_of(result, "R"), 5.130434782608696);  // 11.8 / 2.3
    EXPECT_NEAR(result["mean"].get<double>(), 7.98, 0.005);        // weighted by children 0-15, two decimals
    EXPECT_EQ(result["worst"]["key"], "KZ-ATY");
    EXPECT_EQ(result["worst"]["value"], 11.8);  // nutrition.csv
    EXPECT_EQ(result["best"]["key"], "KZ-SEV");
    EXPECT_EQ(result["best"]["value"], 2.3);                // nutrition.csv
    EXPECT_EQ(result["published_national"]["value"], 8.0);  // MICS 2015 final report
    EXPECT_EQ(result["direction"], "adverse");
}

TEST(MeasureCommand, HoldsTheFieldsOfItsSchema) {
    const auto result = measured("stunting_moderate_severe", "2015");
    std::vector<std::string> codes;
    for (const auto& measure : result["measures"]) {
        codes.push_back(measure["code"]);
        for (const auto* field : {"unit", "note", "se", "lower", "upper", "bias", "debiased"})
            EXPECT_TRUE(measure.contains(field)) << field;
        // No sampling error of a region is published.
        EXPECT_TRUE(measure["lower"].is_null() && measure["bias"].is_null()) << measure;
    }
    // The 21 of WHO HEAT, then those of inequality.
    EXPECT_THAT(codes, testing::ElementsAre("D", "R", "ACI", "RCI", "SII", "RII", "BGV", "BGSD", "COV",
                                            "MDMU", "MDMW", "MDBU", "MDBW", "MDRU", "MDRW", "IDISU", "IDISW",
                                            "TI", "MLD", "PAR", "PAF", "GE_1", "GE0", "GE1", "GE2", "GINI",
                                            "ATKINSON", "HOOVER", "PALMA", "WOLFSON", "KOLM", "WILLIAMSON",
                                            "WAGSTAFF", "ERREYGERS", "SGINI"));
    ASSERT_EQ(result["regions"].size(), 16U);
    double gaps_of_theil = 0.0;
    for (const auto& region : result["regions"]) {
        for (const auto* field : {"key", "value", "state", "gap", "contribution", "influence", "rank"})
            EXPECT_TRUE(region.contains(field)) << field;
        EXPECT_EQ(region["state"], "present");
        gaps_of_theil += region["contribution"]["TI"].get<double>();
    }
    // The contributions add up to the whole: Theil's index is a sum over regions.
    EXPECT_NEAR(gaps_of_theil, measure_of(result, "TI"), 1e-9);
    ASSERT_TRUE(result["findings"].is_array());
}

TEST(MeasureCommand, FindsWestKazakhstanLowestInWaterOf2015) {
    const auto result = measured("improved_drinking_water", "2015");
    EXPECT_EQ(result["worst"]["key"], "KZ-ZAP");
    EXPECT_NEAR(result["worst"]["value"].get<double>(), 80.06, 1e-9);  // water.csv, from the JMP files
    EXPECT_EQ(result["direction"], "favourable");
}

TEST(MeasureCommand, FindsTurkistanAndNurSultanAtTheEndsOfPovertyIn2018) {
    const auto result = measured("poverty_below_subsistence_min", "2018");
    EXPECT_EQ(result["n"], 17);  // Shymkent is a unit of its own since June 2018
    EXPECT_EQ(result["worst"]["name"], "Turkistan");
    EXPECT_EQ(result["worst"]["value"], 10.6);         // poverty.csv
    EXPECT_EQ(value_of(result, "KZ-YUZ@2018"), 10.6);  // Turkistan is not South Kazakhstan
    EXPECT_THAT(result["best"]["name"].get<std::string>(), HasSubstr("Nur-Sultan"));
    EXPECT_EQ(result["best"]["value"], 0.9);  // poverty.csv
}

TEST(MeasureCommand, PrintsTheSameForAReader) {
    const auto called = tendik_run({"measure", "--indicator", "stunting_moderate_severe", "--year", "2015"});
    EXPECT_EQ(called.exit_code, 0);
    for (const auto* part : {"8.0", "7.98", "Atyrau 11.8", "North Kazakhstan 2.3", "9.5", "5.13"})
        EXPECT_THAT(called.out, HasSubstr(part));
    // Children 0-15 of 2020 stand in for those of the survey year: that is said, and not more.
    EXPECT_THAT(called.err, HasSubstr("[weight-of-other-year]"));
    const auto quiet =
        tendik_run({"measure", "--indicator", "stunting_moderate_severe", "--year", "2015", "-q"});
    EXPECT_EQ(quiet.out, called.out);
    EXPECT_EQ(quiet.err, "");
}

TEST(MeasureCommand, SpeaksRussianAndKazakhOfRegions) {
    const auto of = [](const char* language) {
        return tendik_run({"measure", "--indicator", "stunting_moderate_severe", "--year", "2015", "-q",
                           "--language", language})
            .out;
    };
    EXPECT_THAT(of("ru"), HasSubstr("Атырауская область"));
    EXPECT_THAT(of("kk"), HasSubstr("Атырау облысы"));
}

TEST(MeasureCommand, ShowsTheDirectionOfChangeOfASeries) {
    const auto called = tendik_run({"measure", "--indicator", "stunting_moderate_severe", "-q"});
    EXPECT_EQ(called.exit_code, 0);
    // 2010-11: 36.2 to 4.8, gap 31.4; 2015: 11.8 to 2.3, gap 9.5 (nutrition.csv).
    EXPECT_THAT(called.out, HasSubstr("narrowed since 2010-11"));
}

class MeasureOfATable : public testing::Test {
protected:
    ProgramRun measure(const std::string& table_text, std::vector<std::string> more = {}) {
        const auto table = write_text(m_folder / "figures.csv", table_text);
        std::vector<std::string> words{"measure", "--table", table, "--key", "code", "--value", "percent"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    TemporaryFolder m_folder;
};

TEST_F(MeasureOfATable, NeedsNoBoundaries) {
    const auto called = measure("code,percent,people\nA,10,100\nB,20,100\nC,30,200\nD,40,400\n",
                                {"--weight", "people", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_EQ(called.err, "");
    const auto result = json::parse(called.out);
    // (10 x 100 + 20 x 100 + 30 x 200 + 40 x 400) / 800 = 25000 / 800
    EXPECT_EQ(result["mean"], 31.25);
    EXPECT_EQ(measure_of(result, "D"), 30.0);  // 40 - 10
    EXPECT_EQ(measure_of(result, "R"), 4.0);   // 40 / 10
    // (21.25^2 x 1 + 11.25^2 x 1 + 1.25^2 x 2 + 8.75^2 x 4) / 8 = 887.5 / 8
    EXPECT_NEAR(measure_of(result, "BGV"), 110.9375, 1e-10);
    EXPECT_EQ(result["worst"]["key"], "D");
}

TEST_F(MeasureOfATable, TakesAHighValueForGoodWhenToldSo) {
    const auto called = measure("code,percent\nA,10\nB,20\nC,30\n", {"--favourable", "--format", "json"});
    const auto result = json::parse(called.out);
    EXPECT_EQ(result["worst"]["key"], "A");
    EXPECT_EQ(result["best"]["key"], "C");
    EXPECT_EQ(result["weighted"], false);
    EXPECT_EQ(result["mean"], 20.0);  // (10 + 20 + 30) / 3
}

TEST_F(MeasureOfATable, NamesNoWorstRegionWhenNeitherEndIsBad) {
    const std::string table = "code,percent\nA,10\nB,20\nC,30\n";
    const auto result = json::parse(measure(table, {"--neutral", "--format", "json"}).out);
    EXPECT_EQ(result["direction"], "neutral");
    EXPECT_TRUE(result["worst"].is_null());
    EXPECT_TRUE(result["best"].is_null());
    EXPECT_EQ(result["highest"]["key"], "C");
    EXPECT_EQ(result["lowest"]["key"], "A");
    EXPECT_EQ(measure_of(result, "R"), 3.0);  // 30 / 10
    const auto text = measure(table, {"--neutral"}).out;
    EXPECT_THAT(text, AllOf(HasSubstr("highest"), HasSubstr("lowest"), Not(HasSubstr("worst"))));
}

TEST_F(MeasureOfATable, KeepsTheMeasuresAskedFor) {
    const auto called = measure("code,percent\nA,10\nB,20\n", {"--measures", "D,GINI", "--format", "json"});
    const auto measures = json::parse(called.out)["measures"];
    ASSERT_EQ(measures.size(), 2U);
    EXPECT_EQ(measures[0]["code"], "D");
    EXPECT_EQ(measures[1]["code"], "GINI");
    const auto apart =
        measure("code,percent\nA,10\nB,20\n", {"--measures", "D", "--measures", "GINI", "--format", "json"});
    EXPECT_EQ(json::parse(apart.out)["measures"], measures);
}

TEST_F(MeasureOfATable, LeavesOutMissingRegionsAndSaysWhich) {
    const auto called = measure("code,percent\nA,10\nB,\nC,30\nD,40\n", {"--format", "json"});
    EXPECT_EQ(called.exit_code, 0);
    const auto result = json::parse(called.out);
    EXPECT_EQ(result["n"], 3);
    EXPECT_THAT(result["left_out"], testing::ElementsAre("B"));
    EXPECT_TRUE(result["regions"][1]["value"].is_null());
    EXPECT_EQ(result["regions"][1]["state"], "missing");
    // One of four is 25 %, more than 15 %: a warning.
    EXPECT_THAT(called.err, HasSubstr("warning: "));
    EXPECT_EQ(measure("code,percent\nA,10\nB,\nC,30\nD,40\n", {"--fail-on", "warning"}).exit_code, 3);
    EXPECT_EQ(measure("code,percent\nA,10\nB,\nC,30\nD,40\n", {"--fail-on", "never"}).exit_code, 0);
}

TEST_F(MeasureOfATable, WritesAnUndefinedMeasureAsNullWithANote) {
    const auto called = measure("code,percent\nA,0\nB,20\n", {"--measures", "R,MLD", "--format", "json"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    const auto result = json::parse(called.out);
    ASSERT_EQ(result["measures"].size(), 2U);
    for (const auto& measure : result["measures"]) {  // 20 / 0, ln 0
        EXPECT_TRUE(measure["value"].is_null()) << measure;
        EXPECT_TRUE(measure["note"].is_string()) << measure;
    }
}

TEST_F(MeasureOfATable, PrintsCsvWithOneMeasureARow) {
    const auto called = measure("code,percent\nA,10\nB,40\n", {"--format", "csv"});
    EXPECT_THAT(called.out, testing::StartsWith(
                                "indicator,year,vintage,n,weights,weights_year,code,value,unit,note,se,lower,"
                                "upper,bias\n"));
    EXPECT_THAT(called.out, HasSubstr("percent,,,2,,,D,30,points,,,,,\n"));  // 40 - 10
}

}  // namespace
}  // namespace tendik::test
