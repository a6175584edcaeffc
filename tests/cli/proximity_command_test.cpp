#include "program_run.h"
#include "support/raster_file.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <numbers>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

/// Four unit squares A to D on the equator with 100, 200, 300 and 400 people.
class Proximity : public testing::Test {
protected:
    Proximity() {
        write_text(m_folder / "regions.geojson", four_squares());
        write_text(m_folder / "sites.csv",
                   "site_id,lon,lat,accuracy_km,extent_km\nwest,0.5,0.5,2,1\neast,2.5,0.5,,\n");
        std::vector<double> people;  // in cells of a tenth of a degree
        for (int i = 0; i < 400; ++i)
            people.push_back(1.0 + i % 40 / 10);
        write("people.tif", {.grid = {0.0, 1.0, 0.1, 0.1, 40, 10}, .bands = {people}});
    }
    std::string path(const std::string& name) const { return (m_folder / name).string(); }
    std::string write(const std::string& name, const RasterFile& file) const {
        write_raster(m_folder / name, file);
        return path(name);
    }
    ProgramRun run(const std::vector<std::string>& more) const {
        std::vector<std::string> words{"proximity", "--boundaries", path("regions.geojson"), "--key", "code"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    ProgramRun people(const std::vector<std::string>& more) const {
        std::vector<std::string> words{"--population-raster", path("people.tif"), "--sites",
                                       path("sites.csv")};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
    json reach(const json& result, const std::string& site, const json& key, double within_km) const {
        for (const auto& one : result["reach"])
            if (one["site"] == site && one["key"] == key && one["within_km"] == within_km) return one;
        return {};
    }

    TemporaryFolder m_folder;
};

/// People in a circle that lies in a square of 12308.778 km2 (PROJ: geodesic polygon of a degree cell on the
/// equator), where `people` are spread evenly.
double in_circle(double radius_km, double people) {
    return people * std::numbers::pi * radius_km * radius_km / 12308.778;
}

TEST_F(Proximity, CountsPeopleWithinTheDistanceOfAnySite) {
    const auto called = people({"--bands", "20km,50km,500", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto result = json::parse(called.out);
    EXPECT_EQ(result["schema"], "tendik.proximity/1");
    EXPECT_EQ(result["bands_km"], json({20.0, 50.0, 500.0}));
    const auto& a = result["rows"][0];
    EXPECT_EQ(a["key"], "A");
    EXPECT_NEAR(a["people"].get<double>(), 100.0, 1e-9);
    EXPECT_NEAR(a["people_within_50km"].get<double>(), in_circle(50.0, 100.0), 0.1);
    EXPECT_LT(a["people_within_50km_low"].get<double>(), in_circle(50.0, 100.0));
    EXPECT_GT(a["people_within_50km_high"].get<double>(), in_circle(50.0, 100.0));
    EXPECT_NEAR(a["people_share_within_20km"].get<double>(), in_circle(20.0, 1.0), 0.001);
    EXPECT_NEAR(a["people_within_500km"].get<double>(), 100.0, 1e-9);  // 3.5 degrees are 390 km
    EXPECT_NEAR(a["people_beyond_500km"].get<double>(), 0.0, 1e-9);
    EXPECT_NEAR(result["rows"][1]["people_within_50km"].get<double>(), 0.0, 1e-9);
}

TEST_F(Proximity, TellsEverySiteAndAllTogether) {
    const auto called = people({"--bands", "50,120", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto result = json::parse(called.out);
    const auto amount = [&](const std::string& site, const json& key, double km) {
        return reach(result, site, key, km)["amount"].get<double>();
    };
    EXPECT_NEAR(amount("west", nullptr, 50.0), in_circle(50.0, 100.0), 0.1);
    EXPECT_NEAR(amount("east", nullptr, 50.0), in_circle(50.0, 300.0), 0.3);
    EXPECT_NEAR(amount("union", nullptr, 50.0), in_circle(50.0, 100.0) + in_circle(50.0, 300.0), 0.4);
    // Both reach into B at 120 km, and nobody counts twice.
    const double both = amount("west", "B", 120.0) + amount("east", "B", 120.0);
    EXPECT_LT(amount("union", "B", 120.0), both - 1.0);
    EXPECT_GE(amount("union", "B", 120.0), amount("east", "B", 120.0));
    // and all regions are the sum of the four
    EXPECT_NEAR(amount("union", nullptr, 120.0),
                amount("union", "A", 120.0) + amount("union", "B", 120.0) + amount("union", "C", 120.0) +
                    amount("union", "D", 120.0),
                1e-9);
}

TEST_F(Proximity, StatesHowWellThePlacesAreKnown) {
    const auto called = people({"--bands", "1", "--format", "json", "--verbose"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto result = json::parse(called.out);
    EXPECT_EQ(result["sites"][0]["accuracy_km"], 2.0);
    EXPECT_EQ(result["sites"][1]["accuracy_km"], nullptr);
    EXPECT_EQ(result["rows"][0]["accuracy_km"], nullptr);  // that of the worst, which is not stated
    EXPECT_THAT(called.err, HasSubstr("its place is known to 2 km, and the first band ends at 1 km"));
    EXPECT_THAT(called.err, HasSubstr("site 'east'"));
    EXPECT_THAT(called.err, HasSubstr("a column accuracy_km says so"));
    EXPECT_THAT(people({"--bands", "500m"}).err, HasSubstr("reaches 1 km from its point, beyond the first"));
}

TEST_F(Proximity, CountsTheGroundWithoutAPopulation) {
    const auto called = run({"--sites", "0.5,0.5;2.5,0.5", "--bands", "50km", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto result = json::parse(called.out);
    EXPECT_EQ(result["sites"][1]["id"], "point 2");
    const auto& a = result["rows"][0];
    EXPECT_NEAR(a["area_km2"].get<double>(), 12308.464, 0.001);  // cell_area_km2(0, 1, 0, 1)
    const double circle_km2 = std::numbers::pi * 2500.0;
    EXPECT_NEAR(a["area_km2_within_50km"].get<double>(), circle_km2, 8.0);
    EXPECT_LT(a["area_km2_within_50km_low"].get<double>(), circle_km2 - 1.0);
    EXPECT_GT(a["area_km2_within_50km_high"].get<double>(), circle_km2 + 1.0);
    EXPECT_NEAR(a["area_km2_share_within_50km"].get<double>(), circle_km2 / 12308.778, 0.001);
}

TEST_F(Proximity, MeasuresOnTheGroundWhereThePopulationIsOnAMap) {
    // 1 km cells of UTM zone 31 round 3 E on the equator (500 000, 0): 100 x 100 km, one person each.
    const auto map = write("map.tif", {.grid = {450000.0, 50000.0, 1000.0, 1000.0, 100, 100},
                                       .bands = {std::vector<double>(10000, 1.0)},
                                       .crs = "EPSG:32631"});
    write_text(m_folder / "one.geojson",
               R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"A"},)"
               R"("geometry":{"type":"Polygon","coordinates":[[[2,-1],[4,-1],[4,1],[2,1],[2,-1]]]}}]})");
    const auto called =
        tendik_run({"proximity", "--boundaries", path("one.geojson"), "--key", "code", "--sites", "3,0",
                    "--bands", "30km", "--population-raster", map, "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto row = json::parse(called.out)["rows"][0];
    // A square km of the map is 1 / 0.9996^2 km2 of ground, so the circle holds pi 30^2 0.9996^2 people.
    EXPECT_NEAR(row["people_within_30km"].get<double>(), std::numbers::pi * 900.0 * 0.9996 * 0.9996, 1.0);
}

TEST_F(Proximity, WritesTableLayerAndRows) {
    const auto csv = people({"--bands", "50", "-o", path("out.csv"), "--per-site", path("rows.csv")});
    ASSERT_EQ(csv.exit_code, 0) << csv.err;
    EXPECT_EQ(csv.out, "");
    ASSERT_EQ(people({"--bands", "50", "-o", path("out.gpkg")}).exit_code, 0);
    ASSERT_EQ(people({"--bands", "50", "-o", path("out.json")}).exit_code, 0);
    const auto files = contents_of(m_folder.path());
    EXPECT_THAT(
        files.at("out.csv"),
        testing::StartsWith("code,state,people,people_within_50km,people_within_50km_low,people_within_"
                            "50km_high,people_share_within_50km,people_beyond_50km,accuracy_km\nA,"));
    EXPECT_THAT(files.at("rows.csv"),
                testing::StartsWith("site,accuracy_km,code,counted,within_km,amount,low,"
                                    "high,share,state\nunion,,,people,50,"));
    EXPECT_THAT(files.at("rows.csv"), HasSubstr("\nwest,2,A,people,50,63."));  // pi 50^2 / 12308.778
    EXPECT_THAT(files.at("out.json"), HasSubstr("tendik.proximity/1"));
    EXPECT_GT(files.at("out.gpkg").size(), 1000U);
}

TEST_F(Proximity, PrintsRegionsAndSites) {
    const auto called = people({"--bands", "50"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.out, HasSubstr("people of each region within reach of any site"));
    EXPECT_THAT(called.out, HasSubstr("all regions"));
    EXPECT_THAT(called.out, HasSubstr("not stated"));
}

TEST_F(Proximity, GivesTheSameBytesWithAnyNumberOfThreads) {
    const auto one = people({"--bands", "20,50", "--format", "json", "--jobs", "1"});
    const auto many = people({"--bands", "20,50", "--format", "json", "--jobs", "7"});
    EXPECT_EQ(one.out, many.out);
}

TEST_F(Proximity, KnowsTheSitesOfKazakhstan) {
    const auto called = tendik_run({"proximity", "--bands", "100km", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto result = json::parse(called.out);
    EXPECT_EQ(result["rows"].size(), 17U);
    EXPECT_EQ(result["rows"][0]["accuracy_km"], 4.4);  // sites.csv: Azgir
    // A circle of 100 km round Baikonur lies in Kyzylorda: 2 pi R^2 (1 - cos(100 / R)) = 31415.3 km2.
    const auto baikonur = reach(result, "baikonur", "KZ-KZY", 100.0);
    EXPECT_NEAR(baikonur["amount"].get<double>(), 31415.3, 5.0);
    EXPECT_LT(baikonur["low"].get<double>(), 31415.3);
    EXPECT_GT(baikonur["high"].get<double>(), 31415.3);
}

TEST_F(Proximity, RefusesBadSitesAndBands) {
    const auto refusal = [&](const std::vector<std::string>& words) {
        const auto called = run(words);
        EXPECT_NE(called.exit_code, 0);
        EXPECT_EQ(called.out, "");
        return called.err;
    };
    EXPECT_THAT(refusal({"--bands", "50,20"}), HasSubstr("band 20 km comes after 50 km"));
    EXPECT_THAT(refusal({"--bands", "0"}), HasSubstr("above 0"));
    EXPECT_THAT(refusal({"--bands", "near"}), HasSubstr("'near' is no distance"));
    EXPECT_THAT(refusal({"--sites", "0.5,95"}),
                HasSubstr("site 'point 1' lies at longitude 0.5, latitude 95"));
    EXPECT_THAT(refusal({"--sites", "0.5,0.5;1"}), HasSubstr("'1' among the points"));
    EXPECT_THAT(refusal({"--sites", path("none.csv")}), HasSubstr("none.csv"));
    write_text(m_folder / "twice.csv", "site_id,lon,lat\na,0.5,0.5\na,1.5,0.5\n");
    EXPECT_THAT(refusal({"--sites", path("twice.csv")}),
                testing::AllOf(HasSubstr("two places are called 'a'"), HasSubstr("line 3")));
    write_text(m_folder / "nowhere.csv", "site_id,lon,lat\na,,\n");
    EXPECT_THAT(refusal({"--sites", path("nowhere.csv")}), HasSubstr("has no place"));
    EXPECT_THAT(refusal({"--x", "lon", "--y", "lat"}), HasSubstr("speak of a table, and none is given"));
    EXPECT_THAT(refusal({"--per-site", path("rows.gpkg")}), HasSubstr("rows are written as .csv"));
    EXPECT_EQ(run({"--jobs", "many"}).exit_code, 2);
}

TEST_F(Proximity, RefusesBadPopulations) {
    const auto negative =
        write("negative.tif", {.grid = {0.0, 1.0, 1.0, 1.0, 4, 1}, .bands = {{1, 2, -3, 4}}});
    const auto called = run({"--population-raster", negative, "--sites", path("sites.csv")});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err, HasSubstr("column 2 and row 0 (from 0), in region 'C', holds -3 people"));
    const auto far = write("far.tif", {.grid = {50.0, 1.0, 1.0, 1.0, 4, 1}, .bands = {{1, 2, 3, 4}}});
    EXPECT_THAT(run({"--population-raster", far, "--sites", path("sites.csv")}).err,
                HasSubstr("no region lies on the raster"));
    EXPECT_THAT(run({"--population-raster", "a=" + path("people.tif"), "--population-raster",
                     "a=" + path("people.tif"), "--sites", path("sites.csv")})
                    .err,
                HasSubstr("two population rasters are called 'a'"));
}

}  // namespace
}  // namespace tendik::test
