#include "tendik/join/crosswalk.h"

#include "support/drawn_map.h"
#include "support/message.h"
#include "tendik/base/compensated_sum.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace tendik {
namespace {

using test::drawn_map;
using test::message_of;
using testing::HasSubstr;

/// Cells of one row on the equator have the same area, so shares can be counted in cells.
class CrosswalkOf : public testing::Test {
protected:
    const Crosswalk& between(const std::vector<std::string>& from, const std::vector<std::string>& to,
                             const std::vector<double>* amounts = nullptr,
                             const CrosswalkOptions& options = {}) {
        m_from = drawn_map(from);
        m_to = drawn_map(to);
        m_pieces = join::overlay(m_from, m_to);
        m_made = join::make_crosswalk(m_from, m_to, m_pieces, amounts, "area", options, findings);
        return m_made;
    }
    static Column column(const std::vector<double>& numbers) {
        Column values;
        for (const double number : numbers)
            values.push_back(Value::of(number));
        return values;
    }

    Findings findings;
    Boundaries m_from;
    Boundaries m_to;
    std::vector<SharedPiece> m_pieces;
    Crosswalk m_made;
};

TEST_F(CrosswalkOf, ADividedRegionSharesItsTotalOutByAreaAndItsPartsInheritItsRate) {
    // A is two cells, of which one goes to A and one to C, beside B's own.
    const auto& made = between({"AAB"}, {"ACC"});
    const auto totals = join::carry_extensive(made, column({10.0, 4.0}));
    EXPECT_NEAR(totals[0].number, 5.0, 1e-12);  // half of 10
    EXPECT_NEAR(totals[1].number, 9.0, 1e-12);  // the other half and 4
    EXPECT_TRUE(totals[0].inherited);
    EXPECT_TRUE(totals[1].inherited);
    const auto means = join::carry_intensive(made, column({10.0, 4.0}));
    EXPECT_NEAR(means[0].number, 10.0, 1e-12);
    EXPECT_NEAR(means[1].number, 7.0, 1e-12);  // one cell of 10, one of 4
}

TEST_F(CrosswalkOf, MergedRegionsAreNoEstimateAndTheirRateIsThatOfTheirPeople) {
    const auto& made = between({"ABC"}, {"DDE"});
    const auto totals = join::carry_extensive(made, column({3.0, 4.0, 5.0}));
    EXPECT_EQ(totals[0].number, 7.0);
    EXPECT_FALSE(totals[0].inherited);
    const auto rates = join::carry_rates(made, column({10.0, 40.0, 5.0}), column({300.0, 100.0, 1.0}));
    EXPECT_NEAR(rates[0].number, 17.5, 1e-12);  // (10 * 300 + 40 * 100) / 400; the mean by area were 25
    EXPECT_EQ(rates[1].number, 5.0);
    EXPECT_NEAR(join::carry_intensive(made, column({10.0, 40.0, 5.0}))[0].number, 25.0, 1e-12);
}

TEST_F(CrosswalkOf, EachPassageHasItsWord) {
    auto passages = [this](const std::vector<std::string>& from, const std::vector<std::string>& to) {
        std::string words;
        for (const auto& row : between(from, to).rows)
            words += m_from.regions[row.source].key + m_to.regions[row.target].key + ":" +
                     std::string(to_text(row.passage)) + " ";
        return words;
    };
    EXPECT_EQ(passages({"AB"}, {"AB"}), "AA:same BB:same ");
    EXPECT_EQ(passages({"AB"}, {"AX"}), "AA:same BX:renamed ");
    EXPECT_EQ(passages({"ABC"}, {"MMC"}), "AM:merged BM:merged CC:same ");
    EXPECT_EQ(passages({"AAC"}, {"XYC"}), "AX:split AY:split CC:same ");
    EXPECT_EQ(passages({"AAABBB"}, {"XXYYYY"}), "AX:split AY:shifted BY:merged ");
}

TEST_F(CrosswalkOf, WeightsOfARasterShareWithinASource) {
    const std::vector<double> people{900.0, 100.0, 50.0};  // of A in A, of A in C, of B in C
    const auto& made = between({"AAB"}, {"ACC"}, &people);
    EXPECT_NEAR(join::carry_extensive(made, column({10.0, 4.0}))[1].number, 5.0, 1e-12);  // 1 of 10, and 4
    // (100 * 10 + 50 * 4) / 150
    EXPECT_NEAR(join::carry_intensive(made, column({10.0, 4.0}))[1].number, 8.0, 1e-12);
    EXPECT_NEAR(made.targets[1].largest_source_share, 100.0 / 150.0, 1e-12);
    // 1 / ((2/3)^2 + (1/3)^2)
    EXPECT_NEAR(made.targets[1].effective_sources, 1.8, 1e-12);
    EXPECT_TRUE(findings.empty());
}

TEST_F(CrosswalkOf, ASourceWithoutPeopleIsSharedByAreaAndSaysSo) {
    const std::vector<double> people{0.0, 0.0, 50.0};
    const auto& made = between({"AAB"}, {"ACC"}, &people);
    EXPECT_NEAR(join::carry_extensive(made, column({10.0, 4.0}))[0].number, 5.0, 1e-12);
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "no-weight");
    EXPECT_EQ(findings.all()[0].where, "A");
}

