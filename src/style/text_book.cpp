#include "tendik/style/text_book.h"

#include "tendik/base/document.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <system_error>
#include <vector>

namespace tendik {

const Texts& TextBook::at(std::string_view key) const {
    const auto found = m_texts.find(key);
    if (found != m_texts.end()) return found->second;
    std::vector<std::string> keys;
    for (const auto& [known, texts] : m_texts)
        keys.push_back(known);
    const auto near = nearest(key, keys);
    throw InputError(fmt::format("the texts have no word '{}'", key),
                     near ? fmt::format("did you mean '{}'?", *near) : "add it to a file of styles/texts");
}

namespace style {
namespace {

Texts read_word(const Node& word) {
    static constexpr std::array<std::string_view, 3> languages{"en", "ru", "kk"};
    word.refuse_unknown_keys(languages);
    for (const auto language : languages) {
        if (trim(word.at(language).as_text()).empty()) {
            throw InputError(
                fmt::format("{}: the text in '{}' is empty", word.at(language).where(), language),
                "every word needs en, ru and kk");
        }
    }
    return {word.at("en").as_text(), word.at("ru").as_text(), word.at("kk").as_text()};
}

void read_file(const std::filesystem::path& path, std::map<std::string, Texts, std::less<>>& texts) {
    const Node root = read_toml_file(path);
    for (const auto& [section, words] : root.as_table()) {
        for (const auto& [name, word] : words.as_table()) {
            if (!texts.emplace(fmt::format("{}.{}", section, name), read_word(word)).second) {
                throw InputError(
                    fmt::format("{}: the word '{}.{}' stands in two files", word.where(), section, name),
                    "keep one of them");
            }
        }
    }
}

}  // namespace

TextBook read_text_book(const std::filesystem::path& styles_dir) {
    const auto folder = styles_dir / "texts";
    std::vector<std::filesystem::path> paths;
    std::error_code fault;
    for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
        if (entry.path().extension() == ".toml") paths.push_back(entry.path());
    }
    if (paths.empty()) {
        throw InputError(fmt::format("'{}' holds no texts", folder.string()),
                         "name the folder of the run-time files with --data");
    }
    std::ranges::sort(paths);
    std::map<std::string, Texts, std::less<>> texts;
    for (const auto& path : paths)
        read_file(path, texts);
    return TextBook(std::move(texts));
}

std::string format_number(double number, int decimals, Language language) {
    if (!std::isfinite(number)) return "–";
    const std::string plain = fixed(number, std::max(decimals, 0));
    const bool negative = plain.front() == '-';
    const std::string_view digits = std::string_view(plain).substr(negative ? 1 : 0);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    const bool english = language == Language::en;
    // Russian and Kazakh keep four digits together; so does the page.
    const bool grouped = english || point > 4;
    std::string text = negative ? "\u2212" : "";
    for (std::size_t i = 0; i < point; ++i) {
        if (grouped && i > 0 && (point - i) % 3 == 0) text += english ? "," : "\u00A0";
        text += digits[i];
    }
    if (point < digits.size()) {
        text += english ? '.' : ',';
        text += digits.substr(point + 1);
    }
    return text;
}

}  // namespace style
}  // namespace tendik
