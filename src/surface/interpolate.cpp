#include "tendik/surface/interpolate.h"

#include "inverse_distance.h"
#include "kriging.h"
#include "tendik/base/error.h"
#include "tendik/base/parallel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <variant>

namespace tendik::surface {
namespace {

constexpr std::size_t least_for_kriging = 8;
constexpr std::size_t least_for_idw = 3;
constexpr std::size_t most_for_kriging = 10'000;
constexpr std::size_t block_cells = 128;  // of a row: their equations are solved together

void refuse_bad_grid(const Grid& grid, const Crs& crs, std::size_t max_cells) {
    const auto size = fmt::format("{} x {} cells", grid.columns, grid.rows);
    if (!crs.known())
        throw InputError("the grid has no coordinate reference system", "name one, for example EPSG:4326");
    if (grid.columns == 0 || grid.rows == 0)
        throw InputError(fmt::format("the grid has {}: there is nothing to fill", size),
                         "give it a box and a cell size smaller than the box");
    if (!(grid.cell_width > 0.0 && grid.cell_height > 0.0) || !std::isfinite(grid.west) ||
        !std::isfinite(grid.north))
        throw InputError(
            fmt::format("the cells of the grid are {} x {} units", grid.cell_width, grid.cell_height),
            "both sides must be above 0");
    if (grid.columns > max_cells / grid.rows)
        throw InputError(fmt::format("the grid has {}, more than the {} that fit", size, max_cells),
                         "take larger cells or a smaller box");
}

void refuse_few(const Stations& stations, const SurfaceOptions& options) {
    const auto count = stations.stations.size();
    const bool kriging = options.method == SurfaceMethod::kriging;
    const auto least = kriging ? least_for_kriging : least_for_idw;
    if (count < least)
        throw InputError(
            fmt::format("'{}' has {} stations with a value; {} needs at least {}", stations.source, count,
                        kriging ? "kriging" : "inverse distance", least),
            kriging ? "so few pairs say nothing of how likeness falls with distance; --method idw makes a "
                      "surface without standard errors"
                    : "name the regions' figures instead of a surface");
    if (!kriging) return;
    if (count > most_for_kriging)
        throw InputError(fmt::format("'{}' has {} stations; kriging with all of them takes at most {}",
                                     stations.source, count, most_for_kriging),
                         "--method idw takes any number");
    const auto first = stations.stations.front().value;
    if (std::ranges::all_of(stations.stations, [&](const Station& s) { return s.value == first; }))
        throw InputError(fmt::format("all {} stations of '{}' hold {}: there is nothing to interpolate",
                                     count, stations.source, first),
                         "equal values have no variogram; was the right column named?");
}

void refuse_bad_options(const SurfaceOptions& options) {
    if (options.method == SurfaceMethod::idw && !(options.power > 0.0 && options.power <= 100.0))
        throw InputError(fmt::format("the power of inverse distance is {}", options.power),
                         "above 0, at most 100; 2 is usual");
}

void refuse_bad_model(const VariogramModel& model, const Stations& stations) {
    double error_variance = 0.0;
    for (const auto& station : stations.stations)
        error_variance += station.error_sd * station.error_sd / static_cast<double>(stations.stations.size());
    if (!(model.nugget >= 0.0 && model.partial_sill >= 0.0 && model.range_m > 0.0 &&
          std::isfinite(model.nugget + model.partial_sill + model.range_m)) ||
        model.nugget + model.partial_sill <= 0.0)
        throw InputError(fmt::format("a variogram of nugget {}, sill {} and range {} m", model.nugget,
                                     model.partial_sill, model.range_m),
                         "nugget and sill are 0 or above, one of them above 0, and so is the range");
    if (model.nugget < error_variance * (1.0 - 1e-12))
        throw InputError(fmt::format("the nugget of {} is smaller than the known error variance of {:.6g}",
                                     model.nugget, error_variance),
                         "the nugget holds all of the error of measurement");
}

/// A method made ready; nothing of it depends on the places that are asked for.
struct Ready {
    std::variant<Kriging, InverseDistance> method;
    std::optional<FittedVariogram> variogram;

