#include "tendik/base/text.h"

#include "tendik/base/error.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <regex>
#include <tuple>
#include <utility>

namespace tendik {
namespace {

const icu::Normalizer2& nfc_normalizer() {
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status) != 0) throw SystemError(std::string("ICU has no NFC data: ") + u_errorName(status));
    return *normalizer;
}

/// Byte length of the white space at the start of `text`; 0 when there is none. Spaces of tables: ASCII,
/// no-break space (U+00A0), thin and other spaces U+2000-U+200B, narrow no-break space (U+202F), byte order
/// mark (U+FEFF).
std::size_t space_length(std::string_view text) {
    if (text.empty()) return 0;
    if (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) return 1;
    if (text.starts_with("\xC2\xA0")) return 2;
    if (text.starts_with("\xE2\x80\xAF") || text.starts_with("\xEF\xBB\xBF")) return 3;
    if (text.size() >= 3 && text.starts_with("\xE2\x80")) {
        const auto last = static_cast<unsigned char>(text[2]);
        if (last >= 0x80 && last <= 0x8B) return 3;
    }
    return 0;
}

// ICU's macro mixes signed and unsigned bytes.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wconversion"
/// The code point at byte `i`, which moves on; negative for an invalid sequence.
std::int32_t next_code_point(std::string_view text, std::int32_t& i) {
    UChar32 point = 0;
    const char* const bytes = text.data();
    U8_NEXT(bytes, i, static_cast<std::int32_t>(text.size()), point);
    return point;
}
#pragma GCC diagnostic pop

std::vector<std::uint32_t> code_points(std::string_view text) {
    std::vector<std::uint32_t> points;
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < length;)
        points.push_back(static_cast<std::uint32_t>(next_code_point(text, i)));
    return points;
}

std::size_t edit_distance(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] = std::min({row[j - 1] + 1, above + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row.back();
}

std::string convert(std::string_view bytes, const char* codepage) {
    const icu::UnicodeString wide(bytes.data(), static_cast<std::int32_t>(bytes.size()), codepage);
    std::string text;
    wide.toUTF8String(text);
    return text;
}

/// Where KZ-1048 differs from Windows-1251, after unicode.org's VENDORS/MISC/KZ1048.TXT, and what stands
/// there. ICU 72 does not know it.
constexpr std::string_view kazakh_places = "\x8D\x8E\x9D\x9E\xA1\xA2\xA3\xA5\xAA\xAF\xB4\xBA\xBC\xBD\xBE\xBF";
constexpr std::u16string_view kazakh_letters = u"ҚҺқһҰұӘӨҒҮөғәҢңү";
/// Of these, the places of the Kazakh q, h, ae and ng: in Windows-1251 they hold letters that neither
/// Russian, Ukrainian nor Belarusian writes.
constexpr std::string_view kazakh_only = "\x8D\x8E\x9D\x9E\xA3\xBC\xBD\xBE";

/// The places of the Kazakh gh, oe and ue hold Ukrainian letters, and Ukrainian writes no yo, hard sign, y or
/// e of Russian, while Kazakh is full of y. That of the Kazakh u is the Belarusian short u, which follows a
/// vowel.
bool is_kazakh(std::string_view bytes) {
    if (bytes.find_first_of(kazakh_only) != std::string_view::npos) return true;
    constexpr std::string_view not_ukrainian = "\xA8\xB8\xDA\xDB\xDD\xFA\xFB\xFD";
    constexpr std::string_view vowels =
        "\xC0\xC5\xA8\xB2\xCE\xD3\xDB\xDD\xDE\xDF"
        "\xE0\xE5\xB8\xB3\xEE\xF3\xFB\xFD\xFE\xFF";
    const bool ukrainian = bytes.find_first_of(not_ukrainian) == std::string_view::npos;
    if (!ukrainian && bytes.find_first_of("\xAA\xBA\xAF\xBF\xA5\xB4") != std::string_view::npos) return true;
    for (auto at = bytes.find_first_of("\xA1\xA2"); at != std::string_view::npos;
         at = bytes.find_first_of("\xA1\xA2", at + 1))
        if (at == 0 || vowels.find(bytes[at - 1]) == std::string_view::npos) return true;
    return false;
}

std::string from_kz_1048(std::string_view bytes) {
    icu::UnicodeString wide(bytes.data(), static_cast<std::int32_t>(bytes.size()), "windows-1251");
    // Both encodings have one letter for each byte.
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto place = kazakh_places.find(bytes[i]);
        if (place != std::string_view::npos)
            wide.setCharAt(static_cast<std::int32_t>(i), kazakh_letters[place]);
    }
    std::string text;
    wide.toUTF8String(text);
    return text;
}

