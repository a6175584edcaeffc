#include "tendik/tiles/vector_tile.h"

#include <protozero/pbf_writer.hpp>

#include <cstddef>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tendik::tiles {
namespace {

// Field numbers of vector_tile.proto (MVT 2.1, 4.1).
constexpr protozero::pbf_tag_type tile_layer = 3;
constexpr protozero::pbf_tag_type layer_name = 1, layer_feature = 2, layer_key = 3, layer_value = 4;
constexpr protozero::pbf_tag_type layer_extent = 5, layer_version = 15;
constexpr protozero::pbf_tag_type feature_id = 1, feature_tags = 2, feature_type = 3, feature_geometry = 4;
constexpr protozero::pbf_tag_type value_text = 1, value_double = 3, value_sint = 6, value_bool = 7;

enum Command : std::uint32_t { move_to = 1, line_to = 2, close_path = 7 };

// MVT 2.1, 4.3.1: the command in the three lowest bits, the count above.
constexpr std::uint32_t command(Command id, std::size_t count) {
    return static_cast<std::uint32_t>(id) | (static_cast<std::uint32_t>(count) << 3U);
}

/// Writes commands with a cursor that carries over from path to path (MVT 2.1, 4.3.1).
class GeometryWriter {
public:
    void point(const TilePath& points) {
        m_numbers.push_back(command(move_to, points.size()));
        for (const auto& each : points)
            go(each);
    }
    void line(const TilePath& path) {
        m_numbers.push_back(command(move_to, 1));
        go(path.front());
        m_numbers.push_back(command(line_to, path.size() - 1));
        for (std::size_t i = 1; i < path.size(); ++i)
            go(path[i]);
    }
    void ring(const TilePath& path) {
        line(path);
        m_numbers.push_back(command(close_path, 1));
    }
    const std::vector<std::uint32_t>& numbers() const { return m_numbers; }

private:
    // MVT 2.1, 4.3.2: parameters are differences in zigzag form.
    static std::uint32_t zigzag(std::int32_t value) { return protozero::encode_zigzag32(value); }
    void go(const TilePoint& to) {
        m_numbers.push_back(zigzag(to.x - m_cursor.x));
        m_numbers.push_back(zigzag(to.y - m_cursor.y));
        m_cursor = to;
    }

    std::vector<std::uint32_t> m_numbers;
    TilePoint m_cursor;
};

std::vector<std::uint32_t> geometry_of(const TileFeature& feature) {
    GeometryWriter writer;
    if (feature.type == TileGeometry::point) {
        TilePath all;
        for (const auto& path : feature.paths)
            all.insert(all.end(), path.begin(), path.end());
        writer.point(all);  // MVT 2.1, 4.3.4.2: a single MoveTo for all points
        return writer.numbers();
    }
    for (const auto& path : feature.paths) {
        if (feature.type == TileGeometry::polygon)
            writer.ring(path);
        else
            writer.line(path);
    }
    return writer.numbers();
}

std::string value_bytes(const TileValue& value) {
    std::string bytes;
    protozero::pbf_writer writer(bytes);
    // MVT 2.1, 4.1: a value holds exactly one of the typed fields.
    if (const auto* text = std::get_if<std::string>(&value)) writer.add_string(value_text, *text);
    if (const auto* number = std::get_if<double>(&value)) writer.add_double(value_double, *number);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) writer.add_sint64(value_sint, *whole);
    if (const auto* truth = std::get_if<bool>(&value)) writer.add_bool(value_bool, *truth);
    return bytes;
}

/// Keys or values of a layer, each once, numbered in the order of their first use (MVT 2.1, 4.4).
class Dictionary {
public:
    std::uint32_t number_of(const std::string& entry) {
        const auto [place, is_new] =
            m_numbers.try_emplace(entry, static_cast<std::uint32_t>(m_numbers.size()));
        if (is_new) m_order.push_back(&place->first);
        return place->second;
    }
    const std::vector<const std::string*>& order() const { return m_order; }

private:
    std::map<std::string, std::uint32_t> m_numbers;
    std::vector<const std::string*> m_order;
};

std::string layer_bytes(const TileLayer& layer) {
    std::string bytes;
    protozero::pbf_writer writer(bytes);
    writer.add_uint32(layer_version, 2);  // MVT 2.1, 4.1: "A layer MUST contain a version field"
    writer.add_string(layer_name, layer.name);
    Dictionary keys;
    Dictionary values;
    std::vector<std::uint32_t> tags;
    for (const auto& feature : layer.features) {
        tags.clear();
        if (feature.properties) {
            for (const auto& [key, value] : *feature.properties) {
                if (std::holds_alternative<std::monostate>(value)) continue;
                tags.push_back(keys.number_of(key));
                tags.push_back(values.number_of(value_bytes(value)));
            }
        }
        protozero::pbf_writer part(writer, layer_feature);
        if (feature.id != 0) part.add_uint64(feature_id, feature.id);
        if (!tags.empty()) part.add_packed_uint32(feature_tags, tags.begin(), tags.end());
        part.add_enum(feature_type, static_cast<std::int32_t>(feature.type));
        const auto geometry = geometry_of(feature);
        part.add_packed_uint32(feature_geometry, geometry.begin(), geometry.end());
    }
    for (const auto* key : keys.order())
        writer.add_string(layer_key, *key);
    for (const auto* value : values.order())
        writer.add_message(layer_value, *value);
    writer.add_uint32(layer_extent, layer.extent);
    return bytes;
}

}  // namespace

std::int64_t twice_area(const TilePath& ring) {
    std::int64_t area = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[i + 1 == ring.size() ? 0 : i + 1];
        area += std::int64_t{a.x} * b.y - std::int64_t{b.x} * a.y;
    }
    return area;
}

std::string encode_tile(const std::vector<TileLayer>& layers) {
    std::string bytes;
    protozero::pbf_writer writer(bytes);
    for (const auto& layer : layers) {
        // MVT 2.1, 4.1: "A layer SHOULD contain at least one feature"
        if (!layer.features.empty()) writer.add_message(tile_layer, layer_bytes(layer));
    }
    return bytes;
}

}  // namespace tendik::tiles
