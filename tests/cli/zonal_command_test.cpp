#include "program_run.h"
#include "support/raster_file.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

/// Four unit squares A to D and rasters over them.
class Rasters : public testing::Test {
protected:
    Rasters() { write_text(m_folder / "regions.geojson", four_squares()); }

    std::string path(const std::string& name) const { return (m_folder / name).string(); }
    std::string write(const std::string& name, const RasterFile& file) const {
        write_raster(m_folder / name, file);
        return path(name);
    }
    /// Half-unit cells over all squares: A holds 1 2 / 3 4, and so on in rows of 8.
    std::string values() const {
        std::vector<double> cells(16);
        std::iota(cells.begin(), cells.end(), 1.0);
        return write("values.tif", {.grid = {0.0, 1.0, 0.5, 0.5, 8, 2}, .bands = {cells}});
    }
    ProgramRun run(std::vector<std::string> words) const {
        words.insert(words.end(), {"--boundaries", path("regions.geojson"), "--key", "code"});
        return tendik_run(words);
    }

    TemporaryFolder m_folder;
};

TEST_F(Rasters, ZonalPrintsOneRowARegion) {
    const auto called = run({"zonal", "--raster", values(), "--format", "json", "--quantiles", "0.25"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_EQ(called.err, "");
    const auto result = json::parse(called.out);
    EXPECT_EQ(result["schema"], "tendik.zonal/1");
    EXPECT_EQ(result["raster"], "values.tif");
    ASSERT_EQ(result["rows"].size(), 4U);
    EXPECT_EQ(result["rows"][0]["key"], "A");
    EXPECT_EQ(result["rows"][0]["count"], 4.0);
    EXPECT_EQ(result["rows"][0]["sum"], 22.0);          // 1 2 9 10
    EXPECT_EQ(result["rows"][3]["mean"], 11.5);         // 7 8 15 16
    EXPECT_EQ(result["rows"][0]["quantile_25"], 1.75);  // R: quantile(c(1, 2, 9, 10), .25)
    EXPECT_EQ(result["rows"][0]["share_without_data"], 0.0);
}

TEST_F(Rasters, ZonalWritesCsvWithTheKeyColumnFirst) {
    const auto called = run({"zonal", "--raster", values(), "--stats", "mean,max", "-o", path("out.csv")});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_EQ(called.out, "");
    std::ifstream file(m_folder / "out.csv");
    std::string heading;
    std::string first;
    std::getline(file, heading);
    std::getline(file, first);
    EXPECT_EQ(heading, "code,state,mean,max,share_covered,share_without_data");
    EXPECT_EQ(first, "A,present,5.5,10,1,0");
}

TEST_F(Rasters, ZonalWritesALayer) {
    const auto called = run({"zonal", "--raster", values(), "-o", path("out.gpkg")});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_GT(std::filesystem::file_size(m_folder / "out.gpkg"), 1000U);
}

TEST_F(Rasters, ZonalWeighsByARasterOnAnotherGrid) {
    const auto weights = write("weights.tif", {.grid = {0.0, 1.0, 1.0, 1.0, 4, 1}, .bands = {{1, 2, 3, 4}}});
    const auto called = run({"zonal", "--raster", values(), "--weight-raster", weights, "--stats",
                             "weighted_sum,weighted_mean", "--format", "csv"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.out, HasSubstr("\nD,present,184,11.5,"));  // 4 (7 + 8 + 15 + 16)
}

TEST_F(Rasters, ZonalLeavesNothingWhenAFileIsCutShort) {
    std::vector<double> cells(64 * 16);
    std::iota(cells.begin(), cells.end(), 0.0);
    const auto raster = write("cut.tif", {.grid = {0.0, 1.0, 1.0 / 16, 1.0 / 16, 64, 16},
                                          .bands = {cells},
                                          .options = {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"}});
    std::filesystem::resize_file(raster, std::filesystem::file_size(raster) - 100);
    const auto before = contents_of(m_folder.path());
    const auto called = run({"zonal", "--raster", raster, "-o", path("out.csv")});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err, HasSubstr("cut.tif: block 3 of block row 0"));
    EXPECT_THAT(called.err, HasSubstr("cut short or damaged"));
    EXPECT_EQ(contents_of(m_folder.path()), before);
}

TEST_F(Rasters, ZonalSaysWhatItNeeds) {
    const auto called = run({"zonal", "--raster", values(), "--max-memory", "1MB"});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err, HasSubstr("give at least --max-memory"));
    EXPECT_EQ(run({"zonal", "--raster", values(), "--max-memory", "much"}).exit_code, 1);
    EXPECT_EQ(run({"zonal"}).exit_code, 2);
}

TEST_F(Rasters, ZonalOfNothingIsAnError) {
    const auto raster =
        write("empty.tif",
              {.grid = {0.0, 1.0, 0.5, 0.5, 8, 2}, .bands = {std::vector<double>(16, -9.0)}, .nodata = -9.0});
    const auto called = run({"zonal", "--raster", raster});
    EXPECT_EQ(called.exit_code, 3);
    EXPECT_THAT(called.err, HasSubstr("no cell of any region has data"));
}

TEST_F(Rasters, ExposureCountsPeopleAboveTheGuidelines) {
    const auto people =
        write("people.tif", {.grid = {0.0, 1.0, 1.0, 1.0, 4, 1}, .bands = {{100, 200, 300, 400}}});
    const auto called = run({"exposure", "--raster", values(), "--population-raster", "all=" + people,
                             "--thresholds", "who-pm25", "--format", "json"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto row = json::parse(called.out)["rows"][0];
    EXPECT_EQ(row["all"], 100.0);
    EXPECT_EQ(row["all_mean"], 5.5);      // 25 people each at 1 2 9 10
    EXPECT_EQ(row["all_above_5"], 50.0);  // 9 and 10
    EXPECT_EQ(row["all_above_10"], 0.0);
    const auto wrong =
        run({"exposure", "--raster", values(), "--population-raster", people, "--thresholds", "10,5"});
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_THAT(wrong.err, HasSubstr("5 comes after 10"));
}

TEST_F(Rasters, APlanMakesALayerOfThem) {
    values();
    write("people.tif", {.grid = {0.0, 1.0, 1.0, 1.0, 4, 1}, .bands = {{100, 200, 300, 400}}});
    write_text(m_folder / "plan.toml",
               "boundaries = { file = \"regions.geojson\", key = \"code\" }\n"
               "outputs = { vector_tiles = false, raster_tiles = false, site = false }\n"
               "[[zonal]]\nraster = \"values.tif\"\nstatistic = \"mean\"\nas = \"lights\"\nunit = \"nW\"\n"
               "[[exposure]]\nraster = \"values.tif\"\npopulation_rasters = \"people.tif\"\n"
               "thresholds = \"who-pm25\"\n");
    const auto called = tendik_run({"run", path("plan.toml"), "-o", path("atlas")});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto files = contents_of(m_folder / "atlas");
    EXPECT_THAT(files.at("tables/values.csv"), HasSubstr("lights,"));
    EXPECT_THAT(files.at("tables/zonal_1.csv"), HasSubstr("A,present,5.5,"));
    EXPECT_THAT(files.at("tables/exposure_1.csv"), HasSubstr("people_above_5"));
    EXPECT_THAT(files.at("manifest.json"), HasSubstr("\"name\": \"people.tif\""));
    EXPECT_THAT(files.at("manifest.json"), testing::Not(HasSubstr(m_folder.path().string())));
}

/// The table of tests/oracles/terra_lux.R.
struct Oracle {
    std::string key;
    double mean = 0.0;
    double count = 0.0;
    double mean_cut = 0.0;
    double count_cut = 0.0;
    double centres = 0.0;
};

std::vector<Oracle> oracle() {
    std::ifstream file(std::string(TENDIK_SOURCE_DIR) + "/tests/oracles/terra_lux.csv");
    std::string line;
    std::getline(file, line);
    std::vector<Oracle> rows;
    while (std::getline(file, line)) {
        for (auto& letter : line)
            if (letter == ',') letter = ' ';
        std::istringstream words(line);
        Oracle row;
        words >> row.key >> row.mean >> row.count >> row.mean_cut >> row.count_cut >> row.centres;
        rows.push_back(row);
    }
    return rows;
}

TEST(ZonalCommand, GivesTerrasMeansOfLuxembourg) {
    const std::filesystem::path data = "/usr/lib/R/site-library/terra/ex";
    if (!std::filesystem::exists(data / "elev.tif")) GTEST_SKIP() << "not here: r-cran-terra";
    const auto run_with = [&](const std::string& method) {
        const auto called = tendik_run({"zonal", "--raster", (data / "elev.tif").string(), "--boundaries",
                                        (data / "lux.shp").string(), "--key", "ID_2", "--method", method,
                                        "--format", "json"});
        EXPECT_EQ(called.exit_code, 0) << called.err;
        return json::parse(called.out)["rows"];
    };
    const auto exact = run_with("exact");
    const auto centre = run_with("centre");
    const auto expected = oracle();
    ASSERT_EQ(expected.size(), 12U);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(exact[i]["key"], expected[i].key);
        EXPECT_NEAR(exact[i]["mean"].get<double>(), expected[i].mean_cut, 1e-9);
        EXPECT_NEAR(exact[i]["count"].get<double>(), expected[i].count_cut, 1e-8);
        // The shares of extract(exact = TRUE) are floats: they miss the surface of a district by up to 7e-7.
        EXPECT_NEAR(exact[i]["mean"].get<double>() / expected[i].mean, 1.0, 3e-7);
        EXPECT_NEAR(exact[i]["count"].get<double>() / expected[i].count, 1.0, 1e-6);
        EXPECT_NEAR(centre[i]["mean"].get<double>(), expected[i].centres, 1e-9);
    }
}

}  // namespace
}  // namespace tendik::test
