// What cannot be used is refused with code 1, where it stands and what next; nothing is written, and what was
// there before stays.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* good_table = "code,percent,people\nA,10,100\nB,20,100\nC,30,200\nD,40,400\n";
constexpr const char* good_plan =
    "boundaries = { file = \"regions.geojson\", key = \"code\" }\n"
    "[[indicators]]\n"
    "table = \"figures.csv\"\n"
    "key = \"code\"\n"
    "value = \"percent\"\n";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

/// A folder with boundaries, a table, a plan and the output of an earlier join, all sound.
class BadInput : public testing::Test {
protected:
    BadInput() {
        write("regions.geojson", four_squares());
        write("figures.csv", good_table);
        write("plan.toml", good_plan);
        write("joined.gpkg", "the layer of yesterday");
    }
    std::string write(const std::string& name, const std::string& text) {
        return write_text(m_folder / name, text);
    }
    std::string place(const std::string& name) const { return (m_folder / name).string(); }

    ProgramRun join(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"join",         "--key",      "code",    "--table-key",        "code",
                                       "--boundaries", m_boundaries, "--table", place("figures.csv"), "-o",
                                       m_output};
        words.insert(words.end(), more.begin(), more.end());
        if (std::ranges::find(more, "--value") == more.end())
            words.insert(words.end(), {"--value", "percent"});
        return tendik_run(words);
    }
    ProgramRun run_plan(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"run", place("plan.toml"), "-o", place("atlas"), "--only", "tables"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    /// The message of a call that must fail with code 1 and leave the folder as it was.
    template <typename Call>
    std::string refusal(Call call) const {
        const auto before = contents_of(m_folder.path());
        const ProgramRun called = call();
        EXPECT_EQ(called.exit_code, 1) << called.err;
        EXPECT_EQ(called.out, "");
        EXPECT_THAT(called.err, testing::StartsWith("error: "));
        EXPECT_EQ(contents_of(m_folder.path()), before) << "the folder has changed";
        return called.err;
    }
    std::string refused_join(const std::vector<std::string>& more = {}) const {
        return refusal([&] { return join(more); });
    }
    std::string refused_table(const std::string& text) {
        write("figures.csv", text);
        const auto by_plan = refusal([&] { return run_plan(); });
        const auto by_join = refused_join();
        EXPECT_THAT(by_plan, HasSubstr("while running plan")) << "a plan and a command refuse alike";
        return by_join;
    }

    TemporaryFolder m_folder;
    std::string m_boundaries = place("regions.geojson");
    std::string m_output = place("joined.gpkg");
};

TEST_F(BadInput, TheFolderOfTheseTestsIsSoundBeforehand) {
    EXPECT_EQ(run_plan().exit_code, 0);
    EXPECT_EQ(join().exit_code, 0);
    EXPECT_NE(contents_of(m_folder.path())["joined.gpkg"], "the layer of yesterday");
}

TEST_F(BadInput, NoSuchFileOfBoundariesNamesTheNearest) {
    m_boundaries = place("region.geojson");
    EXPECT_THAT(refused_join(), AllOf(HasSubstr("region.geojson: no such file"),
                                      HasSubstr("hint: did you mean"), HasSubstr("regions.geojson")));
}

TEST_F(BadInput, NoSuchTable) {
    std::filesystem::remove(place("figures.csv"));
    EXPECT_THAT(refused_join(), AllOf(HasSubstr("figures.csv: no such file"),
                                      HasSubstr("while reading table"), HasSubstr("hint: ")));
}

TEST_F(BadInput, NoSuchPlan) {
    const auto said = refusal([&] { return tendik_run({"check", place("plam.toml")}); });
    EXPECT_THAT(said, AllOf(HasSubstr("no such plan"), HasSubstr("plam.toml"), HasSubstr("hint: ")));
}

TEST_F(BadInput, NoSuchArchive) {
    const auto said = refusal([&] { return tendik_run({"inspect", place("tiles.pmtiles")}); });
    EXPECT_THAT(said, AllOf(HasSubstr("no such archive"), HasSubstr("hint: ")));
}

TEST_F(BadInput, AnArchiveThatIsNone) {
    const auto said = refusal([&] { return tendik_run({"inspect", place("figures.csv")}); });
    EXPECT_THAT(said, AllOf(HasSubstr("figures.csv"), HasSubstr("hint: ")));
}

