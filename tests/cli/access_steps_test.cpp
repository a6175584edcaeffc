#include "program_run.h"
#include "support/raster_file.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Four unit squares A to D on the equator with 100, 200, 300 and 400 people, friction, and two wells.
class AccessSteps : public testing::Test {
protected:
    AccessSteps() {
        write_text(m_folder / "regions.geojson", four_squares());
        write_text(m_folder / "wells.csv", "site_id,lon,lat,accuracy_km\nwest,0.5,0.5,2\neast,2.5,0.5,1\n");
        std::vector<double> people;  // in cells of a tenth of a degree
        for (int i = 0; i < 400; ++i)
            people.push_back(1.0 + i % 40 / 10);
        write_raster(m_folder / "people.tif", {.grid = {0.0, 1.0, 0.1, 0.1, 40, 10}, .bands = {people}});
        write_raster(m_folder / "friction.tif",
                     {.grid = {0.0, 1.0, 0.1, 0.1, 40, 10}, .bands = {std::vector<double>(400, 0.001)}});
    }
    std::string path(const std::string& name) const { return (m_folder / name).string(); }
    void write_plan(const std::string& steps) const {
        write_text(m_folder / "plan.toml",
                   "boundaries = { file = \"regions.geojson\", key = \"code\" }\n"
                   "outputs = { vector_tiles = false, raster_tiles = false, site = false }\n" +
                       steps);
    }
    ProgramRun run_plan() const { return tendik_run({"run", path("plan.toml"), "-o", path("atlas")}); }
    ProgramRun command(const std::string& name, const std::vector<std::string>& more) const {
        std::vector<std::string> words{name,   "--boundaries",        path("regions.geojson"), "--key",
                                       "code", "--population-raster", path("people.tif")};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }

    TemporaryFolder m_folder;
};

constexpr const char* proximity_step = R"([[proximity]]
sites = "wells.csv"
bands = [20, "50km"]
population_rasters = "people.tif"
[[proximity.layers]]
as = "near"
of = "people_share_within_50km"
year = 2020
direction = "favourable"
name = { en = "Near a well", ru = "Рядом с колодцем", kk = "Құдық маңында" }
[[proximity.layers]]
as = "people_near"
of = "people_within_50km"
)";

constexpr const char* travel_step = R"([[travel]]
friction = "friction.tif"
sources = "wells.csv"
sources_name = "site_id"
thresholds = [30, "1h"]
max = 100
population_rasters = "people.tif"
minutes = true
catchments = true
as = "within_hour"
of = "people_share_within_60min"
)";

TEST_F(AccessSteps, ProximityOfAPlanGivesTheRowsOfTheCommand) {
    write_plan(proximity_step);
    const auto called = run_plan();
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto files = contents_of(m_folder / "atlas");
    const auto same = command("proximity", {"--sites", path("wells.csv"), "--bands", "20,50", "--format",
                                            "csv", "--per-site", path("rows.csv")});
    ASSERT_EQ(same.exit_code, 0) << same.err;
    EXPECT_EQ(files.at("tables/proximity_1.csv"), same.out);
    EXPECT_EQ(files.at("tables/proximity_1_sites.csv"), contents_of(m_folder.path()).at("rows.csv"));
}

TEST_F(AccessSteps, TravelOfAPlanGivesTheRowsAndRastersOfTheCommand) {
    write_plan(travel_step);
    const auto called = run_plan();
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto files = contents_of(m_folder / "atlas");
    const auto same = command(
        "travel", {"--friction", path("friction.tif"), "--sources", path("wells.csv"), "--sources-name",
                   "site_id", "--thresholds", "30,60", "--max", "100", "--format", "csv", "-o", path("m.tif"),
                   "--catchments", path("c.tif"), "--curve", path("curve.csv")});
    ASSERT_EQ(same.exit_code, 0) << same.err;
    const auto own = contents_of(m_folder.path());
    EXPECT_EQ(files.at("tables/travel_1.csv"), same.out);
    EXPECT_EQ(files.at("tables/travel_1_curve.csv"), own.at("curve.csv"));
    EXPECT_EQ(files.at("rasters/travel_1.tif"), own.at("m.tif"));
    EXPECT_EQ(files.at("rasters/travel_1.qml"), own.at("m.qml"));
    EXPECT_EQ(files.at("rasters/travel_1_catchments.tif"), own.at("c.tif"));
    EXPECT_EQ(files.at("rasters/travel_1_catchments.csv"), own.at("c.csv"));
    EXPECT_EQ(files.at("rasters/travel_1_catchments.qml"), own.at("c.qml"));
}