    bool has_errors() const { return std::holds_alternative<Kriging>(method); }
    void predict(const LocatedList& places, std::size_t first, std::span<double> values,
                 std::span<double> errors) const {
        if (const auto* kriging = std::get_if<Kriging>(&method))
            kriging->predict(places, first, values, errors);
        else
            std::get<InverseDistance>(method).predict(places, first, values);
    }
};

Ready make_ready(const Stations& stations, const SurfaceOptions& options, Findings& findings) {
    refuse_bad_options(options);
    refuse_few(stations, options);
    if (options.method == SurfaceMethod::idw) return {InverseDistance(stations, options.power), std::nullopt};
    FittedVariogram variogram;
    if (options.model) {
        refuse_bad_model(*options.model, stations);
        variogram.model = *options.model;
    } else {
        variogram = find_variogram(stations, options.variogram, findings);
    }
    return {Kriging(stations, variogram.model), variogram};
}

void report_off_grid(const Stations& stations, const Grid& grid, Findings& findings) {
    const auto box = grid.box();
    std::size_t off = 0;
    for (const auto& station : stations.stations) {
        const auto [x, y] = station.place;
        if (x >= box.min_x && x <= box.max_x && y >= box.min_y && y <= box.max_y) continue;
        ++off;
        findings.add(
            Severity::note, "station-off-grid", station.where.empty() ? stations.source : station.where,
            fmt::format("station '{}' lies outside of the grid; it is used all the same", station.name));
    }
    if (off == stations.stations.size())
        throw InputError(
            fmt::format("none of the {} stations of '{}' lies on the grid, which spans {:.6g} to {:.6g} and "
                        "{:.6g} to {:.6g}",
                        off, stations.source, box.min_x, box.max_x, box.min_y, box.max_y),
            "are longitude and latitude exchanged, or is the CRS another?");
}

void report_errors(const LeaveOneOut& left_out, const std::string& where, Findings& findings) {
    if (!left_out.mean_square_z || (*left_out.mean_square_z >= 0.5 && *left_out.mean_square_z <= 2.0)) return;
    findings.add(Severity::warning, "large-errors", where,
                 fmt::format("left out one by one, the stations miss by {:.2g} times the variance that the "
                             "surface states (about 1 is right): its standard errors are too {}",
                             *left_out.mean_square_z, *left_out.mean_square_z > 1.0 ? "small" : "large"));
}

std::vector<RasterBand> fill_grid(const Ready& ready, const Stations& stations, const Grid& grid,
                                  const SurfaceOptions& options, Progress& progress) {
    const Metric metric(stations.crs);
    const auto cells = grid.columns * grid.rows;
    std::vector<RasterBand> bands{
        {stations.value_name + "_modelled", stations.unit, std::vector<double>(cells)}};
    if (ready.has_errors())
        bands.push_back({stations.value_name + "_standard_error", stations.unit, std::vector<double>(cells)});
    progress.begin("surface", grid.rows);
    parallel_for(grid.rows, options.jobs, [&](std::size_t row) {
        const auto places = metric.locate_row(grid, row);
        for (std::size_t column = 0; column < grid.columns; column += block_cells) {
            const auto count = std::min(block_cells, grid.columns - column);
            const auto cell = row * grid.columns + column;
            const std::span values(&bands[0].values[cell], count);
            const auto errors =
                ready.has_errors() ? std::span(&bands[1].values[cell], count) : std::span<double>{};
            ready.predict(places, column, values, errors);
        }
        progress.advance(1);
    });
    return bands;
}

}  // namespace

Surface interpolate(const Stations& stations, const Grid& grid, const Crs& crs, const SurfaceOptions& options,
                    Progress& progress, Findings& findings) {
    refuse_bad_grid(grid, crs, options.max_cells);
    const auto placed = place_stations(stations, crs);
    const auto ready = make_ready(placed, options, findings);
    report_off_grid(placed, grid, findings);
    auto left_out =
        std::visit([&](const auto& method) { return method.leave_one_out(placed); }, ready.method);
    report_errors(left_out, stations.source, findings);
    return {MemoryRaster(stations.source, grid, crs, fill_grid(ready, placed, grid, options, progress)),
            options.method, ready.variogram, std::move(left_out)};
}

std::vector<Prediction> predict(const Stations& stations, std::span<const Point> places,
                                const SurfaceOptions& options, Findings& findings) {
    const auto placed = place_stations(stations, stations.crs);
    const auto ready = make_ready(placed, options, findings);
    const Metric metric(placed.crs);
    LocatedList located;
    for (const auto& place : places)
        located.add(metric.locate(place));
    std::vector<double> values(places.size());
    std::vector<double> errors(places.size());
    for (std::size_t first = 0; first < places.size(); first += block_cells) {
        const auto count = std::min(block_cells, places.size() - first);
        ready.predict(located, first, std::span(values).subspan(first, count),
                      std::span(errors).subspan(first, count));
    }
    std::vector<Prediction> result;
    for (std::size_t i = 0; i < places.size(); ++i)
        result.push_back({values[i], errors[i]});
    return result;
}

}  // namespace tendik::surface

namespace tendik {

std::string_view to_text(SurfaceMethod method) { return method == SurfaceMethod::idw ? "idw" : "kriging"; }

}  // namespace tendik
