// What PySAL's inequality and mapclassify print, from their own tests, and what is right beside it.
#include "measure_tables.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/stats/classify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace tendik {
namespace {

using ::testing::Contains;
using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::EndsWith;

Measures wolfson_of(const Column& values, Compat compat) {
    return measured({.values = values}, {.compat = compat});
}

TEST(CompatPysal, PrintsHalfOfWolfsonsIndexAndNothingElseDiffers) {
    const auto values = column({6, 6, 8, 8, 10, 10, 12, 12});
    const auto own = wolfson_of(values, Compat::none), theirs = wolfson_of(values, Compat::pysal);
    EXPECT_NEAR(value_of(theirs, "WOLFSON"), 1.0 / 12.0, 1e-15);  // PySAL inequality test_wolfson.py
    EXPECT_NEAR(value_of(wolfson_of(column({2, 4, 6, 8, 10, 12, 14, 16}), Compat::pysal), "WOLFSON"),
                11.0 / 72.0, 1e-15);  // PySAL inequality test_wolfson.py
    EXPECT_THAT(theirs.find("WOLFSON")->note, EndsWith("as PySAL has it: half of Wolfson's"));
    for (const auto& code : stats::measure_codes()) {
        if (code == "WOLFSON") continue;
        EXPECT_EQ(theirs.find(code)->value, own.find(code)->value) << code;
    }
    const auto influence = [](const Measures& result) {
        for (const auto& [code, change] : result.regions[0].influence)
            if (code == "WOLFSON") return change;
        return std::nan("");
    };
    EXPECT_DOUBLE_EQ(influence(theirs), influence(own) / 2.0);
}

TEST(CompatPysal, SaysNothingOfWhatHasNoValue) {
    EXPECT_EQ(wolfson_of(column({0, 0, 3}), Compat::pysal).find("WOLFSON")->note, "zero median");
}

TEST(CompatPysal, HalvesTheIntervalAsWell) {
    H25 data;
    data.options.draws = 1000;
    const auto own = measured(data.with_errors(), data.options);
    data.options.compat = Compat::pysal;
    const auto theirs = measured(data.with_errors(), data.options);
    for (const auto number :
         {&Measure::se, &Measure::lower, &Measure::upper, &Measure::bias, &Measure::debiased})
        EXPECT_DOUBLE_EQ(*(theirs.find("WOLFSON")->*number), *(own.find("WOLFSON")->*number) / 2.0);
}

std::vector<double> jenks71() {
    std::vector<double> values;
    for (const auto& row : split(read_file(TENDIK_SOURCE_DIR "/tests/oracles/class_values.csv"), '\n'))
        if (const auto fields = split(row, ','); fields.size() == 2 && fields[0] == "jenks71")
            values.push_back(*parse_number(fields[1]));
    return values;
}

TEST(CompatPysal, LabelsTheSamePartitionByTheLargestValueOfAClass) {
    const auto values = jenks71();
    const auto own = stats::classify(values, {.scheme = Scheme::fisher, .class_count = 5});
    const auto theirs =
        stats::classify(values, {.scheme = Scheme::fisher, .class_count = 5, .compat = Compat::pysal});
    // R: classIntervals(jenks71, 5, style = "jenks"), which labels as mapclassify does
    EXPECT_THAT(theirs.breaks, ElementsAre(DoubleEq(15.57), DoubleEq(41.2), DoubleEq(60.66), DoubleEq(77.29),
                                           DoubleEq(100.1), DoubleEq(155.3)));
    EXPECT_EQ(theirs.goodness_of_variance_fit, own.goodness_of_variance_fit);
    EXPECT_NE(theirs.breaks, own.breaks);
    EXPECT_THAT(theirs.notes, Contains("breaks as PySAL's mapclassify has them"));
}

std::vector<std::size_t> heads_and_tails(const std::vector<double>& values, Compat compat) {
    const auto classes = stats::classify(values, {.scheme = Scheme::head_tail, .compat = compat});
    Column figures;
    for (const double value : values)
        figures.push_back(Value::of(value));
    return count_by_class(classes, figures);
}

TEST(CompatPysal, GoesOnWithHeadsAndTailsToASingleValue) {
    std::vector<double> values;
    for (int i = 1; i < 1000; ++i)
        values.push_back(std::pow(i, -2.0));
    // mapclassify test_HeadTailBreaks, test_HeadTailBreaks_doublemax
    EXPECT_THAT(heads_and_tails(values, Compat::pysal), ElementsAre(975, 21, 2, 1));
    values.push_back(1.0);
    EXPECT_THAT(heads_and_tails(values, Compat::pysal), ElementsAre(980, 17, 1, 2));
    // By hand: half of 1 2 3 4 lie above their mean of 2.5, and half of 3 4 above 3.5; our limit is 0.4.
    EXPECT_THAT(heads_and_tails({1, 2, 3, 4}, Compat::pysal), ElementsAre(2, 1, 1));
    EXPECT_THAT(heads_and_tails({1, 2, 3, 4}, Compat::none), ElementsAre(2, 2));
}

TEST(Aversions, OutsideOfTheirRangeAreRefused) {
    const auto values = column({1, 2, 3});
    EXPECT_THROW(measured({.values = values}, {.atkinson_aversion = 0.0}), InputError);
    EXPECT_THROW(measured({.values = values}, {.kolm_aversion = -1.0}), InputError);
    EXPECT_THROW(measured({.values = values}, {.concentration_aversion = 1.0}), InputError);
}

}  // namespace
}  // namespace tendik
