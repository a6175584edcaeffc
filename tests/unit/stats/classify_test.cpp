#include "tendik/stats/classify.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace tendik {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Values = std::vector<double>;

Classes classified(const Values& values, Scheme scheme, std::size_t count, bool round_breaks = false) {
    ClassifyOptions options{.scheme = scheme, .class_count = count, .round_breaks = round_breaks};
    if (scheme == Scheme::fixed) options.fixed_breaks = {0.5, 2.0, 4.0};
    return stats::classify(values, options);
}

std::vector<std::size_t> counts_of(const Classes& classes, const Values& values) {
    Column column;
    for (const double value : values)
        column.push_back(Value::of(value));
    return count_by_class(classes, column);
}

std::size_t sum_of(const std::vector<std::size_t>& counts) {
    std::size_t sum = 0;
    for (const std::size_t count : counts)
        sum += count;
    return sum;
}

std::vector<Scheme> all_schemes() {
    std::vector<Scheme> schemes;
    for (const auto& word : scheme_words())
        schemes.push_back(*scheme_from_text(word));
    return schemes;
}

std::vector<std::vector<std::string>> read_rows(const std::string& name) {
    std::ifstream file(std::string(TENDIK_SOURCE_DIR) + "/tests/oracles/" + name);
    std::vector<std::vector<std::string>> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line))
        rows.push_back(split(line, ','));
    return rows;
}

/// Within-class sum of squares of ascending values cut at `starts`, each class around its own mean.
double spread_of(const Values& ascending, const std::vector<std::size_t>& starts) {
    double sum = 0.0;
    for (std::size_t c = 0; c < starts.size(); ++c) {
        const std::size_t end = c + 1 < starts.size() ? starts[c + 1] : ascending.size();
        double mean = 0.0;
        for (std::size_t i = starts[c]; i < end; ++i)
            mean += ascending[i] / static_cast<double>(end - starts[c]);
        for (std::size_t i = starts[c]; i < end; ++i)
            sum += (ascending[i] - mean) * (ascending[i] - mean);
    }
    return sum;
}

std::vector<std::size_t> starts_of(const Classes& classes, const Values& ascending) {
    std::vector<std::size_t> starts;
    for (const auto count : counts_of(classes, ascending)) {
        starts.push_back(starts.empty() ? 0 : starts.back());
        if (starts.size() > 1) starts.back() += counts_of(classes, ascending)[starts.size() - 2];
        EXPECT_GT(count, 0U);
    }
    return starts;
}

/// The plain dynamic programme, O(k n^2), sums of squares around each run's own mean: least sum over all
/// partitions.
double least_spread(const Values& ascending, std::size_t class_count) {
    const std::size_t n = ascending.size();
    std::vector<std::vector<double>> run(n, Values(n + 1, 0.0));
    for (std::size_t i = 0; i < n; ++i) {
        double mean = 0.0, squares = 0.0;
        for (std::size_t j = i; j < n; ++j) {  // Welford 1962
            const double step = ascending[j] - mean;
            mean += step / static_cast<double>(j - i + 1);
            squares += step * (ascending[j] - mean);
            run[i][j + 1] = squares;
        }
    }
    Values least(n + 1);
    for (std::size_t j = 0; j <= n; ++j)
        least[j] = j == 0 ? 0.0 : run[0][j];
    for (std::size_t c = 2; c <= class_count; ++c) {
        Values next(n + 1, std::numeric_limits<double>::infinity());
        for (std::size_t j = c; j <= n; ++j) {
            for (std::size_t i = c - 1; i < j; ++i)
                next[j] = std::min(next[j], least[i] + run[i][j]);
        }
        least = next;
    }
    return least[n];
}

