#include "gdal_file.h"

#include "gdal_session.h"
#include "tendik/base/text.h"
#include "tendik/io/write_layers.h"
#include "vector_layer.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <memory>
#include <mutex>
#include <vector>

namespace tendik::io {
namespace {

struct Messages {
    std::mutex mutex;
    std::vector<std::string> all;
};

Messages& messages() {
    static Messages store;
    return store;
}

void CPL_STDCALL collect(CPLErr level, CPLErrorNum, const char* text) {
    if (level == CE_Debug || level == CE_None) return;
    auto& store = messages();
    const std::lock_guard lock(store.mutex);
    store.all.push_back(mask_passwords(text));
}

CPLStringList string_list(const std::vector<std::string>& items) {
    CPLStringList list;
    for (const auto& item : items)
        list.AddString(item.c_str());
    return list;
}

OGRFieldType field_type(FieldType type) {
    switch (type) {
    case FieldType::integer:
        return OFTInteger64;
    case FieldType::real:
        return OFTReal;
    case FieldType::text:
        break;
    }
    return OFTString;
}

void set_cell(OGRFeature& feature, int column, const Cell& cell) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
        feature.SetField(column, static_cast<GIntBig>(*integer));
    } else if (const auto* real = std::get_if<double>(&cell); real != nullptr && !std::isnan(*real)) {
        feature.SetField(column, *real);
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
        feature.SetField(column, text->c_str());
    } else {
        feature.SetFieldNull(column);
    }
}

void add_fields(OGRLayer& target, const PreparedLayer& layer) {
    for (const auto& field : layer.fields) {
        OGRFieldDefn definition(field.name.c_str(), field_type(field.type));
        if (!field.alias.empty()) definition.SetAlternativeName(field.alias.c_str());
        if (target.CreateField(&definition) != OGRERR_NONE)
            throw_gdal_error(Fault::system,
                             fmt::format("layer '{}', column '{}': cannot be added", layer.name, field.name));
    }
}

OGRwkbGeometryType geometry_type(const PreparedLayer& layer) {
    if (layer.context == nullptr) return wkbMultiPolygon;
    switch (layer.context->kind) {
    case ContextKind::rivers:
        return wkbMultiLineString;
    case ContextKind::settlements:
        return wkbPoint;
    case ContextKind::neighbours:
    case ContextKind::lakes:
        break;
    }
    return wkbMultiPolygon;
}

std::unique_ptr<OGRGeometry> geometry_of(const PreparedLayer& layer, std::size_t row) {
    if (layer.context == nullptr) return to_multipolygon(layer.shapes[row]);
    const auto& feature = layer.context->features[row];
    const auto type = geometry_type(layer);
    if (type == wkbMultiPolygon) return to_multipolygon(feature.shape);
    if (type == wkbPoint) return std::make_unique<OGRPoint>(feature.place->x, feature.place->y);
    auto lines = std::make_unique<OGRMultiLineString>();
    for (const auto& line : feature.lines) {
        OGRLineString run;
        for (const auto& point : line)
            run.addPoint(point.x, point.y);
        lines->addGeometry(&run);
    }
    return lines;
}

std::size_t row_count(const PreparedLayer& layer) {
    return layer.context == nullptr ? layer.shapes.size() : layer.context->features.size();
}

void add_features(OGRLayer& target, const PreparedLayer& layer) {
    for (std::size_t row = 0; row < row_count(layer); ++row) {
        OGRFeature feature(target.GetLayerDefn());
        for (std::size_t i = 0; i < layer.fields.size(); ++i)
            set_cell(feature, static_cast<int>(i), layer.fields[i].cells[row]);
        feature.SetGeometryDirectly(geometry_of(layer, row).release());
        if (target.CreateFeature(&feature) != OGRERR_NONE) {
            throw_gdal_error(Fault::system,
                             fmt::format("layer '{}', feature {}: cannot be written", layer.name, row + 1));
        }
    }
}

}  // namespace

bool is_postgres(const std::string& connection) {
    return connection.starts_with("PG:") || connection.starts_with("postgresql://");
}

void start_gdal() {
    static std::once_flag once;
    std::call_once(once, [] {
        CPLSetErrorHandler(&collect);
        GDALAllRegister();
    });
}

void throw_gdal_error(Fault fault, const std::string& what, const std::string& hint) {
    std::string reason = mask_passwords(CPLGetLastErrorMsg());
    {
        auto& store = messages();
        const std::lock_guard lock(store.mutex);
        std::erase(store.all, reason);
    }
    while (!reason.empty() && (reason.back() == '\n' || reason.back() == ' '))
        reason.pop_back();
    const auto text = reason.empty() ? what : fmt::format("{}: {}", what, reason);
    CPLErrorReset();
    if (fault == Fault::input) throw InputError(text, hint);
    throw SystemError(text, hint);
}

