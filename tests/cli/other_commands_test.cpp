// classify, regions, tiles, inspect, check and run: the main job of each.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Rows of a table of tests/oracles/ whose first column is `data`.
std::vector<std::vector<std::string>> oracle_rows(const std::string& name, const std::string& data) {
    std::ifstream stream(std::string(TENDIK_SOURCE_DIR "/tests/oracles/") + name);
    EXPECT_TRUE(stream.good()) << name;
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(stream, line);) {
        std::vector<std::string> fields;
        std::istringstream cells(line);
        for (std::string field; std::getline(cells, field, ',');)
            fields.push_back(field);
        if (fields.front() == data) rows.push_back(fields);
    }
    return rows;
}

TEST(ClassifyCommand, FindsTheBreaksOfJenks71ThatClassIntFinds) {
    const TemporaryFolder folder;
    std::string table = "key,value\n";
    for (const auto& row : oracle_rows("class_values.csv", "jenks71"))
        table += fmt::format("r{},{}\n", std::ranges::count(table, '\n'), row[1]);
    const auto file = write_text(folder / "jenks71.csv", table);
    std::size_t compared = 0;
    // Fisher-Jenks by R's classInt (style = "fisher"), see tests/oracles/class_breaks.R.
    for (const auto& row : oracle_rows("class_breaks.csv", "jenks71")) {
        if (row[1] != "fisher") continue;
        const auto called = tendik_run({"classify", "--table", file, "--key", "key", "--value", "value",
                                        "--scheme", "fisher", "--classes", row[2], "--format", "json"});
        ASSERT_EQ(called.exit_code, 0) << called.err;
        EXPECT_EQ(called.err, "");
        const auto result = json::parse(called.out);
        EXPECT_EQ(result["schema"], "tendik.classes/1");
        EXPECT_EQ(result["n"], 102);  // classInt's jenks71 has 102 counties
        std::istringstream counts(row[4]);
        std::vector<int> expected;
        for (int count = 0; counts >> count;)
            expected.push_back(count);
        EXPECT_EQ(result["counts"].get<std::vector<int>>(), expected) << row[2] << " classes";
        EXPECT_NEAR(result["gvf"].get<double>(), std::stod(row[5]), 1e-12);
        ++compared;
    }
    EXPECT_GE(compared, 3U);
}

TEST(ClassifyCommand, NamesTheColumnAsItIsWritten) {
    const TemporaryFolder folder;
    const auto file = write_text(folder / "figures.csv", "key,Дети до 5 лет\na,1\nb,1\nc,1\nd,1\n");
    const auto called = tendik_run(
        {"classify", "--table", file, "--key", "key", "--value", "Дети до 5 лет", "--year", "2020"});
    EXPECT_THAT(called.out, HasSubstr("Дети до 5 лет, 2020: 1 class of 4 values"));
}

