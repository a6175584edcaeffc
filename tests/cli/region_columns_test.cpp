// What measure and classify leave behind for a map: a row a region.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RegionColumns : public testing::Test {
protected:
    /// Of the built-in figures of 2015, which 16 regions have.
    ProgramRun stunting(const std::string& command, const std::vector<std::string>& more) {
        std::vector<std::string> words{command, "--indicator", "stunting_moderate_severe", "-q"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    std::string path(const std::string& name) { return (m_folder / "out" / name).string(); }
    std::string written(const std::string& name) { return contents_of(m_folder / "out").at(name); }
    json layer(const std::string& name) { return json::parse(written(name))["features"]; }

    TemporaryFolder m_folder;
};

TEST_F(RegionColumns, ALayerOfMeasureHasWhatItsJsonHas) {
    const auto run = stunting("measure", {"--year", "2015", "-o", path("parts.geojson"), "--format", "json"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const auto rows = json::parse(run.out)["regions"];
    const auto features = layer("parts.geojson");
    ASSERT_EQ(features.size(), 16U);
    ASSERT_EQ(rows.size(), 16U);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const auto& columns = features[i]["properties"];
        EXPECT_FALSE(features[i]["geometry"].is_null());
        EXPECT_EQ(columns["name_en"], row["name"]);
        EXPECT_EQ(columns["stunting_moderate_severe"], row["value"]);
        EXPECT_EQ(columns["stunting_moderate_severe_state"], row["state"]);
        EXPECT_EQ(columns["rank"], row["rank"]);
        const auto same = [&](const char* column, const json& number) {
            EXPECT_NEAR(columns[column].get<double>(), number.get<double>(), 1e-9) << column;
        };
        same("gap", row["gap"]);
        same("contribution_ti", row["contribution"]["TI"]);
        same("contribution_bgv", row["contribution"]["BGV"]);
        same("influence_d", row["influence"]["D"]);
        same("influence_gini", row["influence"]["GINI"]);
    }
}

TEST_F(RegionColumns, ErrorsBringRanksWithIntervalsAndATestAgainstTheMean) {
    const auto boundaries = write_text(m_folder / "regions.geojson", four_squares());
    const auto run = tendik_run({"measure", "--boundaries", boundaries, "--key", "code", "--table",
                                 TENDIK_SOURCE_DIR "/tests/data/measures/synthetic_survey.csv", "--table-key",
                                 "code", "--value", "percent", "--se", "se", "--cv-classes", "16.6,33.3",
                                 "-o", path("parts.geojson"), "--format", "json"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const auto row = json::parse(run.out)["regions"][1];
    const auto columns = layer("parts.geojson")[1]["properties"];
    EXPECT_EQ(columns["rank_lower"], row["rank_lower"]);
    EXPECT_EQ(columns["rank_upper"], row["rank_upper"]);
    EXPECT_NEAR(columns["p"].get<double>(), row["p"].get<double>(), 1e-9);
    EXPECT_NEAR(columns["p_adjusted"].get<double>(), row["p_adjusted"].get<double>(), 1e-9);
    EXPECT_EQ(columns["percent_reliability"], "unreliable");  // by hand: 1.3 / 3.5 is 37.1 %
    EXPECT_EQ(columns["percent_unreliable"], 1);
}

TEST_F(RegionColumns, ATableHoldsAllYearsBelowEachOther) {
    ASSERT_EQ(stunting("measure", {"-o", path("parts.csv"), "--measures", "D,TI"}).exit_code, 0);
    const auto csv = written("parts.csv");
    EXPECT_THAT(csv, StartsWith("indicator,year,vintage,key,name_en,name_ru,name_kk,kind,outline,"
                                "stunting_moderate_severe,stunting_moderate_severe_state,"));
    EXPECT_THAT(csv, AllOf(HasSubstr("rank,influence_d,influence_ti\n"), Not(HasSubstr("influence_gini"))));
    EXPECT_THAT(csv, AllOf(HasSubstr("\nstunting_moderate_severe,2010,pre-2018,KZ-ATY,Atyrau,"),
                           HasSubstr("\nstunting_moderate_severe,2015,pre-2018,KZ-ATY,Atyrau,")));
    EXPECT_EQ(std::ranges::count(csv, '\n'), 1 + 2 * 16);
}

TEST_F(RegionColumns, OneLayerIsOfOneYearAndOfRegionsWithBorders) {
    const auto several = stunting("measure", {"-o", path("parts.gpkg")});
    EXPECT_EQ(several.exit_code, 2);
    EXPECT_THAT(several.err, HasSubstr("add --year"));
    const auto table = write_text(m_folder / "t.csv", "code,percent\nA,10\nB,20\nC,40\n");
    const std::vector<std::string> bare{"--table", table, "--key", "code", "--value", "percent", "-o"};
    for (const auto* command : {"measure", "classify"}) {
        std::vector<std::string> words{command};
        words.insert(words.end(), bare.begin(), bare.end());
        auto layer = words;
        layer.push_back(path("bare.gpkg"));
        EXPECT_THAT(tendik_run(layer).err, HasSubstr("the regions have no borders"));
        words.push_back(path(std::string(command) + ".csv"));
        EXPECT_EQ(tendik_run(words).exit_code, 0);
    }
    EXPECT_THAT(written("measure.csv"),
                StartsWith("indicator,key,name_en,name_ru,name_kk,percent,percent_state,"
                           "percent_class,gap,relative_gap,contribution_ti,rank,"));
    EXPECT_THAT(written("classify.csv"), HasSubstr("percent,,,C,C,40,present,0,3,30,40,,\n"));
}

TEST_F(RegionColumns, ClassifySaysWhichRegionIsInWhichClass) {
    const std::vector<std::string> words{"--year", "2015", "--breaks", "0,5,10,15"};
    const auto text = stunting("classify", words).out;
    // nutrition.csv, MICS 2015: North Kazakhstan 2.3, Atyrau 11.8
    EXPECT_THAT(text, HasSubstr("      1  North Kazakhstan       2.3\n"));
    EXPECT_THAT(text, HasSubstr("      3  Atyrau                11.8\n"));
    auto more = words;
    more.insert(more.end(), {"--format", "csv", "-o", path("classes.geojson")});
    const auto csv = stunting("classify", more).out;
    EXPECT_THAT(csv, StartsWith("indicator,year,vintage,key,name_en,value,state,inherited,class,from,to,"));
    EXPECT_THAT(csv, HasSubstr("KZ-ATY,Atyrau,11.8,present,0,3,10,15,,\n"));
    EXPECT_EQ(std::ranges::count(csv, '\n'), 17);
    const auto columns = layer("classes.geojson")[0]["properties"];
    EXPECT_TRUE(columns.contains("stunting_moderate_severe_class") && !columns.contains("gap"));
    more = words;
    more.insert(more.end(), {"--language", "ru"});
    EXPECT_THAT(stunting("classify", more).out,
                AllOf(HasSubstr("класс  регион"), HasSubstr("Атырауская область"), HasSubstr("11,8")));
}

}  // namespace
}  // namespace tendik::test