bool is_high(char byte) { return static_cast<unsigned char>(byte) >= 0x80; }

bool is_cyrillic_letter(char byte, bool kazakh) {
    constexpr std::string_view letters_outside = "\xA8\xB8\xA1\xA2\xB2\xB3\xA5\xB4\xAA\xBA\xAF\xBF";
    if (static_cast<unsigned char>(byte) >= 0xC0 || letters_outside.find(byte) != std::string_view::npos)
        return true;
    return kazakh && kazakh_places.find(byte) != std::string_view::npos;
}

/// Bytes above 0x7F counted by what they would be.
struct HighBytes {
    std::size_t letters = 0;     ///< Cyrillic letters of the encoding
    std::size_t lonely = 0;      ///< of these, with none above 0x7F beside and a Latin one
    std::size_t others = 0;      ///< neither letters nor quotation marks, dashes and the like
    std::size_t utf8_pairs = 0;  ///< valid UTF-8 sequences
};

HighBytes count_high_bytes(std::string_view bytes, bool kazakh) {
    constexpr std::string_view signs = "\xA0\xAB\xBB\x96\x97\x84\x93\x94\x91\x92\x85\xB9\xB0\xB7\xA7";
    const auto is_latin = [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    };
    HighBytes count;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (!is_high(bytes[i])) continue;
        if (!is_cyrillic_letter(bytes[i], kazakh)) {
            if (signs.find(bytes[i]) == std::string_view::npos) ++count.others;
            continue;
        }
        ++count.letters;
        const char before = i == 0 ? ' ' : bytes[i - 1];
        const char after = i + 1 == bytes.size() ? ' ' : bytes[i + 1];
        if (!is_high(before) && !is_high(after) && (is_latin(before) || is_latin(after))) ++count.lonely;
    }
    const auto length = static_cast<std::int32_t>(bytes.size());
    for (std::int32_t i = 0; i < length;)
        if (next_code_point(bytes, i) >= 0x80) ++count.utf8_pairs;
    return count;
}

bool is_plausible_cyrillic(std::string_view bytes, bool kazakh) {
    const auto count = count_high_bytes(bytes, kazakh);
    return count.letters > 0 && count.others * 10 <= count.letters && count.utf8_pairs * 5 <= count.letters &&
           count.lonely * 2 <= count.letters;
}

}  // namespace

std::string_view to_text(TextEncoding encoding) {
    switch (encoding) {
    case TextEncoding::utf16_le:
        return "UTF-16 LE";
    case TextEncoding::utf16_be:
        return "UTF-16 BE";
    case TextEncoding::windows_1251:
        return "Windows-1251";
    case TextEncoding::kz_1048:
        return "KZ-1048";
    case TextEncoding::utf8:
        break;
    }
    return "UTF-8";
}

std::optional<DecodedText> decode_text(std::string_view bytes) {
    for (const auto& [mark, encoding, codepage] :
         {std::tuple{"\xFF\xFE", TextEncoding::utf16_le, "UTF-16LE"},
          std::tuple{"\xFE\xFF", TextEncoding::utf16_be, "UTF-16BE"}}) {
        if (!bytes.starts_with(mark)) continue;
        if (bytes.size() % 2 != 0) return std::nullopt;
        return DecodedText{convert(bytes.substr(2), codepage), encoding};
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (!find_invalid_utf8(bytes)) return DecodedText{std::string(bytes), TextEncoding::utf8};
    const bool kazakh = is_kazakh(bytes);
    if (!is_plausible_cyrillic(bytes, kazakh)) return std::nullopt;
    const auto encoding = kazakh ? TextEncoding::kz_1048 : TextEncoding::windows_1251;
    return DecodedText{to_utf8(bytes, encoding), encoding};
}

std::string to_utf8(std::string_view bytes, TextEncoding encoding) {
    assert(encoding == TextEncoding::windows_1251 || encoding == TextEncoding::kz_1048);
    return encoding == TextEncoding::kz_1048 ? from_kz_1048(bytes) : convert(bytes, "windows-1251");
}

std::string look_alikes_to_cyrillic(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 15> pairs{{{"a", "а"},
                                                                                   {"b", "в"},
                                                                                   {"c", "с"},
                                                                                   {"e", "е"},
                                                                                   {"h", "н"},
                                                                                   {"i", "і"},
                                                                                   {"k", "к"},
                                                                                   {"m", "м"},
                                                                                   {"o", "о"},
                                                                                   {"p", "р"},
                                                                                   {"t", "т"},
                                                                                   {"x", "х"},
                                                                                   {"y", "у"},
                                                                                   {"\u0259", "ә"},
                                                                                   {"\u0275", "ө"}}};
    const auto points = code_points(text);
    const auto is_cyrillic = [](std::uint32_t point) { return point >= 0x400 && point < 0x530; };
    if (std::ranges::none_of(points, is_cyrillic)) return std::string(text);
    std::string result;
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < length;) {
        const auto begin = i;
        next_code_point(text, i);
        const auto letter = text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin));
        const auto* const pair =
            std::ranges::find(pairs, letter, [](const auto& item) { return item.first; });
        result += pair == pairs.end() ? letter : pair->second;
    }
    return result;
}

