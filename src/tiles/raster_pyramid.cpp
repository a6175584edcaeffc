#include "tendik/tiles/raster_pyramid.h"

#include "tendik/base/error.h"
#include "tendik/base/parallel.h"
#include "tendik/geom/crs.h"
#include "tendik/geom/tile_number.h"
#include "tendik/paint/context_image.h"
#include "tendik/paint/region_image.h"
#include "tile_archive.h"
#include "tile_cut.h"
#include "zoom_plane.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tendik::tiles {
namespace {

constexpr double inner_width_px = 0.6, outer_width_px = 1.2, generalised_width_px = 0.9;
constexpr std::size_t hatch_period_px = 8;
constexpr double dash_px = 3.0, dash_gap_px = 2.0;
/// Beyond the tile, in pixels: wide enough for half a stroke with its antialiasing.
constexpr std::uint32_t buffer_px = 8;

void check_options(const std::vector<RasterTarget>& targets, const Boundaries& boundaries,
                   const ArcNetwork& network, const RasterPyramidOptions& options) {
    if (options.min_zoom > options.max_zoom)
        throw InputError(
            fmt::format("the smallest zoom {} is above the largest {}", options.min_zoom, options.max_zoom),
            "write zooms as in '0-6'");
    if (options.tile_size_px != 256 && options.tile_size_px != 512)
        throw InputError(fmt::format("tiles of {} pixels are not made", options.tile_size_px),
                         "256 and 512 are");
    if (options.oversampling < 1 || options.oversampling > 16)
        throw InputError(fmt::format("{} samples a pixel side are not painted", options.oversampling),
                         "choose 1 to 16; 4 is the default");
    const auto samples = std::int64_t{options.tile_size_px} * options.oversampling;
    if (options.max_zoom > 20 || (samples << options.max_zoom) > max_grid_size)
        throw InputError(fmt::format("zoom {} is too fine for raster tiles", options.max_zoom),
                         "samples a tile times 2^zoom may be 2^28 at most");
    if (boundaries.crs.known() && !geom::is_geographic(boundaries.crs))
        throw InputError(
            fmt::format("tiles need boundaries in degrees, not in {}", geom::crs_name(boundaries.crs)),
            "transform them to EPSG:4326");
    if (network.regions.size() != boundaries.regions.size())
        throw InputError(
            fmt::format("{} regions, but arcs of {}", boundaries.regions.size(), network.regions.size()));
    for (const auto& target : targets) {
        if (target.colours.size() != boundaries.regions.size())
            throw InputError(fmt::format("map '{}' has {} colours for {} regions", target.name,
                                         target.colours.size(), boundaries.regions.size()));
        if (!target.hatched.empty() && target.hatched.size() != boundaries.regions.size())
            throw InputError(fmt::format("map '{}' has {} hatches for {} regions", target.name,
                                         target.hatched.size(), boundaries.regions.size()));
    }
}

/// One tile as it comes out for each target; no content where nothing is to be seen.
using TileForTargets = std::vector<std::optional<std::string>>;

bool transparent(const Image& image) {
    for (std::size_t i = 3; i < image.rgba.size(); i += 4) {
        if (image.rgba[i] != 0) return false;
    }
    return true;
}

class TilePainter {
public:
    TilePainter(const std::vector<RasterTarget>& targets, const Boundaries& boundaries,
                const RasterPyramidOptions& options, const ZoomPlane& plane,
                const std::optional<paint::ContextPainter>& context)
        : m_targets(targets),
          m_boundaries(boundaries),
          m_options(options),
          m_plane(plane),
          m_context(context) {}

    TileForTargets paint(const TilePlace& place, const TileContent& content) const {
        TileForTargets result(m_targets.size());
        std::vector<std::size_t> owners;
        std::vector<Shape> shapes;
        bool needed = false;
        for (const auto& [region, rings] : content.regions) {
            needed = needed || meets_tile(m_plane, place, rings);
            owners.push_back(region);
            shapes.push_back(in_samples(place, rings));
        }
        if (!needed) return result;
        const auto samples = static_cast<std::size_t>(m_plane.extent);
        const auto regions = paint::paint_regions(shapes, samples, samples);
        const auto strokes = strokes_of(place, content);
        const auto around = around_of(place);
        for (std::size_t i = 0; i < m_targets.size(); ++i) {
            std::vector<Colour> colours;
            for (const auto owner : owners)
                colours.push_back(m_targets[i].colours[owner]);
            auto image = paint::colour_regions(regions, colours, m_options.oversampling);
            hatch(image, regions, owners, m_targets[i]);
            if (around) {
                paint::lay_under(image, around->under);
                paint::lay_over(image, around->over);
            }
            if (m_targets[i].border.alpha != 0 && !strokes.empty()) {
                auto own = strokes;
                for (auto& stroke : own)
                    stroke.colour = m_targets[i].border;
                paint::draw_strokes(image, own);
            }
            if (!transparent(image)) result[i] = paint::encode_png(image);
        }
        return result;
    }

private:
    std::optional<paint::ContextImages> around_of(const TilePlace& place) const {
        if (!m_context) return std::nullopt;
        const TileNumber number{m_plane.zoom, static_cast<std::uint32_t>(place.first),
                                static_cast<std::uint32_t>(place.second)};
        return m_context->paint(number, m_options.tile_size_px, m_options.oversampling);
    }

    void hatch(Image& image, const RegionImage& regions, const std::vector<std::size_t>& owners,
               const RasterTarget& target) const {
        std::vector<bool> hatched;
        for (const auto owner : owners)
            hatched.push_back(!target.hatched.empty() && target.hatched[owner]);
        if (std::ranges::find(hatched, true) == hatched.end()) return;
        paint::hatch_regions(image, regions, hatched, m_options.oversampling,
                             hatch_period_px * m_options.tile_size_px / 256);
    }

