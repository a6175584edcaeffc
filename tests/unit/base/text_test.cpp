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
    const std::vector<std::string> letters{"A", "b"};
    EXPECT_FALSE(nearest("z", letters));
    EXPECT_EQ(nearest("B", letters), "b");
}

TEST(Split, KeepsEmptyParts) {
    EXPECT_EQ(split("a||b|", '|'), (std::vector<std::string>{"a", "", "b", ""}));
    const std::array<std::string, 2> parts{"x", "y"};
    EXPECT_EQ(join_text(parts, ", "), "x, y");
}

TEST(DecodeText, KnowsUtf8AndUtf16ByTheirMarks) {
    EXPECT_EQ(decode_text("\xEF\xBB\xBFkey")->text, "key");
    EXPECT_EQ(decode_text("қала")->encoding, TextEncoding::utf8);
    // U+0410 "А" is 04 10: low byte first in LE, high byte first in BE (The Unicode Standard, section 3.10).
    const auto little = decode_text(std::string_view("\xFF\xFE\x10\x04", 4));
    const auto big = decode_text(std::string_view("\xFE\xFF\x04\x10", 4));
    ASSERT_TRUE(little && big);
    EXPECT_EQ(little->text, "А");
    EXPECT_EQ(little->encoding, TextEncoding::utf16_le);
    EXPECT_EQ(big->text, "А");
    EXPECT_EQ(big->encoding, TextEncoding::utf16_be);
    EXPECT_FALSE(decode_text(std::string_view("\xFF\xFE\x10", 3)));
}

TEST(DecodeText, TakesWindows1251WhereTheBytesArePlausibleRussian) {
    // "Алматы" in Windows-1251: А is 0xC0, then л м а т ы (unicode.org CP1251.TXT).
    const auto decoded = decode_text("\xC0\xEB\xEC\xE0\xF2\xFB");
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->text, "Алматы");
    EXPECT_EQ(decoded->encoding, TextEncoding::windows_1251);
    // UTF-8 with one damaged byte is not Windows-1251.
    EXPECT_FALSE(decode_text("Акмолинская обл\xD0сть, Алматы"));
    // Control signs of Latin-1 pages are no Russian.
    EXPECT_FALSE(decode_text("\x80\x81\x82\x83"));
}

TEST(DecodeText, TellsKazakhKz1048FromRussianWindows1251) {
    // "Ақмола" and "Өскемен": қ is 0x9D, Ө is 0xA5 (unicode.org VENDORS/MISC/KZ1048.TXT); the rest is
    // Windows-1251.
    const auto decoded = decode_text("\xC0\x9D\xEC\xEE\xEB\xE0, \xA5\xF1\xEA\xE5\xEC\xE5\xED");
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->text, "Ақмола, Өскемен");
    EXPECT_EQ(decoded->encoding, TextEncoding::kz_1048);
    EXPECT_EQ(to_text(decoded->encoding), "KZ-1048");
    // All eighteen letters of the table, capital before small: Ққ Һһ Ұұ Әә Өө Ғғ Үү Ңң and, as in
    // Windows-1251, Іі.
    EXPECT_EQ(to_utf8("\x8D\x9D\x8E\x9E\xA1\xA2\xA3\xBC\xA5\xB4\xAA\xBA\xAF\xBF\xBD\xBE\xB2\xB3",
                      TextEncoding::kz_1048),
              "ҚқҺһҰұӘәӨөҒғҮүҢңІі");
    // "Київ, Єна": ї is 0xBF, Є is 0xAA; both are ү and Ғ in KZ-1048, but nothing here is Kazakh only.
    const auto ukrainian = decode_text("\xCA\xE8\xBF\xE2, \xAA\xED\xE0");
    ASSERT_TRUE(ukrainian);
    EXPECT_EQ(ukrainian->text, "Київ, Єна");
    EXPECT_EQ(ukrainian->encoding, TextEncoding::windows_1251);
}

TEST(DecodeText, TellsKazakhFromUkrainianAndBelarusianByTheirNeighbours) {
    // Ү (0xAF) and Ө (0xA5) are Ї and Ґ of Windows-1251, and ы (0xFB) is no letter of Ukrainian.
    EXPECT_EQ(decode_text("\xAF\xF8 \xEE\xE1\xEB\xFB\xF1")->text, "Үш облыс");
    EXPECT_EQ(decode_text("\xA5\xE7\xE5\xED \xE0\xF3\xE4\xE0\xED\xFB")->text, "Өзен ауданы");
    // "Ұлытау облысы": Ұ (0xA1) is Ў, which begins no Belarusian word; "Магілёў" ends in one behind a vowel.
    EXPECT_EQ(decode_text("\xA1\xEB\xFB\xF2\xE0\xF3 \xEE\xE1\xEB\xFB\xF1\xFB")->text, "Ұлытау облысы");
    EXPECT_EQ(decode_text("\xCC\xE0\xE3\xB3\xEB\xB8\xA2, \xFB")->text, "Магілёў, ы");
}

TEST(DecodeText, TakesLatinWordsWithAccentsForNoCyrillic) {
    EXPECT_FALSE(
        decode_text("R\xE9gion;Montr\xE9"
                    "al"));  // é is 0xE9 in ISO 8859-1
}

TEST(LookAlikes, AreReadAsCyrillicOnlyWhereBothAlphabetsMeet) {
    EXPECT_EQ(look_alikes_to_cyrillic("aкмoла"), "акмола");  // Latin a and o
    EXPECT_EQ(look_alikes_to_cyrillic("akmola"), "akmola");
    EXPECT_EQ(look_alikes_to_cyrillic("ақмола"), "ақмола");
}

TEST(Passwords, AreMaskedInWordsAndAddresses) {
    EXPECT_EQ(mask_passwords("PG:host=h password=s3cret dbname=d"), "PG:host=h password=*** dbname=d");
    EXPECT_EQ(mask_passwords("PG:PASSWORD = 'it \\' is' dbname=d"), "PG:PASSWORD = *** dbname=d");
    EXPECT_EQ(mask_passwords("postgresql://anna:s@cret@h:5432/d"), "postgresql://anna:***@h:5432/d");
    EXPECT_EQ(mask_passwords("a table of passwords"), "a table of passwords");
}

}  // namespace
}  // namespace tendik
