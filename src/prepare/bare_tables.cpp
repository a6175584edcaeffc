// Tables without boundaries: are their rows units of the register, and of which time?
#include "bare_tables.h"

#include "tendik/base/error.h"
#include "tendik/join/carry_units.h"
#include "tendik/join/total_rows.h"
#include "tendik/prepare/raster_tables.h"
#include "tendik/topology/check.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::prepare {
namespace {

bool names_country(const std::vector<const RegisterEntry*>& units) {
    return units.size() == 1 && units.front()->kind == "country";
}

bool is_in(const RegisterEntry& entry, const std::string& vintage) {
    return std::ranges::find(entry.vintages, vintage) != entry.vintages.end();
}

/// Distinct keys of the rows of that indicator, year and vintage, in order of first use.
std::vector<std::string> keys_of(const Indicators& table, const std::string& code, std::optional<int> year,
                                 const std::string& vintage) {
    std::vector<std::string> keys;
    std::set<std::string> seen;
    for (const auto& figure : table.figures) {
        const bool wanted = (code.empty() || figure.indicator.empty() || figure.indicator == code) &&
                            (!year || !figure.year || *figure.year == *year) &&
                            (vintage.empty() || figure.vintage.empty() || figure.vintage == vintage);
        if (wanted && seen.insert(figure.key).second) keys.push_back(figure.key);
    }
    return keys;
}

struct Fit {
    bool whole = false;          ///< every key means one region, and every region has one
    std::size_t keys_alone = 0;  ///< that mean none
};

bool is_better(const Fit& one, const Fit& other) {
    return one.whole != other.whole ? one.whole : one.keys_alone < other.keys_alone;
}

Fit fit_of(const std::vector<std::string>& keys, const Register& reg, const join::Matcher& matcher,
           const std::string& vintage) {
    Fit fit{true, 0};
    std::set<const RegisterEntry*> met;
    for (const auto& key : keys) {
        const auto units = matcher.units_of(key);
        if (join::names_total(key) || names_country(units)) continue;
        fit.whole = fit.whole && units.size() == 1;
        if (units.empty()) ++fit.keys_alone;
        met.insert(units.begin(), units.end());
    }
    for (const auto& entry : reg.entries)
        if (entry.kind != "country" && is_in(entry, vintage) && !met.contains(&entry)) fit.whole = false;
    return fit;
}

/// Regions without geometry, one for each key of the table in order of first use.
Boundaries regions_of_table(const Indicators& table, const join::Matcher& matcher) {
    Boundaries boundaries;
    boundaries.source = table.source;
    boundaries.key_column = table.key_column;
    boundaries.crs = wgs84;
    for (const auto& key : keys_of(table, {}, std::nullopt, {})) {
        if (join::names_total(key) || names_country(matcher.units_of(key))) continue;
        Region region;
        region.key = key;
        region.name = {key, key, key};
        boundaries.regions.push_back(std::move(region));
    }
    return boundaries;
}

}  // namespace

std::size_t add_boundaries(Loading& loading, const BoundarySource& source, bool nested) {
    auto boundaries = load_boundaries(source, loading.findings);
    while_doing(fmt::format("checking boundaries '{}'", source.file),
                [&] { topology::check_coverage(boundaries, loading.findings, nested); });
    join::refuse_wrong_vintage(boundaries, loading.prepared.reg);
    auto& all = loading.prepared.atlas.boundaries;
    all.push_back(std::move(boundaries));
    return all.size() - 1;
}

BareTables::BareTables(Loading& loading) : m_loading(loading) {}

const join::Matcher& BareTables::matcher(const std::string& vintage) {
    auto found = m_matchers.find(vintage);
    if (found == m_matchers.end())
        found = m_matchers.emplace(vintage, join::Matcher(m_loading.prepared.reg, vintage)).first;
    return found->second;
}

BareTables::Rows BareTables::rows_of(const TableSource& source, const Indicators& table) {
    return {source.file, source.sheet, table.key_column};
}

bool BareTables::holds_units(const TableSource& source, const Indicators& table) {
    if (m_loading.plan.known_boundaries.empty()) return false;
    const auto rows = rows_of(source, table);
    const auto known = m_holds_units.find(rows);
    if (known != m_holds_units.end()) return known->second;
    std::size_t units = 0;
    std::size_t others = 0;
    for (const auto& key : keys_of(table, {}, std::nullopt, {})) {
        const auto named = matcher({}).units_of(key);
        if (join::names_total(key) || names_country(named)) continue;
        ++(named.empty() ? others : units);
    }
    return m_holds_units.emplace(rows, units > others).first->second;
}

std::size_t BareTables::known_boundaries(std::size_t source) {
    const auto found = m_known.find(source);
    if (found != m_known.end()) return found->second;
    const auto index = add_boundaries(m_loading, m_loading.plan.known_boundaries[source], false);
    return m_known.emplace(source, index).first->second;
}

void BareTables::tell(const Indicators& table, const std::string& vintage) {
    if (!m_told.emplace(table.source, vintage).second) return;
    m_loading.findings.add(
        Severity::note, "built-in-units", table.source,
        fmt::format("the keys are built-in units of vintage {}: they are joined to its boundaries; --vintage "
                    "names another, --vintage none takes every row as a region of its own",
                    vintage));
}

Ground BareTables::find_ground(const TableSource& source, const Indicators& table, const std::string& code,
                               std::optional<int> year) {
    if (!holds_units(source, table)) {
        const auto rows = rows_of(source, table);
        const auto found = m_rows_as_regions.find(rows);
        if (found != m_rows_as_regions.end()) return {found->second, {}};
        auto& all = m_loading.prepared.atlas.boundaries;
        all.push_back(regions_of_table(table, matcher({})));
        return {m_rows_as_regions.emplace(rows, all.size() - 1).first->second, {}};
    }
    const auto& sources = m_loading.plan.known_boundaries;
    std::size_t best = 0;
    std::optional<Fit> best_fit;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const auto& vintage = sources[i].vintage;
        const auto keys = keys_of(table, code, year, vintage);
        if (keys.empty()) continue;
        const auto fit = fit_of(keys, m_loading.prepared.reg, matcher(vintage), vintage);
        if (best_fit && !is_better(fit, *best_fit)) continue;
        best = i;
        best_fit = fit;
    }
    tell(table, sources[best].vintage);
    return {known_boundaries(best), best_fit && best_fit->whole ? sources[best].vintage : std::string()};
}

}  // namespace tendik::prepare
