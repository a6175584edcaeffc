#include "tendik/tiles/vector_pyramid.h"

#include "tendik/base/error.h"
#include "tendik/base/parallel.h"
#include "tendik/geom/tile_number.h"
#include "tile_archive.h"
#include "tile_cut.h"
#include "zoom_plane.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tendik::tiles {
namespace {

using PlacedLabels = std::vector<std::pair<std::size_t, GridPoint>>;  ///< region and place on the grid

void check_options(const Boundaries& boundaries, const ArcNetwork& network,
                   const VectorPyramidOptions& options, const std::vector<TileProperty>& properties) {
    if (options.min_zoom > options.max_zoom)
        throw InputError(
            fmt::format("the smallest zoom {} is above the largest {}", options.min_zoom, options.max_zoom),
            "write zooms as in '0-6'");
    if (options.max_zoom > 26 || options.extent == 0 ||
        (std::int64_t{options.extent} << options.max_zoom) > max_grid_size)
        throw InputError(
            fmt::format("zoom {} with extent {} is too fine a grid", options.max_zoom, options.extent),
            "extent times 2^zoom may be 2^28 at most: zoom 16 with extent 4096");
    if (options.buffer * 2 >= options.extent)
        throw InputError(
            fmt::format("a buffer of {} units is too wide for extent {}", options.buffer, options.extent),
            "keep the buffer below half of the extent");
    if (boundaries.crs.known() && !geom::is_geographic(boundaries.crs))
        throw InputError(
            fmt::format("tiles need boundaries in degrees, not in {}", geom::crs_name(boundaries.crs)),
            "transform them to EPSG:4326");
    if (network.regions.size() != boundaries.regions.size())
        throw InputError(
            fmt::format("{} regions, but arcs of {}", boundaries.regions.size(), network.regions.size()));
    std::set<std::string> names{"key", "name_en", "name_ru", "name_kk", "outline"};
    for (const auto& property : properties) {
        if (!names.insert(property.name).second)
            throw InputError(fmt::format("two properties of the tiles are called '{}'", property.name),
                             "give each column its own name");
        if (property.values.size() != boundaries.regions.size())
            throw InputError(fmt::format("property '{}' has {} values for {} regions", property.name,
                                         property.values.size(), boundaries.regions.size()));
    }
}

std::vector<std::shared_ptr<const TileProperties>> region_properties(
    const Boundaries& boundaries, const std::vector<TileProperty>& properties) {
    std::vector<std::shared_ptr<const TileProperties>> all;
    for (std::size_t i = 0; i < boundaries.regions.size(); ++i) {
        const auto& region = boundaries.regions[i];
        TileProperties own{{"key", region.key},
                           {"name_en", region.name.in(Language::en)},
                           {"name_ru", region.name.in(Language::ru)},
                           {"name_kk", region.name.in(Language::kk)},
                           {"outline", region.outline}};
        for (const auto& property : properties)
            own.emplace_back(property.name, property.values[i]);
        all.push_back(std::make_shared<const TileProperties>(std::move(own)));
    }
    return all;
}

const char* kind_of(const PlaneArc& arc, const Boundaries& boundaries) {
    for (const auto& side : {arc.left, arc.right}) {
        if (side && boundaries.regions[static_cast<std::size_t>(*side)].generalised()) return "generalised";
    }
    return arc.left && arc.right ? "inner" : "outer";
}

class VectorPyramid {
public:
    VectorPyramid(const Boundaries& boundaries, const std::vector<TileProperty>& properties,
                  const VectorPyramidOptions& options)
        : m_boundaries(boundaries),
          m_options(options),
          m_properties(region_properties(boundaries, properties)) {
        for (const char* kind : {"outer", "inner", "generalised"})
            m_kinds[kind] =
                std::make_shared<const TileProperties>(TileProperties{{"kind", std::string(kind)}});
        for (const auto& region : boundaries.regions) {
            std::optional<Point> label = region.label;
            if (!label && !region.shape.parts.empty()) label = label_point(region.shape);
            if (label) label = geom::to_unit_mercator(*label);
            m_labels.push_back(label);
        }
    }

