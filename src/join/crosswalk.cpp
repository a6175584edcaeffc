// Areal interpolation between two sets of boundaries (Goodchild & Lam, Geo-Processing 1:297, 1980),
// conserving totals.
#include "tendik/join/crosswalk.h"

#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/geom/box_pairs.h"
#include "tendik/geom/geodesic.h"
#include "tendik/geom/validity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace tendik {

std::string_view to_text(Passage passage) {
    static constexpr std::array<std::string_view, 5> words{"same", "renamed", "merged", "split", "shifted"};
    return words.at(static_cast<std::size_t>(passage));
}

namespace join {
namespace {

constexpr double reported_outside_share = 0.01;

/// What rows of one region add up to.
using Totals = std::vector<double>;

void check_options(const CrosswalkOptions& options) {
    if (!(options.same_share > 0.5 && options.same_share <= 1.0))
        throw InputError(fmt::format("the share from which regions are the same is {}", options.same_share),
                         "above 0.5 to 1; 0.9 is usual");
    if (!(options.sliver_share >= 0.0 && options.sliver_share <= 0.1))
        throw InputError(fmt::format("the share below which a piece is a sliver is {}", options.sliver_share),
                         "0 to 0.1");
}

std::vector<double> areas_of(const Boundaries& boundaries) {
    std::vector<double> areas;
    for (const auto& region : boundaries.regions)
        areas.push_back(geom::geodesic_area_km2(region.shape));
    return areas;
}

bool called_alike(const Region& a, const Region& b) {
    return a.key == b.key || (!a.name.en.empty() && fold(a.name.en) == fold(b.name.en));
}

Passage passage_of(double share_of_source, double share_of_target, const Region& source, const Region& target,
                   double same_share) {
    const bool in_target = share_of_source >= same_share;
    const bool in_source = share_of_target >= same_share;
    if (in_target && in_source) return called_alike(source, target) ? Passage::same : Passage::renamed;
    if (in_target) return Passage::merged;
    return in_source ? Passage::split : Passage::shifted;
}

double share(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

Totals sums(const std::vector<CrosswalkRow>& rows, std::size_t count, std::size_t CrosswalkRow::*region,
            double CrosswalkRow::*what) {
    std::vector<CompensatedSum> all(count);
    for (const auto& row : rows)
        all[row.*region].add(row.*what);
    Totals totals;
    for (const auto& sum : all)
        totals.push_back(sum.value());
    return totals;
}

/// A source of which nothing is known to weigh by is shared out by its ground.
void weigh_empty_sources_by_area(std::vector<CrosswalkRow>& rows, const Boundaries& from,
                                 const std::string& weighed_by, Findings& findings) {
    const auto totals = sums(rows, from.regions.size(), &CrosswalkRow::source, &CrosswalkRow::amount);
    std::vector<bool> told(from.regions.size());
    for (auto& row : rows) {
        if (totals[row.source] > 0.0) continue;
        row.amount = row.area_km2;
        if (told[row.source]) continue;
        told[row.source] = true;
        findings.add(Severity::warning, "no-weight", from.regions[row.source].key,
                     fmt::format("'{}' has nothing in {} and is shared out by area",
                                 from.regions[row.source].name.en, weighed_by));
    }
}

std::vector<CrosswalkRow> rows_of(const Boundaries& from, const Boundaries& to,
                                  const std::vector<SharedPiece>& pieces, const std::vector<double>* amounts,
                                  const CrosswalkOptions& options) {
    const auto source_areas = areas_of(from);
    const auto target_areas = areas_of(to);
    std::vector<CrosswalkRow> rows;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto& piece = pieces[i];
        const auto of_source = share(piece.area_km2, source_areas[piece.source]);
        const auto of_target = share(piece.area_km2, target_areas[piece.target]);
        if (of_source < options.sliver_share && of_target < options.sliver_share) continue;
        CrosswalkRow row;
        row.source = piece.source;
        row.target = piece.target;
        row.area_km2 = piece.area_km2;
        row.amount = amounts == nullptr ? piece.area_km2 : (*amounts)[i];
        row.passage = passage_of(of_source, of_target, from.regions[piece.source], to.regions[piece.target],
                                 options.same_share);
        if (!(row.amount >= 0.0) || !std::isfinite(row.amount))
            throw InputError(fmt::format("what weighs '{}' in '{}' is {}", from.regions[piece.source].key,
                                         to.regions[piece.target].key, row.amount),
                             "weights are 0 or above");
        rows.push_back(row);
    }
    return rows;
}

/// A region that lost a part is not the same, however small the part: all its figures are of the whole. The
/// sliver of a moved border is no part, for the neighbour does not lie in the region.
void part_and_join(std::vector<CrosswalkRow>& rows, std::size_t sources, std::size_t targets) {
    std::vector<bool> lost_a_part(sources);
    std::vector<bool> took_one_in(targets);
    for (const auto& row : rows) {
        if (row.passage == Passage::split) lost_a_part[row.source] = true;
        if (row.passage == Passage::merged) took_one_in[row.target] = true;
    }
    for (auto& row : rows) {
        if (row.passage != Passage::same && row.passage != Passage::renamed) continue;
        if (lost_a_part[row.source])
            row.passage = Passage::split;
        else if (took_one_in[row.target])
            row.passage = Passage::merged;
    }
}

void report_outside(const Crosswalk& crosswalk, const Boundaries& from, const Boundaries& to,
                    Findings& findings) {
    for (std::size_t i = 0; i < from.regions.size(); ++i)
        if (const auto outside = 1.0 - crosswalk.source_covered[i]; outside > reported_outside_share)
            findings.add(
                Severity::warning, "outside", from.regions[i].key,
                fmt::format("{} % of '{}' lies in no region of '{}'; its totals go to those it meets",
                            fixed(100.0 * outside, 1), from.regions[i].name.en, to.source));
    for (std::size_t i = 0; i < to.regions.size(); ++i)
        if (const auto bare = 1.0 - crosswalk.targets[i].share_covered; bare > reported_outside_share)
            findings.add(Severity::warning, "not-covered", to.regions[i].key,
                         fmt::format("{} % of '{}' lies in no region of '{}'", fixed(100.0 * bare, 1),
                                     to.regions[i].name.en, from.source));
}

std::vector<TargetQuality> qualities(const std::vector<CrosswalkRow>& rows, const Boundaries& to,
                                     double same_share) {
    std::vector<TargetQuality> targets(to.regions.size());
    const auto areas = areas_of(to);
    const auto covered = sums(rows, to.regions.size(), &CrosswalkRow::target, &CrosswalkRow::area_km2);
    std::vector<double> squares(to.regions.size());
    std::vector<double> of_divided(to.regions.size());
    for (const auto& row : rows) {
        auto& target = targets[row.target];
        target.largest_source_share = std::max(target.largest_source_share, row.target_share);
        squares[row.target] += row.target_share * row.target_share;
        if (row.passage == Passage::split || row.source_share < same_share)
            of_divided[row.target] += row.target_share;
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
        targets[i].share_covered = std::min(1.0, share(covered[i], areas[i]));
        if (squares[i] > 0.0) targets[i].effective_sources = 1.0 / squares[i];
        // The sliver of a border that runs a little otherwise makes no estimate of a known figure.
        targets[i].estimated = of_divided[i] > 1.0 - same_share;
    }
    return targets;
}

/// How values go from sources to one target: by weight; the quotient of two sums, or the first of them.
struct Gathered {
    CompensatedSum values;
    CompensatedSum weights;
    std::optional<State> absent;  ///< of the first source that makes the target absent
    bool any = false;
    bool any_row = false;
};

template <typename Weigh>
std::vector<Gathered> gather(const Crosswalk& crosswalk, const Column& values, const Weigh& weigh) {
    assert(values.size() == crosswalk.source_covered.size());
    std::vector<Gathered> targets(crosswalk.targets.size());
    for (const auto& row : crosswalk.rows) {
        auto& target = targets[row.target];
        target.any_row = true;
        const auto& value = values[row.source];
        if (value.state == State::not_applicable) continue;
        const std::optional<double> weight = weigh(row);
        if (weight == 0.0) continue;  // a source that gives nothing cannot be missed
        if (!value.shown() || !weight) {
            if (!target.absent) target.absent = value.shown() ? State::missing : value.state;
            continue;
        }
        target.any = true;
        target.values.add(value.number * *weight);
        target.weights.add(*weight);
    }
    return targets;
}

template <typename Finish>
Column column_of(const Crosswalk& crosswalk, const std::vector<Gathered>& targets, const Finish& finish) {
    Column column;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const auto& target = targets[i];
        if (target.absent)
            column.push_back(Value::without(*target.absent));
        else if (!target.any)
            column.push_back(Value::without(target.any_row ? State::not_applicable : State::unmatched));
        else
            column.push_back(crosswalk.targets[i].estimated ? Value::inherit(finish(target))
                                                            : Value::of(finish(target)));
    }
    return column;
}

}  // namespace

