// Points with figures as a layer of their indicator.
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/tables/read_points.h"

#include <fmt/format.h>

namespace tendik::tables {
namespace {

void refuse_total(const Indicator& indicator) {
    if (indicator.kind == IndicatorKind::rate || indicator.kind == IndicatorKind::mean) return;
    throw InputError(
        fmt::format("'{}' is a {}, and points show rates and means", indicator.code, to_text(indicator.kind)),
        "a total is of a region: show it under [[indicators]] with display = \"symbols\"");
}

void refuse_out_of_bounds(const Indicator& indicator, const TablePoint& point) {
    const auto& value = point.values.front();
    if (!value.present()) return;
    if (value.number >= indicator.lower_bound && value.number <= indicator.upper_bound) return;
    throw InputError(fmt::format("{}: '{}' of '{}' is {}, outside of its bounds {} to {}", point.where,
                                 indicator.code, point.name, shortest(value.number),
                                 shortest(indicator.lower_bound), shortest(indicator.upper_bound)),
                     "correct the figure, or the bounds in the catalogue");
}

}  // namespace

PointLayer read_point_layer(const PointSource& source, const Indicator& indicator, std::optional<int> year,
                            Findings& findings) {
    refuse_total(indicator);
    const auto table = read_points(source, findings);
    if (table.points.empty())
        throw InputError(fmt::format("{}: has no place", table.source),
                         "a row is a place: name,lon,lat,value");
    PointLayer layer{indicator, year, {}, {}, table.source, source.values.front()};
    const geom::Transform transform(table.crs, wgs84);
    for (const auto& point : table.points) {
        refuse_out_of_bounds(indicator, point);
        const auto place = while_doing(fmt::format("placing '{}' ({})", point.name, point.where),
                                       [&] { return transform(point.place); });
        layer.points.push_back({point.name, place, point.values.front()});
    }
    return layer;
}

}  // namespace tendik::tables
