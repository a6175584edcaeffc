// Small drawings of the report. Shape and place tell everything; colour only repeats it.
#include "sketches.h"

#include "tendik/base/text.h"
#include "tendik/style/colour.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

namespace tendik::narrative {
namespace {

std::string at(double number) { return shortest(std::round(number * 10.0) / 10.0); }

std::string svg(double width_px, double height_px, const std::string& label, const std::string& inner,
                std::string_view css_class) {
    return fmt::format(R"(<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>)",
                       css_class, at(width_px), at(height_px), html(label), inner);
}

std::string line(double x1, double y1, double x2, double y2, std::string_view css_class) {
    return fmt::format(R"(<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>)", css_class, at(x1), at(y1),
                       at(x2), at(y2));
}

std::string letters(double x, double y, std::string_view anchor, const std::string& text) {
    return fmt::format(R"(<text x="{}" y="{}" text-anchor="{}">{}</text>)", at(x), at(y), anchor, html(text));
}

std::string dot(double x, double y, double radius, const std::string& attributes,
                const std::string& title = {}) {
    const auto start =
        fmt::format(R"(<circle cx="{}" cy="{}" r="{}" {})", at(x), at(y), at(radius), attributes);
    return title.empty() ? start + "/>" : start + ">" + element("title", html(title)) + "</circle>";
}

struct Range {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void take(double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    /// 0 at the low end, 1 at the high one; the middle where there is but one value.
    double share(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

Box box_round(const std::vector<Shape>& shapes) {
    Box box;
    for (const auto& shape : shapes)
        box.extend(box_of(shape));
    return box;
}

/// Longitude and latitude on a small plane, east-west shortened as in the middle of the country.
struct Plane {
    Box box;
    double width_px = 240.0;
    double squeeze = 1.0;
    double scale = 1.0;

    explicit Plane(const std::vector<Shape>& shapes)
        : box(box_round(shapes)),
          squeeze(std::cos((box.min_y + box.max_y) / 2.0 * std::numbers::pi / 180.0)),
          scale(width_px / ((box.max_x - box.min_x) * squeeze)) {}
    double height_px() const { return (box.max_y - box.min_y) * scale; }
    std::string place(const Point& point) const {
        return at((point.x - box.min_x) * squeeze * scale) + " " + at((box.max_y - point.y) * scale);
    }
};

bool has_outlines(const std::vector<Shape>& shapes) {
    return std::ranges::any_of(shapes, [](const Shape& shape) { return !shape.parts.empty(); });
}

std::string path_of(const Shape& shape, const Plane& plane) {
    std::string path;
    const auto add = [&](const Ring& ring) {
        char letter = 'M';
        for (const auto& point : ring) {
            path += letter + plane.place(point);
            letter = 'L';
        }
        path += 'Z';
    };
    for (const auto& part : shape.parts) {
        add(part.outer);
        for (const auto& hole : part.holes)
            add(hole);
    }
    return path;
}

std::string outline_id(std::size_t boundaries, std::size_t region) {
    return fmt::format("outline-{}-{}", boundaries, region);
}

/// Values that are far apart have dots of their own; those that would touch are stacked.
double lift_of(std::vector<double>& taken, double x) {
    constexpr double width_px = 8.0;
    const auto near =
        std::ranges::count_if(taken, [&](double other) { return std::abs(other - x) < width_px; });
    taken.push_back(x);
    return 5.0 * static_cast<double>(std::min<std::ptrdiff_t>(near, 4));
}

}  // namespace

std::string outline_definitions(const ReportContent& content) {
    std::string paths;
    for (std::size_t i = 0; i < content.outlines.size(); ++i) {
        const auto& shapes = content.outlines[i];
        if (!has_outlines(shapes)) continue;
        const Plane plane(shapes);
        for (std::size_t region = 0; region < shapes.size(); ++region)
            paths += fmt::format("<path id=\"{}\" d=\"{}\"/>\n", outline_id(i, region),
                                 path_of(shapes[region], plane));
    }
    return "<svg class=\"outlines\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\n" + paths +
           "</defs></svg>\n";
}

std::string map_sketch(const ReportContent& content, std::size_t index, const Words& words) {
    const auto& layer = content.prepared.atlas.layers[index];
    const auto& boundaries = content.prepared.atlas.boundaries_of(layer);
    const auto& shapes = content.outlines.at(layer.boundaries);
    if (!has_outlines(shapes)) return {};
    std::string inner;
    // Outlines of cities lie upon those of the regions around them.
    for (const bool cities : {false, true})
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            if (boundaries.regions[i].generalised() != cities) continue;
            const auto& value = layer.values[i];
            const auto told = value.shown() ? words.value(layer.indicator, value.number)
                                            : words.say(fmt::format("state.{}", to_text(value.state)));
            inner +=
                fmt::format(R"(<use href="#{}" fill="{}"><title>{}</title></use>)",
                            outline_id(layer.boundaries, i), to_hex(content.looks[index]->colour_of(value)),
                            html(words.in(boundaries.regions[i].name) + ": " + told));
        }
    const Plane plane(shapes);
    return svg(plane.width_px, plane.height_px(),
               words.say("map_of", {{"indicator", words.in(layer.indicator.name)}}), inner, "map");
}

std::string strip_sketch(const ReportContent& content, std::size_t index, const Words& words) {
    constexpr double width_px = 320.0;
    constexpr double margin_px = 14.0;
    const auto& layer = content.prepared.atlas.layers[index];
    const auto& boundaries = content.prepared.atlas.boundaries_of(layer);
    const auto& mean = content.prepared.results[index].measures.mean;
    Range range;
    for (const auto& value : layer.values)
        if (value.present()) range.take(value.number);
    const auto x = [&](double value) {
        return margin_px + range.share(value) * (width_px - 2.0 * margin_px);
    };
    auto inner = line(margin_px, 32, width_px - margin_px, 32, "axis");
    if (mean) inner += line(x(*mean), 6, x(*mean), 38, "mean");
    std::vector<double> taken;
    for (std::size_t i = 0; i < layer.values.size(); ++i) {
        const auto& value = layer.values[i];
        if (!value.present()) continue;
        const double place = x(value.number);
        inner +=
            dot(place, 32.0 - lift_of(taken, place), 4.5,
                fmt::format(R"(class="region" fill="{}")", to_hex(content.looks[index]->colour_of(value))),
                words.in(boundaries.regions[i].name) + ": " + words.value(layer.indicator, value.number));
    }
    inner += letters(margin_px - 4.0, 52, "start", words.value(layer.indicator, range.low));
    inner += letters(width_px - margin_px + 4.0, 52, "end", words.value(layer.indicator, range.high));
    return svg(width_px, 58, words.say("strip_of", {{"indicator", words.in(layer.indicator.name)}}), inner,
               "strip");
}

std::string years_sketch(const ReportContent& content, const Story& story, const Words& words) {
    constexpr double width_px = 320.0;
    constexpr double height_px = 104.0;
    const auto& layers = content.prepared.atlas.layers;
    const auto& results = content.prepared.results;
    Range years;
    Range values;
    for (const auto index : story.layers) {
        if (!layers[index].year) return {};
        years.take(*layers[index].year);
        for (const double number : present_numbers(layers[index].values))
            values.take(number);
    }
    if (!(years.high > years.low)) return {};
    const auto x = [&](int year) { return 50.0 + years.share(year) * (width_px - 70.0); };
    const auto y = [&](double value) { return height_px - 24.0 - values.share(value) * (height_px - 36.0); };
    std::string bars;
    std::map<std::size_t, std::string> means;  // of each series
    for (const auto index : story.layers) {
        const auto numbers = present_numbers(layers[index].values);
        const auto [low, high] = std::ranges::minmax(numbers);
        const double place = x(*layers[index].year);
        bars += line(place, y(low), place, y(high), "range");
        const auto& mean = results[index].measures.mean;
        if (!mean) continue;
        means[results[index].series] += at(place) + "," + at(y(*mean)) + " ";
        bars += dot(
            place, y(*mean), 3.0, "class=\"mean\"",
            fmt::format("{}: {}", layers[index].year_label, words.value(layers[index].indicator, *mean, 1)));
    }
    std::string inner;
    for (const auto& [series, points] : means)
        inner += fmt::format(R"(<polyline class="mean" points="{}"/>)", points);
    const auto& indicator = *story.indicator;
    inner += bars + letters(40, y(values.high) + 4.0, "end", words.number(values.high, indicator.decimals)) +
             letters(40, y(values.low) + 4.0, "end", words.number(values.low, indicator.decimals)) +
             letters(x(static_cast<int>(years.low)), height_px - 4.0, "middle", at(years.low)) +
             letters(x(static_cast<int>(years.high)), height_px - 4.0, "middle", at(years.high));
    return svg(width_px, height_px, words.say("years_of", {{"indicator", words.in(indicator.name)}}), inner,
               "years");
}

std::string rank_sketch(const RankInterval& interval, std::size_t count, const Words& words) {
    if (!interval.low || !interval.high || !interval.nominal) return {};
    constexpr double width_px = 150.0;
    const auto x = [&](std::size_t rank) {
        return 6.0 + (width_px - 12.0) * (static_cast<double>(rank) - 1.0) /
                         std::max(1.0, static_cast<double>(count) - 1.0);
    };
    const auto inner = line(6, 8, width_px - 6.0, 8, "axis") +
                       line(x(*interval.low), 8, x(*interval.high), 8, "interval") +
                       dot(x(*interval.nominal), 8, 4, "class=\"rank\"");
    const auto label = words.say(
        "rank_between", {{"low", words.count(*interval.low)}, {"high", words.count(*interval.high)}});
    return svg(width_px, 16, label, inner, "ranks");
}

std::string places_sketch(const std::vector<double>& shares, const std::string& label) {
    constexpr double width_px = 150.0;
    const auto x = [](double share) { return 4.0 + share * (width_px - 8.0); };
    auto inner = fmt::format(R"(<rect class="worst-third" x="{}" y="0" width="{}" height="16"/>)",
                             at(x(2.0 / 3.0)), at(x(1.0) - x(2.0 / 3.0)));
    inner += line(x(0), 8, x(1), 8, "axis");
    for (const double share : shares)
        inner += line(x(share), 2, x(share), 14, "place");
    return svg(width_px, 16, label, inner, "ranks");
}

}  // namespace tendik::narrative
