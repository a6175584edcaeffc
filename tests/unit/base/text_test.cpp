#include "tendik/base/text.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace tendik {
namespace {

TEST(Utf8, InvalidBytesAreFoundAtTheirPlace) {
    EXPECT_FALSE(find_invalid_utf8("Қызылорда облысы"));
    EXPECT_EQ(find_invalid_utf8("ab\xFF"), 2U);
    EXPECT_EQ(find_invalid_utf8("\xC2"), 0U);           // cut off in the middle of a letter
    EXPECT_EQ(find_invalid_utf8("a\xED\xA0\x80"), 1U);  // RFC 3629, 3: surrogates are no characters
}

TEST(Nfc, CombiningMarksBecomeOneLetter) {
    EXPECT_EQ(to_nfc("u\xCC\x88"), "\xC3\xBC");         // Unicode: U+0075 U+0308 -> U+00FC
    EXPECT_EQ(to_nfc("\xD0\xB8\xCC\x86"), "\xD0\xB9");  // U+0438 U+0306 -> U+0439, short i
}

TEST(Fold, CaseSpacesAndMarksMakeNoDifference) {
    EXPECT_EQ(fold("  ҚЫЗЫЛОРДА \t ОБЛЫСЫ "), fold("Қызылорда облысы"));
    EXPECT_EQ(fold("Ұлытау"), fold("ҰЛЫТАУ"));
    EXPECT_EQ(fold("West\xC2\xA0Kazakhstan"), "west kazakhstan");
    EXPECT_NE(fold("Қ"), fold("К"));  // a Kazakh letter is not its Russian neighbour
}

TEST(Trim, TakesAwayEverySpaceOfTables) {
    EXPECT_EQ(trim("\xEF\xBB\xBF 12,5\xC2\xA0"), "12,5");
    EXPECT_EQ(trim("\xE2\x80\x89"
                   "a b"
                   "\xE2\x80\xAF"),
              "a b");
    EXPECT_EQ(trim("   "), "");
}

TEST(Numbers, AreReadWhollyOrNotAtAll) {
    EXPECT_EQ(parse_number("11.8"), 11.8);
    EXPECT_EQ(parse_number("+3e2"), 300.0);
    EXPECT_FALSE(parse_number("11,8"));
    EXPECT_FALSE(parse_number("11.8 "));
    EXPECT_FALSE(parse_number(""));
    EXPECT_TRUE(std::isnan(*parse_number("nan")));
    EXPECT_EQ(parse_integer("2015"), 2015);
    EXPECT_FALSE(parse_integer("2015.0"));
}

TEST(Numbers, AreWrittenSoThatTheyReadBack) {
    EXPECT_EQ(shortest(0.1), "0.1");
    EXPECT_EQ(shortest(1.0), "1");
    EXPECT_EQ(fixed(7.976, 2), "7.98");
    EXPECT_EQ(fixed(-0.04, 1), "0.0");
    EXPECT_EQ(fixed(-0.06, 1), "-0.1");
}

TEST(Nearest, FindsASlipOfTheFingerAndNothingElse) {
    const std::array<std::string, 3> words{"measure", "classify", "regions"};
    EXPECT_EQ(nearest("mesure", words), "measure");
    EXPECT_EQ(nearest("REGION", words), "regions");
    EXPECT_FALSE(nearest("tiles", words));
}

TEST(Split, KeepsEmptyParts) {
    EXPECT_EQ(split("a||b|", '|'), (std::vector<std::string>{"a", "", "b", ""}));
    const std::array<std::string, 2> parts{"x", "y"};
    EXPECT_EQ(join_text(parts, ", "), "x, y");
}

}  // namespace
}  // namespace tendik
