#include "words.h"

#include <fmt/format.h>

namespace tendik::narrative {

std::string Words::say(std::string_view key, const Slots& slots) const {
    const auto full =
        key.find('.') == std::string_view::npos ? "report." + std::string(key) : std::string(key);
    const auto& pattern = m_texts.at(full).in(m_language);
    std::string text;
    for (std::size_t at = 0; at < pattern.size();) {
        const auto open = pattern.find('{', at);
        const auto close = open == std::string::npos ? open : pattern.find('}', open);
        if (close == std::string::npos) return text + pattern.substr(at);
        text += pattern.substr(at, open - at);
        const auto name = std::string_view(pattern).substr(open + 1, close - open - 1);
        for (const auto& [slot, filling] : slots)
            if (slot == name) text += filling;
        at = close + 1;
    }
    return text;
}

std::string Words::number(double value, int decimals) const {
    return style::format_number(value, decimals, m_language);
}

std::string Words::value(const Indicator& indicator, double value, int more_decimals) const {
    auto text = number(value, indicator.decimals + more_decimals);
    if (!is_percent(indicator)) return text;
    return text + (m_language == Language::en ? "%" : "\u00A0%");
}

std::string Words::difference(const Indicator& indicator, double value) const {
    const auto text = number(value, indicator.decimals);
    return is_percent(indicator) || is_points(indicator) ? say("points", {{"number", text}}) : text;
}

std::string Words::ratio(double value) const {
    return number(value, value < 10.0 ? 2 : value < 100.0 ? 1 : 0);
}

std::string Words::p(double p) const {
    constexpr double smallest_shown = 0.0001;
    if (p < smallest_shown) return "p\u00A0<\u00A0" + number(smallest_shown, 4);
    return "p\u00A0=\u00A0" + number(p, p < 0.01 ? 4 : 3);
}

bool is_points(const Indicator& indicator) { return indicator.unit.en == "percentage points"; }

bool is_percent(const Indicator& indicator) { return indicator.unit.en.starts_with("%"); }

std::string html(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        if (letter == '&')
            safe += "&amp;";
        else if (letter == '<')
            safe += "&lt;";
        else if (letter == '>')
            safe += "&gt;";
        else if (letter == '"')
            safe += "&quot;";
        else
            safe += letter;
    }
    return safe;
}

std::string element(std::string_view name, std::string_view attributes, std::string_view inner) {
    return fmt::format("<{}{}{}>{}</{}>", name, attributes.empty() ? "" : " ", attributes, inner, name);
}

std::string table_html(const HtmlTable& table) {
    std::string text = element("caption", element("span", html(table.caption))) + "\n<thead><tr>";
    for (const auto& heading : table.headings)
        text += element("th", "scope=\"col\"", heading);
    text += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
        text += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i)
            text += i == 0 ? element("th", "scope=\"row\"", row[i]) : element("td", row[i]);
        text += "</tr>\n";
    }
    text += "</tbody>\n";
    // A wide table slides inside of its frame on a narrow screen, which a keyboard must reach.
    return element("div",
                   fmt::format(R"(class="frame" tabindex="0" role="region" aria-label="{}")",
                               html(table.caption)),
                   element("table", fmt::format("class=\"{}\"", table.css_class), text)) +
           "\n";
}

}  // namespace tendik::narrative
