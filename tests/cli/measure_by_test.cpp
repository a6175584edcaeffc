// Measures between parts of the people, by the command. Tables named synthetic_ hold made figures; H5 is the
// test data of WHO's healthequal, laid out as the quintiles of one region.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* quintiles =
    "code,wealth,people,value,se\n"
    "A,poorest,78,20,5\nA,second,91,30,7\nA,middle,162,40,10\nA,fourth,103,50,12\nA,richest,105,60,14\n"
    "B,richest,100,10,1\nB,second,100,10,1\nB,middle,100,10,1\nB,fourth,100,10,1\nB,poorest,100,10,1\n"
    "C,poorest,100,30,3\nC,second,100,,\nC,middle,100,25,3\nC,fourth,100,20,3\nC,richest,100,20,4\n";

constexpr const char* residence =
    "code,area,people,value\n"
    "A,total,400,12.5\nA,urban,100,5\nA,rural,300,15\n"
    "B,total,300,9\nB,urban,200,10\nB,rural,100,7\n"
    "C,total,200,8\nC,urban,200,8\n";

constexpr const char* crossed =
    "code,sex,residence,value\n"
    "A,girls,rural,30\nA,girls,urban,20\nA,boys,rural,34\nA,boys,urban,21\n"
    "B,girls,rural,10\nB,girls,urban,16\nB,boys,rural,12\nB,boys,urban,12\n";

