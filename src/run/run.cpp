// The order of work, from plan to finished folder; everything that is computed is computed in other rooms.
#include "tendik/run/run.h"

#include "manifest.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/io/read_context.h"
#include "tendik/io/write_layers.h"
#include "tendik/layers/context_layers.h"
#include "tendik/layers/drawn_layers.h"
#include "tendik/layers/index_layers.h"
#include "tendik/layers/point_layers.h"
#include "tendik/layers/study_layers.h"
#include "tendik/plan/installation.h"
#include "tendik/qgis/layer_style.h"
#include "tendik/report/raster_report.h"
#include "tendik/report/report.h"
#include "tendik/report/surface_report.h"
#include "tendik/run/write_access.h"
#include "tendik/run/write_surface.h"
#include "tendik/study/steps.h"
#include "tendik/style/modelled_notes.h"
#include "tendik/style/text_book.h"
#include "writing.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace tendik::run {
namespace {

namespace fs = std::filesystem;

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
        const auto name = layers::index_name(i);
        features.push_back(layers::index_layer(writing.studies.indexes[i], name));
        styles.push_back(layers::index_style(writing.indexes[i], name));
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

/// What readers must know of modelled layers, before all other notes.
void tell_modelled(Prepared& prepared, const fs::path& styles_dir) {
    const auto texts = style::read_text_book(styles_dir);
    for (auto& layer : prepared.atlas.layers) {
        const auto notes = style::modelled_notes(layer, prepared.atlas.boundaries_of(layer), texts);
        layer.notes.insert(layer.notes.begin(), notes.begin(), notes.end());
    }
}

/// An index may rank the regions of another plan, which the page has no borders of.
void tell_index_of_other_regions(const Studies& studies, const Atlas& atlas, Findings& findings) {
    for (std::size_t i = 0; i < studies.indexes.size(); ++i) {
        const auto& study = studies.indexes[i];
        if (layers::boundaries_of_index(study, atlas)) continue;
        findings.add(
            Severity::note, "index-not-on-page", layers::index_name(i),
            fmt::format("'{}' ranks the regions of '{}', which are none of this plan's boundaries: it "
                        "is in atlas.gpkg, tables and report, and not on the page",
                        study.planned.name, study.boundaries.source));
    }
}

/// What an earlier run left in the folder and this one does not write again goes with the whole folder.
void warn_of_lost(const fs::path& before, const fs::path& after, Findings& findings) {
    std::error_code ignored;
    std::vector<std::string> lost;
    for (const auto& entry : fs::directory_iterator(before, ignored))
        if (!fs::exists(after / entry.path().filename())) lost.push_back(entry.path().filename().string());
    if (lost.empty()) return;
    std::ranges::sort(lost);
    findings.add(
        Severity::warning, "outputs-removed", before.string(),
        fmt::format("an earlier run left {} here, and this one does not write that: it is gone; --only "
                    "into a folder of its own (-o DIR) keeps both",
                    join_text(lost, ", ")));
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
    tell_index_of_other_regions(studies, prepared.atlas, findings);
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
    // Not in the manifest: what is written is the same whatever was there.
    warn_of_lost(folder, writing.folder, findings);
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

}  // namespace tendik::run
