#include "tendik/tiles/context_pyramid.h"

#include "tendik/base/parallel.h"
#include "tendik/geom/tile_number.h"
#include "tile_archive.h"
#include "tile_cut.h"
#include "zoom_plane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tendik::tiles {
namespace {

using FeaturesByTile = std::map<TilePlace, std::vector<TileFeature>>;
using LayersByTile = std::map<TilePlace, std::map<std::string, std::vector<TileFeature>>>;
using SharedProperties = std::shared_ptr<const TileProperties>;

/// What cutting at one zoom needs to know.
struct Cutting {
    const VectorPyramidOptions& options;
    const Simplify& simplify;
    std::uint32_t zoom = 0;
    double size = 0.0;  ///< grid units of the whole zoom

    std::int64_t tile_of(double coordinate) const {
        const auto last = (std::int64_t{1} << zoom) - 1;
        return std::clamp<std::int64_t>(
            static_cast<std::int64_t>(std::floor(coordinate / static_cast<double>(options.extent))), 0, last);
    }
    Point on_grid(const Point& lon_lat_deg) const {
        const auto unit = geom::to_unit_mercator(lon_lat_deg);
        return {unit.x * size, unit.y * size};
    }
};

TilePoint in_tile(const Cutting& cutting, const TilePlace& place, const Point& grid) {
    const auto extent = static_cast<double>(cutting.options.extent);
    return {static_cast<std::int32_t>(std::lround(grid.x - static_cast<double>(place.first) * extent)),
            static_cast<std::int32_t>(std::lround(grid.y - static_cast<double>(place.second) * extent))};
}

SharedProperties properties_of(const ContextLayer& layer, const ContextFeature& feature, bool label) {
    TileProperties properties;
    if (label) properties.emplace_back("of", std::string(to_text(layer.kind)));
    if (!feature.kind.empty()) properties.emplace_back("kind", feature.kind);
    properties.emplace_back("rank", std::int64_t{feature.rank});
    const auto add = [&properties](const char* name, const std::string& text) {
        if (!text.empty()) properties.emplace_back(name, text);
    };
    add("name_en", feature.name.en);
    add("name_ru", feature.name.ru);
    add("name_kk", feature.name.kk);
    add("outline_years", feature.outline_years);
    return std::make_shared<const TileProperties>(std::move(properties));
}

bool shown(const Cutting& cutting, const ContextLayer& layer, const ContextFeature& feature) {
    const auto first = first_zoom(layer, feature);
    return first && *first <= cutting.zoom;
}

/// Polygons and, for neighbours, the borders between two of them.
void cut_polygons(const Cutting& cutting, const ContextTileSource& source, LayersByTile& tiles) {
    const auto& layer = *source.layer;
    const auto& options = cutting.options;
    constexpr double bend_units = 0.1;
    const auto finest =
        static_cast<double>(options.extent) * std::ldexp(1.0, static_cast<int>(options.max_zoom));
    auto network = to_mercator(source.network, bend_units / finest);
    if (cutting.simplify)
        network = cutting.simplify(std::move(network), options.tolerance_units / cutting.size);
    const auto plane = make_plane(network, cutting.zoom, options.extent, options.buffer);
    const auto border =
        std::make_shared<const TileProperties>(TileProperties{{"of", std::string(to_text(layer.kind))}});
    for (const auto& [place, content] : cut_into_tiles(plane, options.jobs)) {
        const auto path_of = [&cutting, &tile = place](const std::vector<GridPoint>& points) {
            TilePath path;
            for (const auto& point : points)
                path.push_back(
                    in_tile(cutting, tile, {static_cast<double>(point.x), static_cast<double>(point.y)}));
            return path;
        };
        for (const auto& [index, cut] : content.regions) {
            if (!shown(cutting, layer, layer.features[index])) continue;
            const auto rings = put_right(cut, plane.tile_box(place.first, place.second));
            if (rings.empty()) continue;
            TileFeature feature{
                index + 1, TileGeometry::polygon, {}, properties_of(layer, layer.features[index], false)};
            for (const auto& ring : rings)
                feature.paths.push_back(path_of(ring));
            tiles[place][std::string(to_text(layer.kind))].push_back(std::move(feature));
        }
        if (layer.kind != ContextKind::neighbours) continue;
        for (const auto& [arc, line] : content.borders)
            if (plane.arcs[arc].left && plane.arcs[arc].right)
                tiles[place]["neighbour_borders"].push_back(
                    {plane.arcs[arc].number + 1, TileGeometry::line, {path_of(line)}, border});
    }
}

double distance_to_segment(const Point& point, const Point& from, const Point& to) {
    const Point along{to.x - from.x, to.y - from.y};
    const auto length_squared = along.x * along.x + along.y * along.y;
    const auto share =
        length_squared > 0.0
            ? std::clamp(((point.x - from.x) * along.x + (point.y - from.y) * along.y) / length_squared, 0.0,
                         1.0)
            : 0.0;
    return std::hypot(point.x - from.x - share * along.x, point.y - from.y - share * along.y);
}

/// Douglas and Peucker (1973): no point that is left out lies farther off than the tolerance.
Line simplified(const Line& line, double tolerance) {
    std::vector<char> kept(line.size(), 0);
    kept.front() = kept.back() = 1;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double farthest = tolerance;
        std::size_t at = 0;
        for (auto i = first + 1; i < last; ++i) {
            const auto distance = distance_to_segment(line[i], line[first], line[last]);
            if (distance <= farthest) continue;
            farthest = distance;
            at = i;
        }
        if (at == 0) continue;
        kept[at] = 1;
        open.emplace_back(first, at);
        open.emplace_back(at, last);
    }
    Line result;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (kept[i] != 0) result.push_back(line[i]);
    return result;
}

