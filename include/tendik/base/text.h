#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// Position (byte) of the first invalid UTF-8 sequence, or nothing when `text` is valid.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// How a text file writes its letters as bytes.
enum class TextEncoding : std::uint8_t { utf8, utf16_le, utf16_be, windows_1251, kz_1048 };
/// "UTF-8", "UTF-16 LE", "UTF-16 BE", "Windows-1251", "KZ-1048"
std::string_view to_text(TextEncoding encoding);

struct DecodedText {
    std::string text;  ///< UTF-8 without byte order mark
    TextEncoding encoding = TextEncoding::utf8;
};
/// UTF-8, UTF-16 where a byte order mark says so, else Windows-1251 or KZ-1048 where the bytes are plausible
/// Russian or Kazakh: at least nine of ten bytes above 0x7F are Cyrillic letters, the others typographic
/// signs, few of them form UTF-8 sequences (damaged UTF-8 is no Windows-1251) and most stand beside another
/// of them ("Region" with an accent is Latin-1). KZ-1048 (STRK 1048-2002, registered with IANA) is
/// Windows-1251 with Kazakh letters at sixteen places. A text is Kazakh where Windows-1251 has no letter of
/// Russian, Ukrainian or Belarusian (its "q", "ae", "ng", "h"); where it has a Ukrainian one (its "gh", "oe",
/// "ue") beside letters that Ukrainian lacks; where it has the Belarusian short u (its "u") behind no vowel.
/// Letters of Serbian and Macedonian are not looked for. Nothing when it is none of them.
std::optional<DecodedText> decode_text(std::string_view bytes);

/// Bytes of one of the two 8-bit encodings; those without a meaning become U+FFFD.
std::string to_utf8(std::string_view bytes, TextEncoding encoding);

/// Latin letters that look like Cyrillic ones ("o", "a", "c", also the Latin schwa for the Kazakh one) turned
/// into these, where `text` mixes both alphabets; unchanged where it does not. `text` must be folded.
std::string look_alikes_to_cyrillic(std::string_view text);

/// "PG:dbname=x password=***" for "PG:dbname=x password=secret", also in addresses
/// ("postgresql://user:***@host"). Everything else stays.
std::string mask_passwords(std::string_view text);

/// Normalisation form C, so that a name typed with combining marks equals the same name typed without.
/// `text` must be valid UTF-8.
std::string to_nfc(std::string_view text);

/// NFC, full case folding (Unicode 15, C+F), inner white space to single spaces, ends trimmed.
/// Two names that a reader takes for the same in spite of case compare equal after it.
std::string fold(std::string_view text);

/// Without ASCII and no-break white space at both ends.
std::string_view trim(std::string_view text);

std::vector<std::string> split(std::string_view text, char separator);
std::string join_text(std::span<const std::string> parts, std::string_view separator);
/// "'a', 'b'": names as messages list them.
std::string quoted_list(std::span<const std::string> names);

/// A number in the form of the C locale ("12.5", "-3e4"), the whole of `text`, finite or not ("nan", "inf"
/// are understood by std::from_chars; callers decide whether they are allowed). Nothing when it is no number.
std::optional<double> parse_number(std::string_view text);
std::optional<long long> parse_integer(std::string_view text);

/// The shortest text that reads back as the same double ("1", "0.1", "11.8").
std::string shortest(double number);

/// Fixed decimals, rounded half to even by the C library; "-0.0" is written "0.0".
std::string fixed(double number, int decimals);

/// The candidate nearest to `word` by edit distance, when it is near enough to be a slip of the finger
/// (at most a third of the word's length, at least one edit allowed; none in a word of one letter).
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace tendik
