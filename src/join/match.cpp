#include "tendik/join/match.h"

#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace tendik::join {
namespace {

constexpr std::array<std::string_view, 9> oblast_words{"обл",    "область", "облысы", "oblast", "oblysy",
                                                       "region", "obl",     "облыс",  "oblys"};
constexpr std::array<std::string_view, 10> city_words{"г",    "город", "гор", "қ",     "қаласы",
                                                      "city", "c",     "g",   "gorod", "qalasy"};

// What a name says of the kind of unit; part of the folded form.
constexpr std::string_view says_nothing;
constexpr std::string_view says_oblast = "/oblast";
constexpr std::string_view says_city = "/city";

using NameIndex = std::vector<std::pair<std::string, std::pair<std::size_t, std::string>>>;

bool replace_all(std::string& text, std::string_view from, std::string_view to) {
    bool found = false;
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
        found = true;
    }
    return found;
}

/// Hyphens, dashes, dots, brackets, slashes part words; apostrophes vanish; "ё" is written "е" as often as
/// not.
std::vector<std::string> words_of(std::string_view text) {
    auto folded = fold(text);
    for (const std::string_view sign : {"'", "\u2018", "\u2019", "\u02BC", "\u2032", "`", "\u02B9", "\""})
        replace_all(folded, sign, "");
    for (const std::string_view sign :
         {"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", ".", ",", "(", ")", "/", "_"})
        replace_all(folded, sign, " ");
    replace_all(folded, "ё", "е");
    std::vector<std::string> words;
    for (auto& word : split(folded, ' '))
        if (!word.empty()) words.push_back(std::move(word));
    return words;
}

struct FoldedName {
    std::string base;  ///< words without the kind, put together
    std::string_view kind = says_nothing;
};

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& words, const std::string& word) {
    return std::ranges::find(words, word) != words.end();
}

/// The kind stands before or behind the name ("г. Алматы", "Almaty city"), never inside.
FoldedName fold_name(std::string_view text) {
    FoldedName name;
    auto words = words_of(text);
    const auto take_kind = [&name](const std::string& word) {
        if (is_among(oblast_words, word))
            name.kind = says_oblast;
        else if (is_among(city_words, word))
            name.kind = says_city;
        else
            return false;
        return true;
    };
    if (words.size() > 1 && take_kind(words.back()))
        words.pop_back();
    else if (words.size() > 1 && take_kind(words.front()))
        words.erase(words.begin());
    for (const auto& word : words)
        name.base += word;
    return name;
}

bool in_vintage(const RegisterEntry& entry, std::string_view vintage) {
    return vintage.empty() || std::ranges::find(entry.vintages, vintage) != entry.vintages.end();
}

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A KATO code of an oblast or such a city is two digits, alone or filled up with zeros to nine.
bool same_kato(std::string_view code, std::string_view text) {
    if (code.size() < 2 || text.size() < 2 || text.size() > 9 || !is_digits(text)) return false;
    return code.substr(0, 2) == text.substr(0, 2) && text.find_first_not_of('0', 2) == std::string_view::npos;
}

struct CodeSystem {
    std::string_view why;
    bool (*matches)(const RegisterEntry&, std::string_view folded);
};

/// Codes are ASCII; `lower` is folded already.
bool same_code(std::string_view code, std::string_view lower) {
    const auto same = [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    };
    return !code.empty() && std::ranges::equal(code, lower, same);
}

constexpr std::array code_systems{
    CodeSystem{"unit id",
               [](const RegisterEntry& e, std::string_view text) { return same_code(e.unit_id, text); }},
    CodeSystem{"ISO code",
               [](const RegisterEntry& e, std::string_view text) { return same_code(e.region_code, text); }},
    CodeSystem{"ISO numeric code",
               [](const RegisterEntry& e, std::string_view text) { return same_code(e.iso_numeric, text); }},
    CodeSystem{"p-code",
               [](const RegisterEntry& e, std::string_view text) { return same_code(e.pcode, text); }},
    CodeSystem{"KATO", [](const RegisterEntry& e, std::string_view text) { return same_kato(e.kato, text); }},
};

void add_name(NameIndex& index, std::size_t entry, std::string_view name, const std::string& why) {
    if (name.empty()) return;
    const auto folded = fold_name(name);
    if (folded.base.empty()) return;
    index.push_back({folded.base + std::string(folded.kind), {entry, why}});
}

/// Entries of the index under one folded name, first reason first, each unit once.
std::vector<std::pair<std::size_t, std::string>> lookup(const NameIndex& index, const std::string& folded) {
    std::vector<std::pair<std::size_t, std::string>> found;
    auto at = std::ranges::lower_bound(index, folded, {},
                                       [](const auto& item) -> const std::string& { return item.first; });
    for (; at != index.end() && at->first == folded; ++at) {
        const auto same = [&at](const auto& known) { return known.first == at->second.first; };
        if (std::ranges::none_of(found, same)) found.push_back(at->second);
    }
    return found;
}

