// Districts in oblasts: whether the parts make up the whole, on the map and in the figures.
#include "nested.h"

#include "tendik/base/error.h"
#include "tendik/join/nesting.h"
#include "tendik/join/units.h"
#include "tendik/precision/reliability.h"
#include "tendik/prepare/raster_tables.h"
#include "tendik/topology/check.h"
#include "tendik/topology/check_nesting.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tendik::prepare {
namespace {

/// Both levels in one system, edges true to a millionth of the whole map.
void bring_to(const Crs& crs, Boundaries& parents) {
    if (geom::same_crs(parents.crs, crs)) return;
    const geom::Transform transform(parents.crs, crs);
    Box box;
    for (const auto& parent : parents.regions)
        box.extend(box_of(transform(parent.shape)));
    const auto tolerance = 1e-6 * std::max(box.max_x - box.min_x, box.max_y - box.min_y);
    for (auto& parent : parents.regions) {
        parent.shape = transform(parent.shape, tolerance);
        if (parent.label) parent.label = transform(*parent.label);
    }
    parents.crs = crs;
}

/// What a table of their own says of the parents.
Column published_apart(Loading& loading, const PlannedIndicator& planned, const Layer& layer,
                       const Nesting& nesting) {
    auto source = planned.table;
    source.file = planned.parents_table;
    source.sheet.clear();
    const auto shared = loading.tables.read(source, loading.findings);
    const auto& table = *shared;
    auto options = loading.plan.join;
    options.year = layer.year;
    options.others = &loading.prepared.atlas.boundaries_of(layer);
    if (names_indicators(table))
        options.indicator =
            planned.indicator_in_table.empty() ? layer.indicator.code : planned.indicator_in_table;
    const auto converted = join::convert_units(table, layer.indicator, options.indicator);
    return join::join(nesting.parents, converted, known_register(loading), options, loading.findings).values;
}

/// A suppressed district in an oblast whose figure is published beside those of all its others.
void warn_of_derivable_parts(const Layer& layer, const Boundaries& regions, const Nesting& nesting,
                             const RolledUp& rolled, Findings& findings) {
    const auto kind = layer.indicator.kind;
    const bool adds_up = kind == IndicatorKind::total || kind == IndicatorKind::count;
    if (!adds_up && !layer.weights) return;
    for (std::size_t parent = 0; parent < nesting.parents.regions.size(); ++parent) {
        if (!rolled.published[parent].present()) continue;
        auto values = layer.values;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (static_cast<std::size_t>(nesting.parent_of[i]) != parent)
                values[i] = Value::without(State::not_applicable);
        const auto region = precision::derivable_region(values, adds_up ? nullptr : &layer.weights->column);
        if (!region) continue;
        findings.add(
            Severity::warning, "derivable-suppression", layer.name(),
            fmt::format("the suppressed figure of '{}' can be worked out: the published one of '{}' less "
                        "those of its other regions; suppress a second region, or the larger unit",
                        regions.regions[static_cast<std::size_t>(*region)].name.in(Language::en),
                        nesting.parents.regions[parent].name.in(Language::en)));
    }
}

}  // namespace

void load_parents(Loading& loading, std::size_t boundaries) {
    const auto found = loading.plan.parents.find(boundaries);
    if (found == loading.plan.parents.end()) return;
    const auto& planned = found->second;
    const auto& regions = loading.prepared.atlas.boundaries[boundaries];
    while_doing(fmt::format("checking parents '{}'", planned.source.file), [&] {
        auto parents = load_boundaries(planned.source, loading.findings);
        topology::check_coverage(parents, loading.findings);
        bring_to(regions.crs, parents);
        auto nesting = join::nest(regions, std::move(parents), planned.column, known_register(loading),
                                  loading.findings);
        topology::check_nesting(regions, nesting, planned.outside_tolerance, loading.findings);
        loading.prepared.nestings.emplace(boundaries, std::move(nesting));
    });
}

void roll_up_last_layer(Loading& loading, const PlannedIndicator& planned, Column of_parents) {
    const auto& atlas = loading.prepared.atlas;
    const auto& layer = atlas.layers.back();
    const auto found = loading.prepared.nestings.find(layer.boundaries);
    if (found == loading.prepared.nestings.end()) {
        if (!planned.parents_table.empty())
            throw InputError(fmt::format("table '{}' has figures of parents, and the boundaries name none",
                                         planned.parents_table),
                             "add parents = \"oblasts.gpkg\" to the boundaries, or --parents FILE");
        return;
    }
    if (!planned.parents_table.empty())
        of_parents = while_doing(fmt::format("reading figures of parents '{}'", planned.parents_table),
                                 [&] { return published_apart(loading, planned, layer, found->second); });
    auto rolled = join::roll_up(layer, atlas.boundaries_of(layer), found->second, std::move(of_parents),
                                loading.plan.parents.at(layer.boundaries).sum_tolerance, loading.findings);
    rolled.layer = atlas.layers.size() - 1;
    warn_of_derivable_parts(layer, atlas.boundaries_of(layer), found->second, rolled, loading.findings);
    loading.prepared.rolled_up.push_back(std::move(rolled));
}

}  // namespace tendik::prepare
