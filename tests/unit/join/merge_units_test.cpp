#include "tendik/join/merge_units.h"

#include "tendik/base/error.h"
#include "tendik/io/read_boundaries.h"
#include "tendik/join/join.h"
#include "tendik/tables/read_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string kazakhstan = TENDIK_SOURCE_DIR "/geodata/kazakhstan/";

/// The twenty units of 2022; every value is 10 and every weight 1, save those that a test sets.
class MergeUnits : public testing::Test {
protected:
    MergeUnits() {
        for (const auto& entry : reg.entries)
            if (entry.kind != "country" && entry.vintages.back() == "2022") add(entry.unit_id, 10.0, 1.0);
    }
    void add(const std::string& key, double value, double weight) {
        Figure figure;
        figure.key = key;
        figure.line = table.figures.size() + 2;
        figure.value = Value::of(value);
        table.figures.push_back(figure);
        figure.value = Value::of(weight);
        weights.figures.push_back(figure);
    }
    std::size_t at(const std::string& key) const {
        for (std::size_t i = 0; i < table.figures.size(); ++i)
            if (table.figures[i].key == key) return i;
        ADD_FAILURE() << key;
        return 0;
    }
    void set(const std::string& key, double value, double weight) {
        table.figures[at(key)].value = Value::of(value);
        weights.figures[at(key)].value = Value::of(weight);
    }
    Value value_of(const join::MergeOptions& options, const std::string& key, bool weighed = true) {
        const auto merged =
            join::merge_units(table, weighed ? &weights : nullptr, map, reg, options, findings);
        const auto joined = join::join(map, merged, &reg, {}, findings);
        return joined.values[static_cast<std::size_t>(*find_region(map, key))];
    }
    std::string refusal(const join::MergeOptions& options, bool weighed = true) {
        try {
            join::merge_units(table, weighed ? &weights : nullptr, map, reg, options, findings);
        } catch (const InputError& error) {
            return describe(error);
        }
        return {};
    }

    Findings of_register;
    Register reg = tables::read_register(kazakhstan + "regions.csv", of_register);
    Findings findings;
    Boundaries map = io::read_boundaries({.file = kazakhstan + "regions_2018.geojson"}, findings);
    Indicators table{"t.csv", "unit", {}};
    Indicators weights{"t.csv", "unit", {}};
};

constexpr join::MergeOptions rates{.merge = true, .kind = IndicatorKind::rate, .indicator = {}, .year = {}};
constexpr join::MergeOptions totals{.merge = true, .kind = IndicatorKind::total, .indicator = {}, .year = {}};

TEST_F(MergeUnits, TwentyUnitsOnSeventeenBoundariesAreRefusedNamingWhatMerges) {
    ASSERT_EQ(table.figures.size(), 20U);  // register of Kazakhstan: 17 oblasts and 3 cities since June 2022
    EXPECT_THAT(refusal({}), AllOf(HasSubstr("units of 2022, the boundaries of 2018"),
                                   HasSubstr("East Kazakhstan + Abai of 2022 are East Kazakhstan of 2018"),
                                   HasSubstr("Almaty oblast + Jetisu of 2022 are Almaty oblast of 2018"),
                                   HasSubstr("Karaganda + Ulytau of 2022 are Karaganda of 2018"),
                                   HasSubstr("--merge-units")));
}

TEST_F(MergeUnits, TotalsAreSummed) {
    set("KZ-VOS", 100.0, 1.0);
    set("KZ-ABY", 23.5, 1.0);
    EXPECT_EQ(value_of(totals, "KZ-VOS", false).number, 123.5);  // 100 + 23.5
    EXPECT_EQ(value_of(totals, "KZ-PAV", false).number, 10.0);   // did not change
    EXPECT_EQ(findings.count_of("units-merged"), 6U);            // 3 mergers, merged twice here
}

TEST_F(MergeUnits, RatesAreWeighedByTheirPopulation) {
    set("KZ-KAR", 4.0, 1000.0);
    set("KZ-ULT", 10.0, 200.0);
    EXPECT_DOUBLE_EQ(value_of(rates, "KZ-KAR").number, 5.0);  // (4 x 1000 + 10 x 200) / 1200
}

TEST_F(MergeUnits, ARateWithoutWeightsIsRefusedWithTheReason) {
    EXPECT_THAT(refusal(rates, false), AllOf(HasSubstr("without the population of both"),
                                             HasSubstr("--weight COLUMN"), HasSubstr("--value-kind total")));
    set("KZ-ABY", 10.0, 0.0);
    EXPECT_THAT(refusal(rates), HasSubstr("'KZ-ABY' has no weight above zero"));
}

TEST_F(MergeUnits, AnAbsentPartLeavesTheWholeAbsentInItsState) {
    table.figures[at("KZ-ABY")].value = Value::without(State::suppressed);
    EXPECT_EQ(value_of(totals, "KZ-VOS").state, State::suppressed);
    EXPECT_EQ(findings.count_of("unit-not-merged"), 1U);
}

TEST_F(MergeUnits, APartWithoutARowIsNamed) {
    table.figures.erase(table.figures.begin() + static_cast<std::ptrdiff_t>(at("KZ-VOS")));
    EXPECT_THAT(refusal(totals), HasSubstr("no row for East Kazakhstan"));
}

TEST_F(MergeUnits, TwoRowsOfAPartAreNamedWithTheirLines) {
    add("Абай", 1.0, 1.0);
    EXPECT_THAT(refusal(totals), AllOf(HasSubstr("'KZ-ABY' in line 2"), HasSubstr("'Абай' in line 22")));
}

TEST_F(MergeUnits, AStatedVintageIsMergedAndTheBoundariesOwnRowsComeFirst) {
    for (auto& figure : table.figures)
        figure.vintage = "2022";
    EXPECT_THAT(refusal({}), HasSubstr("units of 2022"));
    EXPECT_EQ(value_of(totals, "KZ-ALM").number, 20.0);  // 10 + 10
    auto own = table.figures[at("KZ-ALM")];
    own.vintage = "2018";
    table.figures = {own, table.figures[at("KZ-ZHT")]};
    EXPECT_EQ(join::merge_units(table, nullptr, map, reg, {}, findings).figures.size(), 2U);
}

TEST_F(MergeUnits, TurkistanAndShymkentMakeUpSouthKazakhstan) {
    map = io::read_boundaries({.file = kazakhstan + "regions_pre2018.geojson"}, findings);
    set("KZ-YUZ@2018", 3.0, 1.0);
    set("KZ-SHY", 4.0, 1.0);
    EXPECT_EQ(value_of(totals, "KZ-YUZ@1997").number, 7.0);  // 3 + 4
}

TEST_F(MergeUnits, ATableOfTheBoundariesUnitsStaysAsItIs) {
    std::erase_if(table.figures, [](const Figure& row) {
        return row.key == "KZ-ABY" || row.key == "KZ-ZHT" || row.key == "KZ-ULT";
    });
    EXPECT_EQ(join::merge_units(table, nullptr, map, reg, {}, findings).figures.size(), 17U);
    EXPECT_TRUE(findings.empty());
}

}  // namespace
}  // namespace tendik
