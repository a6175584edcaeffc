#include "program_run.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/finding.h"
#include "tendik/io/open_raster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// Twelve stations over four unit squares A to D.
class SurfaceCommand : public testing::Test {
protected:
    SurfaceCommand() {
        write_text(m_folder / "regions.geojson", four_squares());
        write_text(
            m_folder / "stations.csv",
            "name,lon,lat,pm\na,0.1,0.2,3\nb,0.6,0.8,5\nc,0.9,0.1,4\nd,1.2,0.7,9\ne,1.5,0.3,8\nf,1.8,0.9,"
            "12\ng,2.1,0.2,11\nh,2.5,0.6,15\ni,2.9,0.1,13\nj,3.2,0.8,17\nk,3.6,0.4,16\nl,3.9,0.9,n/a\n");
        write_text(m_folder / "towns.csv", "lon,lat,people\n0.5,0.5,20\n1.5,0.5,10\n2.5,0.5,5\n3.5,0.5,1\n");
        write_text(m_folder / "totals.csv", "code,people\nA,1000\nB,2000\nC,300.5\nD,7\n");
    }
    std::string path(const std::string& name) const { return (m_folder / name).string(); }
    ProgramRun stations(const std::vector<std::string>& more) const {
        std::vector<std::string> words{"surface", "--points", path("stations.csv"),
                                       "--value", "pm",       "--missing",
                                       "n/a",     "--grid",   "0,0,4,1,0.25"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    ProgramRun towns(const std::vector<std::string>& more) const {
        std::vector<std::string> words{"surface",
                                       "--method",
                                       "dasymetric",
                                       "--points",
                                       path("towns.csv"),
                                       "--value",
                                       "people",
                                       "--totals",
                                       path("totals.csv"),
                                       "--key",
                                       "code",
                                       "--totals-key",
                                       "code",
                                       "--totals-value",
                                       "people",
                                       "--boundaries",
                                       path("regions.geojson")};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    std::unique_ptr<RasterSource> raster(const std::string& name) const {
        Findings findings;
        return io::open_raster({path(name), {}}, findings);
    }

    TemporaryFolder m_folder;
};

TEST_F(SurfaceCommand, KrigingWritesValueErrorAndStyle) {
    const auto called = stations({"--unit", "ug/m3", "--format", "json", "-o", path("pm.tif")});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto result = json::parse(called.out);
    EXPECT_EQ(result["schema"], "tendik.surface/1");
    EXPECT_EQ(result["modelled"], true);
    EXPECT_EQ(result["points"], 11);  // l has no value
    EXPECT_EQ(result["left_out"]["stations"].size(), 11U);
    EXPECT_GT(result["variogram"]["range_m"], 0.0);
    EXPECT_THAT(result["findings"].dump(), HasSubstr("no-value"));
    const auto written = raster("pm.tif");
    EXPECT_THAT(written->info().bands, ElementsAre("pm_modelled", "pm_standard_error"));
    EXPECT_THAT(written->info().units, ElementsAre("ug/m3", "ug/m3"));
    EXPECT_EQ(written->info().grid.columns, 16U);
    EXPECT_THAT(read_file(m_folder / "pm.qml"), HasSubstr("ug/m3 (modelled)"));
}

TEST_F(SurfaceCommand, TheStandardErrorMayHaveAFileOfItsOwn) {
    const auto called =
        stations({"--rounding-step", "1", "--error", path("se.tif"), "-o", path("pm.tif"), "--name", "pm25"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(raster("pm.tif")->info().bands, ElementsAre("pm25_modelled"));
    EXPECT_THAT(raster("se.tif")->info().bands, ElementsAre("pm25_standard_error"));
    EXPECT_THAT(called.out, HasSubstr("left out"));
}

TEST_F(SurfaceCommand, InverseDistanceTakesTheGridOfARaster) {
    ASSERT_EQ(stations({"-o", path("first.tif")}).exit_code, 0);
    const auto called = tendik_run({"surface", "--points", path("stations.csv"), "--value", "pm", "--missing",
                                    "n/a", "--method", "idw", "--grid", path("first.tif"), "--format", "csv",
                                    "-o", path("idw.tif")});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_EQ(raster("idw.tif")->info().grid, raster("first.tif")->info().grid);
    EXPECT_THAT(called.out, HasSubstr("name,value,predicted,error_sd,z\na,3,"));
}

TEST_F(SurfaceCommand, AStepOfEachStationIsAnErrorOfItsVariance) {
    write_text(m_folder / "stations.csv",
               "name,lon,lat,pm,step,sd\na,0.1,0.2,3,1,0.288675134594813\nb,0.6,0.8,5,2,0.577350269189626\n"
               "c,0.9,0.1,4,1,0.288675134594813\nd,1.2,0.7,9,0,0\ne,1.5,0.3,8,1,0.288675134594813\n"
               "f,1.8,0.9,12,1,0.288675134594813\ng,2.1,0.2,11,1,0.288675134594813\n"
               "h,2.5,0.6,15,1,0.288675134594813\ni,2.9,0.1,13,1,0.288675134594813\n"
               "j,3.2,0.8,17,1,0.288675134594813\n");
    const auto cells = [&](const std::string& option, const std::string& column) {
        const auto called = stations({option, column, "-o", path("a.tif")});
        EXPECT_EQ(called.exit_code, 0) << called.err;
        const auto written = raster("a.tif");
        std::vector<double> values(16 * 4);
        written->read(1, {0, 0, 16, 4}, values);
        return values;
    };
    // step / sqrt(12), the deviation of the uniform distribution: 1/3.4641 = 0.288675, 2/3.4641 = 0.577350.
    const auto of_steps = cells("--step-column", "step");
    const auto of_errors = cells("--error-column", "sd");
    for (std::size_t i = 0; i < of_steps.size(); ++i)
        EXPECT_NEAR(of_steps[i], of_errors[i], 1e-9);
    write_text(m_folder / "stations.csv", "lon,lat,pm,step\n0.1,0.2,3,\n0.5,0.2,3,1\n");
    const auto refused = stations({"--step-column", "step", "-o", path("b.tif")});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("point 'point 1' has no error in column 'step'"));
}

TEST_F(SurfaceCommand, OfTheTotalsSomeMayLiveAllOver) {
    write_text(m_folder / "totals.csv", "code,people,rural\nA,1000,600\nB,2000,0\nC,300.5,100\nD,7,7\n");
    const auto called = towns({"--totals-even", "rural", "--grid", "0,0,4,1,0.5", "-o", path("people.tif")});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(raster("people.tif")->info().units, ElementsAre("people"));
    std::vector<double> cells(8 * 2);
    raster("people.tif")->read(0, {0, 0, 8, 2}, cells);
    EXPECT_NEAR(cells[0], 150.0, 1e-9);  // A: 600 on 4 cells; its town is in the cell below to the right
    EXPECT_NEAR(cells[9], 550.0, 1e-9);  // 150 and the other 400
    EXPECT_NEAR(cells[11], 2000.0, 1e-9);
    EXPECT_NEAR(cells[6], 1.75, 1e-9);  // D: 7 on 4 cells, none in town
    EXPECT_EQ(
        towns({"--totals-even", "rural", "--remainder", "even", "--grid", "0,0,4,1,0.5", "-o", path("a.tif")})
            .exit_code,
        2);
}

TEST_F(SurfaceCommand, TotalsAreLaidOutInTheUnitThatIsNamed) {
    const auto called = towns({"--unit", "births", "--grid", "0,0,4,1,0.5", "-o", path("births.tif")});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(raster("births.tif")->info().units, ElementsAre("births"));
}

/// Of the drawn squares: fine dust from the stations, and people.
constexpr const char* two_surfaces = R"(boundaries = { file = "regions.geojson", key = "code" }
outputs = { vector_tiles = false, raster_tiles = false, site = false }
[[surfaces]]
name = "pm25"
points = "stations.csv"
value = "pm"
missing = ["n/a"]
rounding_step = 1
grid = [0, 0, 4, 1, 0.25]
unit = "ug/m3"
title = { en = "Fine dust", ru = "Мелкая пыль", kk = "Ұсақ шаң" }
[[surfaces]]
name = "people"
method = "dasymetric"
points = "towns.csv"
value = "people"
totals = "totals.csv"
totals_key = "code"
totals_value = "people"
grid = "0,0,4,1,0.25"
)";

TEST_F(SurfaceCommand, SurfacesOfAPlanAreMadeFirstAndNamedByItsOtherSteps) {
    write_text(m_folder / "plan.toml", std::string(two_surfaces) + R"([[exposure]]
raster = "surface:pm25"
population_rasters = "surface:people"
as = "pm25_mean"
[[zonal]]
raster = "surface:people"
statistics = ["sum"]
)");

    const auto checked = tendik_run({"check", path("plan.toml"), "--format", "json"});
    EXPECT_EQ(checked.exit_code, 0) << checked.err;
    EXPECT_THAT(checked.out, HasSubstr("no-value"));
    const auto called = tendik_run({"run", path("plan.toml"), "-o", path("atlas")});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto files = contents_of(m_folder / "atlas");
    for (const auto* file :
         {"pm25.tif", "pm25.qml", "pm25_error.tif", "pm25_error.qml", "people.tif", "people.qml"})
        EXPECT_TRUE(files.contains(std::string("rasters/") + file)) << file;
    EXPECT_FALSE(files.contains("rasters/people_error.tif"));
    // The same as the command writes.
    ASSERT_EQ(stations({"--rounding-step", "1", "--unit", "ug/m3", "--name", "pm25", "--error",
                        path("pm25_error.tif"), "-o", path("pm25.tif")})
                  .exit_code,
              0);
    std::vector<double> of_plan(16 * 4);
    std::vector<double> of_command(16 * 4);
    for (const auto* file : {"pm25.tif", "pm25_error.tif"}) {
        raster(std::string("atlas/rasters/") + file)->read(0, {0, 0, 16, 4}, of_plan);
        raster(file)->read(0, {0, 0, 16, 4}, of_command);
        EXPECT_EQ(of_plan, of_command) << file;
    }
    EXPECT_THAT(files.at("tables/zonal_1.csv"), HasSubstr("C,present,300.49999999999"));
    EXPECT_THAT(files.at("tables/exposure_1.csv"),
                AllOf(HasSubstr("people_mean_error"), HasSubstr("people_chance_over_35"),
                      HasSubstr("people_expected_above_15"), HasSubstr(",stations")));
    EXPECT_THAT(files.at("tables/surface_pm25.csv"), HasSubstr("name,value,predicted"));
    EXPECT_THAT(files.at("tables/surface_people.csv"), HasSubstr("A,1000,present,1,"));
    EXPECT_THAT(files.at("manifest.json"),
                AllOf(HasSubstr("\"name\": \"stations.csv\""), HasSubstr("\"name\": \"totals.csv\""),
                      HasSubstr("\"method\": \"dasymetric\""), Not(HasSubstr(m_folder.path().string()))));
}

TEST_F(SurfaceCommand, AnExposureWhoseErrorExceedsItsSpreadSaysSoAndIsNotMeasured) {
    // Without the station in D; and a raster each of whose cells is as uncertain as it is high, some 10,
    // while regions differ by some 4.
    write_text(
        m_folder / "stations.csv",
        "name,lon,lat,pm\na,0.1,0.2,3\nb,0.6,0.8,5\nc,0.9,0.1,4\nd,1.2,0.7,9\ne,1.5,0.3,8\nf,1.8,0.9,12\n"
        "g,2.1,0.2,11\nh,2.5,0.6,15\ni,2.9,0.1,13\n");
    ASSERT_EQ(stations({"-o", path("pm.tif")}).exit_code, 0);
    write_text(m_folder / "plan.toml", std::string(two_surfaces) + R"([[exposure]]
raster = "surface:pm25"
population_rasters = "surface:people"
as = "pm25_ranked"
[[exposure]]
raster = "pm.tif:1"
error_raster = "pm.tif:1"
population_rasters = "surface:people"
layers = [ { as = "pm25_mean" }, { as = "many", of = "people_expected_above_15" } ]
)");
    const auto called = tendik_run({"run", path("plan.toml"), "-o", path("atlas"), "--verbose"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.err, AllOf(HasSubstr("pm25_mean: the mean standard error"), HasSubstr("[cannot-rank]"),
                                  Not(HasSubstr("pm25_ranked: the mean standard error")),
                                  HasSubstr("pm25_ranked: no station lies inside: D")));
    EXPECT_THAT(called.out, HasSubstr("This map cannot rank the regions"));
    const auto files = contents_of(m_folder / "atlas");
    // Neither gap nor contribution nor a measure but the mean.
    EXPECT_THAT(files.at("tables/measures.csv"), HasSubstr("no smaller than what the regions differ by"));
    EXPECT_THAT(files.at("tables/values.csv"), HasSubstr("pm25_mean"));
}

TEST_F(SurfaceCommand, DasymetricSumsAreTheTotals) {
    const auto called = towns({"--grid", "-0.1,-0.1,4.1,1.1,0.07", "-o", path("people.tif")});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.out, HasSubstr("300.5 people, 1 settlements"));
    EXPECT_THAT(raster("people.tif")->info().bands, ElementsAre("people_modelled"));
}

TEST_F(SurfaceCommand, EqualInputGivesEqualBytesAtAnyNumberOfJobs) {
    ASSERT_EQ(stations({"--jobs", "1", "-o", path("a.tif")}).exit_code, 0);
    ASSERT_EQ(stations({"--jobs", "4", "-o", path("b.tif")}).exit_code, 0);
    EXPECT_EQ(read_file(m_folder / "a.tif"), read_file(m_folder / "b.tif"));
    EXPECT_EQ(read_file(m_folder / "a.qml"), read_file(m_folder / "b.qml"));
}

TEST_F(SurfaceCommand, OptionsThatSayNothingToTheMethodAreRefused) {
    const auto idle = stations({"--method", "idw", "--rounding-step", "10", "-o", path("a.tif")});
    EXPECT_EQ(idle.exit_code, 2);
    EXPECT_THAT(idle.err, HasSubstr("--rounding-step says nothing here"));
    EXPECT_EQ(stations({"--power", "3", "-o", path("a.tif")}).exit_code, 2);
    EXPECT_EQ(stations({"--totals", path("totals.csv"), "-o", path("a.tif")}).exit_code, 2);
    EXPECT_EQ(stations({"--method", "dasymetric", "-o", path("a.tif")}).exit_code, 2);
    EXPECT_EQ(stations({"--variogram", "linear", "-o", path("a.tif")}).exit_code, 2);
    EXPECT_FALSE(std::filesystem::exists(path("a.tif")));
}

TEST_F(SurfaceCommand, BadInputIsRefusedAndNothingIsWritten) {
    const auto refused = [&](const ProgramRun& called, const std::string& words) {
        EXPECT_EQ(called.exit_code, 1);
        EXPECT_THAT(called.err, HasSubstr(words));
        EXPECT_FALSE(std::filesystem::exists(path("a.tif")));
    };
    const auto with_grid = [&](const std::string& grid) {
        return tendik_run({"surface", "--points", path("stations.csv"), "--value", "pm", "--missing", "n/a",
                           "--grid", grid, "-o", path("a.tif")});
    };
    refused(with_grid("0,0,0,0,1"), "has no cell");
    refused(with_grid("0,0,4,1"), "has 4 numbers, expected 5");
    refused(with_grid("0,0,4,1,0.00001"), "400000 x 100000 cells");
    refused(with_grid("50,50,51,51,0.1"), "none of the 11 stations");
    refused(with_grid(path("absent.tif")), "absent.tif");
    refused(tendik_run({"surface", "--points", path("stations.csv"), "--value", "pm", "--grid",
                        "0,0,4,1,0.25", "-o", path("a.tif")}),
            "stations.csv, line 13, column 4 (pm)");
    refused(stations({"-o", path("a.png")}), "rasters are written as .tif");
    write_text(m_folder / "towns.csv", "lon,lat,people\n0.5,0.5,20\n");
    refused(towns({"--grid", "0,0,4,1,0.25", "-o", path("a.tif")}),
            "no settlement with people lies in: B, C, D");
}

}  // namespace
}  // namespace tendik::test
