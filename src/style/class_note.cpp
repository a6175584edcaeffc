#include "class_note.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

namespace tendik::style {
namespace {

using Slots = std::map<std::string, std::string, std::less<>>;

/// What stands in the {slots} of `pattern` when `note` reads as it.
std::optional<Slots> match(std::string_view note, std::string_view pattern) {
    Slots slots;
    while (!pattern.empty()) {
        if (pattern.front() == '{') {
            const auto name_end = pattern.find('}');
            if (name_end == std::string_view::npos) return std::nullopt;
            const auto digits_end = std::min(note.find_first_not_of("0123456789"), note.size());
            if (digits_end == 0) return std::nullopt;
            slots.emplace(pattern.substr(1, name_end - 1), note.substr(0, digits_end));
            pattern.remove_prefix(name_end + 1);
            note.remove_prefix(digits_end);
        } else {
            if (note.empty() || note.front() != pattern.front()) return std::nullopt;
            pattern.remove_prefix(1);
            note.remove_prefix(1);
        }
    }
    return note.empty() ? std::optional(slots) : std::nullopt;
}

std::string filled(std::string pattern, const Slots& slots) {
    for (const auto& [name, digits] : slots) {
        const std::string slot = "{" + name + "}";
        for (auto at = pattern.find(slot); at != std::string::npos;
             at = pattern.find(slot, at + digits.size())) {
            pattern.replace(at, slot.size(), digits);
        }
    }
    return pattern;
}

}  // namespace

Texts class_note_texts(const std::string& note, const TextBook& texts) {
    for (const auto& [key, word] : texts.all()) {
        if (!key.starts_with("class_note.")) continue;
        if (const auto slots = match(note, word.en)) {
            return {note, filled(word.ru, *slots), filled(word.kk, *slots)};
        }
    }
    return {note, "", ""};
}

}  // namespace tendik::style
