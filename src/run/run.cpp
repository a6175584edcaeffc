// The order of work, from plan to finished folder; everything that is computed is computed in other rooms.
#include "tendik/run/run.h"

#include "manifest.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/io/read_context.h"
#include "tendik/io/write_layers.h"
#include "tendik/layers/context_layers.h"
#include "tendik/layers/drawn_layers.h"
#include "tendik/layers/point_layers.h"
#include "tendik/layers/study_layers.h"
#include "tendik/narrative/report_page.h"
#include "tendik/plan/installation.h"
#include "tendik/precision/reliability.h"
#include "tendik/qgis/layer_style.h"
#include "tendik/report/raster_report.h"
#include "tendik/report/report.h"
#include "tendik/report/surface_report.h"
#include "tendik/run/write_access.h"
#include "tendik/run/write_surface.h"
#include "tendik/site/site.h"
#include "tendik/study/steps.h"
#include "tendik/style/modelled_notes.h"
#include "tendik/style/text_book.h"
#include "tendik/tiles/context_pyramid.h"
#include "tendik/tiles/raster_pyramid.h"
#include "tendik/topology/arcs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

namespace tendik::run {
namespace {

namespace fs = std::filesystem;

/// What the steps of writing share.
struct Writing {
    const Plan& plan;
    const Prepared& prepared;
    const Studies& studies;
    fs::path folder;
    fs::path styles_dir;
    TextBook texts;
    std::vector<layers::StyledLayer> styled;
    std::vector<layers::StyledLayer> styled_points;
    std::vector<Boundaries> lon_lat;   ///< what tiles and page draw; parallel to atlas.boundaries
    std::vector<ArcNetwork> networks;  ///< cut from lon_lat; empty when nothing is drawn
    std::vector<ContextLayer> context;
    Progress& progress;
};

std::string attribution_of(const Boundaries& boundaries) { return boundaries.attribution.in(Language::en); }

LayerStyleSource style_source(const Layer& layer, const Choropleth& choropleth, Language language) {
    LayerStyleSource source;
    source.value_field = layer.indicator.code;
    source.state_field = layer.indicator.code + "_state";
    source.name_field = fmt::format("name_{}", code_of(language));
    source.outline_field = "outline";
    if (has_inherited(layer.values)) source.inherited_field = layer.indicator.code + "_inherited";
    const auto& known = layer.precision;
    if (known && !known->reliability.empty()) source.unreliable_field = layer.indicator.code + "_unreliable";
    source.inherited_outside = std::ranges::any_of(layer.values, [&choropleth](const Value& value) {
        return value.inherited && !choropleth.symbols && !choropleth.classes.class_of(value.number);
    });
    source.title = layer.indicator.name;
    source.language = language;
    return source;
}

void write_atlas_layers(const Writing& writing) {
    std::vector<FeatureLayer> features;
    std::vector<StoredStyle> styles;
    for (std::size_t i = 0; i < writing.prepared.atlas.layers.size(); ++i) {
        const auto& layer = writing.prepared.atlas.layers[i];
        features.push_back(layers::feature_layer(writing.prepared, i));
        std::ranges::move(
            layers::pattern_fields(writing.studies, i, writing.prepared.atlas.boundaries_of(layer)),
            std::back_inserter(features.back().fields));
        const auto& [choropleth, legend] = writing.styled[i];
        const auto source = style_source(layer, choropleth, Language::en);
        styles.push_back({layer.name(), layer.name(), qgis::to_qml(choropleth, legend, source),
                          qgis::to_sld(choropleth, legend, source), features.back().title});
    }
    for (std::size_t i = 0; i < writing.studies.indexes.size(); ++i) {
        const auto& study = writing.studies.indexes[i];
        features.push_back(layers::index_layer(study, layers::index_name(i)));
        styles.push_back(layers::index_style(writing.plan, study, layers::index_name(i), writing.texts,
                                             writing.styles_dir));
    }
    std::vector<ContextLayer> shapes;
    for (const auto& points : writing.prepared.points)
        shapes.push_back(layers::point_shapes(points));
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const auto& points = writing.prepared.points[i];
        features.push_back(layers::point_layer(points, shapes[i]));
        std::ranges::move(layers::point_styles(points, writing.styled_points[i]), std::back_inserter(styles));
    }
    const auto names = layers::context_names(writing.context);
    for (std::size_t i = 0; i < writing.context.size(); ++i) {
        features.push_back(layers::context_layer(writing.context[i], names[i]));
        std::ranges::move(layers::context_styles(writing.context[i], names[i], writing.texts),
                          std::back_inserter(styles));
    }
    io::write_layers(writing.folder / "atlas.gpkg", features, styles, {});
}

void write_tables(const Writing& writing) {
    const auto folder = writing.folder / "tables";
    fs::create_directories(folder);
    write_plain_file(folder / "values.csv", report::values_csv(writing.prepared));
    write_plain_file(folder / "measures.csv", report::measures_csv(writing.prepared));
    write_plain_file(folder / "contributions.csv", report::contributions_csv(writing.prepared));
    write_plain_file(folder / "joins.csv", report::joins_csv(writing.prepared));
    if (writing.plan.pairs != Correction::none)
        write_plain_file(folder / "pairs.csv", report::pairs_csv(writing.prepared));
    if (!writing.prepared.points.empty())
        write_plain_file(folder / "points.csv", report::points_csv(writing.prepared));
    if (!writing.prepared.rolled_up.empty())
        write_plain_file(folder / "rolled_up.csv", report::rolled_up_csv(writing.prepared));
    std::map<bool, int> counts;
    for (const auto& raster : writing.prepared.rasters) {
        const auto name =
            fmt::format("{}_{}.csv", raster.exposure ? "exposure" : "zonal", ++counts[raster.exposure]);
        write_plain_file(folder / name, report::raster_csv(raster.table));
    }
    for (const auto& surface : writing.prepared.surfaces)
        write_plain_file(folder / fmt::format("surface_{}.csv", surface.code), report::surface_csv(surface));
    write_access_tables(writing.prepared, folder);
    layers::write_study_tables(writing.prepared, writing.studies, folder);
}

/// Each surface with the style beside it; a standard error is a raster of its own, as programs that draw one
/// band like it.
void write_rasters(const Writing& writing, const fs::path& data_folder) {
    const auto folder = writing.folder / "rasters";
    for (const auto& surface : writing.prepared.surfaces) {
        fs::create_directories(folder);
        SurfaceTarget target{folder / (surface.code + ".tif"), {}};
        if (surface.raster.bands().size() > 1) target.error = folder / (surface.code + "_error.tif");
        write_surface(surface, target, data_folder);
    }
    write_access_rasters(writing.plan, writing.prepared, folder, data_folder);
}

std::string pyramid_name(const Boundaries& boundaries) {
    return boundaries.vintage.empty() ? "regions" : "regions_" + boundaries.vintage;
}

VectorPyramidOptions vector_options(const Plan& plan, const Boundaries& boundaries) {
    VectorPyramidOptions options;
    options.min_zoom = plan.tiles.min_zoom;
    options.max_zoom = plan.tiles.max_zoom;
    options.tolerance_units = plan.tiles.tolerance_units;
    options.jobs = plan.jobs;
    options.name = pyramid_name(boundaries);
    options.description = plan.title.in(Language::en);
    options.attribution = attribution_of(boundaries);
    return options;
}

void write_vector_tiles(const Writing& writing, std::size_t i, const fs::path& target) {
    const auto& boundaries = writing.lon_lat[i];
    tiles::write_vector_pyramid(target, boundaries, writing.networks[i], &topology::simplify,
                                layers::tile_properties(writing.prepared, i),
                                vector_options(writing.plan, boundaries), writing.progress);
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
    VectorPyramidOptions options;
    options.min_zoom = writing.plan.tiles.min_zoom;
    options.max_zoom = writing.plan.tiles.max_zoom;
    options.tolerance_units = writing.plan.tiles.tolerance_units;
    options.jobs = writing.plan.jobs;
    options.name = "context";
    options.description = writing.plan.title.in(Language::en);
    options.attribution = attribution_of(writing.context).in(Language::en);
    tiles::write_context_pyramid(target, sources, &topology::simplify, options);
}

void write_all_vector_tiles(const Writing& writing) {
    for (std::size_t i = 0; i < writing.lon_lat.size(); ++i)
        write_vector_tiles(writing, i,
                           writing.folder / "tiles" / (pyramid_name(writing.lon_lat[i]) + ".pmtiles"));
    if (!writing.context.empty()) write_context_tiles(writing, writing.folder / "tiles" / "context.pmtiles");
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

/// The page holds the tiles itself, because a page opened by double click may not fetch. They are those of
/// the step before or, when that step is off, made aside and removed.
std::vector<SiteBoundaries> tiles_for_page(const Writing& writing) {
    std::vector<SiteBoundaries> all;
    for (std::size_t i = 0; i < writing.lon_lat.size(); ++i) {
        const auto& boundaries = writing.lon_lat[i];
        auto archive = writing.folder / "tiles" / (pyramid_name(boundaries) + ".pmtiles");
        const bool made_before = writing.plan.steps.vector_tiles;
        if (!made_before) {
            archive = writing.folder / (pyramid_name(boundaries) + ".pmtiles");
            write_vector_tiles(writing, i, archive);
        }
        all.push_back(
            {&boundaries, read_file(archive), writing.plan.tiles.min_zoom, writing.plan.tiles.max_zoom});
        if (!made_before) fs::remove(archive);
    }
    return all;
}

SiteContext context_for_page(const Writing& writing) {
    auto archive = writing.folder / "tiles" / "context.pmtiles";
    const bool made_before = writing.plan.steps.vector_tiles;
    if (!made_before) {
        archive = writing.folder / "context.pmtiles";
        write_context_tiles(writing, archive);
    }
    SiteContext context;
    context.layers = &writing.context;
    context.pmtiles = read_file(archive);
    context.attribution = attribution_of(writing.context);
    if (!made_before) fs::remove(archive);
    return context;
}

/// Stations that a modelled layer rests on stand on its map with what they measured.
std::optional<SitePoints> points_for_page(const Writing& writing, const Layer& layer) {
    if (!layer.modelled) return std::nullopt;
    const auto index = layers::points_of_surface(writing.plan, *layer.modelled);
    if (!index) return std::nullopt;
    const auto& [choropleth, legend] = writing.styled_points[*index];
    return SitePoints{&writing.prepared.points[*index], &choropleth, &legend};
}

void write_page(const Writing& writing) {
    const auto& prepared = writing.prepared;
    SiteContent content;
    content.title = writing.plan.title;
    content.themes = prepared.catalogue.themes;
    content.sources = prepared.sources;
    content.boundaries = tiles_for_page(writing);
    content.attribution = prepared.atlas.boundaries.front().attribution;
    for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i)
        content.layers.push_back({&prepared.atlas.layers[i], &writing.styled[i].choropleth,
                                  &writing.styled[i].legend, &prepared.results[i].measures,
                                  prepared.results[i].change, prepared.results[i].series,
                                  points_for_page(writing, prepared.atlas.layers[i]),
                                  &prepared.results[i].class_probability, precision::stable_from});
    if (!writing.context.empty()) content.context = context_for_page(writing);
    const auto folder = writing.folder / "site";
    fs::create_directories(folder);
    site::write_site(folder, content, writing.texts, writing.styles_dir,
                     writing.styles_dir / "site" / "node_modules");
}

/// Outlines small enough for a drawing of a hand's breadth.
std::vector<std::vector<Shape>> outlines_of(const Writing& writing) {
    std::vector<std::vector<Shape>> outlines;
    for (std::size_t i = 0; i < writing.lon_lat.size(); ++i) {
        Box box = box_of(writing.lon_lat[i]);
        outlines.push_back(topology::assemble(
            topology::simplify_open_arcs(writing.networks[i], (box.max_x - box.min_x) / 300.0)));
    }
    return outlines;
}

void write_report(const Writing& writing) {
    ReportContent content{writing.plan.title, writing.prepared, writing.studies, {}, outlines_of(writing)};
    for (const auto& styled : writing.styled)
        content.looks.push_back(&styled.choropleth);
    write_plain_file(writing.folder / "report.html",
                     narrative::report_html(content, writing.texts, writing.styles_dir));
}

void refuse_without_boundaries(const Plan& plan) {
    if (plan.boundaries.empty())
        throw InputError(
            "the plan names no boundaries, so there is nothing to draw",
            R"(add boundaries = { file = "regions.gpkg", key = "code" }, or use `tendik measure`)");
}

/// Tiles and pages are drawn in longitude and latitude, true to a tenth of a tile unit at the deepest zoom;
/// files keep the CRS of the boundaries.
Boundaries in_lon_lat(Boundaries boundaries, const TileOptions& tiles) {
    if (geom::same_crs(boundaries.crs, wgs84)) return boundaries;
    const geom::Transform transform(boundaries.crs, wgs84);
    const auto tolerance_deg = 0.1 * 360.0 / (4096.0 * std::exp2(tiles.max_zoom));
    for (auto& region : boundaries.regions) {
        region.shape = transform(region.shape, tolerance_deg);
        if (region.label) region.label = transform(*region.label);
    }
    boundaries.crs = wgs84;
    return boundaries;
}

/// What readers must know of modelled layers, before all other notes.
void tell_modelled(Prepared& prepared, const fs::path& styles_dir) {
    const auto texts = style::read_text_book(styles_dir);
    for (auto& layer : prepared.atlas.layers) {
        const auto notes = style::modelled_notes(layer, prepared.atlas.boundaries_of(layer), texts);
        layer.notes.insert(layer.notes.begin(), notes.begin(), notes.end());
    }
}

/// Everything that writing needs, made in one place.
Writing make_writing(const Plan& plan, const Prepared& prepared, const Studies& studies,
                     const fs::path& folder, const fs::path& data_folder, Progress& progress) {
    const auto styles_dir = data_folder / "styles";
    auto texts = style::read_text_book(styles_dir);
    auto styled = layers::style_layers(plan, prepared, texts, styles_dir);
    auto points = layers::style_points(plan, prepared, texts, styles_dir);
    Writing writing{
        plan, prepared, studies, folder,  styles_dir, std::move(texts), std::move(styled), std::move(points),
        {},   {},       {},      progress};
    for (const auto& boundaries : prepared.atlas.boundaries) {
        writing.lon_lat.push_back(in_lon_lat(boundaries, plan.tiles));
        writing.networks.push_back(topology::cut_arcs(writing.lon_lat.back()));
    }
    return writing;
}

}  // namespace

