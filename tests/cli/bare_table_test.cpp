// Tables without boundaries: rows of units of the register stand on the built-in boundaries, others are
// regions.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <vector>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// The units of before June 2018 as the statistics bureau writes them.
const std::vector<std::string> units_before_2018{"Акмолинская область",
                                                 "Актюбинская область",
                                                 "Алматинская область",
                                                 "Атырауская область",
                                                 "Западно-Казахстанская область",
                                                 "Жамбылская область",
                                                 "Карагандинская область",
                                                 "Костанайская область",
                                                 "Кызылординская область",
                                                 "Мангистауская область",
                                                 "Южно-Казахстанская область",
                                                 "Павлодарская область",
                                                 "Северо-Казахстанская область",
                                                 "Восточно-Казахстанская область",
                                                 "г. Астана",
                                                 "г. Алматы"};

class BareTable : public testing::Test {
protected:
    /// Values 1, 2, 3, ... in the order of the rows.
    std::string written(const std::vector<std::string>& keys, const std::string& more = "") const {
        std::string text = "region,value,people\n";
        for (std::size_t i = 0; i < keys.size(); ++i)
            text += keys[i] + "," + std::to_string(i + 1) + ",100\n";
        return write_text(folder.path() / "table.csv", text + more);
    }
    static ProgramRun called(const std::string& command, const std::string& table,
                             const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{command, "--table", table, "--value", "value"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    static json measured(const std::string& table, std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--format", "json"});
        const auto answer = called("measure", table, more);
        EXPECT_EQ(answer.exit_code, 0) << answer.err;
        return answer.exit_code == 0 ? json::parse(answer.out) : json{};
    }
    static std::vector<std::string> codes_of(const json& result) {
        std::vector<std::string> codes;
        for (const auto& finding : result["findings"])
            codes.push_back(finding["code"]);
        return codes;
    }
    static std::vector<std::string> units_of_2018() {
        auto units = units_before_2018;
        units[10] = "Туркестанская область";
        units.emplace_back("г. Шымкент");
        return units;
    }
    static std::vector<std::string> units_of_2022() {
        auto units = units_of_2018();
        units.insert(units.end(), {"область Абай", "область Жетісу", "область Ұлытау"});
        return units;
    }

    TemporaryFolder folder;
};

TEST_F(BareTable, KeepsTheRowOfTheCountryOutOfTheRegions) {
    const auto result = measured(written(units_of_2018(), "Республика Казахстан,90,1700\n"));
    EXPECT_EQ(result["n"], 17);
    EXPECT_DOUBLE_EQ(result["mean"].get<double>(), 9.0);  // (1 + ... + 17) / 17
    EXPECT_EQ(result["published_national"]["value"], 90.0);
    EXPECT_EQ(result["regions"][0]["key"], "KZ-AKM");
    EXPECT_EQ(result["vintage"], "2018");
    EXPECT_THAT(codes_of(result), testing::Contains("built-in-units"));
}

TEST_F(BareTable, SetsTotalsApartWithAWarning) {
    const auto called_with = called(
        "measure", written(units_of_2018(), "Всего,90,1\nИтого по республике,90,1\n"), {"--format", "json"});
    ASSERT_EQ(called_with.exit_code, 0) << called_with.err;
    EXPECT_EQ(json::parse(called_with.out)["n"], 17);
    EXPECT_THAT(called_with.err, AllOf(HasSubstr("[total-row]"), HasSubstr("'Итого по республике'")));
    const auto abroad = called(
        "measure", write_text(folder.path() / "abroad.csv", "region,value\nNorth,1\nSouth,3\nTotal,8\n"),
        {"--format", "json"});
    EXPECT_EQ(json::parse(abroad.out)["n"], 2);
    EXPECT_DOUBLE_EQ(json::parse(abroad.out)["mean"].get<double>(), 2.0);  // (1 + 3) / 2
    EXPECT_THAT(abroad.err, AllOf(HasSubstr("[total-row]"), HasSubstr("line 4")));
}

TEST_F(BareTable, ChoosesTheUnitsThatTheRowsAreOf) {
    EXPECT_EQ(measured(written(units_before_2018))["vintage"], "pre-2018");
    EXPECT_EQ(measured(written(units_of_2018()))["vintage"], "2018");
    // A code that was used again means the unit of the vintage that all rows fit.
    auto codes = units_of_2018();
    codes[10] = "KZ-YUZ";
    const auto result = measured(written(codes));
    EXPECT_EQ(result["vintage"], "2018");
    EXPECT_EQ(result["n"], 17);
}

TEST_F(BareTable, TakesEachYearOnTheUnitsOfItsTime) {
    std::string text = "region,year,value\n";
    for (const auto& unit : units_before_2018)
        text += unit + ",2016,5\n" + unit + ",2017,4\n";
    for (const auto& unit : units_of_2018())
        text += unit + ",2018,3\n" + unit + ",2019,2\n";
    const auto answer = called("trend", write_text(folder.path() / "years.csv", text), {"--format", "csv"});
    ASSERT_EQ(answer.exit_code, 0) << answer.err;
    EXPECT_THAT(answer.out, AllOf(HasSubstr("KZ-YUZ@1997"), HasSubstr("KZ-YUZ@2018")));
}

TEST_F(BareTable, RefusesTwoSpellingsAndAmbiguousNames) {
    auto twice = units_of_2018();
    twice.emplace_back("Акмолинская обл.");
    EXPECT_THAT(called("measure", written(twice)).err,
                AllOf(HasSubstr("two rows for one region"), HasSubstr("'KZ-AKM'")));
    auto bare = units_of_2018();
    bare[15] = "Almaty";
    EXPECT_THAT(called("classify", written(bare)).err, HasSubstr("'Almaty' is ambiguous"));
    const auto missing = called("measure", written({"Акмолинская область", "Жамбылская область"}));
    EXPECT_EQ(missing.exit_code, 1);
    EXPECT_THAT(missing.err, AllOf(HasSubstr("2 of 17 regions matched"), HasSubstr("--vintage none")));
    EXPECT_EQ(
        measured(written({"Акмолинская область", "Жамбылская область"}), {"--allow-unmatched", "15"})["n"],
        2);
}

TEST_F(BareTable, ShowsNamesOfTheRegisterAndFindsTheReference) {
    const auto names = called("measure", written(units_of_2018()), {"--language", "kk", "-q"});
    EXPECT_THAT(names.out, AllOf(HasSubstr("Ақмола облысы"), Not(HasSubstr("Акмолинская"))));
    for (const auto* reference : {"KZ-AKM", "Акмолинская область", "110000000"}) {
        const auto answer = called("measure", written(units_of_2018()), {"--reference", reference});
        EXPECT_THAT(answer.err, Not(HasSubstr("no-reference"))) << reference;
    }
}

TEST_F(BareTable, MergesAndInheritsAndRefusesVintages) {
    const auto refused = called("measure", written(units_of_2022()));
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("--merge-units"));
    EXPECT_EQ(measured(written(units_of_2022()), {"--merge-units", "--weight", "people"})["n"], 17);
    EXPECT_EQ(
        measured(written(units_of_2022()), {"--vintage", "2018", "--merge-units", "--weight", "people"})["n"],
        17);
    EXPECT_EQ(measured(written(units_before_2018), {"--inherit-from", "pre-2018"})["n"], 15);
    const auto nonsense = called("measure", written(units_of_2018()), {"--vintage", "nonsense"});
    EXPECT_EQ(nonsense.exit_code, 2);
    EXPECT_THAT(nonsense.err, HasSubstr("built in: pre-2018, 2018"));
}

TEST_F(BareTable, TakesRowsAsRegionsWhereTheyAreNoUnits) {
    const auto abroad =
        measured(write_text(folder.path() / "abroad.csv", "region,value\nA,1\nB,3\nKZ-AKM,5\n"));
    EXPECT_EQ(abroad["n"], 3);
    EXPECT_THAT(codes_of(abroad), Not(testing::Contains("built-in-units")));
    // Said to be no units, they are none.
    EXPECT_EQ(measured(written({"Акмолинская область", "Жамбылская область"}), {"--vintage", "none"})["n"],
              2);
    EXPECT_EQ(called("measure", written(units_of_2018()), {"--vintage", "none", "--merge-units"}).exit_code,
              2);
    EXPECT_THAT(
        called("measure", write_text(folder.path() / "twice.csv", "region,value\nA,1\nB,3\nA,5\n")).err,
        HasSubstr("two rows for one region"));
}

TEST_F(BareTable, DrawsLayersOnTheBuiltInBoundaries) {
    std::string text = "region,sex,value\n";
    for (const auto& unit : units_of_2018())
        text += unit + ",girls,5\n" + unit + ",boys,4\n";
    const auto layer = (folder.path() / "by.geojson").string();
    const auto answer = called("measure", write_text(folder.path() / "sexes.csv", text),
                               {"--by", "sex", "--vintage", "2018", "-o", layer});
    EXPECT_EQ(answer.exit_code, 0) << answer.err;
    EXPECT_EQ(called("measure", folder.path() / "sexes.csv", {"--by", "sex", "-o", layer}).exit_code, 0);
}

}  // namespace
}  // namespace tendik::test