/// The part of a segment inside of the box (Liang and Barsky 1984); nothing: it misses the box.
std::optional<std::pair<Point, Point>> clipped(const Point& from, const Point& to, const Box& box) {
    double enter = 0.0;
    double leave = 1.0;
    const Point along{to.x - from.x, to.y - from.y};
    const std::array<std::pair<double, double>, 4> limits{{{-along.x, from.x - box.min_x},
                                                           {along.x, box.max_x - from.x},
                                                           {-along.y, from.y - box.min_y},
                                                           {along.y, box.max_y - from.y}}};
    for (const auto& [speed, room] : limits) {
        if (speed == 0.0 && room < 0.0) return std::nullopt;
        if (speed < 0.0) enter = std::max(enter, room / speed);
        if (speed > 0.0) leave = std::min(leave, room / speed);
    }
    if (enter > leave) return std::nullopt;
    const auto at = [&](double share) { return Point{from.x + share * along.x, from.y + share * along.y}; };
    return std::pair{enter == 0.0 ? from : at(enter), leave == 1.0 ? to : at(leave)};
}

/// The runs of a line inside of a tile and its buffer, on the tile's grid.
std::vector<TilePath> runs_in(const Cutting& cutting, const TilePlace& place, const Line& line) {
    const auto extent = static_cast<double>(cutting.options.extent);
    const auto buffer = static_cast<double>(cutting.options.buffer);
    const Point corner{static_cast<double>(place.first) * extent, static_cast<double>(place.second) * extent};
    const Box box{corner.x - buffer, corner.y - buffer, corner.x + extent + buffer,
                  corner.y + extent + buffer};
    std::vector<TilePath> runs;
    bool joined = false;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const auto part = clipped(line[i], line[i + 1], box);
        if (!part) {
            joined = false;
            continue;
        }
        if (!joined || part->first != line[i]) runs.push_back({in_tile(cutting, place, part->first)});
        const auto end = in_tile(cutting, place, part->second);
        if (runs.back().back() != end) runs.back().push_back(end);
        joined = part->second == line[i + 1];
    }
    std::erase_if(runs, [](const TilePath& run) { return run.size() < 2; });
    return runs;
}

void cut_lines(const Cutting& cutting, const ContextLayer& layer, LayersByTile& tiles) {
    const auto buffer = static_cast<double>(cutting.options.buffer);
    for (std::size_t i = 0; i < layer.features.size(); ++i) {
        const auto& feature = layer.features[i];
        if (!shown(cutting, layer, feature)) continue;
        std::map<TilePlace, std::vector<TilePath>> paths;
        for (const auto& original : feature.lines) {
            Line line;
            Box box;
            for (const auto& point : original) {
                line.push_back(cutting.on_grid(point));
                box.extend(line.back());
            }
            line = simplified(line, cutting.options.tolerance_units);
            for (auto column = cutting.tile_of(box.min_x - buffer);
                 column <= cutting.tile_of(box.max_x + buffer); ++column)
                for (auto row = cutting.tile_of(box.min_y - buffer);
                     row <= cutting.tile_of(box.max_y + buffer); ++row)
                    for (auto& run : runs_in(cutting, {column, row}, line))
                        paths[{column, row}].push_back(std::move(run));
        }
        const auto properties = properties_of(layer, feature, false);
        for (auto& [place, runs] : paths)
            tiles[place][std::string(to_text(layer.kind))].push_back(
                {i + 1, TileGeometry::line, std::move(runs), properties});
    }
}

/// Settlements, and the places of names of all else; without buffer, or a name would stand in two tiles.
void cut_points(const Cutting& cutting, const ContextLayer& layer, LayersByTile& tiles) {
    const bool own = layer.kind == ContextKind::settlements;
    for (std::size_t i = 0; i < layer.features.size(); ++i) {
        const auto& feature = layer.features[i];
        if (!shown(cutting, layer, feature) || !feature.place) continue;
        if (!own && feature.name.empty()) continue;
        const auto point = cutting.on_grid(*feature.place);
        const TilePlace place{cutting.tile_of(point.x), cutting.tile_of(point.y)};
        tiles[place][own ? "settlements" : "context_labels"].push_back({i + 1,
                                                                        TileGeometry::point,
                                                                        {{in_tile(cutting, place, point)}},
                                                                        properties_of(layer, feature, !own)});
    }
}

