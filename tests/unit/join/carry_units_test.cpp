#include "tendik/join/carry_units.h"

#include "tendik/base/error.h"
#include "tendik/io/read_boundaries.h"
#include "tendik/join/join.h"
#include "tendik/tables/read_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kazakhstan = TENDIK_SOURCE_DIR "/geodata/kazakhstan/";

class CarryUnits : public testing::Test {
protected:
    std::size_t region(const std::string& key) const {
        return static_cast<std::size_t>(find_region(map, key).value());
    }
    std::vector<join::UnitOrigin> origins_from(const std::string& vintage) {
        return join::find_origins(map, reg, vintage);
    }
    /// One value for each unit: 10, save that of South Kazakhstan.
    Column values_of(const Boundaries& units, const Value& south) const {
        Column values;
        for (const auto& unit : units.regions)
            values.push_back(unit.key == "KZ-YUZ@1997" ? south : Value::of(10.0));
        return values;
    }
    Column carried(const Value& south, join::OfParts of_parts = join::OfParts::inherit) {
        const auto origins = origins_from("pre-2018");
        const auto units = join::units_of(origins, "pre-2018", map.source);
        return join::carry_over(values_of(units, south), units, origins, of_parts);
    }
    template <typename Work>
    std::string refusal(Work&& work) {
        try {
            work();
        } catch (const InputError& error) {
            return describe(error);
        }
        return {};
    }

    Findings findings;
    Register reg = tables::read_register(kazakhstan + "regions.csv", findings);
    Boundaries map =
        io::read_boundaries({.file = kazakhstan + "regions_2018.geojson", .vintage = "2018"}, findings);
};

TEST_F(CarryUnits, TurkistanAndShymkentArePartsOfSouthKazakhstanAndOthersAreTheirOwnOrigin) {
    const auto origins = origins_from("pre-2018");
    ASSERT_EQ(origins.size(), 17U);  // register: 14 oblasts, 3 cities from June 2018
    std::size_t parts = 0;
    for (std::size_t i = 0; i < origins.size(); ++i) {
        ASSERT_NE(origins[i].unit, nullptr) << map.regions[i].key;
        parts += origins[i].is_part;
        if (!origins[i].is_part) {
            EXPECT_EQ(origins[i].unit->unit_id, map.regions[i].key);
        }
    }
    EXPECT_EQ(parts, 2U);
    EXPECT_EQ(origins[region("KZ-SHY")].unit->unit_id, "KZ-YUZ@1997");
    EXPECT_EQ(origins[region("KZ-YUZ@2018")].unit->unit_id, "KZ-YUZ@1997");
    EXPECT_THAT(join::divisions_text(origins, map, "pre-2018"),
                ElementsAre("South Kazakhstan of pre-2018 is Shymkent + Turkistan of 2018"));
}

TEST_F(CarryUnits, AUnitThatKeepsItsIdAndLosesAPartIsDividedToo) {
    map.vintage = "2022";  // East Kazakhstan without Abai
    const auto origins = origins_from("2018");
    EXPECT_EQ(origins[region("KZ-VOS")].unit->unit_id, "KZ-VOS");
    EXPECT_TRUE(origins[region("KZ-VOS")].is_part);   // of itself with Abai
    EXPECT_FALSE(origins[region("KZ-SHY")].is_part);  // did not change in 2022
}

TEST_F(CarryUnits, TheUnitsOfTheOriginsAreThoseOfTheirTime) {
    const auto units = join::units_of(origins_from("pre-2018"), "pre-2018", "m");
    EXPECT_EQ(units.regions.size(), 16U);  // register: 14 oblasts, 2 cities until June 2018
    EXPECT_EQ(units.vintage, "pre-2018");
    EXPECT_TRUE(find_region(units, "KZ-YUZ@1997"));
}

TEST_F(CarryUnits, ARateIsInheritedFlaggedAndNotPresent) {
    const auto column = carried(Value::of(6.1));
    for (const auto* key : {"KZ-SHY", "KZ-YUZ@2018"}) {
        const auto& value = column[region(key)];
        EXPECT_EQ(value.number, 6.1);
        EXPECT_EQ(value.state, State::present);
        EXPECT_TRUE(value.inherited);
        EXPECT_TRUE(value.shown());
        EXPECT_FALSE(value.present());
    }
    EXPECT_FALSE(column[region("KZ-AKM")].inherited);
    EXPECT_EQ(present_count(column), 15U);  // 17 less the two that inherit
    EXPECT_TRUE(has_inherited(column));
}

TEST_F(CarryUnits, OfATotalThePartsHaveNothing) {
    const auto column = carried(Value::of(600.0), join::OfParts::nothing);
    EXPECT_EQ(column[region("KZ-SHY")].state, State::unmatched);
    EXPECT_FALSE(has_inherited(column));
}

TEST_F(CarryUnits, WhatWasNotPublishedForTheWholeIsNotForItsParts) {
    const auto column = carried(Value::without(State::suppressed));
    EXPECT_EQ(column[region("KZ-SHY")].state, State::suppressed);
    EXPECT_FALSE(column[region("KZ-SHY")].inherited);
}