    /// All rings as parts: the painter counts by the even-odd rule, and edges along the limit lie outside of
    /// the tile.
    Shape in_samples(const TilePlace& place, const std::vector<GridRing>& rings) const {
        Shape shape;
        for (const auto& ring : rings) {
            Ring moved;
            for (const auto& point : ring)
                moved.push_back(moved_to_tile(place, point, 1.0));
            moved.push_back(moved.front());
            shape.parts.push_back({std::move(moved), {}});
        }
        return shape;
    }

    Point moved_to_tile(const TilePlace& place, const GridPoint& point, double samples_a_unit) const {
        return {static_cast<double>(point.x - place.first * m_plane.extent) / samples_a_unit,
                static_cast<double>(point.y - place.second * m_plane.extent) / samples_a_unit};
    }

    enum Kind : std::size_t { inner, outer, generalised };

    Kind kind_of(const PlaneArc& arc) const {
        for (const auto& side : {arc.left, arc.right}) {
            if (side && m_boundaries.regions[static_cast<std::size_t>(*side)].generalised())
                return generalised;
        }
        return arc.left && arc.right ? inner : outer;
    }

    std::vector<Point> in_pixels(const TilePlace& place, const GridLine& line) const {
        std::vector<Point> points;
        points.reserve(line.size());
        for (const auto& point : line)
            points.push_back(moved_to_tile(place, point, static_cast<double>(m_options.oversampling)));
        return points;
    }

    /// Thin lines first, so that the country's outline lies over them. A dashed line is drawn whole in every
    /// tile that it touches: cut at the tile, its dashes would begin anew there.
    std::vector<paint::Stroke> strokes_of(const TilePlace& place, const TileContent& content) const {
        const auto scale = static_cast<double>(m_options.tile_size_px) / 256.0;
        std::vector<paint::Stroke> strokes(3);
        strokes[inner].width_px = inner_width_px * scale;
        strokes[outer].width_px = outer_width_px * scale;
        strokes[generalised].width_px = generalised_width_px * scale;
        strokes[generalised].dash_px = {dash_px * scale, dash_gap_px * scale};
        std::optional<std::size_t> last_dashed;
        for (const auto& [number, line] : content.borders) {
            const auto& arc = m_plane.arcs[number];
            const auto kind = kind_of(arc);
            if (kind != generalised) {
                strokes[kind].lines.push_back(in_pixels(place, line));
            } else if (last_dashed != number) {
                strokes[kind].lines.push_back(in_pixels(place, arc.points));
                last_dashed = number;
            }
        }
        std::erase_if(strokes, [](const paint::Stroke& stroke) { return stroke.lines.empty(); });
        return strokes;
    }

    const std::vector<RasterTarget>& m_targets;
    const Boundaries& m_boundaries;
    const RasterPyramidOptions& m_options;
    const ZoomPlane& m_plane;
    const std::optional<paint::ContextPainter>& m_context;
};

/// Paints the tiles of one zoom and adds them to those of each target, in a fixed order.
void paint_zoom(const TilePainter& painter, const ZoomPlane& plane, std::size_t jobs,
                std::vector<NumberedTiles>& tiles) {
    const auto contents = cut_into_tiles(plane, jobs);
    std::vector<std::pair<TilePlace, const TileContent*>> ordered;
    for (const auto& [place, content] : contents)
        ordered.emplace_back(place, &content);
    std::vector<TileForTargets> painted(ordered.size());
    parallel_for(ordered.size(), jobs,
                 [&](std::size_t i) { painted[i] = painter.paint(ordered[i].first, *ordered[i].second); });
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        const auto& [column, row] = ordered[i].first;
        const TileNumber number{plane.zoom, static_cast<std::uint32_t>(column),
                                static_cast<std::uint32_t>(row)};
        for (std::size_t target = 0; target < tiles.size(); ++target) {
            if (painted[i][target]) tiles[target].emplace_back(number, std::move(*painted[i][target]));
        }
    }
}

}  // namespace

void write_raster_pyramids(const std::vector<RasterTarget>& targets, const Boundaries& boundaries,
                           const ArcNetwork& network, const RasterPyramidOptions& options,
                           Progress& progress) {
    check_options(targets, boundaries, network, options);
    const auto samples = options.tile_size_px * options.oversampling;
    constexpr double bend_samples = 0.1;
    const auto finest = static_cast<double>(samples) * std::ldexp(1.0, static_cast<int>(options.max_zoom));
    const auto mercator = to_mercator(network, bend_samples / finest);
    std::optional<paint::ContextPainter> context;
    if (options.context != nullptr && !options.context->empty()) context.emplace(*options.context);
    std::vector<NumberedTiles> tiles(targets.size());
    progress.begin("raster tiles", options.max_zoom - options.min_zoom + 1);
    for (auto zoom = options.min_zoom; zoom <= options.max_zoom; ++zoom) {
        const auto plane = make_plane(mercator, zoom, samples, buffer_px * options.oversampling);
        paint_zoom(TilePainter(targets, boundaries, options, plane, context), plane, options.jobs, tiles);
        progress.advance(1);
    }
    const auto bounds = box_of(boundaries);
    ArchiveDescription description{
        TileType::png, {}, options.description, options.attribution, bounds, {}, {}};
    description.vector_layers = nlohmann::ordered_json::array();
    description.center = {(bounds.min_x + bounds.max_x) / 2.0, (bounds.min_y + bounds.max_y) / 2.0};
    for (std::size_t i = 0; i < targets.size(); ++i) {
        description.name = targets[i].name;
        write_archive(targets[i].target, description, tiles[i], options.jobs);
    }
}

}  // namespace tendik::tiles
