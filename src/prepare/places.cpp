#include "places.h"

#include "tendik/base/error.h"

#include <fmt/format.h>

#include <map>

namespace tendik::prepare {
namespace {

void refuse_same_names(const PointTable& places) {
    std::map<std::string, std::string> known;
    for (const auto& point : places.points)
        if (const auto [first, is_new] = known.emplace(point.name, point.where); !is_new)
            throw InputError(
                fmt::format("two places are called '{}': {} and {}", point.name, first->second, point.where),
                "name them apart; which column names them can be chosen");
}

}  // namespace

PointTable read_places(const PlacesChoice& choice, Findings& findings) {
    PointTable places{"points", wgs84, {}};
    for (const auto& point : choice.points) {
        const auto name = fmt::format("point {}", places.points.size() + 1);
        places.points.push_back({name, point, {}, name});
        places.points.back().values.resize(choice.table.values.size() + choice.table.more_values.size());
    }
    if (choice.points.empty())
        places = while_doing(fmt::format("reading places '{}'", choice.table.file),
                             [&] { return tables::read_points(choice.table, findings); });
    if (places.points.empty())
        throw InputError(fmt::format("{}: has no place", places.source), "a row is a place: id,lon,lat");
    refuse_same_names(places);
    return places;
}

void bring_to(const Crs& crs, PointTable& places) {
    if (geom::same_crs(places.crs, crs)) return;
    const geom::Transform transform(places.crs, crs);
    for (auto& point : places.points)
        while_doing(fmt::format("placing '{}' ({})", point.name, point.where),
                    [&] { point.place = transform(point.place); });
    places.crs = crs;
}

}  // namespace tendik::prepare
