#include "written_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class ReadPlan : public WrittenPlan {};

/// The least that a plan needs.
constexpr const char* least = "[[indicators]]\ntable = \"figures.csv\"\n";

/// A plan with every key there is.
constexpr const char* everything = R"(schema = "tendik.plan/1"
title = { en = "Atlas", ru = "Атлас", kk = "Атлас" }
boundaries = [ { file = "old.gpkg", layer = "oblast", key = "kato", vintage = "old" },
               { file = "new.geojson", vintage = "new" } ]
[data]
catalogue = "catalogue.toml"
register = "regions.csv"
sources = "sources.csv"
denominators = "people/population.csv"
[[indicators]]
code = "poverty"
table = "figures.csv"
key = "kato"
value = "percent"
indicator_column = "what"
year_column = "when"
vintage_column = "units"
state_column = "status"
source_column = "from"
note_column = "remark"
missing = ["-", "n/a"]
suppressed = "*"
vintage = "old"
years = [2010, 2015]
weight = "people"
name = "Poverty"
unit = { en = "%" }
kind = "mean"
direction = "favourable"
decimals = 2
display = "symbols"
scheme = "equal"
merge_units = true
[[indicators]]
table = "other.csv"
vintage = "new"
year = 2020
[maps]
scheme = "quantile"
classes = 4
adverse_palette = "viridis"
favourable_palette = "cividis"
[tiles]
zoom = [2, 5]
tile_size_px = 512
tolerance_units = 0.25
raster_years = "latest"
raster_context = false
[join]
allow_unmatched = 3
[outputs]
layers = false
tables = true
vector_tiles = false
raster_tiles = false
site = false
)";

TEST_F(ReadPlan, TakesLayersOfContextAndRefusesAnUnknownKind) {
    const std::string context = "[[context]]\nfile = \"lakes.gpkg\"\nkind = \"lakes\"\nmin_zoom = 2\n";
    const auto plan = read(least + context);
    ASSERT_EQ(plan.context.size(), 1U);
    EXPECT_EQ(plan.context.front().file, beside("lakes.gpkg"));
    EXPECT_EQ(plan.context.front().kind, ContextKind::lakes);
    EXPECT_EQ(plan.context.front().min_zoom, 2U);
    EXPECT_THAT(plan::to_toml(plan), AllOf(HasSubstr("[[context]]"), HasSubstr("kind = \"lakes\"")));
    EXPECT_THAT(fault(least + std::string("[[context]]\nfile = \"a\"\nkind = \"seas\"\n")),
                AllOf(HasSubstr("'seas'"), HasSubstr("neighbours, lakes, rivers, settlements")));
}

TEST_F(ReadPlan, TakesParentsAsAFileOrAsATableAndRefusesAToleranceThatIsNoShare) {
    const auto with = [](const std::string& parents) {
        return "boundaries = { file = \"a.gpkg\", key = \"code\", parents = " + parents + " }\n" + least;
    };
    const auto plain = read(with("\"oblasts.gpkg\""));
    EXPECT_EQ(plain.parents.at(0).source.file, beside("oblasts.gpkg"));
    EXPECT_EQ(plain.parents.at(0).column, "parent");
    const auto full =
        read(with("{ file = \"o.gpkg\", layer = \"o\", key = \"kato\", column = \"oblast\", "
                  "outside_tolerance = 0.02, sum_tolerance = 0 }"));
    const auto& parents = full.parents.at(0);
    EXPECT_EQ(parents.source.layer, "o");
    EXPECT_EQ(parents.source.key, "kato");
    EXPECT_EQ(parents.column, "oblast");
    EXPECT_EQ(parents.outside_tolerance, 0.02);
    EXPECT_EQ(parents.sum_tolerance, 0.0);
    const auto again = read(plan::to_toml(full));
    EXPECT_EQ(again.parents.at(0).outside_tolerance, 0.02);
    EXPECT_EQ(again.parents.at(0).column, "oblast");
    EXPECT_THAT(fault(with("{ file = \"o.gpkg\", sum_tolerance = 5 }")),
                AllOf(HasSubstr("sum_tolerance' is 5"), HasSubstr("a share from 0 to 1")));
    EXPECT_THAT(fault(with("{ file = \"o.gpkg\", colum = \"x\" }")), HasSubstr("'column'"));
}