TEST_F(BadInput, NoSuchLayerNamesTheLayers) {
    ASSERT_EQ(
        tendik_run({"join", "--boundaries", m_boundaries, "--key", "code", "--table", place("figures.csv"),
                    "--table-key", "code", "--value", "percent", "-o", place("layers.gpkg")})
            .exit_code,
        0);
    m_boundaries = place("layers.gpkg") + ":oblasts";
    EXPECT_THAT(refused_join(),
                AllOf(HasSubstr("no layer 'oblasts'"), HasSubstr("the layers are: 'joined'")));
}

TEST_F(BadInput, NoSuchColumnOfTheTableNamesTheNearestAndAll) {
    EXPECT_THAT(refused_join({"--value", "pecent"}),
                AllOf(HasSubstr("figures.csv, line 1: no column 'pecent', did you mean 'percent'?"),
                      HasSubstr("the columns are: 'code', 'percent', 'people'")));
}

TEST_F(BadInput, NoSuchColumnOfTheBoundariesNamesTheNearestAndAll) {
    write("plan.toml", replaced(good_plan, "key = \"code\" }", "key = \"cod\" }"));
    EXPECT_THAT(refusal([&] { return run_plan(); }), AllOf(HasSubstr("no column 'cod', did you mean 'code'?"),
                                                           HasSubstr("the columns are: 'code', 'name'")));
}

TEST_F(BadInput, AnEmptyTable) {
    EXPECT_THAT(refused_table(""), AllOf(HasSubstr("figures.csv: the table is empty"), HasSubstr("hint: ")));
    EXPECT_THAT(refused_table("code,percent\n"),
                AllOf(HasSubstr("has a heading and no row"), HasSubstr("hint: ")));
}

TEST_F(BadInput, AKeyTwiceInTheTableNamesBothLines) {
    EXPECT_THAT(
        refused_table("code,percent\nA,10\nB,20\nC,30\nD,40\nA,50\n"),
        AllOf(HasSubstr("'A' in line 2 and 'A' in line 6"), HasSubstr("keep one row for each region")));
}

TEST_F(BadInput, AKeyTwiceInTheBoundariesNamesBothFeatures) {
    write("regions.geojson", squares_named({"A", "B", "C", "A"}));
    EXPECT_THAT(refused_join(),
                AllOf(HasSubstr("features 1 and 4 have the same key 'A'"), HasSubstr("hint: ")));
}

TEST_F(BadInput, KeysOfWhichNoneMatches) {
    EXPECT_THAT(refused_table("code,percent\nW1,10\nX1,20\nY1,30\nZ1,40\n"),
                AllOf(HasSubstr("0 of 4 regions matched"), HasSubstr("line 2: 'W1'"),
                      HasSubstr("'D' (Region D)"), HasSubstr("hint: compare the key columns")));
}

TEST_F(BadInput, NothingMatchesIsRefusedWhateverIsAllowed) {
    write("figures.csv", "code,percent\nW1,10\nX1,20\n");
    EXPECT_THAT(refused_join({"--allow-unmatched", "100"}), HasSubstr("0 of 4 regions matched"));
}

TEST_F(BadInput, TextInANumberColumn) {
    EXPECT_THAT(refused_table("code,percent\nA,10\nB,n/a\nC,30\nD,40\n"),
                AllOf(HasSubstr("figures.csv, line 3, column 2 (percent): 'n/a' is text, expected a number"),
                      HasSubstr("missing = [\"n/a\"]")));
}

TEST_F(BadInput, NumbersThatAreNotFinite) {
    EXPECT_THAT(
        refused_table("code,percent\nA,10\nB,20\nC,NaN\nD,40\n"),
        AllOf(HasSubstr("line 4, column 2 (percent): 'NaN' is not a finite number"), HasSubstr("hint: ")));
    EXPECT_THAT(
        refused_table("code,percent\nA,10\nB,20\nC,30\nD,inf\n"),
        AllOf(HasSubstr("line 5, column 2 (percent): 'inf' is not a finite number"), HasSubstr("hint: ")));
}

TEST_F(BadInput, ARowOfAnotherLength) {
    EXPECT_THAT(refused_table("code,percent\nA,10\nB,20,5\nC,30\nD,40\n"),
                AllOf(HasSubstr("figures.csv, line 3: 3 fields, the heading has 2"), HasSubstr("hint: ")));
}

