#include "tendik/base/error.h"
#include "tendik/layers/drawn_layers.h"
#include "tendik/run/run.h"
#include "tendik/tiles/context_pyramid.h"
#include "tendik/tiles/raster_pyramid.h"
#include "tendik/tiles/vector_pyramid.h"
#include "tendik/topology/arcs.h"
#include "writing.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::run {
namespace {

namespace fs = std::filesystem;

std::string attribution_of(const Boundaries& boundaries) { return boundaries.attribution.in(Language::en); }

VectorPyramidOptions vector_options(const Plan& plan, std::string name, std::string attribution) {
    VectorPyramidOptions options;
    options.min_zoom = plan.tiles.min_zoom;
    options.max_zoom = plan.tiles.max_zoom;
    options.tolerance_units = plan.tiles.tolerance_units;
    options.jobs = plan.jobs;
    options.name = std::move(name);
    options.description = plan.title.in(Language::en);
    options.attribution = std::move(attribution);
    return options;
}

VectorPyramidOptions vector_options(const Plan& plan, const Boundaries& boundaries) {
    return vector_options(plan, pyramid_name(boundaries), attribution_of(boundaries));
}

/// Polygons of context in the form in which borders are cut; lines and points have none.
ArcNetwork network_of(const ContextLayer& layer) {
    if (layer.kind != ContextKind::neighbours && layer.kind != ContextKind::lakes) return {};
    Boundaries outlines;
    outlines.source = layer.source;
    outlines.crs = wgs84;
    for (const auto& feature : layer.features) {
        Region region;
        region.key = std::to_string(outlines.regions.size() + 1);
        region.shape = feature.shape;
        outlines.regions.push_back(std::move(region));
    }
    return topology::cut_arcs(outlines);
}

std::vector<Colour> region_colours(const Layer& layer, const Choropleth& choropleth) {
    std::vector<Colour> colours;
    for (const auto& value : layer.values)
        colours.push_back(choropleth.colour_of(value));
    return colours;
}

std::vector<bool> hatched_regions(const Layer& layer) {
    std::vector<bool> hatched;
    for (std::size_t i = 0; i < layer.values.size(); ++i)
        hatched.push_back(layer.values[i].inherited ||
                          (layer.precision && layer.precision->is_unreliable(i)));
    return hatched;
}

RasterPyramidOptions raster_options(const Plan& plan, const Boundaries& boundaries) {
    RasterPyramidOptions options;
    options.min_zoom = plan.tiles.min_zoom;
    options.max_zoom = plan.tiles.max_zoom;
    options.tile_size_px = plan.tiles.tile_size_px;
    options.jobs = plan.jobs;
    options.attribution = attribution_of(boundaries);
    options.description = plan.title.in(Language::en);
    return options;
}

/// Whoever made what is drawn is named once. Towns are not drawn.
void draw_context(RasterPyramidOptions& options, const std::vector<ContextLayer>& context) {
    if (context.empty()) return;
    options.context = &context;
    for (const auto& layer : context) {
        const auto& own = layer.attribution.in(Language::en);
        if (layer.kind != ContextKind::settlements && options.attribution.find(own) == std::string::npos)
            options.attribution += " " + own;
    }
}

/// Whether a later year of the same indicator follows, on whatever units.
bool has_later_year(const Atlas& atlas, const Layer& layer) {
    return std::ranges::any_of(atlas.layers, [&layer](const Layer& other) {
        return other.indicator.code == layer.indicator.code && other.year > layer.year;
    });
}

}  // namespace

std::string pyramid_name(const Boundaries& boundaries) {
    return boundaries.vintage.empty() ? "regions" : "regions_" + boundaries.vintage;
}

void write_vector_tiles(const Writing& writing, std::size_t i, const fs::path& target) {
    const auto& boundaries = writing.lon_lat[i];
    tiles::write_vector_pyramid(target, boundaries, writing.networks[i], &topology::simplify,
                                layers::tile_properties(writing.prepared, i),
                                vector_options(writing.plan, boundaries), writing.progress);
}