TEST_F(ReadPlan, TakesEveryKey) {
    const auto plan = read(everything);
    EXPECT_EQ(plan.title.ru, "Атлас");
    EXPECT_EQ(plan.catalogue, beside("catalogue.toml"));
    EXPECT_EQ(plan.register_file, beside("regions.csv"));
    EXPECT_EQ(plan.sources, beside("sources.csv"));
    EXPECT_EQ(plan.denominators, std::vector<std::string>{beside("people/population.csv")});
    ASSERT_EQ(plan.boundaries.size(), 2U);
    EXPECT_EQ(plan.boundaries[0].file, beside("old.gpkg"));
    EXPECT_EQ(plan.boundaries[0].layer, "oblast");
    EXPECT_EQ(plan.boundaries[0].key, "kato");
    EXPECT_EQ(plan.boundaries[1].vintage, "new");
    EXPECT_EQ(plan.maps.scheme, Scheme::quantile);
    EXPECT_EQ(plan.maps.class_count, 4U);
    EXPECT_EQ(plan.maps.adverse_palette, "viridis");
    EXPECT_EQ(plan.maps.favourable_palette, "cividis");
    EXPECT_EQ(plan.tiles.min_zoom, 2U);
    EXPECT_EQ(plan.tiles.max_zoom, 5U);
    EXPECT_EQ(plan.tiles.tile_size_px, 512U);
    EXPECT_EQ(plan.tiles.tolerance_units, 0.25);
    EXPECT_EQ(plan.tiles.raster_years, RasterYears::latest);
    EXPECT_FALSE(plan.tiles.raster_context);
    EXPECT_EQ(plan.join.allow_unmatched, 3U);
    EXPECT_FALSE(plan.steps.layers || plan.steps.vector_tiles || plan.steps.raster_tiles || plan.steps.site);
    EXPECT_TRUE(plan.steps.tables);
}

TEST_F(ReadPlan, TakesEveryKeyOfAnIndicator) {
    const auto plan = read(everything);
    ASSERT_EQ(plan.indicators.size(), 2U);
    const auto& first = plan.indicators[0];
    EXPECT_EQ(first.code, "poverty");
    EXPECT_EQ(first.table.file, beside("figures.csv"));
    EXPECT_EQ(first.table.key, "kato");
    EXPECT_EQ(first.table.value, "percent");
    EXPECT_EQ(first.table.indicator_column, "what");
    EXPECT_EQ(first.table.year_column, "when");
    EXPECT_EQ(first.table.vintage_column, "units");
    EXPECT_EQ(first.table.state_column, "status");
    EXPECT_EQ(first.table.source_column, "from");
    EXPECT_EQ(first.table.note_column, "remark");
    EXPECT_THAT(first.table.missing, ElementsAre("-", "n/a"));
    EXPECT_THAT(first.table.suppressed, ElementsAre("*"));
    EXPECT_EQ(first.vintage, "old");
    EXPECT_THAT(first.years, ElementsAre(2010, 2015));
    EXPECT_EQ(first.weight_column, "people");
    EXPECT_EQ(first.name->en, "Poverty");
    EXPECT_EQ(first.unit->en, "%");
    EXPECT_EQ(first.kind, IndicatorKind::mean);
    EXPECT_EQ(first.direction, Direction::favourable);
    EXPECT_EQ(first.decimals, 2);
    EXPECT_EQ(first.display, Display::symbols);
    EXPECT_EQ(first.scheme, Scheme::equal);
    EXPECT_TRUE(first.merge_units);
    EXPECT_FALSE(plan.indicators[1].merge_units);
    EXPECT_EQ(plan.indicators[1].scheme, std::nullopt);
    EXPECT_EQ(plan.indicators[1].display, Display::classes);
    EXPECT_THAT(plan.indicators[1].years, ElementsAre(2020));
}

