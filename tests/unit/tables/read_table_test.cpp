#include "tendik/tables/read_table.h"

#include "support/message.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace tendik {
namespace {

using test::message_of;
using testing::AllOf;
using testing::HasSubstr;

class ReadTable : public testing::Test {
protected:
    std::string write(const std::string& content, const std::string& name = "figures.csv") {
        write_file(folder / name, content);
        return (folder / name).string();
    }
    Indicators read(const std::string& content) {
        return tables::read_table({.file = write(content)}, findings);
    }
    std::string refusal(const std::string& content) {
        return message_of([&] { read(content); });
    }
    std::string refusal_of(TableSource source, const std::string& content) {
        source.file = write(content);
        return message_of([&] { tables::read_table(source, findings); });
    }

    test::TemporaryFolder folder;
    Findings findings;
};

TEST_F(ReadTable, IsOpenedOnceForAllItsColumns) {
    tables::TableReader reader;
    const auto file = write("Table 1\ncode,boys,girls\nd1,1,2\nd2,3,4\n");
    const auto boys = reader.read({.file = file, .value = "boys"}, findings);
    std::filesystem::remove(file);
    const auto girls = reader.read({.file = file, .value = "girls"}, findings);
    ASSERT_EQ(girls.figures.size(), 2U);
    EXPECT_EQ(boys.figures[1].value.number, 3.0);
    EXPECT_EQ(girls.figures[1].value.number, 4.0);
    EXPECT_EQ(std::ranges::count(findings.all(), "title-skipped", &Finding::code), 1);
    // Other words about its cells make another table of it.
    EXPECT_THROW(reader.read({.file = file, .value = "girls", .missing = {"2"}}, findings), InputError);
}

TEST_F(ReadTable, TakesStandardColumnsWhereTheyExist) {
    const auto table = read(
        "indicator,year,vintage,unit_id,value,state,unit,source,note\n"
        "stunting,2015,pre-2018,KZ-ATY,11.8,,percent,KAZSTAT,\"MICS, fifth round\"\n");
    ASSERT_EQ(table.figures.size(), 1U);
    const auto& figure = table.figures.front();
    EXPECT_EQ(table.key_column, "unit_id");
    EXPECT_EQ(figure.key, "KZ-ATY");
    EXPECT_EQ(figure.indicator, "stunting");
    EXPECT_EQ(figure.year, 2015);
    EXPECT_EQ(figure.vintage, "pre-2018");
    EXPECT_EQ(figure.value.number, 11.8);
    EXPECT_EQ(figure.source, "KAZSTAT");
    EXPECT_EQ(figure.note, "MICS, fifth round");
    EXPECT_EQ(figure.line, 2U);
}

TEST_F(ReadTable, LeavesKeysAsTheyAreWritten) {
    const auto table = read("key,value\n01,1\n1.0,2\n");
    EXPECT_EQ(table.figures[0].key, "01");
    EXPECT_EQ(table.figures[1].key, "1.0");
}

TEST_F(ReadTable, ReadsByteOrderMarkSemicolonsTabsAndWindowsLineEnds) {
    EXPECT_EQ(read("\xEF\xBB\xBFkey;value\r\nA;1.5\r\n").figures[0].value.number, 1.5);
    EXPECT_EQ(read("key\tvalue\nA\t2.5\n").figures[0].value.number, 2.5);
}

TEST_F(ReadTable, TellsMissingSuppressedAndNotApplicableApart) {
    TableSource source{
        .file = write("key,value,state\nA,,\nB,n/a,\nC,*,\nD,,not_applicable\nE,0,\nF,0,present\n")};
    source.missing = {"n/a"};
    source.suppressed = {"*"};
    const auto table = tables::read_table(source, findings);
    EXPECT_EQ(table.figures[0].value.state, State::missing);
    EXPECT_EQ(table.figures[1].value.state, State::missing);
    EXPECT_EQ(table.figures[2].value.state, State::suppressed);
    EXPECT_EQ(table.figures[3].value.state, State::not_applicable);
    EXPECT_EQ(table.figures[4].value.state, State::present);
    EXPECT_EQ(table.figures[4].value.number, 0.0);
    EXPECT_EQ(table.figures[5].value.state, State::present);
}

TEST_F(ReadTable, CountsLinesInsideOfQuotedFields) {
    // The note of line 2 goes on over lines 3 and 4; the fault stands in line 5, and in line 4 behind the
    // note.
    EXPECT_THAT(refusal("key,note,value\nA,\"one\ntwo\nthree\",1\nB,,word\n"),
                HasSubstr("figures.csv, line 5, column 3 (value)"));
    EXPECT_THAT(refusal("key,note,value\nA,\"one\ntwo\nthree\",word\n"),
                HasSubstr("figures.csv, line 4, column 3 (value)"));
    EXPECT_THAT(refusal("key,value\n\n\r\nA,word\n"), HasSubstr("line 4, column 2"));
}

TEST_F(ReadTable, RefusesAFileThatIsNotThere) {
    EXPECT_THAT(message_of([&] { tables::read_table({.file = "absent.csv"}, findings); }),
                AllOf(HasSubstr("absent.csv: no such file"), HasSubstr("hint:")));
}

TEST_F(ReadTable, RefusesEmptyTables) {
    EXPECT_THAT(refusal(""), AllOf(HasSubstr("figures.csv"), HasSubstr("empty"), HasSubstr("hint:")));
    EXPECT_THAT(refusal("key,value\n"), AllOf(HasSubstr("a heading and no row"), HasSubstr("hint:")));
    EXPECT_THAT(refusal("key,value\n,\n"), HasSubstr("a heading and no row"));
}

TEST_F(ReadTable, NamesTheNearestColumnWhenOneIsAbsent) {
    EXPECT_THAT(refusal("key,valu\nA,1\n"),
                AllOf(HasSubstr("figures.csv, line 1: no column 'value', did you mean 'valu'?"),
                      HasSubstr("hint: the columns are: 'key', 'valu'")));
    EXPECT_THAT(refusal("place,value\nA,1\n"),
                AllOf(HasSubstr("no key column, none of 'unit_id', 'key', 'code' exists"),
                      HasSubstr("--table-key COLUMN"), HasSubstr("'place'")));
    EXPECT_THAT(refusal_of({.year_column = "jahr"}, "key,value,year\nA,1,2000\n"),
                HasSubstr("no column 'jahr'"));
}

TEST_F(ReadTable, RefusesTwoColumnsOfOneName) {
    EXPECT_THAT(refusal("key,value,value\nA,1,2\n"),
                HasSubstr("figures.csv, line 1: columns 2 and 3 have the same name 'value'"));
}

TEST_F(ReadTable, RefusesARowWithAnotherNumberOfFields) {
    EXPECT_THAT(refusal("key,value\nA,1\nB,2,3\n"),
                HasSubstr("figures.csv, line 3: 3 fields, the heading has 2"));
    EXPECT_THAT(refusal("key,value\nA\n"), HasSubstr("line 2: 1 fields"));
}

TEST_F(ReadTable, RefusesTextInANumberColumnAndSaysHowToMarkIt) {
    EXPECT_THAT(refusal("key,value\nA,1\nB,n/a\n"),
                AllOf(HasSubstr("figures.csv, line 3, column 2 (value): 'n/a' is text, expected a number"),
                      HasSubstr("missing = [\"n/a\"]")));
    EXPECT_THAT(refusal_of({.repair = false}, "key;value\nA;8,5\n"),
                AllOf(HasSubstr("'8,5'"), HasSubstr("decimal point: 8.5")));
}

TEST_F(ReadTable, RefusesNumbersThatAreNotFinite) {
    for (const std::string word : {"NaN", "nan", "inf", "-inf", "Infinity"}) {
        EXPECT_THAT(refusal("key,value\nA," + word + "\n"),
                    AllOf(HasSubstr("line 2, column 2 (value): '" + word + "' is not a finite number"),
                          HasSubstr("hint: leave the cell empty")));
    }
    EXPECT_THAT(refusal("key,value\nA,1e999\n"), HasSubstr("line 2, column 2 (value)"));
}

TEST_F(ReadTable, RefusesYearsStatesAndKeysThatSayNothing) {
    EXPECT_THAT(refusal("key,value,year\nA,1,2015/16\n"),
                HasSubstr("line 2, column 3 (year): '2015/16' is no year, expected a whole number"));
    EXPECT_THAT(refusal("key,value,year\nA,1,\n"), HasSubstr("column 3 (year)"));
    EXPECT_THAT(
        refusal("key,value,state\nA,,hidden\n"),
        AllOf(HasSubstr("line 2, column 3 (state): unknown state 'hidden'"), HasSubstr("suppressed")));
    EXPECT_THAT(refusal("key,value,state\nA,1,suppressed\n"),
                HasSubstr("state 'suppressed' contradicts the value '1'"));
    EXPECT_THAT(refusal("key,value,state\nA,,present\n"),
                HasSubstr("state 'present' contradicts the value ''"));
    EXPECT_THAT(refusal("key,value\n,1\n"), HasSubstr("line 2, column 1 (key): the key is empty"));
}

TEST_F(ReadTable, RefusesDamagedUtf8AndHalfLetters) {
    // The "о" of "область" lost its second byte.
    EXPECT_THAT(refusal("key,value\nАлматы,1\n\xD0\x62ласть,2\n"),
                HasSubstr("figures.csv, line 3, byte 1: 0xD0 is not UTF-8"));
    EXPECT_THAT(refusal(std::string("\xFF\xFEk", 3)), HasSubstr("UTF-16"));
}

TEST_F(ReadTable, ReadsWindows1251AndUtf16AndSaysSo) {
    // "Алматы" in Windows-1251 begins with 0xC0.
    EXPECT_EQ(read("key,value\n\xC0\xEB\xEC\xE0\xF2\xFB,2\n").figures[0].key, "Алматы");
    ASSERT_EQ(findings.count_of("encoding"), 1U);
    EXPECT_THAT(findings.all()[0].text, HasSubstr("Windows-1251"));
    const std::string ascii = "key,value\nA,2\n";
    std::string wide = "\xFF\xFE";
    for (const char c : ascii)
        wide += std::string{c, '\0'};
    EXPECT_EQ(read(wide).figures[0].value.number, 2.0);
    EXPECT_THAT(findings.all()[1].text, HasSubstr("UTF-16 LE"));
}

TEST_F(ReadTable, RepairsNumbersAsPeopleWriteThemAndSaysWhere) {
    const auto table = read(
        "key;value\nA;12,5\nB;1 234,5\nC;1\u00A0234\nD;12,5*\nE;12,5 1)\nF;12,5\u00B2\nG;\u221212,5\n"
        "H;1\u202F234\u2009567,0\nI;0,0\nJ;1,234\n");
    const std::vector<double> expected{12.5, 1234.5, 1234, 12.5, 12.5, 12.5, -12.5, 1234567, 0, 1.234};
    ASSERT_EQ(table.figures.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_EQ(table.figures[i].value.number, expected[i]) << table.figures[i].key;
    EXPECT_EQ(findings.count_of("number-repaired"), expected.size());
    EXPECT_THAT(findings.all()[4].where, HasSubstr("figures.csv, line 6, column 2 (value)"));
    EXPECT_THAT(findings.all()[4].text, HasSubstr("'12,5 1)' read as 12.5: footnote mark, decimal comma"));
    EXPECT_EQ(findings.count(Severity::warning), 0U);
}

TEST_F(ReadTable, RefusesACommaThatCouldMeanEither) {
    EXPECT_THAT(refusal("key;value\nA;1,234\nB;5\n"),
                AllOf(HasSubstr("line 2, column 2 (value): '1,234' is ambiguous"), HasSubstr("hint:")));
    EXPECT_EQ(read("key;value\nA;1,234\nB;1,234,567\n").figures[0].value.number, 1234.0);
    EXPECT_THAT(refusal("key;value\nA;1 23,5\n"), HasSubstr("'1 23,5' is text"));
}

TEST_F(ReadTable, KnowsTheUsualSignsUnlessTheSourceDeclaresThem) {
    const std::string content = "key;value\nA;-\nB;...\nC;\u2026\nD;н/д\nE;Нет данных\nF;x\nG;х\nH;1\n";
    const auto table = read(content);
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_EQ(table.figures[i].value.state, State::missing) << i;
    EXPECT_EQ(table.figures[5].value.state, State::suppressed);
    EXPECT_EQ(table.figures[6].value.state, State::suppressed);
    EXPECT_EQ(findings.count_of("sign"), 7U);
    TableSource source{.file = write("key;value\nA;-\n")};
    source.not_applicable = {"-"};
    EXPECT_EQ(tables::read_table(source, findings).figures[0].value.state, State::not_applicable);
    EXPECT_THAT(refusal_of({.repair = false}, "key;value\nA;н/д\n"), HasSubstr("is text"));
}

TEST_F(ReadTable, ReadsMergedHeadingsBelowTitlesWithYearsInColumns) {
    const auto table = read(
        "Уровень бедности, в процентах;;;;\n;Город;;Село;\nРегион;2020 год;2021*;2020;2021\n"
        "А;1;2;3;4\nАқмола облысы;1,5;2;3;4\nАлматы қ.1);5;6;-;8\n* Предварительные данные;;;;\n");
    ASSERT_EQ(table.figures.size(), 8U);
    EXPECT_EQ(table.figures[0].key, "Ақмола облысы");
    EXPECT_EQ(table.figures[0].indicator, "Город");
    EXPECT_EQ(table.figures[0].year, 2020);
    EXPECT_EQ(table.figures[0].value.number, 1.5);
    EXPECT_EQ(table.figures[3].key, "Алматы қ.");
    EXPECT_EQ(table.figures[3].year, 2021);
    EXPECT_EQ(table.figures[4].indicator, "Село");
    for (const auto* code : {"title-skipped", "heading-joined", "years-in-columns", "footnote-mark"})
        EXPECT_EQ(findings.count_of(code), 1U) << code;
    EXPECT_EQ(findings.count_of("note-row"), 2U);
}

TEST_F(ReadTable, TakesTheYearsBelowTheNamedHeading) {
    TableSource source{.file = write("Регион;Город;;Село;\n;2020;2021;2020;2021\nАкмола;1;2;3;4\n")};
    source.value = "Село";
    const auto table = tables::read_table(source, findings);
    ASSERT_EQ(table.figures.size(), 2U);
    EXPECT_EQ(table.figures[0].value.number, 3.0);
    EXPECT_EQ(table.figures[1].year, 2021);
}

TEST_F(ReadTable, RefusesTablesWithoutHeadingAndWithoutYears) {
    EXPECT_THAT(refusal("Акмола;1,5\nАлматы;2,5\n"),
                AllOf(HasSubstr("figures.csv, line 1"), HasSubstr("no heading row"), HasSubstr("hint:")));
    EXPECT_THAT(refusal_of({.years_in_columns = true}, "key,value\nA,1\n"),
                HasSubstr("no heading is a year"));
}

TEST_F(ReadTable, RefusesTwoUnitsInOneColumn) {
    EXPECT_THAT(refusal("key,value,unit\nA,1,tonnes\nB,2,thousand tonnes\n"),
                AllOf(HasSubstr("line 3, column 3 (unit): the unit is 'thousand tonnes'"),
                      HasSubstr("line 2 it is 'tonnes'")));
    EXPECT_THAT(refusal("key;value\nA;12,5%\nB;0,13\n"),
                HasSubstr("line 2, column 2 (value): '12,5%' has a percent sign"));
    EXPECT_EQ(read("key;value\nA;12,5%\nB;13 %\n").figures[1].value.number, 13.0);
}

TEST_F(ReadTable, MultipliesSdmxValuesByTheirDeclaredPowerOfTen) {
    const auto table = read(
        "REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n"
        "KZ-AKM,2020,736.5,3\n"
        "KZ-AKT,2020,881651,0\n"
        "KZ-ALM,2020,25,-1\n"
        "KZ-ATY,2020,,3\n"
        "KZ-ZAP,2020,656.8,3\n");
    EXPECT_EQ(table.figures[0].value.number, 736500.0);  // 736.5 thousand
    EXPECT_EQ(table.figures[1].value.number, 881651.0);
    EXPECT_EQ(table.figures[2].value.number, 2.5);
    EXPECT_EQ(table.figures[3].value.state, State::missing);
    EXPECT_EQ(findings.count_of("unit-multiplier"), 2U);  // 3 and -1, each told once
}

TEST_F(ReadTable, RefusesASdmxMultiplierThatIsNoPowerOfTen) {
    EXPECT_THAT(refusal("REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nKZ-AKM,2020,736.5,thousand\n"),
                AllOf(HasSubstr("line 2, column 4 (UNIT_MULT)"), HasSubstr("'thousand' is no power of ten")));
}

TEST_F(ReadTable, ReadsSdmxCsvByItsOwnNames) {
    const auto table = read(
        "DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE\n"
        "X,KZ-AKM,POV,2020,4.5,A,PT\nX,KZ-AKT,POV,2020,5.5,P,PT\nX,KZ-ALM,POV,2020,,O,PT\n"
        "X,KZ-ATY,POV,2020,NaN,M,PT\nX,KZ-ZAP,POV,2020,,Q,PT\n");
    ASSERT_EQ(table.figures.size(), 5U);
    EXPECT_EQ(table.figures[0].key, "KZ-AKM");
    EXPECT_EQ(table.figures[0].indicator, "POV");
    EXPECT_EQ(table.figures[0].year, 2020);
    EXPECT_EQ(table.figures[1].note, "provisional value");
    EXPECT_EQ(table.figures[2].value.state, State::missing);
    EXPECT_EQ(table.figures[3].value.state, State::not_applicable);
    EXPECT_EQ(table.figures[4].value.state, State::suppressed);
    EXPECT_THAT(refusal("REF_AREA,OBS_VALUE,OBS_STATUS\nA,1,?\n"), HasSubstr("unknown status '?'"));
}

TEST_F(ReadTable, NeverPrintsAPassword) {
    TableSource source{.file = "PG:host=127.0.0.1 port=1 user=anna password=s3cret dbname=d"};
    const auto message = message_of([&] { tables::read_table(source, findings); });
    EXPECT_THAT(message, AllOf(HasSubstr("password=***"), HasSubstr("cannot be read as a table"),
                               HasSubstr("hint: check host"), testing::Not(HasSubstr("s3cret"))));
}

TEST_F(ReadTable, RefusesQuotationMarksOutOfPlace) {
    EXPECT_THAT(refusal("key,value\nA \"b\",1\n"),
                HasSubstr("figures.csv, line 2, character 3: quotation mark"));
    EXPECT_THAT(refusal("key,value\nA,\"1\n"), HasSubstr("figures.csv, line 2: this field is never closed"));
}

}  // namespace
}  // namespace tendik
