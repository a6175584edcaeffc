// Tables in the manner of statistics bureaus and surveys: how numbers are written, and what headings say.
#include "table_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class OfficialTable : public TableReading {
protected:
    static std::vector<double> numbers(const Indicators& table) {
        std::vector<double> all;
        for (const auto& figure : table.figures)
            all.push_back(figure.value.number);
        return all;
    }
    std::string text_of(const std::string& code) const {
        for (const auto& finding : findings.all())
            if (finding.code == code) return finding.where + ": " + finding.text;
        return {};
    }
};

TEST_F(OfficialTable, PointsPartThousandsWhereAnotherCellShowsIt) {
    EXPECT_THAT(numbers(read("Регион;value\nА;289.735\nБ;-831.804\nВ;1.835.938\n")),
                ElementsAre(289735, -831804, 1835938));
    EXPECT_EQ(findings.count_of("number-repaired"), 3U);
    EXPECT_THAT(text_of("number-repaired"),
                HasSubstr("line 2, column 2 (value): '289.735' read as 289735: points between thousands"));
    EXPECT_THAT(numbers(read("Регион;value\nА;987.650\nБ;1.234,1\nВ;987.652*\n")),
                ElementsAre(987650, 1234.1, 987652));
}

TEST_F(OfficialTable, APointIsDecimalWhereNothingShowsThousands) {
    EXPECT_THAT(numbers(read("key;value\nA;289.735\nB;831.804\nC;12,5\n")),
                ElementsAre(289.735, 831.804, 12.5));
    EXPECT_THAT(numbers(read("key;value\nA;289.735\nB;0.125\nC;7.5\n")), ElementsAre(289.735, 0.125, 7.5));
}

TEST_F(OfficialTable, APointThatCouldMeanEitherIsRefused) {
    EXPECT_THAT(
        refusal("key;value\nA;12.5\nB;289.735\nC;1.835.938\n"),
        AllOf(HasSubstr("line 3, column 2 (value): '289.735' is ambiguous: a decimal point or thousands?"),
              HasSubstr("hint: ")));
    EXPECT_THAT(numbers(read("key;value\nA;12.5\nC;1.835.938\n")), ElementsAre(12.5, 1835938));
}

TEST_F(OfficialTable, BracketsMarkFewCasesAndAStarInThemAWithheldFigure) {
    const auto table = read("key;value\nA;(9,4)\nB;(12.5)\nC;(*)\nD;7,5\n");
    EXPECT_EQ(table.figures[0].value.number, 9.4);
    EXPECT_EQ(table.figures[1].value.number, 12.5);
    EXPECT_THAT(table.figures[0].note, HasSubstr("few cases"));
    EXPECT_EQ(table.figures[2].value.state, State::suppressed);
    EXPECT_EQ(table.figures[3].note, "");
    EXPECT_THAT(text_of("number-repaired"), HasSubstr("'(9,4)' read as 9.4: brackets, for few cases"));
}

TEST_F(OfficialTable, PermilleIsAUnitAsPerCentIs) {
    EXPECT_THAT(numbers(read("key;value\nA;9,3‰\nB;10 ‰\n")), ElementsAre(9.3, 10));
    EXPECT_THAT(text_of("number-repaired"), HasSubstr("permille sign"));
    EXPECT_THAT(refusal("key;value\nA;12,5%\nB;9,3‰\n"),
                HasSubstr("line 2, column 2 (value): '12,5%' has a percent sign, '9,3‰' in"));
    EXPECT_THAT(refusal("key;value\nA;12,5\nB;9,3‰\n"), HasSubstr("'9,3‰' has a permille sign, '12,5' in"));
}

TEST_F(OfficialTable, ADateIsCalledOne) {
    for (const std::string date : {"2019/05/09", "2019-05-09", "2019/05/09 00:00:00", "09.05.2019", "9-май",
                                   "май.19", "09.май", "9-May"})
        EXPECT_THAT(refusal("key;value\nA;" + date + "\n"),
                    AllOf(HasSubstr("'" + date + "' is a date, expected a number"),
                          HasSubstr("hint: a spreadsheet takes 9.5 for the 9th of May")));
    EXPECT_THAT(refusal("key;value\nA;n/a\n"),
                AllOf(HasSubstr("--missing \"n/a\""), HasSubstr("missing = [\"n/a\"]")));
}

TEST_F(OfficialTable, SharesInAColumnOfPerCentAreAWarning) {
    read("Регион;Доля, %\nА;0,125\nБ;0,3\nВ;0\n", {.value = "Доля, %"});
    EXPECT_THAT(text_of("share-not-percent"),
                HasSubstr("column 'Доля, %' is in per cent, and its values lie between 0 and 0.3"));
    EXPECT_EQ(findings.count(Severity::warning), 1U);
    read("Регион;value;Единица\nА;0,125;процент\nБ;0,3;процент\nВ;1;процент\n");
    EXPECT_EQ(findings.count_of("share-not-percent"), 2U);
    read("Регион;Доля, %\nА;0,125\nБ;0,3\nВ;1,5\n", {.value = "Доля, %"});
    read("Регион;Доля\nА;0,125\nБ;0,3\nВ;0,5\n", {.value = "Доля"});
    EXPECT_EQ(findings.count_of("share-not-percent"), 2U);
}

