// First half of a run: files in, atlas out.
#include "bare_tables.h"
#include "carry_figures.h"
#include "measuring_columns.h"
#include "nested.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/join/carry_units.h"
#include "tendik/prepare/prepare.h"
#include "tendik/tables/read_catalogue.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace tendik::prepare {
namespace {

/// The code under which the planned indicator is known: stated, or the only one of its table, or its value
/// column.
std::string code_of(const PlannedIndicator& planned, const Indicators& table) {
    if (!planned.code.empty()) return planned.code;
    std::set<std::string> codes;
    for (const auto& figure : table.figures)
        if (!figure.indicator.empty()) codes.insert(figure.indicator);
    if (codes.size() == 1) return *codes.begin();
    if (codes.size() > 1)
        throw InputError(fmt::format("table '{}' holds {} indicators: {}", table.source, codes.size(),
                                     fmt::join(codes, ", ")),
                         "say which one: --indicator CODE, or code = \"...\" in the plan");
    return planned.table.value;
}

/// A word to all years, or to several rows of one file, is told once.
void add_once(Findings& findings, Finding finding) {
    if (std::ranges::find(findings.all(), finding) == findings.all().end()) findings.add(std::move(finding));
}

Indicator describe_indicator(const Loading& loading, const PlannedIndicator& planned,
                             const std::string& code) {
    const auto* known = find_indicator(loading.prepared.catalogue, code);
    Indicator indicator;
    if (known != nullptr) {
        indicator = *known;
    } else {
        indicator.code = code;
        indicator.name = {code, code, code};
    }
    if (planned.name) indicator.name = *planned.name;
    if (planned.unit) indicator.unit = *planned.unit;
    if (planned.kind) indicator.kind = *planned.kind;
    if (planned.direction) {
        if (known != nullptr && known->direction != *planned.direction)
            add_once(loading.findings, {Severity::note, "direction-overruled", code,
                                        fmt::format("the catalogue calls it {}, and here it is said to be {}",
                                                    to_text(known->direction), to_text(*planned.direction))});
        indicator.direction = *planned.direction;
    }
    if (planned.decimals) indicator.decimals = *planned.decimals;
    if (planned.partial) indicator.partial = *planned.partial;
    if (planned.gap) indicator.difference = true;
    return indicator;
}

void load_all_boundaries(Loading& loading) {
    // What nested regions leave free is told with the parent that it lies in.
    for (const auto& source : loading.plan.boundaries)
        add_boundaries(loading, source,
                       loading.plan.parents.contains(loading.prepared.atlas.boundaries.size()));
}

/// The boundaries of a vintage; the only ones when it is empty.
std::size_t boundaries_of_vintage(const Loading& loading, const std::string& vintage) {
    const auto& all = loading.prepared.atlas.boundaries;
    if (vintage.empty()) return 0;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].vintage == vintage) return i;
    std::vector<std::string> known;
    for (const auto& boundaries : all)
        known.push_back(boundaries.vintage);
    throw InputError(fmt::format("no boundaries of vintage '{}' in the plan", vintage),
                     fmt::format("the plan has: {}", fmt::join(known, ", ")));
}

void refuse_out_of_bounds(const Layer& layer, const Boundaries& boundaries) {
    const auto& indicator = layer.indicator;
    for (std::size_t i = 0; i < layer.values.size(); ++i) {
        const auto& value = layer.values[i];
        if (!value.shown()) continue;
        if (value.number >= indicator.lower_bound && value.number <= indicator.upper_bound) continue;
        throw InputError(fmt::format("'{}' of region '{}' is {}, outside of its bounds {} to {}",
                                     indicator.code, boundaries.regions[i].key, shortest(value.number),
                                     shortest(indicator.lower_bound), shortest(indicator.upper_bound)),
                         "correct the figure, or the bounds in the catalogue");
    }
}

/// The name of a region, or of a unit that regions inherit from.
std::optional<Texts> name_of_unit(const Layer& layer, const Boundaries& boundaries, const std::string& unit) {
    if (const auto region = find_region(boundaries, unit))
        return boundaries.regions[static_cast<std::size_t>(*region)].name;
    if (!layer.carried) return std::nullopt;
    for (const auto& origin : layer.carried->origins)
        if (origin.unit_id == unit) return origin.name;
    return std::nullopt;
}