TEST_F(BadInput, AnUnknownKeyOfThePlanNamesTheNearest) {
    write("plan.toml", replaced(good_plan, "value = ", "valu = "));
    const auto said = refusal([&] { return run_plan(); });
    EXPECT_THAT(said, AllOf(HasSubstr("plan.toml, line 5, column "), HasSubstr("valu"),
                            HasSubstr("did you mean 'value'?")));
    EXPECT_EQ(refusal([&] {
                  return tendik_run({"check", place("plan.toml")});
              }).substr(0, said.find('\n')),
              said.substr(0, said.find('\n')));
}

TEST_F(BadInput, AnUnknownKeyOfASettingNamesTheNearest) {
    EXPECT_THAT(refusal([&] {
                    return run_plan({"--set", "maps.clases=4"});
                }),
                AllOf(HasSubstr("--set"), HasSubstr("maps.clases"), HasSubstr("did you mean 'classes'?")));
}

TEST_F(BadInput, BrokenToml) {
    write("plan.toml", "boundaries = { file = \"regions.geojson\"\n");
    EXPECT_THAT(refusal([&] { return run_plan(); }),
                AllOf(HasSubstr("plan.toml, line 1, column "), HasSubstr("hint: ")));
}

TEST_F(BadInput, APlanWithoutIndicators) {
    write("plan.toml", "boundaries = { file = \"regions.geojson\", key = \"code\" }\n");
    EXPECT_THAT(refusal([&] { return run_plan(); }), AllOf(HasSubstr("no indicator"), HasSubstr("hint: ")));
}

TEST_F(BadInput, ACoordinateThatIsNoNumber) {
    write("regions.geojson", replaced(four_squares(), "[3,1]", "[3,NaN]"));
    EXPECT_THAT(refused_join(),
                AllOf(HasSubstr("regions.geojson, feature 3, region 'C', part 1, ring 1, vertex 3"),
                      HasSubstr("not finite"), HasSubstr("hint: ")));
}

TEST_F(BadInput, BoundariesWithoutACrs) {
    ASSERT_EQ(
        tendik_run({"join", "--boundaries", m_boundaries, "--key", "code", "--table", place("figures.csv"),
                    "--table-key", "code", "--value", "percent", "-o", place("shapes/regions.shp")})
            .exit_code,
        0);
    ASSERT_TRUE(std::filesystem::remove(place("shapes/regions.prj")));
    m_boundaries = place("shapes/regions.shp");
    EXPECT_THAT(refused_join(),
                AllOf(HasSubstr("no coordinate reference system"), HasSubstr("ogr2ogr -a_srs")));
}

TEST_F(BadInput, AnOutputBelowARegularFile) {
    m_output = place("figures.csv/joined.gpkg");
    EXPECT_THAT(refused_join(),
                AllOf(HasSubstr("figures.csv"), HasSubstr("hint: a part of the path is a regular "
                                                          "file")));
    EXPECT_THAT(refusal([&] {
                    return tendik_run({"run", place("plan.toml"), "-o", place("figures.csv/atlas")});
                }),
                HasSubstr("hint: a part of the path is a regular file"));
    EXPECT_THAT(refusal([&] {
                    return tendik_run({"tiles", "--boundaries", m_boundaries, "--key", "code", "--table",
                                       place("figures.csv"), "--table-key", "code", "--value", "percent",
                                       "--zoom", "0-1", "-o", place("figures.csv/tiles.pmtiles")});
                }),
                HasSubstr("figures.csv"));
}

TEST_F(BadInput, AnOutputThatIsAFolderOrAFileOfAnotherKind) {
    EXPECT_THAT(refusal([&] {
                    return tendik_run({"run", place("plan.toml"), "-o", place("figures.csv")});
                }),
                HasSubstr("is a file, not a folder"));
    m_output = place("joined.docx");
    EXPECT_THAT(refused_join(), AllOf(HasSubstr("unknown ending '.docx'"), HasSubstr(".gpkg")));
}

TEST_F(BadInput, AFolderThatIsNoAtlasIsNotReplaced) {
    write("atlas/letter.txt", "dear planner");
    EXPECT_THAT(refusal([&] { return run_plan(); }),
                AllOf(HasSubstr("was not made by this program"), HasSubstr("hint: ")));
}