TEST_F(OfficialTable, CellsInPerCentFormatAreReadAsTheyAreShown) {
    const auto table =
        tables::read_table({.file = TENDIK_SOURCE_DIR "/tests/data/tables/percent.xlsx"}, findings);
    ASSERT_EQ(table.figures.size(), 3U);
    EXPECT_EQ(table.figures[0].value.number, 4.3);  // 0.043 in the file
    EXPECT_EQ(table.figures[1].value.number, 7.0);  // 0.07, which times 100 is 7.000000000000001
    EXPECT_EQ(table.figures[2].value.state, State::missing);
    EXPECT_THAT(text_of("percent-format"),
                HasSubstr("sheet 'Доля', row 1: 2 cells are formatted as per cent"));
    EXPECT_THAT(text_of("formula-without-result"), HasSubstr("sheet 'Доля', cell B4: "));
}

TEST_F(OfficialTable, AYearColumnIsKnownByItsWord) {
    for (const std::string word : {"Год", "год", "Жыл", "жыл", "Year", "YEAR", "Жылы"}) {
        findings = {};
        const auto table = read("Регион;" + word + ";value\nА;2019;1\nБ;2020 г.;2\n");
        EXPECT_EQ(table.figures[0].year, 2019) << word;
        EXPECT_EQ(table.figures[1].year, 2020) << word;
        EXPECT_THAT(text_of("column-recognised"),
                    HasSubstr("column '" + word + "' says the year of each row"));
    }
    EXPECT_THAT(refusal("Регион;Год;value\nА;2019;1\nБ;прошлый год;2\n"),
                AllOf(HasSubstr("line 3, column 2 (Год): 'прошлый год' is no year"), HasSubstr("hint: ")));
}

TEST_F(OfficialTable, ARecognisedColumnIsNotOneThatTheSourceTakesForSomethingElse) {
    EXPECT_EQ(read("Регион;Год\nА;2019\n", {.value = "Год"}).figures[0].year, std::nullopt);
    EXPECT_EQ(read("Регион;Год;value\nА;2019;1\n", {.dimensions = {"Год"}}).figures[0].year, std::nullopt);
    EXPECT_EQ(read("key;Год;value\nА;2019;1\n", {.repair = false}).figures[0].year, std::nullopt);
    EXPECT_EQ(read("Регион;Год;y;value\nА;2019;2020;1\n", {.year_column = "y"}).figures[0].year, 2020);
    EXPECT_EQ(findings.count_of("column-recognised"), 0U);
}

TEST_F(OfficialTable, AUnitThatDiffersIsRefusedInColumnsOfEveryUsualName) {
    for (const std::string word : {"Единица", "Единица измерения", "Ед. изм.", "Өлшем бірлігі", "Unit"})
        EXPECT_THAT(refusal("Регион;value;" + word + "\nА;1;%\nБ;2;промилле\n"),
                    AllOf(HasSubstr("line 3, column 3 (" + word + "): the unit is 'промилле'"),
                          HasSubstr("line 2 it is '%'")));
}

TEST_F(OfficialTable, AnIndicatorColumnIsKnownWhereItHoldsSeveral) {
    EXPECT_EQ(read("Регион;Показатель;value\nА;Бедность;1\nА;Доход;2\n").figures[1].indicator, "Доход");
    EXPECT_EQ(read("Өңір;Көрсеткіш;value\nА;Кедейлік;1\nА;Табыс;2\n").figures[0].indicator, "Кедейлік");
    // One that says the same in every row tells nothing apart, and one of numbers is a column of values.
    EXPECT_EQ(read("Регион;Показатель;value\nА;Бедность;1\nБ;Бедность;2\n").figures[0].indicator, "");
    EXPECT_EQ(read("Регион;Показатель;value\nА;10;1\nБ;20;2\n").figures[0].indicator, "");
}

TEST_F(OfficialTable, PreliminaryYearsAreYearsAndQuartersAreNot) {
    const auto table = read(
        "Регион;2019 г.;2020 год;2021 (предв.);2022 (алдын ала);I кв. 2022;январь-июнь 2022\n"
        "А;1;2;3;4;5;6\n");
    ASSERT_EQ(table.figures.size(), 4U);
    EXPECT_EQ(table.figures[2].year, 2021);
    EXPECT_EQ(table.figures[3].year, 2022);
    EXPECT_THAT(text_of("preliminary"),
                HasSubstr("figures of '2021 (предв.)', '2022 (алдын ала)' are preliminary"));
    EXPECT_THAT(text_of("columns-left-out"), HasSubstr("'I кв. 2022', 'январь-июнь 2022'"));
    EXPECT_EQ(read("Регион;2021 (предварительные)\nА;1\n").figures[0].year, 2021);
    EXPECT_EQ(read("Регион;2021 г. (предварительные данные)\nА;1\n").figures[0].year, 2021);
}

