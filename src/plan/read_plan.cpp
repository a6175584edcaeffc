#include "tendik/plan/read_plan.h"

#include "access_steps.h"
#include "measuring.h"
#include "points_step.h"
#include "raster_steps.h"
#include "read_indicator.h"
#include "surface_step.h"
#include "tendik/base/document.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/plan_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace tendik::plan {
namespace {

namespace fs = std::filesystem;

/// A table or a list of tables.
std::vector<const Node*> one_or_many(const Node& node) {
    std::vector<const Node*> items;
    if (node.is_table()) return {&node};
    for (const auto& item : node.as_array())
        items.push_back(&item);
    return items;
}

BoundarySource read_boundary_source(const Node& node, const fs::path& folder) {
    static constexpr std::array<std::string_view, 5> known{"file", "layer", "key", "vintage", "parents"};
    node.refuse_unknown_keys(known);
    BoundarySource source;
    source.file = resolved(node.at("file"), folder);
    if (const auto* layer = node.find("layer")) source.layer = layer->as_text();
    if (const auto* key = node.find("key")) source.key = key->as_text();
    if (const auto* vintage = node.find("vintage")) source.vintage = vintage->as_text();
    return source;
}

double share_of(const Node& node) {
    const auto share = node.as_number();
    if (share >= 0.0 && share <= 1.0) return share;
    throw InputError(
        fmt::format("{}: '{}' is {}, expected a share from 0 to 1", node.where(), node.path(), share),
        "0.005 is half a per cent");
}

/// parents = "oblasts.gpkg", or a table with what else is to be said.
PlannedParents read_parents(const Node& node, const fs::path& folder) {
    PlannedParents parents;
    if (node.is_text()) {
        parents.source.file = resolved(node, folder);
        return parents;
    }
    static constexpr std::array<std::string_view, 6> known{
        "file", "layer", "key", "column", "outside_tolerance", "sum_tolerance"};
    node.refuse_unknown_keys(known);
    parents.source.file = resolved(node.at("file"), folder);
    if (const auto* layer = node.find("layer")) parents.source.layer = layer->as_text();
    if (const auto* key = node.find("key")) parents.source.key = key->as_text();
    if (const auto* column = node.find("column")) parents.column = column->as_text();
    if (const auto* share = node.find("outside_tolerance")) parents.outside_tolerance = share_of(*share);
    if (const auto* share = node.find("sum_tolerance")) parents.sum_tolerance = share_of(*share);
    return parents;
}

void read_boundaries(const Node& node, const fs::path& folder, Plan& plan) {
    for (const auto* item : one_or_many(node)) {
        if (const auto* parents = item->find("parents"))
            plan.parents[plan.boundaries.size()] = read_parents(*parents, folder);
        plan.boundaries.push_back(read_boundary_source(*item, folder));
    }
}

ContextSource read_context_source(const Node& node, const fs::path& folder) {
    static constexpr std::array<std::string_view, 4> known{"file", "layer", "kind", "min_zoom"};
    node.refuse_unknown_keys(known);
    ContextSource source;
    source.file = resolved(node.at("file"), folder);
    if (const auto* layer = node.find("layer")) source.layer = layer->as_text();
    source.kind = choice_of<ContextKind>(node.at("kind"), &context_kind_from_text,
                                         "neighbours, lakes, rivers, settlements");
    if (const auto* zoom = node.find("min_zoom"))
        source.min_zoom = static_cast<std::uint32_t>(count_of(*zoom, 0, 14));
    return source;
}

void read_data(const Node& node, const fs::path& folder, Plan& plan) {
    static constexpr std::array<std::string_view, 4> known{"catalogue", "register", "sources",
                                                           "denominators"};
    node.refuse_unknown_keys(known);
    if (const auto* file = node.find("catalogue")) plan.catalogue = resolved(*file, folder);
    if (const auto* file = node.find("register")) plan.register_file = resolved(*file, folder);
    if (const auto* file = node.find("sources")) plan.sources = resolved(*file, folder);
    if (const auto* files = node.find("denominators")) {
        if (files->is_text())
            plan.denominators = {resolved(*files, folder)};
        else
            for (const auto& file : files->as_array())
                plan.denominators.push_back(resolved(file, folder));
    }
}

void read_maps(const Node& node, MapOptions& maps) {
    static constexpr std::array<std::string_view, 6> known{
        "scheme", "breaks", "classes", "adverse_palette", "favourable_palette", "neutral_palette"};
    node.refuse_unknown_keys(known);
    const auto scheme = read_scheme(node);
    maps.breaks = read_breaks(node, scheme);
    maps.scheme = scheme.value_or(maps.scheme);
    if (const auto* classes = node.find("classes")) maps.class_count = count_of(*classes, 1, 9);
    if (const auto* palette = node.find("adverse_palette")) maps.adverse_palette = palette->as_text();
    if (const auto* palette = node.find("favourable_palette")) maps.favourable_palette = palette->as_text();
    if (const auto* palette = node.find("neutral_palette")) maps.neutral_palette = palette->as_text();
}

RasterYears read_raster_years(const Node& node) {
    if (node.as_text() == "all") return RasterYears::all;
    if (node.as_text() == "latest") return RasterYears::latest;
    throw InputError(fmt::format("{}: 'tiles.raster_years' is '{}'", node.where(), node.as_text()),
                     "one of: all, latest");
}

void read_tiles(const Node& node, TileOptions& tiles) {
    static constexpr std::array<std::string_view, 5> known{"zoom", "tile_size_px", "tolerance_units",
                                                           "raster_years", "raster_context"};
    node.refuse_unknown_keys(known);
    if (const auto* zoom = node.find("zoom")) {
        const auto& ends = zoom->as_array();
        if (ends.size() != 2)
            throw InputError(fmt::format("{}: 'tiles.zoom' needs two numbers", zoom->where()),
                             "for example [0, 6]");
        tiles.min_zoom = static_cast<std::uint32_t>(count_of(ends[0], 0, 14));
        tiles.max_zoom = static_cast<std::uint32_t>(count_of(ends[1], tiles.min_zoom, 14));
    }
    if (const auto* size = node.find("tile_size_px")) {
        tiles.tile_size_px = static_cast<std::uint32_t>(count_of(*size, 256, 512));
        if (tiles.tile_size_px != 256 && tiles.tile_size_px != 512)
            throw InputError(fmt::format("{}: 'tiles.tile_size_px' is {}", size->where(), tiles.tile_size_px),
                             "256 or 512");
    }
    if (const auto* context = node.find("raster_context")) tiles.raster_context = context->as_bool();
    if (const auto* years = node.find("raster_years")) tiles.raster_years = read_raster_years(*years);
    if (const auto* tolerance = node.find("tolerance_units")) {
        tiles.tolerance_units = tolerance->as_number();
        if (!(tiles.tolerance_units >= 0.0 && tiles.tolerance_units <= 64.0))
            throw InputError(fmt::format("{}: 'tiles.tolerance_units' is {}, expected 0 to 64",
                                         tolerance->where(), tiles.tolerance_units));
    }
}

void read_outputs(const Node& node, Steps& steps) {
    static constexpr std::array<std::string_view, 7> known{
        "layers", "tables", "rasters", "vector_tiles", "raster_tiles", "site", "report"};
    node.refuse_unknown_keys(known);
    if (const auto* on = node.find("layers")) steps.layers = on->as_bool();
    if (const auto* on = node.find("tables")) steps.tables = on->as_bool();
    if (const auto* on = node.find("rasters")) steps.rasters = on->as_bool();
    if (const auto* on = node.find("vector_tiles")) steps.vector_tiles = on->as_bool();
    if (const auto* on = node.find("raster_tiles")) steps.raster_tiles = on->as_bool();
    if (const auto* on = node.find("site")) steps.site = on->as_bool();
    if (const auto* on = node.find("report")) steps.report = on->as_bool();
}

void refuse_unmade(const Plan& plan, const RasterChoice& choice) {
    const auto code = surface_named(choice);
    if (!code || std::ranges::find(plan.surfaces, *code, &PlannedSurface::code) != plan.surfaces.end())
        return;
    std::vector<std::string> known;
    for (const auto& surface : plan.surfaces)
        known.push_back(surface.code);
    const auto near = nearest(*code, known);
    throw InputError(fmt::format("{}: no surface '{}' is made by the plan{}", plan.name, *code,
                                 near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                     "add [[surfaces]] with that name, or name a file");
}

void refuse_wrong_surfaces(const Plan& plan) {
    for (std::size_t i = 0; i < plan.surfaces.size(); ++i) {
        const auto& surface = plan.surfaces[i];
        for (std::size_t k = 0; k < i; ++k)
            if (plan.surfaces[k].code == surface.code)
                throw InputError(fmt::format("{}: two surfaces are named '{}'", plan.name, surface.code),
                                 "files are named after them: give one another name");
        if (surface.kind == SurfaceKind::dasymetric && surface.totals.vintage.empty() &&
            plan.boundaries.size() != 1)
            throw InputError(fmt::format("{}: surface '{}' does not say whose totals it lays out: the plan "
                                         "has {} sets of boundaries",
                                         plan.name, surface.code, plan.boundaries.size()),
                             "add vintage = \"...\" to the surface");
    }
    for (const auto& planned : plan.zonal) {
        refuse_unmade(plan, planned.raster);
        refuse_unmade(plan, planned.weights);
    }
    for (const auto& planned : plan.exposures) {
        refuse_unmade(plan, planned.raster);
        refuse_unmade(plan, planned.error);
        for (const auto& population : planned.populations)
            refuse_unmade(plan, population.raster);
    }
    for (const auto& planned : plan.travels) {
        refuse_unmade(plan, planned.friction);
        for (const auto& population : planned.count.populations)
            refuse_unmade(plan, population.raster);
    }
    for (const auto& planned : plan.proximities)
        for (const auto& population : planned.count.populations)
            refuse_unmade(plan, population.raster);
}

void refuse_contradictions(const Node& root, const Plan& plan) {
    const auto makes_layer = [](const auto& planned) { return !planned.layers.empty(); };
    const bool has_layer = !plan.indicators.empty() || std::ranges::any_of(plan.zonal, makes_layer) ||
                           std::ranges::any_of(plan.exposures, makes_layer) ||
                           std::ranges::any_of(plan.travels, makes_layer) ||
                           std::ranges::any_of(plan.proximities, makes_layer);
    if (!has_layer)
        throw InputError(
            fmt::format("{}: the plan has no indicator", root.where()),
            R"(add indicators = [ { table = "figures.csv", key = "code", value = "percent" } ])");
    for (const auto& planned : plan.indicators) {
        if (planned.vintage.empty() && plan.boundaries.size() > 1)
            throw InputError(
                fmt::format("{}: indicator '{}' does not say which of the {} boundaries it belongs to",
                            plan.name, planned.code.empty() ? planned.table.value : planned.code,
                            plan.boundaries.size()),
                "add vintage = \"...\" to the indicator");
    }
    refuse_wrong_surfaces(plan);
    const auto refuse_vague = [&](const std::string& vintage, const std::string& input) {
        if (plan.boundaries.empty())
            throw InputError(
                fmt::format("{}: {} needs boundaries, and the plan names none", plan.name, input),
                R"(add boundaries = { file = "regions.gpkg", key = "code" })");
        if (vintage.empty() && plan.boundaries.size() > 1)
            throw InputError(fmt::format("{}: {} does not say which of the {} boundaries it is summed over",
                                         plan.name, input, plan.boundaries.size()),
                             "add vintage = \"...\" to the step");
    };
    for (const auto& planned : plan.zonal)
        refuse_vague(planned.vintage, "raster '" + planned.raster.file + "'");
    for (const auto& planned : plan.exposures)
        refuse_vague(planned.vintage, "raster '" + planned.raster.file + "'");
    for (const auto& planned : plan.travels)
        refuse_vague(planned.vintage, "friction '" + planned.friction.file + "'");
    for (const auto& planned : plan.proximities)
        refuse_vague(planned.vintage, "a step 'proximity'");
}

/// What may stand once or several times under its key, in the order of the file.
template <typename Step>
void read_each(const Node& root, std::string_view key, const fs::path& folder,
               Step (*read)(const Node&, const fs::path&), std::vector<Step>& steps) {
    if (const auto* node = root.find(key))
        for (const auto* item : one_or_many(*node))
            steps.push_back(read(*item, folder));
}

void read_steps(const Node& root, const fs::path& folder, Plan& plan) {
    read_each(root, "context", folder, &read_context_source, plan.context);
    read_each(root, "indicators", folder, &read_indicator, plan.indicators);
    read_each(root, "points", folder, &read_points, plan.points);
    read_each(root, "surfaces", folder, &read_surface, plan.surfaces);
    read_each(root, "zonal", folder, &read_zonal, plan.zonal);
    read_each(root, "exposure", folder, &read_exposure, plan.exposures);
    read_each(root, "travel", folder, &read_travel, plan.travels);
    read_each(root, "proximity", folder, &read_proximity, plan.proximities);
    read_each(root, "autocorrelation", folder, &read_autocorrelation, plan.autocorrelations);
    read_each(root, "index", folder, &read_index_step, plan.indexes);
}

}  // namespace

void keep_published_figures(Plan& plan) {
    plan.points.clear();
    plan.surfaces.clear();
    plan.zonal.clear();
    plan.exposures.clear();
    plan.travels.clear();
    plan.proximities.clear();
    plan.autocorrelations.clear();
    plan.indexes.clear();
}

Plan read_plan(const fs::path& file, const std::vector<std::string>& settings) {
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        throw InputError(fmt::format("no such plan: '{}'", file.string()),
                         "a relative path starts at the current folder; without a plan the built-in one is "
                         "taken");
    auto root = read_toml_file(file);
    for (const auto& setting : settings) {
        const auto equals = setting.find('=');
        if (equals == std::string::npos)
            throw UsageError(fmt::format("--set '{}' has no '='", setting), "write --set KEY=VALUE");
        root = with_value(root, setting.substr(0, equals), setting.substr(equals + 1), "--set");
    }
    static constexpr std::array<std::string_view, 19> known{
        "schema", "title",     "data",     "boundaries",      "indicators", "points",  "surfaces",
        "zonal",  "exposure",  "maps",     "tiles",           "join",       "outputs", "context",
        "travel", "proximity", "measures", "autocorrelation", "index"};
    root.refuse_unknown_keys(known);
    if (const auto* schema = root.find("schema"); schema != nullptr && schema->as_text() != plan_schema)
        throw InputError(fmt::format("{}: schema '{}' is not known", schema->where(), schema->as_text()),
                         fmt::format("this program reads '{}'", plan_schema));
    const auto folder = file.parent_path();
    Plan plan;
    plan.name = file.string();
    if (const auto* title = root.find("title")) plan.title = texts_of(*title);
    if (const auto* data = root.find("data")) read_data(*data, folder, plan);
    if (const auto* boundaries = root.find("boundaries")) read_boundaries(*boundaries, folder, plan);
    read_steps(root, folder, plan);
    if (const auto* measures = root.find("measures")) read_measure_options(*measures, plan);
    if (const auto* maps = root.find("maps")) read_maps(*maps, plan.maps);
    if (const auto* tiles = root.find("tiles")) read_tiles(*tiles, plan.tiles);
    if (const auto* outputs = root.find("outputs")) read_outputs(*outputs, plan.steps);
    if (const auto* join = root.find("join")) {
        static constexpr std::array<std::string_view, 1> known_join{"allow_unmatched"};
        join->refuse_unknown_keys(known_join);
        if (const auto* allowed = join->find("allow_unmatched"))
            plan.join.allow_unmatched = count_of(*allowed, 0, 1'000'000);
    }
    refuse_contradictions(root, plan);
    return plan;
}

}  // namespace tendik::plan
