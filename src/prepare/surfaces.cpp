// A surface from its plan: points and grid are read here, the arithmetic is in rooms surface and raster.
#include "tendik/prepare/surfaces.h"

#include "open_choice.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

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
    if (planned.error_column.empty()) return std::sqrt(variance);
    const auto& own = point.values.at(1);
    if (!own.present())
        throw InputError(fmt::format("{}: point '{}' has no error in column '{}'", point.where, point.name,
                                     planned.error_column),
                         "write 0 where a figure is exact");
    return std::sqrt(variance + own.number * own.number);
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
    if (!planned.error_column.empty()) source.values.push_back(planned.error_column);
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

/// The layer with the totals: the latest of the code, or that of the year and vintage.
const Layer& totals_of(const PlannedSurface& planned, const Atlas& atlas) {
    const Layer* found = nullptr;
    std::vector<std::string> known;
    for (const auto& layer : atlas.layers) {
        known.push_back(layer.name());
        if (layer.indicator.code != planned.of) continue;
        if (planned.year && layer.year != planned.year) continue;
        if (!planned.vintage.empty() && atlas.boundaries_of(layer).vintage != planned.vintage) continue;
        if (found == nullptr || layer.year > found->year) found = &layer;
    }
    if (found != nullptr) return *found;
    throw InputError(
        fmt::format("no layer '{}'{} holds the totals of surface '{}'", planned.of,
                    planned.year ? fmt::format(" of {}", *planned.year) : std::string(), planned.code),
        fmt::format("the layers are: {}", join_text(known, ", ")));
}

MadeSurface laid_out(const PlannedSurface& planned, const PointTable& points, const PlacedGrid& placed,
                     const Atlas& atlas, std::size_t jobs, Findings& findings) {
    const auto& layer = totals_of(planned, atlas);
    Settlements settlements{points.source, points.crs, {}};
    for (const auto& point : points.points)
        if (has_value(point, findings))
            settlements.settlements.push_back(
                {point.name, point.place, point.values.front().number, point.where});
    auto options = planned.dasymetric;
    options.jobs = jobs;
    auto people = raster::spread_people(atlas.boundaries_of(layer), layer.values, planned.code, settlements,
                                        placed.grid, placed.crs, options, findings);
    auto notes = notes_of(planned, points, settlements.settlements.size());
    notes.entries.emplace_back("TOTALS", layer.name());
    notes.entries.emplace_back("REMAINDER", std::string(to_text(options.remainder)));
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

}  // namespace

MadeSurface make_surface(const PlannedSurface& planned, const Atlas& atlas, std::size_t jobs,
                         Progress& progress, Findings& findings) {
    return while_doing(fmt::format("making surface '{}'", planned.code), [&] {
        const auto placed = grid_of(planned.grid, findings);
        const auto points = read(planned, findings);
        return planned.kind == SurfaceKind::dasymetric
                   ? laid_out(planned, points, placed, atlas, jobs, findings)
                   : interpolated(planned, points, placed, jobs, progress, findings);
    });
}

}  // namespace tendik::prepare
