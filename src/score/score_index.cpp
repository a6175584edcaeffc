// The figures of an atlas in the tree of an index, and what comes of them.
#include "tendik/score/score_index.h"

#include "index_findings.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::score {
namespace {

/// Every indicator of the plan is one layer, in its order.
void refuse_several_years(const PlannedIndex& planned, const Atlas& atlas) {
    if (atlas.layers.size() == planned.plan.indicators.size()) return;
    for (std::size_t i = 0; i < planned.leaves.size(); ++i)
        if (planned.plan.indicators[i].years.empty())
            throw InputError(fmt::format("{}: the table of '{}' has several years", planned.leaves[i].where,
                                         planned.tree.indicators[i].code),
                             "add year = ... to the indicator");
    throw InputError(fmt::format("{}: {} indicators are wanted, {} layers are found", planned.name,
                                 planned.plan.indicators.size(), atlas.layers.size()));
}

bool same_regions(const Boundaries& first, const Boundaries& second) {
    return std::ranges::equal(first.regions, second.regions, {}, &Region::key, &Region::key);
}

void refuse_other_regions(const PlannedIndex& planned, const Atlas& atlas) {
    const auto& first = atlas.layers.front();
    for (const auto& layer : atlas.layers) {
        if (layer.boundaries == first.boundaries ||
            same_regions(atlas.boundaries_of(layer), atlas.boundaries_of(first)))
            continue;
        throw InputError(fmt::format("{}: '{}' and '{}' are figures of different regions", planned.name,
                                     first.indicator.code, layer.indicator.code),
                         "name a plan with boundaries that all of them are joined to: plan = \"plan.toml\"");
    }
}

void refuse_unfit(const Layer& layer, const std::string& where) {
    const auto& indicator = layer.indicator;
    if (indicator.kind == IndicatorKind::total || indicator.kind == IndicatorKind::count)
        throw InputError(fmt::format("{}: '{}' is a {}: larger regions have more of it", where,
                                     indicator.code, to_text(indicator.kind)),
                         "take it per person or per km2");
    if (indicator.direction == Direction::neutral)
        throw InputError(fmt::format("{}: neither end of '{}' is good or bad", where, indicator.code),
                         R"(add direction = "adverse" or "favourable", or leave it out)");
}

void refuse_out_of_bounds(const IndexIndicator& indicator, const Boundaries& boundaries,
                          const std::string& where) {
    for (std::size_t i = 0; i < indicator.values.size(); ++i) {
        const auto& value = indicator.values[i];
        if (value.present() && (value.number < indicator.lower_bound || value.number > indicator.upper_bound))
            throw InputError(
                fmt::format("{}: '{}' of region '{}' is {}, outside of its bounds {} to {}", where,
                            indicator.code, boundaries.regions[i].key, shortest(value.number),
                            shortest(indicator.lower_bound), shortest(indicator.upper_bound)),
                "correct the figure, or the bounds");
        if (i < indicator.errors.size() && indicator.errors[i].present() && indicator.errors[i].number < 0.0)
            throw InputError(
                fmt::format("{}: the standard error of '{}' in region '{}' is {}", where, indicator.code,
                            boundaries.regions[i].key, shortest(indicator.errors[i].number)),
                "a standard error is zero or more");
    }
}

void report_without_error(const IndexIndicator& indicator, const Boundaries& boundaries, Findings& findings) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < indicator.errors.size(); ++i)
        if (indicator.values[i].present() && !indicator.errors[i].present())
            keys.push_back(boundaries.regions[i].key);
    if (!keys.empty())
        findings.add(Severity::note, "index-no-error", indicator.code,
                     fmt::format("no standard error for {}: taken as exact", join_text(keys, ", ")));
}

/// Bounds that the file states, else those of the catalogue.
void take_bounds(const Indicator& known, IndexIndicator& indicator) {
    indicator.lower_bound = std::max(indicator.lower_bound, known.lower_bound);
    indicator.upper_bound = std::min(indicator.upper_bound, known.upper_bound);
}

void fill_indicators(const PlannedIndex& planned, const Atlas& atlas, ScoredIndex& scored,
                     Findings& findings) {
    for (std::size_t i = 0; i < planned.leaves.size(); ++i) {
        const auto& layer = atlas.layers[i];
        const auto& leaf = planned.leaves[i];
        const auto& boundaries = atlas.boundaries_of(layer);
        auto& indicator = scored.tree.indicators[i];
        refuse_unfit(layer, leaf.where);
        indicator.values = layer.values;
        indicator.direction = layer.indicator.direction;
        if (leaf.error) indicator.errors = atlas.layers[*leaf.error].values;
        take_bounds(layer.indicator, indicator);
        refuse_out_of_bounds(indicator, boundaries, leaf.where);
        report_without_error(indicator, boundaries, findings);
        scored.sources.push_back({layer.year, layer.year_label, layer.indicator.unit, leaf.survey,
                                  layer.carried ? layer.carried->from : boundaries.vintage, layer.notes,
                                  layer.sources});
    }
    for (auto& node : scored.tree.nodes)
        if (node.indicator && node.name.empty()) node.name = atlas.layers[*node.indicator].indicator.name;
}

Absence absences(const PlannedIndex& planned, const Atlas& atlas) {
    Absence absence;
    for (std::size_t i = 0; i < planned.leaves.size(); ++i) {
        const auto& layer = atlas.layers[i];
        auto& why = absence.why.emplace_back();
        for (std::size_t region = 0; region < layer.values.size(); ++region) {
            const auto& value = layer.values[region];
            const bool inherited = value.shown() && value.inherited;
            why.push_back(value.present() ? ""
                          : inherited     ? fmt::format("only that of {}, which it was part of",
                                                        layer.carried->origins[region].name.en)
                                          : std::string(to_text(value.state)));
        }
    }
    return absence;
}

}  // namespace

ScoredIndex score_index(const PlannedIndex& planned, const Atlas& atlas, Findings& findings) {
    refuse_several_years(planned, atlas);
    refuse_other_regions(planned, atlas);
    ScoredIndex scored;
    scored.title = planned.title;
    scored.note = planned.note;
    scored.boundaries = atlas.layers.front().boundaries;
    for (const auto& region : atlas.boundaries[scored.boundaries].regions) {
        scored.keys.push_back(region.key);
        scored.names.push_back(region.name);
    }
    scored.tree = planned.tree;
    scored.options = planned.options;
    fill_indicators(planned, atlas, scored, findings);
    while_doing(fmt::format("scoring index '{}'", planned.name), [&] {
        scored.result = index::compose(scored.tree, scored.options);
        if (!planned.robustness || planned.robustness->draws == 0) return;
        scored.choices = *planned.robustness;
        scored.robustness = index::test_robustness(scored.tree, scored.options, scored.choices);
    });
    report_index(scored, absences(planned, atlas), findings);
    return scored;
}

std::vector<std::size_t> regions_by_rank(const ScoredIndex& scored) {
    std::vector<std::size_t> order(scored.keys.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    const auto& ranks = scored.result.ranks.front();
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return ranks[i].value_or(order.size() + 1); });
    return order;
}

}  // namespace tendik::score
