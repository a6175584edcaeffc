#include "written_plan.h"

#include <gmock/gmock.h>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class SurfaceStep : public WrittenPlan {};

constexpr const char* with_surfaces = R"(
boundaries = [ { file = "old.gpkg", vintage = "old" }, { file = "new.gpkg", vintage = "new" } ]
[[surfaces]]
name = "pm25"
points = "stations.xlsx"
sheet = "2019"
x = "east"
y = "north"
points_crs = "EPSG:32642"
points_name = "city"
value = "pm"
missing = ["n/a"]
grid = [46, 40, 88, 56, 0.1]
grid_crs = "EPSG:4326"
title = { en = "Dust", ru = "Пыль", kk = "Шаң" }
unit = "ug/m3"
palette = "heat"
variogram = "matern"
smoothness = 2.5
bins = 12
cutoff_km = 900
measurement_error = 1.5
rounding_step = 10
error_column = "sd"
step_column = "step"
[[surfaces]]
name = "pm25_near"
method = "idw"
points = "stations.csv"
value = "pm"
grid = "like.tif"
power = 3
[[surfaces]]
name = "people"
method = "dasymetric"
points = "towns.csv"
value = "people"
grid = "46,40,88,56,0.1"
totals = "people.csv"
totals_key = "kato"
totals_value = "n"
totals_indicator = "all"
totals_even = "rural"
totals_year = 2020
totals_year_column = "when"
vintage = "new"
spread_where_none = true
[[exposure]]
raster = "surface:pm25"
population_rasters = "surface:people"
vintage = "new"
as = "pm25_mean"
)";

TEST_F(SurfaceStep, TakesEveryKeyOfASurfaceAndPrintsThem) {
    const auto plan = read(with_surfaces);
    ASSERT_EQ(plan.surfaces.size(), 3U);
    const auto& kriged = plan.surfaces[0];
    EXPECT_EQ(kriged.points.file, beside("stations.xlsx"));
    EXPECT_EQ(kriged.points.sheet, "2019");
    EXPECT_EQ(kriged.points.x, "east");
    EXPECT_EQ(kriged.points.y, "north");
    EXPECT_EQ(kriged.points.crs.definition, "EPSG:32642");
    EXPECT_EQ(kriged.points.name, "city");
    EXPECT_THAT(kriged.points.values, ElementsAre("pm"));
    EXPECT_THAT(kriged.points.missing, ElementsAre("n/a"));
    EXPECT_EQ(kriged.grid.north, 56.0);
    EXPECT_EQ(kriged.grid.crs.definition, "EPSG:4326");
    EXPECT_EQ(kriged.title.kk, "Шаң");
    EXPECT_EQ(kriged.palette, "heat");
    EXPECT_EQ(kriged.interpolation.variogram.shape, VariogramShape::matern);
    EXPECT_EQ(kriged.interpolation.variogram.smoothness, 2.5);
    EXPECT_EQ(kriged.interpolation.variogram.bins, 12U);
    EXPECT_EQ(kriged.interpolation.variogram.cutoff_m, 900'000.0);
    EXPECT_EQ(kriged.measurement_error, 1.5);
    EXPECT_EQ(kriged.rounding_step, 10.0);
    EXPECT_EQ(kriged.error_column, "sd");
    EXPECT_EQ(kriged.step_column, "step");
    EXPECT_EQ(plan.surfaces[1].grid.like, beside("like.tif"));
    EXPECT_EQ(plan.surfaces[1].interpolation.power, 3.0);
    const auto& totals = plan.surfaces[2].totals;
    EXPECT_EQ(totals.table.file, beside("people.csv"));
    EXPECT_EQ(totals.table.key, "kato");
    EXPECT_EQ(totals.table.value, "n");
    EXPECT_EQ(totals.indicator, "all");
    EXPECT_EQ(totals.evenly, "rural");
    EXPECT_EQ(totals.year, 2020);
    EXPECT_EQ(totals.table.year_column, "when");
    EXPECT_EQ(totals.vintage, "new");
    EXPECT_TRUE(plan.surfaces[2].dasymetric.spread_where_none);
    EXPECT_EQ(plan::surface_named(plan.exposures[0].raster), "pm25");
    EXPECT_EQ(plan::to_toml(read(plan::to_toml(plan))), plan::to_toml(plan));
}

TEST_F(SurfaceStep, ContradictionsOfSurfacesAreRefused) {
    const std::string exposure =
        "[[exposure]]\nraster = \"surface:pm25\"\npopulation_rasters = \"p.tif\"\nas = \"x\"\n";
    const auto with = [&](const std::string& lines) {
        return fault("boundaries = { file = \"a.gpkg\" }\n[[surfaces]]\npoints = \"s.csv\"\nvalue = \"v\"\n" +
                     lines + exposure);
    };
    EXPECT_THAT(with("name = \"pm2\"\ngrid = [0, 0, 1, 1, 0.1]\n"),
                AllOf(HasSubstr("no surface 'pm25'"), HasSubstr("did you mean 'pm2'?")));
    EXPECT_THAT(with("name = \"pm25\"\ngrid = [0, 0, 1, 1]\n"), HasSubstr("has 4 numbers, expected 5"));
    EXPECT_THAT(with("name = \"a/b\"\ngrid = \"g.tif\"\n"), HasSubstr("a surface is named 'a/b'"));
    EXPECT_THAT(with("name = \"pm25\"\ngrid = \"g.tif\"\npower = 2\n"),
                HasSubstr("'power' says nothing to method 'kriging'"));
    EXPECT_THAT(with("name = \"pm25\"\ngrid = \"g.tif\"\ngrid_crs = \"EPSG:4326\"\n"),
                HasSubstr("leave grid_crs out"));
    EXPECT_THAT(with("name = \"pm25\"\ngrid = \"g.tif\"\nmethod = \"spline\"\n"),
                HasSubstr("idw, kriging, dasymetric"));
    EXPECT_THAT(with("name = \"pm25\"\ngrid = \"g.tif\"\n[[surfaces]]\nname = \"pm25\"\npoints = \"s.csv\"\n"
                     "value = \"v\"\ngrid = \"g.tif\"\n"),
                HasSubstr("two surfaces are named 'pm25'"));
    EXPECT_THAT(with("name = \"pm25\"\ngrid = \"g.tif\"\nmethod = \"dasymetric\"\ntotals = \"t.csv\"\n"
                     "totals_even = \"r\"\nremainder = \"even\"\n"),
                HasSubstr("both 'remainder' and 'totals_even'"));
    EXPECT_THAT(with("name = \"pm25\"\ngrid = \"g.tif\"\ncutof_km = 3\n"),
                HasSubstr("did you mean 'cutoff_km'?"));
}

}  // namespace
}  // namespace tendik::test
