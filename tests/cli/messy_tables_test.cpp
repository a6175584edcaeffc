// The five tables of tests/data/tables as a planner joins them, and what can be said of a table in a plan.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

constexpr const char* tables = TENDIK_SOURCE_DIR "/tests/data/tables/";

struct Messy {
    std::string table;   ///< FILE or FILE:SHEET
    std::string value;   ///< empty: as the program finds it
    std::string column;  ///< of the layer written
    std::vector<std::string> findings;
};

std::ostream& operator<<(std::ostream& stream, const Messy& messy) { return stream << messy.table; }

class MessyTableJoin : public testing::TestWithParam<Messy> {};

TEST_P(MessyTableJoin, JoinsTheBuiltInBoundariesAndSaysWhatWasRepaired) {
    const auto& messy = GetParam();
    const TemporaryFolder folder;
    const auto output = (folder / "joined.geojson").string();
    std::vector<std::string> words{
        "join",     "--table", tables + messy.table, "--year", "2019",      "-o",     output,
        "--format", "json",    "--vintage",          "2018",   "--fail-on", "warning"};
    if (!messy.value.empty()) words.insert(words.end(), {"--value", messy.value});
    const auto called = tendik_run(words);
    ASSERT_EQ(called.exit_code, 0) << called.err;
    const auto report = json::parse(called.out);
    EXPECT_EQ(report["joins"][0]["matched"], 17);
    EXPECT_EQ(report["joins"][0]["regions"], 17);
    std::string codes;
    for (const auto& finding : report["findings"])
        codes += finding["code"].get<std::string>() + " ";
    for (const auto& code : messy.findings)
        EXPECT_THAT(codes, HasSubstr(code + " "));
    // poverty_below_subsistence_min of 2019 in geodata/kazakhstan/indicators/poverty.csv.
    std::map<std::string, double> value;
    const auto layer = json::parse(contents_of(folder.path()).at("joined.geojson"));
    for (const auto& feature : layer["features"])
        value[feature["properties"]["unit_id"]] = feature["properties"][messy.column];
    EXPECT_EQ(value["KZ-AKM"], 4.3);
    EXPECT_EQ(value["KZ-AKT"], 3.0);
}

INSTANTIATE_TEST_SUITE_P(
    Join, MessyTableJoin,
    testing::Values(
        Messy{"poverty_ru_1251.csv",
              "",
              "value",
              {"encoding", "title-skipped", "note-row", "number-repaired", "years-in-columns"}},
        Messy{"poverty_kk_utf16.csv", "", "value", {"encoding", "heading-joined", "number-repaired"}},
        Messy{"poverty_ru.xlsx:Бедность",
              "Все население",
              "Все население",
              {"heading-joined", "note-row", "number-repaired"}},
        Messy{"poverty_kk.ods:Кедейлік", "", "value", {"title-skipped", "number-repaired"}},
        Messy{"poverty_sdmx.csv", "", "POVERTY", {}}),
    [](const auto& table) { return "table" + std::to_string(table.index + 1); });

TEST(TableOfPlan, ASheetThatIsAbsentIsAnsweredWithTheSheets) {
    const auto called = tendik_run({"join", "--table", std::string(tables) + "poverty_ru.xlsx:Бедностъ"});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err, AllOf(HasSubstr("no sheet 'Бедностъ', did you mean 'Бедность'?"),
                                  HasSubstr("the sheets are: 'Содержание', 'Бедность'")));
    const auto text = tendik_run({"join", "--table", std::string(tables) + "poverty_ru_1251.csv:Бедность"});
    EXPECT_EQ(text.exit_code, 1);
    EXPECT_THAT(text.err, HasSubstr("a text file has no sheets"));
}

TEST(TableOfPlan, EveryKeyOfATableDoesWhatItSays) {
    const TemporaryFolder folder;
    const auto values = [&](const std::string& lines, const std::string& more = "") {
        const auto plan =
            write_text(folder / "plan.toml",
                       "[data]\nregister = \"" TENDIK_SOURCE_DIR
                       "/geodata/kazakhstan/regions.csv\"\n"
                       "[[boundaries]]\nfile = \"" TENDIK_SOURCE_DIR
                       "/geodata/kazakhstan/regions_2018.geojson\"\n"
                       "[[indicators]]\ncode = \"p\"\nvintage = \"2018\"\nyear = 2019\ntable = \"" +
                           std::string(tables) + lines + "\n" + more);
        const auto called =
            tendik_run({"run", plan, "-o", (folder / "atlas").string(), "--only", "tables", "--quiet"});
        return called.exit_code == 0 ? contents_of(folder / "atlas").at("tables/values.csv") : called.err;
    };
    const std::string sheet = "poverty_ru.xlsx\"\nsheet = \"Бедность\"\nvalue = ";
    EXPECT_THAT(values(sheet + "\"Все население\""), ContainsRegex("p,2019,[^\n]*KZ-AKM,[^\n]*4.3,present"));
    EXPECT_THAT(values("poverty_kk.ods\"\nyears_in_columns = true"),
                ContainsRegex("KZ-AKM,[^\n]*4.3,present"));
    EXPECT_THAT(values("poverty_kk.ods\"\nyears_in_columns = false"), HasSubstr("error: "));
    EXPECT_THAT(values("poverty_ru_1251.csv\"\nrepair = false"), HasSubstr("error: "));
}

}  // namespace
}  // namespace tendik::test
