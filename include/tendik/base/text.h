#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// Position (byte) of the first invalid UTF-8 sequence, or nothing when `text` is valid.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

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

/// A number in the form of the C locale ("12.5", "-3e4"), the whole of `text`, finite or not ("nan", "inf"
/// are understood by std::from_chars; callers decide whether they are allowed). Nothing when it is no number.
std::optional<double> parse_number(std::string_view text);
std::optional<long long> parse_integer(std::string_view text);

/// The shortest text that reads back as the same double ("1", "0.1", "11.8").
std::string shortest(double number);

/// Fixed decimals, rounded half to even by the C library; "-0.0" is written "0.0".
std::string fixed(double number, int decimals);

/// The candidate nearest to `word` by edit distance, when it is near enough to be a slip of the finger
/// (at most a third of the word's length, at least one edit allowed).
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace tendik
