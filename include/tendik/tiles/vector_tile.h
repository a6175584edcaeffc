#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tendik {

using TileValue = std::variant<std::monostate, bool, std::int64_t, double,
                               std::string>;  ///< monostate: no such property

enum class TileGeometry : std::uint8_t { unknown = 0, point = 1, line = 2, polygon = 3 };

/// Tile units: x to the right, y down, the tile is [0, extent] x [0, extent].
struct TilePoint {
    std::int32_t x = 0;
    std::int32_t y = 0;
    friend auto operator<=>(const TilePoint&, const TilePoint&) = default;
};
using TilePath = std::vector<TilePoint>;  ///< a ring does not repeat its first point

using TileProperties = std::vector<std::pair<std::string, TileValue>>;

struct TileFeature {
    std::uint64_t id = 0;  ///< 0: none
    TileGeometry type = TileGeometry::unknown;
    std::vector<TilePath> paths;  ///< polygons: each outer ring (positive area) before its holes (negative
                                  ///< area)
    std::shared_ptr<const TileProperties> properties;  ///< many tiles share them; null: none
};

struct TileLayer {
    std::string name;
    std::uint32_t extent = 4096;
    std::vector<TileFeature> features;
};

namespace tiles {

/// Twice the area by the surveyor's formula (MVT 2.1, 4.3.4.4): positive for an outer ring, because y points
/// down.
std::int64_t twice_area(const TilePath& ring);

/// A tile by the Mapbox Vector Tile specification 2.1, not compressed. Layers without features are left out.
/// Coordinates must be less than 2^30 in size.
std::string encode_tile(const std::vector<TileLayer>& layers);

/// Reads a tile (not compressed) and refuses everything that the specification forbids. Throws InputError
/// naming `name`, the layer, the feature and the rule.
std::vector<TileLayer> decode_tile(std::string_view bytes, const std::string& name);

}  // namespace tiles
}  // namespace tendik