/// The first of the best partitions in the order of their starts, by trying all of them.
std::vector<std::size_t> first_best_partition(const Values& ascending, std::size_t class_count) {
    std::vector<std::size_t> best;
    double least = std::numeric_limits<double>::infinity();
    std::vector<bool> cut(ascending.size() - 1, false);
    std::fill(cut.begin(), cut.begin() + static_cast<std::ptrdiff_t>(class_count - 1), true);
    do {
        std::vector<std::size_t> starts{0};
        for (std::size_t i = 0; i < cut.size(); ++i) {
            if (cut[i]) starts.push_back(i + 1);
        }
        const double spread = spread_of(ascending, starts);
        if (spread < least - 1e-9) {
            least = spread;
            best = starts;
        }
    } while (std::prev_permutation(cut.begin(), cut.end()));
    return best;
}

TEST(Classify, AgreesWithROnBreaksCountsAndFit) {
    std::map<std::string, Values> data;
    for (const auto& row : read_rows("class_values.csv"))
        data[row.at(0)].push_back(*parse_number(row.at(1)));
    ASSERT_EQ(data["jenks71"].size(), 102U);        // spData: jenks71
    ASSERT_EQ(data["columbus_crime"].size(), 49U);  // spData: columbus
    std::size_t compared = 0;
    for (const auto& row : read_rows("class_breaks.csv")) {
        const auto scheme = scheme_from_text(row.at(1));
        const auto count = static_cast<std::size_t>(*parse_integer(row.at(2)));
        const auto& values = data.at(row.at(0));
        const auto classes = classified(values, *scheme, count);
        const std::string name = row.at(0) + " " + row.at(1) + " " + row.at(2);
        const auto breaks = split(row.at(3), ' ');  // R: class_breaks.R
        ASSERT_EQ(classes.breaks.size(), breaks.size()) << name;
        for (std::size_t k = 0; k < breaks.size(); ++k) {
            EXPECT_NEAR(classes.breaks[k], *parse_number(breaks[k]), 1e-14 * std::abs(values.back()) + 1e-12)
                << name;
        }
        std::vector<std::string> counts;
        for (const auto in_class : counts_of(classes, values))
            counts.push_back(std::to_string(in_class));
        EXPECT_EQ(counts, split(row.at(4), ' ')) << name;
        EXPECT_NEAR(classes.goodness_of_variance_fit, *parse_number(row.at(5)), 1e-13) << name;
        const double deviation = *parse_number(row.at(6));
        EXPECT_NEAR(classes.absolute_deviation_around_medians, deviation, 1e-13 * deviation) << name;
        ++compared;
    }
    EXPECT_EQ(compared, 240U);  // 3 data sets x 10 schemes x 2 to 9 classes
}

TEST(Classify, FisherGivesTheKnownBreaksOfCrimeInColumbus) {
    Values crime;
    for (const auto& row : read_rows("class_values.csv")) {
        if (row.at(0) == "columbus_crime") crime.push_back(*parse_number(row.at(1)));
    }
    const auto classes = classified(crime, Scheme::fisher, 5);
    const Values breaks{0.178269,   7.2646765,  23.2577595,
                        35.3322235, 49.6584985, 68.892044};  // R: classInt 0.4-9, fisher
    ASSERT_EQ(classes.breaks.size(), breaks.size());
    for (std::size_t k = 0; k < breaks.size(); ++k)
        EXPECT_NEAR(classes.breaks[k], breaks[k], 1e-12);
    EXPECT_THAT(counts_of(classes, crime), ElementsAre(2, 12, 11, 12, 12));  // R: cut() with these breaks
    EXPECT_NEAR(classes.goodness_of_variance_fit, 0.955265271706, 1e-12);    // R: 1 - SSW/SST
    EXPECT_EQ(classes.scheme, "fisher");
    EXPECT_THAT(classes.notes, IsEmpty());
}