TEST_F(ReadPlan, TakesSeveralTablesOfDenominatorsAndKnowsTwoWordsForRasterYears) {
    const auto plan = read(std::string(least) + "[data]\ndenominators = [\"a.csv\", \"b.csv\"]\n");
    EXPECT_THAT(plan.denominators, ElementsAre(beside("a.csv"), beside("b.csv")));
    EXPECT_EQ(plan.tiles.raster_years, RasterYears::all);
    EXPECT_THAT(fault(std::string(least) + "[tiles]\nraster_years = \"last\"\n"),
                AllOf(HasSubstr("'tiles.raster_years' is 'last'"), HasSubstr("one of: all, latest")));
}

TEST_F(ReadPlan, LeavesWhatIsNotSaidAtTheDefaultsOfTheOptions) {
    const auto plan = read(least);
    const MapOptions maps;
    const TileOptions tiles;
    EXPECT_EQ(plan.maps.scheme, maps.scheme);
    EXPECT_EQ(plan.maps.class_count, maps.class_count);
    EXPECT_EQ(plan.tiles.max_zoom, tiles.max_zoom);
    EXPECT_EQ(plan.tiles.tile_size_px, tiles.tile_size_px);
    EXPECT_EQ(plan.join.allow_unmatched, 0U);
    EXPECT_TRUE(plan.steps.layers && plan.steps.tables && plan.steps.vector_tiles && plan.steps.site);
    EXPECT_TRUE(plan.boundaries.empty());
    EXPECT_EQ(plan.indicators[0].table.value, "value");
    EXPECT_FALSE(plan.indicators[0].kind.has_value());
    EXPECT_TRUE(plan.indicators[0].years.empty());
}

TEST_F(ReadPlan, PathsAreRelativeToThePlanButConnectionsAndAbsolutePathsStay) {
    for (const auto* file : {"PG:dbname=gis", "/vsizip/all.zip/regions.shp", "/data/regions.gpkg"}) {
        const auto plan = read(std::string("boundaries = { file = \"") + file + "\" }\n" + least);
        EXPECT_EQ(plan.boundaries[0].file, file);
    }
    EXPECT_EQ(read(least).indicators[0].table.file, beside("figures.csv"));
}

TEST_F(ReadPlan, ARasterStepMakesSeveralIndicators) {
    const auto plan = read(R"(boundaries = { file = "a.gpkg" }
[[exposure]]
raster = "pm.tif"
error_raster = "se.tif"
error_band = 2
population_rasters = [ { name = "all", raster = "p.tif", title = { en = "everybody", ru = "все", kk = "барлығы" } } ]
[[exposure.layers]]
as = "mean"
theme = "air"
sources = ["A", "B"]
definition = { en = "d", ru = "д", kk = "д" }
[[exposure.layers]]
as = "above"
of = "all_expected_above_15"
kind = "total"
)");
    const auto& step = plan.exposures[0];
    EXPECT_EQ(step.error.file, beside("se.tif"));
    EXPECT_EQ(step.error.band, "2");
    EXPECT_EQ(step.populations[0].title.ru, "все");
    ASSERT_EQ(step.layers.size(), 2U);
    EXPECT_EQ(step.layers[0].column, "all_mean");
    EXPECT_EQ(step.layers[0].theme, "air");
    EXPECT_EQ(step.layers[0].definition.ru, "д");
    EXPECT_THAT(step.layers[0].sources, ElementsAre("A", "B"));
    EXPECT_EQ(step.layers[1].column, "all_expected_above_15");
    EXPECT_EQ(plan::to_toml(read(plan::to_toml(plan))), plan::to_toml(plan));
    EXPECT_THAT(
        fault(std::string(least) + "[[zonal]]\nraster = \"a.tif\"\nstatistic = \"mean\"\nunit = \"nW\"\n"),
        AllOf(HasSubstr("'unit' describes an indicator, and none is named"), HasSubstr("line 6")));
}

TEST_F(ReadPlan, OpensNoOtherFile) {
    EXPECT_FALSE(std::filesystem::exists(beside("figures.csv")));
    EXPECT_NO_THROW(read(least));
}

