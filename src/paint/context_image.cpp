// Neighbours and water in the colours of the page (styles/site/context.js).
#include "tendik/paint/context_image.h"

#include "tendik/style/context_look.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace tendik::paint {
namespace {

namespace look = style::context_look;

constexpr double border_px = 0.9, shore_px = 0.7, old_shore_px = 0.9, river_px = 0.7, large_river_px = 1.1;
constexpr double dash_px = 2.5, dash_gap_px = 2.0;
constexpr int large_river_rank = 3;
constexpr double margin_px = 8.0;  ///< beyond the tile: wide enough for half a stroke

/// From the unit square to a tile, in pixels or samples.
class Placing {
public:
    Placing(const TileNumber& tile, double units)
        : m_scale(std::ldexp(units, static_cast<int>(tile.zoom))),
          m_left(units * tile.x),
          m_top(units * tile.y) {}

    Point operator()(const Point& point) const {
        return {point.x * m_scale - m_left, point.y * m_scale - m_top};
    }
    Line operator()(const Line& line) const {
        Line placed;
        placed.reserve(line.size());
        for (const auto& point : line)
            placed.push_back((*this)(point));
        return placed;
    }
    Shape operator()(const Shape& shape) const {
        Shape placed;
        for (const auto& part : shape.parts) {
            Polygon polygon{(*this)(part.outer), {}};
            for (const auto& hole : part.holes)
                polygon.holes.push_back((*this)(hole));
            placed.parts.push_back(std::move(polygon));
        }
        return placed;
    }

private:
    double m_scale;
    double m_left;
    double m_top;
};

Line on_plane(const Line& line) {
    Line result;
    for (const auto& point : line)
        result.push_back(geom::to_unit_mercator(point));
    return result;
}

Shape on_plane(const Shape& shape) {
    Shape result;
    for (const auto& part : shape.parts) {
        Polygon polygon{on_plane(part.outer), {}};
        for (const auto& hole : part.holes)
            polygon.holes.push_back(on_plane(hole));
        result.parts.push_back(std::move(polygon));
    }
    return result;
}

Shape rectangle(const Box& box) {
    return {{Polygon{{{box.min_x, box.min_y},
                      {box.max_x, box.min_y},
                      {box.max_x, box.max_y},
                      {box.min_x, box.max_y},
                      {box.min_x, box.min_y}},
                     {}}}};
}

Box box_of(const TileNumber& tile, double margin_tiles) {
    const auto side = std::ldexp(1.0, -static_cast<int>(tile.zoom));
    return {(tile.x - margin_tiles) * side, (tile.y - margin_tiles) * side,
            (tile.x + 1.0 + margin_tiles) * side, (tile.y + 1.0 + margin_tiles) * side};
}

/// Shapes and their colours, painted as regions are: without seams between neighbours.
struct Fills {
    std::vector<Shape> shapes;
    std::vector<Colour> colours;

    void add(Shape shape, const Colour& colour) {
        shapes.push_back(std::move(shape));
        colours.push_back(colour);
    }
    Image painted(std::size_t size_px, std::size_t oversampling) const {
        const auto samples = size_px * oversampling;
        return colour_regions(paint_regions(shapes, samples, samples), colours, oversampling);
    }
};

void add_lines(Stroke& stroke, const std::vector<Line>& lines, const Placing& placing) {
    for (const auto& line : lines)
        stroke.lines.push_back(placing(line));
}

/// Strokes with the lines that they have got.
void draw(Image& image, std::vector<Stroke> strokes) {
    std::erase_if(strokes, [](const Stroke& stroke) { return stroke.lines.empty(); });
    draw_strokes(image, strokes);
}

/// One pixel over another, neither premultiplied.
void blend(const std::uint8_t* over, const std::uint8_t* below, std::uint8_t* result) {
    const std::uint32_t a = over[3];
    const std::uint32_t b = below[3] * (255 - a) / 255;
    const auto alpha = a + b;
    if (alpha == 0) {
        std::fill(result, result + 4, std::uint8_t{0});
        return;
    }
    for (std::size_t i = 0; i < 3; ++i)
        result[i] = static_cast<std::uint8_t>((over[i] * a + below[i] * b + alpha / 2) / alpha);
    result[3] = static_cast<std::uint8_t>(alpha);
}

}  // namespace

