#include "tendik/style/text_book.h"

#include "support/temporary_folder.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <utility>

namespace tendik {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::filesystem::path styles_dir = std::filesystem::path(TENDIK_SOURCE_DIR) / "styles";

TEST(FormatNumber, WritesAsTheLanguageDoes) {
    EXPECT_EQ(style::format_number(1234567.5, 1, Language::en), "1,234,567.5");
    EXPECT_EQ(style::format_number(1234567.5, 1, Language::ru), "1\u00A0234\u00A0567,5");
    EXPECT_EQ(style::format_number(1234567.5, 1, Language::kk), "1\u00A0234\u00A0567,5");
    EXPECT_EQ(style::format_number(999.0, 0, Language::ru), "999");
    EXPECT_EQ(style::format_number(1000.0, 0, Language::en), "1,000");
    EXPECT_EQ(style::format_number(2305.5, 1, Language::ru), "2305,5");
    EXPECT_EQ(style::format_number(12305.0, 0, Language::kk), "12\u00A0305");
    EXPECT_EQ(style::format_number(0.25, 2, Language::kk), "0,25");
}

TEST(FormatNumber, UsesTheMinusSignButNotForZero) {
    EXPECT_EQ(style::format_number(-1234.5, 1, Language::en), "\u22121,234.5");
    EXPECT_EQ(style::format_number(-123.0, 0, Language::ru), "\u2212123");
    EXPECT_EQ(style::format_number(-0.04, 1, Language::ru), "0,0");
}

TEST(FormatNumber, WritesADashForWhatIsNoNumber) {
    EXPECT_EQ(style::format_number(std::numeric_limits<double>::quiet_NaN(), 1, Language::en), "–");
    EXPECT_EQ(style::format_number(std::numeric_limits<double>::infinity(), 1, Language::en), "–");
}

TEST(TextBook, HoldsTheWordsOfLegendsStatesAndMeasures) {
    const auto texts = style::read_text_book(styles_dir);
    EXPECT_EQ(texts.at("legend.missing").en, "no data");
    EXPECT_EQ(texts.at("legend.missing").ru, "нет данных");
    EXPECT_EQ(texts.at("legend.missing").kk, "деректер жоқ");
    for (const std::string code : {"D", "R", "BGV", "BGSD", "COV", "TI", "MLD", "GINI"}) {
        EXPECT_FALSE(texts.at("measure." + code).kk.empty());
    }
    for (const std::string state : {"present", "missing", "suppressed", "not_applicable", "unmatched"}) {
        EXPECT_FALSE(texts.at("state." + state).ru.empty());
    }
}

TEST(TextBook, AnUnknownWordIsRefusedWithTheNearest) {
    const TextBook texts({{"legend.missing", {"no data", "нет данных", "деректер жоқ"}}});
    try {
        texts.at("legend.mising");
        FAIL() << "found a word that is not there";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), HasSubstr("'legend.mising'"));
        EXPECT_THAT(error.hint(), HasSubstr("'legend.missing'"));
    }
}

class TextFiles : public ::testing::Test {
protected:
    test::TemporaryFolder folder;

    void write(const std::string& name, const std::string& text) {
        std::filesystem::create_directories(folder / "texts");
        std::ofstream(folder / "texts" / name) << text;
    }
    std::string fault() {
        try {
            style::read_text_book(folder.path());
        } catch (const InputError& error) {
            return error.what();
        }
        return "no fault";
    }
};

TEST_F(TextFiles, AreReadTogether) {
    write("a.toml", "[a.one]\nen = \"e\"\nru = \"r\"\nkk = \"k\"\n");
    write("b.toml", "[b]\ntwo = { en = \"e\", ru = \"r\", kk = \"k\" }\n");
    write("c.txt", "no TOML");
    const auto texts = style::read_text_book(folder.path());
    EXPECT_EQ(texts.all().size(), 2U);
    EXPECT_EQ(texts.at("a.one").in(Language::kk), "k");
    EXPECT_EQ(texts.at("b.two").in(Language::ru), "r");
}

TEST_F(TextFiles, NeedAllThreeLanguages) {
    write("a.toml", "[a.one]\nen = \"e\"\nru = \"r\"\n");
    EXPECT_THAT(fault(), AllOf(HasSubstr("a.toml"), HasSubstr("kk")));
    write("a.toml", "[a.one]\nen = \"e\"\nru = \" \"\nkk = \"k\"\n");
    EXPECT_THAT(fault(), AllOf(HasSubstr("line 3"), HasSubstr("'ru' is empty")));
    write("a.toml", "[a.one]\nen = \"e\"\nru = \"r\"\nkk = \"k\"\nkz = \"k\"\n");
    EXPECT_THAT(fault(), HasSubstr("kz"));
}

TEST_F(TextFiles, SayAWordOnce) {
    write("a.toml", "[a.one]\nen = \"e\"\nru = \"r\"\nkk = \"k\"\n");
    write("b.toml", "[a.one]\nen = \"e\"\nru = \"r\"\nkk = \"k\"\n");
    EXPECT_THAT(fault(), AllOf(HasSubstr("b.toml"), HasSubstr("'a.one' stands in two files")));
}

TEST_F(TextFiles, AreMissedWhenThereAreNone) { EXPECT_THAT(fault(), HasSubstr("holds no texts")); }

}  // namespace
}  // namespace tendik
