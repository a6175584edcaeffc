#include "tendik/surface/stations.h"

#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tendik::surface {
namespace {

std::string called(const Station& station) {
    return station.where.empty() ? fmt::format("station '{}'", station.name)
                                 : fmt::format("station '{}' ({})", station.name, station.where);
}

void refuse_bad_place(const Station& station, bool degrees) {
    const auto [x, y] = station.place;
    if (!std::isfinite(x) || !std::isfinite(y))
        throw InputError(fmt::format("{} has no place: its coordinates are {} and {}", called(station), x, y),
                         "every station needs two finite coordinates");
    if (degrees && (std::abs(y) > 90.0 || std::abs(x) > 360.0))
        throw InputError(
            fmt::format("{} lies at longitude {}, latitude {}: no such place", called(station), x, y),
            std::abs(x) <= 90.0 && std::abs(y) <= 360.0
                ? "longitude and latitude look exchanged: change the two columns"
                : "longitudes run from -180 to 180, latitudes from -90 to 90; metres need their CRS named");
}

void refuse_bad_figures(const Station& station) {
    if (!std::isfinite(station.value))
        throw InputError(fmt::format("{} has the value {}", called(station), station.value),
                         "leave stations without a value out");
    if (!std::isfinite(station.error_sd) || station.error_sd < 0.0)
        throw InputError(fmt::format("the error of {} is {}", called(station), station.error_sd),
                         "a standard deviation in units of the value: 0 or above");
}

void refuse_second_at_place(const std::vector<Station>& stations) {
    std::vector<std::size_t> order(stations.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return stations[i].place; });
    for (std::size_t i = 1; i < order.size(); ++i) {
        const auto& first = stations[order[i - 1]];
        const auto& second = stations[order[i]];
        if (first.place != second.place) continue;
        throw InputError(
            fmt::format("{} and {} stand at one place ({}, {}), with the values {} and {}", called(first),
                        called(second), first.place.x, first.place.y, first.value, second.value),
            "keep one of them, or their mean with its error");
    }
}

}  // namespace

double rounding_error_sd(double step) { return step / std::sqrt(12.0); }

Stations place_stations(const Stations& stations, const Crs& crs) {
    if (!stations.crs.known())
        throw InputError(
            fmt::format("the points of '{}' have no coordinate reference system", stations.source),
            "name it with --crs, for example EPSG:4326 for longitude and latitude");
    const bool degrees = geom::is_geographic(stations.crs);
    for (const auto& station : stations.stations) {
        refuse_bad_place(station, degrees);
        refuse_bad_figures(station);
    }
    refuse_second_at_place(stations.stations);
    auto placed = stations;
    if (geom::same_crs(stations.crs, crs)) return placed;
    const geom::Transform transform(stations.crs, crs);
    for (auto& station : placed.stations)
        station.place =
            while_doing(fmt::format("placing {}", called(station)), [&] { return transform(station.place); });
    placed.crs = crs;
    return placed;
}

}  // namespace tendik::surface
