#include "tendik/io/read_boundaries.h"

#include "tendik/base/text.h"
#include "vector_layer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

namespace tendik::io {
namespace {

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
    auto raw = open_layer(source, true);
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

}  // namespace

Boundaries read_boundaries(const BoundarySource& source, Findings& findings) {
    auto open = open_layer(source);
    const auto encoding = open_undeclared_texts(open, source, findings);
    const Columns columns(*open.layer, source, encoding);
    const auto [crs, swap] = crs_of(*open.layer, source);
    Boundaries boundaries;
    boundaries.source = name_of(source);
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
