#pragma once

#include "oracle_table.h"
#include "tendik/surface/stations.h"

namespace tendik::surface {

inline Stations stations_at(const Crs& crs, const std::vector<std::vector<std::string>>& rows) {
    Stations stations{"points.csv", crs, "z", "ug/m3", {}};
    for (const auto& row : rows)
        stations.stations.push_back({"s" + std::to_string(stations.stations.size() + 1),
                                     {std::stod(row[0]), std::stod(row[1])},
                                     std::stod(row[2])});
    return stations;
}

/// The 80 points of tests/oracles/kriging.R, in metres.
inline Stations oracle_stations() { return stations_at({"EPSG:32642"}, oracle("kriging_points.csv")); }

inline Stations drawn_stations(const Crs& crs, const std::vector<Station>& stations) {
    return {"points.csv", crs, "z", "", stations};
}

}  // namespace tendik::surface
