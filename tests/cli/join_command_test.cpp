#include "program_run.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

/// Boundaries and a table of one test, and the words that join them.
class JoinCommand : public testing::Test {
protected:
    TemporaryFolder m_folder;
    std::string boundaries = write_text(m_folder / "regions.geojson", four_squares());

    ProgramRun join(const std::string& table_text, const std::vector<std::string>& more = {}) {
        const auto table = write_text(m_folder / "figures.csv", table_text);
        std::vector<std::string> words{"join", "--boundaries", boundaries, "--key",   "code",   "--table",
                                       table,  "--table-key",  "code",     "--value", "percent"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    std::string output(const std::string& name) const { return (m_folder / "out" / name).string(); }
    std::string written(const std::string& name) const { return contents_of(m_folder / "out").at(name); }
};

constexpr const char* all_four = "code,percent\nA,10\nB,20.5\nC,30\nD,40\n";

TEST_F(JoinCommand, SaysHowManyRegionsMatchedAndNothingElse) {
    const auto called = join(all_four);
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_EQ(called.out, "percent: 4 of 4 regions matched\n");
    EXPECT_EQ(called.err, "");
}

TEST_F(JoinCommand, WritesCsvWithTheKeyFirstUnderItsOwnName) {
    EXPECT_EQ(join(all_four, {"-o", output("joined.csv")}).exit_code, 0);
    EXPECT_EQ(written("joined.csv"),
              "code,name,percent,percent_state\n"
              "A,Region A,10,present\nB,Region B,20.5,present\n"
              "C,Region C,30,present\nD,Region D,40,present\n");
}

TEST_F(JoinCommand, WritesGeoJsonWithValuesAndStates) {
    EXPECT_EQ(join("code,percent,state\nA,10,\nB,,\nC,,suppressed\nD,,not_applicable\n",
                   {"-o", output("joined.geojson")})
                  .exit_code,
              0);
    const auto layer = json::parse(written("joined.geojson"));
    ASSERT_EQ(layer["features"].size(), 4U);
    const auto properties = [&](std::size_t i) { return layer["features"][i]["properties"]; };
    EXPECT_EQ(properties(0)["percent"], 10);
    EXPECT_EQ(properties(0)["percent_state"], "present");
    EXPECT_TRUE(properties(1)["percent"].is_null());
    EXPECT_EQ(properties(1)["percent_state"], "missing");
    EXPECT_EQ(properties(2)["percent_state"], "suppressed");
    EXPECT_EQ(properties(3)["percent_state"], "not_applicable");
}

TEST_F(JoinCommand, WritesAGeoPackageThatItCanReadAgain) {
    EXPECT_EQ(join(all_four, {"-o", output("joined.gpkg")}).exit_code, 0);
    const auto table = write_text(m_folder / "shares.csv", "code,share\nA,1\nB,2\nC,3\nD,4\n");
    const auto again =
        tendik_run({"join", "--boundaries", output("joined.gpkg") + ":joined", "--key", "code", "--table",
                    table, "--table-key", "code", "--value", "share", "-o", output("again.csv")});
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_THAT(written("again.csv"), HasSubstr("B,Region B,20.5,present,2,present\n"));
}

TEST_F(JoinCommand, RefusesAColumnThatTheBoundariesHaveAlready) {
    ASSERT_EQ(join(all_four, {"-o", output("joined.gpkg")}).exit_code, 0);
    boundaries = output("joined.gpkg");
    const auto called = join(all_four, {"-o", output("again.csv")});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err, HasSubstr("the boundaries already have a column 'percent'"));
}

TEST_F(JoinCommand, WritesTheSameBytesTwice) {
    for (const auto* name : {"joined.gpkg", "joined.geojson", "joined.fgb"}) {
        ASSERT_EQ(join(all_four, {"-o", output(name)}).exit_code, 0);
        const auto first = written(name);
        ASSERT_EQ(join(all_four, {"-o", output(name)}).exit_code, 0);
        EXPECT_EQ(written(name), first) << name;
    }
}

TEST_F(JoinCommand, ReprojectsWhatItWrites) {
    ASSERT_EQ(join(all_four, {"-o", output("mercator.gpkg"), "--crs", "EPSG:3857"}).exit_code, 0);
    const auto table = write_text(m_folder / "shares.csv", "code,share\nA,1\nB,2\nC,3\nD,4\n");
    const auto back = tendik_run({"join", "--boundaries", output("mercator.gpkg"), "--key", "code", "--table",
                                  table, "--table-key", "code", "--value", "share", "--crs", "EPSG:4326",
                                  "-o", output("back.geojson")});
    ASSERT_EQ(back.exit_code, 0) << back.err;
    const auto ring = json::parse(written("back.geojson"))["features"][3]["geometry"]["coordinates"][0][0];
    double farthest = 0.0;
    for (const auto& point : ring)
        farthest = std::max(farthest, point[0].get<double>());
    EXPECT_NEAR(farthest, 4.0, 1e-9);  // the fourth of four squares of one degree ends at 4 degrees
}

TEST_F(JoinCommand, RefusesGeoJsonInAnotherCrs) {
    const auto called = join(all_four, {"-o", output("joined.geojson"), "--crs", "EPSG:3857"});
    EXPECT_EQ(called.exit_code, 1);  // RFC 7946 knows longitude and latitude only
    EXPECT_THAT(called.err, HasSubstr("hint: "));
    EXPECT_FALSE(std::filesystem::exists(output("joined.geojson")));
}

TEST_F(JoinCommand, ARegionWithoutARowIsRefusedAndNothingIsWritten) {
    const auto called = join("code,percent\nA,10\nB,20\nC,30\n", {"-o", output("joined.gpkg")});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_EQ(called.out, "");
    EXPECT_THAT(called.err, HasSubstr("3 of 4 regions matched"));
    EXPECT_THAT(called.err, HasSubstr("regions without a row:\n    'D' (Region D)"));
    EXPECT_THAT(called.err, HasSubstr("--allow-unmatched 1"));
    EXPECT_FALSE(std::filesystem::exists(m_folder / "out"));
}

TEST_F(JoinCommand, EveryUnmatchedKeyIsNamedOnBothSides) {
    const auto called = join("code,percent\nA,10\nB,20\nX,30\nY,40\n");
    EXPECT_EQ(called.exit_code, 1);
    for (const auto* part : {"2 of 4 regions", "line 4: 'X'", "line 5: 'Y'", "'C' (Region C)",
                             "'D' (Region D)", "--allow-unmatched 4"})
        EXPECT_THAT(called.err, HasSubstr(part));
}

TEST_F(JoinCommand, WithinTheAllowanceTheyAreWarningsAndTheStateIsUnmatched) {
    const auto called = join("code,percent\nA,10\nB,20\nC,30\nX,40\n",
                             {"--allow-unmatched", "2", "-o", output("joined.csv")});
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_EQ(called.out, "percent: 3 of 4 regions matched\n");
    EXPECT_THAT(called.err, HasSubstr("line 5: 'X'"));
    EXPECT_THAT(called.err, HasSubstr("[unmatched-key]"));
    EXPECT_THAT(called.err, HasSubstr("[unmatched-region]"));
    EXPECT_THAT(written("joined.csv"), HasSubstr("D,Region D,,unmatched\n"));
}

TEST_F(JoinCommand, OneMoreThanTheAllowanceIsRefused) {
    EXPECT_EQ(join("code,percent\nA,10\nB,20\nC,30\nX,40\n", {"--allow-unmatched", "1"}).exit_code, 1);
}

TEST_F(JoinCommand, WarningsLeaveWithThreeOnlyWhereAsked) {
    const std::vector<std::string> allowed{"--allow-unmatched", "1"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.end(), allowed.begin(), allowed.end());
        return join("code,percent\nA,10\nB,20\nC,30\n", more);
    };
    EXPECT_EQ(with({}).exit_code, 0);
    EXPECT_EQ(with({"--fail-on", "error"}).exit_code, 0);
    EXPECT_EQ(with({"--fail-on", "never"}).exit_code, 0);
    const auto failing = with({"--fail-on", "warning", "-o", output("joined.csv")});
    EXPECT_EQ(failing.exit_code, 3);
    EXPECT_THAT(written("joined.csv"), HasSubstr("D,Region D,,unmatched"));  // 3 means finished
    EXPECT_EQ(join(all_four, {"--fail-on", "warning"}).exit_code, 0);
}

