// Districts nested in oblasts, by the command and by the plan: a made land of two oblasts with five districts
// each.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Box {
    std::string key;
    std::string parent;
    double west;
    double east;
    double north = 1.0;
};

std::string geojson_of(const std::vector<Box>& boxes) {
    std::string features;
    for (const auto& box : boxes)
        features += fmt::format(
            R"({0}{{"type":"Feature","properties":{{"code":"{1}","oblast":"{2}"}},"geometry":{{"type":"Polygon",)"
            R"("coordinates":[[[{3},0],[{4},0],[{4},{5}],[{3},{5}],[{3},0]]]}}}})",
            features.empty() ? "" : ",\n", box.key, box.parent, box.west, box.east, box.north);
    return R"({"type":"FeatureCollection","features":[)" + features + "]}\n";
}

class NestedCommand : public testing::Test {
protected:
    NestedCommand() {
        for (int i = 0; i < 5; ++i) {
            districts.push_back({fmt::format("P{}", i + 1), "P", i + 0.0, i + 1.0});
            districts.push_back({fmt::format("Q{}", i + 1), "Q", i + 5.0, i + 6.0});
        }
    }
    Box& district(const std::string& key) {
        for (auto& box : districts)
            if (box.key == key) return box;
        throw std::logic_error(key);
    }
    /// Figures 1 to 5 in both oblasts, 15 together.
    ProgramRun join(const std::string& rows_of_parents, const std::vector<std::string>& more = {}) {
        std::string table = "code,people,rate\n" + rows_of_parents;
        for (const char oblast : {'P', 'Q'})
            for (int i = 1; i <= 5; ++i)
                table += fmt::format("{}{},{},{}\n", oblast, i, i, 10 * i);
        std::vector<std::string> words{
            "join",
            "--boundaries",
            write_text(folder / "districts.geojson", geojson_of(districts)),
            "--key",
            "code",
            "--parents",
            write_text(folder / "oblasts.geojson", geojson_of({{"P", "", 0, 5}, {"Q", "", 5, 10}})),
            "--parent",
            "oblast",
            "--table",
            write_text(folder / "figures.csv", table),
            "--table-key",
            "code",
            "--value"};
        words.insert(words.end(), more.begin(), more.end());
        if (more.empty()) words.insert(words.end(), {"people", "--value-kind", "total"});
        return tendik_run(words);
    }
    std::string output(const std::string& name) const { return (folder / "out" / name).string(); }
    std::string written(const std::string& name) const { return contents_of(folder / "out").at(name); }

    TemporaryFolder folder;
    std::vector<Box> districts;
};

TEST_F(NestedCommand, SumsDistrictsAndComparesThemWithTheRowsOfTheOblasts) {
    const auto called = join("P,15,\nQ,20,\n");
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_EQ(called.out,
              "people: 10 of 10 regions matched\n"
              "people: 2 of 2 parents put together, 1 of 2 published figures differ\n");
    // By hand: 1 + 2 + 3 + 4 + 5 = 15; 15 - 20 = -5, a quarter of 20.
    EXPECT_THAT(called.err,
                AllOf(HasSubstr("parent 'Q'"), HasSubstr("the regions make 15, published is 20: -5, -25 %"),
                      Not(HasSubstr("parent 'P'"))));
}

TEST_F(NestedCommand, FindsOneFaultInEachOblast) {
    district("P3").north = 1.5;  // a third of it reaches out northward
    district("Q5").west = 9.5;   // half a district is free
    const auto called = join("");
    EXPECT_EQ(called.exit_code, 0) << called.err;
    // By hand: a third of P3; a tenth of Q, a little less since Q's long northern edge bends outward on the
    // ellipsoid.
    EXPECT_THAT(called.err,
                AllOf(HasSubstr("region 'P3' lies outside of its parent 'P' by 33.3 % of its area"),
                      HasSubstr("in no parent"), HasSubstr("no region of parent 'Q' fills 9.99 % of it"),
                      HasSubstr("9.25000 0.50000")));
    EXPECT_EQ(join("", {"people", "--value-kind", "total", "--fail-on", "warning"}).exit_code, 3);
    const auto tolerant = join("", {"people", "--value-kind", "total", "--outside-tolerance", "0.4"});
    EXPECT_THAT(tolerant.err, Not(HasSubstr("outside of its parent")));
}

