#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

const char* const child_wellbeing = TENDIK_SOURCE_DIR "/geodata/kazakhstan/child_wellbeing.toml";

json scored(const std::string& file, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"index", file, "--format", "json"};
    words.insert(words.end(), more.begin(), more.end());
    const auto called = tendik_run(words);
    EXPECT_EQ(called.exit_code, 0) << called.err;
    return json::parse(called.out);
}

const json& named(const json& items, const char* key, const std::string& wanted) {
    const auto found = std::ranges::find_if(items, [&](const json& item) { return item.at(key) == wanted; });
    if (found == items.end()) throw std::runtime_error("no " + wanted);
    return *found;
}

/// Three regions, two indicators: by hand 1 .. 3 of a (favourable), b (adverse) missing in the third.
struct Written {
    TemporaryFolder folder;
    std::string table = write_text(folder / "figures.csv", "code,a,b,a_se\nx,1,10,2\ny,2,30,\nz,3,,2\n");

    std::string file(const std::string& text) const { return write_text(folder / "index.toml", text); }
    std::string with(const std::string& head) const {
        return file(head +
                    "table = \"figures.csv\"\nkey = \"code\"\n"
                    "[[indicators]]\ncode = \"a\"\nvalue = \"a\"\ndirection = \"favourable\"\n"
                    "[[indicators]]\ncode = \"b\"\nvalue = \"b\"\nweight = 3\n");
    }
};

TEST(IndexCommand, TheBuiltInIllustrationSaysThatItIsOne) {
    const auto result = scored(child_wellbeing, {"--draws", "20"});
    EXPECT_EQ(result["schema"], "tendik.index/1");
    EXPECT_THAT(result["title"]["en"], HasSubstr("an illustration, not the official index"));
    EXPECT_THAT(result["title"]["ru"], HasSubstr("иллюстрация, а не официальный индекс"));
    EXPECT_THAT(result["title"]["kk"], HasSubstr("ресми индекс емес"));
    EXPECT_EQ(result["n"], 17);
    std::vector<std::string> areas;
    for (const auto& node : result["nodes"])
        if (node["parent"] == "index") areas.push_back(node["name"]["en"]);
    // The four areas of Kazakhstan's Child Well-Being Index.
    EXPECT_THAT(areas, ElementsAre("Child", "Family and Society", "Public Policy", "Welfare of the Country"));
}

TEST(IndexCommand, InheritedFiguresAreShownAndNeverCounted) {
    const auto result = scored(child_wellbeing, {"--draws", "0"});
    const auto& turkistan = named(result["regions"], "key", "KZ-YUZ@2018");
    EXPECT_EQ(turkistan["state"], "present");
    const auto& stunting = turkistan["values"]["stunting_moderate_severe"];
    EXPECT_EQ(stunting["inherited"], true);
    EXPECT_EQ(stunting["value"], 11.4);  // nutrition.csv, KZ-YUZ of pre-2018, 2015
    EXPECT_TRUE(turkistan["scores"]["stunting_moderate_severe"].is_null());
    EXPECT_THAT(turkistan["reweighted"], ElementsAre("growth", "home"));
    // nutrition.csv, 2015: 11.8 per cent in Atyrau are the most
    EXPECT_EQ(named(result["regions"], "key", "KZ-ATY")["scores"]["stunting_moderate_severe"], 1.0);
    const auto& finding = named(result["findings"], "where", "Turkistan (KZ-YUZ@2018)");
    EXPECT_EQ(finding["code"], "index-reweighted");
    EXPECT_EQ(finding["severity"], "warning");
    EXPECT_THAT(finding["text"], HasSubstr("(only that of South Kazakhstan, which it was part of)"));
    // Nothing is weighed by population, so that no finding speaks of such weights.
    for (const auto& one : result["findings"])
        EXPECT_THAT(one["code"].get<std::string>(), testing::Not(StartsWith("weight-")));
}

TEST(IndexCommand, PartsOfEveryRegionAddUpToItsScore) {
    const auto result = scored(child_wellbeing, {"--draws", "0"});
    for (const auto& region : result["regions"]) {
        double sum = 0.0;
        for (const auto& node : result["nodes"]) {
            const auto& part = region["contributions"].value(node["code"].get<std::string>(), json());
            if (node.contains("indicator") && !part.is_null()) sum += part.get<double>();
        }
        EXPECT_NEAR(sum, region["score"].get<double>(), 1e-11) << region["key"];
    }
}

