#include "tendik/io/read_boundaries.h"

#include "crs_text.h"
#include "gdal_session.h"
#include "region_shape.h"
#include "tendik/base/existing_file.h"
#include "tendik/base/text.h"
#include "tendik/io/read_context.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

namespace tendik::io {
namespace {

struct OpenLayer {
    DatasetPointer dataset;
    OGRLayer* layer = nullptr;
    bool is_geojson = false;
};

constexpr const char* formats_hint =
    "boundaries are GeoJSON, GeoPackage, Shapefile or another format that GDAL reads";

OpenLayer open_file(const std::string& file, bool raw_texts = false) {
    start_gdal();
    if (!is_connection(file)) require_existing(file, formats_hint);
    CPLErrorReset();
    const auto* driver =
        GDALDriver::FromHandle(GDALIdentifyDriverEx(file.c_str(), GDAL_OF_VECTOR, nullptr, nullptr));
    OpenLayer open;
    open.is_geojson = driver != nullptr && std::string_view(driver->GetDescription()) == "GeoJSON";
    // Native data hold what stands beside the features: vintage, note, attribution.
    const std::array<const char*, 2> options{raw_texts ? "ENCODING=" : "NATIVE_DATA=YES", nullptr};
    open.dataset.reset(GDALDataset::Open(file.c_str(),
                                         GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, nullptr,
                                         open.is_geojson || raw_texts ? options.data() : nullptr, nullptr));
    if (!open.dataset) {
        throw_gdal_error(Fault::input, fmt::format("{}: cannot be read as boundaries", file), formats_hint);
    }
    return open;
}

OGRLayer* choose_layer(GDALDataset& dataset, const BoundarySource& source) {
    std::vector<std::string> names;
    std::vector<OGRLayer*> with_geometry;
    OGRLayer* named = nullptr;
    for (auto* layer : dataset.GetLayers()) {
        names.emplace_back(layer->GetName());
        if (layer->GetGeomType() != wkbNone) with_geometry.push_back(layer);
        if (names.back() == source.layer) named = layer;
    }
    const auto hint = fmt::format("the layers are: {}", quoted_list(names));
    if (!source.layer.empty()) {
        if (named != nullptr) return named;
        const auto near = nearest(source.layer, names);
        throw InputError(fmt::format("{}: no layer '{}'{}", source.file, source.layer,
                                     near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                         hint);
    }
    if (with_geometry.empty()) throw InputError(fmt::format("{}: no layer with polygons", source.file), hint);
    if (with_geometry.size() > 1) {
        throw InputError(fmt::format("{}: {} layers, which one?", source.file, with_geometry.size()),
                         fmt::format("name one as FILE:LAYER; {}", hint));
    }
    return with_geometry.front();
}

/// All texts of a layer: names of its columns and what stands below them.
std::string texts_of_layer(OGRLayer& layer) {
    std::string all;
    auto& definition = *layer.GetLayerDefn();
    for (int i = 0; i < definition.GetFieldCount(); ++i)
        all += std::string(definition.GetFieldDefn(i)->GetNameRef()) + "\n";
    for (const auto& feature : layer)
        for (int i = 0; i < definition.GetFieldCount(); ++i)
            if (definition.GetFieldDefn(i)->GetType() == OFTString)
                all += std::string(feature->GetFieldAsString(i)) + "\n";
    layer.ResetReading();
    return all;
}

/// Where the DBF of a Shapefile states no encoding, its bytes say what they are; what they do not say is left
/// to GDAL.
std::optional<TextEncoding> open_undeclared_texts(OpenLayer& open, const BoundarySource& source,
                                                  Findings& findings) {
    const auto* driver = open.dataset->GetDriver();
    if (driver == nullptr || std::string_view(driver->GetDescription()) != "ESRI Shapefile") return {};
    if (states_encoding(*open.layer)) return {};
    auto raw = open_file(source.file, true);
    raw.layer = choose_layer(*raw.dataset, source);
    const auto decoded = decode_text(texts_of_layer(*raw.layer));
    if (!decoded) return {};
    open = std::move(raw);
    if (decoded->encoding == TextEncoding::utf8) return {};
    findings.add(Severity::note, "encoding", mask_passwords(source.file),
                 fmt::format("the DBF states no encoding; its texts are read as {}, a .cpg file beside it "
                             "would say otherwise",
                             to_text(decoded->encoding)));
    return decoded->encoding;
}

struct LayerCrs {
    Crs crs;
    bool swap_axes = false;  ///< the layer stores latitude or northing first
};

LayerCrs crs_of(OGRLayer& layer, const BoundarySource& source) {
    const auto* reference = layer.GetSpatialRef();
    if (reference == nullptr || !is_known(*reference)) {
        throw InputError(
            fmt::format("{}: layer '{}' has no coordinate reference system", source.file, layer.GetName()),
            fmt::format(
                "if the coordinates are longitude and latitude: ogr2ogr -a_srs EPSG:4326 with_crs.gpkg '{}'",
                source.file));
    }
    const auto& mapping = reference->GetDataAxisToSRSAxisMapping();
    LayerCrs result;
    result.swap_axes =
        (reference->EPSGTreatsAsLatLong() != 0 || reference->EPSGTreatsAsNorthingEasting() != 0) &&
        mapping.size() >= 2 && mapping[0] == 1;
    result.crs = to_crs(*reference);
    return result;
}

/// Names, kinds and places are looked up by column.
class Columns {
public:
    /// `encoding`: of texts that are still bytes.
    Columns(OGRLayer& layer, const BoundarySource& source, std::optional<TextEncoding> encoding)
        : m_encoding(encoding) {
        auto& definition = *layer.GetLayerDefn();
        for (int i = 0; i < definition.GetFieldCount(); ++i)
            m_names.push_back(text(definition.GetFieldDefn(i)->GetNameRef()));
        m_key = find_key(source, layer.GetName());
        const auto type = definition.GetFieldDefn(m_key)->GetType();
        m_numeric_key = type == OFTInteger || type == OFTInteger64 || type == OFTReal;
    }

    int key() const { return m_key; }
    bool numeric_key() const { return m_numeric_key; }
    const std::string& name(int column) const { return m_names[static_cast<std::size_t>(column)]; }
    std::optional<int> find(std::string_view name) const {
        const auto found = std::ranges::find(m_names, name);
        if (found == m_names.end()) return std::nullopt;
        return static_cast<int>(found - m_names.begin());
    }
    int count() const { return static_cast<int>(m_names.size()); }
    std::string text(const char* bytes) const { return m_encoding ? to_utf8(bytes, *m_encoding) : bytes; }

private:
    int find_key(const BoundarySource& source, const char* layer) const {
        const auto hint = fmt::format("the columns are: {}", quoted_list(m_names));
        if (!source.key.empty()) {
            if (const auto found = find(source.key)) return *found;
            const auto near = nearest(source.key, m_names);
            throw InputError(
                fmt::format("{}: layer '{}' has no column '{}'{}", source.file, layer, source.key,
                            near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                hint);
        }
        for (const auto* standard : {"unit_id", "key", "code"})
            if (const auto found = find(standard)) return *found;
        throw InputError(
            fmt::format("{}: layer '{}' has no key column, none of 'unit_id', 'key', 'code' exists",
                        source.file, layer),
            fmt::format("name it with --key; {}", hint));
    }

    std::optional<TextEncoding> m_encoding;
    std::vector<std::string> m_names;
    int m_key = 0;
    bool m_numeric_key = false;
};

/// What stands in a field, its bytes as they are.
std::string bytes_of(const OGRFeature& feature, int column) {
    if (feature.IsFieldSetAndNotNull(column) == 0) return {};
    if (feature.GetFieldDefnRef(column)->GetType() == OFTReal)
        return shortest(feature.GetFieldAsDouble(column));
    return feature.GetFieldAsString(column);
}

std::string require_utf8(std::string text, const std::string& where, std::string_view column) {
    if (const auto fault = find_invalid_utf8(text)) {
        const auto byte = static_cast<unsigned>(static_cast<unsigned char>(text[*fault]));
        throw InputError(
            fmt::format("{}, column '{}': byte {} (0x{:02X}) is not UTF-8", where, column, *fault + 1, byte),
            "save the file as UTF-8; for a Shapefile, state its encoding in a .cpg file");
    }
    return text;
}

std::string text_of(const OGRFeature& feature, int column, const std::string& where, const Columns& columns) {
    return require_utf8(columns.text(bytes_of(feature, column).c_str()), where, columns.name(column));
}

std::string attribute(const Region& region, std::string_view name) {
    const auto found =
        std::ranges::find(region.attributes, name, [](const auto& pair) { return pair.first; });
    return found == region.attributes.end() ? std::string() : found->second;
}

Texts names_of(const Region& region) {
    const auto name = attribute(region, "name");
    Texts texts{attribute(region, "name_en"), attribute(region, "name_ru"), attribute(region, "name_kk")};
    if (texts.en.empty()) texts.en = !name.empty() ? name : !texts.ru.empty() ? texts.ru : texts.kk;
    if (texts.en.empty()) texts.en = region.key;
    return texts;
}

std::optional<Point> label_of(const Region& region) {
    const auto lon_deg = parse_number(attribute(region, "label_lon"));
    const auto lat_deg = parse_number(attribute(region, "label_lat"));
    if (!lon_deg || !lat_deg) return std::nullopt;
    return Point{*lon_deg, *lat_deg};
}

Region region_of(const OGRFeature& feature, const Columns& columns, const std::string& file,
                 std::size_t number) {
    const auto place = fmt::format("{}, feature {}", file, number);
    Region region;
    region.key = trim(text_of(feature, columns.key(), place, columns));
    if (region.key.empty()) {
        throw InputError(fmt::format("{}: the key column '{}' is empty", place, columns.name(columns.key())),
                         "every region has a key");
    }
    const auto where = fmt::format("{}, region '{}'", place, region.key);
    for (int i = 0; i < columns.count(); ++i)
        region.attributes.emplace_back(columns.name(i), text_of(feature, i, where, columns));
    region.name = names_of(region);
    region.kind = attribute(region, "kind");
    region.outline = attribute(region, "outline");
    region.label = label_of(region);
    return region;
}

std::vector<Region> read_regions(OGRLayer& layer, const Columns& columns, const BoundarySource& source,
                                 bool swap) {
    std::vector<Region> regions;
    std::map<std::string, std::size_t> number_by_key;
    CPLErrorReset();
    for (const auto& feature : layer) {
        const auto number = regions.size() + 1;
        auto region = region_of(*feature, columns, source.file, number);
        const auto [first, is_new] = number_by_key.emplace(region.key, number);
        if (!is_new) {
            throw InputError(
                fmt::format("{}: features {} and {} have the same key '{}' in column '{}'", source.file,
                            first->second, number, region.key, columns.name(columns.key())),
                "a key names one region: merge its parts into one feature, or choose another --key");
        }
        region.shape = to_shape(feature->GetGeometryRef(), swap,
                                fmt::format("{}, feature {}, region '{}'", source.file, number, region.key));
        regions.push_back(std::move(region));
    }
    if (CPLGetLastErrorType() >= CE_Failure)
        throw_gdal_error(Fault::input, fmt::format("{}: layer '{}' cannot be read to its end", source.file,
                                                   layer.GetName()));
    if (regions.empty()) {
        throw InputError(fmt::format("{}: layer '{}' has no feature", source.file, layer.GetName()),
                         "boundaries hold one polygon feature for each region");
    }
    return regions;
}

Texts texts_of(const nlohmann::json& value) {
    if (value.is_string()) return {value.get<std::string>(), {}, {}};
    if (!value.is_object()) return {};
    const auto in = [&value](const char* language) {
        const auto found = value.find(language);
        return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    return {in("en"), in("ru"), in("kk")};
}

/// What a GeoJSON file says of itself beside its features; an empty object for other files.
nlohmann::json collection_members(OGRLayer& layer) {
    const char* native = layer.GetMetadataItem("NATIVE_DATA", "NATIVE_DATA");
    auto members = native == nullptr ? nlohmann::json() : nlohmann::json::parse(native, nullptr, false);
    return members.is_object() ? members : nlohmann::json::object();
}

void take_collection_members(OGRLayer& layer, Boundaries& boundaries) {
    const auto members = collection_members(layer);
    if (const auto found = members.find("vintage"); found != members.end() && found->is_string())
        boundaries.vintage = found->get<std::string>();
    if (const auto found = members.find("note"); found != members.end()) boundaries.note = texts_of(*found);
    if (const auto found = members.find("attribution"); found != members.end())
        boundaries.attribution = texts_of(*found);
}

/// The vintage that all regions state alike.
std::string common_vintage(const std::vector<Region>& regions) {
    const auto first = attribute(regions.front(), "vintage");
    const auto same = [&first](const Region& region) { return attribute(region, "vintage") == first; };
    return std::ranges::all_of(regions, same) ? first : std::string();
}

void place_labels(Boundaries& boundaries) {
    if (geom::is_geographic(boundaries.crs)) return;
    const geom::Transform from_wgs84(wgs84, boundaries.crs);
    for (auto& region : boundaries.regions)
        if (region.label) region.label = from_wgs84(*region.label);
}

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
    if (!OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) return false;
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
    auto open = open_file(source.file);
    open.layer = choose_layer(*open.dataset, place);
    const auto [crs, swap] = crs_of(*open.layer, place);
    ContextLayer context;
    context.kind = source.kind;
    context.min_zoom = source.min_zoom;
    context.source =
        mask_passwords(source.layer.empty() ? source.file : fmt::format("{}:{}", source.file, source.layer));
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

Boundaries read_boundaries(const BoundarySource& source, Findings& findings) {
    auto open = open_file(source.file);
    open.layer = choose_layer(*open.dataset, source);
    const auto encoding = open_undeclared_texts(open, source, findings);
    const Columns columns(*open.layer, source, encoding);
    const auto [crs, swap] = crs_of(*open.layer, source);
    Boundaries boundaries;
    boundaries.source =
        mask_passwords(source.layer.empty() ? source.file : fmt::format("{}:{}", source.file, source.layer));
    boundaries.key_column = columns.name(columns.key());
    boundaries.crs = crs;
    take_collection_members(*open.layer, boundaries);
    boundaries.regions = read_regions(*open.layer, columns, source, swap);
    if (boundaries.vintage.empty()) boundaries.vintage = common_vintage(boundaries.regions);
    if (!source.vintage.empty()) boundaries.vintage = source.vintage;
    place_labels(boundaries);
    if (columns.numeric_key()) {
        findings.add(
            Severity::warning, "numeric-key", boundaries.source,
            fmt::format("the key column '{}' holds numbers; keys are text and are written in their shortest "
                        "form ('{}'), leading zeros are lost",
                        boundaries.key_column, boundaries.regions.front().key));
    }
    return boundaries;
}

}  // namespace tendik::io