std::string mask_passwords(std::string_view text) {
    static const std::regex in_words(R"((password\s*=\s*)('(?:[^'\\]|\\.)*'?|[^\s',;]+))", std::regex::icase);
    static const std::regex in_address(R"((postgres(?:ql)?://[^\s:/@]*:)[^\s/]*@)", std::regex::icase);
    std::string plain(text);
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    // Regular expressions are slow; nearly every text is without a password.
    if (std::ranges::search(plain, std::string_view("password"), {}, lower).empty() &&
        plain.find("://") == std::string::npos)
        return plain;
    return std::regex_replace(std::regex_replace(plain, in_words, "$1***"), in_address, "$1***@");
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < length;) {
        const auto start = i;
        if (next_code_point(text, i) < 0) return static_cast<std::size_t>(start);
    }
    return std::nullopt;
}

std::string to_nfc(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    std::string result;
    icu::StringByteSink<std::string> sink(&result);
    const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
    nfc_normalizer().normalizeUTF8(0, piece, sink, nullptr, status);
    if (U_FAILURE(status) != 0)
        throw InputError(std::string("cannot normalise text: ") + u_errorName(status));
    return result;
}

std::string fold(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    std::string folded;
    icu::StringByteSink<std::string> sink(&folded);
    const auto composed = to_nfc(text);
    icu::CaseMap::utf8Fold(0, icu::StringPiece(composed.data(), static_cast<std::int32_t>(composed.size())),
                           sink, nullptr, status);
    if (U_FAILURE(status) != 0) throw InputError(std::string("cannot fold case: ") + u_errorName(status));
    const auto recomposed = to_nfc(folded);
    std::string result;
    std::string_view rest = recomposed;
    bool space = false;
    while (!rest.empty()) {
        if (const auto length = space_length(rest); length > 0) {
            space = true;
            rest.remove_prefix(length);
            continue;
        }
        if (space && !result.empty()) result += ' ';
        space = false;
        result += rest.front();
        rest.remove_prefix(1);
    }
    return result;
}

std::string_view trim(std::string_view text) {
    for (auto length = space_length(text); length > 0; length = space_length(text))
        text.remove_prefix(length);
    while (!text.empty()) {
        std::size_t cut = 0;
        for (const std::size_t length : {1U, 2U, 3U})
            if (text.size() >= length && space_length(text.substr(text.size() - length)) == length)
                cut = length;
        if (cut == 0) break;
        text.remove_suffix(cut);
    }
    return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string join_text(std::span<const std::string> parts, std::string_view separator) {
    std::string result;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) result += separator;
        result += parts[i];
    }
    return result;
}

std::string quoted_list(std::span<const std::string> names) {
    std::string list;
    for (const auto& name : names)
        list += (list.empty() ? "'" : ", '") + name + "'";
    return list;
}

std::optional<double> parse_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double number = 0.0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

std::optional<long long> parse_integer(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    long long number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

std::string shortest(double number) {
    std::array<char, 64> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return {buffer.data(), result.ptr};
}

std::string fixed(double number, int decimals) {
    std::array<char, 512> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                      std::chars_format::fixed, decimals);
    const std::string text(buffer.data(), result.ptr);
    const bool is_zero = text.find_first_not_of("-0.") == std::string::npos;
    return is_zero && text.starts_with('-') ? text.substr(1) : text;
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
    const auto wanted = code_points(fold(word));
    // Any letter is one edit from any other.
    const auto limit = wanted.size() < 2 ? 0 : std::max<std::size_t>(1, wanted.size() / 3);
    std::size_t best = limit + 1;
    std::optional<std::string> result;
    for (const auto& candidate : candidates) {
        const auto distance = edit_distance(wanted, code_points(fold(candidate)));
        if (distance >= best) continue;
        best = distance;
        result = candidate;
    }
    return result;
}

}  // namespace tendik