TEST(Fisher, IsAsGoodAsThePlainDynamicProgramme) {
    std::mt19937_64 random(3);
    for (int round = 0; round < 60; ++round) {
        const std::size_t n = 3 + random() % 150;
        const std::size_t kinds = 2 + random() % 400;  // few kinds: many ties
        Values values;
        for (std::size_t i = 0; i < n; ++i)
            values.push_back(std::pow(static_cast<double>(random() % kinds), 1.5));
        std::ranges::sort(values);
        const std::size_t count = 2 + random() % 11;
        const auto classes = classified(values, Scheme::fisher, count);
        const double spread = spread_of(values, starts_of(classes, values));
        const double least = least_spread(values, classes.class_count());
        EXPECT_NEAR(spread, least, 1e-10 * (1.0 + least)) << "round " << round;
    }
}

TEST(Fisher, TakesTheSmallestFirstBreakOfEquallyGoodPartitions) {
    EXPECT_THAT(classified({1, 2, 3, 4}, Scheme::fisher, 3).breaks, ElementsAre(1, 1.5, 2.5, 4));  // by hand
    // In binary 0.2 - 0.1 and 0.4 - 0.3 differ; to a reader they do not.
    const auto tenths = classified({0.1, 0.2, 0.3, 0.4}, Scheme::fisher, 3).breaks;
    EXPECT_NEAR(tenths[1], 0.15, 1e-15);  // by hand
    EXPECT_NEAR(tenths[2], 0.25, 1e-15);  // by hand
    std::mt19937_64 random(5);
    for (int round = 0; round < 200; ++round) {
        Values values;
        double value = 0.0;
        for (std::size_t i = 0; i < 4 + random() % 6; ++i)
            values.push_back(value += static_cast<double>(1 + random() % 3));
        const std::size_t count = 2 + random() % (values.size() - 2);
        const auto classes = classified(values, Scheme::fisher, count);
        EXPECT_EQ(starts_of(classes, values), first_best_partition(values, count)) << "round " << round;
    }
}

TEST(Fisher, KeepsItsDigitsFarFromZero) {
    Values near_zero{0, 1, 2, 50, 51, 52, 90, 91};
    Values far;
    for (const double value : near_zero)
        far.push_back(value + 1e9);
    const auto classes = classified(far, Scheme::fisher, 3);
    EXPECT_THAT(classes.breaks, ElementsAre(1e9, 1e9 + 26, 1e9 + 71, 1e9 + 91));  // by hand: middles of the
                                                                                  // wide gaps
    EXPECT_NEAR(classes.goodness_of_variance_fit,
                classified(near_zero, Scheme::fisher, 3).goodness_of_variance_fit, 1e-12);
}

TEST(Fisher, TakesNumbersWhoseSquaresAreNone) {
    const Values plain{1, 2, 4, 8, 9, 30, 31, 50};
    const auto expected = classified(plain, Scheme::fisher, 4);
    for (const int power : {-1000, -600, 600, 1015}) {  // from 2^512 on this was a crash
        Values scaled;
        for (const double value : plain)
            scaled.push_back(std::ldexp(value, power));
        const auto classes = classified(scaled, Scheme::fisher, 4);
        ASSERT_EQ(classes.breaks.size(), expected.breaks.size()) << power;
        for (std::size_t i = 0; i < expected.breaks.size(); ++i)
            EXPECT_EQ(classes.breaks[i], std::ldexp(expected.breaks[i], power)) << power;
        EXPECT_EQ(classes.goodness_of_variance_fit, expected.goodness_of_variance_fit) << power;
    }
}

TEST(Fisher, ClassifiesAHundredThousandValues) {
    std::mt19937_64 random(13);
    Values values;
    for (int i = 0; i < 100000; ++i)
        values.push_back(std::sqrt(static_cast<double>(random() >> 12)));
    const auto classes = classified(values, Scheme::fisher, 7);
    EXPECT_EQ(classes.class_count(), 7U);
    EXPECT_EQ(sum_of(counts_of(classes, values)), values.size());
    EXPECT_GT(classes.goodness_of_variance_fit,
              classified(values, Scheme::equal, 7).goodness_of_variance_fit);
}