TEST_F(AccessSteps, RastersOfTravelAreWrittenWhereTheyAreAskedForOnly) {
    write_plan(
        "[[travel]]\nfriction = \"friction.tif\"\nsources = [[0.5, 0.5]]\nthresholds = [60]\n"
        "as = \"ground\"\n");
    ASSERT_EQ(run_plan().exit_code, 0);
    const auto files = contents_of(m_folder / "atlas");
    EXPECT_TRUE(files.contains("tables/travel_1.csv"));
    EXPECT_FALSE(files.contains("rasters"));
    EXPECT_THAT(files.at("tables/values.csv"), HasSubstr("ground,"));
}

TEST_F(AccessSteps, SharesBecomeLayersInPerCentWeighedByPeople) {
    write_plan(proximity_step);
    const auto called = run_plan();
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto files = contents_of(m_folder / "atlas");
    const auto number_after = [&](const std::string& file, const std::string& words) {
        const auto& text = files.at(file);
        const auto at = text.find(words);
        EXPECT_NE(at, std::string::npos) << words << " in " << text;
        return at == std::string::npos ? 0.0 : std::stod(text.substr(at + words.size()));
    };
    // pi 50^2 / 12308.778 km2 (a degree cell on the equator) of A and of C
    EXPECT_NEAR(number_after("tables/values.csv", "near,2020,,A,Region A,Region A,Region A,"), 63.81, 0.1);
    EXPECT_NEAR(number_after("tables/values.csv", "near,2020,,B,Region B,Region B,Region B,"), 0.0, 1e-9);
    // 63.81 % of 100 and of 300 people, of 1000
    EXPECT_NEAR(number_after("tables/measures.csv", ",mean,"), 25.5, 0.1);
    // People are a total: added up, and not measured.
    EXPECT_NEAR(number_after("tables/measures.csv", ",sum,"), 255.2, 0.5);
}

TEST_F(AccessSteps, EveryColumnOfTheTablesBecomesALayer) {
    const auto layers_of = [&](const std::string& file) {
        const auto heading = contents_of(m_folder / "atlas").at("tables/" + file);
        std::string layers;
        std::istringstream names(heading.substr(0, heading.find('\n')));
        for (std::string name; std::getline(names, name, ',');)
            if (name != "code" && name != "state")
                layers += (layers.empty() ? "" : ", ") + ("{ as = \"" + name + "\", of = \"" + name + "\" }");
        return "layers = [" + layers + "]\n";
    };
    const std::string travel =
        "[[travel]]\nfriction = \"friction.tif\"\nsources = \"wells.csv\"\n"
        "thresholds = [30, 60]\npopulation_rasters = \"people.tif\"\n";
    const std::string proximity =
        "[[proximity]]\nsites = \"wells.csv\"\nbands = [20, 50]\n"
        "population_rasters = { name = \"all\", raster = \"people.tif\" }\n";
    write_plan(travel + "as = \"x\"\nof = \"people\"\n" + proximity);
    ASSERT_EQ(run_plan().exit_code, 0);
    write_plan(travel + layers_of("travel_1.csv") + proximity + layers_of("proximity_1.csv"));
    const auto called = tendik_run({"check", path("plan.toml")});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    // people, 2 of each of 2 limits, 5 more; all, 4 of each of 2 limits, beyond, accuracy
    EXPECT_THAT(called.out, HasSubstr("21 layers"));
}

TEST_F(AccessSteps, TheManifestNamesWhatTheyRead) {
    write_plan(std::string(travel_step) + proximity_step);
    ASSERT_EQ(run_plan().exit_code, 0);
    const auto text = contents_of(m_folder / "atlas").at("manifest.json");
    EXPECT_THAT(text, Not(HasSubstr(m_folder.path().string())));
    const auto manifest = json::parse(text);
    std::vector<std::string> names;
    for (const auto& input : manifest["inputs"]) {
        names.push_back(input["name"]);
        EXPECT_EQ(input["sha256"].get<std::string>().size(), 64U) << names.back();
    }
    EXPECT_THAT(names, testing::ElementsAre("plan.toml", "regions.geojson", "friction.tif", "wells.csv",
                                            "people.tif"));
    EXPECT_THAT(manifest["plan"].get<std::string>(),
                AllOf(HasSubstr("[[travel]]"), HasSubstr("[[proximity]]"), HasSubstr("bands = [20, 50]")));
}

