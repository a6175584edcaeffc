#include "support/drawn_map.h"
#include "tendik/base/error.h"
#include "tendik/raster/exposure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tendik::raster {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

MemoryRaster raster_of(const std::string& name, const Grid& grid, std::vector<double> values) {
    return {name, grid, wgs84, {{"band 1", "ug/m3", std::move(values)}}};
}

const Grid row_of_four{0, 1, 1, 1, 4, 1};

template <class Work>
std::string refusal(const Work& work) {
    try {
        work();
    } catch (const InputError& error) {
        return describe(error);
    }
    return "none";
}

TEST(ChancesAbove, AreThoseOfTheNormalDistribution) {
    const auto value = raster_of("pm.tif", row_of_four, {25, 25, 15, none});
    const auto error = raster_of("se.tif", row_of_four, {10, 0, 0, 1});
    const std::vector<double> levels{5, 15, 35};
    const auto chances = chances_above(value, error, levels);
    EXPECT_THAT(chances->info().bands, ElementsAre("error", "above_5", "above_15", "above_35"));
    const auto band = [&](std::size_t i) {
        std::vector<double> cells(4);
        chances->read(i, {0, 0, 4, 1}, cells);
        return cells;
    };
    EXPECT_EQ(band(0)[0], 10.0);
    EXPECT_NEAR(band(1)[0], 0.9772498680518208, 1e-15);   // R: pnorm(2)
    EXPECT_NEAR(band(2)[0], 0.8413447460685429, 1e-15);   // R: pnorm(1)
    EXPECT_NEAR(band(3)[0], 0.15865525393145707, 1e-15);  // R: pnorm(-1)
    EXPECT_EQ(band(2)[1], 1.0);                           // without error 25 lies above 15
    EXPECT_EQ(band(3)[1], 0.0);
    EXPECT_EQ(band(2)[2], 0.0);  // 15 does not lie above 15
    EXPECT_TRUE(std::isnan(band(1)[3]));
}

TEST(ChancesAbove, ErrorsOfAnotherGridOrBelowZeroAreRefused) {
    const auto value = raster_of("pm.tif", row_of_four, {25, 25, 15, 15});
    const auto shifted = raster_of("se.tif", {1, 1, 1, 1, 4, 1}, {1, 1, 1, 1});
    EXPECT_THAT(refusal([&] { chances_above(value, shifted, {}); }), HasSubstr("another grid than 'pm.tif'"));
    const MemoryRaster two("se.tif", row_of_four, wgs84, {{"a", "", {1, 1, 1, 1}}, {"b", "", {1, 1, 1, 1}}});
    EXPECT_THAT(refusal([&] { chances_above(value, two, {}); }), HasSubstr("has 2 bands"));
    const auto negative = raster_of("se.tif", row_of_four, {1, 1, -2, 1});
    const auto chances = chances_above(value, negative, {});
    std::vector<double> cells(4);
    EXPECT_THAT(refusal([&] {
                    chances->read(0, {0, 0, 4, 1}, cells);
                }),
                HasSubstr("standard error of -2 in the cell of column 2 and row 0"));
}

class Uncertainty : public testing::Test {
protected:
    Uncertainty() {
        m_map.crs = wgs84;
        NoProgress progress;
        Findings findings;
        const auto value = raster_of("pm.tif", row_of_four, {20, 40, 10, none});
        const auto error = raster_of("se.tif", row_of_four, {10, 20, 5, none});
        const auto people = raster_of("people.tif", row_of_four, {30, 10, 8, 2});
        const std::vector<PopulationRaster> populations{{"all", &people}};
        ExposureOptions options;
        options.thresholds = {15, 35};
        m_table = expose(value, populations, m_map, options, progress, findings);
        add_uncertainty(m_table, value, error, populations, m_map, options, progress);
    }
    double number(const std::string& name, std::size_t region) const {
        const auto* column = m_table.find(name);
        return column == nullptr ? -9999.0 : column->values.at(region).number;
    }

    Boundaries m_map = test::drawn_map({"AABB"});
    ZonalTable m_table;
};

TEST_F(Uncertainty, WeighsErrorsAndChancesByPeople) {
    // Hand arithmetic: A has 30 people at 20 +- 10 and 10 at 40 +- 20.
    EXPECT_NEAR(number("all_mean", 0), 25.0, 1e-12);
    EXPECT_NEAR(number("all_mean_error", 0), 12.5, 1e-12);
    // R: 0.75 * pnorm(0.5) + 0.25 * pnorm(1.25)
    EXPECT_NEAR(number("all_chance_above_15", 0), 0.742184402538796, 1e-12);
    EXPECT_NEAR(number("all_expected_above_15", 0), 40 * 0.742184402538796, 1e-10);
    // R: 0.75 * pnorm(-1.5) + 0.25 * pnorm(0.25)
    EXPECT_NEAR(number("all_chance_over_35", 0), 0.199781982372374, 1e-12);
    EXPECT_EQ(number("all_chance_above_35", 0), number("all_chance_over_35", 0));
}

TEST_F(Uncertainty, TheChancesOfTheBandsAddUpToOne) {
    for (const std::size_t region : {0U, 1U})
        EXPECT_NEAR(number("all_chance_up_to_15", region) + number("all_chance_15_to_35", region) +
                        number("all_chance_over_35", region),
                    1.0, 1e-12);
}

TEST_F(Uncertainty, PeopleWhereNothingIsKnownAreNotExpectedAnywhere) {
    // B: 8 people at 10 +- 5 and 2 where the raster has no data. R: pnorm(-1) = 0.158655253931457
    EXPECT_NEAR(number("all_chance_above_15", 1), 0.158655253931457, 1e-12);
    EXPECT_NEAR(number("all_expected_above_15", 1), 8 * 0.158655253931457, 1e-12);
}

TEST_F(Uncertainty, ItsColumnsStandBeforeTheSharesOfTheRegion) {
    EXPECT_EQ(m_table.columns.back().name, "share_without_data");
    EXPECT_EQ(m_table.find("all_expected_above_15")->unit, "people");
    EXPECT_EQ(m_table.find("all_mean_error")->unit, "ug/m3");
}

}  // namespace
}  // namespace tendik::raster
