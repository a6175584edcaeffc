// A surface from its plan: points and grid are read here, the arithmetic is in rooms surface and raster.
#include "tendik/prepare/surfaces.h"

#include "join_figures.h"
#include "open_choice.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/join/join.h"
#include "tendik/tables/read_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace tendik::prepare {
namespace {

struct PlacedGrid {
    Grid grid;
    Crs crs;
};

std::string file_name(const std::string& source) { return std::filesystem::path(source).filename().string(); }

std::size_t cells_between(double low, double high, double cell) {
    const double count = std::ceil((high - low) / cell - 1e-9);
    if (!(count >= 0.0) || count > 1e9)
        throw InputError(
            fmt::format("a grid from {} to {} by {} has {} cells a row or column", low, high, cell, count),
            "take larger cells or a smaller box");
    return static_cast<std::size_t>(count);
}

PlacedGrid grid_of(const GridChoice& choice, Findings& findings) {
    if (!choice.like.empty()) {
        const auto raster = open_choice(split_band(choice.like), findings);
        return {raster->info().grid, raster->info().crs};
    }
    for (const double side : {choice.west, choice.south, choice.east, choice.north, choice.cell})
        if (!std::isfinite(side)) throw InputError("a side of the grid is no finite number");
    if (!(choice.cell > 0.0) || !(choice.west < choice.east) || !(choice.south < choice.north))
        throw InputError(fmt::format("the grid from {}, {} to {}, {} by {} has no cell", choice.west,
                                     choice.south, choice.east, choice.north, choice.cell),
                         "west is below east, south below north, and the cell above 0");
    const Grid grid{choice.west,
                    choice.north,
                    choice.cell,
                    choice.cell,
                    cells_between(choice.west, choice.east, choice.cell),
                    cells_between(choice.south, choice.north, choice.cell)};
    return {grid, choice.crs.known() ? choice.crs : wgs84};
}

/// The errors of one station add up as variances: its own, that of all, and rounding.
double error_of(const PlannedSurface& planned, const TablePoint& point) {
    double variance = planned.measurement_error * planned.measurement_error;
    if (planned.rounding_step > 0.0) {
        const double rounding = surface::rounding_error_sd(planned.rounding_step);
        variance += rounding * rounding;
    }
    std::size_t column = 1;
    const auto own = [&](const std::string& name) {
        if (name.empty()) return 0.0;
        const auto& value = point.values.at(column++);
        if (value.present() && value.number >= 0.0) return value.number;
        throw InputError(value.present() ? fmt::format("{}: point '{}' has {} in column '{}'", point.where,
                                                       point.name, shortest(value.number), name)
                                         : fmt::format("{}: point '{}' has no error in column '{}'",
                                                       point.where, point.name, name),
                         "write 0 where a figure is exact, else a number above it");
    };
    const double error = own(planned.error_column);
    variance += error * error;
    const double step = own(planned.step_column);
    if (step > 0.0) variance += std::pow(surface::rounding_error_sd(step), 2.0);
    return std::sqrt(variance);
}

void refuse_bad_errors(const PlannedSurface& planned) {
    for (const double error : {planned.measurement_error, planned.rounding_step})
        if (!(error >= 0.0) || !std::isfinite(error))
            throw InputError(fmt::format("an error of measurement or rounding step of {}", error),
                             "0 or above, in units of the value");
}

bool has_value(const TablePoint& point, Findings& findings) {
    const auto& value = point.values.front();
    if (value.present()) return true;
    findings.add(
        Severity::note, "no-value", point.where,
        fmt::format("point '{}' has no value ({}) and is left out", point.name, to_text(value.state)));
    return false;
}

PointTable read(const PlannedSurface& planned, Findings& findings) {
    auto source = planned.points;
    for (const auto& column : {planned.error_column, planned.step_column})
        if (!column.empty()) source.values.push_back(column);
    return while_doing(fmt::format("reading points '{}'", source.file),
                       [&] { return tables::read_points(source, findings); });
}

RasterNotes notes_of(const PlannedSurface& planned, const PointTable& points, std::size_t used) {
    const auto& title = planned.title.in(Language::en);
    RasterNotes notes;
    notes.title = fmt::format("{}: modelled, not measured", title.empty() ? planned.code : title);
    notes.entries = {{"MODELLED", "YES"},
                     {"METHOD", std::string(to_text(planned.kind))},
                     {"POINTS", fmt::format("{} of {}", used, file_name(points.source))}};
    return notes;
}

void note_trust(RasterNotes& notes, const Surface& surface) {
    const auto add = [&](const char* name, double number) {
        notes.entries.emplace_back(name, shortest(number));
    };
    add("LEAVE_ONE_OUT_RMSE", surface.left_out.rmse);
    if (!surface.variogram) return;
    const auto& model = surface.variogram->model;
    notes.entries.emplace_back("VARIOGRAM", std::string(to_text(model.shape)));
    add("VARIOGRAM_NUGGET", model.nugget);
    add("VARIOGRAM_SILL", model.partial_sill);
    add("VARIOGRAM_RANGE_M", model.range_m);
    add("LEAVE_ONE_OUT_MEAN_SQUARE_Z", *surface.left_out.mean_square_z);
}

MadeSurface interpolated(const PlannedSurface& planned, const PointTable& points, const PlacedGrid& placed,
                         std::size_t jobs, Progress& progress, Findings& findings) {
    refuse_bad_errors(planned);
    Stations stations{points.source, points.crs, planned.code, planned.unit, {}};
    for (const auto& point : points.points)
        if (has_value(point, findings))
            stations.stations.push_back({point.name, point.place, point.values.front().number,
                                         error_of(planned, point), point.where});
    auto options = planned.interpolation;
    options.method = planned.kind == SurfaceKind::idw ? SurfaceMethod::idw : SurfaceMethod::kriging;
    options.jobs = jobs;
    auto surface = surface::interpolate(stations, placed.grid, placed.crs, options, progress, findings);
    auto notes = notes_of(planned, points, stations.stations.size());
    note_trust(notes, surface);
    return {planned.code,
            planned.title,
            planned.kind,
            file_name(points.source),
            std::move(surface.raster),
            std::move(notes),
            stations.stations.size(),
            std::move(surface.variogram),
            std::move(surface.left_out)};
}

MadeSurface laid_out(const PlannedSurface& planned, const PointTable& points, const PlacedGrid& placed,
                     const SurfaceTotals& totals, std::size_t jobs, Findings& findings) {
    Settlements settlements{points.source, points.crs, {}};
    for (const auto& point : points.points)
        if (has_value(point, findings))
            settlements.settlements.push_back(
                {point.name, point.place, point.values.front().number, point.where});
    auto options = planned.dasymetric;
    options.evenly = totals.evenly;
    if (!planned.unit.empty()) options.unit = planned.unit;
    options.jobs = jobs;
    auto people = raster::spread_people(totals.boundaries, totals.totals, planned.code, settlements,
                                        placed.grid, placed.crs, options, findings);
    auto notes = notes_of(planned, points, settlements.settlements.size());
    notes.entries.emplace_back("TOTALS", totals.name);
    if (totals.evenly.empty())
        notes.entries.emplace_back("REMAINDER", std::string(to_text(options.remainder)));
    else
        notes.entries.emplace_back("SPREAD_EVENLY", planned.totals.evenly);
    MadeSurface made{planned.code,
                     planned.title,
                     planned.kind,
                     file_name(points.source),
                     std::move(people.raster),
                     std::move(notes),
                     settlements.settlements.size()};
    made.regions = std::move(people.regions);
    return made;
}

Column joined_totals(const PlannedTotals& planned, const Indicators& table, const std::string& indicator,
                     const Boundaries& boundaries, const Register& reg, std::size_t allow_unmatched,
                     Findings& findings) {
    JoinOptions options;
    options.allow_unmatched = allow_unmatched;
    options.year = planned.year;
    options.indicator = indicator;
    if (names_vintages(table)) options.vintage = boundaries.vintage;
    return join::join(boundaries, table, reg.entries.empty() ? nullptr : &reg, options, findings).values;
}

std::vector<Point> places_of(const PointTable& points, const Crs& crs) {
    std::vector<Point> places;
    const geom::Transform transform(points.crs, crs);
    const bool same = geom::same_crs(points.crs, crs);
    for (const auto& point : points.points)
        if (point.values.front().present()) places.push_back(same ? point.place : transform(point.place));
    return places;
}

}  // namespace

