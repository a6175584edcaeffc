#include "tendik/join/carry_units.h"

#include "composition.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace tendik::join {
namespace {

void check(const Boundaries& boundaries, const Register& reg, const std::string& there) {
    const auto known = vintages_of(reg);
    if (std::ranges::find(known, there) == known.end())
        throw InputError(fmt::format("figures are to be inherited from the units of '{}', and the register "
                                     "knows no such vintage",
                                     there),
                         known.empty() ? "the register states no vintages: add columns of them"
                                       : fmt::format("it knows: {}", join_text(known, ", ")));
    if (boundaries.vintage.empty())
        throw InputError(fmt::format("boundaries '{}' do not say their vintage, so it is not known what they "
                                     "inherit from the units of {}",
                                     boundaries.source, there),
                         fmt::format("add --vintage, or vintage = \"...\" to the boundaries: one of {}",
                                     join_text(known, ", ")));
    if (boundaries.vintage == there)
        throw InputError(
            fmt::format("boundaries '{}' are of vintage {} themselves: there is nothing to inherit",
                        boundaries.source, there),
            "leave --inherit-from (inherit_from) out, or name boundaries of another vintage");
}

/// The divided unit of `there` for each unit of `here` that is a part of one.
std::map<std::string, const RegisterEntry*> whole_by_part(const Register& reg, const std::string& here,
                                                          const std::string& there) {
    std::map<std::string, const RegisterEntry*> wholes;
    const Composition of_wholes(reg, there, here);
    for (const auto& entry : reg.entries) {
        if (!is_in(entry, there)) continue;
        const auto parts = of_wholes.parts_of(entry);
        if (parts.size() < 2) continue;
        for (const auto& part : parts)
            wholes.emplace(part, &entry);
    }
    return wholes;
}

UnitOrigin origin_of(const RegisterEntry& unit, const Composition& composition, const Register& reg,
                     const std::map<std::string, const RegisterEntry*>& wholes, const std::string& there) {
    if (const auto whole = wholes.find(unit.unit_id); whole != wholes.end()) return {whole->second, true};
    const auto parts = composition.parts_of(unit);
    if (parts.size() > 1)
        throw InputError(
            fmt::format("{} was put together from {} of {}: that is a merger, and no inheritance",
                        unit.name.en, join_text(parts, " + "), there),
            "use --merge-units (merge_units = true) instead of --inherit-from (inherit_from)");
    return {parts.empty() ? nullptr : find_unit(reg, parts.front()), false};
}

std::map<std::string, std::size_t> index_by_key(const Boundaries& boundaries) {
    std::map<std::string, std::size_t> indices;
    for (std::size_t i = 0; i < boundaries.regions.size(); ++i)
        indices.emplace(boundaries.regions[i].key, i);
    return indices;
}

/// The regions that came out of each divided unit, in the order of the regions.
std::map<const RegisterEntry*, std::vector<std::size_t>> parts_by_unit(
    const std::vector<UnitOrigin>& origins) {
    std::map<const RegisterEntry*, std::vector<std::size_t>> parts;
    for (std::size_t i = 0; i < origins.size(); ++i)
        if (origins[i].is_part) parts[origins[i].unit].push_back(i);
    return parts;
}

}  // namespace

std::vector<UnitOrigin> find_origins(const Boundaries& boundaries, const Register& reg,
                                     const std::string& there) {
    check(boundaries, reg, there);
    const auto wholes = whole_by_part(reg, boundaries.vintage, there);
    const Composition composition(reg, boundaries.vintage, there);
    std::vector<UnitOrigin> origins;
    for (const auto& id : unit_ids_of(boundaries, reg)) {
        const auto* unit = find_unit(reg, id);
        origins.push_back(unit == nullptr ? UnitOrigin{} : origin_of(*unit, composition, reg, wholes, there));
    }
    return origins;
}