std::vector<SharedPiece> overlay(const Boundaries& from, const Boundaries& to) {
    std::vector<Box> boxes;
    for (const auto* boundaries : {&from, &to})
        for (const auto& region : boundaries->regions)
            boxes.push_back(box_of(region.shape));
    const auto sources = from.regions.size();
    std::vector<SharedPiece> pieces;
    for (const auto& [source, other] : geom::meeting_pairs(boxes)) {
        if (source >= sources || other < sources) continue;
        const auto& a = from.regions[source];
        const auto& b = to.regions[other - sources];
        auto shape = while_doing(fmt::format("laying '{}' over '{}'", a.key, b.key),
                                 [&] { return geom::shared_shape(a.shape, b.shape); });
        const double area_km2 = geom::geodesic_area_km2(shape);
        if (area_km2 > 0.0) pieces.push_back({source, other - sources, std::move(shape), area_km2});
    }
    return pieces;
}

Crosswalk make_crosswalk(const Boundaries& from, const Boundaries& to, const std::vector<SharedPiece>& pieces,
                         const std::vector<double>* amounts, const std::string& weighed_by,
                         const CrosswalkOptions& options, Findings& findings) {
    check_options(options);
    assert(amounts == nullptr || amounts->size() == pieces.size());
    Crosswalk crosswalk;
    crosswalk.weighed_by = weighed_by;
    auto& rows = crosswalk.rows;
    rows = rows_of(from, to, pieces, amounts, options);
    if (rows.empty())
        throw InputError(fmt::format("'{}' and '{}' do not meet", from.source, to.source),
                         "take two sets of boundaries of the same ground");
    if (amounts != nullptr) weigh_empty_sources_by_area(rows, from, weighed_by, findings);
    part_and_join(rows, from.regions.size(), to.regions.size());
    const auto of_sources = sums(rows, from.regions.size(), &CrosswalkRow::source, &CrosswalkRow::amount);
    const auto of_targets = sums(rows, to.regions.size(), &CrosswalkRow::target, &CrosswalkRow::amount);
    for (auto& row : rows) {
        row.source_share = share(row.amount, of_sources[row.source]);
        row.target_share = share(row.amount, of_targets[row.target]);
    }
    const auto areas = areas_of(from);
    const auto covered = sums(rows, from.regions.size(), &CrosswalkRow::source, &CrosswalkRow::area_km2);
    for (std::size_t i = 0; i < areas.size(); ++i)
        crosswalk.source_covered.push_back(std::min(1.0, share(covered[i], areas[i])));
    crosswalk.targets = qualities(rows, to, options.same_share);
    report_outside(crosswalk, from, to, findings);
    return crosswalk;
}

Column carry_extensive(const Crosswalk& crosswalk, const Column& values) {
    const auto targets =
        gather(crosswalk, values, [](const CrosswalkRow& row) { return std::optional(row.source_share); });
    return column_of(crosswalk, targets, [](const Gathered& target) { return target.values.value(); });
}

Column carry_intensive(const Crosswalk& crosswalk, const Column& values) {
    const auto targets =
        gather(crosswalk, values, [](const CrosswalkRow& row) { return std::optional(row.amount); });
    return column_of(crosswalk, targets,
                     [](const Gathered& target) { return target.values.value() / target.weights.value(); });
}

Column carry_rates(const Crosswalk& crosswalk, const Column& rates, const Column& denominators) {
    assert(denominators.size() == rates.size());
    const auto targets = gather(crosswalk, rates, [&](const CrosswalkRow& row) -> std::optional<double> {
        const auto& denominator = denominators[row.source];
        if (!denominator.shown()) return std::nullopt;
        assert(denominator.number >= 0.0);
        return denominator.number * row.source_share;
    });
    return column_of(crosswalk, targets,
                     [](const Gathered& target) { return target.values.value() / target.weights.value(); });
}

}  // namespace join
}  // namespace tendik
