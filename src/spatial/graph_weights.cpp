// Weights by graphs over places: Delaunay, Gabriel, relative neighbours.
#include "tendik/base/error.h"
#include "tendik/geom/triangulation.h"
#include "tendik/spatial/weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace tendik::spatial {
namespace {

constexpr std::array<std::pair<std::string_view, PlaceGraph>, 3> graph_names{
    {{"delaunay", PlaceGraph::delaunay},
     {"gabriel", PlaceGraph::gabriel},
     {"relative-neighbour", PlaceGraph::relative_neighbour}}};

constexpr std::string_view description_of(PlaceGraph graph) {
    switch (graph) {
    case PlaceGraph::delaunay:
        return "Delaunay triangulation";
    case PlaceGraph::gabriel:
        return "Gabriel graph";
    case PlaceGraph::relative_neighbour:
        return "relative neighbours";
    }
    return "";
}

void require_places(const Places& places, const std::vector<std::string>& keys) {
    if (places.points.size() != keys.size())
        throw InputError(fmt::format("{} places for {} regions", places.points.size(), keys.size()));
    if (keys.size() < 3)
        throw InputError(fmt::format("{} regions, and a triangulation wants 3 or more", keys.size()),
                         "use weights by contiguity or distance");
    std::vector<std::size_t> order(keys.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return places.points[i]; });
    for (std::size_t i = 1; i < order.size(); ++i)
        if (places.points[order[i - 1]] == places.points[order[i]])
            throw InputError(
                fmt::format("'{}' and '{}' stand at one place, and no triangle has both as corners",
                            keys[order[i - 1]], keys[order[i]]),
                "use weights by contiguity or distance");
}

/// On a sphere of radius 1, or in the plane: straight distances between such positions order pairs as those
/// along the ground do, and a place lies in the circle over a pair as its angle there is right or wider.
using Position = std::array<double, 3>;

std::vector<Position> positions_of(const Places& places) {
    std::vector<Position> positions;
    for (const auto& [x, y] : places.points) {
        const double lon = x * std::numbers::pi / 180.0, lat = y * std::numbers::pi / 180.0;
        if (places.geographic)
            positions.push_back(
                {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)});
        else
            positions.push_back({x, y, 0.0});
    }
    return positions;
}

double squared_distance(const Position& a, const Position& b) {
    double sum = 0.0;
    for (std::size_t axis = 0; axis < a.size(); ++axis)
        sum += (a[axis] - b[axis]) * (a[axis] - b[axis]);
    return sum;
}

/// Whether a third place parts a pair; squared distances. What is equal but for rounding is equal.
bool parts(PlaceGraph graph, double to_first, double to_second, double between) {
    constexpr double tie = 1e-12;
    if (graph == PlaceGraph::gabriel) return to_first + to_second <= between * (1.0 + tie);
    return std::max(to_first, to_second) < between * (1.0 - tie);
}

bool stands(PlaceGraph graph, const std::vector<Position>& positions, std::size_t first, std::size_t second) {
    if (graph == PlaceGraph::delaunay) return true;
    const double between = squared_distance(positions[first], positions[second]);
    for (std::size_t third = 0; third < positions.size(); ++third)
        if (third != first && third != second &&
            parts(graph, squared_distance(positions[third], positions[first]),
                  squared_distance(positions[third], positions[second]), between))
            return false;
    return true;
}

}  // namespace

std::optional<PlaceGraph> place_graph_from_text(std::string_view name) {
    for (const auto& [known, graph] : graph_names)
        if (known == name) return graph;
    return std::nullopt;
}

SpatialWeights graph_weights(const Places& places, std::vector<std::string> keys, PlaceGraph graph) {
    require_places(places, keys);
    const auto plane = places.geographic ? geom::stereographic(places.points) : places.points;
    const auto positions = positions_of(places);
    std::vector<Link> links;
    // Both of the sparser graphs are parts of the triangulation.
    for (const auto& [first, second] : geom::delaunay_sides(plane)) {
        if (!stands(graph, positions, first, second)) continue;
        const auto from = static_cast<std::uint32_t>(first), to = static_cast<std::uint32_t>(second);
        links.push_back({from, to, 1.0});
        links.push_back({to, from, 1.0});
    }
    return make_weights(std::move(keys), std::move(links),
                        fmt::format("{} of label points {}", description_of(graph),
                                    places.geographic ? "on the sphere" : "in the plane of the coordinates"));
}

}  // namespace tendik::spatial
