#pragma once

#include "tendik/style/text_book.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace tendik::report {

/// The words of one section of styles/texts in one language.
class Spoken {
public:
    Spoken(const std::filesystem::path& data_folder, std::string section, Language language)
        : m_texts(style::read_text_book(data_folder / "styles")),
          m_section(std::move(section)),
          m_language(language) {}

    Language language() const noexcept { return m_language; }
    /// The text of a key; its {slots} are filled by name: say("mean", fmt::arg("change", "2 %")).
    template <class... Slots>
    std::string operator()(std::string_view key, const Slots&... slots) const {
        return fmt::vformat(text(key), fmt::make_format_args(slots...));
    }
    /// A number as the language writes it.
    std::string number(double value, int decimals) const {
        return style::format_number(value, decimals, m_language);
    }

private:
    const std::string& text(std::string_view key) const {
        return m_texts.at(fmt::format("{}.{}", m_section, key)).in(m_language);
    }

    TextBook m_texts;
    std::string m_section;
    Language m_language;
};

}  // namespace tendik::report
