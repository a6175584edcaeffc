// Intervals of proportions and of rates against R; script: tests/oracles/precision.R.
#include "tendik/precision/intervals.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <stdexcept>

namespace tendik::precision {
namespace {

void expect_interval(const Interval& found, double lower, double upper, double tolerance = 1e-13) {
    EXPECT_NEAR(found.lower, lower, tolerance * std::abs(lower));
    EXPECT_NEAR(found.upper, upper, tolerance * std::abs(upper));
}

TEST(Intervals, OfWilsonAreThoseOfR) {
    expect_interval(wilson(81.0 / 263, 263), 0.25528851987827428, 0.366209576982800);  // R: prop.test
    expect_interval(wilson(15.0 / 148, 148), 0.06238639953073628, 0.160487241723308);  // R: prop.test
    expect_interval(wilson(0, 20), 0, 0.161125158052819);                              // R: prop.test
    expect_interval(wilson(1.0 / 29, 29), 0.00611321429276266, 0.171755218793203);     // R: prop.test
    expect_interval(wilson(1, 20), 0.83887484194718065, 1);                            // R: prop.test
}

TEST(Intervals, OfWilsonStandOnTheEffectiveNumberOfCases) {
    expect_interval(wilson(0.123, 412 / 1.7), 0.0874366813932288, 0.1703282488847821);  // R: precision.R
    expect_interval(wilson(0.0, 60 / 1.5), 0, 8.76216011972866e-02);                    // R: precision.R
    expect_interval(wilson(0.035, 0.035 * 0.965 / (0.013 * 0.013)),                     // 3.5 % +- 1.3
                    0.0170511654382146, 0.0704877161663537);                            // R: precision.R
}

TEST(Intervals, NeverLeaveTheWhole) {
    for (const double n : {0.3, 1.0, 2.0, 7.5, 1e3, 1e9})
        for (const double p : {0.0, 1e-12, 0.01, 0.5, 0.99, 1.0 - 1e-12, 1.0}) {
            const auto found = wilson(p, n);
            EXPECT_TRUE(0.0 <= found.lower && found.lower <= p && p <= found.upper && found.upper <= 1.0)
                << p << " of " << n;
            if (const auto odds = logit(p, n)) {
                EXPECT_TRUE(0.0 <= odds->lower && odds->upper <= 1.0) << p << " of " << n;
            }
        }
}

TEST(Intervals, OfTheLogitAreThoseOfRAndHaveNoneAtTheEnds) {
    expect_interval(*logit(0.123, 412 / 1.7), 0.0872526198994548, 0.1706547942155187);  // R: precision.R
    expect_interval(*logit(0.035, 0.035 * 0.965 / (0.013 * 0.013)), 0.0167713384785223,
                    0.0715985271824856);  // R: precision.R
    EXPECT_FALSE(logit(0.0, 100) || logit(1.0, 100));
}

TEST(Intervals, TheErrorOfAProportionIsNotZeroWhereNoCaseWasMet) {
    EXPECT_NEAR(proportion_error(0.123, 412, 1.7), 0.0210973644422181, 1e-15);  // R: precision.R
    EXPECT_NEAR(proportion_error(0.0, 60, 1.5), 0.0223528600240705, 1e-15);     // R: precision.R
    EXPECT_NEAR(proportion_error(1.0, 60, 1.5), proportion_error(0.0, 60, 1.5), 1e-15);
}

TEST(Intervals, OfCountsAreThoseOfGarwood) {
    expect_interval(garwood(0), 0, 3.68887945411394);                     // R: poisson.test; -log(0.025)
    expect_interval(garwood(1), 0.0253178079842899, 5.5716433909388989);  // R: poisson.test
    expect_interval(garwood(7), 2.81436305151987, 14.42267536170238);     // R: poisson.test
    expect_interval(garwood(120), 99.4919256259387, 143.4905853693523);   // R: poisson.test
    const auto many = garwood(2500);
    EXPECT_NEAR(many.lower, 2402.95236543112, 1e-9);  // R: qgamma(0.025, 2500)
}

TEST(Intervals, OfWeightedCountsAreThoseOfFayAndFeuer) {
    const std::array<double, 3> events{3, 8, 21};
    const std::array<double, 3> weights{0.0004, 0.00025, 0.0001};
    expect_interval(fay_feuer(events, weights), 0.00338181500186315, 0.00819268618577650);  // R: precision.R
    const std::array<double, 1> one{7}, weight{0.001};
    expect_interval(fay_feuer(one, weight), garwood(7).lower / 1000, garwood(7).upper / 1000);
    const std::array<double, 3> other_way{21, 8, 3};
    const std::array<double, 3> lightest_first{0.0001, 0.00025, 0.0004};
    expect_interval(fay_feuer(other_way, lightest_first), 0.00338181500186315,
                    0.00819268618577650);  // the same
    const std::array<double, 1> none{0};
    EXPECT_EQ(fay_feuer(none, weight).lower, 0.0);
    EXPECT_THROW(fay_feuer(one, none), std::invalid_argument);
    EXPECT_THROW(fay_feuer(events, weight), std::invalid_argument);
}

TEST(Intervals, TheGammaDistributionAndItsInverseAreThoseOfR) {
    EXPECT_NEAR(gamma_probability(2.5, 3), 0.693781081586722, 1e-14);            // R: pgamma
    EXPECT_EQ(gamma_probability(2.5, -1), 0.0);                                  // R: pgamma
    EXPECT_NEAR(gamma_probability(0.1, 1e-3), 5.26768568392445e-01, 1e-14);      // R: pgamma
    EXPECT_NEAR(gamma_probability(30, 40), 9.56771317848264e-01, 1e-14);         // R: pgamma
    EXPECT_NEAR(gamma_probability(300, 200) / 2.71146844334311e-11, 1, 1e-12);   // R: pgamma
    EXPECT_NEAR(gamma_quantile(0.3, 1e-6) / 6.97269909640941e-21, 1, 1e-13);     // R: qgamma
    EXPECT_NEAR(gamma_quantile(0.3, 0.025) / 3.18567903173917e-06, 1, 1e-13);    // R: qgamma
    EXPECT_NEAR(gamma_quantile(0.3, 0.5) / 7.31311358669519e-02, 1, 1e-13);      // R: qgamma
    EXPECT_NEAR(gamma_quantile(0.3, 0.999999) / 1.09848356321086e+01, 1, 1e-9);  // R: qgamma
    EXPECT_NEAR(gamma_quantile(2500, 0.975) / 2598.94188596190, 1, 1e-12);       // R: qgamma
    EXPECT_NEAR(gamma_quantile(1e6, 0.975) / 1.00196091096545e+06, 1, 1e-12);    // R: qgamma
}

}  // namespace
}  // namespace tendik::precision