bool states_encoding(OGRLayer& layer) {
    if (layer.GetMetadataItem("ENCODING_FROM_CPG", "SHAPEFILE") != nullptr) return true;
    const char* driver = layer.GetMetadataItem("LDID_VALUE", "SHAPEFILE");
    if (driver != nullptr && parse_integer(driver) == 0x57) return false;
    return layer.GetMetadataItem("ENCODING_FROM_LDID", "SHAPEFILE") != nullptr;
}

bool is_known(const OGRSpatialReference& reference) {
    const char* name = reference.GetName();
    return reference.IsLocal() == 0 && name != nullptr && !std::string_view(name).starts_with("Undefined");
}

Crs to_crs(const OGRSpatialReference& reference) {
    const char* authority = reference.GetAuthorityName(nullptr);
    const char* code = reference.GetAuthorityCode(nullptr);
    const std::string name =
        authority != nullptr && code != nullptr ? fmt::format("{}:{}", authority, code) : "";
    if (name == "OGC:CRS84") return wgs84;
    if (name.starts_with("EPSG:")) return {name};
    const std::array<const char*, 3> options{"FORMAT=WKT2_2019", "MULTILINE=NO", nullptr};
    char* text = nullptr;
    reference.exportToWkt(&text, options.data());
    Crs crs{text == nullptr ? "" : text};
    CPLFree(text);
    return crs;
}

ScopedOption::ScopedOption(const char* name, const std::string& value) : m_name(name) {
    if (const char* before = CPLGetThreadLocalConfigOption(name, nullptr)) {
        m_before = before;
        m_was_set = true;
    }
    CPLSetThreadLocalConfigOption(name, value.c_str());
}

ScopedOption::~ScopedOption() {
    CPLSetThreadLocalConfigOption(m_name, m_was_set ? m_before.c_str() : nullptr);
}

std::vector<std::string> collect_messages() {
    auto& store = messages();
    const std::lock_guard lock(store.mutex);
    return std::exchange(store.all, {});
}

std::vector<std::pair<std::string, std::string>> library_versions() {
    return {{"GDAL", GDALVersionInfo("RELEASE_NAME")}};
}

MemoryFolder::MemoryFolder() {
    static std::atomic<unsigned> count{0};
    m_path = fmt::format("/vsimem/tendik-{}", count++);
}

MemoryFolder::~MemoryFolder() { VSIRmdirRecursive(m_path.c_str()); }

std::string MemoryFolder::content_of(const std::string& name) const {
    vsi_l_offset size = 0;
    const auto* bytes = VSIGetMemFileBuffer(path_of(name).c_str(), &size, FALSE);
    if (bytes == nullptr) throw_gdal_error(Fault::system, fmt::format("'{}' was not written", name));
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

DatasetPointer create_dataset(const char* driver, const std::string& path,
                              const std::vector<std::string>& options) {
    start_gdal();
    CPLErrorReset();
    auto* found = GetGDALDriverManager()->GetDriverByName(driver);
    if (found == nullptr) throw SystemError(fmt::format("this GDAL has no driver '{}'", driver));
    DatasetPointer dataset(found->Create(path.c_str(), 0, 0, 0, GDT_Unknown, string_list(options).List()));
    if (!dataset) throw_gdal_error(Fault::system, fmt::format("a {} file cannot be made", driver));
    return dataset;
}

void add_layer(GDALDataset& dataset, const PreparedLayer& layer, const std::vector<std::string>& options) {
    OGRSpatialReference reference;
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (reference.SetFromUserInput(layer.crs.definition.c_str()) != OGRERR_NONE) {
        throw_gdal_error(Fault::input,
                         fmt::format("the coordinate reference system '{}' is unknown", layer.crs.definition),
                         "name it by its code: EPSG:4326");
    }
    auto* target = dataset.CreateLayer(layer.name.c_str(), &reference, geometry_type(layer),
                                       string_list(options).List());
    if (target == nullptr)
        throw_gdal_error(Fault::system, fmt::format("layer '{}' cannot be made", layer.name));
    add_fields(*target, layer);
    const bool transaction =
        target->TestCapability(OLCTransactions) != 0 && target->StartTransaction() == OGRERR_NONE;
    add_features(*target, layer);
    if (transaction && target->CommitTransaction() != OGRERR_NONE)
        throw_gdal_error(Fault::system, fmt::format("layer '{}' cannot be written", layer.name));
}

void close_dataset(DatasetPointer dataset) {
    CPLErrorReset();
    dataset.reset();
    if (CPLGetLastErrorType() >= CE_Failure) throw_gdal_error(Fault::system, "the file cannot be completed");
}

std::string fixed_time() {
    const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
    const auto seconds = epoch == nullptr ? std::optional<long long>(0) : parse_integer(epoch);
    const std::time_t time = seconds && *seconds >= 0 ? static_cast<std::time_t>(*seconds) : 0;
    std::tm parts{};
    gmtime_r(&time, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.000Z", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

}  // namespace tendik::io