TEST_F(ReadPlan, AnUnknownKeyIsRefusedWithPlaceAndNearest) {
    EXPECT_THAT(fault(std::string(least) + "valu = \"x\"\n"),
                AllOf(HasSubstr("plan.toml, line 3, column "), HasSubstr("valu"),
                      HasSubstr("did you mean 'value'?")));
    EXPECT_THAT(fault(std::string("indicater = 1\n") + least), HasSubstr("did you mean 'indicators'?"));
    for (const auto* wrong : {"[maps]\nclass = 4\n", "[tiles]\nzooms = [0, 3]\n", "[outputs]\nlayer = true\n",
                              "[join]\nallow_unmatch = 1\n", "[data]\nsource = \"a\"\n"})
        EXPECT_THAT(fault(std::string(least) + wrong),
                    AllOf(HasSubstr("line 4, column "), HasSubstr("hint: ")))
            << wrong;
}

TEST_F(ReadPlan, YearsMustAscendAndBeYears) {
    EXPECT_THAT(fault(std::string(least) + "years = [2015, 2010]\n"),
                AllOf(HasSubstr("line 3, column "), HasSubstr("years must ascend, 2010 follows 2015")));
    EXPECT_THAT(fault(std::string(least) + "years = [2015, 2015]\n"), HasSubstr("years must ascend"));
    EXPECT_THAT(fault(std::string(least) + "year = 20155\n"), HasSubstr("year 20155 is out of the range"));
    EXPECT_THAT(fault(std::string(least) + "year = \"2015\"\n"), HasSubstr("line 3, column "));
}

TEST_F(ReadPlan, YearAndYearsTogetherAreRefused) {
    EXPECT_THAT(fault(std::string(least) + "year = 2015\nyears = [2010]\n"),
                AllOf(HasSubstr("line 4"), HasSubstr("both 'year' and 'years' are given")));
}

TEST_F(ReadPlan, ChoicesAndRangesAreNamed) {
    const auto with = [](const std::string& text) { return std::string(least) + text; };
    EXPECT_THAT(fault(with("kind = \"share\"\n")), HasSubstr("one of: rate, mean, total, count"));
    EXPECT_THAT(fault(with("direction = \"up\"\n")), HasSubstr("one of: adverse, favourable, neutral"));
    EXPECT_THAT(fault(with("display = \"circles\"\n")), HasSubstr("one of: classes, symbols"));
    EXPECT_THAT(fault(with("[maps]\nscheme = \"jenks\"\n")),
                HasSubstr("one of: quantile, equal, fisher, head-tail"));
    EXPECT_THAT(fault(with("[maps]\nbreaks = [5, 10, 10]\n")), HasSubstr("10 does not follow 10"));
    EXPECT_THAT(fault(with("[maps]\nbreaks = []\n")), HasSubstr("no break is given"));
    EXPECT_THAT(fault(with("[maps]\nscheme = \"fixed\"\n")), HasSubstr("no breaks are given"));
    EXPECT_THAT(fault(with("[maps]\nscheme = \"box\"\nbreaks = [5]\n")), HasSubstr("the scheme is box"));
    EXPECT_THAT(fault(with("[maps]\nclasses = 0\n")), HasSubstr("'maps.classes' is 0, expected 1 to 9"));
    EXPECT_THAT(fault(with("[tiles]\nzoom = [3, 2]\n")), HasSubstr("is 2, expected 3 to 14"));
    EXPECT_THAT(fault(with("[tiles]\nzoom = [3]\n")), HasSubstr("for example [0, 6]"));
    EXPECT_THAT(fault(with("[tiles]\ntile_size_px = 300\n")), HasSubstr("256 or 512"));
    EXPECT_THAT(fault(with("[tiles]\ntolerance_units = -1\n")), HasSubstr("expected 0 to 64"));
    EXPECT_THAT(fault(with("[join]\nallow_unmatched = -1\n")), HasSubstr("is -1, expected 0 to"));
    EXPECT_THAT(fault(with("[outputs]\nsite = 1\n")), HasSubstr("line 4, column "));
}

