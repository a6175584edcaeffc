#pragma once

#include "tendik/model/texts.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace tendik {

/// The words of maps and pages in three languages, by key ("legend.missing").
class TextBook {
public:
    explicit TextBook(std::map<std::string, Texts, std::less<>> texts) : m_texts(std::move(texts)) {}
    /// Throws InputError for a key that is not there.
    const Texts& at(std::string_view key) const;
    const std::map<std::string, Texts, std::less<>>& all() const noexcept { return m_texts; }

private:
    std::map<std::string, Texts, std::less<>> m_texts;
};

namespace style {

/// Reads all of styles/texts/*.toml: [section] word = { en, ru, kk } becomes "section.word". Every word needs
/// all three.
TextBook read_text_book(const std::filesystem::path& styles_dir);

/// A number as the language writes it: decimal comma and no-break thousands (from five digits on) in Russian
/// and Kazakh; point and commas in English.
std::string format_number(double number, int decimals, Language language);

}  // namespace style
}  // namespace tendik
