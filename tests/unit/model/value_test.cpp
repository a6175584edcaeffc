#include "tendik/model/value.h"

#include <gmock/gmock.h>

#include <cmath>

namespace tendik {
namespace {

using testing::ElementsAre;

TEST(Value, IsMissingUntilItHasANumber) {
    const Value value;
    EXPECT_FALSE(value.present());
    EXPECT_EQ(value.state, State::missing);
    EXPECT_TRUE(std::isnan(value.number));
}

TEST(Value, ZeroIsPresent) {
    EXPECT_TRUE(Value::of(0.0).present());
    EXPECT_EQ(Value::of(0.0).number, 0.0);
}

TEST(Value, WithoutANumberKeepsItsState) {
    const auto value = Value::without(State::suppressed);
    EXPECT_EQ(value.state, State::suppressed);
    EXPECT_TRUE(std::isnan(value.number));
}

TEST(State, WordsAreThoseThatFilesUse) {
    EXPECT_EQ(to_text(State::present), "present");
    EXPECT_EQ(to_text(State::missing), "missing");
    EXPECT_EQ(to_text(State::suppressed), "suppressed");
    EXPECT_EQ(to_text(State::not_applicable), "not_applicable");
    EXPECT_EQ(to_text(State::unmatched), "unmatched");
}

TEST(State, WordsAreReadBack) {
    for (const auto state :
         {State::present, State::missing, State::suppressed, State::not_applicable, State::unmatched})
        EXPECT_EQ(state_from_text(to_text(state)), state);
    EXPECT_EQ(state_from_text("not applicable"), std::nullopt);
    EXPECT_EQ(state_from_text(""), std::nullopt);
}

TEST(Column, GivesThePresentNumbersInOrder) {
    const Column column{Value::of(3.0), Value::without(State::suppressed), Value::of(0.0),
                        Value{},        Value::without(State::unmatched),  Value::of(-1.0)};
    EXPECT_THAT(present_numbers(column), ElementsAre(3.0, 0.0, -1.0));
    EXPECT_EQ(present_count(column), 3U);
    EXPECT_TRUE(present_numbers({}).empty());
}

}  // namespace
}  // namespace tendik
