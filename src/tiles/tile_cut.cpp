#include "tile_cut.h"

#include "tendik/base/parallel.h"

#include <algorithm>

namespace tendik::tiles {
namespace {

using TileRings = std::map<TilePlace, std::vector<GridRing>>;

/// Cuts a region to columns of tiles and those to rows.
TileRings cut_region(const ZoomPlane& plane, const std::vector<GridRing>& rings) {
    TileRings tiles;
    if (rings.empty()) return tiles;
    auto box = box_of(rings.front());
    for (const auto& ring : rings) {
        const auto own = box_of(ring);
        box.min_x = std::min(box.min_x, own.min_x);
        box.max_x = std::max(box.max_x, own.max_x);
    }
    for (auto column = plane.first_tile(box.min_x); column <= plane.last_tile(box.max_x); ++column) {
        const auto limits = plane.tile_box(column, 0);
        const auto strip = cut_to(rings, Axis::x, limits.min_x, limits.max_x);
        if (strip.empty()) continue;
        auto low = box_of(strip.front()).min_y;
        auto high = low;
        for (const auto& ring : strip) {
            low = std::min(low, box_of(ring).min_y);
            high = std::max(high, box_of(ring).max_y);
        }
        for (auto row = plane.first_tile(low); row <= plane.last_tile(high); ++row) {
            const auto tile = plane.tile_box(column, row);
            auto cut = cut_to(strip, Axis::y, tile.min_y, tile.max_y);
            if (!cut.empty()) tiles[{column, row}] = std::move(cut);
        }
    }
    return tiles;
}

/// Adds the edge to each tile that holds it (four at most), as part of the arc's line there.
void add_border_edge(const ZoomPlane& plane, std::size_t arc, const GridPoint& from, const GridPoint& to,
                     std::map<TilePlace, TileContent>& tiles) {
    const auto min_x = std::min(from.x, to.x);
    const auto max_x = std::max(from.x, to.x);
    const auto min_y = std::min(from.y, to.y);
    const auto max_y = std::max(from.y, to.y);
    for (auto column = plane.first_tile(min_x); column <= plane.last_tile(max_x); ++column) {
        for (auto row = plane.first_tile(min_y); row <= plane.last_tile(max_y); ++row) {
            const auto box = plane.tile_box(column, row);
            if (min_x < box.min_x || max_x > box.max_x || min_y < box.min_y || max_y > box.max_y) continue;
            const auto tile = tiles.find({column, row});
            if (tile == tiles.end()) continue;
            auto& borders = tile->second.borders;
            if (borders.empty() || borders.back().first != arc || borders.back().second.back() != from)
                borders.push_back({arc, {from}});
            borders.back().second.push_back(to);
        }
    }
}

}  // namespace

std::map<TilePlace, TileContent> cut_into_tiles(const ZoomPlane& plane, std::size_t jobs) {
    std::vector<TileRings> cut(plane.regions.size());
    parallel_for(cut.size(), jobs, [&](std::size_t i) { cut[i] = cut_region(plane, plane.regions[i]); });
    std::map<TilePlace, TileContent> tiles;
    for (std::size_t i = 0; i < cut.size(); ++i) {
        for (auto& [place, rings] : cut[i])
            tiles[place].regions.emplace_back(i, std::move(rings));
    }
    for (std::size_t arc = 0; arc < plane.arcs.size(); ++arc) {
        const auto& points = plane.arcs[arc].points;
        for (std::size_t i = 0; i + 1 < points.size(); ++i)
            add_border_edge(plane, arc, points[i], points[i + 1], tiles);
    }
    return tiles;
}

bool meets_tile(const ZoomPlane& plane, const TilePlace& place, const std::vector<GridRing>& rings) {
    const auto min_x = place.first * plane.extent;
    const auto min_y = place.second * plane.extent;
    return std::ranges::any_of(rings, [&](const GridRing& ring) {
        const auto box = box_of(ring);
        return box.max_x > min_x && box.min_x < min_x + plane.extent && box.max_y > min_y &&
               box.min_y < min_y + plane.extent;
    });
}

}  // namespace tendik::tiles