TEST_F(JoinCommand, QuietSaysNothingOfWarnings) {
    const auto called = join("code,percent\nA,10\nB,20\nC,30\n", {"--allow-unmatched", "1", "--quiet"});
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_EQ(called.err, "");
}

TEST_F(JoinCommand, PrintsTwentyOfAKindAndJsonAll) {
    std::string table = all_four;
    for (int i = 0; i < 25; ++i)
        table += fmt::format("no{:02},1\n", i);
    const auto text = join(table, {"--allow-unmatched", "25"});
    EXPECT_THAT(text.err, HasSubstr("'no19'"));
    EXPECT_THAT(text.err, testing::Not(HasSubstr("'no20'")));
    EXPECT_THAT(text.err, HasSubstr("... and 5 more of [unmatched-key]"));  // 25 - 20 shown
    const auto report = json::parse(join(table, {"--allow-unmatched", "25", "--format", "json"}).out);
    EXPECT_EQ(report["schema"], "tendik.joins/1");
    EXPECT_EQ(report["joins"][0]["keys_without_region"].size(), 25U);
    EXPECT_EQ(report["findings"].size(), 25U);
    EXPECT_EQ(report["joins"][0]["matched"], 4);
}

TEST_F(JoinCommand, MarksOfMissingValuesMayBeNamedSeveralTimes) {
    const auto called = join("code,percent\nA,10\nB,-\nC,n/a\nD,40\n",
                             {"--missing", "-", "--missing", "n/a", "-o", output("joined.csv")});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(written("joined.csv"), HasSubstr("B,Region B,,missing\nC,Region C,,missing\n"));
}

