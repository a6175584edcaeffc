#pragma once

#include "tendik/model/register.h"

#include <string>
#include <string_view>
#include <vector>

namespace tendik::join {

/// What a text names, and why.
struct Match {
    std::vector<const RegisterEntry*> units;  ///< none: no match; several: ambiguous
    std::string why;                          ///< "unit id", "KATO", "name in Russian", "variant", ...
    bool look_alikes = false;                 ///< Latin letters in a Cyrillic name were read as Cyrillic ones
    std::vector<std::string> suggestions;     ///< near names when nothing matches
};

/// Looks `text` up among unit ids, codes (ISO alphabetic and numeric, KATO full or prefix, p-code) and names
/// in three languages with their variants, after NFC, case folding and unification of abbreviations ("обл.",
/// "г.", "қ.", hyphens, dots). `vintage` ("pre-2018", "2018", "2022") narrows the candidates; empty: all. A
/// bare name of both an oblast and a city ("Almaty") stays ambiguous. A Cyrillic name typed with Latin
/// letters that look alike matches, and `why` says so.
Match match_unit(const Register& reg, std::string_view text, std::string_view vintage);

/// match_unit for many texts: one index built once.
class Matcher {
public:
    Matcher(const Register& reg, std::string vintage);
    Match operator()(std::string_view text) const;
    /// Only the units, without looking for near names: for tables of many keys.
    std::vector<const RegisterEntry*> units_of(std::string_view text) const;

private:
    Match look_up(std::string_view text) const;

    const Register& m_register;
    std::string m_vintage;
    /// Folded name, entry, why; sorted by the name.
    std::vector<std::pair<std::string, std::pair<std::size_t, std::string>>> m_index;
};

}  // namespace tendik::join
