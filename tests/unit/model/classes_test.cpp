#include "tendik/model/classes.h"

#include <gmock/gmock.h>

#include <limits>

namespace tendik {
namespace {

using testing::ElementsAre;

Classes classes(std::vector<double> breaks) {
    Classes result;
    result.breaks = std::move(breaks);
    return result;
}

TEST(Classes, HoldTheirUpperEndAndNotTheirLower) {
    const auto three = classes({0.0, 10.0, 20.0, 30.0});
    EXPECT_EQ(three.class_count(), 3U);
    EXPECT_EQ(three.class_of(5.0), 0U);
    EXPECT_EQ(three.class_of(10.0), 0U);
    EXPECT_EQ(three.class_of(10.000001), 1U);
    EXPECT_EQ(three.class_of(20.0), 1U);
    EXPECT_EQ(three.class_of(25.0), 2U);
}

TEST(Classes, OuterEndsAreClosed) {
    const auto three = classes({0.0, 10.0, 20.0, 30.0});
    EXPECT_EQ(three.class_of(0.0), 0U);
    EXPECT_EQ(three.class_of(30.0), 2U);
}

TEST(Classes, ValuesOutsideOrNotFiniteHaveNone) {
    const auto three = classes({0.0, 10.0, 20.0, 30.0});
    EXPECT_EQ(three.class_of(-0.001), std::nullopt);
    EXPECT_EQ(three.class_of(30.001), std::nullopt);
    EXPECT_EQ(three.class_of(std::numeric_limits<double>::quiet_NaN()), std::nullopt);
    EXPECT_EQ(three.class_of(std::numeric_limits<double>::infinity()), std::nullopt);
    EXPECT_EQ(three.class_of(-std::numeric_limits<double>::infinity()), std::nullopt);
}

TEST(Classes, OfEqualValuesAreOneClass) {
    const auto one = classes({4.2, 4.2});
    EXPECT_EQ(one.class_count(), 1U);
    EXPECT_EQ(one.class_of(4.2), 0U);
    EXPECT_EQ(one.class_of(4.3), std::nullopt);
}

TEST(Classes, WithoutBreaksHoldNothing) {
    EXPECT_EQ(Classes{}.class_count(), 0U);
    EXPECT_EQ(Classes{}.class_of(1.0), std::nullopt);
    EXPECT_EQ(classes({1.0}).class_of(1.0), std::nullopt);
    EXPECT_TRUE(count_by_class(Classes{}, {Value::of(1.0)}).empty());
}

TEST(Classes, CountThePresentValuesOnly) {
    const auto three = classes({0.0, 10.0, 20.0, 30.0});
    const Column column{Value::of(0.0), Value::of(10.0), Value::without(State::suppressed),
                        Value{},        Value::of(30.0), Value::of(99.0)};
    EXPECT_THAT(count_by_class(three, column), ElementsAre(2U, 0U, 1U));
}

}  // namespace
}  // namespace tendik