TEST(ClassifyCommand, PrintsClassesWithTheirCounts) {
    const TemporaryFolder folder;
    const auto file = write_text(folder / "figures.csv", "key,value\na,1\nb,2\nc,3\nd,4\n");
    const auto called = tendik_run({"classify", "--table", file, "--key", "key", "--value", "value",
                                    "--scheme", "quantile", "--classes", "2"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_EQ(called.err, "");
    // The median of 1 2 3 4 is 2.5: two values on each side.
    EXPECT_THAT(called.out, AllOf(HasSubstr("value: 2 classes of 4 values by quantile"), HasSubstr("2.5")));
}

TEST(ClassifyCommand, GivesTheYearsOfASeriesOneSetOfBreaks) {
    const auto breaks_of = [](const char* year) {
        const auto called = tendik_run(
            {"classify", "--indicator", "improved_drinking_water", "--year", year, "--format", "json", "-q"});
        return json::parse(called.out);
    };
    EXPECT_EQ(breaks_of("2015")["regions"].size(), 16U);  // before June 2018
    const auto all = tendik_run({"classify", "--indicator", "improved_drinking_water", "-q"}).out;
    EXPECT_THAT(
        all, AllOf(HasSubstr("improved_drinking_water, 2006"), HasSubstr("improved_drinking_water, 2015")));
}

TEST(ClassifyCommand, TakesEveryScheme) {
    const TemporaryFolder folder;
    const auto file = write_text(folder / "rates.csv", "key,value\na,1\nb,3\nc,4\nd,8\ne,9\nf,25\n");
    for (const auto* scheme : {"quantile", "equal", "fisher", "head-tail", "std", "box", "percentile",
                               "pretty", "geometric", "max-breaks"}) {
        const auto called = tendik_run({"classify", "--table", file, "--key", "key", "--value", "value",
                                        "--scheme", scheme, "--format", "json", "-q"});
        ASSERT_EQ(called.exit_code, 0) << scheme << called.err;
        const auto result = json::parse(called.out);
        EXPECT_EQ(result.at("scheme"), scheme);
        std::size_t counted = 0;
        for (const std::size_t count : result.at("counts"))
            counted += count;
        EXPECT_EQ(counted, 6U) << scheme;
    }
}

TEST(ClassifyCommand, BreaksOfOnesOwnAreTheSchemeFixed) {
    const TemporaryFolder folder;
    const auto file = write_text(folder / "rates.csv", "key,value\na,1\nb,3\nc,4\nd,8\ne,9\n");
    const auto with = [&](const std::vector<std::string>& words) {
        std::vector<std::string> all{"classify", "--table", file,       "--key", "key",
                                     "--value",  "value",   "--format", "json",  "-q"};
        all.insert(all.end(), words.begin(), words.end());
        return tendik_run(all);
    };
    const auto result = json::parse(with({"--breaks", "5, 10"}).out);
    EXPECT_EQ(result.at("breaks"), (std::vector<double>{1, 5, 10}));
    EXPECT_EQ(result.at("counts"), (std::vector<int>{3, 2}));
    EXPECT_EQ(result.at("adcm"), 4.0);  // by hand: {1, 3, 4} around 3, {8, 9} around 8.5
    EXPECT_EQ(with({"--breaks", "5,x"}).exit_code, 2);
    EXPECT_EQ(with({"--breaks", "5,5"}).exit_code, 2);
    EXPECT_EQ(with({"--scheme", "fixed"}).exit_code, 2);
    EXPECT_EQ(with({"--scheme", "box", "--breaks", "5"}).exit_code, 2);
}

TEST(RegionsCommand, ListsTheUnitsOfAVintage) {
    const auto units = [](const char* vintage) {
        const auto called = tendik_run({"regions", "--vintage", vintage, "--format", "json"});
        EXPECT_EQ(called.err, "");
        return json::parse(called.out)["regions"].size();
    };
    EXPECT_EQ(units("pre-2018"), 16U);  // 14 oblasts, 2 cities
    EXPECT_EQ(units("2018"), 17U);      // and Shymkent
    EXPECT_EQ(units("2022"), 20U);      // and Abai, Jetisu, Ulytau
    EXPECT_THAT(tendik_run({"regions", "--format", "csv"}).out,
                testing::StartsWith("unit_id,region_code,iso_numeric,kato,kind,name_en"));
}

TEST(RegionsCommand, SaysWhichUnitANameMeansAndWhy) {
    const auto called =
        tendik_run({"regions", "match", "Алматинская обл.", "Шымкент", "KZ-AKM", "--vintage", "2018"});
    EXPECT_EQ(called.exit_code, 0) << called.out;
    EXPECT_EQ(called.err, "");
    EXPECT_THAT(called.out, HasSubstr("Алматинская обл.: KZ-ALM Almaty oblast ("));
    EXPECT_THAT(called.out, HasSubstr("Шымкент: KZ-SHY"));
    EXPECT_THAT(called.out, HasSubstr("KZ-AKM: KZ-AKM Akmola ("));
}

TEST(RegionsCommand, LeavesWithOneWhenANameIsAmbiguousOrUnknown) {
    const auto almaty = tendik_run({"regions", "match", "Almaty", "--vintage", "2018"});
    EXPECT_EQ(almaty.exit_code, 1);
    EXPECT_THAT(almaty.out, AllOf(HasSubstr("ambiguous"), HasSubstr("KZ-ALA"), HasSubstr("KZ-ALM")));
    const auto typing_error = tendik_run({"regions", "match", "Kostanai", "Atyrua", "--format", "json"});
    EXPECT_EQ(typing_error.exit_code, 1);
    const auto matches = json::parse(typing_error.out)["matches"];
    ASSERT_EQ(matches.size(), 2U);
    EXPECT_EQ(matches[1]["units"].size(), 0U);
    EXPECT_GE(matches[1]["suggestions"].size(), 1U);
}

TEST(RegionsCommand, TellsTheSouthKazakhstanOfOldFromTurkistan) {
    const auto old_unit = tendik_run({"regions", "match", "South Kazakhstan", "--format", "json"});
    EXPECT_EQ(json::parse(old_unit.out)["matches"][0]["units"], json({"KZ-YUZ@1997"}));
    const auto new_unit =
        tendik_run({"regions", "match", "Turkistan", "--vintage", "2018", "--format", "json"});
    EXPECT_EQ(json::parse(new_unit.out)["matches"][0]["units"], json({"KZ-YUZ@2018"}));
}

TEST(TilesCommand, WritesAnArchiveThatKeepsToTheSpecification) {
    const TemporaryFolder folder;
    const auto archive = (folder / "poverty.pmtiles").string();
    const auto called = tendik_run({"tiles", "--indicator", "poverty_below_subsistence_min", "--year", "2018",
                                    "--zoom", "0-3", "--report", "-o", archive});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.out,
                AllOf(HasSubstr("zoom"), HasSubstr("largest tile, bytes"), HasSubstr("archive: ")));
    // Every zoom holds all 17 units.
    EXPECT_THAT(called.out, testing::ContainsRegex(" 0 +1 +17 "));
    const auto verified = tendik_run({"inspect", archive, "--verify"});
    EXPECT_EQ(verified.exit_code, 0) << verified.out;
    EXPECT_EQ(verified.err, "");
    EXPECT_THAT(verified.out, AllOf(HasSubstr("zoom 0 to 3"), HasSubstr("keeps to the specification")));
    const auto result = json::parse(tendik_run({"inspect", archive, "--verify", "--format", "json"}).out);
    EXPECT_EQ(result["schema"], "tendik.archive/1");
    EXPECT_EQ(result["verified"], true);
    EXPECT_EQ(result["faults"], json::array());
}

TEST(TilesCommand, ADamagedArchiveLeavesInspectWithOne) {
    const TemporaryFolder folder;
    const auto archive = (folder / "poverty.pmtiles").string();
    ASSERT_EQ(tendik_run({"tiles", "--indicator", "poverty_below_subsistence_min", "--year", "2018", "--zoom",
                          "0-2", "-o", archive})
                  .exit_code,
              0);
    auto bytes = contents_of(folder.path())["poverty.pmtiles"];
    for (std::size_t i = bytes.size() - 200; i < bytes.size() - 100; ++i)
        bytes[i] = 'x';
    write_text(archive, bytes);
    EXPECT_EQ(tendik_run({"inspect", archive, "--verify"}).exit_code, 1);
}

TEST(TilesCommand, WritesTheSameBytesAtAnyNumberOfThreads) {
    const TemporaryFolder folder;
    for (const auto* name : {"tiles.pmtiles", "tiles.mbtiles"}) {
        std::vector<std::string> archives;
        for (const auto* jobs : {"1", "3"}) {
            const auto called =
                tendik_run({"tiles", "--indicator", "poverty_below_subsistence_min", "--year", "2018",
                            "--zoom", "0-3", "--jobs", jobs, "-o", (folder / name).string()});
            ASSERT_EQ(called.exit_code, 0) << called.err;
            archives.push_back(contents_of(folder.path())[name]);
        }
        EXPECT_TRUE(archives[0] == archives[1]) << name;
    }
}

TEST(CheckCommand, FindsNothingToWriteAndCountsWhatItFound) {
    const auto called = tendik_run({"check"});
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_THAT(called.out,
                testing::ContainsRegex("202 layers on 2 sets of boundaries; 0 errors, [0-9]+ warnings"));
    EXPECT_EQ(tendik_run({"check", "--fail-on", "warning"}).exit_code, 3);
    EXPECT_EQ(tendik_run({"check", "--fail-on", "never"}).exit_code, 0);
    EXPECT_EQ(tendik_run({"check", "--quiet"}).err, "");
}

TEST(CheckCommand, ShowsNotesWhenAskedTo) {
    const auto silent = tendik_run({"check"}).err;
    const auto loud = tendik_run({"check", "--verbose"}).err;
    EXPECT_THAT(silent, Not(HasSubstr("note: ")));
    EXPECT_GE(loud.size(), silent.size());
}

TEST(RunCommand, DryRunPrintsAPlanThatGivesTheSamePlan) {
    const TemporaryFolder folder;
    const auto first = tendik_run({"run", "--dry-run", "-o", (folder / "atlas").string()});
    EXPECT_EQ(first.exit_code, 0);
    EXPECT_EQ(first.err, "");
    EXPECT_THAT(first.out, HasSubstr("schema = \"tendik.plan/1\""));
    const auto plan = write_text(folder / "plan.toml", first.out);
    EXPECT_EQ(tendik_run({"run", plan, "--dry-run"}).out, first.out);
    EXPECT_EQ(contents_of(folder.path()).size(), 1U) << "a dry run writes nothing";
}

TEST(RunCommand, SettingsOverrideThePlan) {
    const auto called = tendik_run({"run", "--dry-run", "--set", "maps.classes=4", "--set",
                                    "tiles.zoom=[1, 3]", "--set", "maps.scheme=quantile"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.out, AllOf(HasSubstr("classes = 4\n"), HasSubstr("zoom = [1, 3]\n"),
                                  HasSubstr("scheme = \"quantile\"\n")));
    const auto wrong = tendik_run({"run", "--dry-run", "--set", "maps.classes"});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("write --set KEY=VALUE"));
}

TEST(RunCommand, OnlyTheStepsAskedForAreWritten) {
    const TemporaryFolder folder;
    const auto called = tendik_run({"run", "-o", (folder / "atlas").string(), "--only", "tables"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    std::vector<std::string> files;
    for (const auto& [name, content] : contents_of(folder / "atlas"))
        files.push_back(name);
    EXPECT_THAT(files,
                testing::ElementsAre("manifest.json", "tables", "tables/autocorrelation_1.csv",
                                     "tables/autocorrelation_2.csv", "tables/contributions.csv",
                                     "tables/exposure_1.csv", "tables/index_1.csv", "tables/joins.csv",
                                     "tables/measures.csv", "tables/points.csv", "tables/proximity_1.csv",
                                     "tables/proximity_1_sites.csv", "tables/surface_people_2020.csv",
                                     "tables/surface_pm25_2019.csv", "tables/values.csv"));
    EXPECT_THAT(called.err, HasSubstr("tables/measures.csv"));
    EXPECT_THAT(called.err, Not(HasSubstr("site/index.html")));
}

TEST(RunCommand, SaysWhichOutputsOfAnEarlierRunGo) {
    const TemporaryFolder folder;
    const auto land = (folder / "land").string();
    ASSERT_EQ(tendik_run_bare({"new", land}).exit_code, 0);
    const auto run_only = [&](const char* steps) {
        return tendik_run({"run", land + "/plan.toml", "-o", (folder / "atlas").string(), "--only", steps});
    };
    EXPECT_THAT(run_only("tables,layers").err, Not(HasSubstr("outputs-removed")));
    const auto second = run_only("layers");
    EXPECT_EQ(second.exit_code, 0) << second.err;
    EXPECT_THAT(second.err, AllOf(HasSubstr("[outputs-removed]"), HasSubstr("left tables here")));
    EXPECT_THAT(contents_of(folder / "atlas").at("manifest.json"), Not(HasSubstr("outputs-removed")));
    EXPECT_THAT(run_only("layers").err, Not(HasSubstr("outputs-removed")));
}

TEST(RunCommand, TellsAPlannerTheMainFigures) {
    const TemporaryFolder folder;
    const auto called = tendik_run({"run", "-o", (folder / "atlas").string(), "--only", "tables", "-q"});
    EXPECT_EQ(called.err, "");
    // Figures of nutrition.csv, water.csv and poverty.csv; 9.5 = 11.8 - 2.3, 5.13 = 11.8 / 2.3.
    EXPECT_THAT(called.out,
                testing::ContainsRegex("2015 +16 +8[.]0 +7[.]98 +Atyrau 11[.]8 +North Kazakhstan 2[.]3 "
                                       "+9[.]5 +5[.]13"));
    EXPECT_THAT(called.out, AllOf(HasSubstr("West Kazakhstan 80"), HasSubstr("Turkistan 10.6"),
                                  HasSubstr("Nur-Sultan (Astana) 0.9")));
}

TEST(RunCommand, TheManifestHoldsNoPathOfTheMachine) {
    const TemporaryFolder folder;
    write_text(folder / "in/regions.geojson", four_squares());
    write_text(folder / "in/data/figures.csv", "code,percent\nA,10\nB,20\nC,30\n");
    const auto plan =
        write_text(folder / "in/plan.toml",
                   "boundaries = { file = \"regions.geojson\", key = \"code\" }\n"
                   "[join]\nallow_unmatched = 1\n"
                   "[[indicators]]\ntable = \"data/figures.csv\"\nkey = \"code\"\nvalue = \"percent\"\n");
    const auto called =
        tendik_run({"run", plan, "-o", (folder / "atlas").string(), "--only", "tables,layers"});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    for (const auto& [name, content] : contents_of(folder / "atlas")) {
        EXPECT_EQ(content.find(folder.path().string()), std::string::npos) << name;
        EXPECT_EQ(content.find(TENDIK_SOURCE_DIR), std::string::npos) << name;
    }
    const auto manifest = json::parse(contents_of(folder / "atlas").at("manifest.json"));
    std::vector<std::string> inputs;
    for (const auto& input : manifest["inputs"]) {
        inputs.push_back(input["name"]);
        EXPECT_EQ(input["sha256"].get<std::string>().size(), 64U);
    }
    EXPECT_THAT(inputs, testing::ElementsAre("plan.toml", "regions.geojson", "data/figures.csv"));
    EXPECT_EQ(manifest["findings"][0]["code"], "unmatched-region");
}

TEST(RunCommand, ASecondRunGivesTheSameBytes) {
    const TemporaryFolder folder;
    const auto made = [&](const char* jobs) {
        const auto called =
            tendik_run({"run", "-o", (folder / "atlas").string(), "--only", "tables,layers,vector-tiles",
                        "--set", "tiles.zoom=[0, 3]", "--jobs", jobs});
        EXPECT_EQ(called.exit_code, 0) << called.err;
        return contents_of(folder / "atlas");
    };
    const auto first = made("1");
    const auto second = made("3");
    ASSERT_EQ(first.size(), second.size());
    for (const auto& [name, content] : first)
        EXPECT_TRUE(second.at(name) == content) << name;
}

}  // namespace
}  // namespace tendik::test