TEST(Classify, EveryValueHasAClassAndTheEndsAreTheData) {
    std::mt19937_64 random(17);
    for (int round = 0; round < 200; ++round) {
        Values values;
        for (std::size_t i = 0; i < 1 + random() % 40; ++i) {
            values.push_back(static_cast<double>(random() % 120) / 10.0 - 3.0);
        }
        for (const auto scheme : all_schemes()) {
            if (scheme == Scheme::geometric && std::ranges::min(values) <= 0.0) continue;
            for (const bool rounded : {false, true}) {
                const auto classes = classified(values, scheme, 1 + random() % 12, rounded);
                EXPECT_EQ(sum_of(counts_of(classes, values)), values.size()) << to_text(scheme);
                if (classes.class_count() > 1) {
                    EXPECT_TRUE(std::ranges::is_sorted(classes.breaks, std::less_equal<>{}));
                }
                if (rounded || scheme == Scheme::pretty || scheme == Scheme::fixed) continue;
                EXPECT_EQ(classes.breaks.front(), std::ranges::min(values));
                EXPECT_EQ(classes.breaks.back(), std::ranges::max(values));
            }
        }
    }
}

TEST(Classify, AllEqualValuesAreOneClass) {
    for (const auto scheme : {Scheme::quantile, Scheme::equal, Scheme::fisher}) {
        for (const bool rounded : {false, true}) {
            const auto classes = classified({2.35, 2.35, 2.35}, scheme, 5, rounded);
            EXPECT_THAT(classes.breaks, ElementsAre(2.35, 2.35));
            EXPECT_EQ(classes.class_of(2.35), 0U);
            EXPECT_EQ(classes.goodness_of_variance_fit, 1.0);
            EXPECT_THAT(classes.notes,
                        ElementsAre("fewer distinct values than classes asked for: 1 instead of 5"));
        }
    }
}

TEST(Classify, FewerValuesThanClassesMakeOneClassEach) {
    const auto classes = classified({7, 1, 3, 3}, Scheme::fisher, 5);
    EXPECT_THAT(classes.breaks, ElementsAre(1, 2, 5, 7));  // by hand
    EXPECT_EQ(classes.goodness_of_variance_fit, 1.0);
    EXPECT_THAT(classes.notes, ElementsAre("fewer distinct values than classes asked for: 3 instead of 5"));
}

TEST(Classify, TiesOnABreakAreReported) {
    const auto classes = classified({1, 2, 2, 3, 4, 5}, Scheme::equal, 4);
    EXPECT_THAT(classes.breaks, ElementsAre(1, 2, 3, 4, 5));
    EXPECT_THAT(counts_of(classes, {1, 2, 2, 3, 4, 5}), ElementsAre(3, 1, 1, 1));
    EXPECT_THAT(classes.notes, ElementsAre("4 values lie on a break and belong to the class below it"));
    EXPECT_THAT(classified({1, 3, 5}, Scheme::equal, 2).notes,
                ElementsAre("1 value lies on a break and belongs to the class below it"));
}

TEST(Classify, QuantilesThatCoincideAreMergedAndSaid) {
    const auto classes = classified({0, 0, 0, 0, 0, 0, 1, 2, 3}, Scheme::quantile, 4);
    EXPECT_THAT(classes.breaks, ElementsAre(0, 1, 3));  // R: quantile(c(0,0,0,0,0,0,1,2,3), 0:4/4) is 0 0 0 1
                                                        // 3
    EXPECT_THAT(classes.notes, Contains("breaks that coincide are merged: 2 classes instead of 4"));
}

TEST(RoundedBreaks, HaveTheFewestDecimalsThatKeepEveryClass) {
    EXPECT_THAT(classified({1.2, 1.4, 1.5, 6.3, 6.6, 9.9}, Scheme::fisher, 2, true).breaks,
                ElementsAre(1, 4, 10));  // by hand: middle of 1.5 and 6.3 is 3.9
    EXPECT_THAT(classified({1.2, 1.3, 1.5, 1.6}, Scheme::fisher, 2, true).breaks,
                ElementsAre(1.2, 1.4, 1.6));  // by hand: the middle is 1.4, no whole number lies between 1.3
                                              // and 1.5
}

