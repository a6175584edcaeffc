#include "written_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class AccessSteps : public WrittenSteps {
protected:
    std::string proximity_fault(const std::string& lines) const { return fault("[[proximity]]\n" + lines); }
    std::string travel_fault(const std::string& lines) const {
        return fault("[[travel]]\nfriction = \"f.tif\"\n" + lines);
    }
};

/// Every key that the two steps have.
constexpr const char* everything = R"(
[[surfaces]]
name = "people"
method = "dasymetric"
points = "towns.csv"
value = "people"
totals = "totals.csv"
grid = [0, 0, 4, 1, 0.25]
[[travel]]
friction = "friction.nc"
band = "time"
friction_unit = "km/h"
neighbours = 16
barrier = -1
pass_corners = true
move_sources = "500m"
max = "4h"
sources = "wells.xlsx"
sheet = "2019"
x = "east"
y = "north"
sources_crs = "EPSG:32642"
sources_name = "well"
missing = ["n/a"]
thresholds = [15, "30min", "1h"]
population_rasters = [ { name = "all", raster = "surface:people", title = { en = "everybody" } },
                       { name = "children", raster = "children.tif", band = 2 } ]
method = "centre"
vintage = "new"
max_memory = "256MB"
minutes = true
catchments = true
palette = "heat"
layers = [ { as = "near", of = "all_share_within_30min", direction = "favourable", sources = ["BNS"] },
           { as = "far", of = "children_unreached" } ]
[[travel]]
friction = "friction.tif"
sources = [[70.5, 45], [71.5, 46]]
preset = "jmp"
as = "water_near"
[[proximity]]
sites = "sites.csv"
sites_name = "site_id"
bands = ["500m", 10, "25km"]
population_rasters = "surface:people"
as = "people_near"
of = "people_within_10km"
[[proximity]]
sites = "70.5,45;71.5,46"
bands = [50]
as = "ground_near"
)";

TEST_F(AccessSteps, TakeEveryKeyOfTravel) {
    const auto plan = read(everything);
    ASSERT_EQ(plan.travels.size(), 2U);
    const auto& travel = plan.travels[0];
    EXPECT_EQ(travel.friction.file, beside("friction.nc"));
    EXPECT_EQ(travel.friction.band, "time");
    EXPECT_EQ(travel.unit, FrictionUnit::km_per_h);
    EXPECT_EQ(travel.options.moves, TravelMoves::sixteen);
    EXPECT_EQ(travel.options.barrier, -1.0);
    EXPECT_TRUE(travel.options.pass_corners);
    EXPECT_EQ(travel.options.move_source_m, 500.0);
    EXPECT_EQ(travel.options.max_min, 240.0);
    EXPECT_EQ(travel.sources.table.file, beside("wells.xlsx"));
    EXPECT_EQ(travel.sources.table.sheet, "2019");
    EXPECT_EQ(travel.sources.table.x, "east");
    EXPECT_EQ(travel.sources.table.y, "north");
    EXPECT_EQ(travel.sources.table.crs.definition, "EPSG:32642");
    EXPECT_EQ(travel.sources.table.name, "well");
    EXPECT_THAT(travel.sources.table.missing, ElementsAre("n/a"));
    EXPECT_THAT(travel.thresholds_min, ElementsAre(15.0, 30.0, 60.0));
    ASSERT_EQ(travel.count.populations.size(), 2U);
    EXPECT_EQ(travel.count.populations[0].raster.file, "surface:people");
    EXPECT_EQ(travel.count.populations[0].title.en, "everybody");
    EXPECT_EQ(travel.count.populations[1].raster.band, "2");
    EXPECT_EQ(travel.count.method, CoverMethod::centre);
    EXPECT_EQ(travel.count.max_memory_bytes, std::size_t{256} << 20U);
    EXPECT_EQ(travel.vintage, "new");
    EXPECT_TRUE(travel.write_minutes);
    EXPECT_TRUE(travel.write_catchments);
    EXPECT_EQ(travel.palette, "heat");
    ASSERT_EQ(travel.layers.size(), 2U);
    EXPECT_EQ(travel.layers[0].column, "all_share_within_30min");
    EXPECT_EQ(travel.layers[0].direction, Direction::favourable);
    EXPECT_THAT(travel.layers[0].sources, ElementsAre("BNS"));
    EXPECT_THAT(plan.travels[1].layers[0].sources, ElementsAre());  // places, not where figures come from
}

TEST_F(AccessSteps, PrintWhatTheyReadAndReadWhatTheyPrint) {
    const auto plan = read(everything);
    const auto printed = plan::to_toml(plan);
    std::ofstream(m_folder / "printed.toml", std::ios::binary) << printed;
    EXPECT_EQ(plan::to_toml(plan::read_plan(m_folder / "printed.toml", {})), printed);
    EXPECT_THAT(printed, AllOf(HasSubstr("preset = \"jmp\""), HasSubstr("sources = [[70.5, 45], [71.5, 46]]"),
                               HasSubstr("bands = [0.5, 10, 25]"), HasSubstr("max = 240\n")));
}

