// Sampling errors from the columns of a table to layers, measures and classes. The table is made up; numbers
// of intervals are those of R (tests/oracles/precision.R) or by hand.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* survey = TENDIK_SOURCE_DIR "/tests/data/measures/synthetic_survey.csv";

ProgramRun called(const std::string& command, const std::vector<std::string>& more,
                  const std::string& value = "percent") {
    std::vector<std::string> words{command, "--table", survey, "--key", "code", "--value", value};
    words.insert(words.end(), more.begin(), more.end());
    return tendik_run(words);
}

json answered(const std::string& command, std::vector<std::string> more,
              const std::string& value = "percent") {
    more.insert(more.end(), {"--format", "json"});
    const auto run = called(command, more, value);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return json::parse(run.out);
}

const std::vector<std::string> wilson{"--n", "n", "--deff", "deff", "--interval", "wilson", "--scale", "100"};

std::vector<std::string> with(std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

TEST(PrecisionCommand, CasesAndDesignEffectsMakeErrorsAndIntervals) {
    const auto result = answered("measure", wilson);
    const auto& first = result["regions"][0];
    EXPECT_NEAR(first["se"], 2.10973644422181, 1e-12);      // R: precision.R
    EXPECT_NEAR(first["lower"], 8.74366813932288, 1e-12);   // R: precision.R
    EXPECT_NEAR(first["upper"], 17.03282488847821, 1e-12);  // R: precision.R
    EXPECT_EQ(first["n"], 412);
    EXPECT_NEAR(first["comparison"][0], 12.3 - 1.39 * 2.10973644422181, 1e-12);  // by hand
    EXPECT_TRUE(first["rank_lower"].is_number());
    EXPECT_TRUE(result["pairs"].is_null());
}

TEST(PrecisionCommand, EventsMakeIntervalsOfRates) {
    const auto result = answered(
        "measure", {"--n", "births", "--events", "deaths", "--interval", "fay-feuer", "--scale", "1000"},
        "per_thousand");
    EXPECT_NEAR(result["regions"][0]["lower"], 2.81436305151987, 1e-12);  // R: poisson.test(7)
    EXPECT_EQ(result["regions"][1]["lower"], 0.0);
    EXPECT_NEAR(result["regions"][1]["upper"], 1.84443972705697, 1e-12);  // by hand: -log(0.025) / 2
    EXPECT_NEAR(result["regions"][2]["upper"], 17.9363231, 1e-6);         // R: poisson.test(120) / 8
}

TEST(PrecisionCommand, FewCasesAreBracketedAndTooFewWithheld) {
    const auto words = with(wilson, {"--mics-rule"});
    const auto result = answered("measure", words);
    EXPECT_EQ(result["n"], 3);
    const auto& withheld = result["regions"][3];
    EXPECT_EQ(withheld["state"], "suppressed");
    for (const auto* name : {"value", "se", "lower", "upper", "gap", "rank"})
        EXPECT_TRUE(withheld[name].is_null()) << name;
    EXPECT_EQ(result["regions"][2]["bracketed"], true);
    const auto run = called("measure", words);
    EXPECT_THAT(run.out, AllOf(HasSubstr("(38.0)"), HasSubstr("suppressed"), HasSubstr("95 % interval")));
    EXPECT_THAT(result["findings"].dump(), AllOf(HasSubstr("fewer than 25 cases, not shown: D"),
                                                 HasSubstr("25 to 49 cases, shown in brackets: C")));
}

TEST(PrecisionCommand, ReliabilityIsToldByDeclaredCutPoints) {
    const auto words = with({"--se", "se", "--scale", "100"}, {"--cv-classes", "16.6,33.3"});
    const auto result = answered("measure", words);
    EXPECT_EQ(result["regions"][0]["reliability"], "caution");     // by hand: 17.2 %
    EXPECT_EQ(result["regions"][1]["reliability"], "unreliable");  // by hand: 37.1 %
    EXPECT_EQ(result["regions"][1]["unreliable"], true);
    EXPECT_EQ(result["regions"][3]["reliability"], "caution");  // by hand: 10.4 / 39 is 26.7 %
    EXPECT_TRUE(answered("measure", {"--se", "se"})["regions"][0]["reliability"].is_null());
}

TEST(PrecisionCommand, AllPairsAreComparedWhereAskedFor) {
    const std::vector<std::string> words{"--se", "se", "--pairs", "holm"};
    const auto pairs = answered("measure", words)["pairs"];
    EXPECT_EQ(pairs["correction"], "holm");
    ASSERT_EQ(pairs["tests"].size(), 6U);
    const auto& first = pairs["tests"][0];
    EXPECT_EQ(first["second"], "B");
    EXPECT_NEAR(first["z"], 8.8 / std::hypot(2.11, 1.3), 1e-12);  // by hand
    EXPECT_GT(first["p_adjusted"], first["p"]);
    EXPECT_THAT(called("measure", words).out,
                HasSubstr("5 of 6 pairs of regions are told apart (holm, 5 %)"));
    TemporaryFolder folder;
    const auto file = folder / "out" / "pairs.csv";
    const auto run = called("measure", with(words, {"--format", "csv", "--pairs-output", file.string()}));
    EXPECT_THAT(run.out, HasSubstr(",code,value,unit,note,se,lower,upper,bias\n"));  // the measures, as ever
    const auto csv = contents_of(folder / "out").at("pairs.csv");
    EXPECT_THAT(csv, HasSubstr("indicator,year,vintage,first,first_en,second"));
    EXPECT_EQ(std::ranges::count(csv, '\n'), 7);
    EXPECT_EQ(called("measure", {"--pairs", "bh"}).exit_code, 2);
    EXPECT_EQ(called("measure", {"--se", "se", "--pairs-output", file.string()}).exit_code, 2);
    const auto layer = called("measure", with(words, {"--pairs-output", (folder / "pairs.gpkg").string()}));
    EXPECT_THAT(layer.err, HasSubstr("pairs of regions are a table"));
}

TEST(PrecisionCommand, ClassesSayHowFirmTheyAre) {
    const std::vector<std::string> words{"--se", "se", "--breaks", "0,12,40,60,100"};
    const auto result = answered("classify", words);
    EXPECT_NEAR(result["regions"][0]["class_probability"], 0.55653, 5e-6);  // R: 1 - pnorm(12, 12.3, 2.11),
                                                                            // less 4e-40
    EXPECT_EQ(result["regions"][0]["unstable"], false);
    EXPECT_NEAR(result["regions"][3]["class_probability"], 0.53830, 5e-6);  // R: 1 - pnorm(60, 61, 10.4)
    EXPECT_THAT(called("classify", words).out, HasSubstr("probability"));
    const std::vector<std::string> narrow{"--se", "se", "--breaks", "0,12,13,100"};
    EXPECT_EQ(answered("classify", narrow)["regions"][0]["unstable"], true);  // R: 0.187
    EXPECT_THAT(called("classify", narrow).out, HasSubstr("unstable"));
    EXPECT_THAT(answered("classify", narrow)["findings"].dump(),
                HasSubstr("1 of 4 regions are more likely in another class than in their own: A"));
    EXPECT_THAT(called("classify", {"--breaks", "0,12,13,100"}).out, Not(HasSubstr("probability")));
}

TEST(PrecisionCommand, TheJoinedLayerHoldsWhatIsKnown) {
    TemporaryFolder folder;
    const auto boundaries = write_text(folder / "regions.geojson", four_squares());
    const auto output = (folder / "out" / "joined.csv").string();
    const auto run = tendik_run(
        with({"join", "--boundaries", boundaries, "--key", "code", "--table", survey, "--table-key", "code",
              "--value", "percent", "-o", output, "--mics-rule", "--cv-classes", "16.6,33.3"},
             wilson));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    const auto text = contents_of(folder / "out").at("joined.csv");
    EXPECT_THAT(text, HasSubstr("percent,percent_state,percent_se,percent_lower,percent_upper,percent_n,"
                                "percent_deff,percent_reliability,percent_unreliable,percent_bracketed"));
    EXPECT_THAT(text, HasSubstr("\nD,Region D,,suppressed,,,,24,1.1,,0,0\n"));
    EXPECT_THAT(text, HasSubstr(",49,1.1,caution,0,1\n"));
}

TEST(PrecisionCommand, APlanCarriesErrorsToTablesLayersAndStyles) {
    TemporaryFolder folder;
    write_text(folder / "regions.geojson", four_squares());
    const std::string plan = std::string(
                                 "schema = \"tendik.plan/1\"\ntitle = \"Four squares\"\n"
                                 "boundaries = { file = \"regions.geojson\", key = \"code\" }\n"
                                 "[[indicators]]\ntable = \"") +
                             survey +
                             "\"\nkey = \"code\"\nvalue = \"percent\"\nkind = \"rate\"\nscale = 100\n"
                             "error = \"se\"\nn = \"n\"\nmics_rule = true\ncv_classes = [16.6, 33.3]\n"
                             "[measures]\npairs = \"bh\"\n"
                             "[outputs]\nvector_tiles = false\nraster_tiles = false\nsite = false\n";
    const auto run =
        tendik_run({"run", write_text(folder / "plan.toml", plan), "-o", (folder / "atlas").string()});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    auto files = contents_of(folder / "atlas");
    const auto& values = files.at("tables/values.csv");
    EXPECT_THAT(values,
                HasSubstr(",se,lower,upper,n,deff,reliability,unreliable,bracketed,class_probability\n"));
    EXPECT_THAT(values, HasSubstr(",49,,caution,0,1,"));      // C: 7.1 / 38 is 18.7 %
    EXPECT_THAT(values, HasSubstr(",240,,unreliable,1,0,"));  // B: 37.1 %
    EXPECT_THAT(values, HasSubstr(",suppressed,0,,,,,,"));    // D: 24 cases
    const auto& pairs = files.at("tables/pairs.csv");
    EXPECT_EQ(std::ranges::count(pairs, '\n'), 4);  // three regions have a figure
    EXPECT_THAT(pairs, HasSubstr(",bh\n"));
    const auto& layers = files.at("atlas.gpkg");  // names and styles stand there as text
    for (const auto* column : {"percent_se", "percent_unreliable", "percent_class_p", "rank_lower",
                               "p_adjusted", "percent_compare_upper", "influence_gini", "contribution_bgv"})
        EXPECT_THAT(layers, HasSubstr(column));
    EXPECT_THAT(layers, HasSubstr("unreliable: coefficient of variation above 33.3 %"));
    EXPECT_THAT(values, Not(HasSubstr("10.4")));  // the error of what is withheld
}

TEST(PrecisionCommand, WordsThatContradictEachOtherAreRefused) {
    const auto refused = [](const std::vector<std::string>& words) {
        const auto run = called("measure", words);
        EXPECT_EQ(run.exit_code, 2) << run.out;
        return run.err;
    };
    EXPECT_THAT(refused({"--deff", "deff"}), HasSubstr("without the number of cases"));
    EXPECT_THAT(refused({"--n", "n", "--interval", "wilson"}), HasSubstr("needs errors"));
    EXPECT_THAT(refused({"--mics-rule"}), HasSubstr("goes by the number of cases"));
    EXPECT_THAT(refused({"--se", "se", "--n", "n", "--deff", "deff"}), HasSubstr("would make others"));
    EXPECT_THAT(refused({"--n", "births", "--events", "deaths"}), HasSubstr("have no use"));
    EXPECT_THAT(refused({"--n", "births", "--interval", "fay-feuer"}),
                HasSubstr("needs the number of events"));
    EXPECT_THAT(refused({"--se", "se", "--cv-classes", "33.3,16.6"}), HasSubstr("no universal pair"));
    EXPECT_THAT(refused({"--n", "n", "--cv-classes", "16.6,33.3"}), HasSubstr("none are given"));
    // Without a scale nobody can tell a share from a number.
    const auto run = called("measure", {"--n", "n", "--deff", "deff", "--interval", "wilson"});
    EXPECT_EQ(run.exit_code, 1);
    EXPECT_THAT(run.err, HasSubstr("declare the scale"));
    const auto built_in = tendik_run({"classify", "--indicator", "stunting_moderate_severe", "--n", "n"});
    EXPECT_EQ(built_in.exit_code, 2);
    EXPECT_THAT(built_in.err, HasSubstr("no sampling errors of the built-in figures are published"));
}

TEST(PrecisionCommand, ASuppressedTotalBesideThatOfTheCountryIsNoSecret) {
    TemporaryFolder folder;
    const auto boundaries = write_text(folder / "regions.geojson", four_squares());
    const auto joined = [&](const std::string& rows) {
        const auto table = write_text(folder / "t.csv", "code,cases,state\nKZ,100,\nA,10,\n" + rows);
        return tendik_run({"join", "--boundaries", boundaries, "--key", "code", "--table", table,
                           "--table-key", "code", "--value", "cases", "--value-kind", "count"});
    };
    EXPECT_THAT(
        joined("B,20,\nC,30,\nD,,suppressed\n").err,
        AllOf(HasSubstr("the suppressed figure of 'Region D' can be worked out"),
              HasSubstr("published total less the figures of all other regions"), Not(HasSubstr("40"))));
    EXPECT_THAT(joined("B,20,\nC,,suppressed\nD,,suppressed\n").err, Not(HasSubstr("worked out")));
    EXPECT_THAT(joined("B,20,\nC,,\nD,,suppressed\n").err, Not(HasSubstr("worked out")));
}

}  // namespace
}  // namespace tendik::test
