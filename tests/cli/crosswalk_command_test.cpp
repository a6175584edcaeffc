// Values carried between two sets of boundaries, by the command.
#include "program_run.h"
#include "support/raster_file.h"
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

const std::string population = TENDIK_SOURCE_DIR "/geodata/kazakhstan/indicators/population.csv";

std::string square(const std::string& key, double west, double east) {
    return fmt::format(R"({{"type":"Feature","properties":{{"code":"{0}"}},"geometry":{{"type":"Polygon",)"
                       R"("coordinates":[[[{1},0],[{2},0],[{2},1],[{1},1],[{1},0]]]}}}})",
                       key, west, east);
}

std::string land(const std::vector<std::string>& features) {
    return R"({"type":"FeatureCollection","features":[)" + fmt::format("{}", fmt::join(features, ",")) +
           "]}\n";
}

class CrosswalkCommand : public testing::Test {
protected:
    /// A (two squares) and B become A (one square) and C (the other and B).
    ProgramRun made_land(const std::vector<std::string>& more) {
        std::vector<std::string> words{
            "crosswalk",
            "--from",
            write_text(m_folder / "old.geojson", land({square("A", 0, 2), square("B", 2, 3)})),
            "--to",
            write_text(m_folder / "new.geojson", land({square("A", 0, 1), square("C", 1, 3)})),
            "--apply",
            write_text(m_folder / "t.csv", "code,births,rate,people\nA,10,20,300\nB,4,50,100\n")};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    TemporaryFolder m_folder;
};

TEST_F(CrosswalkCommand, TellsWhatBecameOfSouthKazakhstan) {
    const auto called = tendik_run({"crosswalk", "--from", "pre-2018", "--to", "2018"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(
        called.out,
        AllOf(HasSubstr("15 of 17 regions are the same, shares by area"),
              testing::ContainsRegex("South Kazakhstan \\(KZ-YUZ@1997\\) +Turkistan[^\n]+split +99.0 %"),
              testing::ContainsRegex("Shymkent \\(KZ-SHY\\) +split +1.0 % +100.0 %")));
    const auto rows = json::parse(
        tendik_run({"crosswalk", "--from", "pre-2018", "--to", "2018", "--format", "json"}).out)["rows"];
    ASSERT_EQ(rows.size(), 17U);
    for (const auto& row : rows)
        if (row["to"] == "KZ-SHY") {
            // geodata/kazakhstan/ORIGIN.toml: Shymkent is drawn with its 1170 km2; before it was part of
            // 115,500.7 km2
            EXPECT_NEAR(row["area_km2"].get<double>(), 1170.0, 0.5);
            EXPECT_NEAR(row["from_share"].get<double>(), 1170.0 / 115500.7, 1e-5);
        }
}

TEST_F(CrosswalkCommand, SpeaksRussianAndKazakh) {
    const auto russian = tendik_run({"crosswalk", "--from", "pre-2018", "--to", "2018", "--language", "ru"});
    EXPECT_THAT(russian.out, AllOf(HasSubstr("без изменений 15 из 17 регионов, доли: по площади"),
                                   HasSubstr("разделён"), HasSubstr("99,0 %")));
    const auto kazakh = made_land({"--extensive", "births", "--language", "kk"});
    EXPECT_THAT(kazakh.out,
                AllOf(HasSubstr("births: 2 өңірдің 2 мәні бар"), HasSubstr("бұрынғы қосынды 14")));
}

TEST_F(CrosswalkCommand, CarriesTheTotalsOfALongTableAndKeepsTheirSum) {
    const auto called = tendik_run({"crosswalk", "--from", "pre-2018", "--to", "2018", "--apply", population,
                                    "--value", "value", "--extensive", "population_total", "--year", "2016"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    double before = 0.0;
    double after = 1.0;
    const auto at = called.out.find("sum ");
    ASSERT_NE(at, std::string::npos) << called.out;
    ASSERT_EQ(std::sscanf(called.out.c_str() + at, "sum %lf before, %lf after", &before, &after), 2);
    EXPECT_GT(before, 17e6);  // people of Kazakhstan
    EXPECT_NEAR(after / before, 1.0, 1e-12);
}

TEST_F(CrosswalkCommand, WeighsRatesByTheirPeopleAndFlagsWhatIsEstimated) {
    const auto called =
        made_land({"--extensive", "births", "--intensive", "rate", "--weight", "people", "--format", "json"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    const auto values = json::parse(called.out)["values"];
    ASSERT_EQ(values.size(), 4U);
    EXPECT_NEAR(values[0]["value"].get<double>(), 5.0, 1e-9);  // half of 10
    EXPECT_NEAR(values[1]["value"].get<double>(), 9.0, 1e-9);
    EXPECT_EQ(values[0]["inherited"], true);
    EXPECT_NEAR(values[3]["value"].get<double>(), 32.0, 1e-9);  // (150 * 20 + 100 * 50) / 250
}

TEST_F(CrosswalkCommand, SharesByWhatLiesInARaster) {
    // The squares from west to east have 1, 3 and 4 people.
    write_raster(m_folder / "people.tif", {.grid = {0.0, 1.0, 1.0, 1.0, 3, 1}, .bands = {{1.0, 3.0, 4.0}}});
    const auto raster = (m_folder / "people.tif").string();
    const auto called = made_land({"--extensive", "births", "--weight-raster", raster, "--format", "json"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    const auto result = json::parse(called.out);
    EXPECT_EQ(result["weighed_by"], "people.tif");
    EXPECT_NEAR(result["rows"][0]["from_share"].get<double>(), 0.25, 1e-9);
    EXPECT_NEAR(result["values"][0]["value"].get<double>(), 2.5, 1e-9);   // 1 of 4 people of A has 10 births
    EXPECT_NEAR(result["values"][1]["value"].get<double>(), 11.5, 1e-9);  // the other 3, and B with its 4
    EXPECT_THAT(made_land({"--extensive", "births", "--weight-raster", raster}).out,
                HasSubstr("shares by people.tif"));
    const auto absent =
        made_land({"--extensive", "births", "--weight-raster", (m_folder / "absent.tif").string()});
    EXPECT_EQ(absent.exit_code, 1);
    EXPECT_THAT(absent.err, HasSubstr("absent.tif"));
}

TEST_F(CrosswalkCommand, WritesALayerATableAndTheShares) {
    const auto folder = m_folder / "out";
    EXPECT_EQ(made_land({"--extensive", "births", "-o", (folder / "new.gpkg").string()}).exit_code, 0);
    EXPECT_EQ(made_land({"--extensive", "births", "-o", (folder / "new.csv").string()}).exit_code, 0);
    const auto files = contents_of(folder);
    EXPECT_THAT(files.at("new.csv"),
                HasSubstr("code,name_en,births,births_state,births_inherited,share_covered,"
                          "largest_source_share,effective_sources\n"));
    EXPECT_THAT(files.at("new.csv"), HasSubstr("\nC,"));
    EXPECT_THAT(files.at("new.gpkg"), HasSubstr("births_inherited"));
    const auto shares = tendik_run({"crosswalk", "--from", (m_folder / "old.geojson").string(), "--to",
                                    (m_folder / "new.geojson").string(), "--format", "csv"});
    EXPECT_THAT(shares.out, HasSubstr("from,to,area_km2,amount,from_share,to_share,change\nA,A,"));
}

/// The same land with D beside it, which stays as it is, and a plan that carries figures of the old units.
class CrosswalkInAPlan : public testing::Test {
protected:
    CrosswalkInAPlan() {
        write_text(m_folder / "old.geojson", land({square("A", 0, 2), square("B", 2, 3), square("D", 3, 4)}));
        write_text(m_folder / "new.geojson", land({square("A", 0, 1), square("C", 1, 3), square("D", 3, 4)}));
        write_text(m_folder / "old.csv", "code,births,rate,people\nA,10,20,300\nB,4,50,100\nD,7,40,100\n");
    }
    ProgramRun with(const std::string& inheritance, const std::string& command = "run") {
        write_text(m_folder / "plan.toml",
                   fmt::format("[[boundaries]]\nfile = \"old.geojson\"\nkey = \"code\"\nvintage = \"2010\"\n"
                               "[[boundaries]]\nfile = \"new.geojson\"\nkey = \"code\"\nvintage = \"2020\"\n"
                               "[[indicators]]\ntable = \"old.csv\"\nkey = \"code\"\nvalue = \"births\"\n"
                               "kind = \"total\"\ndisplay = \"symbols\"\nvintage = \"2020\"\n{0}"
                               "[[indicators]]\ntable = \"old.csv\"\nkey = \"code\"\nvalue = \"rate\"\n"
                               "weight = \"people\"\nvintage = \"2020\"\n{0}",
                               inheritance));
        std::vector<std::string> words{command, (m_folder / "plan.toml").string()};
        if (command == "run")
            words.insert(words.end(),
                         {"--only", "layers,tables,report", "-o", (m_folder / "atlas").string(), "-v"});
        return tendik_run(words);
    }
    std::string text_of(const std::string& name) { return contents_of(m_folder / "atlas").at(name); }

    TemporaryFolder m_folder;
};

TEST_F(CrosswalkInAPlan, CarriesTotalsByGroundAndRatesByPeople) {
    const auto called = with("inherit_from = \"2010\"\ninherit_by = \"area\"\n");
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(
        called.err,
        HasSubstr("'rate': 2 of 3 regions of 2020 are estimated from units of 2010, and count nowhere: "
                  "'A' from A 100 %, 'C' from A 50 % + B 50 % ["));
    EXPECT_THAT(called.out,
                HasSubstr("on the units of 2020: estimated from what they share with the units of 2010, "
                          "counted nowhere: 2 of 3 regions"));
    const auto values = text_of("tables/values.csv");
    // Half of A's ground is C's: 10 / 2 births, and 10 / 2 + 4. Rates by people: (20 x 150 + 50 x 100) / 250.
    for (const auto* row :
         {"births,,2020,A,A,A,A,5,present,1,A,", "births,,2020,C,C,C,C,9,present,1,A+B,",
          "births,,2020,D,D,D,D,7,present,0,,", "rate,,2020,A,A,A,A,20,present,1,A,",
          "rate,,2020,C,C,C,C,32,present,1,A+B,", "rate,,2020,D,D,D,D,40,present,0,,1,100,"})
        EXPECT_THAT(values, HasSubstr(row));
    EXPECT_THAT(text_of("tables/measures.csv"), HasSubstr("rate,,2020,1,people,,mean,40,"));
}

TEST_F(CrosswalkInAPlan, TakesPeopleOfARaster) {
    // Three quarters of A's people live where C is now: 10 / 4 births, and 3 x 10 / 4 + 4.
    write_raster(m_folder / "people.tif",
                 {.grid = {0.0, 1.0, 1.0, 1.0, 4, 1}, .bands = {{1.0, 3.0, 4.0, 1.0}}});
    const auto called = with("inherit_from = \"2010\"\ninherit_by = \"people.tif\"\n");
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(text_of("tables/values.csv"), AllOf(HasSubstr("births,,2020,A,A,A,A,2.5,present,1,A,"),
                                                    HasSubstr("births,,2020,C,C,C,C,11.5,present,1,A+B,")));
}

TEST_F(CrosswalkInAPlan, TellsTheRasterAsAnInputWithoutItsPlace) {
    write_raster(m_folder / "people.tif",
                 {.grid = {0.0, 1.0, 1.0, 1.0, 4, 1}, .bands = {{1.0, 3.0, 4.0, 1.0}}});
    ASSERT_EQ(with("inherit_from = \"2010\"\ninherit_by = \"people.tif\"\n").exit_code, 0);
    EXPECT_THAT(text_of("manifest.json"),
                AllOf(HasSubstr("\"name\": \"people.tif\""), HasSubstr("inherit_by = \\\"people.tif\\\""),
                      testing::Not(HasSubstr(m_folder.path().string()))));
}

TEST_F(CrosswalkInAPlan, RefusesWhatHasNothingToCarryFromOrIsSaidTwice) {
    const auto said = [&](const std::string& inheritance) {
        const auto called = with(inheritance, "check");
        EXPECT_EQ(called.exit_code, 1);
        return called.err;
    };
    EXPECT_THAT(said("inherit_by = \"area\"\n"),
                AllOf(HasSubstr("'indicators[0].inherit_by'"), HasSubstr("nothing is inherited")));
    EXPECT_THAT(said("inherit_from = \"2010\"\ninherit_by = \"area\"\nsplit_totals = \"people\"\n"),
                HasSubstr("keep one of inherit_by and split_totals"));
    EXPECT_THAT(said("inherit_from = \"2009\"\ninherit_by = \"area\"\n"),
                AllOf(HasSubstr("'births' inherits from the units of '2009'"), HasSubstr("no boundaries of"),
                      HasSubstr("[[boundaries]] with vintage = \"2009\"")));
    EXPECT_THAT(said("inherit_from = \"2020\"\ninherit_by = \"area\"\n"), HasSubstr("'2020'"));
    EXPECT_THAT(said("inherit_from = \"2010\"\ninherit_by = \"surface:pm25\"\n"),
                HasSubstr("surfaces are made after"));
    EXPECT_THAT(said("inherit_from = \"2010\"\n"), HasSubstr("inherit_by = \"area\""));
    // Shared out between A and C, whose estimates no later check looks at.
    write_text(m_folder / "old.csv", "code,births,rate,people\nA,10,20,-300\nB,4,50,100\nD,7,40,100\n");
    EXPECT_THAT(said("inherit_from = \"2010\"\ninherit_by = \"area\"\n"),
                HasSubstr("weight 'people' of region 'A' is -300"));
}

TEST_F(CrosswalkCommand, RefusesWordsThatDoNothingAndColumnsThatAreNotThere) {
    EXPECT_EQ(made_land({}).exit_code, 2);
    EXPECT_THAT(made_land({}).err, HasSubstr("none of its columns is named"));
    EXPECT_THAT(made_land({"--extensive", "births", "--weight", "people"}).err,
                HasSubstr("--weight weighs rates, and none is named"));
    EXPECT_EQ(made_land({"--extensive", "births", "--weight", "people"}).exit_code, 2);
    EXPECT_THAT(made_land({"--extensive", "births", "--intensive", "births"}).err,
                HasSubstr("'births' is asked for twice"));
    EXPECT_THAT(made_land({"--extensive", "birth"}).err, HasSubstr("'births'"));
    const auto low = made_land({"--extensive", "births", "--same-share", "0.3"});
    EXPECT_EQ(low.exit_code, 1);
    EXPECT_THAT(low.err, HasSubstr("the share from which regions are the same is 0.3"));
    const auto shares_only = tendik_run(
        {"crosswalk", "--from", "pre-2018", "--to", "2018", "-o", (m_folder / "shares.gpkg").string()});
    EXPECT_EQ(shares_only.exit_code, 1);
    EXPECT_THAT(shares_only.err, HasSubstr("is a table and no layer"));
}

}  // namespace
}  // namespace tendik::test
