#include "written_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class StudySteps : public WrittenSteps {};

/// Every key that the two steps have.
constexpr const char* everything = R"(
[[autocorrelation]]
of = ["stunting", "poverty"]
with = "wealth"
years = [2015, 2020]
vintage = "2018"
statistic = "bivariate-moran"
weights = "mine.gal"
higher_order = 2
lower_orders = true
snap = 0.001
style = "S"
permutations = 99
seed = 7
correction = "by"
cut = 12.5
compat = "pysal"
[[autocorrelation]]
of = "stunting"
years = "latest"
[[index]]
file = "index.toml"
draws = 500
seed = 3
)";

TEST_F(StudySteps, TakeEveryOptionOfTheCommands) {
    const auto plan = read(everything);
    ASSERT_EQ(plan.autocorrelations.size(), 2U);
    const auto& first = plan.autocorrelations[0];
    EXPECT_THAT(first.where, HasSubstr("plan.toml, line 5, column"));
    EXPECT_THAT(first.of, ElementsAre("stunting", "poverty"));
    EXPECT_EQ(first.with, "wealth");
    EXPECT_EQ(first.options.local.permutation.convention, Convention::esda);
    EXPECT_THAT(first.years, ElementsAre(2015, 2020));
    EXPECT_FALSE(first.latest);
    EXPECT_EQ(first.vintage, "2018");
    const auto& options = first.options;
    EXPECT_EQ(options.statistic, "bivariate-moran");
    EXPECT_EQ(options.weights.spec, beside("mine.gal"));
    EXPECT_EQ(options.weights.order, 2U);
    EXPECT_TRUE(options.weights.with_lower_orders);
    EXPECT_EQ(options.weights.snap, 0.001);
    EXPECT_EQ(options.style, WeightStyle::S);
    EXPECT_EQ(options.cut, 12.5);
    EXPECT_EQ(options.local.permutation.permutations, 99U);
    EXPECT_EQ(options.local.permutation.seed, 7U);
    EXPECT_EQ(options.local.correction, Correction::by);
    ASSERT_EQ(plan.indexes.size(), 1U);
    EXPECT_EQ(plan.indexes[0].file, beside("index.toml"));
    EXPECT_EQ(plan.indexes[0].draws, 500U);
    EXPECT_EQ(plan.indexes[0].seed, 3U);
}

TEST_F(StudySteps, AnEmptyStepAsksWhatTheCommandAsksByItself) {
    const auto plan = read("[[autocorrelation]]\n");
    ASSERT_EQ(plan.autocorrelations.size(), 1U);
    const auto& step = plan.autocorrelations[0];
    const AutocorrelationOptions usual;
    EXPECT_THAT(step.of, IsEmpty());
    EXPECT_THAT(step.years, IsEmpty());
    EXPECT_FALSE(step.latest);
    EXPECT_EQ(step.options.statistic, usual.statistic);
    EXPECT_EQ(step.options.weights.spec, usual.weights.spec);
    EXPECT_EQ(step.options.local.permutation.permutations, usual.local.permutation.permutations);
}

TEST_F(StudySteps, ThePrintedPlanIsTheSamePlan) {
    const auto text = plan::to_toml(read(everything));
    std::ofstream(m_folder / "printed.toml", std::ios::binary) << text;
    EXPECT_EQ(plan::to_toml(plan::read_plan(m_folder / "printed.toml", {})), text);
    EXPECT_THAT(text, AllOf(HasSubstr("years = \"latest\""), HasSubstr("style = \"S\""),
                            HasSubstr("draws = 500"), HasSubstr("report = true")));
}

TEST_F(StudySteps, AFaultIsToldWithItsPlace) {
    EXPECT_THAT(fault("[[autocorrelation]]\nstatistics = \"moran\"\n"),
                AllOf(HasSubstr("line 5, column 1"), HasSubstr("statistic")));
    EXPECT_THAT(fault("[[autocorrelation]]\nyears = \"last\"\n"), HasSubstr("latest, or a list of years"));
    EXPECT_THAT(fault("[[autocorrelation]]\nyear = 2020\nyears = [2015]\n"), HasSubstr("keep one of them"));
    EXPECT_THAT(fault("[[autocorrelation]]\nstyle = \"X\"\n"), HasSubstr("W, B, C, U, S"));
    EXPECT_THAT(fault("[[autocorrelation]]\ncorrection = \"all\"\n"),
                HasSubstr("bh, by, holm, bonferroni, none"));
    EXPECT_THAT(fault("[[autocorrelation]]\nlower_orders = true\n"), HasSubstr("higher_order"));
    EXPECT_THAT(fault("[[index]]\ndraws = 5\n"), HasSubstr("'index[0]' lacks the key 'file'"));
}

}  // namespace
}  // namespace tendik::test