TEST_F(CrosswalkOf, TotalsArriveWhateverTheBorders) {
    const auto& made = between({"AAABBB", "CCDDDB", "CCDEEE"}, {"PPQQQQ", "RRQQSS", "RTTTSS"});
    const std::vector<double> numbers{1.0 / 3.0, 1e9, 7.25, 1e-6, 12345.678};
    CompensatedSum before;
    CompensatedSum after;
    for (const double number : numbers)
        before.add(number);
    for (const auto& value : join::carry_extensive(made, column(numbers)))
        after.add(value.number);
    EXPECT_NEAR(after.value() / before.value(), 1.0, 1e-12);
}

TEST_F(CrosswalkOf, WhatLiesOutsideIsToldAndItsTotalStillArrives) {
    const auto& made = between({"AAAA"}, {"A.BB"});
    const auto totals = join::carry_extensive(made, column({6.0}));
    EXPECT_NEAR(totals[0].number + totals[1].number, 6.0, 1e-12);
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "outside");
    EXPECT_THAT(findings.all()[0].text, HasSubstr("25.0 % of 'A'"));
    EXPECT_NEAR(made.source_covered[0], 0.75, 1e-9);
}

TEST_F(CrosswalkOf, AbsentValuesStayAbsentAndAreNeverZero) {
    const auto& made = between({"ABCD"}, {"MMNN"});
    const Column values{Value::of(1.0), Value::without(State::suppressed), Value::of(3.0),
                        Value::without(State::not_applicable)};
    const auto totals = join::carry_extensive(made, values);
    EXPECT_EQ(totals[0].state, State::suppressed);
    EXPECT_EQ(totals[1].number, 3.0);  // what does not apply adds nothing
    const auto away = join::carry_extensive(between({"A."}, {"AB"}), column({2.0}));
    EXPECT_EQ(away[0].number, 2.0);
    EXPECT_EQ(away[1].state, State::unmatched);
    EXPECT_EQ(findings.all().back().code, "not-covered");
}

TEST_F(CrosswalkOf, ASliverOfABorderMakesNoEstimate) {
    // B's western cell went to A: 1 of 21 cells of the target.
    const auto& made = between({std::string(20, 'A') + "BB" + std::string(20, 'C')},
                               {std::string(21, 'A') + "B" + std::string(20, 'C')});
    const auto totals = join::carry_extensive(made, column({20.0, 2.0, 5.0}));
    EXPECT_NEAR(totals[0].number, 21.0, 1e-9);
    EXPECT_FALSE(totals[0].inherited);
    EXPECT_TRUE(totals[1].inherited);  // half of a divided region
}

