#pragma once

#include "tendik/model/boundaries.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>

namespace tendik::test {

/// Just enough of a reader for MultiPolygon features with `unit_id`, `name_en`, `outline`: the reading room
/// is no neighbour of this one.
inline Boundaries read_geojson_map(const std::filesystem::path& path) {
    std::ifstream file(path);
    const auto document = nlohmann::json::parse(file);
    const auto ring_of = [](const nlohmann::json& positions) {
        Ring ring;
        for (const auto& position : positions)
            ring.push_back({position.at(0).get<double>(), position.at(1).get<double>()});
        return ring;
    };
    Boundaries map;
    map.source = path.filename().string();
    map.key_column = "unit_id";
    map.crs = wgs84;
    for (const auto& feature : document.at("features")) {
        const auto& properties = feature.at("properties");
        Region region;
        region.key = properties.at("unit_id").get<std::string>();
        region.name.en = properties.at("name_en").get<std::string>();
        region.outline = properties.at("outline").get<std::string>();
        for (const auto& rings : feature.at("geometry").at("coordinates")) {
            Polygon part;
            part.outer = ring_of(rings.at(0));
            for (std::size_t i = 1; i < rings.size(); ++i)
                part.holes.push_back(ring_of(rings[i]));
            region.shape.parts.push_back(std::move(part));
        }
        map.regions.push_back(std::move(region));
    }
    return map;
}

}  // namespace tendik::test