class MeasureBy : public testing::Test {
protected:
    std::string table(const std::string& content) {
        return write_text(m_folder / "synthetic_table.csv", content);
    }
    ProgramRun measure(const std::string& content, std::vector<std::string> more) {
        std::vector<std::string> words{"measure", "--table", table(content)};
        if (content.starts_with("code,")) words.insert(words.end(), {"--key", "code"});
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    json measured(const std::string& content, std::vector<std::string> more) {
        more.insert(more.end(), {"--format", "json"});
        const auto called = measure(content, more);
        EXPECT_EQ(called.exit_code, 0) << called.err;
        return called.exit_code == 0 ? json::parse(called.out) : json{};
    }
    std::string refusal(const std::string& content, const std::vector<std::string>& more) {
        const auto called = measure(content, more);
        EXPECT_NE(called.exit_code, 0);
        EXPECT_EQ(called.out, "");
        return called.err;
    }

    TemporaryFolder m_folder;
};

json one(const json& unit, const std::string& code) {
    for (const auto& measure : unit["measures"])
        if (measure["code"] == code) return measure;
    ADD_FAILURE() << "no measure " << code << " in " << unit;
    return {};
}

double number(const json& unit, const std::string& code, const char* field = "value") {
    const auto measure = one(unit, code);
    if (measure[field].is_number()) return measure[field].get<double>();
    ADD_FAILURE() << measure;
    return 0.0;
}

TEST_F(MeasureBy, FollowsTheOrderOfQuintilesInsideARegion) {
    const auto result = measured(
        quintiles, {"--by", "wealth", "--weight", "people", "--se", "se", "--favourable", "--scale", "100"});
    EXPECT_EQ(result["schema"], "tendik.disaggregation/1");
    EXPECT_EQ(result["dimensions"][0]["order"], "usual");
    EXPECT_EQ(result["dimensions"][0]["values"], json({"poorest", "second", "middle", "fourth", "richest"}));
    const auto& inside = result["years"][0]["inside"][0];
    const auto& a = inside["regions"][0];
    EXPECT_EQ(number(a, "D"), 40.0);                             // 60 - 20
    EXPECT_NEAR(number(a, "D", "se"), 14.866068747, 5e-10);      // sqrt(5^2 + 14^2) = sqrt(221)
    EXPECT_NEAR(number(a, "D", "lower"), 10.863040664, 5e-9);    // 40 - 1.959963985 x 14.866068747
    EXPECT_EQ(number(a, "R"), 3.0);                              // 60 / 20
    EXPECT_NEAR(number(a, "R", "se"), 0.34197140881139, 5e-13);  // sqrt((14/60)^2 + (5/20)^2)
    EXPECT_NEAR(number(a, "SII"), 44.8905335902, 5e-10);         // oracle H5, R: uncertainty.R
    EXPECT_NEAR(number(a, "RII"), 3.2363397365, 5e-10);          // oracle H5, R: uncertainty.R
    EXPECT_NEAR(number(a, "ACI"), 7.3284202, 5e-7);              // oracle H5, healthequal test-aci.R
    EXPECT_NEAR(number(a, "RCI"), 0.17776861174058, 5e-14);  // oracle H5: Gini, as values ascend along the
                                                             // order
    EXPECT_EQ(a["rank"], 1);
    EXPECT_EQ(a["highest"], "richest");
    const auto& b = inside["regions"][1];
    EXPECT_EQ(number(b, "D"), 0.0);  // rows stand in another order, and all are 10
    EXPECT_EQ(b["rank"], 2);
}

TEST_F(MeasureBy, KeepsAMissingCellMissingAndSaysSo) {
    const auto result = measured(
        quintiles, {"--by", "wealth", "--weight", "people", "--se", "se", "--favourable", "--scale", "100"});
    const auto& c = result["years"][0]["inside"][0]["regions"][2];
    EXPECT_EQ(number(c, "D"), -10.0);      // 20 - 30: both ends of the order are there
    EXPECT_EQ(number(c, "D", "se"), 5.0);  // sqrt(3^2 + 4^2)
    EXPECT_TRUE(one(c, "SII")["value"].is_null());
    EXPECT_EQ(one(c, "SII")["note"], "no figure of 'second' (missing)");
    EXPECT_EQ(c["values"][1]["state"], "missing");
    // The country's mean of 'second' is of A and B: (91 x 30 + 100 x 10) / 191.
    const auto& national = result["years"][0]["inside"][0]["national"];
    EXPECT_EQ(national["basis"], "weighted mean of the regions");
    EXPECT_NEAR(national["values"][1]["number"].get<double>(), 19.528795812, 5e-10);
}

TEST_F(MeasureBy, ComparesRuralWithUrbanWithTheirSign) {
    const auto result = measured(residence, {"--by", "area", "--weight", "people", "--adverse"});
    const auto& inside = result["years"][0]["inside"];
    ASSERT_EQ(inside.size(), 1U);
    const auto& regions = inside[0]["regions"];
    EXPECT_EQ(number(regions[0], "D"), 10.0);  // 15 - 5
    EXPECT_EQ(number(regions[0], "R"), 3.0);
    EXPECT_EQ(regions[0]["rank"], 1);
    EXPECT_EQ(number(regions[1], "D"), -3.0);  // 7 - 10: here the towns are worse off
    EXPECT_EQ(regions[1]["rank"], 2);
    EXPECT_EQ(regions[1]["highest"], "urban");
    EXPECT_TRUE(one(regions[2], "D")["value"].is_null());
    EXPECT_EQ(one(regions[2], "D")["note"], "no figure of 'rural' (missing)");
    EXPECT_TRUE(regions[2]["rank"].is_null());
    // (300 x 15 + 100 x 7) / 400 = 13; (100 x 5 + 200 x 10 + 200 x 8) / 500 = 8.2
    EXPECT_NEAR(number(inside[0]["national"], "D"), 4.8, 1e-12);
    EXPECT_FALSE(one(regions[0], "D")["se"].is_number());  // no errors are given, and none is assumed
}

TEST_F(MeasureBy, MeasuresAcrossTheRegionsForEachPart) {
    const auto result = measured(residence, {"--by", "area", "--weight", "people"});
    const auto& cells = result["years"][0]["cells"];
    ASSERT_EQ(cells.size(), 3U);
    EXPECT_EQ(cells[0]["where"], json::object());
    EXPECT_EQ(cells[1]["where"], json({{"area", "rural"}}));
    EXPECT_EQ(cells[0]["n"], 3);
    EXPECT_EQ(cells[1]["n"], 2);
    EXPECT_EQ(number(cells[0], "D"), 4.5);  // 12.5 - 8
    EXPECT_EQ(number(cells[1], "D"), 8.0);  // 15 - 7
    EXPECT_EQ(number(cells[2], "D"), 5.0);  // 10 - 5
    // The same by choosing the cell.
    const auto chosen = measured(residence, {"--where", "area=rural", "--weight", "people"});
    EXPECT_EQ(one(chosen, "TI")["value"], one(cells[1], "TI")["value"]);
}

TEST_F(MeasureBy, CrossesTwoDimensions) {
    const auto result = measured(crossed, {"--by", "sex", "--by", "residence", "--adverse"});
    const auto& year = result["years"][0];
    EXPECT_EQ(year["cells"].size(), 4U);
    ASSERT_EQ(year["inside"].size(), 4U);  // girls and boys in the country and towns, and the other way round
    EXPECT_EQ(year["inside"][0]["dimension"], "sex");
    EXPECT_EQ(year["inside"][0]["where"], json({{"residence", "rural"}}));
    EXPECT_EQ(number(year["inside"][0]["regions"][0], "D"), 4.0);  // no order: 34 - 30
    EXPECT_EQ(year["inside"][0]["regions"][0]["highest"], "boys");
    EXPECT_EQ(year["inside"][2]["where"], json({{"sex", "girls"}}));
    EXPECT_EQ(number(year["inside"][2]["regions"][0], "D"), 10.0);  // rural 30 - urban 20
    EXPECT_EQ(number(year["inside"][2]["regions"][1], "D"), -6.0);  // 10 - 16
    EXPECT_EQ(number(year["inside"][3]["regions"][0], "D"), 13.0);  // boys: 34 - 21
    EXPECT_EQ(year["inside"][3]["national"]["basis"], "unweighted mean of the regions");
    EXPECT_EQ(number(year["inside"][3]["national"], "D"), 6.5);  // (34 + 12) / 2 - (21 + 12) / 2
}

TEST_F(MeasureBy, TakesADeclaredOrderAndRefusesOneThatDoesNotFit) {
    const auto result = measured(
        crossed, {"--by", "sex", "--where", "residence=urban", "--order", "sex=girls,boys", "--adverse"});
    EXPECT_EQ(result["dimensions"][0]["order"], "declared");
    EXPECT_EQ(number(result["years"][0]["inside"][0]["regions"][1], "D"), 4.0);  // girls 16 - boys 12
    EXPECT_THAT(
        refusal(quintiles, {"--by", "wealth", "--order", "wealth=poorest,second,midle,fourth,richest"}),
        AllOf(HasSubstr("no place for 'middle'"), HasSubstr("did you mean 'midle'?")));
    EXPECT_THAT(
        refusal(crossed, {"--by", "sex", "--where", "residence=urban", "--order", "sex=girls,boys,all"}),
        HasSubstr("names 'all', which no row has"));
    EXPECT_THAT(refusal(crossed, {"--by", "sex", "--order", "residence=rural,urban"}),
                HasSubstr("by which nothing is parted"));
}

TEST_F(MeasureBy, RefusesWhatCannotBeParted) {
    EXPECT_THAT(refusal(crossed, {"--by", "sexx", "--where", "residence=urban"}), HasSubstr("sex"));
    EXPECT_THAT(refusal(crossed, {"--by", "sex", "--by", "sex"}), HasSubstr("twice"));
    EXPECT_THAT(refusal(crossed, {"--by", "sex", "--where", "sex=girls"}),
                HasSubstr("both chosen by --where and compared by --by"));
    EXPECT_THAT(refusal(crossed, {"--by", "sex", "--where", "residence=ruural"}),
                HasSubstr("did you mean 'rural'?"));
    EXPECT_THAT(refusal(residence, {"--order", "area=rural,urban"}), HasSubstr("add --by"));
    // One more dimension than is named, and no row of all together.
    EXPECT_THAT(refusal(crossed, {"--by", "sex"}),
                AllOf(HasSubstr("'residence' (rural, urban)"), HasSubstr("--where residence=rural")));
}

TEST_F(MeasureBy, SaysWhichColumnsPartThePeopleWhereNobodyNamedThem) {
    EXPECT_THAT(refusal(crossed, {}), AllOf(HasSubstr("'sex' (girls, boys), 'residence' (rural, urban)"),
                                            HasSubstr("--where sex=girls"), HasSubstr("--by sex")));
    // An unusual name is found by what differs.
    EXPECT_THAT(
        refusal("code,kind,value\nA,new,1\nA,old,2\nB,new,3\nB,old,4\n", {}),
        AllOf(HasSubstr("two rows for one region"), HasSubstr("differ in 'kind'"), HasSubstr("--by kind")));
    // Rows of all together are taken where they stand beside the parts.
    const auto totals =
        measured("code,residence,value\nA,total,3\nA,rural,5\nA,urban,1\nB,All,9\nB,rural,9\n", {});
    EXPECT_EQ(totals["regions"][0]["value"], 3.0);
    EXPECT_EQ(totals["regions"][1]["value"], 9.0);
    // One row a region, but not of one thing.
    const auto called = measure("code,sex,value\nA,girls,3\nB,boys,9\nC,girls,4\n", {});
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_THAT(called.err, AllOf(HasSubstr("mixed-rows"), HasSubstr("'sex' (girls, boys)")));
}

TEST_F(MeasureBy, RefusesToComparePairsOfRegionsThatItParts) {
    const auto called = measure(quintiles, {"--by", "wealth", "--se", "se", "--pairs", "holm"});
    EXPECT_EQ(called.exit_code, 2);
    EXPECT_THAT(called.err, HasSubstr("--pairs compares regions by one figure each"));
}

TEST_F(MeasureBy, ReadsDimensionsOfSdmx) {
    const auto result = measured(
        "REF_AREA,INDICATOR,SEX,WEALTH_QUINTILE,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
        "A,NT,_T,_T,2015,10,A\nA,NT,_T,Q1,2015,18,A\nA,NT,_T,Q5,2015,6,A\nA,NT,F,_T,2015,9,A\n"
        "A,NT,_T,Q2,2015,14,A\nA,NT,_T,Q3,2015,9,A\nA,NT,_T,Q4,2015,7,A\n"
        "B,NT,_T,_T,2015,20,A\nB,NT,_T,Q1,2015,25,A\nB,NT,_T,Q5,2015,16,A\nB,NT,F,_T,2015,21,A\n"
        "B,NT,_T,Q2,2015,22,A\nB,NT,_T,Q3,2015,,Q\nB,NT,_T,Q4,2015,18,A\n",
        {"--key", "REF_AREA", "--by", "WEALTH_QUINTILE"});
    const auto& inside = result["years"][0]["inside"][0];
    EXPECT_EQ(result["years"][0]["year"], 2015);
    EXPECT_EQ(number(inside["regions"][0], "D"), 12.0);  // adverse: Q1 - Q5 = 18 - 6, of both sexes
    EXPECT_EQ(number(inside["regions"][1], "D"), 9.0);   // 25 - 16
    EXPECT_EQ(one(inside["regions"][1], "SII")["note"], "no figure of 'Q3' (suppressed)");
    EXPECT_EQ(result["years"][0]["cells"][0]["mean"], 15.0);  // _T of both: (10 + 20) / 2
}

TEST_F(MeasureBy, TellsTheGapBetweenTownAndCountryInBuiltInFigures) {
    const auto called = tendik_run(
        {"measure", "--indicator", "water_supply_access", "--by", "residence", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto result = json::parse(called.out);
    const auto& inside = result["years"][0]["inside"][0];
    EXPECT_EQ(inside["national"]["basis"], "published");
    EXPECT_NEAR(number(inside["national"], "D"), 7.4, 1e-12);  // water.csv, KZ: 97.5 - 90.1
    std::size_t ranked = 0;
    for (const auto& region : inside["regions"]) {
        ranked += region["rank"].is_number() ? 1U : 0U;
        if (region["key"] == "KZ-KUS") {
            EXPECT_NEAR(number(region, "D"), 33.1, 1e-12);  // water.csv: 97.8 - 64.7
            EXPECT_EQ(region["rank"], 1);
        }
        if (region["key"] == "KZ-ALA") {
            EXPECT_EQ(one(region, "D")["note"], "no figure of 'rural' (not_applicable)");
        }
    }
    EXPECT_EQ(ranked, 14U);  // three cities have no rural people
    const auto other = tendik_run({"measure", "--indicator", "neonatal_mortality", "--by", "residence"});
    EXPECT_EQ(other.exit_code, 1);
    EXPECT_THAT(other.err, AllOf(HasSubstr("not published by residence in the regions"),
                                 HasSubstr("water_supply_access")));
}

TEST_F(MeasureBy, SpeaksThreeLanguages) {
    for (const auto& [language, words] : std::vector<std::pair<std::string, std::string>>{
             {"en", "inside each region"}, {"ru", "внутри каждого региона"}, {"kk", "әр өңірдің ішінде"}}) {
        const auto called = tendik_run(
            {"measure", "--indicator", "water_supply_access", "--by", "residence", "--language", language});
        EXPECT_EQ(called.exit_code, 0) << called.err;
        EXPECT_THAT(called.out, AllOf(HasSubstr(words), HasSubstr(language == "en" ? "33.1" : "33,1"),
                                      Not(HasSubstr("{"))));
    }
}

TEST_F(MeasureBy, MakesTheGapALayerAndATable) {
    const auto map = (m_folder / "gap.geojson").string();
    const auto called =
        tendik_run({"measure", "--boundaries",
                    write_text(m_folder / "land.geojson", squares_named({"A", "B", "C", "D"})), "--key",
                    "code", "--table", table(residence), "--table-key", "code", "--by", "area",
                    "--allow-unmatched", "1", "-o", map, "--format", "csv"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    std::ifstream file(map);
    const auto layer = json::parse(file);
    const auto& first = layer["features"][0]["properties"];
    EXPECT_EQ(first["D"], 10.0);
    EXPECT_EQ(first["figure_rural"], 15.0);
    EXPECT_EQ(first["rank"], 1);
    EXPECT_EQ(layer["features"][2]["properties"]["figure_rural_state"], "missing");
    EXPECT_EQ(layer["features"][3]["properties"]["figure_rural_state"], "unmatched");
    EXPECT_THAT(called.out, HasSubstr("indicator,vintage,year,key,figure_rural,figure_rural_state,figure_"
                                      "urban,figure_urban_state,D,D_se"));
}

TEST_F(MeasureBy, PlansSayCellAndGap) {
    const auto plan = [&](const std::string& gap) {
        return write_text(m_folder / "plan.toml",
                          "boundaries = { file = \"land.geojson\", key = \"code\" }\n[[indicators]]\ncode = "
                          "\"a\"\ntable = \"t.csv\"\nof = \"stunting\"\nwhere = { sex = \"girls\" }\ngap = " +
                              gap + "\n");
    };
    const auto dry = tendik_run({"run", plan(R"({ residence = ["rural", "urban"] })"), "--dry-run"});
    ASSERT_EQ(dry.exit_code, 0) << dry.err;
    EXPECT_THAT(dry.out, AllOf(HasSubstr(R"(gap = { "residence" = ["rural", "urban"] })"),
                               HasSubstr(R"(where = { "sex" = "girls" })"), HasSubstr(R"(of = "stunting")")));
    EXPECT_THAT(tendik_run({"run", plan(R"({ residence = ["rural"] })"), "--dry-run"}).err,
                HasSubstr("a gap is between two values of one column"));
}

}  // namespace
}  // namespace tendik::test
