// Errors, intervals, bias, influence and ranks; the coverage of the intervals is counted.
#include "measure_tables.h"
#include "tendik/base/error.h"
#include "tendik/base/parallel.h"
#include "tendik/base/random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

namespace tendik {
namespace {

using ::testing::HasSubstr;

TEST(Uncertainty, GivesTheAnalyticErrorsOfTwentyFiveGroups) {
    const H25 data;
    const auto result = measured(data.with_errors(), data.options);
    EXPECT_NEAR(se_of(result, "BGV"), 17.13464919177, 1e-9);  // R: uncertainty.R; healthequal: 17.134647
    EXPECT_NEAR(se_of(result, "TI"), 1.42009943577, 1e-10);   // R: uncertainty.R
    EXPECT_NEAR(se_of(result, "MLD"), 1.42420302721, 1e-10);  // R: uncertainty.R
}

TEST(Uncertainty, NothingIsMadeUpWhereNoErrorsAreGiven) {
    const H25 data;
    const auto result = measured(data.inputs(), data.options);
    for (const auto& measure : result.measures) {
        EXPECT_FALSE(measure.lower || measure.upper || measure.bias) << measure.code;
        EXPECT_EQ(measure.se.has_value(), measure.code == "GINI") << measure.code;
    }
    EXPECT_THAT(one(result, "GINI").note, HasSubstr("jackknife"));
    EXPECT_FALSE(result.regions[0].rank_lower || result.regions[0].gap_se);
}

TEST(Uncertainty, AnErrorThatIsMissingLeavesAllWithoutOne) {
    H25 data;
    data.errors[7] = Value::without(State::missing);
    Findings findings;
    const auto result = stats::measure(data.with_errors(), data.options, names_for(data.values), findings);
    EXPECT_FALSE(one(result, "D").se);
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "errors-missing");
    EXPECT_THAT(findings.all()[0].text, HasSubstr("R8"));
    data.errors[7] = Value::of(-1);
    EXPECT_THROW(measured(data.with_errors(), data.options), InputError);
}

TEST(Uncertainty, NoErrorMeansNoIntervalWidth) {
    H25 data;
    data.errors = Column(25, Value::of(0.0));
    const auto result = measured(data.with_errors(), data.options);
    for (const std::string code : {"D", "BGV", "GINI", "MDBW"}) {
        EXPECT_NEAR(lower_of(result, code), value_of(result, code), 1e-12) << code;
        EXPECT_NEAR(upper_of(result, code), value_of(result, code), 1e-12) << code;
        EXPECT_NEAR(one(result, code).bias.value_or(9), 0.0, 1e-12) << code;
    }
}

TEST(Uncertainty, TheBiasOfTheVarianceIsWhatNoiseAddsToIt) {
    H25 data;
    data.options.scale.reset();
    data.options.draws = 20000;
    const auto result = measured(data.with_errors(), data.options);
    double total = 0.0, expected = 0.0;
    for (const auto& weight : data.weights)
        total += weight.number;
    for (std::size_t i = 0; i < 25; ++i) {
        const double p = data.weights[i].number / total;
        expected += p * (1.0 - p) * std::pow(data.errors[i].number, 2);  // by hand: E of p (y - mean)^2
    }
    EXPECT_NEAR(*one(result, "BGV").bias, expected, 0.5);  // Monte Carlo error 0.15
    EXPECT_NEAR(*one(result, "BGV").debiased, value_of(result, "BGV") - expected, 0.5);
}

TEST(Uncertainty, NoMeasureOfSpreadIsDebiasedBelowZero) {
    const auto values = column({10, 11, 12});
    const auto errors = column({5, 5, 5});
    const auto result = measured({.values = values, .errors = &errors}, {});
    EXPECT_EQ(*one(result, "BGV").debiased, 0.0);
    EXPECT_EQ(lower_of(result, "BGV"), 0.0);
    EXPECT_NEAR(*one(result, "BGV").bias, 50.0 / 3.0, 3.0);  // by hand: 25 x 3 x 1/3 x 2/3
    EXPECT_GT(upper_of(result, "BGV"), 2.0 / 3.0);           // the variance seen
}

TEST(Uncertainty, IsTheSameAtAnyCountOfThreads) {
    H25 data;
    data.options.draws = 500;
    data.options.jobs = 1;
    const auto alone = measured(data.with_errors(), data.options);
    data.options.jobs = 7;
    const auto together = measured(data.with_errors(), data.options);
    data.options.seed = 2;
    const auto other = measured(data.with_errors(), data.options);
    for (const auto& measure : alone.measures) {
        EXPECT_EQ(measure.lower, together.find(measure.code)->lower) << measure.code;
        EXPECT_EQ(measure.upper, together.find(measure.code)->upper) << measure.code;
        EXPECT_EQ(measure.bias, together.find(measure.code)->bias) << measure.code;
    }
    EXPECT_NE(upper_of(alone, "BGV"), upper_of(other, "BGV"));
    EXPECT_EQ(se_of(alone, "BGV"), se_of(other, "BGV"));
}

TEST(Uncertainty, DrawsStayWithinTheScale) {
    const auto values = column({1, 50, 99});
    const auto errors = column({30, 30, 30});
    MeasureOptions options{.direction = Direction::favourable, .scale = 100.0, .compat = Compat::heat};
    const auto result = measured({.values = values, .errors = &errors}, options);
    EXPECT_LT(upper_of(result, "MDBU"), 100.0);
    EXPECT_GE(lower_of(result, "MDBU"), 0.0);
    EXPECT_GE(lower_of(measured({.values = values, .errors = &errors}, {}), "R"), 1.0);
}

TEST(Uncertainty, TellsWhatEachRegionMakesOfAMeasure) {
    const auto values = column({1, 3, 8});
    const auto result = measured(values);
    const auto influence = [&](std::size_t region, const std::string& code) {
        for (const auto& [its, number] : result.regions[region].influence)
            if (its == code) return number;
        return std::numeric_limits<double>::quiet_NaN();
    };
    EXPECT_EQ(influence(0, "D"), 2.0);                          // by hand: 7 - (8 - 3)
    EXPECT_EQ(influence(1, "D"), 0.0);                          // by hand
    EXPECT_EQ(influence(2, "D"), 5.0);                          // by hand: 7 - (3 - 1)
    EXPECT_NEAR(influence(2, "BGV"), 26.0 / 3.0 - 1.0, 1e-14);  // by hand: (9 + 1 + 16) / 3 - 1
    EXPECT_NEAR(influence(1, "MDBU"), 3.0 - 3.5, 1e-15);        // by hand: (0 + 2 + 7) / 3 - (0 + 7) / 2
    EXPECT_TRUE(std::isnan(influence(1, "ACI")));
}

TEST(Uncertainty, TheJackknifeOfTheGiniAgreesWithR) {
    const H5 data;
    EXPECT_NEAR(se_of(measured(data.inputs(), data.options), "GINI"), 0.0539438732378,
                1e-13);  // R: uncertainty.R
}

TEST(Uncertainty, SaysWhereNoInfluenceIsComputed) {
    const auto values = column({1, 3, 8});
    Findings findings;
    const auto result =
        stats::measure({.values = values}, {.influence_region_limit = 2}, names_for(values), findings);
    EXPECT_TRUE(result.regions[0].influence.empty());
    EXPECT_FALSE(one(result, "GINI").se);
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "no-influence");
}