/// A name with a kind means a unit written so, else a unit of that kind whose bare name it is; a bare name
/// means units that bear it bare, else units that bear it with a kind.
std::vector<std::pair<std::size_t, std::string>> find_named(const Register& reg, const NameIndex& index,
                                                            const FoldedName& name) {
    auto found = lookup(index, name.base + std::string(name.kind));
    if (!found.empty()) return found;
    if (name.kind == says_nothing) {
        found = lookup(index, name.base + std::string(says_oblast));
        for (auto& item : lookup(index, name.base + std::string(says_city)))
            found.push_back(std::move(item));
        return found;
    }
    const std::string_view kind = name.kind == says_city ? "city" : "oblast";
    found = lookup(index, name.base);
    std::erase_if(found, [&](const auto& item) { return reg.entries[item.first].kind != kind; });
    return found;
}

void take_units(Match& match, const Register& reg, std::vector<std::pair<std::size_t, std::string>> found,
                std::string_view vintage) {
    std::ranges::sort(found);
    std::vector<const RegisterEntry*> of_other_vintages;
    for (const auto& [entry, why] : found) {
        const auto& unit = reg.entries[entry];
        if (!in_vintage(unit, vintage)) {
            of_other_vintages.push_back(&unit);
            continue;
        }
        if (match.units.empty()) match.why = why;
        if (std::ranges::find(match.units, &unit) == match.units.end()) match.units.push_back(&unit);
    }
    if (!match.units.empty()) return;
    for (const auto* unit : of_other_vintages) {
        match.suggestions.push_back(fmt::format("{} ({}) is of vintage {}, not {}", unit->unit_id,
                                                unit->name.en, join_text(unit->vintages, " and "), vintage));
    }
}

void suggest_near_name(Match& match, const Register& reg, const NameIndex& index, const FoldedName& name,
                       std::string_view vintage) {
    std::vector<std::string> bases;
    for (const auto& [folded, item] : index)
        if (in_vintage(reg.entries[item.first], vintage)) bases.push_back(folded.substr(0, folded.find('/')));
    const auto near = nearest(name.base, bases);
    if (!near) return;
    std::vector<std::size_t> entries;
    for (const auto kind : {says_nothing, says_oblast, says_city})
        for (const auto& item : lookup(index, *near + std::string(kind)))
            entries.push_back(item.first);
    std::ranges::sort(entries);
    const auto repeated = std::ranges::unique(entries);
    entries.erase(repeated.begin(), repeated.end());
    for (const auto entry : entries) {
        const auto& unit = reg.entries[entry];
        if (in_vintage(unit, vintage))
            match.suggestions.push_back(fmt::format("{} ({})", unit.name.en, unit.unit_id));
    }
}

}  // namespace

Matcher::Matcher(const Register& reg, std::string vintage) : m_register(reg), m_vintage(std::move(vintage)) {
    // A vintage of the user's own, unknown to the register, cannot narrow anything.
    const auto known = [this](const RegisterEntry& entry) { return in_vintage(entry, m_vintage); };
    if (std::ranges::none_of(reg.entries, known)) m_vintage.clear();
    for (std::size_t i = 0; i < reg.entries.size(); ++i) {
        const auto& entry = reg.entries[i];
        add_name(m_index, i, entry.name.en, "name in English");
        add_name(m_index, i, entry.name.ru, "name in Russian");
        add_name(m_index, i, entry.name.kk, "name in Kazakh");
        for (const auto& variant : entry.variants)
            add_name(m_index, i, variant, "variant");
    }
    // Stable: of two reasons for one unit the name itself stays before the variant.
    std::ranges::stable_sort(m_index, {}, [](const auto& item) -> const std::string& { return item.first; });
}

Match Matcher::look_up(std::string_view text) const {
    Match match;
    const auto folded = fold(text);
    if (folded.empty()) return match;
    for (const auto& system : code_systems) {
        std::vector<std::pair<std::size_t, std::string>> found;
        for (std::size_t i = 0; i < m_register.entries.size(); ++i)
            if (system.matches(m_register.entries[i], folded)) found.emplace_back(i, system.why);
        take_units(match, m_register, std::move(found), m_vintage);
        if (!match.units.empty()) return match;
    }
    take_units(match, m_register, find_named(m_register, m_index, fold_name(text)), m_vintage);
    if (match.units.empty()) {
        if (const auto cyrillic = look_alikes_to_cyrillic(folded); cyrillic != folded) {
            Match second;
            take_units(second, m_register, find_named(m_register, m_index, fold_name(cyrillic)), m_vintage);
            second.why += ", with Latin letters read as the Cyrillic ones that they look like";
            second.look_alikes = true;
            if (!second.units.empty()) return second;
        }
    }
    return match;
}

Match Matcher::operator()(std::string_view text) const {
    auto match = look_up(text);
    if (match.units.empty() && match.suggestions.empty() && !fold(text).empty())
        suggest_near_name(match, m_register, m_index, fold_name(text), m_vintage);
    return match;
}

std::vector<const RegisterEntry*> Matcher::units_of(std::string_view text) const {
    return look_up(text).units;
}

Match match_unit(const Register& reg, std::string_view text, std::string_view vintage) {
    return Matcher(reg, std::string(vintage))(text);
}

}  // namespace tendik::join
