#include "tendik/io/read_boundaries.h"
#include "tendik/join/join.h"
#include "tendik/tables/read_catalogue.h"
#include "tendik/tables/read_table.h"

#include <gtest/gtest.h>

namespace tendik {
namespace {

const std::string source_folder = TENDIK_SOURCE_DIR;

class MessyTable : public testing::TestWithParam<TableSource> {};

TEST_P(MessyTable, JoinsTheBuiltInBoundariesAtTheFirstTry) {
    Findings findings;
    const auto boundaries =
        io::read_boundaries({.file = source_folder + "/geodata/kazakhstan/regions_2018.geojson"}, findings);
    Findings of_register;
    const auto reg = tables::read_register(source_folder + "/geodata/kazakhstan/regions.csv", of_register);
    auto source = GetParam();
    source.file = source_folder + "/tests/data/tables/" + source.file;
    const auto table = tables::read_table(source, findings);
    const auto joined = join::join(boundaries, table, &reg, {.year = 2019, .vintage = "2018"}, findings);
    EXPECT_EQ(joined.report.matched_count, 17U);
    EXPECT_EQ(present_count(joined.values), 17U);
    EXPECT_EQ(findings.count(Severity::warning), 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Join, MessyTable,
    testing::Values(TableSource{.file = "poverty_ru_1251.csv"}, TableSource{.file = "poverty_kk_utf16.csv"},
                    TableSource{.file = "poverty_ru.xlsx", .sheet = "Бедность", .value = "Все население"},
                    TableSource{.file = "poverty_kk.ods"}, TableSource{.file = "poverty_sdmx.csv"}),
    [](const auto& table) { return "table" + std::to_string(table.index + 1); });

}  // namespace
}  // namespace tendik
