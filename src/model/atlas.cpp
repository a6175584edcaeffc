#include "tendik/model/atlas.h"

#include <algorithm>
#include <array>

namespace tendik {
namespace {

constexpr std::array<std::string_view, 2> display_words{"classes", "symbols"};

/// Code points above ASCII are several bytes of UTF-8; every byte that is no letter or digit becomes one
/// underscore.
bool fit_for_a_name(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
}

}  // namespace

std::string_view to_text(Display display) { return display_words.at(static_cast<std::size_t>(display)); }

std::optional<Display> display_from_text(std::string_view text) {
    const auto* const word = std::ranges::find(display_words, text);
    if (word == display_words.end()) return std::nullopt;
    return static_cast<Display>(word - display_words.begin());
}

std::string Layer::name() const {
    auto text = indicator.code;
    if (year) text += "_" + std::to_string(*year);
    if (carried) text += "_on_" + carried->to;
    std::ranges::replace_if(
        text, [](char letter) { return !fit_for_a_name(letter); }, '_');
    return text;
}

}  // namespace tendik
