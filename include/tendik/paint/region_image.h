#pragma once

#include "tendik/geom/shape.h"
#include "tendik/style/colour.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tendik {

/// Which region owns each sample: no_region outside. Painted without antialiasing, so neighbours share no
/// sample and leave none.
struct RegionImage {
    static constexpr std::uint16_t no_region = 0xFFFF;
    std::size_t width = 0;  ///< samples
    std::size_t height = 0;
    std::vector<std::uint16_t> owner;  ///< row by row from the top
};

/// RGBA, 8 bits each, not premultiplied, row by row from the top.
struct Image {
    std::size_t width_px = 0;
    std::size_t height_px = 0;
    std::vector<std::uint8_t> rgba;
};

namespace paint {

/// Paints shapes given in sample coordinates (x right, y down; a sample is owned when its centre is inside,
/// even-odd rule; half-open at edges so that two neighbours never both own or both miss a sample on their
/// common edge). Where shapes overlap, the later one owns. Throws InputError for a coordinate that is not
/// finite or beyond 1e12, and for more than 65534 shapes.
RegionImage paint_regions(const std::vector<Shape>& shapes, std::size_t width, std::size_t height);

/// Colours the regions and averages `oversampling` x `oversampling` samples a pixel (in linear premultiplied
/// integer arithmetic: equal samples give exactly their colour). colours is parallel to the shapes. Throws
/// InputError when the sides are no multiples of the oversampling or a region has no colour.
Image colour_regions(const RegionImage& regions, const std::vector<Colour>& colours,
                     std::size_t oversampling);

/// Diagonal strokes over the pixels whose centre belongs to a region that is `hatched` (parallel to the
/// shapes): dark ones between white ones, so that they show on every colour. They repeat every `period_px`
/// pixels along a row, so images whose sides are multiples of it join without a seam. period_px >= 8. Throws
/// InputError for sizes that do not fit each other.
void hatch_regions(Image& image, const RegionImage& regions, const std::vector<bool>& hatched,
                   std::size_t oversampling, std::size_t period_px);

/// A line over the image, antialiased, width in pixels; coordinates in pixels from the upper left corner, at
/// most 8388000 either way. dash_px: lengths of dashes and gaps in turn; empty: solid.
struct Stroke {
    std::vector<std::vector<Point>> lines;
    Colour colour;
    double width_px = 1.0;
    std::vector<double> dash_px;
};

/// Draws the strokes in order. Pixels that no line touches keep their bytes. Throws InputError.
void draw_strokes(Image& image, const std::vector<Stroke>& strokes);

/// PNG without time and text chunks: 8-bit palette where at most 256 colours occur, RGBA else. Equal images,
/// equal bytes. Throws InputError for an image without pixels.
std::string encode_png(const Image& image);

/// Reads a PNG back (tests, inspection). Throws InputError.
Image decode_png(const std::string& bytes);

}  // namespace paint
}  // namespace tendik
