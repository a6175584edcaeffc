#pragma once

#include "tendik/base/document.h"
#include "tendik/model/texts.h"
#include "tendik/stats/classify.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::plan {

/// A path in a plan, relative to its folder; OGR connections ("PG:...", "/vsizip/...") are left alone.
std::string resolved(const Node& node, const std::filesystem::path& folder);
/// A text for all languages, or a table { en, ru, kk }.
Texts texts_of(const Node& node);
int year_of(const Node& node);
std::vector<std::string> text_list(const Node& node);
/// A text where the key exists; else `target` stays.
void take_text(const Node& node, std::string_view key, std::string& target);
std::size_t count_of(const Node& node, std::int64_t lowest, std::int64_t highest);
[[noreturn]] void refuse_choice(const Node& node, std::string_view known);

template <typename Choice>
Choice choice_of(const Node& node, std::optional<Choice> (*parse)(std::string_view), std::string_view known) {
    if (const auto choice = parse(node.as_text())) return *choice;
    refuse_choice(node, known);
}

/// A TOML basic string; control characters are written as \uXXXX.
std::string toml_text(std::string_view text);
std::string toml_text(const Texts& texts);
/// "key = value" and a line end; nothing for an empty value.
std::string line(std::string_view key, const std::string& text);
std::string line(std::string_view key, const std::vector<std::string>& texts);

/// Breaks of one's own are a scheme, even where none is named.
std::optional<Scheme> read_scheme(const Node& node);
/// Strictly ascending. Throws InputError where breaks and scheme do not go together.
std::vector<double> read_breaks(const Node& node, std::optional<Scheme> scheme);
/// "breaks = [5, 10]" and a line end; nothing without breaks.
std::string breaks_line(const std::vector<double>& breaks);

}  // namespace tendik::plan