TEST_F(CarryUnits, ATotalIsSharedOutByPopulationAndAddsUpAgain) {
    const auto inherited = carried(Value::of(600.0));
    Column people(17, Value::of(500.0));
    people[region("KZ-SHY")] = Value::of(1000.0);
    people[region("KZ-YUZ@2018")] = Value::of(2000.0);
    const auto split = join::split_totals(inherited, origins_from("pre-2018"), people, map);
    EXPECT_DOUBLE_EQ(split[region("KZ-SHY")].number, 200.0);       // 600 x 1000 / 3000
    EXPECT_DOUBLE_EQ(split[region("KZ-YUZ@2018")].number, 400.0);  // 600 x 2000 / 3000
    EXPECT_TRUE(split[region("KZ-SHY")].inherited);                // an estimate counts nowhere either
    EXPECT_EQ(split[region("KZ-AKM")].number, 10.0);               // its own
    people[region("KZ-SHY")] = Value::without(State::missing);
    EXPECT_THAT(refusal([&] { join::split_totals(inherited, origins_from("pre-2018"), people, map); }),
                AllOf(HasSubstr("South Kazakhstan cannot be shared out: Shymkent has no weight"),
                      HasSubstr("--split-totals")));
}

TEST_F(CarryUnits, WhatCannotBeInheritedIsRefusedWithTheWayOut) {
    EXPECT_THAT(refusal([&] { origins_from("2019"); }),
                AllOf(HasSubstr("'2019'"), HasSubstr("it knows: pre-2018, 2018, 2022")));
    EXPECT_THAT(refusal([&] { origins_from("2018"); }), HasSubstr("nothing to inherit"));
    EXPECT_THAT(refusal([&] { origins_from("2022"); }),
                AllOf(HasSubstr("that is a merger"), HasSubstr("--merge-units")));
    map.vintage.clear();
    EXPECT_THAT(refusal([&] { origins_from("pre-2018"); }), HasSubstr("do not say their vintage"));
}

TEST_F(CarryUnits, RowsOfTheOlderUnitsAreRefusedOnTheNewOnesWithReasonAndWayOut) {
    Indicators table{"t.csv", "unit", {}};
    for (const auto& unit : join::units_of(origins_from("pre-2018"), "pre-2018", "m").regions) {
        Figure figure;
        figure.key = unit.key;
        figure.value = Value::of(1.0);
        figure.line = table.figures.size() + 2;
        table.figures.push_back(figure);
    }
    EXPECT_THAT(refusal([&] { join::join(map, table, &reg, {}, findings); }),
                AllOf(HasSubstr("the rows are of the units of pre-2018, the boundaries of 2018"),
                      HasSubstr("15 of 17 regions matched"),  // Turkistan and Shymkent have no row
                      HasSubstr("South Kazakhstan of pre-2018 is Shymkent + Turkistan of 2018"),
                      HasSubstr("--inherit-from pre-2018")));
    JoinOptions allowing;
    allowing.allow_unmatched = 3;  // South Kazakhstan, Turkistan, Shymkent
    EXPECT_EQ(join::join(map, table, &reg, allowing, findings).report.matched_count, 15U);
}

TEST_F(CarryUnits, ABareCodeMeansTheUnitOfTheStatedVintage) {
    Indicators table{"t.csv", "unit", {}};
    for (const auto& region : map.regions) {
        Figure figure;
        figure.key = region.key == "KZ-YUZ@2018" ? "KZ-YUZ" : region.key;
        figure.value = Value::of(1.0);
        table.figures.push_back(figure);
    }
    EXPECT_THAT(refusal([&] { join::join(map, table, &reg, {}, findings); }), HasSubstr("ambiguous"));
    JoinOptions stated;
    stated.key_vintage = "2018";
    EXPECT_EQ(join::join(map, table, &reg, stated, findings).report.matched_count, 17U);
    stated.key_vintage = "pre-2018";
    EXPECT_THAT(refusal([&] { join::join(map, table, &reg, stated, findings); }),
                HasSubstr("'KZ-YUZ' (KZ-YUZ@1997 (South Kazakhstan) of vintage pre-2018"));
}

TEST_F(CarryUnits, AVintageThatDoesNotExistIsRefusedAndSoAreUnitsThatItDoesNotHave) {
    EXPECT_EQ(refusal([&] { join::refuse_wrong_vintage(map, reg); }), "");
    map.vintage = "2019";
    EXPECT_THAT(refusal([&] { join::refuse_wrong_vintage(map, reg); }),
                AllOf(HasSubstr("there is no vintage '2019'"), HasSubstr("knows: pre-2018, 2018, 2022")));
    map.vintage = "pre-2018";
    EXPECT_THAT(refusal([&] { join::refuse_wrong_vintage(map, reg); }),
                AllOf(HasSubstr("'KZ-SHY' (Shymkent) is a unit of 2018, 2022"),
                      HasSubstr("'KZ-YUZ@2018' (Turkistan)"), HasSubstr("state their own vintage")));
    for (auto& entry : reg.entries)
        entry.vintages.clear();
    EXPECT_EQ(refusal([&] { join::refuse_wrong_vintage(map, reg); }), "");  // nothing is known of vintages
}

}  // namespace
}  // namespace tendik