std::vector<Texts> notes_for(const Layer& layer, const Boundaries& boundaries) {
    std::vector<Texts> notes;
    for (const auto& note : layer.indicator.notes) {
        if (note.year && note.year != layer.year) continue;
        if (note.unit.empty()) {
            notes.push_back(note.text);
            continue;
        }
        const auto unit_name = name_of_unit(layer, boundaries, note.unit);
        if (!unit_name) continue;
        const auto& name = *unit_name;
        const auto in = [&](Language language) {
            return fmt::format("{}: {}", name.in(language), note.text.in(language));
        };
        notes.push_back({in(Language::en), in(Language::ru), in(Language::kk)});
    }
    for (const auto& series_break : layer.indicator.breaks)
        notes.push_back(series_break.text);
    if (layer.indicator.per && !layer.indicator.per->text.en.empty())
        notes.push_back(layer.indicator.per->text);
    return notes;
}

/// Files of an atlas are named after its layers; a map of it by indicator, year and vintage.
void refuse_second_layer_of_name(const Atlas& atlas, const Layer& layer, const Boundaries& boundaries) {
    for (const auto& other : atlas.layers) {
        const bool same_map = other.indicator.code == layer.indicator.code && other.year == layer.year &&
                              other.boundaries == layer.boundaries;
        if (other.name() != layer.name() && !same_map) continue;
        const auto described = [&](const Layer& one) {
            return fmt::format("'{}' of table '{}' on boundaries '{}'", one.indicator.code, one.source_file,
                               atlas.boundaries_of(one).source);
        };
        throw InputError(fmt::format("two layers would be named '{}': {} and {}", layer.name(),
                                     described(other), described(layer)),
                         atlas.boundaries_of(other).vintage == boundaries.vintage
                             ? "give one of them another code = \"...\", in letters of the Latin alphabet"
                             : fmt::format("an indicator has one layer a year: take the year from one of the "
                                           "vintages '{}' and '{}', or give one another code = \"...\"",
                                           atlas.boundaries_of(other).vintage, boundaries.vintage));
    }
}

/// Values, and what weighs them. Gives what else the join found; its values are those of the layer then.
Joined fill_layer(Loading& loading, const PlannedIndicator& planned, const Indicators& table, Layer& layer,
                  const Boundaries& boundaries) {
    Joined joined;
    if (planned.inherit_from.empty()) {
        joined = join_figures(loading, planned, table, layer.indicator, boundaries, layer.year);
        layer.weights = weights_of_column(loading, planned, layer.indicator.code, boundaries, layer.year);
        if (!layer.weights)
            layer.weights = weights_of_catalogue(loading, layer.indicator, boundaries, layer.year);
    } else {
        auto figures = carry_figures(loading, planned, table, layer.indicator, boundaries, layer.year);
        joined = std::move(figures.joined);
        layer.carried = std::move(figures.carried);
        layer.weights = std::move(figures.weights);
    }
    layer.measuring = measure_columns(loading, planned, layer.indicator, boundaries, layer.year);
    layer.values = std::move(joined.values);
    layer.published = joined.published;
    assess_layer(loading, planned, layer, boundaries);
    layer.sources = joined.report.sources.empty() ? layer.indicator.sources : joined.report.sources;
    return joined;
}

void add_layer(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
               const Indicator& indicator, std::size_t boundaries_index, std::optional<int> year) {
    const auto& boundaries = loading.prepared.atlas.boundaries[boundaries_index];
    Layer layer;
    layer.indicator = indicator;
    layer.display = planned.display;
    layer.year = year;
    if (year) {
        const auto label = indicator.year_labels.find(*year);
        layer.year_label = label == indicator.year_labels.end() ? std::to_string(*year) : label->second;
    }
    layer.boundaries = boundaries_index;
    layer.source_file = planned.table.file;
    // Before anything is joined: the name says where carried figures go.
    if (!planned.inherit_from.empty())
        layer.carried = Carried{planned.inherit_from, boundaries.vintage, {}, {}, {}};
    refuse_second_layer_of_name(loading.prepared.atlas, layer, boundaries);
    auto joined = fill_layer(loading, planned, table, layer, boundaries);
    refuse_out_of_bounds(layer, boundaries);
    if (layer.weights) refuse_bad_weights(*layer.weights, boundaries);
    layer.notes = notes_for(layer, boundaries);
    loading.prepared.atlas.layers.push_back(std::move(layer));
    loading.prepared.joins.push_back(std::move(joined.report));
    roll_up_last_layer(loading, planned, std::move(joined.of_others));
}

