// Figures of an older vintage on the units of today: inherited, split, restated, refused.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string kazakhstan = TENDIK_SOURCE_DIR "/geodata/kazakhstan/";

/// The 16 units until June 2018: every rate is 5, that of South Kazakhstan 9.
std::string table_of_pre2018() {
    std::string text = "unit,rate,people\n";
    for (const auto* unit : {"KZ-AKM", "KZ-AKT", "KZ-ALA", "KZ-ALM", "KZ-AST", "KZ-ATY", "KZ-KAR", "KZ-KUS",
                             "KZ-KZY", "KZ-MAN", "KZ-PAV", "KZ-SEV", "KZ-VOS", "KZ-ZAP", "KZ-ZHA"})
        text += fmt::format("{},5,100\n", unit);
    return text + "KZ-YUZ@1997,9,300\n";
}

class Inherit : public testing::Test {
protected:
    ProgramRun with_table(const std::string& command, const std::vector<std::string>& more) {
        std::vector<std::string> words{
            command,   "--table", write_text(m_folder / "t.csv", table_of_pre2018()), "--table-key", "unit",
            "--value", "rate"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    std::string joined(const std::vector<std::string>& more) {
        auto words = more;
        words.insert(words.end(), {"-o", (m_folder / "out" / "joined.csv").string()});
        const auto called = with_table("join", words);
        EXPECT_EQ(called.exit_code, 0) << called.err;
        m_said = called.out + called.err;
        return contents_of(m_folder / "out").at("joined.csv");
    }
    json region(const json& measures, const std::string& key) {
        for (const auto& row : measures["regions"])
            if (row["key"] == key) return row;
        ADD_FAILURE() << key;
        return {};
    }

    TemporaryFolder m_folder;
    std::string m_said;
};

TEST_F(Inherit, ATableOfTheUnitsBefore2018IsRefusedOnThoseOf2018WithReasonAndWayOut) {
    const auto called = with_table("join", {"--vintage", "2018"});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err, AllOf(HasSubstr("the rows are of the units of pre-2018, the boundaries of 2018"),
                                  HasSubstr("South Kazakhstan of pre-2018 is Shymkent + Turkistan of 2018"),
                                  HasSubstr("hint: take boundaries of pre-2018 (--vintage pre-2018), or let "
                                            "the parts inherit: --inherit-from pre-2018")));
}

TEST_F(Inherit, JoinShowsTheValueOfSouthKazakhstanForItsPartsAndFlagsIt) {
    const auto csv = joined({"--inherit-from", "pre-2018"});
    EXPECT_THAT(csv, HasSubstr("rate,rate_state,rate_inherited\n"));
    EXPECT_THAT(csv, testing::ContainsRegex("KZ-SHY,[^\n]*,9,present,1\n"));
    EXPECT_THAT(csv, testing::ContainsRegex("KZ-YUZ@2018,[^\n]*,9,present,1\n"));
    EXPECT_THAT(csv, testing::ContainsRegex("KZ-AKM,[^\n]*,5,present,0\n"));
    EXPECT_THAT(m_said, HasSubstr("17 of 17 regions matched, 2 of them with the value of a larger unit"));
}

TEST_F(Inherit, MeasureCountsThemNowhere) {
    const auto called =
        with_table("measure", {"--vintage", "2018", "--boundaries", kazakhstan + "regions_2018.geojson",
                               "--inherit-from", "pre-2018", "--weight", "people", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto measures = json::parse(called.out);
    EXPECT_EQ(measures["n"], 15);      // 17 less Turkistan and Shymkent
    EXPECT_EQ(measures["mean"], 5.0);  // every counted region has 5; with 9 it were more
    EXPECT_EQ(measures["highest"]["value"], 5.0);
    EXPECT_EQ(measures["carried"]["figures_of"], "pre-2018");
    const auto shymkent = region(measures, "KZ-SHY");
    EXPECT_EQ(shymkent["value"], 9.0);
    EXPECT_EQ(shymkent["state"], "present");
    EXPECT_EQ(shymkent["inherited"], true);
    EXPECT_EQ(shymkent["inherited_from"], "KZ-YUZ@1997");
    EXPECT_TRUE(shymkent["gap"].is_null());
    EXPECT_EQ(region(measures, "KZ-AKM")["inherited"], false);
    const auto text =
        with_table("measure", {"--vintage", "2018", "--boundaries", kazakhstan + "regions_2018.geojson",
                               "--inherit-from", "pre-2018"});
    EXPECT_THAT(text.out, AllOf(HasSubstr("show the value of South Kazakhstan (vintage pre-2018), counted "
                                          "nowhere"),
                                HasSubstr("inherited 9.0")));
}

TEST_F(Inherit, ATotalIsNotInheritedAndIsSharedOutByPopulationWhenAsked) {
    const auto bare = joined({"--inherit-from", "pre-2018", "--value-kind", "total", "--year", "2018"});
    EXPECT_THAT(bare, testing::ContainsRegex("KZ-SHY,[^\n]*,,unmatched\n"));
    EXPECT_THAT(m_said, AllOf(HasSubstr("a total is not inherited"), HasSubstr("--split-totals")));
    const auto split = joined({"--inherit-from", "pre-2018", "--value-kind", "total", "--split-totals",
                               "population_total", "--format", "json"});
    EXPECT_THAT(m_said, AllOf(HasSubstr("totals-split"), HasSubstr("'population_total'")));
    const auto value_of = [&split](const std::string& key) {
        const auto line = split.substr(split.find("\n" + key + ",") + 1);
        const auto cells = line.substr(0, line.find(",present"));
        return std::stod(cells.substr(cells.rfind(',') + 1));
    };
    EXPECT_NEAR(value_of("KZ-SHY") + value_of("KZ-YUZ@2018"), 9.0, 1e-12);  // the total of the whole
    EXPECT_GT(value_of("KZ-YUZ@2018"), value_of("KZ-SHY"));                 // two million people, one million
    EXPECT_EQ(value_of("KZ-AKM"), 5.0);
    const auto rate =
        with_table("join", {"--inherit-from", "pre-2018", "--split-totals", "population_total"});
    EXPECT_EQ(rate.exit_code, 1);
    EXPECT_THAT(rate.err, HasSubstr("only totals and counts are shared out"));
    EXPECT_EQ(with_table("join", {"--split-totals", "population_total"}).exit_code, 2);
}

TEST_F(Inherit, RestatedFiguresStandForTheirRegionsAndCount) {
    // geodata/kazakhstan/indicators/poverty.csv, 2014: South Kazakhstan 6.1, restated later: Turkistan 7.7,
    // Shymkent 1.0
    const auto called = tendik_run({"measure", "--indicator", "poverty_below_subsistence_min", "--year",
                                    "2014", "--inherit-from", "pre-2018", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto measures = json::parse(called.out);
    EXPECT_EQ(measures["vintage"], "2018");
    EXPECT_EQ(measures["n"], 17);
    EXPECT_EQ(region(measures, "KZ-YUZ@2018")["value"], 7.7);
    EXPECT_EQ(region(measures, "KZ-SHY")["value"], 1.0);
    EXPECT_EQ(region(measures, "KZ-SHY")["inherited"], false);
    EXPECT_EQ(measures["carried"]["restated"], json({"KZ-SHY", "KZ-YUZ@2018"}));
}

TEST_F(Inherit, AVintageThatDoesNotExistIsRefusedInTheCommandLineAndInAPlan) {
    const auto map = kazakhstan + "regions_2018.geojson";
    for (const auto* command : {"join", "measure"}) {
        const auto called = with_table(command, {"--boundaries", map, "--vintage", "2019"});
        EXPECT_EQ(called.exit_code, 1);
        EXPECT_THAT(called.err,
                    AllOf(HasSubstr("there is no vintage '2019'"), HasSubstr("knows: pre-2018, 2018, 2022")));
    }
    EXPECT_THAT(tendik_run({"neighbours", "--boundaries", map, "--vintage", "2019"}).err,
                HasSubstr("there is no vintage '2019'"));
    EXPECT_THAT(with_table("join", {"--boundaries", map, "--vintage", "pre-2018"}).err,
                AllOf(HasSubstr("said to be of vintage pre-2018"), HasSubstr("'KZ-SHY' (Shymkent)")));
    const auto table = write_text(m_folder / "t.csv", table_of_pre2018());
    const auto plan = [&](const std::string& vintage, const std::string& more) {
        return write_text(m_folder / "plan.toml",
                          fmt::format("data = {{ register = \"{}regions.csv\" }}\n"
                                      "boundaries = {{ file = \"{}\", vintage = \"{}\" }}\n"
                                      "[[indicators]]\ntable = \"{}\"\nkey = \"unit\"\nvalue = \"rate\"\n{}",
                                      kazakhstan, map, vintage, table, more));
    };
    EXPECT_THAT(tendik_run({"check", plan("2019", "")}).err,
                AllOf(HasSubstr("there is no vintage '2019'"), HasSubstr("knows: pre-2018, 2018, 2022")));
    EXPECT_THAT(tendik_run({"check", plan("2018", "inherit_from = \"2017\"\n")}).err,
                AllOf(HasSubstr("'2017'"), HasSubstr("it knows: pre-2018, 2018, 2022")));
    EXPECT_THAT(tendik_run({"check", plan("2018", "split_totals = \"population_total\"\n")}).err,
                AllOf(HasSubstr("plan.toml, line 7"), HasSubstr("nothing is inherited")));
    const auto inherited =
        tendik_run({"check", plan("2018", "inherit_from = \"pre-2018\"\n"), "--format", "json"});
    EXPECT_EQ(inherited.exit_code, 0) << inherited.err;
    EXPECT_EQ(json::parse(inherited.out)["joins"][0]["inherited"], 2);
}

TEST_F(Inherit, ABareCodeMeansTheUnitOfTheVintageThatIsStated) {
    auto text = table_of_pre2018();
    text.replace(text.find("KZ-YUZ@1997"), 11, "KZ-YUZ");
    const auto table = write_text(m_folder / "bare.csv", text);
    const auto called = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words{"join", "--table", table, "--table-key", "unit", "--value", "rate"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    };
    EXPECT_THAT(called({}).err, HasSubstr("'KZ-YUZ' is ambiguous"));
    EXPECT_EQ(called({"--vintage", "pre-2018"}).out, "rate: 16 of 16 regions matched\n");
    EXPECT_THAT(called({"--inherit-from", "pre-2018"}).out, HasSubstr("2 of them with the value"));
}

}  // namespace
}  // namespace tendik::test