TEST_F(AccessSteps, SurfacesOfThePlanServeWhereARasterDoes) {
    write_text(m_folder / "towns.csv",
               "name,lon,lat,people\nA1,0.5,0.5,1\nB1,1.5,0.5,1\nC1,2.5,0.5,1\n"
               "D1,3.5,0.5,1\n");
    write_text(m_folder / "totals.csv", "code,people\nA,100\nB,200\nC,300\nD,400\n");
    write_text(m_folder / "slow.csv", "name,lon,lat,v\na,0.1,0.1,0.001\nb,3.9,0.9,0.001\nc,2,0.2,0.001\n");
    write_plan(R"([[surfaces]]
name = "towns"
method = "dasymetric"
points = "towns.csv"
value = "people"
totals = "totals.csv"
totals_key = "code"
totals_value = "people"
grid = [0, 0, 4, 1, 0.1]
[[surfaces]]
name = "slow"
method = "idw"
points = "slow.csv"
value = "v"
grid = [0, 0, 4, 1, 0.1]
[[travel]]
friction = "surface:slow"
sources = "wells.csv"
population_rasters = "surface:towns"
thresholds = [30]
as = "soon"
[[proximity]]
sites = "wells.csv"
population_rasters = "surface:towns"
bands = [30]
as = "close"
)");
    const auto called = run_plan();
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto files = contents_of(m_folder / "atlas");
    EXPECT_THAT(files.at("tables/travel_1.csv"),
                testing::ContainsRegex("\nA,present,[0-9.]+,[0-9.]+,1,0,0,"));
    // Nobody of B lives within 30 km of a well: the towns are a degree apart.
    EXPECT_THAT(files.at("tables/proximity_1.csv"), testing::ContainsRegex("\nB,present,[0-9.]+,0,0,0,0,"));
}

TEST_F(AccessSteps, ABadKeyOrBandLeavesNothing) {
    const auto refusal = [&](const std::string& steps) {
        write_plan(steps);
        const auto before = contents_of(m_folder.path());
        const auto called = run_plan();
        EXPECT_EQ(called.exit_code, 1);
        EXPECT_EQ(called.out, "");
        EXPECT_EQ(contents_of(m_folder.path()), before);
        EXPECT_EQ(tendik_run({"check", path("plan.toml")}).exit_code, 1);
        return called.err;
    };
    EXPECT_THAT(
        refusal("[[proximity]]\nsites = \"wells.csv\"\nbandes = [5]\n"),
        AllOf(HasSubstr("plan.toml, line 5, column 10: unknown key"), HasSubstr("did you mean 'bands'?")));
    EXPECT_THAT(
        refusal("[[proximity]]\nsites = \"wells.csv\"\nbands = [50, 20]\nas = \"x\"\n"),
        AllOf(HasSubstr("plan.toml, line 5, column 14"), HasSubstr("is 20 km, expected more than 50")));
    EXPECT_THAT(refusal("[[travel]]\nfriction = \"friction.tif\"\nsource = \"wells.csv\"\nas = \"x\"\n"),
                HasSubstr("did you mean 'sources'?"));
    EXPECT_THAT(
        refusal("[[proximity]]\nsites = \"wells.csv\"\nbands = [5]\nas = \"x\"\n"
                "of = \"area_km2_within_6km\"\n"),
        AllOf(HasSubstr("plan.toml, line 7, column 6"), HasSubstr("did you mean 'area_km2_within_5km'?")));
    EXPECT_THAT(refusal("[[proximity]]\nsites = \"wels.csv\"\nbands = [5]\nas = \"x\"\n"),
                HasSubstr("wels.csv"));
}

TEST_F(AccessSteps, GiveTheSameBytesWithAnyNumberOfThreads) {
    write_plan(std::string(travel_step) + proximity_step);
    for (const auto* jobs : {"1", "7"})
        ASSERT_EQ(tendik_run({"run", path("plan.toml"), "-o", path(jobs), "--jobs", jobs}).exit_code, 0);
    EXPECT_EQ(contents_of(m_folder / "1"), contents_of(m_folder / "7"));
}

TEST_F(AccessSteps, DryRunPrintsThemWithoutReadingAnything) {
    write_plan(std::string(travel_step) + proximity_step);
    std::filesystem::remove(m_folder / "friction.tif");
    const auto called = tendik_run({"run", path("plan.toml"), "--dry-run"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.out, AllOf(HasSubstr("thresholds = [30, 60]"), HasSubstr("catchments = true"),
                                  HasSubstr("method = \"exact\""), HasSubstr("move_sources = 5\n")));
}

}  // namespace
}  // namespace tendik::test