TEST_F(ReadPlan, AnotherSchemaIsRefused) {
    EXPECT_THAT(fault(std::string("schema = \"tendik.plan/9\"\n") + least),
                HasSubstr("reads 'tendik.plan/1'"));
}

TEST_F(ReadPlan, AnIndicatorOfSeveralBoundariesSaysWhichItBelongsTo) {
    EXPECT_THAT(fault(std::string("boundaries = [ { file = \"a.gpkg\" }, { file = \"b.gpkg\" } ]\n") + least),
                AllOf(HasSubstr("which of the 2 boundaries"), HasSubstr("hint: add vintage")));
}

TEST_F(ReadPlan, APlanWithoutIndicatorsOrTableIsRefused) {
    EXPECT_THAT(fault("title = \"Nothing\"\n"), HasSubstr("the plan has no indicator"));
    EXPECT_THAT(fault("[[indicators]]\ncode = \"x\"\n"), HasSubstr("table"));
    EXPECT_THAT(fault("[[indicators]]\ntable = \"\"\n"), HasSubstr("is empty"));
}

TEST_F(ReadPlan, APlanThatDoesNotExistIsNamed) {
    try {
        plan::read_plan(m_folder / "none.toml", {});
        FAIL() << "it was read";
    } catch (const InputError& error) {
        EXPECT_THAT(describe(error), AllOf(StartsWith("error: no such plan"), HasSubstr("none.toml")));
    }
}

TEST_F(ReadPlan, SettingsLieOverTheDocument) {
    const auto plan = read(everything, {"maps.classes=7", "tiles.zoom=[0, 1]", "maps.scheme=equal"});
    EXPECT_EQ(plan.maps.class_count, 7U);
    EXPECT_EQ(plan.tiles.max_zoom, 1U);
    EXPECT_EQ(plan.maps.scheme, Scheme::equal);
    EXPECT_EQ(plan.maps.adverse_palette, "viridis");  // what is not set stays
    EXPECT_THAT(fault(least, {"maps.clases=3"}),
                AllOf(HasSubstr("--set"), HasSubstr("did you mean 'classes'?")));
    EXPECT_THROW(read(least, {"maps.classes"}), UsageError);
}

TEST_F(ReadPlan, ThePrintedPlanIsTheSamePlan) {
    const auto first = read(everything);
    const auto text = plan::to_toml(first);
    const auto second = read(text);
    EXPECT_EQ(plan::to_toml(second), text);
    // Compared field by field too, for what is not printed cannot differ in print.
    ASSERT_EQ(second.indicators.size(), first.indicators.size());
    for (std::size_t i = 0; i < first.indicators.size(); ++i) {
        const auto& a = first.indicators[i];
        const auto& b = second.indicators[i];
        EXPECT_EQ(a.table.indicator_column, b.table.indicator_column);
        EXPECT_EQ(a.table.year_column, b.table.year_column);
        EXPECT_EQ(a.table.vintage_column, b.table.vintage_column);
        EXPECT_EQ(a.table.state_column, b.table.state_column);
        EXPECT_EQ(a.table.source_column, b.table.source_column);
        EXPECT_EQ(a.table.note_column, b.table.note_column);
        EXPECT_EQ(a.table.missing, b.table.missing);
        EXPECT_EQ(a.table.suppressed, b.table.suppressed);
        EXPECT_EQ(a.years, b.years);
        EXPECT_EQ(a.kind, b.kind);
        EXPECT_EQ(a.direction, b.direction);
        EXPECT_EQ(a.decimals, b.decimals);
        EXPECT_EQ(a.display, b.display);
        EXPECT_EQ(a.scheme, b.scheme);
        EXPECT_EQ(a.merge_units, b.merge_units);
    }
    EXPECT_EQ(second.tiles.tolerance_units, first.tiles.tolerance_units);
    EXPECT_EQ(second.steps.site, first.steps.site);
}

TEST_F(ReadPlan, ThePrintedPlanQuotesWhatTomlWantsQuoted) {
    auto plan = read(least);
    plan.title.en = "a \"b\" \\ c\nd";
    EXPECT_EQ(read(plan::to_toml(plan)).title.en, plan.title.en);
}

}  // namespace
}  // namespace tendik::test