TEST_F(BadInput, AFailedRunLeavesTheOldAtlasAsItWas) {
    ASSERT_EQ(run_plan().exit_code, 0);
    refused_table("code,percent\nA,10\nB,n/a\nC,30\nD,40\n");
}

TEST_F(BadInput, AValueOutOfTheBoundsOfTheCatalogue) {
    // Stunting is a percentage: 0 to 100 in the built-in catalogue.
    write("plan.toml",
          "boundaries = { file = \"regions.geojson\", key = \"code\" }\n"
          "[data]\ncatalogue = \"" TENDIK_SOURCE_DIR
          "/geodata/kazakhstan/catalogue.toml\"\n"
          "[[indicators]]\ncode = \"stunting_moderate_severe\"\ntable = \"figures.csv\"\n"
          "key = \"code\"\nvalue = \"percent\"\n");
    write("figures.csv", "code,percent\nA,10\nB,120\nC,30\nD,40\n");
    EXPECT_THAT(
        refusal([&] { return run_plan(); }),
        AllOf(HasSubstr("'stunting_moderate_severe' of region 'B' is 120, outside of its bounds 0 to 100"),
              HasSubstr("hint: ")));
}

TEST_F(BadInput, AWeightOfZero) {
    const auto table = write("figures.csv", "code,percent,people\nA,10,100\nB,20,0\nC,30,200\nD,40,400\n");
    EXPECT_THAT(refusal([&] {
                    return tendik_run({"measure", "--table", table, "--key", "code", "--value", "percent",
                                       "--weight", "people"});
                }),
                AllOf(HasSubstr("weight 'people' of region 'B' is 0"), HasSubstr("hint: ")));
}

TEST_F(BadInput, ABareTotalIsNotMeasured) {
    for (const auto* kind : {"total", "count"}) {
        write("plan.toml", std::string(good_plan) + "kind = \"" + kind + "\"\n");
        EXPECT_THAT(refusal([&] { return run_plan(); }),
                    AllOf(HasSubstr(std::string("'percent' is a ") + kind),
                          HasSubstr("hint: divide it by population or area first"),
                          HasSubstr("display = \"symbols\"")));
    }
    // The built-in plan shows this one as circles; no command measures, classes or colours it.
    for (const auto* command : {"measure", "classify"})
        EXPECT_THAT(
            refusal([&] {
                return tendik_run({command, "--indicator", "air_emissions_stationary", "--year", "2020"});
            }),
            HasSubstr("'air_emissions_stationary' is a total"));
}

TEST_F(BadInput, CirclesShowTotalsOnlyAndNothingNegative) {
    write("plan.toml", std::string(good_plan) + "display = \"symbols\"\n");
    EXPECT_THAT(
        refusal([&] { return run_plan(); }),
        AllOf(HasSubstr("'percent' is a rate, and symbols show totals and counts"), HasSubstr("hint: ")));
    write("plan.toml", std::string(good_plan) + "display = \"symbols\"\nkind = \"total\"\n");
    write("figures.csv", "code,percent\nA,10\nB,-2.5\nC,30\nD,40\n");
    EXPECT_THAT(refusal([&] { return run_plan(); }),
                AllOf(HasSubstr("-2.5 cannot be drawn"), HasSubstr("while drawing circles of 'percent'")));
}

TEST_F(BadInput, TwoLayersOfOneNameAreRefusedBeforeAnyWork) {
    const std::string indicator =
        "[[indicators]]\ncode = \"p\"\ntable = \"figures.csv\"\nkey = \"code\"\n"
        "value = \"percent\"\nyear = 2015\n";
    write("plan.toml",
          "[[boundaries]]\nfile = \"regions.geojson\"\nkey = \"code\"\nvintage = \"old\"\n"
          "[[boundaries]]\nfile = \"regions.geojson\"\nkey = \"code\"\nvintage = \"new\"\n" +
              indicator + "vintage = \"old\"\n" + indicator + "vintage = \"new\"\n");
    for (const auto* command : {"check", "run"})
        EXPECT_THAT(refusal([&] {
                        return tendik_run({command, place("plan.toml")});
                    }),
                    AllOf(HasSubstr("two layers would be named 'p_2015'"), HasSubstr("'old' and 'new'")));
    write("plan.toml",
          "boundaries = { file = \"regions.geojson\", key = \"code\" }\n" + indicator + indicator);
    EXPECT_THAT(refusal([&] {
                    return tendik_run({"check", place("plan.toml")});
                }),
                HasSubstr("give one of them another code"));
}

