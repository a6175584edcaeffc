#pragma once

#include <array>
#include <string>
#include <string_view>

namespace tendik {

enum class Language { en, ru, kk };
inline constexpr std::array all_languages{Language::kk, Language::ru, Language::en};

constexpr std::string_view code_of(Language language) {
    switch (language) {
    case Language::ru:
        return "ru";
    case Language::kk:
        return "kk";
    case Language::en:
        break;
    }
    return "en";
}

/// One meaning in three languages. A language without its own words falls back to English.
struct Texts {
    std::string en;
    std::string ru;
    std::string kk;

    const std::string& in(Language language) const {
        const auto& own = language == Language::ru ? ru : language == Language::kk ? kk : en;
        return own.empty() ? en : own;
    }
    bool empty() const noexcept { return en.empty() && ru.empty() && kk.empty(); }
    friend bool operator==(const Texts&, const Texts&) = default;
};

}  // namespace tendik