Prepared run(const Plan& plan, const fs::path& folder, const fs::path& data_folder, Progress& progress,
             Findings& findings) {
    refuse_without_boundaries(plan);
    AtomicFolder target(folder, "manifest.json");
    progress.begin("reading and joining", 0);
    auto prepared = prepare::prepare(plan, findings);
    tell_modelled(prepared, data_folder / "styles");
    const auto studies = study::carry_out(plan, prepared, plan::builtin_plan(data_folder), findings);
    auto writing = make_writing(plan, prepared, studies, target.temporary_path(), data_folder, progress);
    for (const auto& source : plan.context)
        writing.context.push_back(while_doing(fmt::format("reading context '{}'", source.file),
                                              [&] { return io::read_context(source); }));
    fs::create_directories(writing.folder / "tiles");
    if (plan.steps.layers) while_doing("writing atlas.gpkg", [&] { write_atlas_layers(writing); });
    if (plan.steps.tables) while_doing("writing tables", [&] { write_tables(writing); });
    if (plan.steps.rasters) while_doing("writing rasters", [&] { write_rasters(writing, data_folder); });
    if (plan.steps.vector_tiles)
        while_doing("writing vector tiles", [&] { write_all_vector_tiles(writing); });
    if (plan.steps.raster_tiles)
        while_doing("writing raster tiles", [&] { write_all_raster_tiles(writing); });
    if (plan.steps.site) while_doing("writing the page", [&] { write_page(writing); });
    if (plan.steps.report) while_doing("writing the report", [&] { write_report(writing); });
    if (fs::is_empty(writing.folder / "tiles")) fs::remove(writing.folder / "tiles");
    InputNames names(plan);
    for (const auto& study : studies.indexes)
        names.add_files_of(study.planned.plan);
    write_plain_file(writing.folder / "manifest.json",
                     manifest_json(plan, prepared, names, findings, writing.folder));
    target.commit();
    return prepared;
}

void write_joined(const Prepared& prepared, const fs::path& target, const Crs& crs, Findings& findings) {
    findings.append(io::write_layers(target, {layers::joined_layer(prepared)}, {}, crs));
}

void write_rolled_up(const Prepared& prepared, const fs::path& target, const Crs& crs, Findings& findings) {
    if (prepared.rolled_up.empty())
        throw InputError("there is nothing to put together: the boundaries have no parents",
                         "name the larger units with --parents FILE");
    findings.append(io::write_layers(target, {layers::rolled_up_layer(prepared)}, {}, crs));
}

void write_raster_table(const ZonalTable& table, const Boundaries& boundaries, const fs::path& target,
                        const Crs& crs, const std::string& schema, Findings& findings) {
    const auto ending = target.extension().string();
    if (ending == ".json") return write_file(target, report::raster_json(table, schema, findings));
    if (ending == ".csv") return write_file(target, report::raster_csv(table));
    const FeatureLayer layer{target.stem().string(), table.raster, &boundaries, report::raster_fields(table)};
    findings.append(io::write_layers(target, {layer}, {}, crs));
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