TEST(Uncertainty, RanksHaveAnInterval) {
    const auto values = column({10, 50, 52, 90, 52});
    const auto errors = column({1, 4, 4, 1, 4});
    const auto result = measured({.values = values, .errors = &errors}, {});
    EXPECT_EQ(result.regions[3].rank, 1U);
    EXPECT_EQ(result.regions[2].rank, 2U);
    EXPECT_EQ(result.regions[4].rank, 2U);  // equal values share the better rank
    EXPECT_EQ(result.regions[1].rank, 4U);
    EXPECT_EQ(result.regions[3].rank_lower, 1U);
    EXPECT_EQ(result.regions[3].rank_upper, 1U);  // forty errors away from the next
    EXPECT_EQ(result.regions[0].rank_lower, 5U);
    EXPECT_EQ(result.regions[1].rank_lower, 2U);
    EXPECT_EQ(result.regions[1].rank_upper, 4U);
}

TEST(Uncertainty, ARegionIsPartOfTheMeanThatItIsComparedWith) {
    const auto values = column({10, 20});
    const auto weights = column({1, 3});
    const auto errors = column({2, 1});
    const auto result = measured({.values = values, .weights = &weights, .errors = &errors}, {});
    // By hand: gap = 3/4 (y1 - y2), variance 9/16 (4 + 1).
    EXPECT_NEAR(*result.regions[0].gap, -7.5, 1e-15);
    EXPECT_NEAR(*result.regions[0].gap_se, 0.75 * std::sqrt(5.0), 1e-15);
    EXPECT_NEAR(*result.regions[0].p, 2.0 * normal_probability(-10.0 / std::sqrt(5.0)), 1e-16);
    EXPECT_NEAR(*result.regions[1].p, *result.regions[0].p, 1e-16);
}

