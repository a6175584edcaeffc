// Disparity over the years, by the command.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

class TrendCommand : public testing::Test {
protected:
    /// Four regions in three years, as in tests/oracles/trends.R.
    ProgramRun made(const std::vector<std::string>& more) {
        std::vector<std::string> words{
            "trend",
            "--table",
            write_text(m_folder / "t.csv",
                       "region,year,value\nA,2010,20\nB,2010,10\nC,2010,5\nD,2010,40\nA,2014,16\nB,2014,9\nC,"
                       "2014,5\n"
                       "D,2014,30\nA,2018,13\nB,2018,8.5\nC,2018,4.6\nD,2018,22\n"),
            "--key",
            "region",
            "--value",
            "value"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    TemporaryFolder m_folder;
};

TEST_F(TrendCommand, SaysThatGapAndRatioNarrowedAndWhatIsNotKnown) {
    const auto called = made({});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.out, AllOf(HasSubstr("difference: 35.0 in 2010, 17.4 in 2018: narrowed"),
                                  HasSubstr("ratio: 8.00 in 2010, 4.78 in 2018: narrowed"),
                                  HasSubstr("drew nearer to each other, by difference and by ratio"),
                                  HasSubstr("no sampling errors are known"), HasSubstr("−5.2 %")));
}

TEST_F(TrendCommand, TestsTheChangeWhereErrorsAreKnown) {
    const auto table =
        write_text(m_folder / "synthetic.csv",
                   "region,year,value,se\nA,2010,20,1\nB,2010,10,1\nC,2010,5,0.5\nD,2010,40,2\n"
                   "A,2018,13,1\nB,2018,8.5,1\nC,2018,4.6,0.4\nD,2018,22,1.5\n");
    const std::vector<std::string> words{"trend",   "--table", table,  "--key", "region",
                                         "--value", "value",   "--se", "se"};
    const auto text = tendik_run(words);
    EXPECT_EQ(text.exit_code, 0) << text.err;
    EXPECT_THAT(text.out,
                AllOf(HasSubstr("difference: 35.0 in 2010, 17.4 in 2018: narrowed; more than sampling "
                                "error (p < 0.001)"),
                      testing::Not(HasSubstr("no sampling errors are known"))));
    auto json_words = words;
    json_words.insert(json_words.end(), {"--format", "json"});
    const auto measures = json::parse(tendik_run(json_words).out)["series"][0]["measures"];
    const auto of = [&measures](const char* code) {
        return *std::ranges::find_if(measures, [&](const json& one) { return one["code"] == code; });
    };
    // R: (17.4 - 35) / sqrt(2^2 + 0.5^2 + 1.5^2 + 0.4^2) and 2 * pnorm(-abs(z))
    EXPECT_NEAR(of("D")["se"].get<double>(), std::sqrt(6.66), 1e-14);
    EXPECT_NEAR(of("D")["z"].get<double>(), -6.81986147297073, 1e-13);
    EXPECT_NEAR(of("D")["p"].get<double>() / 9.11283401168641e-12, 1.0, 1e-8);
    // R: e = sqrt((2/40)^2 + (0.5/5)^2 + (1.5/22)^2 + (0.4/4.6)^2), (log(22/4.6) - log(8)) / e
    EXPECT_NEAR(of("R")["se"].get<double>(), 0.157194774097442, 1e-14);
    EXPECT_NEAR(of("R")["z"].get<double>(), -3.27272579365560, 1e-12);
    EXPECT_NEAR(of("R")["p"].get<double>(), 0.00106515757599356, 1e-13);
    EXPECT_TRUE(of("TI")["p"].is_number());
    auto twice = words;
    twice.insert(twice.end(), {"--lower", "se", "--upper", "se"});
    EXPECT_EQ(tendik_run(twice).exit_code, 2);
    EXPECT_EQ(tendik_run({"trend", "--indicator", "neonatal_mortality", "--se", "se"}).exit_code, 2);
}

TEST_F(TrendCommand, PointsOutWhereGapAndRatioDisagree) {
    const auto table =
        write_text(m_folder / "d.csv", "region,year,value\nA,2010,20\nB,2010,40\nA,2018,2\nB,2018,10\n");
    const auto called = tendik_run({"trend", "--table", table, "--key", "region", "--value", "value"});
    // 20 points and twice as much, then 8 points and five times as much
    EXPECT_THAT(called.out, AllOf(HasSubstr("the two disagree: the mean went from 30.00 to 6.00"),
                                  HasSubstr("report both")));
}

TEST_F(TrendCommand, SaysThatNoColumnOfYearsIsFound) {
    const auto table = write_text(m_folder / "undated.csv", "region,value\nA,20\nB,40\n");
    const auto called = tendik_run({"trend", "--table", table, "--value", "value"});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err,
                AllOf(HasSubstr("no column of years is found"), HasSubstr("call the column of years"),
                      testing::Not(HasSubstr("--over-breaks"))));
    const auto one = write_text(m_folder / "one.csv", "region,year,value\nA,2020,20\nB,2020,40\n");
    EXPECT_THAT(tendik_run({"trend", "--table", one, "--value", "value"}).err,
                AllOf(HasSubstr("several years"), testing::Not(HasSubstr("--over-breaks"))));
}

