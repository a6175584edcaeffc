// Measures with standard errors, an order, a reference and sets, on the test data that WHO's healthequal
// publishes.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* tables = TENDIK_SOURCE_DIR "/tests/data/measures/";

std::vector<std::string> words(const std::string& table, const std::vector<std::string>& more) {
    std::vector<std::string> all{"measure", "--table",  tables + table, "--key",        "group",   "--value",
                                 "value",   "--weight", "people",       "--favourable", "--scale", "100"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

json measured(const std::string& table, std::vector<std::string> more) {
    more.insert(more.end(), {"--format", "json"});
    const auto called = tendik_run(words(table, more));
    EXPECT_EQ(called.exit_code, 0) << called.err;
    return json::parse(called.out);
}

json one(const json& result, const std::string& code) {
    for (const auto& measure : result["measures"])
        if (measure["code"] == code) return measure;
    ADD_FAILURE() << "no measure " << code;
    return {};
}

double number(const json& result, const std::string& code, const char* field) {
    const auto measure = one(result, code);
    if (measure[field].is_number()) return measure[field].get<double>();
    ADD_FAILURE() << measure;
    return 0.0;
}

TEST(MeasureErrors, GivesErrorsIntervalsAndBias) {
    const auto result = measured("h25.csv", {"--se", "se"});
    EXPECT_NEAR(number(result, "BGV", "value"), 46.198326, 5e-7);  // healthequal test-bgv.R
    EXPECT_NEAR(number(result, "BGV", "se"), 17.134647, 5e-6);     // healthequal test-bgv.R
    EXPECT_NEAR(number(result, "TI", "se"), 1.42009944, 5e-9);     // R: uncertainty.R
    // About half of the variance is noise: sum p (1 - p) s^2 = 25.
    EXPECT_NEAR(number(result, "BGV", "bias"), 25.0, 2.0);
    EXPECT_LT(number(result, "BGV", "lower"), number(result, "BGV", "debiased"));
    EXPECT_TRUE(one(result, "ACI")["value"].is_null());
    EXPECT_EQ(one(result, "ACI")["note"], "no order of the regions is given");
    const auto& best = result["regions"][21];
    EXPECT_EQ(best["rank"], 1);
    EXPECT_EQ(best["rank_lower"], 1);
    EXPECT_GT(best["rank_upper"], 1);
    EXPECT_LT(best["p"], best["p_adjusted"]);
    EXPECT_LT(best["p_adjusted"], 0.05);  // 16 above the mean, error 3.9
    EXPECT_GT(best["influence"]["BGV"], 5.0);
}

TEST(MeasureErrors, IsTheSameAtAnyCountOfJobsAndChangesWithTheSeed) {
    const auto once = words("h25.csv", {"--se", "se", "--format", "json"});
    auto jobs = once, seed = once;
    jobs.insert(jobs.end(), {"--jobs", "3"});
    seed.insert(seed.end(), {"--seed", "5"});
    const auto out = tendik_run(once).out;
    EXPECT_EQ(tendik_run(jobs).out, out);
    EXPECT_NE(tendik_run(seed).out, out);
}

TEST(MeasureErrors, FollowsTheOrderOfTheRegions) {
    const auto result = measured("h5.csv", {"--se", "se", "--rank-column", "rank"});
    EXPECT_NEAR(number(result, "SII", "value"), 44.8905335902, 5e-10);  // R: uncertainty.R
    EXPECT_NEAR(number(result, "RII", "value"), 3.2363397365, 5e-10);   // R: uncertainty.R
    EXPECT_NEAR(number(result, "ACI", "se"), 2.56651925138, 1e-9);      // R: uncertainty.R, delta method
    EXPECT_TRUE(one(result, "ACI")["bias"].is_null());
    EXPECT_NEAR(number(result, "ERREYGERS", "value"), 0.293136812829, 1e-12);  // R: uncertainty.R
}

TEST(MeasureErrors, TakesErrorsFromIntervals) {
    const auto by_error = measured("h5.csv", {"--se", "se", "--rank-column", "rank"});
    const auto by_ends =
        measured("h5.csv", {"--lower", "lower", "--upper", "upper", "--rank-column", "rank"});
    for (const auto* code : {"D", "ACI", "SII"})
        EXPECT_NEAR(number(by_ends, code, "se"), number(by_error, code, "se"), 1e-12) << code;
    EXPECT_EQ(tendik_run(words("h5.csv", {"--lower", "lower"})).exit_code, 2);
    EXPECT_EQ(tendik_run(words("h5.csv", {"--lower", "lower", "--upper", "upper", "--se", "se"})).exit_code,
              2);
    const auto turned = tendik_run(words("h5.csv", {"--lower", "upper", "--upper", "lower"}));
    EXPECT_EQ(turned.exit_code, 1);
    EXPECT_THAT(turned.err, HasSubstr("ends below its beginning"));
}

TEST(MeasureErrors, PrintsWhatThePeerPrintsWhenAskedByName) {
    const auto result = measured("h5.csv", {"--se", "se", "--rank-column", "rank", "--compat", "heat"});
    EXPECT_NEAR(number(result, "SII", "value"), 44.44502, 5e-6);  // healthequal test-sii.R
    EXPECT_NEAR(number(result, "RII", "value"), 3.159506, 5e-7);  // healthequal test-rii.R
    EXPECT_NEAR(number(result, "PAR", "se"), 4.4066348, 5e-6);    // healthequal test-parisk.R
    EXPECT_NEAR(number(result, "ACI", "se"), 0.29368517, 5e-7);   // healthequal test-aci.R
}

TEST(MeasureErrors, ComparesWithAReference) {
    const auto result = measured("h25.csv", {"--reference", "g14"});
    EXPECT_NEAR(number(result, "MDRU", "value"), 7.24, 1e-12);      // healthequal test-mdru.R: 7.2399998
    EXPECT_NEAR(number(result, "MDRW", "value"), 7.2228465, 3e-7);  // healthequal test-mdrw.R
    EXPECT_EQ(number(result, "D", "value"), 7.0);                   // by hand: 62 - 55
    const auto called = tendik_run(words("h25.csv", {"--reference", "g41", "--format", "json"}));
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_THAT(called.err, AllOf(HasSubstr("no region"), HasSubstr("did you mean 'g1'?")));
    EXPECT_TRUE(one(json::parse(called.out), "MDRU")["value"].is_null());
    EXPECT_EQ(one(json::parse(called.out), "D")["note"], "the reference 'g41' is no region");
}

TEST(MeasureErrors, DividesIntoBetweenAndWithin) {
    const auto result = measured("h5.csv", {"--group", "side"});
    ASSERT_EQ(result["decomposition"].size(), 4U);
    for (const auto& each : result["decomposition"])
        EXPECT_NEAR(each["between"].get<double>() + each["within"].get<double>(), each["total"].get<double>(),
                    1e-14);
    EXPECT_NEAR(result["decomposition"][2]["total"].get<double>(), 0.052517430365889, 1e-14);  // GE1, by
                                                                                               // definition
    const auto csv = tendik_run(words("h5.csv", {"--group", "side", "--format", "csv"})).out;
    EXPECT_THAT(csv, AllOf(HasSubstr(",GE1_between,"), HasSubstr(",GE1_within,")));
}

TEST(MeasureErrors, TellsAReaderWhatIsKnownAndWhatIsNot) {
    const auto text = tendik_run(words("h25.csv", {"--se", "se"})).out;
    EXPECT_THAT(text,
                AllOf(HasSubstr("95 % interval"), HasSubstr("against the mean"), HasSubstr("not told apart"),
                      HasSubstr("without a value: ACI, RCI, SII, RII, WAGSTAFF, ERREYGERS (no order")));
    const auto built_in =
        tendik_run({"measure", "--indicator", "stunting_moderate_severe", "--year", "2015"}).out;
    EXPECT_THAT(built_in, HasSubstr("no sampling errors are given: no interval is shown"));
    EXPECT_THAT(built_in, Not(HasSubstr("against the mean")));
}

TEST(MeasureErrors, RefusesColumnsWithoutATableAndValuesBeyondTheScale) {
    const auto called = tendik_run({"measure", "--indicator", "stunting_moderate_severe", "--se", "se"});
    EXPECT_EQ(called.exit_code, 2);
    EXPECT_THAT(called.err, HasSubstr("no sampling errors of the built-in figures are published"));
    const auto beyond = tendik_run({"measure", "--table", std::string(tables) + "h5.csv", "--key", "group",
                                    "--value", "value", "--scale", "50"});
    EXPECT_EQ(beyond.exit_code, 1);
    EXPECT_THAT(beyond.err, HasSubstr("'g5' is 60, beyond the declared scale"));
    EXPECT_EQ(tendik_run(words("h5.csv", {"--draws", "10"})).exit_code, 2);
    EXPECT_EQ(tendik_run(words("h5.csv", {"--scale", "-1"})).exit_code, 2);
}

TEST(MeasureErrors, SaysWhichRegionHasNoError) {
    TemporaryFolder folder;
    const auto table = write_text(folder / "some.csv", "code,value,se\nA,1,0.1\nB,2,\nC,4,0.1\n");
    const auto called =
        tendik_run({"measure", "--table", table, "--key", "code", "--value", "value", "--se", "se"});
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_THAT(called.err, HasSubstr("1 of 3 regions have no standard error"));
    EXPECT_THAT(called.out, HasSubstr("no interval is shown"));
}

TEST(MeasureErrors, TakesTheAversionsOfItsMeasures) {
    // Oracles of WHO's five groups: R, by definition.
    EXPECT_NEAR(number(measured("h5.csv", {}), "ATKINSON", "value"), 0.027114917345491, 1e-14);
    const auto result =
        measured("h5.csv", {"--atkinson", "1", "--sgini", "2", "--kolm", "0.1", "--rank-column", "rank"});
    EXPECT_NEAR(number(result, "ATKINSON", "value"), 0.055785118861839, 1e-14);
    EXPECT_NEAR(number(result, "SGINI", "value"), number(result, "RCI", "value"), 1e-14);
    EXPECT_THAT(one(result, "KOLM")["note"].get<std::string>(), HasSubstr("aversion 0.1"));
    for (const auto* option : {"--atkinson", "--kolm"}) {
        const auto called = tendik_run(words("h5.csv", {option, "0"}));
        EXPECT_EQ(called.exit_code, 2);
        EXPECT_THAT(called.err, HasSubstr("'0' is no number above 0"));
    }
    EXPECT_EQ(tendik_run(words("h5.csv", {"--sgini", "1"})).exit_code, 2);
}

TEST(MeasureErrors, GivesHalfOfWolfsonsIndexWherePysalIsAskedFor) {
    EXPECT_DOUBLE_EQ(number(measured("h5.csv", {"--compat", "pysal"}), "WOLFSON", "value"),
                     number(measured("h5.csv", {}), "WOLFSON", "value") / 2.0);
}

}  // namespace
}  // namespace tendik::test
