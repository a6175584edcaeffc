#include "tendik/base/atomic_file.h"
#include "tendik/layers/point_layers.h"
#include "tendik/narrative/report_page.h"
#include "tendik/precision/reliability.h"
#include "tendik/site/site.h"
#include "tendik/topology/arcs.h"
#include "writing.h"

#include <algorithm>

namespace tendik::run {
namespace {

namespace fs = std::filesystem;

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

/// What a composite index says besides its score, without what only its tables and the report need.
SiteIndex index_for_page(const ScoredIndex& scored) {
    SiteIndex index;
    const auto& nodes = scored.tree.nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        SiteIndexNode node;
        node.code = nodes[i].code;
        node.name = nodes[i].name.empty() ? Texts{node.code, {}, {}} : nodes[i].name;
        node.weight = scored.result.weights[i];
        node.scores = scored.result.scores[i];
        node.parts = scored.result.parts[i];
        if (const auto& indicator = nodes[i].indicator) {
            node.year_label = scored.sources[*indicator].year_label;
            node.figures = scored.tree.indicators[*indicator].values;
        }
        index.nodes.push_back(std::move(node));
    }
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (const auto child : nodes[i].children)
            index.nodes[child].parent = i;
    index.least_share = scored.options.least_share;
    if (!scored.robustness) return index;
    for (const auto& interval : scored.robustness->regions)
        index.ranks.push_back({interval.low, interval.median, interval.high});
    index.draws = scored.robustness->draws;
    index.mean_shift = scored.robustness->mean_shift;
    return index;
}

/// An index and its score on the boundaries of the page; what is pointed to by the content.
struct PageIndex {
    Layer layer;
    SiteIndex index;
    const layers::DrawnIndex* drawn = nullptr;
};

/// Those that rank regions of this atlas.
std::vector<PageIndex> indexes_for_page(const Writing& writing) {
    std::vector<PageIndex> all;
    for (std::size_t i = 0; i < writing.indexes.size(); ++i) {
        const auto& study = writing.studies.indexes[i];
        const auto boundaries = layers::boundaries_of_index(study, writing.prepared.atlas);
        if (!boundaries) continue;
        all.push_back({writing.indexes[i].layer, index_for_page(study.scored), &writing.indexes[i]});
        all.back().layer.boundaries = *boundaries;
    }
    return all;
}

/// Behind all indicators, under a theme of their own. Each is a series by itself.
void add_indexes(SiteContent& content, const std::vector<PageIndex>& indexes, const TextBook& texts) {
    if (indexes.empty()) return;
    content.themes.push_back({std::string(layers::index_theme), texts.at(layers::index_theme)});
    std::size_t series = 0;
    for (const auto& layer : content.layers)
        series = std::max(series, layer.series + 1);
    for (const auto& one : indexes) {
        SiteLayer layer{&one.layer,
                        &one.drawn->look.choropleth,
                        &one.drawn->look.legend,
                        &one.drawn->measures,
                        std::nullopt,
                        series++};
        layer.index = &one.index;
        content.layers.push_back(layer);
    }
}

/// Outlines small enough for a drawing of a hand's breadth.
std::vector<std::vector<Shape>> outlines_of(const Writing& writing) {
    std::vector<std::vector<Shape>> outlines;
    for (std::size_t i = 0; i < writing.lon_lat.size(); ++i) {
        const auto box = box_of(writing.lon_lat[i]);
        outlines.push_back(topology::assemble(
            topology::simplify_open_arcs(writing.networks[i], (box.max_x - box.min_x) / 300.0)));
    }
    return outlines;
}

}  // namespace

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
    const auto indexes = indexes_for_page(writing);
    add_indexes(content, indexes, writing.texts);
    if (!writing.context.empty()) content.context = context_for_page(writing);
    const auto folder = writing.folder / "site";
    fs::create_directories(folder);
    site::write_site(folder, content, writing.texts, writing.styles_dir,
                     writing.styles_dir / "site" / "node_modules");
}

void write_report(const Writing& writing) {
    ReportContent content{writing.plan.title, writing.prepared, writing.studies, {}, outlines_of(writing)};
    for (const auto& styled : writing.styled)
        content.looks.push_back(&styled.choropleth);
    write_plain_file(writing.folder / "report.html",
                     narrative::report_html(content, writing.texts, writing.styles_dir));
}

}  // namespace tendik::run