/// The same indicator and year on other units is another series, and either says so.
void name_other_vintages(Atlas& atlas) {
    for (auto& layer : atlas.layers)
        for (const auto& other : atlas.layers)
            if (layer.year && other.indicator.code == layer.indicator.code && other.year == layer.year &&
                other.boundaries != layer.boundaries)
                layer.other_vintages.push_back(atlas.boundaries_of(other).vintage);
}

/// The code under which a table holds the figures of an indicator.
std::string code_of_figures(const Indicator& indicator) {
    if (indicator.per) return indicator.per->total;
    if (indicator.gap) return indicator.gap->more;
    return indicator.parts.empty() ? indicator.code : indicator.parts.front().indicator;
}

/// Which rows of the table are of the indicator; empty: all.
std::string code_in_table(const PlannedIndicator& planned, const Indicators& table,
                          const Indicator& indicator) {
    if (!names_indicators(table)) return {};
    return planned.indicator_in_table.empty() ? code_of_figures(indicator) : planned.indicator_in_table;
}

/// `vintage`: of the boundaries; empty where the plan names none.
std::vector<std::optional<int>> years_for(const PlannedIndicator& planned, const Indicators& table,
                                          const std::string& code, const std::string& vintage) {
    std::vector<std::optional<int>> years(planned.years.begin(), planned.years.end());
    if (!years.empty()) return years;
    const auto& of_figures = planned.inherit_from.empty() ? vintage : planned.inherit_from;
    auto all = join::years_of(table, code, names_vintages(table) ? of_figures : std::string{});
    if (all.empty() && planned.merge_units) all = join::years_of(table, code, {});
    years.assign(all.begin(), all.end());
    if (years.empty()) years.emplace_back(std::nullopt);
    return years;
}

std::string joining_text(const Indicator& indicator, std::optional<int> year, const std::string& units) {
    return fmt::format("joining '{}'{}{}", indicator.code, year ? fmt::format(" of {}", *year) : "",
                       units.empty() ? ""
                                     : fmt::format(" to the built-in units of {} (--vintage names others, "
                                                   "--vintage none takes every row as a region)",
                                                   units));
}

void add_indicator(Loading& loading, BareTables& bare, const PlannedIndicator& planned) {
    const auto shared = loading.tables.read(planned.table, loading.findings);  // held while others are read
    const auto& table = *shared;
    const auto indicator = describe_indicator(loading, planned, code_of(planned, table));
    const auto code = code_in_table(planned, table, indicator);
    const auto& all = loading.prepared.atlas.boundaries;
    if (!loading.plan.boundaries.empty()) {
        const auto index = boundaries_of_vintage(loading, planned.vintage);
        for (const auto& year : years_for(planned, table, code, all[index].vintage))
            while_doing(joining_text(indicator, year, {}),
                        [&] { add_layer(loading, planned, table, indicator, index, year); });
        return;
    }
    for (const auto& year : years_for(planned, table, code, {})) {
        const auto ground = bare.find_ground(planned.table, table, code, year);
        auto placed = planned;
        placed.vintage = ground.key_vintage;
        while_doing(joining_text(indicator, year, all[ground.boundaries].vintage),
                    [&] { add_layer(loading, placed, table, indicator, ground.boundaries, year); });
    }
}

/// A layer of what a step found; its join report matches all.
void add_step_layer(Loading& loading, Layer layer) {
    auto& prepared = loading.prepared;
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    refuse_second_layer_of_name(prepared.atlas, layer, boundaries);
    JoinReport report;
    report.region_count = boundaries.regions.size();
    report.matched_count = boundaries.regions.size();
    prepared.atlas.layers.push_back(std::move(layer));
    prepared.joins.push_back(std::move(report));
}

/// The table of one step, and the layers that are made of it.
void add_raster(Loading& loading, std::size_t boundaries, const PlannedExposure* exposure,
                const std::vector<RasterLayer>& layers, ZonalTable table) {
    for (const auto& wanted : layers)
        add_step_layer(loading, exposure == nullptr
                                    ? raster_layer(table, wanted, boundaries)
                                    : exposure_layer(table, *exposure, wanted, boundaries, loading.findings));
    loading.prepared.rasters.push_back({boundaries, exposure != nullptr, std::move(table)});
}

void add_points(Loading& loading) {
    for (const auto& planned : loading.plan.points) {
        const auto* indicator = find_indicator(loading.prepared.catalogue, planned.code);
        if (indicator == nullptr)
            throw InputError(
                fmt::format("the points of '{}' show '{}', which no entry of the catalogue describes",
                            planned.table.file, planned.code),
                "describe it under [[indicator]] in the catalogue, and name that under [data]");
        Findings of_points;
        loading.prepared.points.push_back(while_doing(
            fmt::format("reading points '{}'", planned.table.file),
            [&] { return tables::read_point_layer(planned.table, *indicator, planned.year, of_points); }));
        // One file is read for several years; what is wrong with a row of it is told once.
        for (const auto& finding : of_points.all())
            add_once(loading.findings, finding);
    }
}

