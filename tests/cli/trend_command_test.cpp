// Disparity over the years, by the command.
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
                                  HasSubstr("no sampling errors are known"), HasSubstr("-5.2 %")));
}

TEST_F(TrendCommand, PointsOutWhereGapAndRatioDisagree) {
    const auto table =
        write_text(m_folder / "d.csv", "region,year,value\nA,2010,20\nB,2010,40\nA,2018,2\nB,2018,10\n");
    const auto called = tendik_run({"trend", "--table", table, "--key", "region", "--value", "value"});
    // 20 points and twice as much, then 8 points and five times as much
    EXPECT_THAT(called.out, AllOf(HasSubstr("the two disagree: the mean went from 30.00 to 6.00"),
                                  HasSubstr("report both")));
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
    // The minimum that poverty is measured by was redefined in 2018 (geodata/kazakhstan/catalogue.toml).
    const auto parted =
        tendik_run({"trend", "--indicator", "poverty_below_subsistence_min", "--format", "json"});
    EXPECT_EQ(parted.exit_code, 0) << parted.err;
    const auto series = json::parse(parted.out)["series"];
    ASSERT_EQ(series.size(), 2U);
    EXPECT_EQ(series[0]["years"].back(), 2017);
    EXPECT_EQ(series[1]["years"].front(), 2018);
    EXPECT_EQ(series[0]["vintage"], "pre-2018");
}

TEST_F(TrendCommand, WritesALayerOfTheRegions) {
    const auto folder = m_folder / "out";
    const auto called = tendik_run({"trend", "--indicator", "neet_15_24", "--vintage", "2018", "--target",
                                    "5", "--target-year", "2030", "-o", (folder / "pace.geojson").string()});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(contents_of(folder).at("pace.geojson"), HasSubstr("annual_change_percent"));
}

TEST_F(TrendCommand, RefusesWhatMakesNoTrend) {
    EXPECT_EQ(made({"--year", "2014"}).exit_code, 2);
    const auto bare = made({"-o", (m_folder / "pace.gpkg").string()});
    EXPECT_EQ(bare.exit_code, 1);
    EXPECT_THAT(bare.err, HasSubstr("the regions have no borders"));
    EXPECT_FALSE(std::filesystem::exists(m_folder / "pace.gpkg"));
    EXPECT_EQ(made({"--target-year", "2030"}).exit_code, 2);
    EXPECT_EQ(made({"--benchmark", "worst"}).exit_code, 2);
    EXPECT_THAT(made({"--target", "5", "--target-year", "2015"}).err,
                HasSubstr("the last figures are of 2018"));
    const auto once = tendik_run({"trend", "--indicator", "water_supply_access"});
    EXPECT_EQ(once.exit_code, 1);
    EXPECT_THAT(once.err, HasSubstr("no indicator has figures of two years"));
}

}  // namespace
}  // namespace tendik::test