Boundaries units_of(const std::vector<UnitOrigin>& origins, const std::string& there,
                    const std::string& source) {
    Boundaries units;
    units.source = source;
    units.vintage = there;
    units.key_column = "unit_id";
    units.crs = wgs84;
    std::set<const RegisterEntry*> seen;
    for (const auto& origin : origins) {
        if (origin.unit == nullptr || !seen.insert(origin.unit).second) continue;
        Region region;
        region.key = origin.unit->unit_id;
        region.name = origin.unit->name;
        region.kind = origin.unit->kind;
        units.regions.push_back(std::move(region));
    }
    return units;
}

Column carry_over(const Column& values, const Boundaries& units, const std::vector<UnitOrigin>& origins,
                  OfParts of_parts) {
    const auto indices = index_by_key(units);
    Column carried;
    for (const auto& origin : origins) {
        if (origin.unit == nullptr) {
            carried.push_back(Value::without(State::unmatched));
            continue;
        }
        const auto& value = values.at(indices.at(origin.unit->unit_id));
        if (!origin.is_part || !value.present())
            carried.push_back(value);
        else
            carried.push_back(of_parts == OfParts::inherit ? Value::inherit(value.number)
                                                           : Value::without(State::unmatched));
    }
    return carried;
}

Column split_totals(const Column& inherited, const std::vector<UnitOrigin>& origins, const Column& weights,
                    const Boundaries& boundaries) {
    auto split = inherited;
    for (const auto& [unit, parts] : parts_by_unit(origins)) {
        double sum = 0.0;
        for (const auto part : parts) {
            if (!inherited[part].inherited) continue;
            if (!weights[part].present())
                throw InputError(fmt::format("the total of {} cannot be shared out: {} has no weight",
                                             unit->name.en, boundaries.regions[part].name.en),
                                 "name another denominator with --split-totals (split_totals)");
            sum += weights[part].number;
        }
        for (const auto part : parts)
            if (inherited[part].inherited)
                split[part] = Value::inherit(inherited[part].number * (weights[part].number / sum));
    }
    return split;
}

std::vector<std::string> divisions_text(const std::vector<UnitOrigin>& origins, const Boundaries& boundaries,
                                        const std::string& there) {
    std::vector<std::string> lines;
    std::set<const RegisterEntry*> told;
    const auto all_parts = parts_by_unit(origins);
    for (const auto& origin : origins) {
        if (!origin.is_part || !told.insert(origin.unit).second) continue;
        std::vector<std::string> names;
        for (const auto part : all_parts.at(origin.unit))
            names.push_back(boundaries.regions[part].name.en);
        lines.push_back(fmt::format("{} of {} is {} of {}", origin.unit->name.en, there,
                                    join_text(names, " + "), boundaries.vintage));
    }
    return lines;
}

void refuse_wrong_vintage(const Boundaries& boundaries, const Register& reg) {
    const auto known = vintages_of(reg);
    if (boundaries.vintage.empty() || known.empty()) return;
    const auto list = join_text(known, ", ");
    if (std::ranges::find(known, boundaries.vintage) == known.end())
        throw InputError(
            fmt::format("boundaries '{}': there is no vintage '{}'", boundaries.source, boundaries.vintage),
            fmt::format("the register '{}' knows: {}; leave the vintage out for boundaries that it does not "
                        "speak of",
                        reg.source, list));
    std::string strangers;
    for (const auto& region : boundaries.regions) {
        const auto* unit = find_unit(reg, region.key);
        if (unit == nullptr || unit->vintages.empty() || is_in(*unit, boundaries.vintage)) continue;
        strangers += fmt::format("\n  '{}' ({}) is a unit of {}", unit->unit_id, unit->name.en,
                                 join_text(unit->vintages, ", "));
    }
    if (!strangers.empty())
        throw InputError(fmt::format("boundaries '{}' are said to be of vintage {}, and hold units that it "
                                     "does not have{}",
                                     boundaries.source, boundaries.vintage, strangers),
                         fmt::format("state their own vintage: one of {}", list));
}

}  // namespace tendik::join
