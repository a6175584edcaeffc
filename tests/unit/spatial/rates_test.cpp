#include "tendik/spatial/rates.h"

#include "support/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace tendik {
namespace {

const std::vector<double> events{2, 30, 9, 20};
const std::vector<double> people{100, 200, 150, 400};

/// 2 x 2 squares, rook.
SpatialWeights square() {
    return spatial::make_weights({"A", "B", "C", "D"},
                                 {{0, 1}, {0, 2}, {1, 0}, {1, 3}, {2, 0}, {2, 3}, {3, 1}, {3, 2}}, "square");
}

void expect_near(const std::vector<double>& got, const std::vector<double>& want) {
    ASSERT_EQ(got.size(), want.size());
    for (std::size_t i = 0; i < want.size(); ++i)
        EXPECT_NEAR(got[i], want[i], 1e-13) << i;
}

TEST(EmpiricalBayes, AgreesWithSpdep) {
    const auto smoothed = spatial::empirical_bayes(events, people);
    // R 4.2.2, spdep 1.2-7: EBest(n, x)
    expect_near(smoothed.rates, {.03559105431310, .13612925286374, .06262591476539, .05211706218929});
    EXPECT_NEAR(smoothed.between, .001665051903114, 1e-14);
    EXPECT_NEAR(smoothed.mean, .07176470588235, 1e-13);
}

TEST(EmpiricalBayes, DrawsEqualRatesToTheirMeanAltogether) {
    const auto smoothed = spatial::empirical_bayes(std::vector{1.0, 2.0}, std::vector{10.0, 20.0});
    expect_near(smoothed.rates, {0.1, 0.1});
    expect_near(smoothed.shrinkage, {0.0, 0.0});
}

TEST(EmpiricalBayes, LocalAgreesWithSpdepAndWithGeoda) {
    const auto smoothed = spatial::local_empirical_bayes(events, people, square(), LocalSpread::around_each);
    // EBlocal(x, n, cell2nb(2, 2))
    expect_near(smoothed.rates, {.03609383129273, .14024524581113, .05723733585336, .05299995919213});
    const auto other = spatial::local_empirical_bayes(events, people, square(), LocalSpread::around_region);
    // EBlocal(x, n, cell2nb(2, 2), geoda = TRUE)
    expect_near(other.rates, {.0396849212303076, .1385166666666667, .0476923076923077, .0532273247678412});
}

TEST(Choynowski, AgreesWithSpdep) {
    // choynowski(x, n)$pmap
    expect_near(spatial::choynowski(events, people),
                {.02593272646798, .00020529999739, .36658185903721, .05683353491723});
}

TEST(Rates, SpatialRateMedianAndExcessRiskFollowByHand) {
    // A with B and C: 41 / 450; D with B and C: 59 / 750
    const auto rates = spatial::spatial_rate(events, people, square());
    EXPECT_NEAR(rates[0], 41.0 / 450.0, 1e-15);
    EXPECT_NEAR(rates[3], 59.0 / 750.0, 1e-15);
    // Rates 0.02, 0.15, 0.06, 0.05; around A: 0.02 0.06 0.15
    EXPECT_NEAR(spatial::median_rate(events, people, square())[0], 0.06, 1e-15);
    // 61 of 850 at all: 2 / (61 / 850 * 100)
    EXPECT_NEAR(*spatial::excess_risk(events, people)[0], 2.0 / (6100.0 / 850.0), 1e-14);
    EXPECT_FALSE(spatial::excess_risk(std::vector{0.0}, std::vector{5.0})[0].has_value());
}

TEST(Rates, WithoutAnyEventAreZeroAndNotUnknown) {
    const std::vector<double> nothing(4, 0.0);
    expect_near(spatial::empirical_bayes(nothing, people).rates, nothing);
    expect_near(spatial::empirical_bayes(nothing, people).shrinkage, nothing);
    expect_near(spatial::choynowski(nothing, people), {1.0, 1.0, 1.0, 1.0});
    EXPECT_EQ(spatial::empirical_bayes({}, {}).mean, 0.0);
}

TEST(Rates, ARegionLinkedToItselfIsCountedOnce) {
    expect_near(spatial::spatial_rate(events, people, spatial::with_self(square())),
                spatial::spatial_rate(events, people, square()));
}

TEST(Rates, TheMedianOfTwoIsTheirMiddle) {
    const auto pair = spatial::make_weights({"A", "B"}, {{0, 1}, {1, 0}}, "pair");
    // By hand: 0.02 and 0.15
    expect_near(spatial::median_rate(std::vector{2.0, 30.0}, std::vector{100.0, 200.0}, pair),
                {0.085, 0.085});
}

TEST(Choynowski, AsManyAsExpectedAreTakenForMany) {
    // One region expects what it has: R, 1 - ppois(4, 5); the lower tail were 0.616.
    EXPECT_NEAR(spatial::choynowski(std::vector{5.0}, std::vector{10.0})[0], 0.559506714934788, 1e-14);
}

TEST(Rates, RefuseNobodyAndHalfAnEvent) {
    EXPECT_THAT(test::message_of([] { spatial::empirical_bayes(std::vector{1.0}, std::vector{0.0}); }),
                testing::HasSubstr("region 1 has 1 events and a population of 0"));
    const auto said = [](double event, double population) {
        return test::message_of(
            [&] { spatial::spatial_rate(std::vector{event}, std::vector{population}, square()); });
    };
    EXPECT_THAT(said(-1.0, 5.0), testing::HasSubstr("has -1 events"));
    EXPECT_THAT(said(std::numeric_limits<double>::infinity(), 5.0), testing::HasSubstr("has inf events"));
    EXPECT_THAT(said(1.0, std::numeric_limits<double>::infinity()),
                testing::HasSubstr("a population of inf"));
    EXPECT_THAT(said(1.0, 5.0), testing::HasSubstr("1 rates for weights of 4 regions"));
    EXPECT_THAT(test::message_of([] {
                    spatial::excess_risk(std::vector{1.0, 2.0}, std::vector{9.0});
                }),
                testing::HasSubstr("2 numbers of events and 1 populations"));
    EXPECT_THAT(test::message_of([] { spatial::choynowski(std::vector{0.5}, std::vector{10.0}); }),
                testing::HasSubstr("expected a whole number"));
}

}  // namespace
}  // namespace tendik
