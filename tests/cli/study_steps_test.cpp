#include "program_run.h"
#include "support/temporary_folder.h"
#include "tendik/base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Four unit squares in a row with two made-up indicators of two years, and an index of both.
class StudySteps : public testing::Test {
protected:
    StudySteps() {
        write_text(m_folder / "regions.geojson", four_squares());
        write_text(m_folder / "synthetic.csv",
                   "code,year,share,wealth\n"
                   "A,2019,10,4\nB,2019,20,3\nC,2019,30,2\nD,2019,40,1\n"
                   "A,2020,12,8\nB,2020,18,6\nC,2020,24,4\nD,2020,30,2\n");
        write_text(m_folder / "index.toml",
                   "title = \"Made up & small\"\ntable = \"synthetic.csv\"\nkey = \"code\"\n"
                   "plan = \"bare.toml\"\n[[indicators]]\ncode = \"share\"\n"
                   "value = \"share\"\nyear = 2020\ndirection = \"adverse\"\n");
        write_text(m_folder / "bare.toml", land + figures);
    }
    std::string path(const std::string& name) const { return (m_folder / name).string(); }
    std::string text_of(const std::string& name) const {
        std::ifstream file(m_folder / "atlas" / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    ProgramRun call(const std::string& command, const std::string& steps,
                    std::vector<std::string> more = {}) const {
        write_text(m_folder / "plan.toml", land + figures + steps);
        more.insert(more.begin(), {command, path("plan.toml")});
        return tendik_run(std::move(more));
    }
    ProgramRun run_plan(const std::string& steps, const std::string& outputs = "tables,report") const {
        return call("run", steps, {"-o", path("atlas"), "--only", outputs, "-q"});
    }

    TemporaryFolder m_folder;
    const std::string land =
        "title = \"Four squares\"\nboundaries = { file = \"regions.geojson\", key = \"code\" }\n";
    const std::string figures = R"([[indicators]]
table = "synthetic.csv"
key = "code"
value = "share"
unit = "%"
direction = "adverse"
[[indicators]]
table = "synthetic.csv"
key = "code"
value = "wealth"
direction = "favourable"
)";
};

TEST_F(StudySteps, AStepSaysWhatTheCommandSays) {
    const auto called = run_plan(
        "[[autocorrelation]]\nof = \"share\"\nyear = 2020\nstatistic = \"local-moran\"\n"
        "permutations = 99\nseed = 5\n");
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto command = tendik_run({"autocorrelation",
                                     "--boundaries",
                                     path("regions.geojson"),
                                     "--key",
                                     "code",
                                     "--table",
                                     path("synthetic.csv"),
                                     "--table-key",
                                     "code",
                                     "--value",
                                     "share",
                                     "--year",
                                     "2020",
                                     "--statistic",
                                     "local-moran",
                                     "--permutations",
                                     "99",
                                     "--seed",
                                     "5",
                                     "--format",
                                     "csv",
                                     "-q"});
    ASSERT_EQ(command.exit_code, 0) << command.err;
    std::string wanted;
    std::string line;
    for (std::istringstream lines(command.out); std::getline(lines, line);)
        wanted += (wanted.empty() ? "indicator,year,vintage," : "share,2020,,") + line + "\n";
    EXPECT_EQ(text_of("tables/autocorrelation_1.csv"), wanted);
}

TEST_F(StudySteps, OneNumberAMapIsCorrectedForAllMapsOfTheStep) {
    ASSERT_EQ(run_plan("[[autocorrelation]]\npermutations = 0\ncorrection = \"bonferroni\"\n").exit_code, 0);
    const auto text = text_of("tables/autocorrelation_1.csv");
    EXPECT_THAT(text,
                StartsWith("indicator,year,vintage,statistic,value,expected,variance,z,p,p_permutation,n,"
                           "p_adjusted\nshare,2019,,moran,"));
    // Values that rise evenly along the row: I = 0.4 in all four maps. Cliff & Ord 1981 by hand: S0 = 4, S1
    // = 5.5, S2 = 17, b2 = 1.64, so variance 0.2155556, z = 1.579508, p = 0.114220, and four times that.
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    int rows = 0;
    for (; std::getline(lines, line); ++rows) {
        const auto cells = split(line, ',');
        ASSERT_EQ(cells.size(), 12U) << line;
        EXPECT_NEAR(*parse_number(cells[4]), 0.4, 1e-12);
        EXPECT_NEAR(*parse_number(cells[8]), 0.11421959469736, 1e-12);
        EXPECT_NEAR(*parse_number(cells[11]), 0.45687837878945, 1e-12);
    }
    EXPECT_EQ(rows, 4);
}

TEST_F(StudySteps, TheLatestYearOfEachIndicatorIsOneMap) {
    ASSERT_EQ(run_plan("[[autocorrelation]]\nyears = \"latest\"\npermutations = 9\n").exit_code, 0);
    const auto text = text_of("tables/autocorrelation_1.csv");
    EXPECT_THAT(text,
                AllOf(HasSubstr("\nshare,2020,"), HasSubstr("\nwealth,2020,"), Not(HasSubstr(",2019,"))));
}

TEST_F(StudySteps, TwoIndicatorsGoTogetherYearByYear) {
    ASSERT_EQ(
        run_plan("[[autocorrelation]]\nof = \"share\"\nwith = \"wealth\"\nstatistic = \"bivariate-moran\"\n"
                 "permutations = 9\n")
            .exit_code,
        0);
    EXPECT_THAT(text_of("tables/autocorrelation_1.csv"),
                AllOf(HasSubstr("\nshare,2019,,bivariate-moran,-0."),
                      HasSubstr("\nshare,2020,,bivariate-moran,-0.")));
}

TEST_F(StudySteps, AnIndexIsTheTableOfItsCommand) {
    ASSERT_EQ(run_plan("[[index]]\nfile = \"index.toml\"\ndraws = 20\nseed = 4\n").exit_code, 0);
    const auto command =
        tendik_run({"index", path("index.toml"), "--draws", "20", "--seed", "4", "--format", "csv", "-q"});
    EXPECT_EQ(text_of("tables/index_1.csv"), command.out) << command.err;
}

TEST_F(StudySteps, LayersHoldClustersAndTheIndex) {
    ASSERT_EQ(run_plan("[[autocorrelation]]\nstatistic = \"local-moran\"\npermutations = 9\n"
                       "[[index]]\nfile = \"index.toml\"\n",
                       "layers")
                  .exit_code,
              0);
    const auto bytes = text_of("atlas.gpkg");
    EXPECT_THAT(bytes, AllOf(HasSubstr("local_moran_p_adjusted"), HasSubstr("local_moran_cluster"),
                             HasSubstr("index_1"), HasSubstr("Made up & small")));
}

TEST_F(StudySteps, AnIndexOfOtherRegionsIsNotOnThePageAndTheRunSaysSo) {
    std::string fewer = four_squares();
    fewer.replace(fewer.find("\"D\""), 3, "\"E\"");
    write_text(m_folder / "others.geojson", fewer);
    write_text(m_folder / "others.csv", "code,share\nA,10\nB,20\nC,30\nE,40\n");
    write_text(m_folder / "others.toml",
               "boundaries = { file = \"others.geojson\", key = \"code\" }\n"
               "indicators = [{ table = \"others.csv\", key = \"code\", value = \"share\" }]\n");
    write_text(m_folder / "index.toml",
               "title = \"Of others\"\nplan = \"others.toml\"\n[[indicators]]\ncode = \"share\"\n"
               "direction = \"adverse\"\n");
    const auto called = call("run", "[[index]]\nfile = \"index.toml\"\n",
                             {"-o", path("atlas"), "--only", "tables,layers,site", "-v"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.err,
                AllOf(HasSubstr("index.toml' ranks the regions of"), HasSubstr("[index-not-on-page]")));
    EXPECT_THAT(text_of("tables/index_1.csv"), HasSubstr("\nE,"));
    EXPECT_THAT(text_of("site/data.js"), Not(HasSubstr("Of others")));
}

TEST_F(StudySteps, FilesOfTheStepsAreInputsAndLeaveNoPath) {
    ASSERT_EQ(tendik_run({"neighbours", "--boundaries", path("regions.geojson"), "--key", "code", "-o",
                          path("w.gal")})
                  .exit_code,
              0);
    const auto called = run_plan(
        "[[autocorrelation]]\nweights = \"w.gal\"\npermutations = 9\n"
        "[[index]]\nfile = \"index.toml\"\n");
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto text = text_of("manifest.json");
    EXPECT_THAT(text, AllOf(HasSubstr("\"name\": \"w.gal\""), HasSubstr("\"name\": \"index.toml\""),
                            HasSubstr("weights = \\\"w.gal\\\""), Not(HasSubstr(m_folder.path().string()))));
    EXPECT_THAT(text_of("report.html"), Not(HasSubstr(m_folder.path().string())));
}

TEST_F(StudySteps, AFaultNamesTheStepAndIsOneOfThePlan) {
    const std::vector<std::pair<std::string, std::string>> faults{
        {"[[autocorrelation]]\nof = \"shar\"\n", "did you mean 'share'?"},
        {"[[autocorrelation]]\nstatistic = \"morn\"\n", "did you mean 'moran'?"},
        {"[[autocorrelation]]\nyear = 1999\n", "no map of any indicator in 1999"},
        {"[[autocorrelation]]\nof = \"share\"\nstatistic = \"lee\"\n", "two indicators"},
        {"[[autocorrelation]]\nweights = \"queens\"\n", "queens"},
        {"[[index]]\nfile = \"nowhere.toml\"\n", "nowhere.toml"},
        {"[[index]]\nfile = \"index.toml\"\nseed = 3\n", "nothing is drawn"}};
    for (const auto& [steps, words] : faults)
        for (const auto* command : {"check", "run"}) {
            const auto called = std::string_view(command) == "run" ? run_plan(steps) : call(command, steps);
            EXPECT_EQ(called.exit_code, 1) << steps << called.err;
            EXPECT_THAT(called.err, AllOf(HasSubstr(words), HasSubstr("plan.toml, line 14, column")))
                << steps;
        }
    EXPECT_FALSE(std::filesystem::exists(m_folder / "atlas"));
}

TEST_F(StudySteps, TheReportSaysInThreeLanguagesWhatIsFound) {
    ASSERT_EQ(run_plan("[[autocorrelation]]\nyears = \"latest\"\npermutations = 99\n").exit_code, 0);
    const auto report = text_of("report.html");
    EXPECT_THAT(report, AllOf(HasSubstr("<section lang=\"kk\""), HasSubstr("<section lang=\"ru\""),
                              HasSubstr("<section lang=\"en\"")));
    // share: 10 to 40 in 2019, 12 to 30 in 2020, by hand: D 30 -> 18, R 4 -> 2.5.
    EXPECT_THAT(report, HasSubstr("Worst: Region D (30.0%). Best: Region A (12.0%)."));
    EXPECT_THAT(
        report,
        HasSubstr("difference 30.0 → 18.0 percentage points, narrowed; ratio 4.00 → 2.50, narrowed."));
    // wealth: 1 to 4, then 2 to 8: twice the difference, the same ratio, and the mean doubled.
    EXPECT_THAT(report, HasSubstr("difference 3.0 → 6.0, widened; ratio 4.00 → 4.00, unchanged."));
    EXPECT_THAT(report, HasSubstr("because the level rose"));
    EXPECT_THAT(report,
                HasSubstr("With 4 regions only an I of 0.83 or more would be found in 80 of 100 cases"));
    EXPECT_THAT(report, Not(HasSubstr("http")));
}

TEST_F(StudySteps, NoReportIsWrittenWhereNoneIsAskedFor) {
    ASSERT_EQ(run_plan("", "tables").exit_code, 0);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "atlas" / "report.html"));
    ASSERT_EQ(
        call("run", "[outputs]\nvector_tiles = false\nraster_tiles = false\nsite = false\nreport = false\n",
             {"-o", path("atlas"), "-q"})
            .exit_code,
        0);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "atlas" / "report.html"));
}

}  // namespace
}  // namespace tendik::test
