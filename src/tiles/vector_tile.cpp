#include "tendik/tiles/vector_tile.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>
#include <protozero/exception.hpp>
#include <protozero/pbf_reader.hpp>
#include <protozero/pbf_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
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
    writer.add_uint32(layer_version, 2);  // MVT 2.1, 4.1: "A layer MUST contain a `version` field"
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

[[noreturn]] void refuse(const std::string& what) {
    throw InputError(what, "the tile breaks the Mapbox Vector Tile specification 2.1; write it again");
}

void require(bool holds, const char* what) {
    if (!holds) refuse(what);
}

/// A field of another wire type than the schema has is damage; the reading library would only assert.
void require_type(const protozero::pbf_reader& reader, protozero::pbf_wire_type type) {
    require(reader.wire_type() == type, "4.1: a field is stored in another way than the schema has it");
}
constexpr auto varint = protozero::pbf_wire_type::varint;
constexpr auto block = protozero::pbf_wire_type::length_delimited;

/// Reads the commands of one geometry (MVT 2.1, 4.3).
class GeometryReader {
public:
    explicit GeometryReader(const std::vector<std::uint32_t>& numbers) : m_numbers(numbers) {}

    std::vector<TilePath> points() {
        const auto count = command(1, "4.3.4.2: a point geometry is a single MoveTo");
        require(count > 0, "4.3.4.2: the MoveTo of points must have a count above 0");
        std::vector<TilePath> paths;
        for (std::uint32_t i = 0; i < count; ++i)
            paths.push_back({next_point()});
        require(at_end(), "4.3.4.2: a point geometry is a single MoveTo");
        return paths;
    }

    std::vector<TilePath> lines(bool closed) {
        std::vector<TilePath> paths;
        require(!at_end(), "4.3.4: a geometry must not be empty");
        while (!at_end()) {
            TilePath path;
            require(command(1, "4.3.4.3: a line begins with MoveTo") == 1,
                    "4.3.4.3: MoveTo must have count 1");
            path.push_back(next_point());
            const auto count = command(2, "4.3.4.3: LineTo must follow MoveTo");
            require(count >= (closed ? 2U : 1U), "4.3.4.3, 4.3.4.4: too few points");
            for (std::uint32_t i = 0; i < count; ++i) {
                const auto point = next_point();
                // 4.3.3.2: "For any pair of (dX, dY) the dX and dY MUST NOT both be 0."
                require(point != path.back(), "4.3.3.2: LineTo must not stand still");
                path.push_back(point);
            }
            if (closed) {
                // 4.3.3.3: "A ClosePath command MUST have a command count of 1"
                require(command(7, "4.3.4.4: a ring ends with ClosePath") == 1,
                        "4.3.3.3: ClosePath must have count 1");
                // 4.3.4.4: the closing point is not repeated
                require(path.front() != path.back(), "4.3.4.4: a ring must not repeat its first point");
            }
            paths.push_back(std::move(path));
        }
        return paths;
    }

private:
    bool at_end() const { return m_next == m_numbers.size(); }
    std::uint32_t next() {
        require(!at_end(), "4.3.1: the geometry ends within a command");
        return m_numbers[m_next++];
    }
    std::uint32_t command(std::uint32_t expected, const char* rule) {
        const auto number = next();
        require((number & 7U) == expected, rule);
        const auto count = number >> 3U;
        const auto parameters = expected == 7 ? 0U : 2U;
        require(std::size_t{count} * parameters <= m_numbers.size() - m_next,
                "4.3.1: the geometry ends within a command");
        return count;
    }
    std::int32_t moved(std::int32_t from) {
        const auto to = std::int64_t{from} + protozero::decode_zigzag32(next());
        require(
            to >= std::numeric_limits<std::int32_t>::min() && to <= std::numeric_limits<std::int32_t>::max(),
            "4.3.2: a coordinate leaves the range of 32 bits");
        return static_cast<std::int32_t>(to);
    }
    TilePoint next_point() {
        m_cursor.x = moved(m_cursor.x);
        m_cursor.y = moved(m_cursor.y);
        return m_cursor;
    }

    const std::vector<std::uint32_t>& m_numbers;
    std::size_t m_next = 0;
    TilePoint m_cursor;
};

std::vector<TilePath> read_geometry(TileGeometry type, const std::vector<std::uint32_t>& numbers) {
    GeometryReader reader(numbers);
    if (type == TileGeometry::point) return reader.points();
    auto paths = reader.lines(type == TileGeometry::polygon);
    if (type == TileGeometry::polygon) {
        // 4.3.4.4: each polygon begins with an exterior ring; rings without area are neither of the two
        // kinds.
        require(twice_area(paths.front()) > 0, "4.3.4.4: a polygon must begin with an exterior ring");
        for (const auto& path : paths)
            require(twice_area(path) != 0, "4.3.4.4: a ring has no area");
    }
    return paths;
}

TileValue read_value(protozero::pbf_reader reader) {
    std::optional<TileValue> value;
    while (reader.next()) {
        // 4.1: "A value MUST contain exactly one of these optional fields."
        require(!value, "4.1: a value holds more than one field");
        switch (reader.tag()) {
        case 1:
            require_type(reader, block);
            value = reader.get_string();
            require(!find_invalid_utf8(std::get<std::string>(*value)), "4.1: a text value is not UTF-8");
            break;
        case 2:
            require_type(reader, protozero::pbf_wire_type::fixed32);
            value = static_cast<double>(reader.get_float());
            break;
        case 3:
            require_type(reader, protozero::pbf_wire_type::fixed64);
            value = reader.get_double();
            break;
        case 4:
            require_type(reader, varint);
            value = reader.get_int64();
            break;
        case 5:
            require_type(reader, varint);
            value = static_cast<std::int64_t>(reader.get_uint64());
            break;
        case 6:
            require_type(reader, varint);
            value = reader.get_sint64();
            break;
        case 7:
            require_type(reader, varint);
            value = reader.get_bool();
            break;
        default:
            refuse("4.1: a value of unknown type");
        }
    }
    require(value.has_value(), "4.1: a value without content");
    return *value;
}

