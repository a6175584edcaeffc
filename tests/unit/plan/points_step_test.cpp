#include "support/temporary_folder.h"
#include "tendik/base/error.h"
#include "tendik/plan/read_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* least = "[[indicators]]\ntable = \"figures.csv\"\n";
constexpr const char* stations = R"([[points]]
code = "pm25"
table = "stations.xlsx"
sheet = "2019"
x = "east"
y = "north"
points_crs = "EPSG:32642"
points_name = "town"
value = "pm25_2019"
missing = ["n/a"]
year = 2019
breaks = [5, 10, 15.5]
)";

class PointsStep : public testing::Test {
protected:
    Plan read(const std::string& text) const {
        const auto file = m_folder / "plan.toml";
        std::ofstream(file, std::ios::binary) << text;
        return plan::read_plan(file, {});
    }
    std::string fault(const std::string& text) const {
        try {
            read(text);
        } catch (const InputError& error) {
            return describe(error);
        }
        return "taken";
    }
    TemporaryFolder m_folder;
};

TEST_F(PointsStep, KeepsEveryKey) {
    const auto plan = read(least + std::string(stations));
    ASSERT_EQ(plan.points.size(), 1U);
    const auto& points = plan.points.front();
    EXPECT_EQ(points.code, "pm25");
    EXPECT_EQ(points.table.file, (m_folder / "stations.xlsx").string());
    EXPECT_EQ(points.table.sheet, "2019");
    EXPECT_EQ(points.table.x, "east");
    EXPECT_EQ(points.table.y, "north");
    EXPECT_EQ(points.table.crs.definition, "EPSG:32642");
    EXPECT_EQ(points.table.name, "town");
    EXPECT_THAT(points.table.values, ElementsAre("pm25_2019"));
    EXPECT_THAT(points.table.missing, ElementsAre("n/a"));
    EXPECT_EQ(points.year, 2019);
    EXPECT_EQ(points.scheme, Scheme::fixed);
    EXPECT_THAT(points.breaks, ElementsAre(5.0, 10.0, 15.5));
}

TEST_F(PointsStep, IsReadBackAsItIsWritten) {
    const auto once = plan::to_toml(read(least + std::string(stations)));
    EXPECT_THAT(once, HasSubstr("[[points]]\ncode = \"pm25\"\n"));
    EXPECT_EQ(plan::to_toml(read(once)), once);
}

TEST_F(PointsStep, RefusesAMisspeltKeyAndBreaksOutOfOrder) {
    EXPECT_THAT(fault(least + std::string("[[points]]\ncode = \"a\"\ntable = \"b.csv\"\nvalues = \"c\"\n")),
                AllOf(HasSubstr("plan.toml, line 6"), HasSubstr("'value'")));
    EXPECT_THAT(fault(least + std::string("[[points]]\ncode = \"a\"\ntable = \"b.csv\"\nvalue = \"c\"\n"
                                          "breaks = [10, 5]\n")),
                AllOf(HasSubstr("line 7"), HasSubstr("5 does not follow 10")));
}

}  // namespace
}  // namespace tendik::test