TEST_F(AccessSteps, PlacesAreATableOrPoints) {
    const auto plan = read(everything);
    ASSERT_EQ(plan.travels[1].sources.points.size(), 2U);
    EXPECT_EQ(plan.travels[1].sources.points[1].x, 71.5);
    EXPECT_TRUE(plan.travels[1].jmp);
    EXPECT_THAT(plan.travels[1].thresholds_min, ElementsAre(15.0));  // WHO/UNICEF JMP (2017): half of 30
    ASSERT_EQ(plan.proximities.size(), 2U);
    EXPECT_EQ(plan.proximities[0].sites.table.file, beside("sites.csv"));
    EXPECT_THAT(plan.proximities[0].bands_km, ElementsAre(0.5, 10.0, 25.0));
    EXPECT_EQ(plan.proximities[1].sites.points[0].y, 45.0);
}

TEST_F(AccessSteps, ALayerWithoutColumnIsTheShareWithinTheOnlyLimit) {
    const auto plan = read(everything);
    EXPECT_EQ(plan.travels[1].layers[0].column, "area_km2_share_within_15min");
    EXPECT_EQ(plan.proximities[1].layers[0].column, "area_km2_share_within_50km");
    EXPECT_THAT(
        proximity_fault(
            "sites = \"s.csv\"\npopulation_rasters = \"p.tif\"\nbands = [5, 10]\nas = \"near\"\n"),
        AllOf(HasSubstr("which column becomes 'near'?"), HasSubstr("of = \"people_share_within_10km\"")));
}

TEST_F(AccessSteps, AnUnknownKeyIsRefusedWithPlaceAndNearest) {
    EXPECT_THAT(proximity_fault("sites = \"s.csv\"\nband = [5]\n"),
                AllOf(HasSubstr("plan.toml, line 6, column 8: unknown key 'proximity[0].band'"),
                      HasSubstr("did you mean 'bands'?")));
    EXPECT_THAT(travel_fault("sources = \"s.csv\"\nfriction_units = \"min/m\"\n"),
                AllOf(HasSubstr("line 7"), HasSubstr("did you mean 'friction_unit'?")));
    EXPECT_THAT(fault("[[proximities]]\nsites = \"s.csv\"\n"), HasSubstr("did you mean 'proximity'?"));
    EXPECT_THAT(proximity_fault("bands = [5]\n"), HasSubstr("lacks the key 'sites'"));
    EXPECT_THAT(fault("[[travel]]\nsources = \"s.csv\"\n"), HasSubstr("lacks the key 'friction'"));
}

TEST_F(AccessSteps, LimitsThatDoNotAscendAreRefusedWithTheirPlace) {
    const auto bands = [&](const std::string& list) {
        return proximity_fault("sites = \"s.csv\"\nbands = " + list + "\n");
    };
    EXPECT_THAT(bands("[50, 20]"),
                AllOf(HasSubstr("line 6, column 14"), HasSubstr("is 20 km, expected more than 50")));
    EXPECT_THAT(bands("[0]"), HasSubstr("is 0 km, expected more than 0"));
    EXPECT_THAT(bands("[]"), HasSubstr("'proximity[0].bands' is empty"));
    EXPECT_THAT(bands("[\"near\"]"),
                AllOf(HasSubstr("'near' is no distance"), HasSubstr("line 6, column 10")));
    EXPECT_THAT(bands("[nan]"), HasSubstr("no finite number"));
    EXPECT_THAT(travel_fault("sources = \"s.csv\"\nthresholds = [\"1h\", 30]\n"),
                HasSubstr("is 30 minutes, expected more than 60"));
    EXPECT_THAT(travel_fault("sources = \"s.csv\"\nmax = 0\n"),
                HasSubstr("is 0 minutes, expected more than 0"));
    EXPECT_THAT(travel_fault("sources = \"s.csv\"\nmove_sources = -1\n"), HasSubstr("is -1 km"));
}

TEST_F(AccessSteps, ContradictionsAreRefused) {
    EXPECT_THAT(travel_fault("sources = \"s.csv\"\nneighbours = 4\n"), HasSubstr("one of: 8, 16"));
    EXPECT_THAT(travel_fault("sources = \"s.csv\"\npreset = \"jmp\"\nthresholds = [5]\n"),
                HasSubstr("both 'preset' and 'thresholds'"));
    EXPECT_THAT(travel_fault("sources = \"s.csv\"\npreset = \"who\"\n"), HasSubstr("one of: jmp"));
    EXPECT_THAT(travel_fault("sources = \"s.csv\"\npalette = \"heat\"\n"), HasSubstr("add minutes = true"));
    EXPECT_THAT(travel_fault("sources = \"s.csv\"\nfriction_unit = \"knots\"\n"), HasSubstr("km/h, m/s"));
    EXPECT_THAT(proximity_fault("sites = [[70, 45]]\nx = \"lon\"\n"),
                AllOf(HasSubstr("speaks of a table, and 'sites' are points"), HasSubstr("line 6")));
    EXPECT_THAT(proximity_fault("sites = [[70, 45, 3]]\n"), HasSubstr("has 3 numbers, expected 2"));
    EXPECT_THAT(proximity_fault("sites = \"70,45;71\"\n"),
                AllOf(HasSubstr("'71' among the points"), HasSubstr("line 5")));
    EXPECT_THAT(proximity_fault("sites = \"s.csv\"\npopulation_rasters = \"surface:peple\"\n"),
                HasSubstr("no surface 'peple'"));
    EXPECT_THAT(proximity_fault("sites = \"s.csv\"\nunit = \"%\"\n"),
                HasSubstr("'unit' describes an indicator, and none is named"));
}

}  // namespace
}  // namespace tendik::test