TEST_F(JoinCommand, ChoosesTheYearOfATableOfSeveral) {
    const auto* table =
        "code,year,percent\nA,2014,1\nB,2014,2\nC,2014,3\nD,2014,4\n"
        "A,2015,5\nB,2015,6\nC,2015,7\nD,2015,8\n";
    const auto called = join(table, {"--year", "2015", "-o", output("joined.csv")});
    EXPECT_EQ(called.out, "percent, 2015: 4 of 4 regions matched\n");
    EXPECT_THAT(written("joined.csv"), HasSubstr("A,Region A,5,present"));
}

/// The units since 2018 as a Russian-speaking office names them, Nur-Sultan and abbreviations included.
std::string russian_table(const std::string& almaty_oblast) {
    const std::vector<std::string> names{"Акмолинская область",
                                         "Актюбинская обл.",
                                         "г. Алматы",
                                         "г. Нур-Султан",
                                         "Атырауская область",
                                         "КАРАГАНДИНСКАЯ ОБЛАСТЬ",
                                         "Костанайская область",
                                         "Кызылординская область",
                                         "Мангистауская область",
                                         "Павлодарская область",
                                         "Северо-Казахстанская обл.",
                                         "Шымкент",
                                         "Туркестанская область",
                                         "Восточно-Казахстанская обл.",
                                         "Западно-Казахстанская обл.",
                                         "Жамбылская область",
                                         almaty_oblast};
    std::string text = "регион;процент\n";
    for (std::size_t i = 0; i < names.size(); ++i)
        text += fmt::format("{};{}\n", names[i], i + 1);
    return text;
}

TEST_F(JoinCommand, FindsBuiltInUnitsByTheirRussianNames) {
    const auto table = write_text(m_folder / "регионы.csv", russian_table("Алматинская обл."));
    const auto called = tendik_run({"join", "--table", table, "--table-key", "регион", "--value", "процент",
                                    "-o", output("joined.csv")});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_EQ(called.out, "процент: 17 of 17 regions matched\n");
    EXPECT_EQ(called.err, "");
    EXPECT_THAT(written("joined.csv"), testing::ContainsRegex("KZ-AST,[^\n]*,4,present"));
    EXPECT_THAT(written("joined.csv"), testing::ContainsRegex("KZ-ALM,[^\n]*,17,present"));
}

