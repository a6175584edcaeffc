#pragma once

#include "tendik/base/text.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/value.h"
#include "tendik/style/note_texts.h"
#include "tendik/style/text_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace tendik::report {

/// The words of one section of styles/texts in one language; a key with a dot in it names its section.
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
    /// The text of a key as it stands, with its {slots}.
    const std::string& words(std::string_view key) const { return text(key); }
    /// A usual word for a part of the people, or for what parts them; others stay as the table has them.
    std::string part(const std::string& name) const {
        const auto found = m_texts.all().find("dimension." + fold(name));
        return m_language == Language::en || found == m_texts.all().end() ? name
                                                                          : found->second.in(m_language);
    }
    /// A number as the language writes it.
    std::string number(double value, int decimals) const {
        return style::format_number(value, decimals, m_language);
    }
    /// The same with ASCII minus and without groups in English: what scripts have read so far.
    std::string plain(double value, int decimals) const {
        return m_language == Language::en ? fixed(value, decimals) : number(value, decimals);
    }
    /// As many decimals as show six digits that count, without zeros behind them.
    std::string digits(double value) const {
        constexpr int most = 12;
        const double size = std::abs(value);
        const int whole = size > 0.0 ? static_cast<int>(std::floor(std::log10(size))) + 1 : 1;
        const auto text = fixed(value, std::clamp(6 - whole, 0, most));
        const auto point = text.find('.');
        if (point == std::string::npos) return plain(value, 0);
        const auto last = text.find_last_not_of('0');
        return plain(value, static_cast<int>(last - std::min(last, point)));
    }
    /// "missing", in the language.
    std::string state(State state) const {
        return m_language == Language::en ? std::string(to_text(state))
                                          : text(fmt::format("state.{}", to_text(state)));
    }
    /// A number with all its digits.
    std::string break_text(double value) const {
        auto text = shortest(value);
        if (m_language != Language::en) std::ranges::replace(text, '.', ',');
        return text;
    }
    /// A remark or word of `section`, made in English by a room below.
    std::string note_in(std::string_view section, const std::string& note) const {
        return m_language == Language::en ? note : style::note_texts(note, section, m_texts).in(m_language);
    }
    /// Remarks that rooms below make in English, one or several joined by "; ".
    std::string note(const std::string& note) const {
        if (m_language == Language::en || note.empty()) return note;
        std::string all;
        for (std::size_t from = 0; from < note.size();) {
            const auto to = std::min(note.find("; ", from), note.size());
            all += (all.empty() ? "" : "; ") + note_in("measure_note", note.substr(from, to - from));
            from = to + 2;
        }
        for (std::size_t i = 1; i + 1 < all.size(); ++i)
            if (all[i] == '.' && is_digit(all[i - 1]) && is_digit(all[i + 1])) all[i] = ',';
        return all;
    }
    std::string region(const Region& region) const {
        return region.name.empty() ? region.key : region.name.in(m_language);
    }

private:
    static bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
    const std::string& text(std::string_view key) const {
        if (key.find('.') != std::string_view::npos) return m_texts.at(key).in(m_language);
        return m_texts.at(fmt::format("{}.{}", m_section, key)).in(m_language);
    }

    TextBook m_texts;
    std::string m_section;
    Language m_language;
};

}  // namespace tendik::report
