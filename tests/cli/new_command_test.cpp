#include "program_run.h"
#include "support/temporary_folder.h"
#include "tendik/stats/classify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class NewCommand : public testing::Test {
protected:
    TemporaryFolder m_folder;
    std::string m_land = (m_folder / "land").string();
    std::string m_plan = (m_folder / "land" / "plan.toml").string();
};

TEST_F(NewCommand, WritesAPlanAndAnExampleThatRunAtOnceAndTellsTheOneFigureThatIsMissing) {
    const auto made = tendik_run_bare({"new", m_land});
    EXPECT_EQ(made.exit_code, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("next: tendik run " + m_plan));
    const auto checked = tendik_run({"check", m_plan, "--fail-on", "warning"});
    EXPECT_EQ(checked.exit_code, 3) << checked.err;
    // No gap, no overlap, no unmatched name: only the empty cell of the example.
    EXPECT_EQ(checked.out, "2 layers on 1 sets of boundaries; 0 errors, 1 warnings, 0 notes\n");
    EXPECT_THAT(checked.err, HasSubstr("Saltmarsh (missing)"));
    const auto run = tendik_run({"run", m_plan, "-o", (m_folder / "atlas").string(), "--only", "tables"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    const auto atlas = contents_of(m_folder / "atlas");
    EXPECT_THAT(atlas.at("tables/values.csv"), HasSubstr("X101"));
}

TEST_F(NewCommand, ThePlanNamesEveryScheme) {
    ASSERT_EQ(tendik_run_bare({"new", m_land}).exit_code, 0);
    const auto plan = contents_of(m_land)["plan.toml"];
    for (const auto& scheme : scheme_words())
        EXPECT_THAT(plan, testing::ContainsRegex("# ([a-z-]+, )*" + scheme + "[,; ]"));
}

TEST_F(NewCommand, TheExampleIsCalledMadeUpInEveryLanguage) {
    ASSERT_EQ(tendik_run_bare({"new", m_land}).exit_code, 0);
    auto files = contents_of(m_land);
    EXPECT_THAT(files["plan.toml"],
                AllOf(HasSubstr("made-up land"), HasSubstr("вымышленная"), HasSubstr("ойдан шығарылған")));
    EXPECT_THAT(files["districts.geojson"], HasSubstr("A made-up land: an example, no place on Earth."));
}

TEST_F(NewCommand, TheSameFilesAreWrittenEachTime) {
    ASSERT_EQ(tendik_run_bare({"new", m_land}).exit_code, 0);
    ASSERT_EQ(tendik_run_bare({"new", (m_folder / "again").string()}).exit_code, 0);
    EXPECT_EQ(contents_of(m_land), contents_of(m_folder / "again"));
}

TEST_F(NewCommand, OverwritesNothing) {
    ASSERT_EQ(tendik_run_bare({"new", m_land}).exit_code, 0);
    const auto before = contents_of(m_folder.path());
    const auto again = tendik_run_bare({"new", m_land});
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_THAT(again.err, AllOf(HasSubstr("is not empty"), HasSubstr("hint: ")));
    const auto file = tendik_run_bare({"new", m_plan});
    EXPECT_EQ(file.exit_code, 1);
    EXPECT_THAT(file.err, HasSubstr("is a file, not a folder"));
    EXPECT_EQ(contents_of(m_folder.path()), before);
    std::filesystem::create_directory(m_folder / "empty");
    EXPECT_EQ(tendik_run_bare({"new", (m_folder / "empty").string()}).exit_code, 0);
}

}  // namespace
}  // namespace tendik::test
