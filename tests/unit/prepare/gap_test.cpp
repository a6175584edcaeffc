// The figure of one part of the people less that of another, as an indicator of a plan.
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/plan/read_plan.h"
#include "tendik/prepare/prepare.h"

#include <gtest/gtest.h>

namespace tendik {
namespace {

TEST(Gap, IsTheDifferenceOfTwoCellsWithTheErrorsOfBoth) {
    const test::TemporaryFolder folder;
    write_file(folder / "synthetic.csv",
               "code,indicator,residence,value,se,people\n"
               "A,other,total,1,1,1\n"
               "A,stunting,rural,15,3,30\nA,stunting,urban,5,4,10\nB,stunting,rural,7,1,20\n"
               "B,stunting,urban,10,1,20\nC,stunting,urban,8,1,20\nD,stunting,rural,9,1,60\n"
               "D,stunting,urban,9,1,20\n");
    write_file(
        folder / "plan.toml",
        "[[indicators]]\ncode = \"gap\"\ntable = \"synthetic.csv\"\nkey = \"code\"\nof = \"stunting\"\n"
        "weight = \"people\"\nerror = \"se\"\ngap = { residence = [\"Rural\", \"urban\"] }\n");
    Findings findings;
    const auto prepared = prepare::prepare(plan::read_plan(folder / "plan.toml", {}), findings);
    ASSERT_EQ(prepared.atlas.layers.size(), 1U);
    const auto& layer = prepared.atlas.layers.front();
    EXPECT_EQ(layer.values[0].number, 10.0);  // 15 - 5
    EXPECT_EQ(layer.values[1].number, -3.0);  // 7 - 10
    EXPECT_EQ(layer.values[2].state, State::missing);
    EXPECT_EQ(layer.values[3].number, 0.0);
    EXPECT_EQ((*layer.measuring.errors)[0].number, 5.0);  // sqrt(3^2 + 4^2)
    EXPECT_EQ(layer.weights->column[0].number, 40.0);     // 30 + 10
    // (40 x 10 - 40 x 3 + 80 x 0) / 160
    EXPECT_NEAR(*prepared.results.front().measures.mean, 1.75, 1e-12);
}

}  // namespace
}  // namespace tendik
