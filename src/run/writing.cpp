#include "writing.h"

#include "tendik/base/error.h"
#include "tendik/geom/crs.h"
#include "tendik/layers/point_layers.h"
#include "tendik/topology/arcs.h"

#include <cmath>

namespace tendik::run {
namespace {

namespace fs = std::filesystem;

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

}  // namespace

void refuse_without_boundaries(const Plan& plan) {
    if (plan.boundaries.empty())
        throw InputError(
            "the plan names no boundaries, so there is nothing to draw",
            R"(add boundaries = { file = "regions.gpkg", key = "code" }, or use `tendik measure`)");
}

Writing make_writing(const Plan& plan, const Prepared& prepared, const Studies& studies,
                     const fs::path& folder, const fs::path& data_folder, Progress& progress) {
    const auto styles_dir = data_folder / "styles";
    auto texts = style::read_text_book(styles_dir);
    auto styled = layers::style_layers(plan, prepared, texts, styles_dir);
    auto points = layers::style_points(plan, prepared, texts, styles_dir);
    Writing writing{
        plan, prepared, studies, folder, styles_dir, std::move(texts), std::move(styled), std::move(points),
        {},   {},       {},      {},     progress};
    for (std::size_t i = 0; i < studies.indexes.size(); ++i)
        writing.indexes.push_back(
            layers::draw_index(plan, studies.indexes[i], layers::index_name(i), writing.texts, styles_dir));
    for (const auto& boundaries : prepared.atlas.boundaries) {
        writing.lon_lat.push_back(in_lon_lat(boundaries, plan.tiles));
        writing.networks.push_back(topology::cut_arcs(writing.lon_lat.back()));
    }
    return writing;
}

}  // namespace tendik::run