    /// All tiles of a zoom, column by column.
    NumberedTiles tiles_of(const ZoomPlane& plane, ZoomReport& report) const {
        const auto contents = cut_into_tiles(plane, m_options.jobs);
        const auto labels = place_labels(plane);
        std::set<TilePlace> wanted;
        for (const auto& [place, content] : contents)
            wanted.insert(place);
        for (const auto& [place, placed] : labels)
            wanted.insert(place);
        const std::vector<TilePlace> places(wanted.begin(), wanted.end());
        std::vector<std::vector<TileLayer>> layers(places.size());
        std::vector<std::string> encoded(places.size());
        parallel_for(places.size(), m_options.jobs, [&](std::size_t i) {
            const auto content = contents.find(places[i]);
            const auto placed = labels.find(places[i]);
            layers[i] =
                layers_of(plane, places[i], content == contents.end() ? TileContent{} : content->second,
                          placed == labels.end() ? PlacedLabels{} : placed->second);
            encoded[i] = encode_tile(layers[i]);
        });
        NumberedTiles tiles;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (encoded[i].empty()) continue;
            report.largest_tile_bytes = std::max(report.largest_tile_bytes, encoded[i].size());
            const TileNumber number{plane.zoom, static_cast<std::uint32_t>(places[i].first),
                                    static_cast<std::uint32_t>(places[i].second)};
            tiles.emplace_back(number, std::move(encoded[i]));
        }
        report.zoom = plane.zoom;
        report.tile_count = tiles.size();
        count(layers, report);
        return tiles;
    }

private:
    static void count(const std::vector<std::vector<TileLayer>>& tiles, ZoomReport& report) {
        std::set<std::uint64_t> regions;
        for (const auto& layers : tiles) {
            for (const auto& layer : layers) {
                for (const auto& feature : layer.features) {
                    if (feature.type == TileGeometry::polygon) regions.insert(feature.id);
                    for (const auto& path : feature.paths)
                        report.vertex_count += path.size();
                }
            }
        }
        report.regions_present = regions.size();
    }

    /// Labels of each tile: no buffer here, or a label would stand in two tiles.
    std::map<TilePlace, PlacedLabels> place_labels(const ZoomPlane& plane) const {
        std::map<TilePlace, PlacedLabels> placed;
        const auto last = (plane.extent << plane.zoom) - 1;
        const auto on_grid = [last](double value) {
            const auto place = static_cast<std::int64_t>(std::floor(value * static_cast<double>(last + 1)));
            return std::clamp<std::int64_t>(place, 0, last);
        };
        for (std::size_t i = 0; i < m_labels.size(); ++i) {
            if (!m_labels[i]) continue;
            const GridPoint point{on_grid(m_labels[i]->x), on_grid(m_labels[i]->y)};
            placed[{point.x / plane.extent, point.y / plane.extent}].emplace_back(i, point);
        }
        return placed;
    }

    /// No layers: nothing but buffer.
    std::vector<TileLayer> layers_of(const ZoomPlane& plane, const TilePlace& place,
                                     const TileContent& content, const PlacedLabels& placed) const {
        const auto to_tile = [&](const GridPoint& point) {
            return TilePoint{static_cast<std::int32_t>(point.x - place.first * plane.extent),
                             static_cast<std::int32_t>(point.y - place.second * plane.extent)};
        };
        const auto path_of = [&to_tile](const std::vector<GridPoint>& points) {
            TilePath path;
            path.reserve(points.size());
            for (const auto& point : points)
                path.push_back(to_tile(point));
            return path;
        };
        TileLayer regions{"regions", m_options.extent, {}};
        bool needed = !placed.empty();
        for (const auto& [index, cut] : content.regions) {
            const auto rings = put_right(cut, plane.tile_box(place.first, place.second));
            if (rings.empty()) continue;
            needed = needed || meets_tile(plane, place, rings);
            TileFeature feature{index + 1, TileGeometry::polygon, {}, m_properties[index]};
            for (const auto& ring : rings)
                feature.paths.push_back(path_of(ring));
            regions.features.push_back(std::move(feature));
        }
        if (!needed) return {};
        TileLayer borders{"borders", m_options.extent, {}};
        for (const auto& [arc, line] : content.borders) {
            const auto id = plane.arcs[arc].number + 1;
            const auto& kind = m_kinds.at(kind_of(plane.arcs[arc], m_boundaries));
            // Runs of one arc that come back into the tile are parts of one feature.
            if (borders.features.empty() || borders.features.back().id != id ||
                borders.features.back().properties != kind)
                borders.features.push_back({id, TileGeometry::line, {}, kind});
            borders.features.back().paths.push_back(path_of(line));
        }
        TileLayer labels{"labels", m_options.extent, {}};
        for (const auto& [index, point] : placed)
            labels.features.push_back(
                {index + 1, TileGeometry::point, {{to_tile(point)}}, m_properties[index]});
        return {std::move(regions), std::move(borders), std::move(labels)};
    }