TEST(RoundedBreaks, AValueOnARoundedBreakStaysInTheClassBelow) {
    // The middle of 5.4 and 5.5 is 5.45; 5.5 would swallow the class above, 5.4 is its lower neighbour's own
    // value.
    const Values values{5.3, 5.4, 5.5, 5.6};
    const auto classes = classified(values, Scheme::fisher, 2, true);
    EXPECT_THAT(classes.breaks, ElementsAre(5.3, 5.4, 5.6));  // by hand
    EXPECT_THAT(counts_of(classes, values), ElementsAre(2, 2));
    EXPECT_THAT(classes.notes, ElementsAre("1 value lies on a break and belongs to the class below it"));
}

TEST(RoundedBreaks, EndsGoOutwardAndNeverIntoTheData) {
    const Values values{2.34, 2.36, 7.7, 9.91};
    const auto classes = classified(values, Scheme::fisher, 2, true);
    EXPECT_THAT(classes.breaks, ElementsAre(2, 5, 10));  // by hand: middle of 2.36 and 7.7 is 5.03
    EXPECT_THAT(classified({0.29, 0.31, 0.32, 0.58}, Scheme::equal, 1, true).breaks, ElementsAre(0, 1));
    EXPECT_THAT(classified({0.29, 0.30, 0.58, 0.59}, Scheme::equal, 2, true).breaks,
                ElementsAre(0.2, 0.4, 0.6));
    // 0.29 x 100 is 28.999... in binary; the end must stay 0.29. No hundredth between 0.29 and 0.3 but 0.29
    // itself.
    EXPECT_THAT(classified({0.29, 0.30, 0.32}, Scheme::fisher, 3, true).breaks,
                ElementsAre(0.29, 0.295, 0.31, 0.32));
}

TEST(RoundedBreaks, KeepTheClassesOfTheUnrounded) {
    std::mt19937_64 random(19);
    for (int round = 0; round < 300; ++round) {
        Values values;
        const double unit = std::pow(10.0, -static_cast<double>(random() % 4));
        for (std::size_t i = 0; i < 2 + random() % 30; ++i) {
            values.push_back(static_cast<double>(static_cast<int>(random() % 500) - 100) * unit);
        }
        for (const auto scheme : all_schemes()) {
            if (scheme == Scheme::geometric && std::ranges::min(values) <= 0.0) continue;
            const auto plain = classified(values, scheme, 5);
            const auto rounded = classified(values, scheme, 5, true);
            for (const double value : values)
                EXPECT_EQ(plain.class_of(value), rounded.class_of(value));
            EXPECT_LE(rounded.breaks.front(), plain.breaks.front());
            EXPECT_GE(rounded.breaks.back(), plain.breaks.back());
            EXPECT_EQ(rounded.goodness_of_variance_fit, plain.goodness_of_variance_fit);
        }
    }
}

TEST(Classify, RefusesWhatCannotBeClassified) {
    const auto message_of = [](const Values& values, std::size_t count) -> std::string {
        try {
            classified(values, Scheme::fisher, count);
        } catch (const InputError& error) {
            EXPECT_FALSE(error.hint().empty());
            return error.what();
        }
        return "";
    };
    EXPECT_THAT(message_of({}, 5), HasSubstr("no value"));
    EXPECT_THAT(message_of({1, std::nan("")}, 5), HasSubstr("value 2 of 2 is nan"));
    EXPECT_THAT(message_of({std::numeric_limits<double>::infinity()}, 5), HasSubstr("value 1 of 1 is inf"));
    EXPECT_THAT(message_of({1, 2}, 0), HasSubstr("0 classes"));
    EXPECT_THAT(message_of({1, 2}, 13), HasSubstr("13 classes"));
    EXPECT_EQ(message_of({1, 2}, 12), "");
}