TEST_F(TrendCommand, NeedsNothingOfARegionThatHasReachedTheTarget) {
    const auto table =
        write_text(m_folder / "r.csv", "region,year,value\nA,2010,6\nB,2010,9\nA,2018,4.8\nB,2018,8\n");
    const std::vector<std::string> words{"trend",    "--table", table,           "--value", "value",
                                         "--target", "5",       "--target-year", "2030"};
    auto as_json = words;
    as_json.insert(as_json.end(), {"--format", "json"});
    const auto regions = json::parse(tendik_run(as_json).out)["series"][0]["regions"];
    EXPECT_EQ(regions[0]["reached"], true);
    EXPECT_TRUE(regions[0]["needed_change_percent"].is_null());
    EXPECT_EQ(regions[1]["reached"], false);
    EXPECT_LT(regions[1]["needed_change_percent"].get<double>(), 0.0);  // 8 to 5
    EXPECT_THAT(tendik_run(words).out, testing::ContainsRegex("A +6.0 +4.8 [^\n]*reached"));
}

TEST_F(TrendCommand, SpeaksRussianAndKazakh) {
    const auto russian =
        made({"--language", "ru", "--target", "5", "--target-year", "2030", "--benchmark", "best"});
    EXPECT_THAT(russian.out, AllOf(HasSubstr("разница: 35,0 в 2010 году, 17,4 в 2018 году: сокращение"),
                                   HasSubstr("регионы сблизились и по разнице, и по отношению"),
                                   HasSubstr("ошибки выборки неизвестны"), HasSubstr("ориентир: 4,6"),
                                   HasSubstr("−5,2 %"), HasSubstr("нет")));
    const auto kazakh = made({"--language", "kk"});
    EXPECT_THAT(kazakh.out, AllOf(HasSubstr("айырма: 2010 жылы 35,0, 2018 жылы 17,4: қысқару"),
                                  HasSubstr("өңірлер айырма бойынша да, қатынас бойынша да жақындасты"),
                                  HasSubstr("логарифмдердің шашырауы (сигма)")));
}

