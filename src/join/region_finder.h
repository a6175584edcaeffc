#pragma once

#include "tendik/join/join.h"
#include "tendik/join/match.h"
#include "tendik/model/boundaries.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tendik::join {

/// What one key of a table turned out to name.
struct FoundRegion {
    std::optional<RegionIndex> region;
    bool is_country = false;
    bool is_ambiguous = false;
    bool look_alikes = false;  ///< Latin letters in a Cyrillic name were read as Cyrillic ones
    std::string text;          ///< ambiguous: the units; nothing found: a suggestion, may be empty
};

/// Finds regions by equal keys, then through the register. A code that names different units at different
/// times (KZ-YUZ) joins only where both sides state the same vintage.
class RegionFinder {
public:
    RegionFinder(const Boundaries& boundaries, const Register* reg);

    /// `vintage`: of the row or of the whole table; empty when nobody said it.
    FoundRegion find(const std::string& key, const std::string& vintage) const;

    /// How the unmatched keys would match: "17 would match after zero padding"; empty when no way is known.
    std::string way_out(const std::vector<UnmatchedKey>& keys) const;

private:
    const Matcher& matcher(const std::string& vintage) const;
    bool is_reused_code(const std::string& key) const;
    FoundRegion find_reused(const std::string& key, const std::string& vintage) const;
    FoundRegion find_in_register(const std::string& key, const std::string& vintage) const;
    std::string suggestion(const std::string& key) const;
    std::optional<RegionIndex> region_of_unit(const std::string& unit_id) const;

    const Boundaries& m_boundaries;
    const Register* m_register;
    std::map<std::string, RegionIndex> m_region_by_key;
    std::map<std::string, std::string> m_key_by_stripped;  ///< keys of digits without leading zeros
    std::map<std::string, std::string> m_key_by_folded;
    // Made when first needed: keys that are equal ask no register.
    mutable std::map<std::string, Matcher> m_matchers;  ///< by vintage
    mutable std::optional<std::map<std::string, RegionIndex>> m_region_by_unit;
};

}  // namespace tendik::join
