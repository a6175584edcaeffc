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

TEST(Gap, OfThePlanIsMeasuredInPointsAlone) {
    const test::TemporaryFolder folder;
    write_file(folder / "synthetic.csv",
               "code,residence,value\nA,rural,15\nA,urban,5\nB,rural,7\nB,urban,6\nC,rural,8\nC,urban,6\n");
    write_file(folder / "plan.toml",
               "[[indicators]]\ncode = \"gap\"\ntable = \"synthetic.csv\"\nkey = \"code\"\n"
               "gap = { residence = [\"rural\", \"urban\"] }\n");
    Findings findings;
    const auto prepared = prepare::prepare(plan::read_plan(folder / "plan.toml", {}), findings);
    const auto& measures = prepared.results.front().measures;
    EXPECT_EQ(measures.find("D")->value, 9.0);  // 10 - 1
    for (const auto* code : {"R", "COV", "TI", "GINI"}) {
        EXPECT_FALSE(measures.find(code)->value) << code;
        EXPECT_EQ(measures.find(code)->note, "a gap may be below zero, so that its ratios have no meaning");
    }
    EXPECT_TRUE(measures.find("BGV")->value);
    for (const auto& region : measures.regions) {
        EXPECT_FALSE(region.relative_gap);
        for (const auto& [code, part] : region.contribution)
            EXPECT_TRUE(code == "BGV" || code == "MDMW") << code;
        EXPECT_FALSE(region.influence.empty());
    }
}

TEST(Gap, OfTheBuiltInCatalogueDoesNotApplyWhereAPartIsNot) {
    Findings findings;
    auto planned = plan::read_plan(TENDIK_SOURCE_DIR "/geodata/kazakhstan/plan.toml", {});
    std::erase_if(planned.indicators, [](const auto& one) { return one.code != "water_supply_access_gap"; });
    planned.surfaces.clear();
    planned.exposures.clear();
    planned.proximities.clear();
    const auto prepared = prepare::prepare(planned, findings);
    ASSERT_EQ(prepared.atlas.layers.size(), 1U);
    const auto& layer = prepared.atlas.layers.front();
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    const auto value = [&](const std::string& key) {
        return layer.values[static_cast<std::size_t>(*find_region(boundaries, key))];
    };
    EXPECT_NEAR(value("KZ-KUS").number, 33.1, 1e-9);  // 97.8 - 64.7
    EXPECT_NEAR(value("KZ-ALM").number, 0.1, 1e-9);   // 98.4 - 98.3
    for (const auto* city : {"KZ-ALA", "KZ-AST", "KZ-SHY"})
        EXPECT_EQ(value(city).state, State::not_applicable) << city;
    EXPECT_NEAR(layer.published->value, 7.4, 1e-9);  // 97.5 - 90.1
    EXPECT_EQ(layer.sources, std::vector<std::string>{"KAZSTAT-SDG-2025"});
    const auto& measures = prepared.results.front().measures;
    EXPECT_EQ(measures.counted, 14U);
    EXPECT_FALSE(measures.find("R")->value);
    // The mean of the regions' gaps is not the gap of the country, and no fault of either.
    EXPECT_GT(*measures.mean - layer.published->value, 0.2);
    for (const auto& finding : findings.all())
        EXPECT_NE(finding.code, "national-differs") << finding.text;
}

}  // namespace
}  // namespace tendik
