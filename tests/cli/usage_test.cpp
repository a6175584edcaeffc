// Command lines that are not understood: exit code 2, the fault, what next, and nothing on standard output.
#include "program_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik::test {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

/// What the program says of words that it does not understand.
std::string refusal(const std::vector<std::string>& words) {
    const auto called = tendik_run_bare(words);
    EXPECT_EQ(called.exit_code, 2);
    EXPECT_EQ(called.out, "");
    EXPECT_THAT(called.err, MatchesRegex("error: .*\nhint: .*\n"));
    return called.err;
}

TEST(Usage, AnUnknownCommandIsAnsweredWithTheNearest) {
    const auto said = refusal({"mesure"});
    EXPECT_THAT(said, HasSubstr("there is no command 'mesure'"));
    EXPECT_THAT(said, HasSubstr("did you mean 'measure'?"));
    EXPECT_THAT(refusal({"help", "chek"}), HasSubstr("did you mean 'check'?"));
}

TEST(Usage, ACommandLikeNoOtherIsAnsweredWithTheList) {
    const auto said = refusal({"xylophone"});
    EXPECT_THAT(said, testing::Not(HasSubstr("did you mean")));
    EXPECT_THAT(said, HasSubstr("`tendik help` lists all"));
}

TEST(Usage, AnOptionInTheCommandsPlaceIsSaidToStandThere) {
    EXPECT_THAT(refusal({"-q", "measure"}), HasSubstr("options come after the command"));
    EXPECT_THAT(refusal({"--vresion"}), HasSubstr("did you mean '--version'?"));
}

TEST(Usage, AnUnknownOptionIsAnsweredWithTheNearest) {
    const auto said = refusal({"measure", "--indicatr", "x"});
    EXPECT_THAT(said, HasSubstr("there is no option '--indicatr' of 'measure'"));
    EXPECT_THAT(said, HasSubstr("did you mean '--indicator'? `tendik help measure` shows the options"));
    EXPECT_THAT(refusal({"measure", "--fial-on=never"}), HasSubstr("did you mean '--fail-on'?"));
    EXPECT_THAT(refusal({"join", "--colour", "x"}), HasSubstr("there is no option '--colour' of 'join'"));
}

TEST(Usage, AnOptionOfAnotherCommandIsUnknown) {
    EXPECT_THAT(refusal({"check", "--zoom", "0-3"}), HasSubstr("there is no option '--zoom' of 'check'"));
}

TEST(Usage, AMissingValueIsNamed) {
    EXPECT_THAT(refusal({"measure", "--year"}), HasSubstr("--year needs a value"));
    EXPECT_THAT(refusal({"run", "--output"}), HasSubstr("--output needs a value"));
    EXPECT_THAT(refusal({"run", "--set"}), HasSubstr("--set needs a value"));
}

TEST(Usage, AMissingArgumentIsNamed) {
    EXPECT_THAT(refusal({"inspect"}), HasSubstr("FILE is required"));
    EXPECT_THAT(refusal({"regions", "match"}), HasSubstr("NAME is required"));
    EXPECT_THAT(refusal({"tiles", "--indicator", "improved_drinking_water"}),
                HasSubstr("--output is required"));
}

TEST(Usage, AWordTooManyIsNamed) {
    EXPECT_THAT(refusal({"run", "one.toml", "two.toml"}), HasSubstr("two.toml"));
}

TEST(Usage, AValueOutOfTheChoicesIsAnsweredWithThem) {
    const auto said = refusal({"check", "--format", "xml"});
    EXPECT_THAT(said, HasSubstr("xml"));
    EXPECT_THAT(said, HasSubstr("text,json"));
    EXPECT_THAT(refusal({"classify", "--scheme", "jenks"}), HasSubstr("quantile,equal,fisher"));
    EXPECT_THAT(refusal({"measure", "--measures", "D,GINNI"}), HasSubstr("GINNI"));
    EXPECT_THAT(refusal({"run", "--only", "tables,maps"}), HasSubstr("maps"));
}