TEST_F(TrendCommand, GivesEveryNumberAsJson) {
    const auto called =
        made({"--format", "json", "--target", "5", "--target-year", "2030", "--benchmark", "best"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    const auto series = json::parse(called.out)["series"][0];
    EXPECT_EQ(series["years"], json({2010, 2014, 2018}));
    // R 4.2.2, tests/oracles/trends.R
    EXPECT_NEAR(series["convergence"]["sigma"]["slope"].get<double>(), -0.0290415296415223, 1e-12);
    EXPECT_NEAR(series["convergence"]["beta"]["slope"].get<double>(), -0.0326703731338288, 1e-12);
    EXPECT_NEAR(series["regions"][0]["annual_change_percent"].get<double>(), -5.24237444871061, 1e-10);
    EXPECT_EQ(series["regions"][0]["on_track"], false);
    EXPECT_NEAR(series["regions"][0]["to_benchmark"].get<double>(), 13 - 4.6, 1e-12);
}

TEST_F(TrendCommand, ABreakPartsASeriesUnlessItIsOverruled) {
    // Population was counted anew in 2009 (geodata/kazakhstan/catalogue.toml); the units changed in 2018.
    const auto years_of = [](const std::vector<std::string>& more) {
        std::vector<std::string> words{"trend", "--indicator", "population_density", "--format", "json"};
        words.insert(words.end(), more.begin(), more.end());
        const auto called = tendik_run(words);
        EXPECT_EQ(called.exit_code, 0) << called.err;
        std::vector<std::pair<int, int>> ends;
        const auto printed = json::parse(called.out);
        for (const auto& series : printed["series"])
            ends.emplace_back(series["years"].front(), series["years"].back());
        return ends;
    };
    EXPECT_THAT(years_of({}),
                testing::ElementsAre(std::pair{2006, 2008}, std::pair{2009, 2016}, std::pair{2017, 2021}));
    EXPECT_THAT(years_of({"--over-breaks"}),
                testing::ElementsAre(std::pair{2006, 2016}, std::pair{2017, 2021}));
    EXPECT_THAT(tendik_run({"trend", "--indicator", "violent_discipline_1_14", "--over-breaks"}).out,
                HasSubstr("a break in 2015: figures before and after are not of one kind"));
}

TEST_F(TrendCommand, WritesALayerOfTheRegions) {
    const auto folder = m_folder / "out";
    const auto called = tendik_run({"trend", "--indicator", "neet_15_24", "--vintage", "2018", "--target",
                                    "5", "--target-year", "2030", "-o", (folder / "pace.geojson").string()});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    const auto features = json::parse(contents_of(folder).at("pace.geojson"))["features"];
    const auto series = json::parse(tendik_run({"trend", "--indicator", "neet_15_24", "--vintage", "2018",
                                                "--target", "5", "--target-year", "2030", "--format", "json"})
                                        .out)["series"][0];
    ASSERT_EQ(features.size(), 17U);
    ASSERT_EQ(series["regions"].size(), 17U);
    for (std::size_t i = 0; i < features.size(); ++i) {
        const auto& row = series["regions"][i];
        EXPECT_EQ(features[i]["properties"]["last"], row["last"]);
        EXPECT_NEAR(features[i]["properties"]["annual_change_percent"].get<double>(),
                    row["annual_change_percent"].get<double>(), 1e-9);
        EXPECT_EQ(features[i]["properties"]["on_track"] == 1, row["on_track"] == true);
    }
}

TEST_F(TrendCommand, RefusesWhatMakesNoTrend) {
    EXPECT_EQ(made({"--year", "2014"}).exit_code, 2);
    EXPECT_THAT(made({"--year", "2014"}).err, HasSubstr("--year names one year"));
    const auto bare = made({"-o", (m_folder / "pace.gpkg").string()});
    EXPECT_EQ(bare.exit_code, 1);
    EXPECT_THAT(bare.err, HasSubstr("the regions have no borders"));
    EXPECT_FALSE(std::filesystem::exists(m_folder / "pace.gpkg"));
    EXPECT_EQ(made({"--target-year", "2030"}).exit_code, 2);
    EXPECT_THAT(made({"--target-year", "2030"}).err,
                HasSubstr("a year is named for the target, and no target"));
    EXPECT_EQ(made({"--benchmark", "worst"}).exit_code, 2);
    EXPECT_THAT(made({"--benchmark", "worst"}).err, HasSubstr("the benchmark is 'worst'"));
    EXPECT_THAT(made({"--target", "5", "--target-year", "2015"}).err,
                HasSubstr("the last figures are of 2018"));
    const auto once = tendik_run({"trend", "--indicator", "water_supply_access"});
    EXPECT_EQ(once.exit_code, 1);
    EXPECT_THAT(once.err, HasSubstr("no indicator has figures of two years"));
}

}  // namespace
}  // namespace tendik::test
