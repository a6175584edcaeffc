#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/tiles/vector_tile.h"

#include <fmt/format.h>
#include <protozero/exception.hpp>
#include <protozero/pbf_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendik::tiles {
namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw InputError(what, "the tile breaks the Mapbox Vector Tile specification 2.1; write it again");
}

void require(bool holds, const char* what) {
    if (!holds) refuse(what);
}

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
                // 4.3.3.2: "for any pair of (dX, dY) the dX and dY MUST NOT both be 0"
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
        // 4.3.4.4: "Any polygon MUST begin with an exterior ring"; rings without area have no sense of
        // turning.
        require(twice_area(paths.front()) > 0, "4.3.4.4: a polygon must begin with an exterior ring");
        for (const auto& path : paths)
            require(twice_area(path) != 0, "4.3.4.4: a ring has no area");
    }
    return paths;
}

TileValue read_value(protozero::pbf_reader reader) {
    std::optional<TileValue> value;
    while (reader.next()) {
        // 4.1: "each value message MUST contain only one field"
        require(!value, "4.1: a value holds more than one field");
        switch (reader.tag()) {
        case 1:
            value = reader.get_string();
            require(!find_invalid_utf8(std::get<std::string>(*value)), "4.1: a text value is not UTF-8");
            break;
        case 2:
            value = static_cast<double>(reader.get_float());
            break;
        case 3:
            value = reader.get_double();
            break;
        case 4:
            value = reader.get_int64();
            break;
        case 5:
            value = static_cast<std::int64_t>(reader.get_uint64());
            break;
        case 6:
            value = reader.get_sint64();
            break;
        case 7:
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
            raw.feature.id = reader.get_uint64();
            break;
        case 2:
            for (const auto tag : reader.get_packed_uint32())
                raw.tags.push_back(tag);
            break;
        case 3: {
            const auto type = reader.get_enum();
            require(type >= 1 && type <= 3, "4.3.4: a geometry type other than point, line, polygon");
            raw.feature.type = static_cast<TileGeometry>(type);
            break;
        }
        case 4:
            for (const auto number : reader.get_packed_uint32())
                geometry.push_back(number);
            break;
        default:
            reader.skip();
        }
    }
    // 4.2: "A feature MUST contain a type field" and "MUST contain a geometry field"
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
            raw.version = reader.get_uint32();
            break;
        case 1:
            raw.layer.name = reader.get_string();
            break;
        case 2:
            raw.features.push_back(while_doing(fmt::format("reading feature {}", raw.features.size() + 1),
                                               [&reader] { return read_feature(reader.get_message()); }));
            break;
        case 3:
            raw.keys.push_back(reader.get_string());
            break;
        case 4:
            raw.values.push_back(read_value(reader.get_message()));
            break;
        case 5:
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
                layers.push_back(read_layer(reader.get_message()));
                // 4.1: "A layer MUST NOT have the same name as another"
                require(names.insert(layers.back().name).second, "4.1: two layers have the same name");
            }
        } catch (const protozero::exception& fault) {
            refuse(fmt::format("the protocol buffer is damaged ({})", fault.what()));
        }
        return layers;
    });
}

}  // namespace tendik::tiles