TEST_F(BadInput, ADataFolderWithoutData) {
    EXPECT_THAT(refusal([&] {
                    return tendik_run_bare({"regions", "--data", m_folder.path().string()});
                }),
                AllOf(HasSubstr("--data"), HasSubstr("hint: ")));
}

TEST_F(BadInput, TwoColumnsOfOneName) {
    EXPECT_THAT(refused_table("code,percent,percent\nA,10,1\nB,20,2\nC,30,3\nD,40,4\n"),
                AllOf(HasSubstr("figures.csv, line 1: columns 2 and 3 have the same name 'percent'"),
                      HasSubstr("hint: ")));
}

TEST_F(BadInput, AMissingHeadingRow) {
    EXPECT_THAT(refused_table("A,10,100\nB,20,100\nC,30,200\nD,40,400\n"),
                AllOf(HasSubstr("figures.csv, line 1"), HasSubstr("hint: ")));
}

TEST_F(BadInput, AYearThatIsText) {
    EXPECT_THAT(refused_table("code,year,percent\nA,2015,10\nB,last year,20\nC,2015,30\nD,2015,40\n"),
                AllOf(HasSubstr("figures.csv, line 3, column 2 (year): 'last year'"), HasSubstr("hint: ")));
}

TEST_F(BadInput, AUnitThatDiffersInsideAColumn) {
    EXPECT_THAT(refused_table("code,percent,unit\nA,10,%\nB,20,per 1000\nC,30,%\nD,40,%\n"),
                AllOf(HasSubstr("figures.csv, line 3, column 3 (unit)"), HasSubstr("'per 1000'"),
                      HasSubstr("hint: ")));
    EXPECT_THAT(refused_table("code,percent\nA,10%\nB,20\nC,30%\nD,40%\n"),
                AllOf(HasSubstr("'10%' has a percent sign, '20' in"), HasSubstr("line 3")));
}

TEST_F(BadInput, TwoRowsThatDisagreeForOneRegionAndYear) {
    EXPECT_THAT(refused_table("code,year,percent\nA,2015,10\nB,2015,20\nC,2015,30\nD,2015,40\nB,2015,21\n"),
                AllOf(HasSubstr("'B' in line 3 and 'B' in line 6"), HasSubstr("hint: ")));
}

TEST_F(BadInput, AServerIsRefusedWithoutItsPassword) {
    // Nobody listens on port 1; the words that would let in stand in no message.
    for (const std::string connection : {"PG:host=127.0.0.1 port=1 dbname=atlas user=planner password=s3cret",
                                         "PG:postgresql://planner:s3cret@127.0.0.1:1/atlas",
                                         "PG:host=127.0.0.1 port=1 dbname=atlas user=planner"}) {
        const auto said = refusal([&] {
            return tendik_run({"join", "--boundaries", m_boundaries, "--key", "code", "--table", connection,
                               "--table-key", "code", "--value", "percent", "-o", m_output});
        });
        EXPECT_THAT(said, AllOf(HasSubstr("cannot be read as a table"), HasSubstr("hint: check host, port"),
                                testing::Not(HasSubstr("s3cret"))));
        m_boundaries = connection;
        EXPECT_THAT(refused_join(), testing::Not(HasSubstr("s3cret")));
        m_boundaries = place("regions.geojson");
    }
}

TEST_F(BadInput, APolygonThatCrossesItselfIsRepairedAndTheAreaTold) {
    // A bow tie: two triangles of a quarter of a square degree each, around the crossing at 0.5 0.5; going
    // round it in one turn, they cancel out.
    write("regions.geojson",
          replaced(four_squares(), "[[0,0],[1,0],[1,1],[0,1],[0,0]]", "[[0,0],[1,1],[1,0],[0,1],[0,0]]"));
    const auto called = join();
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_EQ(called.out, "percent: 4 of 4 regions matched\n");
    EXPECT_THAT(called.err, AllOf(HasSubstr("region 'A'"), HasSubstr("Self-intersection at 0.50000 0.50000"),
                                  testing::ContainsRegex("area 0 km2 .* -> 6[0-9]{3}[.0-9]* km2"),
                                  HasSubstr("[repaired-polygon]")));
    EXPECT_EQ(join({"--fail-on", "warning"}).exit_code, 3);
}

}  // namespace
}  // namespace tendik::test