SurfaceTotals read_totals(const PlannedTotals& planned, const Boundaries& boundaries, const Register& reg,
                          std::size_t allow_unmatched, Findings& findings) {
    return while_doing(fmt::format("reading totals '{}'", planned.table.file), [&] {
        const auto table = tables::read_table(planned.table, findings);
        const bool has_indicators = names_indicators(table);
        SurfaceTotals totals{boundaries, {}, {}, {}};
        const auto join = [&](const Indicators& from, const std::string& indicator) {
            return joined_totals(planned, from, indicator, boundaries, reg, allow_unmatched, findings);
        };
        totals.totals = join(table, has_indicators ? planned.indicator : std::string{});
        totals.name = planned.indicator.empty() ? planned.table.value : planned.indicator;
        if (planned.year) totals.name += fmt::format(", {}", *planned.year);
        if (planned.evenly.empty()) return totals;
        if (has_indicators) {
            totals.evenly = join(table, planned.evenly);
        } else {
            auto source = planned.table;
            source.value = planned.evenly;
            totals.evenly = join(tables::read_table(source, findings), {});
        }
        return totals;
    });
}

MadeSurface make_surface(const PlannedSurface& planned, const SurfaceTotals* totals, std::size_t jobs,
                         Progress& progress, Findings& findings) {
    return while_doing(fmt::format("making surface '{}'", planned.code), [&] {
        const auto placed = grid_of(planned.grid, findings);
        const auto points = read(planned, findings);
        if (planned.kind == SurfaceKind::dasymetric && totals == nullptr)
            throw InputError(fmt::format("surface '{}' lays out totals, and none are given", planned.code),
                             "name their table");
        auto made = planned.kind == SurfaceKind::dasymetric
                        ? laid_out(planned, points, placed, *totals, jobs, findings)
                        : interpolated(planned, points, placed, jobs, progress, findings);
        made.places = places_of(points, placed.crs);
        made.palette = planned.palette;
        return made;
    });
}

}  // namespace tendik::prepare
