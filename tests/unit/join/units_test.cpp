#include "tendik/join/units.h"

#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using testing::HasSubstr;

Figure figure(const char* key, double number, const char* unit, std::size_t line) {
    Figure result;
    result.key = key;
    result.indicator = "emissions";
    result.year = 2020;
    result.value = Value::of(number);
    result.unit = unit;
    result.line = line;
    return result;
}

Indicator emissions() {
    Indicator indicator;
    indicator.code = "emissions";
    indicator.unit = {"tonnes", {}, {}};
    indicator.units = {{"tonnes", 1.0}, {"thousand tonnes", 1000.0}};
    return indicator;
}

std::string message_of(const Indicators& table, const Indicator& indicator) {
    try {
        join::convert_units(table, indicator, "emissions");
    } catch (const InputError& error) {
        return error.what();
    }
    return "nothing thrown";
}

TEST(Units, TurnsThousandTonnesIntoTonnesAsTheCatalogueDeclares) {
    const Indicators table{
        "e.csv", "key", {figure("A", 72.9, "thousand tonnes", 2), figure("B", 5, "tonnes", 3)}};
    const auto converted = join::convert_units(table, emissions(), "emissions");
    EXPECT_DOUBLE_EQ(converted.figures[0].value.number, 72900.0);  // by hand: 72.9 x 1000
    EXPECT_DOUBLE_EQ(converted.figures[1].value.number, 5.0);
}

TEST(Units, RefusesAUnitNobodyDeclaredWithLineAndBothUnits) {
    const auto message = message_of({"e.csv", "key", {figure("A", 1, "kg", 2)}}, emissions());
    EXPECT_THAT(message, HasSubstr("e.csv, line 2"));
    EXPECT_THAT(message, HasSubstr("'kg'"));
    EXPECT_THAT(message, HasSubstr("'tonnes'"));
}

TEST(Units, RefusesARowWithoutUnitBesideRowsWithOne) {
    const Indicators table{"e.csv", "key", {figure("A", 1, "tonnes", 2), figure("B", 2, "", 3)}};
    EXPECT_THAT(message_of(table, emissions()), HasSubstr("line 3"));
}

TEST(Units, TakesFiguresAsTheyStandWhereTheTableNamesNoUnit) {
    const Indicators table{"e.csv", "key", {figure("A", 7, "", 2)}};
    EXPECT_EQ(join::convert_units(table, emissions(), "emissions").figures[0].value.number, 7.0);
}

}  // namespace
}  // namespace tendik
