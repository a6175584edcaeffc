#include "tendik/io/read_table.h"

#include "message.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
    Indicators read(const std::string& content) { return io::read_table({.file = write(content)}, findings); }
    std::string refusal(const std::string& content) {
        return message_of([&] { read(content); });
    }
    std::string refusal_of(TableSource source, const std::string& content) {
        source.file = write(content);
        return message_of([&] { io::read_table(source, findings); });
    }

    test::TemporaryFolder folder;
    Findings findings;
};

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
    const auto table = io::read_table(source, findings);
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
    EXPECT_THAT(refusal("key,note,value\nA,\"one\ntwo\nthree\",1\nB,,x\n"),
                HasSubstr("figures.csv, line 5, column 3 (value)"));
    EXPECT_THAT(refusal("key,note,value\nA,\"one\ntwo\nthree\",x\n"),
                HasSubstr("figures.csv, line 4, column 3 (value)"));
    EXPECT_THAT(refusal("key,value\n\n\r\nA,x\n"), HasSubstr("line 4, column 2"));
}

TEST_F(ReadTable, RefusesAFileThatIsNotThere) {
    EXPECT_THAT(message_of([&] { io::read_table({.file = "absent.csv"}, findings); }),
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
    EXPECT_THAT(
        refusal("region,value\nA,1\n"),
        AllOf(HasSubstr("no key column, none of 'unit_id', 'key', 'code' exists"), HasSubstr("'region'")));
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
    EXPECT_THAT(refusal("key;value\nA;8,5\n"), AllOf(HasSubstr("'8,5'"), HasSubstr("decimal point: 8.5")));
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

TEST_F(ReadTable, RefusesBytesThatAreNotUtf8) {
    // "Алматы" in Windows-1251 begins with 0xC0.
    EXPECT_THAT(refusal("key,value\nA,1\n\xC0\xEB\xEC\xE0\xF2\xFB,2\n"),
                AllOf(HasSubstr("figures.csv, line 3, byte 1: 0xC0 is not UTF-8"),
                      HasSubstr("iconv -f WINDOWS-1251")));
    EXPECT_THAT(refusal(std::string("\xFF\xFEk\0e\0", 6)), HasSubstr("UTF-16"));
}

TEST_F(ReadTable, RefusesQuotationMarksOutOfPlace) {
    EXPECT_THAT(refusal("key,value\nA \"b\",1\n"),
                HasSubstr("figures.csv, line 2, character 3: quotation mark"));
    EXPECT_THAT(refusal("key,value\nA,\"1\n"), HasSubstr("figures.csv, line 2: this field is never closed"));
}

}  // namespace
}  // namespace tendik
