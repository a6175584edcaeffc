#include "tendik/join/merge_units.h"

#include "composition.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/join/match.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace tendik::join {
namespace {

/// One unit of the boundaries and the units of the table that make it up.
struct Merger {
    std::size_t region = 0;
    std::vector<const RegisterEntry*> parts;
    std::vector<const Figure*> rows;  ///< parallel to the parts; null: none
};

bool is_meant(const Figure& figure, const MergeOptions& options) {
    return (options.indicator.empty() || figure.indicator.empty() || figure.indicator == options.indicator) &&
           (!options.year || !figure.year || *figure.year == *options.year);
}

/// The vintage of the rows where it is another than that of the boundaries; empty: nothing to merge.
std::string other_vintage(const std::vector<const Figure*>& rows, const std::string& here,
                          const Register& reg) {
    std::set<std::string> stated;
    for (const auto* row : rows)
        stated.insert(row->vintage);
    if (stated.contains(here) || stated.size() != 1) return {};
    if (!stated.begin()->empty()) return *stated.begin();
    std::vector<std::string> keys;
    for (const auto* row : rows)
        keys.push_back(row->key);
    return vintage_of_newcomers(keys, here, reg);
}

/// Only mergers of which the table has at least one part.
std::vector<Merger> find_mergers(const Indicators& table, const std::vector<const Figure*>& rows,
                                 const Boundaries& boundaries, const Register& reg,
                                 const std::string& there) {
    std::map<std::string, std::vector<const Figure*>> rows_of;
    const Matcher matcher(reg, there);
    for (const auto* row : rows)
        if (const auto match = matcher(row->key); match.units.size() == 1)
            rows_of[match.units.front()->unit_id].push_back(row);
    const Composition composition(reg, boundaries.vintage, there);
    const auto ids = unit_ids_of(boundaries, reg);
    std::vector<Merger> mergers;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto* unit = find_unit(reg, ids[i]);
        if (unit == nullptr) continue;
        Merger merger{i, {}, {}};
        const auto parts = composition.parts_of(*unit);
        if (parts.size() < 2) continue;
        for (const auto& id : parts) {
            const auto& found = rows_of[id];
            if (found.size() > 1)
                throw InputError(
                    fmt::format("{}: two rows for one region: '{}' in line {} and '{}' in line {}",
                                table.source, found[0]->key, found[0]->line, found[1]->key, found[1]->line),
                    "choose one with --year, --indicator, --vintage or --where, or keep one row");
            merger.parts.push_back(find_unit(reg, id));
            merger.rows.push_back(found.empty() ? nullptr : found.front());
        }
        const auto has_row = [](const Figure* row) { return row != nullptr; };
        if (std::ranges::any_of(merger.rows, has_row)) mergers.push_back(std::move(merger));
    }
    return mergers;
}

std::string parts_text(const Merger& merger) {
    std::vector<std::string> names;
    for (const auto* part : merger.parts)
        names.push_back(part->name.en);
    return join_text(names, " + ");
}

[[noreturn]] void refuse_unmerged(const Indicators& table, const Boundaries& boundaries,
                                  const std::vector<Merger>& mergers, const std::string& there) {
    std::string list;
    for (const auto& merger : mergers)
        list += fmt::format("\n  {} of {} are {} of {}", parts_text(merger), there,
                            boundaries.regions[merger.region].name.en, boundaries.vintage);
    throw InputError(fmt::format("{}: the rows are of the units of {}, the boundaries of {}{}", table.source,
                                 there, boundaries.vintage, list),
                     "add --merge-units, or merge_units = true to the indicator: totals are summed, rates "
                     "need a weight column");
}

/// The weight that stands in the same row; one without a year holds for all of them.
double weight_of(const Indicators& table, const Indicators* weights, const Figure& row) {
    if (weights == nullptr)
        throw InputError(
            fmt::format("{}, line {}: '{}' merges with another unit, and a rate cannot be merged "
                        "without the population of both",
                        table.source, row.line, row.key),
            "name it with --weight COLUMN, or weight = \"COLUMN\" in the plan; a total is "
            "declared with --value-kind total, or kind = \"total\"");
    for (const auto& figure : weights->figures) {
        if (figure.line != row.line || (figure.year && row.year && figure.year != row.year)) continue;
        refuse_fault(figure);
        if (figure.value.present() && figure.value.number > 0.0) return figure.value.number;
    }
    throw InputError(fmt::format("{}, line {}: '{}' has no weight above zero to merge it by", table.source,
                                 row.line, row.key),
                     "write its population, or leave the rate empty");
}

