#include "tendik/base/error.h"
#include "tendik/paint/region_image.h"

#include <cairo.h>
#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <memory>

namespace tendik::paint {

namespace {

struct SurfaceCloser {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextCloser {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceCloser>;
using Context = std::unique_ptr<cairo_t, ContextCloser>;

// Cairo keeps coordinates as 24.8 fixed point.
constexpr double max_coordinate_px = 8'388'000.0;

void check(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS)
        throw SystemError(fmt::format("lines cannot be drawn: {}", cairo_status_to_string(status)));
}

// Cairo's ARGB32: alpha in the highest byte of a native 32-bit word, colours multiplied by alpha.
using Word = std::uint32_t;

Word premultiplied(const std::uint8_t* rgba) {
    const Word alpha = rgba[3];
    const auto scaled = [alpha](Word channel) { return (channel * alpha + 127) / 255; };
    return alpha << 24 | scaled(rgba[0]) << 16 | scaled(rgba[1]) << 8 | scaled(rgba[2]);
}

void put_straight(Word word, std::uint8_t* rgba) {
    const Word alpha = word >> 24;
    const auto straight = [alpha](Word channel) {
        return static_cast<std::uint8_t>(alpha == 0 ? 0 : (channel * 255 + alpha / 2) / alpha);
    };
    rgba[0] = straight(word >> 16 & 0xFF);
    rgba[1] = straight(word >> 8 & 0xFF);
    rgba[2] = straight(word & 0xFF);
    rgba[3] = static_cast<std::uint8_t>(alpha);
}

std::vector<Word> premultiplied(const Image& image) {
    std::vector<Word> words(image.width_px * image.height_px);
    for (std::size_t i = 0; i < words.size(); ++i)
        words[i] = premultiplied(&image.rgba[4 * i]);
    return words;
}

void trace(cairo_t* context, const std::vector<Point>& line) {
    if (line.size() < 2) return;
    for (const auto& point : line)
        if (!(std::abs(point.x) <= max_coordinate_px && std::abs(point.y) <= max_coordinate_px))
            throw InputError(
                fmt::format("a line has the point ({}, {}), which cannot be drawn", point.x, point.y),
                "cut lines to the neighbourhood of the image before drawing them");
    cairo_new_sub_path(context);
    for (const auto& point : line)
        cairo_line_to(context, point.x, point.y);
    // Closed lines get a join instead of two caps where they begin.
    if (line.size() > 3 && line.front() == line.back()) cairo_close_path(context);
}

void draw(cairo_t* context, const Stroke& stroke) {
    if (!(stroke.width_px > 0.0) || !std::isfinite(stroke.width_px))
        throw InputError(fmt::format("a line cannot be {} px wide", stroke.width_px));
    const auto& colour = stroke.colour;
    cairo_set_source_rgba(context, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0,
                          colour.alpha / 255.0);
    cairo_set_line_width(context, stroke.width_px);
    // Round caps would close the gaps between short dashes.
    cairo_set_line_cap(context, stroke.dash_px.empty() ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_set_dash(context, stroke.dash_px.data(), static_cast<int>(stroke.dash_px.size()), 0.0);
    for (const auto& line : stroke.lines)
        trace(context, line);
    // One call for all lines: a half transparent colour is not laid twice where they meet.
    cairo_stroke(context);
    check(cairo_status(context));
}

void draw_on(std::vector<Word>& words, const Image& image, const std::vector<Stroke>& strokes) {
    const auto width = static_cast<int>(image.width_px);
    const Surface surface(cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(words.data()),
                                                              CAIRO_FORMAT_ARGB32, width,
                                                              static_cast<int>(image.height_px), 4 * width));
    check(cairo_surface_status(surface.get()));
    const Context context(cairo_create(surface.get()));
    check(cairo_status(context.get()));
    cairo_set_antialias(context.get(), CAIRO_ANTIALIAS_GOOD);
    cairo_set_line_join(context.get(), CAIRO_LINE_JOIN_ROUND);
    for (const auto& stroke : strokes)
        draw(context.get(), stroke);
    cairo_surface_flush(surface.get());
}

}  // namespace

void draw_strokes(Image& image, const std::vector<Stroke>& strokes) {
    if (strokes.empty() || image.width_px == 0 || image.height_px == 0) return;
    // Cairo's own limit for images.
    if (image.width_px > 32767 || image.height_px > 32767)
        throw InputError(fmt::format("{} x {} pixels are more than can be drawn on (32767 x 32767)",
                                     image.width_px, image.height_px));
    const auto before = premultiplied(image);
    auto words = before;
    draw_on(words, image, strokes);
    // Pixels that no line touched keep their bytes: premultiplying and back would lose colour at low alpha.
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i] != before[i]) put_straight(words[i], &image.rgba[4 * i]);
}

}  // namespace tendik::paint
