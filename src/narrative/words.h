#pragma once

#include "tendik/model/indicator.h"
#include "tendik/style/text_book.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendik::narrative {

using Slots = std::vector<std::pair<std::string_view, std::string>>;

/// The texts of the report in one language, with numbers as that language writes them. Plain text: it is
/// escaped where it goes into the page.
class Words {
public:
    Words(const TextBook& texts, Language language) : m_texts(texts), m_language(language) {}

    Language language() const noexcept { return m_language; }
    std::string_view code() const { return code_of(m_language); }
    const std::string& in(const Texts& texts) const { return texts.in(m_language); }

    /// "report.KEY" with its {slots} filled; a key with a point is taken as it is.
    std::string say(std::string_view key, const Slots& slots = {}) const;
    std::string number(double value, int decimals) const;
    std::string count(std::size_t value) const { return number(static_cast<double>(value), 0); }
    /// With "%" where the unit is per cent.
    std::string value(const Indicator& indicator, double value, int more_decimals = 0) const;
    /// A difference: percentage points where the unit is per cent.
    std::string difference(const Indicator& indicator, double value) const;
    /// A ratio or another number of which two or three digits tell enough.
    std::string ratio(double value) const;
    /// "p = 0.012", "p < 0.0001".
    std::string p(double p) const;

private:
    const TextBook& m_texts;
    Language m_language;
};

bool is_percent(const Indicator& indicator);
/// What two per cents differ by.
bool is_points(const Indicator& indicator);

/// & < > and " of text that goes into the page.
std::string html(std::string_view text);
/// <NAME ATTRIBUTES>html</NAME>; `inner` is escaped already.
std::string element(std::string_view name, std::string_view attributes, std::string_view inner);
inline std::string element(std::string_view name, std::string_view inner) { return element(name, "", inner); }

/// A table with its caption; headings and cells are escaped already, the first cell of a row heads it.
struct HtmlTable {
    std::string caption;
    std::vector<std::string> headings;
    std::vector<std::vector<std::string>> rows;
    std::string css_class;
};
std::string table_html(const HtmlTable& table);

}  // namespace tendik::narrative