TEST(IndexCommand, ATableOfOnesOwnByHand) {
    const Written written;
    const auto result = scored(written.with("least_share = 0.25\ntreatment = { on = false }\n"));
    // By hand: a scores 0, 50, 100 and weighs a quarter, b scores 100, 0 and weighs three quarters.
    EXPECT_EQ(named(result["regions"], "key", "x")["score"], 75.0);
    EXPECT_EQ(named(result["regions"], "key", "y")["score"], 12.5);
    EXPECT_EQ(named(result["regions"], "key", "z")["score"], 100.0);  // of a alone, b is never zero
    EXPECT_THAT(named(result["regions"], "key", "z")["reweighted"], ElementsAre("b"));
    EXPECT_EQ(named(result["regions"], "key", "z")["rank"], 1);
    EXPECT_EQ(named(result["regions"], "key", "y")["contributions"]["b"], 0.0);
    EXPECT_EQ(result["robustness"], nullptr);
    const auto strict = scored(written.with("least_share = 0.5\n"));
    EXPECT_TRUE(named(strict["regions"], "key", "z")["score"].is_null());
    EXPECT_EQ(named(strict["regions"], "key", "z")["note"], "too little is known");
    EXPECT_EQ(named(strict["findings"], "code", "index-no-score")["where"], "z");
}

TEST(IndexCommand, SaysTheSameAtAnyNumberOfThreads) {
    const auto of = [](const char* jobs, const char* seed) {
        return tendik_run({"index", child_wellbeing, "--draws", "50", "--format", "json", "--jobs", jobs,
                           "--seed", seed, "-q"})
            .out;
    };
    EXPECT_EQ(of("1", "7"), of("3", "7"));
    EXPECT_NE(of("1", "7"), of("1", "8"));
}

TEST(IndexCommand, StandardErrorsOfATableMoveTheRanks) {
    const Written written;
    const auto file = written.file(
        "table = \"figures.csv\"\nkey = \"code\"\n[robustness]\nleave_one_out = false\n"
        "[[indicators]]\ncode = \"a\"\nvalue = \"a\"\nerror = \"a_se\"\n");
    const auto result = scored(file, {"--draws", "500"});
    EXPECT_EQ(result["robustness"]["choices"][0]["choice"], "sampling-error");
    EXPECT_EQ(named(result["findings"], "code", "index-no-error")["text"],
              "no standard error for y: taken as exact");
    // x has the lowest value, 1, and is above the 2 of y in 31 of 100 draws.
    EXPECT_EQ(named(result["regions"], "key", "x")["rank_interval"]["low"], 1);
    EXPECT_EQ(named(result["regions"], "key", "x")["rank_interval"]["high"], 3);
}

TEST(IndexCommand, PrintsRanksWaterfallAndTable) {
    const auto text = tendik_run({"index", child_wellbeing, "--draws", "50", "--region", "KZ-MAN", "-q"});
    EXPECT_EQ(text.exit_code, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("17 regions, 14 indicators (6 of surveys); min-max on 1 to 100"));
    EXPECT_THAT(text.out, HasSubstr("With other choices a rank shifts by"));
    EXPECT_THAT(text.out, HasSubstr("part of the index"));
    const auto kazakh = tendik_run({"index", child_wellbeing, "--draws", "0", "--language", "kk", "-q"});
    EXPECT_THAT(kazakh.out, HasSubstr("Маңғыстау"));
    const auto csv = tendik_run({"index", child_wellbeing, "--draws", "50", "--format", "csv", "-q"});
    EXPECT_THAT(csv.out, StartsWith("key,score,score_state,rank,rank_p5,rank_median,rank_p95,score_child,"));
}

TEST(IndexCommand, WritesLayersAndTables) {
    const TemporaryFolder folder;
    for (const auto* name : {"index.gpkg", "index.csv", "index.json"}) {
        const auto called =
            tendik_run({"index", child_wellbeing, "--draws", "0", "-q", "-o", (folder / name).string()});
        EXPECT_EQ(called.exit_code, 0) << called.err;
        EXPECT_TRUE(std::filesystem::exists(folder / name));
    }
    const Written written;
    const auto called = tendik_run(
        {"index", written.with("least_share = 0.2\n"), "-q", "-o", (folder / "none.gpkg").string()});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err, HasSubstr("the regions have no borders"));
}

TEST(IndexCommand, IndicatorsMayBeThoseOfAPlanOfOnesOwn) {
    const TemporaryFolder folder;
    write_text(folder / "squares.geojson", four_squares());
    write_text(folder / "figures.csv", "key,schools,wells\nA,1,4\nB,2,3\nC,3,1\nD,5,2\n");
    write_text(folder / "plan.toml",
               "boundaries = { file = \"squares.geojson\", key = \"code\" }\n"
               "[[indicators]]\ntable = \"figures.csv\"\nkey = \"key\"\nvalue = \"schools\"\n"
               "direction = \"favourable\"\n"
               "[[indicators]]\ncode = \"water\"\ntable = \"figures.csv\"\nkey = \"key\"\nvalue = \"wells\"\n"
               "direction = \"favourable\"\n");
    const auto file = write_text(folder / "index.toml",
                                 "plan = \"plan.toml\"\n[[domains]]\ncode = \"all\"\nindicators = [\n"
                                 "{ code = \"schools\" }, { code = \"water\", weight = 3 } ]\n");
    const auto result = scored(file, {"-o", (folder / "index.geojson").string()});
    // By hand: schools 0, 25, 50, 100 and water 100, 66 2/3, 0, 33 1/3, three times.
    EXPECT_EQ(named(result["regions"], "key", "A")["score"], 75.0);
    EXPECT_EQ(named(result["regions"], "key", "C")["score"], 12.5);
    EXPECT_EQ(named(result["regions"], "key", "D")["scores"]["all"], 50.0);
    EXPECT_TRUE(std::filesystem::exists(folder / "index.geojson"));
}