    const Boundaries& m_boundaries;
    const VectorPyramidOptions& m_options;
    std::vector<std::shared_ptr<const TileProperties>> m_properties;
    std::map<std::string, std::shared_ptr<const TileProperties>> m_kinds;
    std::vector<std::optional<Point>> m_labels;  ///< unit Mercator
};

/// "Number", "Boolean" or "String", as TileJSON 3.0.0, 3.3.2 suggests; mixed types are told as text.
std::string type_name(const TileProperty& property) {
    std::string name;
    for (const auto& value : property.values) {
        if (std::holds_alternative<std::monostate>(value)) continue;
        const std::string own = std::holds_alternative<std::string>(value) ? "String"
                                : std::holds_alternative<bool>(value)      ? "Boolean"
                                                                           : "Number";
        if (name.empty()) name = own;
        if (name != own) return "String";
    }
    return name.empty() ? "String" : name;
}

nlohmann::ordered_json vector_layers(const std::vector<TileProperty>& properties, std::uint32_t min_zoom,
                                     std::uint32_t max_zoom) {
    nlohmann::ordered_json fields;
    for (const char* name : {"key", "name_en", "name_ru", "name_kk", "outline"})
        fields[name] = "String";
    for (const auto& property : properties)
        fields[property.name] = type_name(property);
    const auto layer = [&](const char* id, const char* description, const nlohmann::ordered_json& own) {
        nlohmann::ordered_json json;
        json["id"] = id;
        json["description"] = description;
        json["minzoom"] = min_zoom;
        json["maxzoom"] = max_zoom;
        json["fields"] = own;
        return json;
    };
    return nlohmann::ordered_json::array({layer("regions", "Regions", fields),
                                          layer("borders", "Borders, each once", {{"kind", "String"}}),
                                          layer("labels", "One point a region", fields)});
}

}  // namespace

PyramidReport write_vector_pyramid(const std::filesystem::path& target, const Boundaries& boundaries,
                                   const ArcNetwork& network, const Simplify& simplify,
                                   const std::vector<TileProperty>& properties,
                                   const VectorPyramidOptions& options, Progress& progress) {
    check_options(boundaries, network, options, properties);
    const auto unit = [&options](std::uint32_t zoom) {
        return 1.0 / (static_cast<double>(options.extent) * std::ldexp(1.0, static_cast<int>(zoom)));
    };
    constexpr double bend_units = 0.1;  // invisible, and far below what snapping does
    const auto mercator = to_mercator(network, bend_units * unit(options.max_zoom));
    const VectorPyramid pyramid(boundaries, properties, options);
    PyramidReport report;
    NumberedTiles tiles;
    progress.begin("vector tiles", options.max_zoom - options.min_zoom + 1);
    for (auto zoom = options.min_zoom; zoom <= options.max_zoom; ++zoom) {
        const auto simplified =
            simplify ? simplify(mercator, options.tolerance_units * unit(zoom)) : mercator;
        const auto plane = make_plane(simplified, zoom, options.extent, options.buffer);
        auto& zoom_report = report.zooms.emplace_back();
        auto own = pyramid.tiles_of(plane, zoom_report);
        std::ranges::move(own, std::back_inserter(tiles));
        progress.advance(1);
    }
    const auto bounds = box_of(boundaries);
    ArchiveDescription description{
        TileType::mvt, options.name, options.description, options.attribution, bounds, {}, {}};
    description.center = {(bounds.min_x + bounds.max_x) / 2.0, (bounds.min_y + bounds.max_y) / 2.0};
    description.vector_layers = vector_layers(properties, options.min_zoom, options.max_zoom);
    report.archive_bytes = write_archive(target, description, tiles, options.jobs);
    return report;
}

}  // namespace tendik::tiles
