#include "program_run.h"
#include "support/raster_file.h"
#include "support/temporary_folder.h"
#include "tendik/base/finding.h"
#include "tendik/io/open_raster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <limits>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Four squares of 1 km on a UTM map, each with its own friction and people: A to D from west to east.
class Travel : public testing::Test {
protected:
    Travel() {
        std::string features;
        for (int i = 0; i < 4; ++i) {
            const auto west = std::to_string(500000 + 1000 * i);
            const auto east = std::to_string(501000 + 1000 * i);
            const std::string key(1, static_cast<char>('A' + i));
            features += i == 0 ? "" : ",";
            features += R"({"type":"Feature","properties":{"code":")" + key +
                        R"("},"geometry":{"type":"Polygon","coordinates":[[[)" + west + ",5000000],[" + east +
                        ",5000000],[" + east + ",5001000],[" + west + ",5001000],[" + west + ",5000000]]]}}";
        }
        write_text(m_folder / "regions.geojson",
                   R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:32642"}},)"
                   R"("features":[)" +
                       features + "]}");
        write_text(m_folder / "wells.csv", "id;x;y\nwell;500500;5000500\n");
        raster("people.tif", {100, 200, 300, 400});
        raster("friction.tif", {0.01, 0.01, 0.01, none});  // 10 minutes from middle to middle
    }
    std::string path(const std::string& name) const { return (m_folder / name).string(); }
    std::string raster(const std::string& name, const std::vector<double>& cells) const {
        write_raster(
            m_folder / name,
            {.grid = {500000.0, 5001000.0, 1000.0, 1000.0, 4, 1}, .bands = {cells}, .crs = "EPSG:32642"});
        return path(name);
    }
    ProgramRun run(const std::string& friction, const std::vector<std::string>& more) const {
        std::vector<std::string> words{
            "travel", "--friction", friction, "--boundaries", path("regions.geojson"), "--key", "code"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    ProgramRun from_well(const std::string& friction, std::vector<std::string> more) const {
        more.insert(more.end(), {"--sources", path("wells.csv"), "--x", "x", "--y", "y", "--sources-crs",
                                 "EPSG:32642", "--population-raster", path("people.tif")});
        return run(friction, more);
    }

    TemporaryFolder m_folder;
};

TEST_F(Travel, CountsPeopleByMinutesAndStates) {
    const auto called = from_well(path("friction.tif"), {"--thresholds", "10,15", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto result = json::parse(called.out);
    EXPECT_EQ(result["schema"], "tendik.travel/1");
    EXPECT_EQ(result["sources"][0]["id"], "well");
    const auto& rows = result["rows"];
    EXPECT_EQ(rows[0]["people_within_10min"], 100.0);  // the well's own cell: 0 minutes
    EXPECT_EQ(rows[1]["people_within_10min"], 200.0);  // 1000 m at 0.01 min/m
    EXPECT_EQ(rows[1]["people_share_within_10min"], 1.0);
    EXPECT_EQ(rows[2]["people_within_15min"], 0.0);  // 20 minutes
    EXPECT_EQ(rows[2]["people_beyond_15min"], 300.0);
    EXPECT_EQ(rows[3]["people_no_data"], 400.0);
    EXPECT_EQ(rows[3]["people_barrier"], 0.0);
    EXPECT_EQ(rows[3]["people_off_raster"], 0.0);
    for (const auto& one : result["curve"]) {
        if (one["key"] != nullptr || one["minutes"] != 10.5) continue;  // 14 steps of 0.75
        EXPECT_EQ(one["amount"], 300.0);
        EXPECT_EQ(one["share"], 0.3);  // of 1000
    }
}

TEST_F(Travel, CellsBeyondTheMaximumAreUnreachedAndBarriersAreBarriers) {
    const auto friction = raster("wall.tif", {0.01, 0.01, -1.0, 0.01});
    const auto called =
        from_well(friction, {"--thresholds", "10", "--max", "10min", "--barrier", "-1", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto rows = json::parse(called.out)["rows"];
    EXPECT_EQ(rows[1]["people_within_10min"], 200.0);
    EXPECT_EQ(rows[2]["people_barrier"], 300.0);
    EXPECT_EQ(rows[3]["people_unreached"], 400.0);
    EXPECT_EQ(rows[3]["people_within_10min"], 0.0);
}

TEST_F(Travel, WritesMinutesStatesAndCatchments) {
    const auto called = from_well(
        path("friction.tif"), {"-o", path("minutes.tif"), "--catchments", path("catchments.tif"), "--curve",
                               path("curve.csv"), "--regions", path("regions.csv"), "--max", "15"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_EQ(called.out, "");
    Findings findings;
    const auto minutes = io::open_raster({path("minutes.tif"), {}}, findings);
    EXPECT_THAT(minutes->info().bands, ElementsAre("minutes", "state"));
    EXPECT_EQ(minutes->info().units[0], "min");
    std::vector<double> cells(4);
    minutes->read(0, {0, 0, 4, 1}, cells);
    EXPECT_NEAR(cells[1], 10.0, 1e-6);  // 32-bit
    EXPECT_TRUE(std::isnan(cells[2]));
    minutes->read(1, {0, 0, 4, 1}, cells);
    EXPECT_THAT(cells, ElementsAre(0.0, 0.0, 1.0, 3.0));  // C after 20 minutes; D without friction
    const auto catchments = io::open_raster({path("catchments.tif"), {}}, findings);
    catchments->read(0, {0, 0, 4, 1}, cells);
    EXPECT_EQ(cells[1], 1.0);
    EXPECT_TRUE(std::isnan(cells[3]));
    const auto files = contents_of(m_folder.path());
    EXPECT_EQ(files.at("catchments.csv"), "number,id\n1,well\n");
    EXPECT_THAT(files.at("minutes.qml"), HasSubstr("modelled"));
    EXPECT_THAT(files.at("catchments.qml"), HasSubstr("<paletteEntry value=\"1\" label=\"well (modelled)\""));
    EXPECT_THAT(files.at("curve.csv"),
                testing::StartsWith("code,counted,minutes,amount,share,state\n,people,6,"));
    EXPECT_THAT(files.at("regions.csv"), testing::StartsWith("code,state,people,people_within_30min,"));
}

TEST_F(Travel, ReadsFrictionInTheUnitThatIsNamed) {
    const auto speed = raster("speed.tif", {6.0, 6.0, 0.0, 6.0});  // km/h; 0 is a barrier
    const auto called =
        from_well(speed, {"--friction-unit", "km/h", "--thresholds", "9,11", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto rows = json::parse(called.out)["rows"];
    EXPECT_EQ(rows[1]["people_within_9min"], 0.0);  // 1 km at 6 km/h: 10 minutes
    EXPECT_EQ(rows[1]["people_within_11min"], 200.0);
    EXPECT_EQ(rows[2]["people_barrier"], 300.0);
    const auto negative = from_well(raster("back.tif", {6, -6, 6, 6}), {"--friction-unit", "km/h"});
    EXPECT_EQ(negative.exit_code, 1);
    EXPECT_THAT(negative.err, HasSubstr("the speed is -6 km/h in column 2, row 1"));
    EXPECT_EQ(from_well(speed, {"--friction-unit", "knots"}).exit_code, 2);
}

TEST_F(Travel, PresetOfJmpIsHalfOfTheRoundTrip) {
    const auto called = from_well(path("friction.tif"), {"--preset", "jmp", "--format", "json", "--verbose"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    // WHO/UNICEF JMP (2017): 30 minutes for a round trip including queuing
    EXPECT_EQ(json::parse(called.out)["thresholds_min"], json({15.0}));
    EXPECT_THAT(called.err, HasSubstr("queues are not in the 15 minutes one way"));
    EXPECT_EQ(from_well(path("friction.tif"), {"--preset", "jmp", "--thresholds", "5"}).exit_code, 2);
}

TEST_F(Travel, MovesSourcesOffBarriersAndSaysSo) {
    const auto friction = raster("wet.tif", {none, 0.01, 0.01, 0.01});
    const auto moved = from_well(friction, {"--thresholds", "5", "--format", "json"});
    EXPECT_EQ(moved.exit_code, 0);
    EXPECT_THAT(moved.err, HasSubstr("lies on a barrier and was moved 1000 m"));
    EXPECT_EQ(json::parse(moved.out)["rows"][1]["people_within_5min"], 200.0);
    const auto stuck = from_well(friction, {"--move-sources", "500m"});
    EXPECT_EQ(stuck.exit_code, 1);
    EXPECT_THAT(stuck.err, HasSubstr("'well'"));
    EXPECT_THAT(stuck.err, HasSubstr("allow a longer way with --move-sources"));
}

TEST_F(Travel, RefusesBadInputAndLeavesNothing) {
    const auto before = contents_of(m_folder.path());
    const auto refusal = [&](const std::vector<std::string>& words) {
        const auto called = from_well(path("friction.tif"), words);
        EXPECT_NE(called.exit_code, 0);
        EXPECT_EQ(called.out, "");
        return called.err;
    };
    EXPECT_THAT(refusal({"--thresholds", "30,15", "-o", path("m.tif")}),
                HasSubstr("threshold 15 minutes comes after 30 minutes"));
    EXPECT_THAT(refusal({"--thresholds", "soon"}), HasSubstr("'soon' is no time"));
    EXPECT_THAT(refusal({"--max", "0"}), HasSubstr("expected more than 0"));
    EXPECT_THAT(refusal({"-o", path("m.png")}), HasSubstr("rasters are written as .tif"));
    EXPECT_THAT(refusal({"--max-memory", "1MB"}), HasSubstr("--max-memory"));
    const auto outside = run(path("friction.tif"), {"--sources", "10,10;69.01,45.15", "-o", path("m.tif")});
    EXPECT_EQ(outside.exit_code, 1);
    EXPECT_THAT(outside.err, testing::AllOf(HasSubstr("outside the raster"), HasSubstr("'point 1'")));
    EXPECT_EQ(run(path("friction.tif"), {}).exit_code, 2);
    EXPECT_EQ(contents_of(m_folder.path()), before);
}

TEST_F(Travel, RefusesNegativeFrictionAndOtherSystems) {
    const auto negative = from_well(raster("negative.tif", {0.01, -0.5, 0.01, 0.01}), {});
    EXPECT_EQ(negative.exit_code, 1);
    EXPECT_THAT(negative.err, HasSubstr("friction is -0.5 in column 2, row 1"));
    write_raster(m_folder / "degrees.tif",
                 {.grid = {69.0, 45.2, 0.01, 0.01, 10, 10}, .bands = {std::vector<double>(100, 1.0)}});
    const auto other =
        run(path("friction.tif"), {"--sources", path("wells.csv"), "--x", "x", "--y", "y", "--sources-crs",
                                   "EPSG:32642", "--population-raster", path("degrees.tif")});
    EXPECT_EQ(other.exit_code, 1);
    EXPECT_THAT(other.err, HasSubstr("gdalwarp -t_srs EPSG:32642"));
}

TEST_F(Travel, GivesTheSameBytesWithAnyNumberOfThreads) {
    const auto one = from_well(path("friction.tif"), {"--format", "json", "--jobs", "1"});
    const auto many = from_well(path("friction.tif"), {"--format", "json", "--jobs", "7"});
    EXPECT_EQ(one.out, many.out);
}

TEST_F(Travel, CountsTheGroundWithoutAPopulation) {
    const auto called = run(path("friction.tif"), {"--sources", path("wells.csv"), "--x", "x", "--y", "y",
                                                   "--sources-crs", "EPSG:32642"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.out, HasSubstr("area_km2"));
    EXPECT_THAT(called.out, HasSubstr("1.0008"));  // 1 / 0.9996^2: a km2 of the map at its central meridian
}

}  // namespace
}  // namespace tendik::test