TEST(HeadTail, CutsAtTheMeanOfEachHeadWhileItIsSmall) {
    // By hand: mean 6.8, head 20 and 30 (2 of 10); mean 25, head 30 (1 of 2, over two fifths): the last cut.
    const auto classes = classified({1, 1, 2, 2, 2, 3, 3, 4, 20, 30}, Scheme::head_tail, 5);
    EXPECT_THAT(classes.breaks, ElementsAre(1, 6.8, 25, 30));
    EXPECT_THAT(classes.notes, ElementsAre("head-tail finds the number of classes itself: 3 instead of 5"));
    EXPECT_THAT(classified({1, 2, 3, 4}, Scheme::head_tail, 5).breaks, ElementsAre(1, 2.5, 4));  // half lie
                                                                                                 // above
}

TEST(Box, KeepsAFenceOnlyWhereValuesLieOutside) {
    // By hand: quartiles 2, 3, 4, fences -1 and 7.
    EXPECT_THAT(classified({1, 2, 3, 4, 10}, Scheme::box, 5).breaks, ElementsAre(1, 2, 3, 4, 7, 10));
}

TEST(MaxBreaks, TakesTheLowerOfEquallyWideGaps) {
    EXPECT_THAT(classified({1, 3, 5, 7}, Scheme::max_breaks, 3).breaks, ElementsAre(1, 2, 4, 7));  // by hand
}

TEST(Fixed, KeepsTheBreaksGivenAndReachesTheData) {
    const auto fixed = [](const Values& values, const Values& breaks) {
        return stats::classify(values,
                               {.scheme = Scheme::fixed, .round_breaks = true, .fixed_breaks = breaks})
            .breaks;
    };
    EXPECT_THAT(fixed({2, 7, 12, 40}, {5, 10, 15, 25, 35}), ElementsAre(2, 5, 10, 15, 25, 35, 40));
    EXPECT_THAT(fixed({12, 14}, {5, 10, 15, 25, 35}), ElementsAre(5, 10, 15, 25, 35));
    EXPECT_THAT(fixed({10}, {10}), ElementsAre(10, 10));
    EXPECT_THAT(fixed({2, 20}, {7.25}), ElementsAre(2, 7.25, 20));  // rounding leaves it alone
}

TEST(Fixed, RefusesBreaksThatDoNotAscendOrBelongToNoScheme) {
    const auto message_of = [](ClassifyOptions options) -> std::string {
        try {
            stats::classify(Values{1, 2}, options);
        } catch (const InputError& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_THAT(message_of({.scheme = Scheme::fixed, .fixed_breaks = {5, 5}}),
                HasSubstr("break 2 of 2 is 5"));
    EXPECT_THAT(message_of({.scheme = Scheme::fixed}), HasSubstr("without breaks"));
    EXPECT_THAT(message_of({.scheme = Scheme::equal, .fixed_breaks = {5}}), HasSubstr("the scheme is equal"));
    EXPECT_THAT(message_of({.scheme = Scheme::fixed, .fixed_breaks = Values(13, 1.0)}),
                HasSubstr("13 breaks"));
}

TEST(Geometric, NeedsValuesAboveZero) {
    EXPECT_THROW(classified({0, 1, 2}, Scheme::geometric, 3), InputError);
    EXPECT_THAT(classified({1, 10, 100}, Scheme::geometric, 2).breaks, ElementsAre(1, 10, 100));  // by hand
}

TEST(Classify, AbsoluteDeviationIsTakenFromTheMediansOfTheClasses) {
    // By hand: {1, 2, 4} around 2 is 3, {10, 13} around 11.5 is 3.
    EXPECT_EQ(classified({1, 2, 4, 10, 13}, Scheme::fisher, 2).absolute_deviation_around_medians, 6.0);
}

TEST(Scheme, HasOneNameBothWays) {
    EXPECT_EQ(all_schemes().size(), 11U);
    for (const auto scheme : all_schemes())
        EXPECT_EQ(scheme_from_text(to_text(scheme)), scheme);
    EXPECT_FALSE(scheme_from_text("jenks"));
}

}  // namespace
}  // namespace tendik
