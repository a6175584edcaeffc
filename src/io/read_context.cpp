#include "tendik/io/read_context.h"

#include "tendik/base/text.h"
#include "vector_layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>
#include <vector>

namespace tendik::io {
namespace {

/// Lines of lines, multilines and collections; false when something else is among them.
bool collect_lines(const OGRGeometry& geometry, bool swap, std::vector<Line>& lines) {
    const auto type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbLineString) {
        Line line;
        for (const auto& point : *geometry.toLineString())
            line.push_back(swap ? Point{point.getY(), point.getX()} : Point{point.getX(), point.getY()});
        if (line.size() > 1) lines.push_back(std::move(line));
        return true;
    }
    if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection) == 0) return false;
    for (const auto* member : *geometry.toGeometryCollection())
        if (!collect_lines(*member, swap, lines)) return false;
    return true;
}

void require_finite(const Point& point, const std::string& where) {
    if (std::isfinite(point.x) && std::isfinite(point.y)) return;
    throw InputError(
        fmt::format("{}: the coordinate ({}, {}) is not finite", where, shortest(point.x), shortest(point.y)),
        "mend or remove this vertex; coordinates are plain numbers");
}

void take_geometry(const OGRGeometry* geometry, bool swap, ContextKind kind, const std::string& where,
                   ContextFeature& feature) {
    if (kind == ContextKind::neighbours || kind == ContextKind::lakes) {
        feature.shape = to_shape(geometry, swap, where);
        feature.place = label_point(feature.shape);
        return;
    }
    const char* found = geometry == nullptr ? "feature without geometry" : geometry->getGeometryName();
    if (kind == ContextKind::rivers) {
        const std::unique_ptr<OGRGeometry> linear(geometry == nullptr ? nullptr
                                                                      : geometry->getLinearGeometry());
        if (!linear || !collect_lines(*linear, swap, feature.lines) || feature.lines.empty())
            throw InputError(fmt::format("{}: no line but a {}", where, found), "every river needs a line");
        for (const auto& line : feature.lines)
            for (const auto& point : line)
                require_finite(point, where);
        const auto longest = std::ranges::max_element(feature.lines, {}, &Line::size);
        feature.place = (*longest)[longest->size() / 2];
        return;
    }
    if (geometry == nullptr || wkbFlatten(geometry->getGeometryType()) != wkbPoint)
        throw InputError(fmt::format("{}: no point but a {}", where, found),
                         "every settlement needs a point");
    const auto* point = geometry->toPoint();
    feature.place = swap ? Point{point->getY(), point->getX()} : Point{point->getX(), point->getY()};
    require_finite(*feature.place, where);
}

ContextFeature context_feature(const OGRFeature& feature, bool swap, ContextKind kind,
                               const std::string& where) {
    const auto text = [&feature, &where](const char* name) {
        const auto column = feature.GetFieldIndex(name);
        return column < 0 ? std::string()
                          : std::string(trim(require_utf8(bytes_of(feature, column), where, name)));
    };
    ContextFeature result;
    result.name = {text("name_en"), text("name_ru"), text("name_kk")};
    if (result.name.en.empty()) result.name.en = text("name");
    result.kind = text("kind");
    result.outline_years = text("outline_years");
    if (const auto rank = text("rank"); !rank.empty()) {
        const auto number = parse_number(rank);
        if (!number || *number < 1 || *number > 99 || *number != std::floor(*number))
            throw InputError(fmt::format("{}, column 'rank': '{}' is no rank", where, rank),
                             "a rank is a whole number from 1 (drawn first) to 99");
        result.rank = static_cast<int>(*number);
    }
    take_geometry(feature.GetGeometryRef(), swap, kind, where, result);
    return result;
}

void to_lon_lat(const Crs& crs, ContextLayer& context) {
    if (geom::same_crs(crs, wgs84)) return;
    const geom::Transform transform(crs, wgs84);
    for (auto& feature : context.features) {
        feature.shape = transform(feature.shape);
        for (auto& line : feature.lines)
            for (auto& point : line)
                point = transform(point);
        if (feature.place) feature.place = transform(*feature.place);
    }
}

/// "absent": a list of names in each language, in the same order.
std::vector<Texts> absent_of(const nlohmann::json& members) {
    std::vector<Texts> absent;
    const auto lists = members.find("absent");
    if (lists == members.end() || !lists->is_object()) return absent;
    const auto name = [&lists](const char* language, std::size_t i) {
        const auto list = lists->find(language);
        const bool known =
            list != lists->end() && list->is_array() && i < list->size() && (*list)[i].is_string();
        return known ? (*list)[i].get<std::string>() : std::string();
    };
    for (std::size_t i = 0; !name("en", i).empty(); ++i)
        absent.push_back({name("en", i), name("ru", i), name("kk", i)});
    return absent;
}

void take_collection_members(OGRLayer& layer, ContextLayer& context) {
    const auto members = collection_members(layer);
    if (const auto found = members.find("note"); found != members.end()) context.note = texts_of(*found);
    if (const auto found = members.find("attribution"); found != members.end())
        context.attribution = texts_of(*found);
    context.absent = absent_of(members);
    const auto window = members.find("window");
    if (window == members.end() || !window->is_array() || window->size() != 4) return;
    if (!std::ranges::all_of(*window, [](const auto& limit) { return limit.is_number(); })) return;
    context.window = Box{(*window)[0], (*window)[1], (*window)[2], (*window)[3]};
}

}  // namespace

ContextLayer read_context(const ContextSource& source) {
    const BoundarySource place{source.file, source.layer, {}, {}};
    const auto open = open_layer(place);
    const auto [crs, swap] = crs_of(*open.layer, place);
    ContextLayer context;
    context.kind = source.kind;
    context.min_zoom = source.min_zoom;
    context.source = name_of(place);
    take_collection_members(*open.layer, context);
    CPLErrorReset();
    for (const auto& feature : *open.layer)
        context.features.push_back(
            context_feature(*feature, swap, source.kind,
                            fmt::format("{}, feature {}", source.file, context.features.size() + 1)));
    if (CPLGetLastErrorType() >= CE_Failure)
        throw_gdal_error(Fault::input, fmt::format("{}: layer '{}' cannot be read to its end", source.file,
                                                   open.layer->GetName()));
    if (context.features.empty())
        throw InputError(fmt::format("{}: layer '{}' has no feature", source.file, open.layer->GetName()),
                         "leave the layer out of the plan");
    to_lon_lat(crs, context);
    return context;
}

}  // namespace tendik::io