TEST_F(OfficialTable, AKeyHeadingMayHoldNothingButWordsForRegions) {
    for (const std::string word :
         {"Наименование областей", "Наименование регионов", "Области и города", "Облыстар мен қалалар",
          "Регионы Казахстана", "Область (город)", "Өңірлер атауы", "Region name"})
        EXPECT_EQ(read("Итоги за год;\n" + word + ";value\nАкмола;1\n").key_column, word);
    // Other words beside them head something else.
    EXPECT_EQ(read("Область применения;Наименование областей;value\nшколы;Акмола;1\n").key_column,
              "Наименование областей");
    EXPECT_EQ(read("Регионы и города;Регион;value\nа;Акмола;1\n").key_column, "Регион");
    EXPECT_THAT(refusal("Областной;value\nАкмола;1\n"), HasSubstr("no key column"));
    // A title is no heading.
    EXPECT_EQ(read("Области и города Казахстана\nНаименование области;value\nАкмола;1\n").key_column,
              "Наименование области");
}

TEST_F(OfficialTable, AColumnOfCodesIsTheKeyWhereNoneOfNamesIsHeadedAsOne) {
    for (const std::string word : {"kato", "КАТО", "КАТО коды", "Код КАТО", "ISO", "ISO 3166-2", "ISO_code",
                                   "Код региона", "код области", "Өңір коды", "Code", "P-code"})
        EXPECT_EQ(read("Итоги;\n№;" + word + ";value\n1;110000000;5\n").key_column, word);
    EXPECT_EQ(findings.count_of("key-recognised"), 12U);
    EXPECT_EQ(read("КАТО;Регион;value\n110000000;Акмола;5\n").key_column, "Регион");
    EXPECT_EQ(read("КАТО;Наименование;value\n110000000;Акмола;5\n").key_column, "КАТО");
    EXPECT_EQ(read("№;Наименование;value\n1;Акмола;5\n").key_column, "Наименование");
    EXPECT_EQ(read("Атауы;value\nАқмола;5\n").key_column, "Атауы");
    // Names without a heading stand before a bare word for names.
    EXPECT_EQ(read(";Наименование;value\nАкмола;Бедность;5\n").key_column, "(column 1)");
    EXPECT_THAT(refusal("КАТО;value\n1;5\n", {.repair = false}), HasSubstr("no key column"));
}

TEST_F(OfficialTable, AHeadingOfSeveralLinesIsNamedOnOne) {
    const std::string text = "\"Наименование\nрегиона\";\"Доля\nнаселения,  в\u00A0%\"\nАкмола;5\n";
    EXPECT_EQ(read(text, {.value = "Доля населения, в %"}).figures[0].value.number, 5.0);
    EXPECT_EQ(read(text, {.value = "Доля\nнаселения,  в\u00A0%"}).figures[0].value.number, 5.0);
    EXPECT_EQ(read(text, {.key = "Наименование региона", .value = "Доля населения, в %"}).key_column,
              "Наименование региона");
    EXPECT_THAT(refusal(text, {.value = "Доля"}),
                HasSubstr("the columns are: 'Наименование региона', 'Доля населения, в %'"));
}

TEST_F(OfficialTable, AnEmptyCornerOverOneColumnOfFiguresIsAHeading) {
    const auto table = read(";Доля\nАкмола;1,5\nАлматы;2\n", {.value = "Доля"});
    ASSERT_EQ(table.figures.size(), 2U);
    EXPECT_EQ(table.figures[0].key, "Акмола");
    EXPECT_EQ(table.figures[0].value.number, 1.5);
    EXPECT_EQ(findings.count_of("key-recognised"), 1U);
}

TEST_F(OfficialTable, ACellThatCannotBeReadStopsItsOwnYearOnly) {
    const auto table = read("Регион;2019;2021\nАкмола;1;плохо\nАлматы;2;3\n");
    EXPECT_EQ(table.figures[0].fault, "");
    EXPECT_EQ(table.figures[2].value.state, State::missing);
    EXPECT_THAT(table.figures[2].fault, HasSubstr("line 2, column 3 (2021): 'плохо' is text"));
    EXPECT_THAT(text_of("unread-cell"), HasSubstr("line 2, column 3 (2021): 'плохо' is text"));
    EXPECT_EQ(findings.count(Severity::warning), 1U);
    EXPECT_THAT(read("Регион;Год;value\nАкмола;2019;1\nАкмола;2021;плохо\n").figures[1].fault,
                HasSubstr("line 3"));
    // A table of one year is all needed.
    EXPECT_THAT(refusal("Регион;2021\nАкмола;плохо\n"), HasSubstr("column 2 (2021): 'плохо' is text"));
    EXPECT_THAT(refusal("Регион;Год;value\nАкмола;2021;плохо\n"), HasSubstr("column 3 (value)"));
}

}  // namespace
}  // namespace tendik
