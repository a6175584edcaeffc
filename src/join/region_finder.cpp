#include "region_finder.h"

#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace tendik::join {
namespace {

constexpr std::string_view country_unit = "KZ";

/// Digits without leading zeros; nothing for other texts.
std::optional<std::string> stripped(const std::string& key) {
    if (key.empty() || key.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    const auto first = key.find_first_not_of('0');
    return first == std::string::npos ? std::string("0") : key.substr(first);
}

std::string name_units(const std::vector<const RegisterEntry*>& units) {
    std::string list;
    for (const auto* unit : units)
        list += fmt::format("{}{} ({})", list.empty() ? "" : " or ", unit->unit_id, unit->name.en);
    return list;
}

}  // namespace

RegionFinder::RegionFinder(const Boundaries& boundaries, const Register* reg)
    : m_boundaries(boundaries),
      m_register(reg) {
    for (std::size_t i = 0; i < boundaries.regions.size(); ++i) {
        const auto index = static_cast<RegionIndex>(static_cast<std::uint32_t>(i));
        const auto& key = boundaries.regions[i].key;
        m_region_by_key.emplace(key, index);
        m_key_by_folded.emplace(fold(key), key);
        if (const auto digits = stripped(key)) m_key_by_stripped.emplace(*digits, key);
    }
}

std::optional<RegionIndex> RegionFinder::region_of_unit(const std::string& unit_id) const {
    if (!m_region_by_unit) {
        m_region_by_unit.emplace();
        const auto& matcher_of_regions = matcher(m_boundaries.vintage);
        for (const auto& [key, region] : m_region_by_key) {
            const auto units = matcher_of_regions.units_of(key);
            if (units.size() != 1) continue;
            const auto [known, is_new] = m_region_by_unit->emplace(units.front()->unit_id, region);
            if (!is_new) known->second = std::min(known->second, region);
        }
    }
    const auto found = m_region_by_unit->find(unit_id);
    return found == m_region_by_unit->end() ? std::nullopt : std::optional(found->second);
}

const Matcher& RegionFinder::matcher(const std::string& vintage) const {
    auto found = m_matchers.find(vintage);
    if (found == m_matchers.end()) found = m_matchers.emplace(vintage, Matcher(*m_register, vintage)).first;
    return found->second;
}

bool RegionFinder::is_reused_code(const std::string& key) const {
    if (m_register == nullptr || find_unit(*m_register, key) != nullptr) return false;
    return std::ranges::count(m_register->entries, key, &RegisterEntry::region_code) > 1;
}

FoundRegion RegionFinder::find_reused(const std::string& key, const std::string& vintage) const {
    const bool regions_are_dated = !m_boundaries.vintage.empty() || !m_region_by_key.contains(key);
    if (!vintage.empty() && regions_are_dated) return find_in_register(key, vintage);
    FoundRegion found;
    found.is_ambiguous = true;
    found.text = name_units(matcher("")(key).units);
    if (!regions_are_dated) found.text += ", and the boundaries do not say their vintage";
    return found;
}

FoundRegion RegionFinder::find(const std::string& key, const std::string& vintage) const {
    if (is_reused_code(key)) return find_reused(key, vintage);
    FoundRegion found;
    if (const auto equal = m_region_by_key.find(key); equal != m_region_by_key.end()) {
        found.region = equal->second;
        return found;
    }
    if (key == country_unit) {
        found.is_country = true;
        return found;
    }
    if (m_register != nullptr) return find_in_register(key, vintage);
    found.text = suggestion(key);
    return found;
}

FoundRegion RegionFinder::find_in_register(const std::string& key, const std::string& vintage) const {
    FoundRegion found;
    auto match = matcher(vintage)(key);
    if (match.units.empty() && !vintage.empty()) {
        // A unit of another vintage matches nothing here, and is worth its name in the message.
        auto of_any = matcher("")(key);
        if (of_any.units.size() == 1) match = std::move(of_any);
    }
    if (match.units.size() > 1) {
        found.is_ambiguous = true;
        found.text = name_units(match.units);
        return found;
    }
    if (match.units.empty()) {
        found.text = suggestion(key);
        if (found.text.empty() && !match.suggestions.empty())
            found.text = fmt::format("did you mean {}?", join_text(match.suggestions, " or "));
        return found;
    }
    found.look_alikes = match.look_alikes;
    const auto& unit = *match.units.front();
    if (const auto region = region_of_unit(unit.unit_id)) {
        found.region = region;
    } else if (unit.kind == "country") {
        found.is_country = true;
    } else {
        found.text = fmt::format("{} ({}) of vintage {} is not among the regions", unit.unit_id, unit.name.en,
                                 join_text(unit.vintages, ", "));
    }
    return found;
}

std::string RegionFinder::suggestion(const std::string& key) const {
    if (const auto digits = stripped(key)) {
        if (const auto padded = m_key_by_stripped.find(*digits); padded != m_key_by_stripped.end())
            return fmt::format("would match '{}' after zero padding", padded->second);
    }
    if (const auto folded = m_key_by_folded.find(fold(key)); folded != m_key_by_folded.end())
        return fmt::format("would match '{}' but for upper and lower case or blanks", folded->second);
    std::vector<std::string> names;
    for (const auto& region : m_boundaries.regions) {
        names.push_back(region.key);
        for (const auto& name : {region.name.en, region.name.ru, region.name.kk})
            if (!name.empty()) names.push_back(name);
    }
    const auto near = nearest(key, names);
    return near ? fmt::format("did you mean '{}'?", *near) : std::string();
}

std::string RegionFinder::way_out(const std::vector<UnmatchedKey>& keys) const {
    std::size_t padded = 0;
    std::size_t folded = 0;
    std::map<std::string, std::set<std::string>> keys_by_column;  // districts of one oblast bear it alike
    for (const auto& key : keys) {
        const auto digits = stripped(key.key);
        padded += digits ? m_key_by_stripped.count(*digits) : 0;
        folded += m_key_by_folded.count(fold(key.key));
        for (const auto& region : m_boundaries.regions)
            for (const auto& [column, text] : region.attributes)
                if (text == key.key) keys_by_column[column].insert(text);
    }
    if (padded > 0) return fmt::format("{} would match after zero padding", padded);
    if (folded > 0) return fmt::format("{} would match but for upper and lower case or blanks", folded);
    const auto best =
        std::ranges::max_element(keys_by_column, {}, [](const auto& pair) { return pair.second.size(); });
    if (best == keys_by_column.end()) return {};
    return fmt::format("{} would match column '{}' of the boundaries", best->second.size(), best->first);
}

}  // namespace tendik::join