/// What is absent in one part is absent in the whole; a part to which the indicator does not apply adds
/// nothing.
Value merged_value(const Indicators& table, const Indicators* weights, const Merger& merger,
                   IndicatorKind kind) {
    const bool is_total = kind == IndicatorKind::total || kind == IndicatorKind::count;
    double sum = 0.0;
    double weight_sum = 0.0;
    for (const auto* row : merger.rows) {
        refuse_fault(*row);
        if (row->value.state == State::not_applicable) continue;
        if (!row->value.present()) return Value::without(row->value.state);
        const double weight = is_total ? 1.0 : weight_of(table, weights, *row);
        sum += weight * row->value.number;
        weight_sum += weight;
    }
    if (weight_sum == 0.0) return Value::without(State::not_applicable);
    return Value::of(is_total ? sum : sum / weight_sum);
}

void refuse_absent_part(const Indicators& table, const Boundaries& boundaries, const Merger& merger) {
    for (std::size_t i = 0; i < merger.parts.size(); ++i) {
        if (merger.rows[i] != nullptr) continue;
        throw InputError(fmt::format("{}: {} cannot be put together from {}: no row for {}", table.source,
                                     boundaries.regions[merger.region].name.en, parts_text(merger),
                                     merger.parts[i]->name.en),
                         "add the row, with an empty value where it is not known");
    }
}

void report_merger(const Indicators& table, const Boundaries& boundaries, const Merger& merger,
                   const Figure& whole, const std::string& there, bool is_total, Findings& findings) {
    const auto& region = boundaries.regions[merger.region];
    if (!whole.value.present() && whole.value.state != State::not_applicable) {
        findings.add(Severity::warning, "unit-not-merged", fmt::format("region '{}'", region.key),
                     fmt::format("{}: {} of {} have no value together, as one of them is {}", table.source,
                                 parts_text(merger), there, to_text(whole.value.state)));
        return;
    }
    findings.add(
        Severity::note, "units-merged", fmt::format("region '{}'", region.key),
        fmt::format("{}: {} of {} are {} of {}, {}", table.source, parts_text(merger), there, region.name.en,
                    boundaries.vintage, is_total ? "summed" : "weighed by their population"));
}

Figure merged_figure(const Indicators& table, const Indicators* weights, const Boundaries& boundaries,
                     const Merger& merger, IndicatorKind kind) {
    refuse_absent_part(table, boundaries, merger);
    auto whole = *merger.rows.front();
    whole.key = boundaries.regions[merger.region].key;
    whole.value = merged_value(table, weights, merger, kind);
    std::vector<std::string> notes;
    for (const auto* row : merger.rows) {
        if (!row->note.empty() && std::ranges::find(notes, row->note) == notes.end())
            notes.push_back(row->note);
        if (whole.source.empty()) whole.source = row->source;
    }
    notes.push_back("merged from " + parts_text(merger));
    whole.note = join_text(notes, "; ");
    return whole;
}

}  // namespace

Indicators merge_units(const Indicators& table, const Indicators* weights, const Boundaries& boundaries,
                       const Register& reg, const MergeOptions& options, Findings& findings) {
    std::vector<const Figure*> rows;
    for (const auto& figure : table.figures)
        if (is_meant(figure, options)) rows.push_back(&figure);
    const auto& here = boundaries.vintage;
    const auto known = vintages_of(reg);
    const auto there = here.empty() ? std::string() : other_vintage(rows, here, reg);
    const auto is_known = [&known](const std::string& one) {
        return std::ranges::find(known, one) != known.end();
    };
    if (!is_known(here) || !is_known(there)) return table;
    const auto mergers = find_mergers(table, rows, boundaries, reg, there);
    if (mergers.empty()) return table;
    if (!options.merge) refuse_unmerged(table, boundaries, mergers, there);

    const bool is_total = options.kind == IndicatorKind::total || options.kind == IndicatorKind::count;
    std::map<const Figure*, const Merger*> merger_of;
    for (const auto& merger : mergers)
        for (const auto* row : merger.rows)
            merger_of[row] = &merger;
    Indicators merged{table.source, table.key_column, {}, table.dimensions, table.undeclared};
    std::set<const Merger*> done;
    for (const auto* row : rows) {
        const auto found = merger_of.find(row);
        if (found != merger_of.end() && !done.insert(found->second).second) continue;
        merged.figures.push_back(found == merger_of.end() ? *row
                                                          : merged_figure(table, weights, boundaries,
                                                                          *found->second, options.kind));
        if (!row->vintage.empty()) merged.figures.back().vintage = here;
        if (found != merger_of.end())
            report_merger(table, boundaries, *found->second, merged.figures.back(), there, is_total,
                          findings);
    }
    return merged;
}

}  // namespace tendik::join