ContextPainter::ContextPainter(const std::vector<ContextLayer>& layers) {
    Box window;
    for (const auto& layer : layers) {
        if (layer.window) window.extend(*layer.window);
        if (layer.kind == ContextKind::settlements) continue;
        for (const auto& feature : layer.features) {
            const auto first = first_zoom(layer, feature);
            if (!first) continue;
            Figure figure{
                layer.kind, *first, !feature.outline_years.empty(), feature.rank, on_plane(feature.shape),
                {},         {}};
            for (const auto& part : figure.shape.parts) {
                figure.lines.push_back(part.outer);
                figure.lines.insert(figure.lines.end(), part.holes.begin(), part.holes.end());
            }
            for (const auto& line : feature.lines)
                figure.lines.push_back(on_plane(line));
            for (const auto& line : figure.lines)
                for (const auto& point : line)
                    figure.box.extend(point);
            m_figures.push_back(std::move(figure));
        }
    }
    if (!window.empty()) m_window = on_plane(rectangle(window));
}

ContextImages ContextPainter::paint(const TileNumber& tile, std::size_t size_px,
                                    std::size_t oversampling) const {
    const auto pixels = static_cast<double>(size_px);
    const auto scale = pixels / 256.0;
    const auto zoom = size_px >= 512 || tile.zoom == 0 ? tile.zoom : tile.zoom - 1;
    const auto nearby = box_of(tile, margin_px / pixels);
    const Placing in_samples(tile, pixels * static_cast<double>(oversampling));
    const Placing in_pixels(tile, pixels);
    Fills under;
    Fills over;
    if (m_window) under.add(in_samples(*m_window), look::water);
    Stroke borders{{}, look::neighbour_border, border_px * scale, {}};
    Stroke rivers{{}, look::river, river_px * scale, {}};
    Stroke large_rivers{{}, look::river, large_river_px * scale, {}};
    Stroke shores{{}, look::shore, shore_px * scale, {}};
    Stroke old_shores{{}, look::shore, old_shore_px * scale, {dash_px * scale, dash_gap_px * scale}};
    for (const auto& figure : m_figures) {
        if (figure.first_zoom > zoom || !figure.box.intersects(nearby)) continue;
        if (figure.kind == ContextKind::neighbours) {
            under.add(in_samples(figure.shape), look::land);
            add_lines(borders, figure.lines, in_pixels);
        } else if (figure.kind == ContextKind::lakes) {
            over.add(in_samples(figure.shape), figure.dated ? look::old_water : look::water);
            add_lines(figure.dated ? old_shores : shores, figure.lines, in_pixels);
        } else {
            add_lines(figure.rank <= large_river_rank ? large_rivers : rivers, figure.lines, in_pixels);
        }
    }
    ContextImages images{under.painted(size_px, oversampling), over.painted(size_px, oversampling)};
    draw(images.under, {borders});
    draw(images.over, {rivers, large_rivers, shores, old_shores});
    return images;
}

void lay_over(Image& image, const Image& over) {
    assert(image.rgba.size() == over.rgba.size());
    for (std::size_t i = 0; i < image.rgba.size(); i += 4)
        if (over.rgba[i + 3] != 0) blend(&over.rgba[i], &image.rgba[i], &image.rgba[i]);
}

void lay_under(Image& image, const Image& under) {
    assert(image.rgba.size() == under.rgba.size());
    for (std::size_t i = 0; i < image.rgba.size(); i += 4)
        if (image.rgba[i + 3] != 255) blend(&image.rgba[i], &under.rgba[i], &image.rgba[i]);
}

}  // namespace tendik::paint