TEST(Usage, ANumberThatIsNoneOrOutOfRangeIsAnsweredWithTheRange) {
    EXPECT_THAT(refusal({"measure", "--year", "last"}),
                HasSubstr("--year: 'last' is no whole number from 1800 to 2200"));
    EXPECT_THAT(refusal({"run", "--jobs", "-1"}), HasSubstr("'-1' is no whole number from 0 to"));
    EXPECT_THAT(refusal({"classify", "--classes", "0"}), HasSubstr("'0' is no whole number from 1 to 12"));
    EXPECT_THAT(refusal({"join", "--allow-unmatched", "-3"}), HasSubstr("'-3'"));
}

TEST(Usage, OptionsThatContradictEachOtherAreNamedTogether) {
    const auto loud = refusal({"measure", "--quiet", "--verbose"});
    EXPECT_THAT(loud, HasSubstr("--quiet"));
    EXPECT_THAT(loud, HasSubstr("--verbose"));
    const auto both = refusal({"measure", "--adverse", "--favourable"});
    EXPECT_THAT(both, HasSubstr("--adverse"));
    EXPECT_THAT(both, HasSubstr("--favourable"));
    EXPECT_THAT(refusal({"measure", "--neutral", "--favourable"}), HasSubstr("--neutral"));
}

TEST(Usage, WordsAboutATableNeedATable) {
    EXPECT_THAT(refusal({"measure", "--indicator", "improved_drinking_water", "--value", "percent"}),
                HasSubstr("speaks of a table, and none is given"));
    EXPECT_THAT(refusal({"measure"}), HasSubstr("neither --table nor --indicator is given"));
    EXPECT_THAT(refusal({"join"}), HasSubstr("no table is given"));
}

TEST(Usage, AnUnknownBuiltInIndicatorIsAnsweredWithTheNearest) {
    EXPECT_THAT(refusal({"measure", "--indicator", "improved_drinking_watr"}),
                HasSubstr("did you mean 'improved_drinking_water'?"));
    EXPECT_THAT(refusal({"measure", "--indicator", "gdp"}), HasSubstr("poverty_below_subsistence_min"));
}

TEST(Usage, AYearWithoutFiguresIsAnsweredWithTheYears) {
    const auto said = refusal({"measure", "--indicator", "improved_drinking_water", "--year", "2014"});
    EXPECT_THAT(said, HasSubstr("no figures for that year"));
    EXPECT_THAT(said, HasSubstr("2006, 2011, 2015"));
}

TEST(Usage, AnUnknownVintageIsAnsweredWithTheKnownOnes) {
    EXPECT_THAT(refusal({"regions", "--vintage", "1990"}), HasSubstr("known: pre-2018, 2018, 2022"));
    EXPECT_THAT(refusal({"regions", "match", "Almaty", "--vintage", "1990"}), HasSubstr("vintage '1990'"));
}

TEST(Usage, ARangeOfZoomsThatIsNoneIsAnsweredWithAnExample) {
    for (const auto* zoom : {"5-2", "0-15", "a-b", "1-2-3", ""})
        EXPECT_THAT(refusal({"tiles", "--indicator", "improved_drinking_water", "--year", "2015", "-o",
                             "x.pmtiles", "--zoom", zoom}),
                    HasSubstr("for example --zoom 0-6"))
            << zoom;
}

TEST(Usage, SeveralLayersForAnOutputOfOneAreNamed) {
    const auto said = refusal({"measure", "--indicator", "improved_drinking_water", "--format", "json"});
    EXPECT_THAT(said, HasSubstr("improved_drinking_water, 2006"));
    EXPECT_THAT(said, HasSubstr("add --year"));
}

TEST(Usage, TheVersionIsPrinted) {
    const auto called = tendik_run_bare({"--version"});
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_THAT(called.out, MatchesRegex("tendik [0-9]+\\.[0-9]+\\.[0-9]+\n"));
    EXPECT_EQ(called.err, "");
}

}  // namespace
}  // namespace tendik::test
