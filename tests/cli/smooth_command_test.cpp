// Smoothed rates, by the command.
#include "program_run.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

/// Four squares, two rows of two, with the events and people of oracle 73.
class SmoothCommand : public testing::Test {
protected:
    ProgramRun smooth(const std::vector<std::string>& more,
                      const std::string& rows = "A,2,100\nB,30,200\nC,9,150\nD,20,400\n") {
        std::string features;
        for (int i = 0; i < 4; ++i)
            features += fmt::format(
                R"({0}{{"type":"Feature","properties":{{"code":"{1}"}},"geometry":{{"type":"Polygon",)"
                R"("coordinates":[[[{2},{4}],[{3},{4}],[{3},{5}],[{2},{5}],[{2},{4}]]]}}}})",
                i == 0 ? "" : ",", std::string(1, static_cast<char>('A' + i)), i % 2, i % 2 + 1, 1 - i / 2,
                2 - i / 2);
        std::vector<std::string> words{
            "smooth",
            "--boundaries",
            write_text(m_folder / "land.geojson",
                       R"({"type":"FeatureCollection","features":[)" + features + "]}\n"),
            "--table",
            write_text(m_folder / "t.csv", "code,cases,people\n" + rows),
            "--table-key",
            "code",
            "--events",
            "cases",
            "--population",
            "people"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    std::vector<double> results(const std::vector<std::string>& more) {
        auto words = more;
        words.insert(words.end(), {"--per", "1", "--format", "json"});
        const auto called = smooth(words);
        EXPECT_EQ(called.exit_code, 0) << called.err;
        std::vector<double> all;
        const auto printed = json::parse(called.out);
        for (const auto& row : printed["rows"])
            all.push_back(row["result"].get<double>());
        return all;
    }
    TemporaryFolder m_folder;
};

TEST_F(SmoothCommand, DrawsRatesToTheMeanAsSpdepDoes) {
    // R 4.2.2, spdep 1.2-7: EBest(c(2, 30, 9, 20), c(100, 200, 150, 400))
    const std::vector<double> wanted{.03559105431310, .13612925286374, .06262591476539, .05211706218929};
    const auto found = results({});
    ASSERT_EQ(found.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_NEAR(found[i], wanted[i], 1e-12);
}

TEST_F(SmoothCommand, DrawsRatesToThoseOfTheNeighbours) {
    // R 4.2.2, spdep 1.2-7: EBlocal() of the same on a 2 x 2 rook lattice
    const std::vector<double> wanted{.03609383129273, .14024524581113, .05723733585336, .05299995919213};
    const auto found = results({"--method", "local-eb", "--weights", "rook"});
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_NEAR(found[i], wanted[i], 1e-12);
}

TEST_F(SmoothCommand, ToldTheChanceOfSoManyEvents) {
    // R 4.2.2, spdep 1.2-7: choynowski() of the same
    const std::vector<double> wanted{.02593272646798, .00020529999739, .36658185903721, .05683353491723};
    const auto found = results({"--method", "choynowski"});
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_NEAR(found[i], wanted[i], 1e-12);
    const auto text = smooth({"--method", "excess-risk"});
    // B: 30 of 200 where all have 61 of 850: 30 / 14.353
    EXPECT_THAT(text.out,
                AllOf(HasSubstr("observed / expected"), testing::ContainsRegex("B +30 +200 +150 +2.09")));
}

TEST_F(SmoothCommand, SpeaksRussianAndKazakh) {
    EXPECT_THAT(smooth({"--language", "ru"}).out,
                AllOf(HasSubstr("eb, на 1000 человек"), HasSubstr("все регионы вместе: "),
                      testing::ContainsRegex("регион +события +люди +показатель +сглаженный +доля своего")));
    EXPECT_THAT(smooth({"--language", "kk", "--method", "median", "--weights", "rook"}).out,
                AllOf(HasSubstr("1000 адамға шаққанда, көршілер: rook"), HasSubstr("тегістелген")));
}

TEST_F(SmoothCommand, LeavesOutRegionsWithoutEventsAndWritesALayer) {
    const auto called =
        smooth({"--missing", "-", "--format", "json", "-o", (m_folder / "out.geojson").string()},
               "A,2,100\nB,-,200\nC,9,150\nD,20,400\n");
    EXPECT_EQ(called.exit_code, 0) << called.err;
    const auto rows = json::parse(called.out)["rows"];
    EXPECT_TRUE(rows[1]["result"].is_null());
    EXPECT_EQ(rows[1]["state"], "missing");
    const auto features = json::parse(read_file(m_folder / "out.geojson"))["features"];
    ASSERT_EQ(features.size(), 4U);
    EXPECT_TRUE(features[1]["properties"]["result"].is_null());
    EXPECT_EQ(features[1]["properties"]["state"], "missing");
    EXPECT_NEAR(features[0]["properties"]["result"].get<double>(), rows[0]["result"].get<double>(), 1e-9);
}

TEST_F(SmoothCommand, NamesRegionsWithMoreEventsThanPeople) {
    const auto called = smooth({}, "A,2,100\nB,300,200\nC,9,150\nD,20,400\n");
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_THAT(called.err, AllOf(HasSubstr("[events-above-people]"), HasSubstr("in B (300 of 200)")));
    EXPECT_THAT(smooth({}, "A,2,100\nB,30,200\nC,9,150\nD,20,400\n").err,
                testing::Not(HasSubstr("events-above-people")));
}

TEST_F(SmoothCommand, RefusesWhatDoesNothingAndWhatIsNoCount) {
    EXPECT_EQ(smooth({"--weights", "rook"}).exit_code, 2);
    EXPECT_THAT(smooth({"--weights", "rook"}).err, HasSubstr("--weights says nothing here"));
    EXPECT_EQ(smooth({"--spread", "around-region"}).exit_code, 2);
    EXPECT_THAT(smooth({"--spread", "around-region"}).err, HasSubstr("--spread says nothing here"));
    EXPECT_EQ(smooth({"--per", "0"}).exit_code, 2);
    EXPECT_THAT(smooth({"--per", "0"}).err, HasSubstr("rates per 0 people"));
    const auto negative = smooth({}, "A,-2,100\nB,30,200\nC,9,150\nD,20,400\n");
    EXPECT_EQ(negative.exit_code, 1);
    EXPECT_THAT(negative.err, HasSubstr("-2"));
    const auto nobody = smooth({}, "A,2,100\nB,30,0\nC,9,150\nD,20,400\n");
    EXPECT_EQ(nobody.exit_code, 1);
    EXPECT_THAT(nobody.err, HasSubstr("'B'"));
}

}  // namespace
}  // namespace tendik::test