/// A feature before the keys and values of its layer are known: they may follow it.
struct RawFeature {
    TileFeature feature;
    std::vector<std::uint32_t> tags;
};

RawFeature read_feature(protozero::pbf_reader reader) {
    RawFeature raw;
    std::vector<std::uint32_t> geometry;
    while (reader.next()) {
        switch (reader.tag()) {
        case 1:
            require_type(reader, varint);
            raw.feature.id = reader.get_uint64();
            break;
        case 2:
            require_type(reader, block);
            for (const auto tag : reader.get_packed_uint32())
                raw.tags.push_back(tag);
            break;
        case 3: {
            require_type(reader, varint);
            const auto type = reader.get_enum();
            require(type >= 1 && type <= 3, "4.3.4: a geometry type other than point, line, polygon");
            raw.feature.type = static_cast<TileGeometry>(type);
            break;
        }
        case 4:
            require_type(reader, block);
            for (const auto number : reader.get_packed_uint32())
                geometry.push_back(number);
            break;
        default:
            reader.skip();
        }
    }
    // 4.2: "A feature MUST contain a `geometry` field." and "... a `type` field"
    require(raw.feature.type != TileGeometry::unknown, "4.2: a feature without a type");
    require(!geometry.empty(), "4.2: a feature without a geometry");
    raw.feature.paths = read_geometry(raw.feature.type, geometry);
    return raw;
}

struct RawLayer {
    TileLayer layer;
    std::vector<RawFeature> features;
    std::vector<std::string> keys;
    std::vector<TileValue> values;
    std::uint32_t version = 0;
};

RawLayer read_raw_layer(protozero::pbf_reader reader) {
    RawLayer raw;
    while (reader.next()) {
        switch (reader.tag()) {
        case 15:
            require_type(reader, varint);
            raw.version = reader.get_uint32();
            break;
        case 1:
            require_type(reader, block);
            raw.layer.name = reader.get_string();
            break;
        case 2:
            require_type(reader, block);
            raw.features.push_back(while_doing(fmt::format("reading feature {}", raw.features.size() + 1),
                                               [&reader] { return read_feature(reader.get_message()); }));
            break;
        case 3:
            require_type(reader, block);
            raw.keys.push_back(reader.get_string());
            break;
        case 4:
            require_type(reader, block);
            raw.values.push_back(read_value(reader.get_message()));
            break;
        case 5:
            require_type(reader, varint);
            raw.layer.extent = reader.get_uint32();
            break;
        default:
            reader.skip();
        }
    }
    return raw;
}

void resolve(const std::vector<std::uint32_t>& tags, const RawLayer& raw, TileFeature& feature) {
    // 4.4: pairs of positions, each within its list
    require(tags.size() % 2 == 0, "4.4: a feature's tags are not pairs");
    TileProperties properties;
    std::set<std::uint32_t> seen;
    for (std::size_t i = 0; i < tags.size(); i += 2) {
        require(tags[i] < raw.keys.size(), "4.4: a tag names a key that the layer does not have");
        require(tags[i + 1] < raw.values.size(), "4.4: a tag names a value that the layer does not have");
        require(seen.insert(tags[i]).second, "4.4: a feature has a key twice");
        properties.emplace_back(raw.keys[tags[i]], raw.values[tags[i + 1]]);
    }
    if (!properties.empty())
        feature.properties = std::make_shared<const TileProperties>(std::move(properties));
}

TileLayer read_layer(protozero::pbf_reader reader) {
    auto raw = read_raw_layer(reader);
    // 4.1: version, name and extent; this program reads version 2 only
    require(raw.version == 2, "4.1: a layer of another version than 2");
    require(!raw.layer.name.empty(), "4.1: a layer without a name");
    require(raw.layer.extent > 0, "4.1: a layer without extent");
    const std::set<std::string> names(raw.keys.begin(), raw.keys.end());
    require(names.size() == raw.keys.size(), "4.4: a layer has a key twice");
    return while_doing(fmt::format("reading layer '{}'", raw.layer.name), [&raw] {
        for (auto& each : raw.features) {
            resolve(each.tags, raw, each.feature);
            raw.layer.features.push_back(std::move(each.feature));
        }
        return std::move(raw.layer);
    });
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

std::vector<TileLayer> decode_tile(std::string_view bytes, const std::string& name) {
    return while_doing(fmt::format("reading tile {}", name), [bytes] {
        std::vector<TileLayer> layers;
        std::set<std::string> names;
        try {
            protozero::pbf_reader reader(bytes.data(), bytes.size());
            while (reader.next()) {
                if (reader.tag() != 3) {
                    reader.skip();
                    continue;
                }
                require_type(reader, block);
                layers.push_back(read_layer(reader.get_message()));
                // 4.1: a tile must not contain two layers of one name
                require(names.insert(layers.back().name).second, "4.1: two layers have the same name");
            }
        } catch (const protozero::exception& fault) {
            refuse(fmt::format("the protocol buffer is damaged ({})", fault.what()));
        }
        return layers;
    });
}

}  // namespace tendik::tiles