TEST(IndexCommand, AConstantIndicatorIsAnErrorThatIsTold) {
    const Written written;
    write_text(written.folder / "figures.csv", "code,a,b\nx,1,5\ny,2,5\nz,3,5\n");
    const auto called = tendik_run({"index", written.with("least_share = 0.2\n"), "--format", "json"});
    EXPECT_EQ(called.exit_code, 3);
    const auto result = json::parse(called.out);
    EXPECT_EQ(named(result["findings"], "code", "index-undefined")["where"], "b");
    EXPECT_EQ(named(result["regions"], "key", "z")["score"], 100.0);
}

TEST(IndexCommand, FaultsOfTheFileNameTheirPlace) {
    const Written written;
    const std::string leaf = "[[indicators]]\ncode = \"a\"\nvalue = \"a\"\n";
    const std::string table = "table = \"figures.csv\"\nkey = \"code\"\n";
    write_text(written.folder / "others.csv", "code,c\nx,1\ny,2\nw,3\n");
    write_text(written.folder / "years.csv", "code,year,a\nx,2019,1\ny,2019,2\nx,2020,2\ny,2020,3\n");
    write_text(written.folder / "errors.csv", "code,a,a_se\nx,1,0.5\ny,2,-1\nz,3,1\n");
    const std::vector<std::pair<std::string, std::string>> faults{
        {table + leaf + "[[indicators]]\ncode = \"c\"\nvalue = \"c\"\ntable = \"others.csv\"\n",
         "'a' and 'c' are figures of different regions"},
        {"table = \"years.csv\"\nkey = \"code\"\n" + leaf,
         "line 3, column 1: the table of 'a' has several years"},
        {"table = \"errors.csv\"\nkey = \"code\"\n" + leaf + "error = \"a_se\"\n",
         "the standard error of 'a' in region 'y' is -1"},
        {"normalization = \"z\"\n", "did you mean 'normalisation'?"},
        {"normalisation = \"log\"\n", "line 1"},
        {"weights = \"random\"\n" + table + leaf, "random weights are no index"},
        {"scale = [5, 1]\n", "needs two ascending numbers"},
        {table + leaf + leaf, "'a' stands twice in the tree"},
        {table + leaf + "weight = 0\n", "expected a weight above zero"},
        {table + leaf + "direction = \"neutral\"\n", "an index must know which end is good"},
        {table + leaf + "eror = \"a_se\"\n", "did you mean 'error'?"},
        {table + leaf + "bounds = [0, 2]\n", "outside of its bounds 0 to 2"},
        {table + "[[domains]]\ncode = \"d\"\n", "'d' holds no indicator"},
        {leaf, "is a column, and no table is named"},
        {"plan = \"" TENDIK_SOURCE_DIR "/geodata/kazakhstan/plan.toml\"\n",
         "vintage = \"...\": pre-2018, 2018"},
        {"vintage = \"2018\"\n[[indicators]]\ncode = \"under5_mortalty\"\nyear = 2019\n",
         "did you mean 'under5_mortality'?"},
        {"vintage = \"2018\"\n[[indicators]]\ncode = \"under5_mortality\"\nyear = 2015\n",
         "has no figures of 2015 on the units of '2018'"},
        {"vintage = \"2018\"\n[[indicators]]\ncode = \"under5_mortality\"\n", "no figures of one year"},
        {"vintage = \"2018\"\n[[indicators]]\ncode = \"air_emissions_stationary\"\nyear = 2020\n",
         "take it per person or per km2"},
        {"vintage = \"2018\"\n[[indicators]]\ncode = \"population_density\"\nyear = 2020\n",
         "neither end of 'population_density' is good or bad"},
        {"aggregation = \"geometric\"\n" + table + leaf, "scale = [1, 100]"},
        {"normalisation = \"goalposts\"\n" + table + leaf, "indicator 'a' has no goalposts"}};
    for (const auto& [text, told] : faults) {
        const auto called = tendik_run({"index", written.file(text)});
        EXPECT_EQ(called.exit_code, 1) << text;
        EXPECT_THAT(called.err, HasSubstr(told)) << text;
    }
    EXPECT_EQ(tendik_run({"index", written.with(""), "--seed", "3"}).exit_code, 2);
    EXPECT_THAT(tendik_run({"index", child_wellbeing, "--region", "KZ-MAM", "--draws", "0"}).err,
                HasSubstr("did you mean 'KZ-"));
}

}  // namespace
}  // namespace tendik::test