TEST_F(CrosswalkOf, ARegionThatLosesASmallPartIsSplitAndAllItsFiguresAreEstimates) {
    // One cell of twenty becomes a region of its own: its people may be any share of the whole's.
    const std::string whole(20, 'A');
    const auto& made = between({whole}, {whole.substr(1) + "B"});
    for (const auto& row : made.rows)
        EXPECT_EQ(row.passage, Passage::split);
    for (const auto& value : join::carry_extensive(made, column({20.0})))
        EXPECT_TRUE(value.inherited);
    const auto& back = between({whole.substr(1) + "B"}, {whole});
    for (const auto& row : back.rows)
        EXPECT_EQ(row.passage, Passage::merged);
    EXPECT_FALSE(join::carry_extensive(back, column({19.0, 1.0}))[0].inherited);
}

TEST_F(CrosswalkOf, TheFirstReasonOfAbsenceStandsAndALackingDenominatorIsMissing) {
    const auto& made = between({"ABCD"}, {"MMMM"});
    const Column values{Value::of(1.0), Value::without(State::suppressed), Value::without(State::missing),
                        Value::of(3.0)};
    EXPECT_EQ(join::carry_extensive(made, values)[0].state, State::suppressed);
    auto denominators = column({1.0, 1.0, 1.0, 1.0});
    denominators[2] = Value::without(State::suppressed);
    EXPECT_EQ(join::carry_rates(made, column({1.0, 2.0, 3.0, 4.0}), denominators)[0].state, State::missing);
    denominators[2] = Value::inherit(5.0);  // what is shown can be divided by
    // (1 + 2 + 3 * 5 + 4) / 8
    EXPECT_NEAR(join::carry_rates(made, column({1.0, 2.0, 3.0, 4.0}), denominators)[0].number, 2.75, 1e-12);
    denominators[2] = Value::of(0.0);  // and who has nobody cannot be missed
    EXPECT_NEAR(join::carry_rates(made, values, column({1.0, 0.0, 0.0, 3.0}))[0].number, 2.5, 1e-12);
    // All sources of the target are where it does not apply.
    EXPECT_EQ(join::carry_extensive(made, Column(4, Value::without(State::not_applicable)))[0].state,
              State::not_applicable);
}

TEST_F(CrosswalkOf, OptionsMoveTheWords) {
    const auto first = [this](double same_share) {
        // Four of five cells stay.
        return between({"AAAAAB"}, {"AAAABB"}, nullptr, {.same_share = same_share}).rows.front().passage;
    };
    EXPECT_EQ(first(0.75), Passage::same);
    EXPECT_EQ(first(0.9), Passage::split);
    EXPECT_THAT(message_of([&] { first(0.5); }), HasSubstr("0.5"));
    EXPECT_THAT(message_of([&] { first(1.1); }), HasSubstr("1.1"));
    for (const double sliver : {-0.01, 0.11})
        EXPECT_THAT(message_of([&] { between({"A"}, {"A"}, nullptr, {.sliver_share = sliver}); }),
                    HasSubstr("is a sliver"));
    // A piece of a twentieth of its source and a half of its target is no sliver; one small in both is.
    const std::string whole(20, 'A');
    const auto kept = between({whole + "B"}, {whole.substr(1) + "BB"}, nullptr, {.sliver_share = 0.1});
    EXPECT_EQ(kept.rows.size(), 3U);
    const std::string other(20, 'B');
    const auto dropped =
        between({whole + other}, {whole.substr(1) + "B" + other}, nullptr, {.sliver_share = 0.1});
    EXPECT_EQ(dropped.rows.size(), 2U);
}

TEST_F(CrosswalkOf, BadInputIsRefused) {
    const std::vector<double> endless{std::numeric_limits<double>::infinity()};
    EXPECT_THAT(message_of([&] { between({"A"}, {"A"}, &endless); }),
                HasSubstr("what weighs 'A' in 'A' is inf"));
    EXPECT_THAT(message_of([&] { between({"A."}, {".B"}); }), HasSubstr("do not meet"));
    EXPECT_THAT(message_of([&] { between({"A"}, {"A"}, nullptr, {.same_share = 0.4}); }), HasSubstr("0.4"));
    const std::vector<double> people{-1.0};
    EXPECT_THAT(message_of([&] { between({"A"}, {"A"}, &people); }),
                HasSubstr("what weighs 'A' in 'A' is -1"));
}

}  // namespace
}  // namespace tendik