TEST_F(NestedCommand, OverlapsBetweenDistrictsAreTold) {
    district("P2").east = 2.25;
    EXPECT_THAT(join("").err, HasSubstr("regions 'P2' and 'P3' overlap"));
}

TEST_F(NestedCommand, WritesWhatTheDistrictsMakeOfTheOblasts) {
    const auto called = join("P,,36\nQ,,\n", {"rate", "--weight", "people", "--rolled-up",
                                              output("oblasts.csv"), "-o", output("districts.csv")});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    // By hand: (1 x 10 + 2 x 20 + 3 x 30 + 4 x 40 + 5 x 50) / 15 = 550 / 15.
    EXPECT_THAT(
        written("oblasts.csv"),
        AllOf(HasSubstr("code,oblast,regions,rate,rate_state,rate_published\n"),
              HasSubstr("P,,5,36.66666666666"), HasSubstr(",present,36\n"), HasSubstr(",present,\n")));
    EXPECT_THAT(written("districts.csv"), HasSubstr("P1,P,10,present\n"));
    EXPECT_THAT(called.err, HasSubstr("published is 36"));  // 1.85 % off, above half a per cent
}

TEST_F(NestedCommand, PublishedFiguresMayStandInATableOfTheirOwn) {
    const auto apart = write_text(folder / "oblast_figures.csv", "code,people\nP,15\nQ,16\n");
    const auto called = join("", {"people", "--value-kind", "total", "--parents-table", apart});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.err, HasSubstr("the regions make 15, published is 16: -1, -6.25 %"));
}

TEST_F(NestedCommand, RefusesARegionWhoseParentIsNoneAndWordsWithoutParents) {
    district("Q2").parent = "R";
    const auto called = join("");
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err, HasSubstr("region 'Q2': 'R'"));
    const auto alone = tendik_run({"join", "--indicator", "neonatal_mortality", "--rolled-up", "x.csv"});
    EXPECT_EQ(alone.exit_code, 2);
    EXPECT_THAT(alone.err, HasSubstr("add --parents FILE"));
}

TEST_F(NestedCommand, OfAPlanDoesTheSameAndWritesATable) {
    join("P,15,\nQ,20,\n");
    const auto plan = write_text(folder / "plan.toml", R"(
boundaries = { file = "districts.geojson", key = "code", parents = { file = "oblasts.geojson", key = "code", column = "oblast", sum_tolerance = 0.1 } }
indicators = [ { table = "figures.csv", key = "code", value = "people", kind = "total", display = "symbols" } ]
outputs = { vector_tiles = false, raster_tiles = false, site = false }
)");
    const auto called = tendik_run({"run", plan, "-o", output("atlas")});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.err, HasSubstr("published is 20: -5, -25 % (tolerance 10 %)"));
    EXPECT_EQ(written("atlas/tables/rolled_up.csv"),
              "indicator,year,vintage,parent,name_en,name_ru,name_kk,kind,regions,value,state,published,"
              "difference\n"
              "people,,,P,P,P,P,total,5,15,present,15,0\n"
              "people,,,Q,Q,Q,Q,total,5,15,present,20,-5\n");
    EXPECT_THAT(written("atlas/manifest.json"),
                AllOf(HasSubstr("\"oblasts.geojson\""), HasSubstr("roll-up-differs"),
                      HasSubstr("sum_tolerance = 0.1")));
}

}  // namespace
}  // namespace tendik::test