nlohmann::ordered_json described(const std::string& id, const char* description, bool named, bool has_owner,
                                 const VectorPyramidOptions& options) {
    nlohmann::ordered_json json{{"id", id},
                                {"description", description},
                                {"minzoom", options.min_zoom},
                                {"maxzoom", options.max_zoom}};
    json["fields"] = nlohmann::ordered_json::object();
    if (has_owner) json["fields"]["of"] = "String";
    if (!named) return json;
    json["fields"]["kind"] = "String";
    json["fields"]["rank"] = "Number";
    for (const char* name : {"name_en", "name_ru", "name_kk", "outline_years"})
        json["fields"][name] = "String";
    return json;
}

/// The layers in the order in which they are drawn, as far as a tile holds them.
constexpr std::array<std::pair<const char*, const char*>, 6> layer_order{{
    {"neighbours", "Countries round the regions"},
    {"neighbour_borders", "Borders between two of these countries, each once"},
    {"lakes", "Lakes and reservoirs"},
    {"rivers", "Rivers"},
    {"settlements", "Towns, one point each"},
    {"context_labels", "Places of the names of countries, lakes and rivers"},
}};

NumberedTiles encoded(const Cutting& cutting, LayersByTile&& tiles) {
    NumberedTiles result;
    for (auto& [place, by_name] : tiles) {
        std::vector<TileLayer> layers;
        for (const auto& [name, description] : layer_order)
            if (const auto found = by_name.find(name); found != by_name.end())
                layers.push_back({name, cutting.options.extent, std::move(found->second)});
        result.emplace_back(TileNumber{cutting.zoom, static_cast<std::uint32_t>(place.first),
                                       static_cast<std::uint32_t>(place.second)},
                            encode_tile(layers));
    }
    return result;
}

Box bounds_of(const std::vector<ContextTileSource>& sources) {
    Box bounds;
    for (const auto& source : sources) {
        for (const auto& feature : source.layer->features) {
            bounds.extend(box_of(feature.shape));
            for (const auto& line : feature.lines)
                for (const auto& point : line)
                    bounds.extend(point);
            if (feature.place) bounds.extend(*feature.place);
        }
    }
    return bounds;
}

nlohmann::ordered_json layers_present(const NumberedTiles& tiles, const VectorPyramidOptions& options) {
    std::map<std::string, bool> present;
    for (const auto& [number, bytes] : tiles)
        for (const auto& layer : decode_tile(bytes, "context"))
            present[layer.name] = true;
    auto json = nlohmann::ordered_json::array();
    for (const auto& [name, description] : layer_order) {
        const std::string id = name;
        if (present.contains(id))
            json.push_back(described(id, description, id != "neighbour_borders",
                                     id == "neighbour_borders" || id == "context_labels", options));
    }
    return json;
}

}  // namespace

PyramidReport write_context_pyramid(const std::filesystem::path& target,
                                    const std::vector<ContextTileSource>& sources, const Simplify& simplify,
                                    const VectorPyramidOptions& options) {
    PyramidReport report;
    NumberedTiles tiles;
    for (auto zoom = options.min_zoom; zoom <= options.max_zoom; ++zoom) {
        const Cutting cutting{options, simplify, zoom,
                              static_cast<double>(options.extent) * std::ldexp(1.0, static_cast<int>(zoom))};
        LayersByTile cut;
        for (const auto& source : sources) {
            if (!source.network.arcs.empty()) cut_polygons(cutting, source, cut);
            cut_lines(cutting, *source.layer, cut);
            cut_points(cutting, *source.layer, cut);
        }
        auto& zoom_report = report.zooms.emplace_back();
        zoom_report.zoom = zoom;
        zoom_report.tile_count = cut.size();
        auto own = encoded(cutting, std::move(cut));
        for (const auto& [number, bytes] : own)
            zoom_report.largest_tile_bytes = std::max(zoom_report.largest_tile_bytes, bytes.size());
        std::ranges::move(own, std::back_inserter(tiles));
    }
    const auto bounds = bounds_of(sources);
    ArchiveDescription description{
        TileType::mvt, options.name, options.description, options.attribution, bounds, {}, {}};
    description.center = {(bounds.min_x + bounds.max_x) / 2.0, (bounds.min_y + bounds.max_y) / 2.0};
    description.vector_layers = layers_present(tiles, options);
    report.archive_bytes = write_archive(target, description, tiles, options.jobs);
    return report;
}

}  // namespace tendik::tiles
