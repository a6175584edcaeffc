#include "tendik/base/error.h"
#include "tendik/paint/region_image.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace tendik::paint {

namespace {

// Far beyond any zoom, near enough that products of two coordinates stay finite.
constexpr double max_coordinate = 1e12;

// A side of a ring with its upper end first. Both neighbours of a common border see the same two ends in the
// same order, so they compute the same crossing to the last bit, whichever way their rings run.
struct Edge {
    Point top;
    Point bottom;
};

double crossing_x(const Edge& edge, double y) {
    const double share = (y - edge.top.y) / (edge.bottom.y - edge.top.y);
    return edge.top.x + share * (edge.bottom.x - edge.top.x);
}

// The first sample whose centre (index + 0.5) is not before `coordinate`, kept within [0, limit].
std::size_t first_sample(double coordinate, std::size_t limit) {
    const double index = std::ceil(coordinate - 0.5);
    if (!(index > 0.0)) return 0;
    return index < static_cast<double>(limit) ? static_cast<std::size_t>(index) : limit;
}

void check_point(const Point& point, std::size_t shape) {
    if (std::abs(point.x) <= max_coordinate && std::abs(point.y) <= max_coordinate) return;
    throw InputError(
        fmt::format("region {} (counted from 0) has the coordinate ({}, {}), which cannot be painted", shape,
                    point.x, point.y),
        "coordinates must be finite numbers of samples, at most 1e12");
}

void add_edges(const Ring& ring, std::size_t shape, std::vector<Edge>& edges) {
    for (const auto& point : ring)
        check_point(point, shape);
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const auto& a = ring[i - 1];
        const auto& b = ring[i];
        if (a.y < b.y) edges.push_back({a, b});
        if (b.y < a.y) edges.push_back({b, a});
    }
}

std::vector<Edge> edges_of(const Shape& shape, std::size_t index) {
    std::vector<Edge> edges;
    edges.reserve(vertex_count(shape));
    for (const auto& part : shape.parts) {
        add_edges(part.outer, index, edges);
        for (const auto& hole : part.holes)
            add_edges(hole, index, edges);
    }
    return edges;
}

// Where the edges cross the middle of each row: row j owns crossings[begin[j]] up to crossings[begin[j + 1]].
struct Crossings {
    std::vector<std::size_t> begin;
    std::vector<double> x;
};

Crossings cross_rows(const std::vector<Edge>& edges, std::size_t height) {
    Crossings result;
    result.begin.assign(height + 1, 0);
    // Half-open: an edge meets a row when top.y <= centre < bottom.y, so a vertex on a centre line counts
    // once.
    std::vector<std::pair<std::size_t, std::size_t>> rows;
    rows.reserve(edges.size());
    for (const auto& edge : edges) {
        rows.emplace_back(first_sample(edge.top.y, height), first_sample(edge.bottom.y, height));
        for (std::size_t row = rows.back().first; row < rows.back().second; ++row)
            ++result.begin[row + 1];
    }
    for (std::size_t row = 0; row < height; ++row)
        result.begin[row + 1] += result.begin[row];
    result.x.resize(result.begin[height]);
    auto next = result.begin;
    for (std::size_t i = 0; i < edges.size(); ++i)
        for (std::size_t row = rows[i].first; row < rows[i].second; ++row)
            result.x[next[row]++] = crossing_x(edges[i], static_cast<double>(row) + 0.5);
    return result;
}

void fill_row(std::span<double> crossings, std::span<std::uint16_t> row, std::uint16_t owner) {
    std::sort(crossings.begin(), crossings.end());
    // A closed ring crosses a line an even number of times, so the crossings come in pairs: in, out.
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        const std::size_t from = first_sample(crossings[i], row.size());
        const std::size_t to = first_sample(crossings[i + 1], row.size());
        std::fill(row.begin() + static_cast<std::ptrdiff_t>(from),
                  row.begin() + static_cast<std::ptrdiff_t>(to), owner);
    }
}

void fill_shape(const std::vector<Edge>& edges, std::uint16_t owner, RegionImage& image) {
    auto crossings = cross_rows(edges, image.height);
    const std::span<double> x(crossings.x);
    const std::span<std::uint16_t> samples(image.owner);
    for (std::size_t row = 0; row < image.height; ++row) {
        const std::size_t count = crossings.begin[row + 1] - crossings.begin[row];
        if (count == 0) continue;
        fill_row(x.subspan(crossings.begin[row], count), samples.subspan(row * image.width, image.width),
                 owner);
    }
}

}  // namespace

RegionImage paint_regions(const std::vector<Shape>& shapes, std::size_t width, std::size_t height) {
    if (shapes.size() >= RegionImage::no_region)
        throw InputError(fmt::format("{} regions are more than the {} that one image can hold", shapes.size(),
                                     RegionImage::no_region - 1),
                         "split the boundaries into several maps");
    RegionImage image{width, height, std::vector<std::uint16_t>(width * height, RegionImage::no_region)};
    for (std::size_t i = 0; i < shapes.size(); ++i)
        fill_shape(edges_of(shapes[i], i), static_cast<std::uint16_t>(i), image);
    return image;
}

}  // namespace tendik::paint