void add_surfaces(Loading& loading) {
    NoProgress progress;
    const auto& plan = loading.plan;
    auto& prepared = loading.prepared;
    for (const auto& planned : plan.surfaces) {
        std::optional<SurfaceTotals> totals;
        if (planned.kind == SurfaceKind::dasymetric) {
            const auto index = boundaries_of_vintage(loading, planned.totals.vintage);
            totals = read_totals(planned.totals, prepared.atlas.boundaries[index], prepared.reg,
                                 plan.join.allow_unmatched, loading.findings);
        }
        prepared.surfaces.push_back(
            make_surface(planned, totals ? &*totals : nullptr, plan.jobs, progress, loading.findings));
    }
}

void add_rasters(Loading& loading) {
    NoProgress progress;
    const auto& surfaces = loading.prepared.surfaces;
    const auto jobs = loading.plan.jobs;
    const auto& all = loading.prepared.atlas.boundaries;
    for (const auto& planned : loading.plan.zonal) {
        const auto index = boundaries_of_vintage(loading, planned.vintage);
        add_raster(loading, index, nullptr, planned.layers,
                   zonal_table(planned, all[index], surfaces, jobs, progress, loading.findings));
    }
    for (const auto& planned : loading.plan.exposures) {
        const auto index = boundaries_of_vintage(loading, planned.vintage);
        add_raster(loading, index, &planned, planned.layers,
                   exposure_table(planned, all[index], surfaces, jobs, progress, loading.findings));
    }
}

void add_access(Loading& loading) {
    NoProgress progress;
    auto& prepared = loading.prepared;
    const auto& surfaces = prepared.surfaces;
    const auto jobs = loading.plan.jobs;
    for (const auto& planned : loading.plan.travels) {
        const auto index = boundaries_of_vintage(loading, planned.vintage);
        auto travel = while_doing(fmt::format("finding ways over '{}'", planned.friction.file), [&] {
            return make_travel(planned, prepared.atlas.boundaries[index], surfaces, jobs, progress,
                               loading.findings);
        });
        for (const auto& wanted : planned.layers)
            add_step_layer(loading, access_layer(travel.table, planned.sources, planned.friction,
                                                 planned.count, wanted, index));
        prepared.travels.push_back(std::move(travel));
    }
    for (const auto& planned : loading.plan.proximities) {
        const auto index = boundaries_of_vintage(loading, planned.vintage);
        auto proximity = make_proximity(planned, prepared.atlas.boundaries[index], surfaces, jobs, progress,
                                        loading.findings);
        for (const auto& wanted : planned.layers)
            add_step_layer(loading,
                           access_layer(proximity.table, planned.sites, {}, planned.count, wanted, index));
        prepared.proximities.push_back(std::move(proximity));
    }
}

}  // namespace

void refuse_unknown_vintage(const BoundarySource& source, const std::string& register_file) {
    if (source.vintage.empty()) return;
    Boundaries stated;
    stated.source = source.file;
    stated.vintage = source.vintage;
    Findings of_register;  // told where the register is loaded
    join::refuse_wrong_vintage(stated, tables::read_register(register_file, of_register));
}

Prepared load(const Plan& plan, Findings& findings) {
    Prepared prepared;
    Loading loading{plan, prepared, {}, findings, {}, {}};
    if (!plan.catalogue.empty()) prepared.catalogue = tables::read_catalogue(plan.catalogue);
    if (!plan.register_file.empty()) prepared.reg = tables::read_register(plan.register_file, findings);
    if (!plan.sources.empty()) prepared.sources = tables::read_sources(plan.sources);
    load_all_boundaries(loading);
    for (std::size_t i = 0; i < prepared.atlas.boundaries.size(); ++i)
        load_parents(loading, i);
    BareTables bare(loading);
    for (const auto& planned : plan.indicators)
        add_indicator(loading, bare, planned);
    name_other_vintages(prepared.atlas);
    join::report_weight_years(loading.weight_uses, findings);
    add_points(loading);
    add_surfaces(loading);
    add_rasters(loading);
    add_access(loading);
    return prepared;
}

}  // namespace tendik::prepare