TEST_F(JoinCommand, LatinLettersInCyrillicNamesAreMatchedAndSaid) {
    auto text = russian_table("Алматинская обл.");
    const std::string name = "Туркестанская";
    const std::string latin = "Турkecтанская";  // k, e and c of the Latin alphabet
    text.replace(text.find(name), name.size(), latin);
    const auto table = write_text(m_folder / "figures.csv", text);
    const auto called = tendik_run(
        {"join", "--table", table, "--table-key", "регион", "--value", "процент", "--format", "json"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    const auto report = json::parse(called.out);
    EXPECT_EQ(report["joins"][0]["matched"], 17);
    ASSERT_EQ(report["findings"].size(), 1U);
    EXPECT_EQ(report["findings"][0]["code"], "look-alike-letters");
    EXPECT_THAT(report["findings"][0]["where"].get<std::string>(), HasSubstr("figures.csv, line 14"));
}

TEST_F(JoinCommand, SaysHowAShapefileCutsTheNamesOfItsColumns) {
    const auto called = join(all_four, {"-o", output("joined.shp")});
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_THAT(called.err, HasSubstr("column 'percent_state' is called 'percent_st'"));  // ten of its bytes
    EXPECT_EQ(written("joined.cpg"), "UTF-8");
    EXPECT_EQ(join(all_four, {"-o", output("joined.shp"), "--fail-on", "warning"}).exit_code, 3);
}

TEST_F(JoinCommand, BareAlmatyIsRefusedNamingBothUnits) {
    const auto table = write_text(m_folder / "figures.csv", russian_table("Алматы"));
    const auto called = tendik_run({"join", "--table", table, "--table-key", "регион", "--value", "процент",
                                    "-o", output("joined.csv")});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err, HasSubstr("line 18: 'Алматы' is ambiguous"));
    EXPECT_THAT(called.err, HasSubstr("KZ-ALA (Almaty city)"));
    EXPECT_THAT(called.err, HasSubstr("KZ-ALM (Almaty oblast)"));
    EXPECT_THAT(called.err, HasSubstr("hint: write the unit id instead"));
    EXPECT_FALSE(std::filesystem::exists(m_folder / "out"));
}

/// The twenty units of 2022: 10 of 1000 people each, in East Kazakhstan 4 of 1000 and in Abai 16 of 500.
std::string table_of_2022() {
    std::string text = "code,value,people\nKZ-VOS,4,1000\nKZ-ABY,16,500\n";
    for (const auto* key :
         {"KZ-AKM", "KZ-AKT", "KZ-ALA", "KZ-ALM", "KZ-AST", "KZ-ATY", "KZ-KAR", "KZ-KUS", "KZ-KZY", "KZ-MAN",
          "KZ-PAV", "KZ-SEV", "KZ-SHY", "KZ-ULT", "KZ-YUZ@2018", "KZ-ZAP", "KZ-ZHA", "KZ-ZHT"})
        text += fmt::format("{},10,1000\n", key);
    return text;
}

TEST_F(JoinCommand, ATableOfTwentyUnitsIsMergedToSeventeenWhenAskedAndElseRefused) {
    const auto table = write_text(m_folder / "t.csv", table_of_2022());
    const auto called = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words{"join",    "--table", table, "--table-key",        "code",
                                       "--value", "value",   "-o",  output("joined.csv"), "--format",
                                       "csv"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    };
    const auto refused = called({});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("East Kazakhstan + Abai of 2022 are East Kazakhstan of 2018"));
    EXPECT_THAT(refused.err, HasSubstr("hint: add --merge-units"));
    EXPECT_EQ(called({"--allow-unmatched", "3"}).exit_code, 1);  // East Kazakhstan would be a smaller one
    const auto unweighed = called({"--merge-units"});
    EXPECT_EQ(unweighed.exit_code, 1);
    EXPECT_THAT(unweighed.err, HasSubstr("line 2: 'KZ-VOS' merges with another unit"));
    EXPECT_FALSE(std::filesystem::exists(m_folder / "out"));
    EXPECT_EQ(called({"--merge-units", "--weight", "people"}).exit_code, 0);
    EXPECT_THAT(written("joined.csv"),
                testing::ContainsRegex("KZ-VOS,[^\n]*,8,present"));  // (4 x 1000 + 16 x 500) / 1500
    EXPECT_EQ(called({"--merge-units", "--value-kind", "total"}).exit_code, 0);
    EXPECT_THAT(written("joined.csv"), testing::ContainsRegex("KZ-VOS,[^\n]*,20,present"));  // 4 + 16
}

TEST_F(JoinCommand, MergingSpeaksOfATable) {
    const auto called = tendik_run({"join", "--indicator", "stunting_moderate_severe", "--merge-units"});
    EXPECT_EQ(called.exit_code, 2);
    EXPECT_THAT(called.err, HasSubstr("speaks of a table, and none is given"));
}

TEST_F(JoinCommand, BuiltInFiguresJoinTheUnitsTheyWerePublishedFor) {
    const auto called =
        tendik_run({"join", "--indicator", "stunting_moderate_severe", "--year", "2015", "--format", "json"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    const auto report = json::parse(called.out)["joins"][0];
    EXPECT_EQ(report["vintage"], "pre-2018");
    EXPECT_EQ(report["regions"], 16);  // 14 oblasts and 2 cities until June 2018
    EXPECT_EQ(report["matched"], 16);
}

}  // namespace
}  // namespace tendik::test
