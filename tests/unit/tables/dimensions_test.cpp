// Which part of the people a row speaks of.
#include "table_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using test::message_of;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Dimensions : public TableReading {};

/// "A 5, B ?": keys with their values; '?' where there is none.
std::string listed(const Indicators& table) {
    std::string text;
    for (const auto& figure : table.figures)
        text += (text.empty() ? "" : ", ") + figure.key + " " +
                (figure.value.present() ? std::to_string(static_cast<int>(figure.value.number)) : "?");
    return text;
}

TEST_F(Dimensions, AreColumnsOfUsualNamesThatHoldWords) {
    const auto table = read("key,Sex,age,value\nA,girls,12.5,1\nB,boys,13,2\n");
    EXPECT_THAT(table.dimensions, ElementsAre("Sex"));  // an age in numbers is a measurement
    EXPECT_THAT(table.figures[1].cell, ElementsAre("boys"));
    EXPECT_THAT(read("key,sex,value\nA,girls,1\nB,girls,2\n").dimensions, IsEmpty());
    EXPECT_THAT(read("key,grp,value\nA,x,1\nB,y,2\n", {.dimensions = {"grp"}}).dimensions,
                ElementsAre("grp"));
    EXPECT_THAT(message_of([&] { read("key,sex,value\nA,x,1\n", {.dimensions = {"sexx"}}); }),
                HasSubstr("sex"));
}

TEST_F(Dimensions, KnowWordsForAllTogetherAndOneSpelling) {
    for (const auto* word : {"_T", "total", "ALL", "Всего", "барлығы", "оба пола", ""})
        EXPECT_EQ(tables::cell_value(word), "") << word;
    EXPECT_EQ(tables::cell_value(" urban "), "urban");
    const auto table = read("key,residence,value\nA,Urban,1\nA,Total,2\nB,urban,3\nB,rural,4\n");
    EXPECT_THAT(tables::values_of_dimension(table, "residence"), ElementsAre("Urban", "rural"));
    EXPECT_EQ(listed(tables::rows_of_cell(table, {{"residence", "URBAN"}})), "A 1, B 3");
}

TEST_F(Dimensions, AnAbsentCellIsARowWithoutAValueAndKeepsItsPlace) {
    const auto table = read(
        "key,residence,year,value\nA,total,2015,2\nA,rural,2015,9\nB,total,2015,3\nC,rural,2015,4\n"
        "D,total,2010,5\n");
    EXPECT_EQ(listed(tables::rows_of_cell(table, {{"residence", "rural"}})), "A 9, B ?, C 4");  // 2010 has
                                                                                                // none
    // Nobody chose: all together, where rows of a region differ.
    EXPECT_EQ(listed(tables::rows_of_cell(table, {})), "A 2, B 3, C ?, D 5");
}

TEST_F(Dimensions, WithoutARowOfAllTogetherNothingIsChosen) {
    const auto table = read("key,sex,value\nA,girls,1\nA,boys,2\n");
    EXPECT_EQ(listed(tables::rows_of_cell(table, {})), "A 1, A 2");  // join() refuses them
}

TEST_F(Dimensions, RefuseAValueThatNoRowHas) {
    const auto table = read("key,sex,value\nA,girls,1\nA,boys,2\n");
    EXPECT_THAT(message_of([&] {
                    tables::rows_of_cell(table, {{"sex", "girl"}});
                }),
                AllOf(HasSubstr("no row has sex 'girl', did you mean 'girls'?")));
    EXPECT_THAT(message_of([&] {
                    tables::rows_of_cell(table, {{"age", "0-4"}});
                }),
                HasSubstr("'age' is no dimension"));
}

TEST_F(Dimensions, NamesOtherColumnsInWhichRowsOfARegionDiffer) {
    const auto table = read("key,kind,people,place,value\nA,new,5,x,1\nA,old,6,x,2\nB,new,7,y,3\n");
    EXPECT_THAT(table.undeclared, ElementsAre("kind"));  // people are numbers, a place differs between
                                                         // regions
}

}  // namespace
}  // namespace tendik
