#include "tendik/style/note_texts.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

namespace tendik::style {
namespace {

using Slots = std::map<std::string, std::string, std::less<>>;

/// What stands in the {slots} of `pattern` when `note` reads as it. A slot ends where the text behind it
/// begins.
std::optional<Slots> match(std::string_view note, std::string_view pattern) {
    Slots slots;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        const auto plain = pattern.substr(0, open);
        if (!note.starts_with(plain)) return std::nullopt;
        note.remove_prefix(plain.size());
        if (open == std::string_view::npos) break;
        const auto close = pattern.find('}', open);
        if (close == std::string_view::npos) return std::nullopt;
        const auto name = pattern.substr(open + 1, close - open - 1);
        pattern.remove_prefix(close + 1);
        const auto behind = pattern.substr(0, pattern.find('{'));
        const auto end = behind.empty() ? note.size() : note.find(behind, 1);
        if (end == std::string_view::npos || end == 0) return std::nullopt;
        slots.emplace(name, note.substr(0, end));
        note.remove_prefix(end);
    }
    return note.empty() ? std::optional(slots) : std::nullopt;
}

std::string filled(std::string pattern, const Slots& slots) {
    for (const auto& [name, words] : slots) {
        const std::string slot = "{" + name + "}";
        for (auto at = pattern.find(slot); at != std::string::npos;
             at = pattern.find(slot, at + words.size())) {
            pattern.replace(at, slot.size(), words);
        }
    }
    return pattern;
}

}  // namespace

Texts note_texts(const std::string& note, std::string_view section, const TextBook& texts) {
    for (const auto& [key, word] : texts.all()) {
        if (!key.starts_with(section) || key.substr(section.size(), 1) != ".") continue;
        if (const auto slots = match(note, word.en)) {
            return {note, filled(word.ru, *slots), filled(word.kk, *slots)};
        }
    }
    return {note, "", ""};
}

}  // namespace tendik::style
