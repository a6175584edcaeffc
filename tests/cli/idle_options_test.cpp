// What is accepted does something: options that would be read and forgotten are refused.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Words = std::vector<std::string>;

Words split_words(const std::string& line) {
    Words words;
    for (std::size_t at = 0; at < line.size();) {
        const auto end = line.find(' ', at);
        words.push_back(line.substr(at, end - at));
        if (end == std::string::npos) break;
        at = end + 1;
    }
    return words;
}

/// The option that is refused, and what the hint names. No file of these is ever opened.
void expect_idle(const std::string& line, const std::string& option, const std::string& hint) {
    const auto called = tendik_run(split_words(line));
    EXPECT_EQ(called.exit_code, 2) << line;
    EXPECT_THAT(called.err, AllOf(HasSubstr(option + " says nothing here"), HasSubstr(hint))) << line;
    EXPECT_EQ(called.out, "") << line;
}

TEST(IdleOptions, OfInputsAreRefused) {
    expect_idle("measure --indicator stunting_moderate_severe --key foo", "--key", "--boundaries FILE");
    expect_idle("join --table abbr.csv --value v --key xxx --table-key region", "--key", "--boundaries FILE");
    expect_idle("trend --indicator poverty --value v", "--value", "add --table FILE");
    expect_idle("measure --indicator poverty --year-column Год", "--year-column", "add --table FILE");
    expect_idle("neighbours --year-column Год", "--year-column", "add --table FILE");
    expect_idle("crosswalk --from 2018 --to pre-2018 --year-column Год", "--year-column", "add --apply FILE");
    expect_idle("classify --indicator poverty --merge-units", "--merge-units", "add --table FILE");
    expect_idle("tiles --boundaries b.gpkg -o t.pmtiles --year 2020", "--year", "only boundaries are given");
    expect_idle("tiles --boundaries b.gpkg -o t.pmtiles --adverse", "--adverse", "only boundaries are given");
    expect_idle("neighbours --key code", "--key", "--boundaries FILE");
    expect_idle("zonal --raster r.tif --key code", "--key", "--boundaries FILE");
    expect_idle("neighbours --year 2020", "--year", "gravity");
}

TEST(IdleOptions, OfMeasuresAreRefused) {
    expect_idle("measure --table t.csv --by sex --group region", "--group", "leave --by out");
    expect_idle("measure --table t.csv --by sex --reference KZ-AKM", "--reference", "leave --by out");
    expect_idle("measure --table t.csv --draws 2000", "--draws", "--se");
    expect_idle("measure --table t.csv --seed 5", "--seed", "--se");
    expect_idle("measure --table t.csv --atkinson 2 --measures D,R", "--atkinson", "--measures ATKINSON");
    expect_idle("classify --table t.csv --scheme equal --compat pysal", "--compat", "fisher");
    expect_idle("classify --table t.csv --breaks 1,2,3 --classes 4", "--classes", "--breaks");
    expect_idle("classify --table t.csv --breaks 1,2,3 --round", "--round", "--breaks");
    expect_idle("classify --table t.csv --scheme box --classes 4", "--classes", "box");
    expect_idle("classify --table t.csv --scale 100", "--scale", "intervals");
}

TEST(IdleOptions, OfSpatialStatisticsAreRefused) {
    const std::string smooth = "smooth --table t.csv --events e --population p ";
    expect_idle(smooth + "--method eb --higher-order 2", "--higher-order", "local-eb");
    expect_idle(smooth + "--method eb --snap 5", "--snap", "local-eb");
    expect_idle(smooth + "--method excess-risk --spread around-region", "--spread", "local-eb");
    expect_idle("autocorrelation --table t.csv --permutations 0 --seed 5", "--seed", "there are none");
    expect_idle("autocorrelation --table t.csv --statistic moran --correction by", "--correction", "local");
    expect_idle("index tree.toml --draws 0 --seed 4", "--seed", "--draws 0");
    expect_idle("index tree.toml --region KZ-MAN --format json", "--region", "json");
}

TEST(IdleOptions, OfAnOutputThatIsNoLayerAreRefused) {
    for (const auto* line :
         {"join --table t.csv", "smooth --table t.csv --events e --population p", "index tree.toml",
          "measure --table t.csv --by sex", "trend --table t.csv", "crosswalk --from 2018 --to pre-2018",
          "zonal --raster r.tif", "exposure --raster r.tif --population-raster p.tif", "proximity"}) {
        expect_idle(std::string(line) + " --crs EPSG:3857", "--crs", "-o FILE.gpkg");
        expect_idle(std::string(line) + " --crs EPSG:3857 -o out.csv", "--crs", "-o FILE.gpkg");
    }
    expect_idle("travel --friction f.tif --sources s.csv --crs EPSG:3857 -o minutes.tif", "--crs",
                "--regions FILE.gpkg");
    expect_idle("travel --friction f.tif --sources s.csv --palette heat", "--palette", "-o FILE.tif");
}

TEST(IdleOptions, OfStepsThatAreNotAskedForAreRefused) {
    const std::string crosswalk = "crosswalk --from 2018 --to pre-2018 ";
    for (const auto* words :
         {"--key code", "--allow-unmatched 2", "--missing x", "--intensive a", "--year 2020"})
        expect_idle(crosswalk + words, split_words(words).front(), "add --apply FILE");
    expect_idle(crosswalk + "--from-key code", "--from-key", "--from FILE");
    expect_idle(crosswalk + "--max-memory 1GB", "--max-memory", "--weight-raster");
    expect_idle("join --table t.csv --sum-tolerance 0.1", "--sum-tolerance", "add --parents FILE");
    expect_idle("zonal --raster r.tif --nodata-range 0,1", "--nodata-range", "bound");
    expect_idle("zonal --raster r.tif --weight-nodata-policy bound", "--weight-nodata-policy",
                "--weight-raster");
    expect_idle("exposure --raster r.tif --population-raster p.tif --no-distribution --quantiles 0.5",
                "--quantiles", "--no-distribution");
    expect_idle("tiles --indicator poverty -o t.pmtiles --tile-size 512", "--tile-size", "--kind raster");
    expect_idle("tiles --indicator poverty -o t.mbtiles --kind raster --report", "--report", "--kind vector");
    expect_idle(
        "surface --points p.csv --value v --grid 0,0,1,1,0.1 -o s.tif --method idw --variogram gaussian",
        "--variogram", "--method kriging");
    expect_idle(
        "surface --points p.csv --value v --grid 0,0,1,1,0.1 -o s.tif --variogram gaussian --smoothness 1.5",
        "--smoothness", "matern");
}

/// A direction stated by hand overrules that of the catalogue, and says so.
TEST(IdleOptions, ADirectionActsOnBuiltInIndicators) {
    const auto called = tendik_run(
        {"measure", "--indicator", "stunting_moderate_severe", "--year", "2015", "--favourable", "-v"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.err,
                AllOf(HasSubstr("[direction-overruled]"), HasSubstr("adverse"), HasSubstr("favourable")));
    const auto same = tendik_run(
        {"measure", "--indicator", "stunting_moderate_severe", "--year", "2015", "--adverse", "-v"});
    EXPECT_THAT(same.err, Not(HasSubstr("direction-overruled")));
    EXPECT_NE(called.out, same.out);
    EXPECT_EQ(tendik_run({"trend", "--indicator", "neonatal_mortality", "--neutral"}).exit_code, 0);
}

}  // namespace
}  // namespace tendik::test
