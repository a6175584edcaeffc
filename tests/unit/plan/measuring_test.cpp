#include "written_plan.h"

#include <gmock/gmock.h>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class Measuring : public WrittenPlan {};

TEST_F(Measuring, SaysWhatMeasuresTake) {
    const auto plan = read(R"(
[[indicators]]
table = "a.csv"
error = "se"
rank = "wealth"
group = "side"
reference = "KZ-AST"
scale = 100
[measures]
compat = "heat"
draws = 5000
seed = 9
atkinson = 1
kolm = 0.25
sgini = 2.5
)");
    const auto& measuring = plan.indicators[0].measuring;
    EXPECT_EQ(measuring.error_column, "se");
    EXPECT_EQ(measuring.rank_column, "wealth");
    EXPECT_EQ(measuring.group_column, "side");
    EXPECT_EQ(measuring.reference, "KZ-AST");
    EXPECT_EQ(measuring.scale, 100.0);
    EXPECT_EQ(plan.measures.compat, Compat::heat);
    EXPECT_EQ(plan.measures.draws, 5000U);
    EXPECT_EQ(plan.measures.seed, 9U);
    EXPECT_EQ(plan.measures.atkinson_aversion, 1.0);
    EXPECT_EQ(plan.measures.kolm_aversion, 0.25);
    EXPECT_EQ(plan.measures.concentration_aversion, 2.5);
    const std::string start = "[[indicators]]\ntable = \"a.csv\"\n[measures]\n";
    EXPECT_EQ(read(start + "compat = \"pysal\"\n").measures.compat, Compat::pysal);
    EXPECT_THAT(fault(start + "sgini = 1\n"),
                HasSubstr("the aversion 'sgini' is 1, expected a number above 1"));
    EXPECT_EQ(plan::to_toml(read(plan::to_toml(plan))), plan::to_toml(plan));
    EXPECT_THAT(plan::to_toml(plan), AllOf(HasSubstr("reference = \"KZ-AST\""), HasSubstr("draws = 5000")));
}

TEST_F(Measuring, SaysWhatIsKnownOfPrecision) {
    const auto plan = read(R"(
[[indicators]]
table = "a.csv"
n = "cases"
deff = "design"
interval = "wilson"
mics_rule = true
cv_classes = [16.6, 33.3]
scale = 100
[[indicators]]
table = "b.csv"
n = "births"
events = "deaths"
interval = "fay-feuer"
[measures]
pairs = "bh"
)");
    const auto& survey = plan.indicators[0].measuring;
    EXPECT_EQ(survey.n_column, "cases");
    EXPECT_EQ(survey.deff_column, "design");
    EXPECT_EQ(survey.interval, IntervalKind::wilson);
    EXPECT_TRUE(survey.mics_rule);
    EXPECT_EQ(survey.cv_classes, (std::vector{16.6, 33.3}));
    EXPECT_EQ(plan.indicators[1].measuring.events_column, "deaths");
    EXPECT_EQ(plan.pairs, Correction::bh);
    EXPECT_EQ(plan::to_toml(read(plan::to_toml(plan))), plan::to_toml(plan));
    EXPECT_THAT(plan::to_toml(plan),
                AllOf(HasSubstr("cv_classes = [16.6, 33.3]"), HasSubstr("pairs = \"bh\""),
                      HasSubstr("interval = \"fay-feuer\"")));
    const std::string start = "[[indicators]]\ntable = \"a.csv\"\n";
    EXPECT_THAT(fault(start + "interval = \"exact\"\n"), HasSubstr("normal, wilson, logit, fay-feuer"));
    EXPECT_THAT(fault(start + "interval = \"given\"\n"), HasSubstr("normal, wilson, logit, fay-feuer"));
    EXPECT_THAT(fault(start + "mics_rule = true\n"), HasSubstr("number of cases"));
    EXPECT_THAT(fault(start + "error = \"se\"\ncv_classes = [15]\n"), HasSubstr("no two coefficients"));
    EXPECT_THAT(fault(start + "lower = \"l\"\nupper = \"u\"\ninterval = \"normal\"\n"),
                HasSubstr("would make another"));
    EXPECT_THAT(fault(start + "\n[measures]\npairs = \"by\"\n"), HasSubstr("holm, bh"));
}

TEST_F(Measuring, RefusesHalfAnIntervalAndTwoKindsOfError) {
    const std::string start = "[[indicators]]\ntable = \"a.csv\"\n";
    EXPECT_THAT(fault(start + "lower = \"l\"\n"), HasSubstr("two ends"));
    EXPECT_THAT(fault(start + "lower = \"l\"\nupper = \"u\"\nerror = \"se\"\n"), HasSubstr("come from 'se'"));
    EXPECT_THAT(fault(start + "scale = 0\n"), HasSubstr("the scale is 0"));
    EXPECT_THAT(fault(start + "\n[measures]\ndraws = 10\n"), HasSubstr("draws"));
    EXPECT_THAT(fault(start + "\n[measures]\ncompat = \"stata\"\n"), HasSubstr("none, heat, pysal"));
}

TEST_F(Measuring, AGapTakesTheErrorsOfItsPartsAndNothingElseOfThem) {
    const std::string gap =
        "[[indicators]]\ntable = \"a.csv\"\ngap = { residence = [\"rural\", \"urban\"] }\n";
    EXPECT_EQ(read(gap + "error = \"se\"\n").indicators[0].measuring.error_column, "se");
    for (const auto* more :
         {"n = \"n\"\ndeff = \"d\"\ninterval = \"wilson\"\n", "n = \"n\"\nmics_rule = true\n",
          "lower = \"l\"\nupper = \"u\"\n", "error = \"se\"\ncv_classes = [15, 30]\n"})
        EXPECT_THAT(fault(gap + more), HasSubstr("from the errors of its two parts")) << more;
    EXPECT_THAT(fault(gap + "inherit_from = \"pre-2018\"\n"), HasSubstr("of neither unit"));
}

}  // namespace
}  // namespace tendik::test
