#include "vector_layer.h"

#include "tendik/base/error.h"
#include "tendik/base/existing_file.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <memory>
#include <vector>

namespace tendik::io {
namespace {

constexpr const char* formats_hint =
    "boundaries are GeoJSON, GeoPackage, Shapefile or another format that GDAL reads";

DatasetPointer open_file(const std::string& file, bool raw_texts) {
    start_gdal();
    if (!is_connection(file)) require_existing(file, formats_hint);
    CPLErrorReset();
    const auto* driver =
        GDALDriver::FromHandle(GDALIdentifyDriverEx(file.c_str(), GDAL_OF_VECTOR, nullptr, nullptr));
    const bool is_geojson = driver != nullptr && std::string_view(driver->GetDescription()) == "GeoJSON";
    // Native data hold what stands beside the features: vintage, note, attribution.
    const std::array<const char*, 2> options{raw_texts ? "ENCODING=" : "NATIVE_DATA=YES", nullptr};
    DatasetPointer dataset(
        GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, nullptr,
                          is_geojson || raw_texts ? options.data() : nullptr, nullptr));
    if (!dataset) {
        throw_gdal_error(Fault::input, fmt::format("{}: cannot be read as boundaries", file),
                         is_postgres(file) ? postgres_hint : formats_hint);
    }
    return dataset;
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

struct RingPlace {
    const std::string& where;
    std::size_t part = 0;
    std::size_t ring = 0;
};

Ring to_ring(const OGRLineString& line, bool swap_axes, const RingPlace& place) {
    Ring ring;
    const int count = line.getNumPoints();
    ring.reserve(static_cast<std::size_t>(count) + 1);
    for (int i = 0; i < count; ++i) {
        Point point{line.getX(i), line.getY(i)};
        if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
            throw InputError(
                fmt::format("{}, part {}, ring {}, vertex {}: the coordinate ({}, {}) is not finite",
                            place.where, place.part, place.ring, i + 1, shortest(point.x), shortest(point.y)),
                "mend or remove this vertex; coordinates are plain numbers");
        }
        if (swap_axes) std::swap(point.x, point.y);
        ring.push_back(point);
    }
    if (!ring.empty() && ring.front() != ring.back()) ring.push_back(ring.front());
    if (ring.size() < 4) {
        throw InputError(
            fmt::format("{}, part {}, ring {}: {} points make no ring, at least 3 corners are needed",
                        place.where, place.part, place.ring, count),
            "mend or remove this ring");
    }
    return ring;
}

Polygon to_polygon(const OGRPolygon& polygon, bool swap_axes, RingPlace place) {
    Polygon result;
    for (const auto* ring : polygon) {
        ++place.ring;
        auto points = to_ring(*ring, swap_axes, place);
        if (place.ring == 1)
            result.outer = std::move(points);
        else
            result.holes.push_back(std::move(points));
    }
    return result;
}

/// Polygons of polygons, multipolygons and collections; false when something else is among them.
bool collect_polygons(const OGRGeometry& geometry, std::vector<const OGRPolygon*>& polygons) {
    const auto type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbPolygon) {
        if (geometry.IsEmpty() == 0) polygons.push_back(geometry.toPolygon());
        return true;
    }
    if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection) == 0) return false;
    for (const auto* member : *geometry.toGeometryCollection())
        if (!collect_polygons(*member, polygons)) return false;
    return true;
}

OGRLinearRing to_linear_ring(const Ring& ring) {
    OGRLinearRing line;
    line.setNumPoints(static_cast<int>(ring.size()));
    for (std::size_t i = 0; i < ring.size(); ++i)
        line.setPoint(static_cast<int>(i), ring[i].x, ring[i].y);
    return line;
}

}  // namespace

OpenLayer open_layer(const BoundarySource& source, bool raw_texts) {
    OpenLayer open;
    open.dataset = open_file(source.file, raw_texts);
    open.layer = choose_layer(*open.dataset, source);
    return open;
}

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

std::string bytes_of(const OGRFeature& feature, int column) {
    if (!feature.IsFieldSetAndNotNull(column)) return {};
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

Texts texts_of(const nlohmann::json& value) {
    if (value.is_string()) return {value.get<std::string>(), {}, {}};
    if (!value.is_object()) return {};
    const auto in = [&value](const char* language) {
        const auto found = value.find(language);
        return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    return {in("en"), in("ru"), in("kk")};
}

nlohmann::json collection_members(OGRLayer& layer) {
    const char* native = layer.GetMetadataItem("NATIVE_DATA", "NATIVE_DATA");
    auto members = native == nullptr ? nlohmann::json() : nlohmann::json::parse(native, nullptr, false);
    return members.is_object() ? members : nlohmann::json::object();
}

std::string name_of(const BoundarySource& source) {
    return mask_passwords(source.layer.empty() ? source.file
                                               : fmt::format("{}:{}", source.file, source.layer));
}

Shape to_shape(const OGRGeometry* geometry, bool swap_axes, const std::string& where) {
    const std::string hint = "every region needs a polygon";
    if (geometry == nullptr)
        throw InputError(fmt::format("{}: no polygon, the geometry is absent or not readable", where), hint);
    const std::unique_ptr<OGRGeometry> linear(geometry->getLinearGeometry());
    std::vector<const OGRPolygon*> polygons;
    if (!linear || !collect_polygons(*linear, polygons)) {
        throw InputError(fmt::format("{}: no polygon but a {}", where, geometry->getGeometryName()), hint);
    }
    if (polygons.empty()) throw InputError(fmt::format("{}: no polygon, the geometry is empty", where), hint);
    Shape shape;
    for (std::size_t i = 0; i < polygons.size(); ++i)
        shape.parts.push_back(to_polygon(*polygons[i], swap_axes, {where, i + 1, 0}));
    return shape;
}

std::unique_ptr<OGRMultiPolygon> to_multipolygon(const Shape& shape) {
    auto result = std::make_unique<OGRMultiPolygon>();
    for (const auto& part : shape.parts) {
        OGRPolygon polygon;
        auto outer = to_linear_ring(part.outer);
        polygon.addRing(&outer);
        for (const auto& hole : part.holes) {
            auto inner = to_linear_ring(hole);
            polygon.addRing(&inner);
        }
        result->addGeometry(&polygon);
    }
    return result;
}

}  // namespace tendik::io
