#include "tendik/join/weights.h"

#include "composition.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/join/match.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace tendik::join {
namespace {

/// Figures of one denominator in one year and one vintage.
using UnitFigures = std::map<std::string, Value>;
struct Edition {
    int year = 0;
    std::string vintage;
    UnitFigures figures;
};

std::vector<Edition> editions_of(const Indicators& totals, const std::string& indicator,
                                 const Register& reg) {
    std::map<std::string, Matcher> matcher_by_vintage;
    std::map<std::pair<int, std::string>, Edition> editions;
    for (const auto& figure : totals.figures) {
        if (figure.indicator != indicator && !figure.indicator.empty()) continue;
        refuse_fault(figure);
        const int year = figure.year.value_or(0);
        auto& edition = editions[{year, figure.vintage}];
        edition.year = year;
        edition.vintage = figure.vintage;
        auto matcher = matcher_by_vintage.find(figure.vintage);
        if (matcher == matcher_by_vintage.end())
            matcher = matcher_by_vintage.emplace(figure.vintage, Matcher(reg, figure.vintage)).first;
        const auto match = matcher->second(figure.key);
        const auto& id = match.units.size() == 1 ? match.units.front()->unit_id : figure.key;
        if (!edition.figures.emplace(id, figure.value).second) {
            throw InputError(fmt::format("{}, line {}: a second figure of '{}' for '{}' in {}", totals.source,
                                         figure.line, indicator, figure.key, year),
                             "keep one row for each region, year and vintage");
        }
    }
    std::vector<Edition> result;
    for (auto& [key, edition] : editions)
        result.push_back(std::move(edition));
    return result;
}

struct Candidate {
    const Edition* edition = nullptr;
    Column column;
    bool own_vintage = false;
};

Value sum_of(const UnitFigures& figures, const std::vector<std::string>& parts) {
    double sum = 0.0;
    std::size_t not_applicable = 0;
    for (const auto& id : parts) {
        const auto found = figures.find(id);
        if (found == figures.end()) return Value::without(State::missing);
        // A city without a rural part has no rural population: that is no gap in the data.
        if (found->second.state == State::not_applicable) {
            ++not_applicable;
            continue;
        }
        if (!found->second.present()) return Value::without(State::missing);
        sum += found->second.number;
    }
    if (!parts.empty() && not_applicable == parts.size()) return Value::without(State::not_applicable);
    // Nobody lives there, or the figure is wrong: such a region cannot be weighed.
    return sum > 0.0 ? Value::of(sum) : Value::without(State::missing);
}

Candidate candidate_of(const Edition& edition, const Boundaries& boundaries,
                       const std::vector<std::string>& ids, const Register& reg) {
    Candidate candidate;
    candidate.edition = &edition;
    candidate.own_vintage =
        edition.vintage.empty() || boundaries.vintage.empty() || edition.vintage == boundaries.vintage;
    const Composition composition(reg, boundaries.vintage, edition.vintage);
    for (const auto& id : ids) {
        const auto* unit = find_unit(reg, id);
        const auto parts = candidate.own_vintage || unit == nullptr ? std::vector<std::string>{id}
                                                                    : composition.parts_of(*unit);
        candidate.column.push_back(sum_of(edition.figures, parts));
    }
    return candidate;
}

/// Nearest year first, of two equally near the earlier; within a year the vintage of the boundaries first.
/// Without a wanted year the latest one counts.
std::vector<const Edition*> by_preference(const std::vector<Edition>& editions, const std::string& vintage,
                                          std::optional<int> year) {
    std::vector<const Edition*> order;
    int latest = 0;
    for (const auto& edition : editions) {
        order.push_back(&edition);
        latest = std::max(latest, edition.year);
    }
    const int wanted = year.value_or(latest);
    std::ranges::stable_sort(order, {}, [&](const Edition* edition) {
        const bool own = edition->vintage == vintage || edition->vintage.empty();
        return std::tuple(std::abs(edition->year - wanted), edition->year, own ? 0 : 1, edition->vintage);
    });
    return order;
}

/// The first edition of the vintage itself with any figure, or the first of another vintage that weighs every
/// region; where there is neither, the one that weighs most regions.
std::optional<Candidate> choose(const std::vector<const Edition*>& order, const Boundaries& boundaries,
                                const Register& reg) {
    const auto ids = unit_ids_of(boundaries, reg);
    std::optional<Candidate> best;
    for (const auto* edition : order) {
        auto candidate = candidate_of(*edition, boundaries, ids, reg);
        const auto count = present_count(candidate.column);
        if (count == 0) continue;
        if (candidate.own_vintage || count == ids.size()) return candidate;
        if (!best || count > present_count(best->column)) best = std::move(candidate);
    }
    return best;
}

void report(const Candidate& candidate, const Boundaries& boundaries, const WeightChoice& choice,
            const Indicators& totals, Findings& findings) {
    const auto found = candidate.edition->year;
    if (!candidate.own_vintage) {
        findings.add(Severity::note, "weight-of-other-vintage", totals.source,
                     fmt::format("'{}' of {} stands in vintage {}; units are summed to those of {}",
                                 choice.indicator, found, candidate.edition->vintage, boundaries.vintage));
    }
    for (std::size_t i = 0; i < candidate.column.size(); ++i) {
        if (candidate.column[i].present() || candidate.column[i].state == State::not_applicable) continue;
        findings.add(Severity::warning, "no-weight", fmt::format("region '{}'", boundaries.regions[i].key),
                     fmt::format("{} has no weight: '{}' of {} has no figure above 0 for it",
                                 boundaries.regions[i].name.en, choice.indicator, found));
    }
}

/// "2010-2013, 2015" of ascending years.
std::string in_ranges(const std::set<int>& years) {
    std::vector<std::string> ranges;
    for (auto at = years.begin(); at != years.end();) {
        const int first = *at;
        int last = first;
        while (++at != years.end() && *at == last + 1)
            last = *at;
        ranges.push_back(first == last ? std::to_string(first) : fmt::format("{}-{}", first, last));
    }
    return join_text(ranges, ", ");
}

}  // namespace

