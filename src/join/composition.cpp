#include "composition.h"

#include "tendik/join/match.h"

#include <algorithm>
#include <utility>

namespace tendik::join {
namespace {

bool names(const std::vector<std::string>& ids, const std::string& id) {
    return std::ranges::find(ids, id) != ids.end();
}

/// Whether `unit` came out of the unit `id`, at once or over several steps.
bool descends_from(const Register& reg, const RegisterEntry& unit, const std::string& id, int depth = 0) {
    if (names(unit.predecessors, id)) return true;
    if (depth > 8) return false;  // a register that names a unit as its own ancestor
    return std::ranges::any_of(unit.predecessors, [&](const std::string& parent) {
        const auto* entry = find_unit(reg, parent);
        return entry != nullptr && descends_from(reg, *entry, id, depth + 1);
    });
}

}  // namespace

bool is_in(const RegisterEntry& entry, const std::string& vintage) { return names(entry.vintages, vintage); }

std::vector<std::string> vintages_of(const Register& reg) {
    std::vector<std::string> vintages;
    for (const auto& entry : reg.entries)
        for (const auto& vintage : entry.vintages)
            if (std::ranges::find(vintages, vintage) == vintages.end()) vintages.push_back(vintage);
    return vintages;
}

std::string vintage_of_newcomers(const std::vector<std::string>& keys, const std::string& here,
                                 const Register& reg) {
    const Matcher matcher(reg, {});
    std::vector<const RegisterEntry*> newcomers;
    for (const auto& key : keys) {
        const auto match = matcher(key);
        if (match.units.size() == 1 && !is_in(*match.units.front(), here))
            newcomers.push_back(match.units.front());
    }
    if (newcomers.empty()) return {};
    for (const auto& vintage : vintages_of(reg)) {
        const auto has = [&vintage](const RegisterEntry* unit) { return is_in(*unit, vintage); };
        if (vintage != here && std::ranges::all_of(newcomers, has)) return vintage;
    }
    return {};
}

Composition::Composition(const Register& reg, std::string here, std::string there)
    : m_register(reg),
      m_here(std::move(here)),
      m_there(std::move(there)) {}

std::vector<std::string> Composition::parts_of(const RegisterEntry& unit) const {
    std::vector<std::string> parts;
    for (const auto& entry : m_register.entries) {
        const bool new_there = is_in(entry, m_there) && !is_in(entry, m_here);
        const bool new_here = is_in(entry, m_here) && !is_in(entry, m_there);
        if (entry.unit_id == unit.unit_id || !descends_from(m_register, entry, unit.unit_id)) continue;
        if (new_here && is_in(unit, m_there)) return {};
        if (new_there) parts.push_back(entry.unit_id);
    }
    if (is_in(unit, m_there)) {
        parts.insert(parts.begin(), unit.unit_id);
        return parts;
    }
    if (!parts.empty()) return all_heirs_are_there(unit) ? parts : std::vector<std::string>();
    return whole_predecessors(unit);
}

bool Composition::all_heirs_are_there(const RegisterEntry& unit) const {
    return std::ranges::all_of(unit.successors, [&](const std::string& id) {
        const auto* heir = find_unit(m_register, id);
        if (heir == nullptr) return false;
        if (is_in(*heir, m_there)) return true;
        return std::ranges::any_of(m_register.entries, [&](const RegisterEntry& entry) {
            return is_in(entry, m_there) && descends_from(m_register, entry, id);
        });
    });
}

std::vector<std::string> Composition::whole_predecessors(const RegisterEntry& unit) const {
    for (const auto& id : unit.predecessors) {
        const auto* parent = find_unit(m_register, id);
        if (parent == nullptr || !is_in(*parent, m_there) || is_in(*parent, m_here)) return {};
        for (const auto& entry : m_register.entries)
            if (entry.unit_id != unit.unit_id && is_in(entry, m_here) && names(entry.predecessors, id))
                return {};
    }
    return unit.predecessors;
}

std::vector<std::string> unit_ids_of(const Boundaries& boundaries, const Register& reg) {
    const Matcher matcher(reg, boundaries.vintage);
    std::vector<std::string> ids;
    for (const auto& region : boundaries.regions) {
        const auto match = matcher(region.key);
        ids.push_back(match.units.size() == 1 ? match.units.front()->unit_id : region.key);
    }
    return ids;
}

}  // namespace tendik::join
