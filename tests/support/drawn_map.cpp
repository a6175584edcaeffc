#include "support/drawn_map.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

namespace tendik::test {
namespace {

using Corner = std::pair<long, long>;  // column, row counted from the bottom

struct Side {
    Corner from;
    Corner to;
    friend auto operator<=>(const Side&, const Side&) = default;
};

/// Sides of all cells of one letter with the letter on their left, without those that two of its cells share.
std::set<Side> outline_of(const std::vector<std::string>& rows, char letter) {
    std::set<Side> sides;
    const auto put = [&sides](Corner from, Corner to) {
        if (sides.erase(Side{to, from}) == 0) sides.insert(Side{from, to});
    };
    const auto row_count = static_cast<long>(rows.size());
    for (long row = 0; row < row_count; ++row) {
        const auto& line = rows[static_cast<std::size_t>(row_count - 1 - row)];
        for (long column = 0; column < static_cast<long>(line.size()); ++column) {
            if (line[static_cast<std::size_t>(column)] != letter) continue;
            put({column, row}, {column + 1, row});
            put({column + 1, row}, {column + 1, row + 1});
            put({column + 1, row + 1}, {column, row + 1});
            put({column, row + 1}, {column, row});
        }
    }
    return sides;
}

/// A ring that touches itself at a corner is cut there: the loops are a border and the holes that touch it.
void cut_at_corners(const std::vector<Corner>& walk, std::vector<std::vector<Corner>>& rings) {
    std::vector<Corner> path;
    for (const auto& corner : walk) {
        const auto before = std::ranges::find(path, corner);
        if (before == path.end()) {
            path.push_back(corner);
            continue;
        }
        std::vector<Corner> ring(before, path.end());
        ring.push_back(corner);
        rings.push_back(std::move(ring));
        path.erase(before + 1, path.end());
    }
}

/// Follows the sides to closed rings; at a corner where two rings meet it turns left, so that parts stay
/// apart.
std::vector<std::vector<Corner>> rings_of(std::set<Side> sides) {
    std::vector<std::vector<Corner>> rings;
    while (!sides.empty()) {
        auto side = *sides.begin();
        std::vector<Corner> walk{side.from};
        while (sides.erase(side) != 0) {
            walk.push_back(side.to);
            const auto dx = side.to.first - side.from.first;
            const auto dy = side.to.second - side.from.second;
            const std::array<Corner, 3> turns{Corner{-dy, dx}, Corner{dx, dy}, Corner{dy, -dx}};
            for (const auto& [step_x, step_y] : turns) {
                const Side next{side.to, {side.to.first + step_x, side.to.second + step_y}};
                if (!sides.contains(next)) continue;
                side = next;
                break;
            }
        }
        cut_at_corners(walk, rings);
    }
    return rings;
}

/// The smallest part around a hole: an island lies inside the outer ring of the shore too.
Polygon* owner_of(const Ring& hole, Shape& shape) {
    const Point on_hole{(hole[0].x + hole[1].x) / 2.0, (hole[0].y + hole[1].y) / 2.0};
    Polygon* owner = nullptr;
    for (auto& part : shape.parts) {
        if (!contains(Shape{{Polygon{part.outer, {}}}}, on_hole)) continue;
        if (owner == nullptr || twice_signed_area(part.outer) < twice_signed_area(owner->outer))
            owner = &part;
    }
    return owner;
}

Shape shape_of(const std::vector<std::vector<Corner>>& corner_rings, Point origin, double cell) {
    Shape shape;
    std::vector<Ring> holes;
    for (const auto& corners : corner_rings) {
        Ring ring;
        for (const auto& [column, row] : corners)
            ring.push_back(
                {origin.x + cell * static_cast<double>(column), origin.y + cell * static_cast<double>(row)});
        if (twice_signed_area(ring) > 0.0)
            shape.parts.push_back({std::move(ring), {}});
        else
            holes.push_back(std::move(ring));
    }
    for (auto& hole : holes)
        if (auto* owner = owner_of(hole, shape)) owner->holes.push_back(std::move(hole));
    return shape;
}

}  // namespace

Boundaries drawn_map(const std::vector<std::string>& rows, Point origin, double cell) {
    std::set<char> letters;
    for (const auto& row : rows)
        letters.insert(row.begin(), row.end());
    letters.erase('.');
    Boundaries map;
    map.source = "drawn map";
    map.key_column = "key";
    map.crs = wgs84;
    for (const char letter : letters) {
        Region region;
        region.key = std::string(1, letter);
        region.name = {region.key, region.key, region.key};
        region.shape = shape_of(rings_of(outline_of(rows, letter)), origin, cell);
        map.regions.push_back(std::move(region));
    }
    return map;
}

}  // namespace tendik::test