void report_weight_years(const std::vector<WeightUse>& uses, Findings& findings) {
    std::vector<std::pair<WeightUse, std::set<int>>> folded;
    for (const auto& use : uses) {
        // A denominator without a year (an area) holds for all of them.
        if (!use.year || use.found_year == *use.year || use.found_year == 0) continue;
        const auto same = [&use](const auto& other) {
            const auto& known = other.first;
            return known.indicator == use.indicator && known.denominator == use.denominator &&
                   known.table == use.table && known.found_year == use.found_year;
        };
        auto found = std::ranges::find_if(folded, same);
        if (found == folded.end()) found = folded.insert(folded.end(), {use, {}});
        found->second.insert(*use.year);
    }
    for (const auto& [use, years] : folded)
        findings.add(Severity::warning, "weight-of-other-year", use.table,
                     fmt::format("'{}' of {} takes '{}' of {}: that has no figures of its years that fit",
                                 use.indicator, in_ranges(years), use.denominator, use.found_year));
}

Weights find_weights(const Boundaries& boundaries, const WeightChoice& choice, const Indicators& totals,
                     const Register& reg, std::optional<int> year, Findings& findings) {
    const auto editions = editions_of(totals, choice.indicator, reg);
    const auto chosen = choose(by_preference(editions, boundaries.vintage, year), boundaries, reg);
    if (!chosen) {
        throw InputError(fmt::format("{}: no year of '{}' has a figure for the regions of '{}'",
                                     totals.source, choice.indicator, boundaries.source),
                         editions.empty() ? fmt::format("the table has no row of '{}'", choice.indicator)
                                          : "the keys of the table name none of the regions, in any year");
    }
    report(*chosen, boundaries, choice, totals, findings);
    Weights weights;
    weights.column = chosen->column;
    weights.indicator = choice.indicator;
    weights.year = chosen->edition->year;
    weights.stand_in = choice.stand_in;
    weights.text = choice.text;
    return weights;
}

}  // namespace tendik::join