Texts attribution_of(const std::vector<ContextLayer>& context) {
    Texts all;
    std::vector<std::string> told;
    for (const auto& layer : context) {
        const auto& own = layer.attribution;
        if (own.empty() || std::ranges::find(told, own.in(Language::en)) != told.end()) continue;
        told.push_back(own.in(Language::en));
        const auto add = [&own](std::string& text, Language language) {
            text += (text.empty() ? "" : " ") + own.in(language);
        };
        add(all.en, Language::en);
        add(all.ru, Language::ru);
        add(all.kk, Language::kk);
    }
    return all;
}

void write_context_tiles(const Writing& writing, const fs::path& target) {
    std::vector<ContextTileSource> sources;
    for (const auto& layer : writing.context)
        sources.push_back({&layer, network_of(layer)});
    const auto options =
        vector_options(writing.plan, "context", attribution_of(writing.context).in(Language::en));
    tiles::write_context_pyramid(target, sources, &topology::simplify, options);
}

void write_all_vector_tiles(const Writing& writing) {
    for (std::size_t i = 0; i < writing.lon_lat.size(); ++i)
        write_vector_tiles(writing, i,
                           writing.folder / "tiles" / (pyramid_name(writing.lon_lat[i]) + ".pmtiles"));
    if (!writing.context.empty()) write_context_tiles(writing, writing.folder / "tiles" / "context.pmtiles");
}

void write_all_raster_tiles(const Writing& writing) {
    const auto& atlas = writing.prepared.atlas;
    for (std::size_t i = 0; i < atlas.boundaries.size(); ++i) {
        std::vector<RasterTarget> targets;
        for (std::size_t k = 0; k < atlas.layers.size(); ++k) {
            const auto& layer = atlas.layers[k];
            // Circles are drawn by the page and QGIS; a raster tile colours regions.
            if (layer.boundaries != i || layer.display == Display::symbols) continue;
            if (writing.plan.tiles.raster_years == RasterYears::latest && has_later_year(atlas, layer))
                continue;
            const auto& choropleth = writing.styled[k].choropleth;
            targets.push_back({writing.folder / "tiles" / (layer.name() + ".mbtiles"), layer.name(),
                               region_colours(layer, choropleth), choropleth.border, hatched_regions(layer)});
        }
        if (targets.empty()) continue;
        auto options = raster_options(writing.plan, writing.lon_lat[i]);
        if (writing.plan.tiles.raster_context) draw_context(options, writing.context);
        tiles::write_raster_pyramids(targets, writing.lon_lat[i], writing.networks[i], options,
                                     writing.progress);
    }
}

PyramidReport write_tiles(const Plan& plan, const Prepared& prepared, TileKind kind, const fs::path& target,
                          const fs::path& data_folder, Progress& progress) {
    refuse_without_boundaries(plan);
    const Studies none;
    const auto writing = make_writing(plan, prepared, none, target.parent_path(), data_folder, progress);
    const auto& boundaries = writing.lon_lat.front();
    const auto& network = writing.networks.front();
    if (kind == TileKind::vector)
        return tiles::write_vector_pyramid(target, boundaries, network, &topology::simplify,
                                           layers::tile_properties(prepared, 0),
                                           vector_options(plan, boundaries), progress);
    if (prepared.atlas.layers.empty())
        throw InputError("raster tiles are coloured by an indicator, and none is given",
                         "add --table and --value");
    const auto& layer = prepared.atlas.layers.front();
    if (layer.display == Display::symbols)
        throw InputError(
            fmt::format("'{}' is shown by circles, and raster tiles colour regions", layer.name()),
            "show it per person or per km2, or make vector tiles");
    const auto& choropleth = writing.styled.front().choropleth;
    tiles::write_raster_pyramids({{target, layer.name(), region_colours(layer, choropleth), choropleth.border,
                                   hatched_regions(layer)}},
                                 boundaries, network, raster_options(plan, boundaries), progress);
    return {};
}

}  // namespace tendik::run
