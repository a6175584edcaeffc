#include "tendik/topology/check_nesting.h"

#include "support/drawn_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tendik::topology {
namespace {

using test::drawn_map;
using testing::AllOf;
using testing::HasSubstr;

/// Parents P and Q side by side, five districts in each, drawn in letters.
struct TwoOblasts {
    Boundaries regions = drawn_map({"AABBBFFGGG", "AABBBFFGGG", "CDDDEHIIIJ"});
    Nesting nesting{drawn_map({"PPPPPQQQQQ", "PPPPPQQQQQ", "PPPPPQQQQQ"}), {}};

    TwoOblasts() {
        regions.source = "districts";
        nesting.parents.source = "oblasts";
        regions.crs = nesting.parents.crs = {};
        for (std::size_t i = 0; i < regions.regions.size(); ++i)
            nesting.parent_of.push_back(static_cast<RegionIndex>(i < 5 ? 0 : 1));
    }
    Region& region(char key) { return regions.regions.at(static_cast<std::size_t>(key - 'A')); }
    Findings checked(double tolerance = 0.001) const {
        Findings findings;
        check_nesting(regions, nesting, tolerance, findings);
        return findings;
    }
};

Shape box(double west, double south, double east, double north) {
    return {{Polygon{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}}}};
}

TEST(CheckNesting, OfPartsThatMakeUpTheWholeSaysOnlyWhatWasCompared) {
    const auto findings = TwoOblasts().checked();
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].severity, Severity::note);
    EXPECT_THAT(findings.all()[0].text,
                AllOf(HasSubstr("10 regions"), HasSubstr("their 2 parents of oblasts")));
}

TEST(CheckNesting, NamesTheShareSizeAndPlaceOutsideOfTheParentAndWhereThatLies) {
    TwoOblasts land;
    land.region('E').shape = box(4, 0, 6, 1);  // E reaches one cell into Q, half of itself
    const auto findings = land.checked();
    ASSERT_EQ(findings.count_of("outside-parent"), 1U);
    const auto& finding = findings.all().front();
    EXPECT_EQ(finding.severity, Severity::warning);
    // By hand: [5, 6] x [0, 1] is 1 of the 2 squared units of E; its middle is 5.5 0.5.
    EXPECT_THAT(finding.text,
                AllOf(HasSubstr("region 'E'"), HasSubstr("parent 'P' by 50 % of its area"),
                      HasSubstr("1 squared units"), HasSubstr("5.5"), HasSubstr("in parent 'Q'")));
    EXPECT_EQ(findings.count_of("parent-gap"), 0U);
}

TEST(CheckNesting, AsksWhetherTheParentIsRightWhenMostLiesElsewhere) {
    TwoOblasts land;
    land.nesting.parent_of[7] = RegionIndex{0};  // H is said to lie in P
    const auto findings = land.checked();
    ASSERT_EQ(findings.count_of("outside-parent"), 1U);
    EXPECT_THAT(findings.all()[0].text, AllOf(HasSubstr("region 'H'"), HasSubstr("100 %"),
                                              HasSubstr("in parent 'Q'; is its parent the right one?")));
    // By hand: H is 1 of the 15 squared units of Q, which its own districts now leave free.
    ASSERT_EQ(findings.count_of("parent-gap"), 1U);
    EXPECT_THAT(findings.all()[1].text,
                AllOf(HasSubstr("parent 'Q' fills 6.67 % of it"), HasSubstr("1 squared units")));
}

TEST(CheckNesting, NamesEachGapWithItsShareSizeAndPlace) {
    TwoOblasts land;
    land.region('J').shape = box(9.5, 0, 10, 1);  // half a cell is free
    land.region('F').shape = box(5, 1.5, 7, 3);   // one squared unit is free
    const auto findings = land.checked();
    ASSERT_EQ(findings.count_of("parent-gap"), 2U);
    std::string all;
    for (const auto& finding : findings.all())
        all += finding.text + "\n";
    // By hand: 0.5 and 1 of 15 squared units.
    EXPECT_THAT(all, AllOf(HasSubstr("fills 3.33 % of it: 0.5 squared units"),
                           HasSubstr("fills 6.67 % of it: 1 squared units")));
}

TEST(CheckNesting, ToleratesWhatIsDeclaredAndSaysHowMuchThatWas) {
    TwoOblasts land;
    land.region('J').shape = box(9.5, 0, 10, 1);
    land.region('C').shape = box(-0.1, 0, 1, 1);
    const auto findings = land.checked(0.1);
    ASSERT_EQ(findings.all().size(), 1U);
    // By hand: 0.1 of 1.1 squared units of C; 0.5 of 15 of Q.
    EXPECT_THAT(findings.all()[0].text,
                AllOf(HasSubstr("up to 9.09 % of a region"), HasSubstr("up to 3.33 % of a parent")));
}

TEST(CheckNesting, TellsManySmallGapsTogether) {
    TwoOblasts land;
    land.region('J').shape = box(9.1, 0, 10, 1);
    land.region('H').shape = box(5.1, 0, 6, 1);
    const auto findings = land.checked(0.01);  // each gap is 0.1 of 15: 0.667 %; both: 1.33 %
    ASSERT_EQ(findings.count_of("parent-gap"), 1U);
    EXPECT_THAT(findings.all()[0].text, AllOf(HasSubstr("1.33 %"), HasSubstr("in 2 places, the largest")));
}

}  // namespace
}  // namespace tendik::topology