/// What is observed when the truth is H25 and the noise is normal with its errors times `factor`.
H25 observe(double factor, std::uint32_t replicate) {
    RandomStream random(20261126, 1, replicate);
    H25 seen;
    seen.options.draws = 200;
    seen.options.seed = replicate;
    seen.options.jobs = 1;
    seen.options.influence_region_limit = 0;
    for (std::size_t i = 0; i < seen.values.size(); ++i) {
        seen.errors[i].number *= factor;
        seen.values[i].number =
            std::clamp(seen.values[i].number + seen.errors[i].number * random.next_normal(), 0.0, 100.0);
    }
    return seen;
}

Column order_of_h25() {
    Column ranks;
    for (std::size_t i = 0; i < H25{}.values.size(); ++i)
        ranks.push_back(Value::of(static_cast<double>(i)));
    return ranks;
}

/// How many per cent of the 95 % intervals hold the true value, measure by measure; with an order of the
/// regions and a reference, D, R, PAR and PAF are other measures, and there are more.
std::map<std::string, double> coverage(double factor, std::size_t replicates) {
    const H25 truth;
    const auto ranks = order_of_h25();
    std::vector<std::vector<std::string>> hits(replicates);
    const auto count = [&](MeasureInputs of, const H25& seen, const std::string& mark,
                           std::vector<std::string>& into) {
        const auto found = measured(of, seen.options);
        auto of_truth = truth.inputs();
        of_truth.ranks = of.ranks;
        of_truth.reference = of.reference;
        const auto expected = measured(of_truth, truth.options);
        for (const auto& measure : found.measures) {
            if (!measure.lower) continue;
            const double wanted = value_of(expected, measure.code);
            if (*measure.lower <= wanted && wanted <= *measure.upper) into.push_back(measure.code + mark);
        }
    };
    parallel_for(replicates, 0, [&](std::size_t i) {
        const auto seen = observe(factor, static_cast<std::uint32_t>(i));
        auto inputs = seen.with_errors();
        inputs.ranks = &ranks;
        count(inputs, seen, " in order", hits[i]);
        inputs.ranks = nullptr;
        inputs.reference.reset();
        count(inputs, seen, "", hits[i]);
    });
    std::map<std::string, double> percent;
    for (const auto& of_replicate : hits)
        for (const auto& name : of_replicate)
            percent[name] += 100.0 / static_cast<double>(replicates);
    return percent;
}

TEST(Uncertainty, IntervalsHoldTheTruthAsOftenAsTheySay) {
    for (const double factor : {1.0, 0.5, 0.25}) {
        const auto percent = coverage(factor, 240);
        for (const auto& code : stats::measure_codes()) {
            EXPECT_TRUE(percent.contains(code + " in order")) << code << " has no interval";
        }
        for (const auto& [name, held] : percent) {
            // Monte Carlo error of 240 replicates: 1.4 of 95.
            const bool strict = name == "D" || name == "R" || name == "BGV";
            EXPECT_GE(held, strict ? 93.0 : 88.0) << name << " with errors times " << factor;
            RecordProperty(name + " x" + std::to_string(factor), std::to_string(held));
            std::printf("%-22s x%.2f %5.1f\n", name.c_str(), factor, held);
        }
    }
}

}  // namespace
}  // namespace tendik
