// The help texts, word for word, as tests/cli/help/ keeps them; tools/bless_help.sh writes them anew.
#include "program_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace tendik::test {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> commands{"run",      "check",    "new",        "regions",         "join",
                                        "measure",  "classify", "neighbours", "autocorrelation", "zonal",
                                        "exposure", "surface",  "travel",     "proximity",       "tiles",
                                        "inspect",  "index",    "trend",      "crosswalk",       "smooth"};

std::string kept_help(const std::string& name) {
    const auto file = fs::path(TENDIK_SOURCE_DIR) / "tests" / "cli" / "help" / (name + ".txt");
    std::ifstream stream(file, std::ios::binary);
    EXPECT_TRUE(stream.good()) << file << " is absent";
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Letters, not bytes: every byte of UTF-8 but the continuing ones.
std::size_t letter_count(const std::string& line) {
    return static_cast<std::size_t>(
        std::ranges::count_if(line, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

TEST(Help, OfTheProgramIsAsKept) {
    const auto asked = tendik_run_bare({"help"});
    EXPECT_EQ(asked.out, kept_help("tendik"));
    EXPECT_EQ(asked.exit_code, 0);
    EXPECT_EQ(asked.err, "");
    EXPECT_EQ(tendik_run_bare({"--help"}).out, asked.out);
    EXPECT_EQ(tendik_run_bare({"-h"}).out, asked.out);
}

TEST(Help, IsPrintedWithCodeTwoWhenNoCommandIsGiven) {
    const auto asked = tendik_run_bare({});
    EXPECT_EQ(asked.exit_code, 2);
    EXPECT_EQ(asked.out, kept_help("tendik"));
}

TEST(Help, OfTheProgramNamesEveryCommand) {
    const auto text = tendik_run_bare({"help"}).out;
    for (const auto& command : commands)
        EXPECT_NE(text.find("\n  " + command + " "), std::string::npos) << command;
    // Every line that names a command is one this test knows: a new command needs a kept help text too.
    const auto list = text.substr(text.find("Commands:\n"), text.find("Example:") - text.find("Commands:\n"));
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(list, '\n')), commands.size() + 2);
}

class HelpOfCommand : public testing::TestWithParam<std::string> {};

TEST_P(HelpOfCommand, IsAsKeptHoweverItIsAskedFor) {
    const auto asked = tendik_run_bare({"help", GetParam()});
    EXPECT_EQ(asked.exit_code, 0);
    EXPECT_EQ(asked.err, "");
    EXPECT_EQ(asked.out, kept_help(GetParam()));
    EXPECT_EQ(tendik_run_bare({GetParam(), "--help"}).out, asked.out);
    EXPECT_EQ(tendik_run_bare({GetParam(), "-h"}).out, asked.out);
}

TEST_P(HelpOfCommand, EndsInAnExampleAndTheExitCodes) {
    const auto text = tendik_run_bare({"help", GetParam()}).out;
    const std::regex ending(
        R"(\nExample:\n  tendik )" + GetParam() +
        R"( [^\n]+\n(    [^\n]+\n)*\nExit codes:\n  0  [^\n]+\n  1  [^\n]+\n  2  [^\n]+\n  3  [^\n]+\n$)");
    EXPECT_TRUE(std::regex_search(text, ending)) << text;
}

TEST_P(HelpOfCommand, FitsIntoAHundredColumns) {
    std::istringstream lines(tendik_run_bare({"help", GetParam()}).out);
    for (std::string line; std::getline(lines, line);)
        EXPECT_LE(letter_count(line), 100U) << line;
}

TEST_P(HelpOfCommand, NamesOnlyOptionsThatTheExampleMayUse) {
    const auto text = tendik_run_bare({"help", GetParam()}).out;
    const auto example = text.substr(text.find("\nExample:\n"));
    const std::regex option(R"( (--?[a-z][a-z-]*))");
    for (std::sregex_iterator found(example.begin(), example.end(), option), end; found != end; ++found) {
        const auto name = (*found)[1].str();
        if (name == "--fail-on") continue;  // the exit codes speak of it
        EXPECT_TRUE(std::regex_search(text, std::regex("\n  (-[a-z], )?" + name + "[ ,\n]"))) << name;
    }
}

INSTANTIATE_TEST_SUITE_P(All, HelpOfCommand, testing::ValuesIn(commands),
                         [](const auto& command) { return command.param; });

TEST(Help, OfRegionsMatchIsFoundBothWays) {
    const auto asked = tendik_run_bare({"help", "regions", "match"});
    EXPECT_EQ(asked.exit_code, 0);
    EXPECT_EQ(asked.out, kept_help("regions_match"));
    EXPECT_EQ(tendik_run_bare({"regions", "match", "--help"}).out, asked.out);
    EXPECT_NE(asked.out.find("tendik regions match NAME... [OPTIONS]"), std::string::npos);
}

}  // namespace
}  // namespace tendik::test
