#include "tendik/prepare/raster_tables.h"

#include "counted_regions.h"
#include "open_choice.h"
#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/raster/tally_regions.h"
#include "tendik/topology/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

namespace tendik::prepare {
namespace {

constexpr std::string_view stations_column = "stations";

std::string file_name(const std::string& source) { return std::filesystem::path(source).filename().string(); }

/// The standard error of what is exposed; null where none is known.
std::unique_ptr<RasterSource> open_error(const PlannedExposure& planned,
                                         std::span<const MadeSurface> surfaces, Findings& findings) {
    if (!planned.error.file.empty()) return open_choice(planned.error, surfaces, findings);
    const auto* surface = find_surface(planned.raster, surfaces);
    if (surface == nullptr || surface->raster.bands().size() < 2) return nullptr;
    return open_errors(*surface);
}

/// How many of the stations that a surface was made from lie in each region.
void add_stations(ZonalTable& table, const MadeSurface& surface, const Boundaries& boundaries) {
    const auto& crs = surface.raster.info().crs;
    const geom::Transform transform(crs, boundaries.crs);
    const bool same = geom::same_crs(crs, boundaries.crs);
    std::vector<Point> places;
    for (const auto& place : surface.places)
        places.push_back(same ? place : transform(place));
    ZonalColumn column{std::string(stations_column), std::string(stations_column), {}, {}, {}};
    for (const auto& region : boundaries.regions)
        column.values.push_back(Value::of(static_cast<double>(std::ranges::count_if(
            places, [&](const Point& place) { return contains(region.shape, place); }))));
    table.columns.push_back(std::move(column));
}

/// Highest less lowest of what is present; 0 where nothing is.
double spread_of(const Column& values) {
    const auto numbers = present_numbers(values);
    if (numbers.empty()) return 0.0;
    const auto [low, high] = std::ranges::minmax(numbers);
    return high - low;
}

double mean_of(const Column& values) {
    const auto numbers = present_numbers(values);
    CompensatedSum sum;
    for (const double number : numbers)
        sum.add(number);
    return numbers.empty() ? 0.0 : sum.value() / static_cast<double>(numbers.size());
}

Boundaries in_lon_lat(Boundaries boundaries) {
    constexpr double tolerance_deg = 1e-5;  // edges stray by less than a metre where they are bent
    if (geom::same_crs(boundaries.crs, wgs84)) return boundaries;
    const geom::Transform transform(boundaries.crs, wgs84);
    for (auto& region : boundaries.regions)
        region.shape = while_doing(fmt::format("placing region '{}'", region.key),
                                   [&] { return transform(region.shape, tolerance_deg); });
    boundaries.crs = wgs84;
    return boundaries;
}

/// What the raster holds on each piece of ground that two regions share.
std::vector<double> amounts_on(const std::vector<SharedPiece>& pieces, const Boundaries& from,
                               const Boundaries& to, const SharesChoice& choice, Progress& progress,
                               Findings& findings) {
    Boundaries ground;
    ground.source = "shared ground";
    ground.key_column = "piece";
    ground.crs = wgs84;
    for (const auto& piece : pieces) {
        Region region;
        region.key = fmt::format("{} in {}", from.regions[piece.source].key, to.regions[piece.target].key);
        region.shape = piece.shape;
        ground.regions.push_back(std::move(region));
    }
    PlannedZonal sum;
    sum.raster = choice.weights;
    sum.options.statistics = {"sum"};
    sum.options.max_memory_bytes = choice.max_memory_bytes;
    const auto table = zonal_table(sum, ground, {}, choice.jobs, progress, findings);
    if (table.columns.empty() || table.columns.front().values.size() != pieces.size())
        throw InputError(fmt::format("raster '{}' has several bands", choice.weights.file),
                         "name one: FILE:BAND");
    std::vector<double> amounts;
    for (const auto& value : table.columns.front().values)
        amounts.push_back(value.present() ? value.number : 0.0);
    return amounts;
}

/// The population whose columns the wanted one is among; null for those of the surface alone.
const PlannedPopulation* population_of(const std::vector<PlannedPopulation>& populations,
                                       const std::string& column) {
    const PlannedPopulation* found = nullptr;
    for (const auto& population : populations)
        if (column.starts_with(population.name + "_") &&
            (found == nullptr || population.name.size() > found->name.size()))
            found = &population;
    return found;
}

/// What is counted weighs the regions; where nobody lives nothing is weighed.
Weights weights_of(const ZonalTable& table, const std::string& name, const Texts& title) {
    Weights weights;
    weights.column = table.find(name)->values;
    for (auto& weight : weights.column)
        if (weight.present() && !(weight.number > 0.0)) weight = Value::without(State::missing);
    weights.indicator = name;
    weights.text = title.empty() ? Texts{name, name, name} : title;
    return weights;
}

/// Rasters without folder; a surface under the name of its file.
std::string raster_name(const RasterChoice& choice) {
    const auto surface = plan::surface_named(choice);
    return surface ? *surface + ".tif" : file_name(choice.file);
}

/// Without folder; points under their coordinates.
std::string places_name(const PlacesChoice& places) {
    if (places.points.empty()) return file_name(places.table.file);
    std::vector<std::string> points;
    for (const auto& point : places.points)
        points.push_back(shortest(point.x) + "," + shortest(point.y));
    return join_text(points, "; ");
}

const Texts ground_title{"area in km2", "площадь в км2", "аудан, км2"};

/// What the table knows of the error of one population's mean.
void describe_error(Modelled& modelled, const ZonalTable& table, const std::string& name,
                    const std::vector<double>& levels) {
    const auto* mean = table.find(name + "_mean");
    const auto* error = table.find(name + "_mean_error");
    if (mean == nullptr || error == nullptr) return;
    modelled.spread = spread_of(mean->values);
    modelled.mean_error = mean_of(error->values);
    modelled.can_rank = modelled.mean_error < modelled.spread;
    modelled.error = error->values;
    modelled.levels = levels;
    for (const auto& column : table.columns)
        if (column.name.starts_with(name + "_chance_") && !column.name.starts_with(name + "_chance_above_"))
            modelled.chances.push_back(column.values);
}

void tell_of_error(const Layer& layer, const Modelled& modelled, const ZonalTable& table,
                   Findings& findings) {
    if (!modelled.can_rank)
        findings.add(
            Severity::warning, "cannot-rank", layer.name(),
            fmt::format("the mean standard error of the regions, {}, is no smaller than what they differ "
                        "by, {}: the layer cannot rank them",
                        fixed(modelled.mean_error, layer.indicator.decimals + 1),
                        fixed(modelled.spread, layer.indicator.decimals + 1)));
    std::vector<std::string> without;
    for (std::size_t i = 0; i < modelled.stations.size(); ++i)
        if (modelled.stations[i] == 0) without.push_back(table.keys[i]);
    if (!without.empty())
        findings.add(Severity::note, "no-station", layer.name(),
                     fmt::format("no station lies inside: {}", join_text(without, ", ")));
}

}  // namespace

Boundaries load_boundaries(const BoundarySource& source, Findings& findings) {
    return while_doing(fmt::format("reading boundaries '{}'", source.file),
                       [&] { return topology::repair(io::read_boundaries(source, findings), findings); });
}

ZonalTable zonal_table(const PlannedZonal& planned, const Boundaries& boundaries,
                       std::span<const MadeSurface> surfaces, std::size_t jobs, Progress& progress,
                       Findings& findings) {
    auto options = planned.options;
    if (jobs != 0) options.jobs = jobs;
    limit_cache(options.max_memory_bytes);
    const auto values = open_choice(planned.raster, surfaces, findings);
    const auto weights =
        planned.weights.file.empty() ? nullptr : open_choice(planned.weights, surfaces, findings);
    return while_doing(fmt::format("summing up raster '{}'", planned.raster.file), [&] {
        return raster::summarise(*values, weights.get(), boundaries, options, progress, findings);
    });
}

ZonalTable exposure_table(const PlannedExposure& planned, const Boundaries& boundaries,
                          std::span<const MadeSurface> surfaces, std::size_t jobs, Progress& progress,
                          Findings& findings) {
    auto options = planned.options;
    if (jobs != 0) options.jobs = jobs;
    limit_cache(options.max_memory_bytes);
    const auto exposure = open_choice(planned.raster, surfaces, findings);
    std::vector<std::unique_ptr<RasterSource>> sources;
    std::vector<PopulationRaster> populations;
    for (const auto& population : planned.populations) {
        sources.push_back(open_choice(population.raster, surfaces, findings));
        populations.push_back({population.name, sources.back().get()});
    }
    const auto error = open_error(planned, surfaces, findings);
    return while_doing(fmt::format("reckoning exposure to '{}'", planned.raster.file), [&] {
        auto table = raster::expose(*exposure, populations, boundaries, options, progress, findings);
        if (error)
            raster::add_uncertainty(table, *exposure, *error, populations, boundaries, options, progress);
        const auto* surface = find_surface(planned.raster, surfaces);
        if (surface != nullptr && surface->kind != SurfaceKind::dasymetric)
            add_stations(table, *surface, boundaries);
        return table;
    });
}

Layer raster_layer(const ZonalTable& table, const RasterLayer& wanted, std::size_t boundaries) {
    const auto* column = table.find(wanted.column);
    if (column == nullptr || column->values.empty()) {
        std::vector<std::string> names;
        for (const auto& other : table.columns)
            if (!other.values.empty()) names.push_back(other.name);
        const auto near = nearest(wanted.column, names);
        throw InputError(
            fmt::format("'{}': what was found of '{}' has no column '{}'{}", wanted.code, table.raster,
                        wanted.column, near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
            fmt::format("the columns are: {}", join_text(names, ", ")));
    }
    Layer layer;
    auto& indicator = layer.indicator;
    indicator.code = wanted.code;
    indicator.name = wanted.name.value_or(Texts{wanted.code, wanted.code, wanted.code});
    indicator.unit = wanted.unit.value_or(Texts{column->unit, column->unit, column->unit});
    const bool is_sum = column->statistic == "sum" || column->statistic == "weighted_sum" ||
                        column->statistic == "people" || column->statistic == "area" ||
                        column->unit == "people";
    indicator.kind = wanted.kind.value_or(is_sum ? IndicatorKind::total : IndicatorKind::mean);
    indicator.direction = wanted.direction.value_or(Direction::adverse);
    indicator.decimals = wanted.decimals.value_or(1);
    indicator.theme = wanted.theme;
    indicator.definition = wanted.definition;
    indicator.sources = wanted.sources;
    const bool is_total = indicator.kind == IndicatorKind::total || indicator.kind == IndicatorKind::count;
    if (is_total) layer.display = Display::symbols;
    layer.year = wanted.year;
    if (wanted.year) layer.year_label = std::to_string(*wanted.year);
    layer.boundaries = boundaries;
    layer.values = column->values;
    layer.source_file = table.raster;
    layer.sources = wanted.sources;
    layer.modelled = Modelled{.raster = file_name(table.raster)};
    return layer;
}

Layer exposure_layer(const ZonalTable& table, const PlannedExposure& planned, const RasterLayer& wanted,
                     std::size_t boundaries, Findings& findings) {
    auto layer = raster_layer(table, wanted, boundaries);
    auto& modelled = *layer.modelled;
    if (const auto* stations = table.find(stations_column))
        for (const auto& value : stations->values)
            modelled.stations.push_back(static_cast<std::size_t>(value.number));
    const auto* population = population_of(planned.populations, wanted.column);
    if (population != nullptr) {
        describe_error(modelled, table, population->name, planned.options.thresholds);
        if (wanted.column == population->name + "_mean") {
            layer.weights = weights_of(table, population->name, population->title);
        } else {
            modelled.error.clear();  // that of the mean is not its own
            modelled.levels.clear();
            modelled.chances.clear();
        }
    }
    if (!modelled.error.empty()) tell_of_error(layer, modelled, table, findings);
    return layer;
}

Layer access_layer(const ZonalTable& table, const PlacesChoice& places, const RasterChoice& friction,
                   const CountChoice& count, const RasterLayer& wanted, std::size_t boundaries) {
    auto layer = raster_layer(table, wanted, boundaries);
    const auto* population = population_of(count.populations, wanted.column);
    std::vector<std::string> rasters;
    if (!friction.file.empty()) rasters.push_back(raster_name(friction));
    if (population != nullptr) rasters.push_back(raster_name(population->raster));
    layer.modelled = Modelled{.raster = join_text(rasters, ", "), .places = places_name(places)};
    if (table.find(wanted.column)->statistic != "share") return layer;
    auto& indicator = layer.indicator;
    indicator.kind = wanted.kind.value_or(IndicatorKind::rate);
    indicator.scale = 100.0;
    indicator.unit = wanted.unit.value_or(Texts{"%", "%", "%"});
    for (auto& value : layer.values)
        if (value.present()) value.number *= indicator.scale;
    layer.weights = population != nullptr ? weights_of(table, population->name, population->title)
                                          : weights_of(table, ground_name, ground_title);
    return layer;
}

Crosswalk lay_over(const Boundaries& from, const Boundaries& to, const SharesChoice& choice,
                   Progress& progress, Findings& findings) {
    const auto sources = in_lon_lat(from), targets = in_lon_lat(to);
    const auto pieces = join::overlay(sources, targets);
    if (choice.weights.file.empty())
        return join::make_crosswalk(sources, targets, pieces, nullptr, "area", choice.options, findings);
    const auto amounts = amounts_on(pieces, sources, targets, choice, progress, findings);
    return join::make_crosswalk(sources, targets, pieces, &amounts, file_name(choice.weights.file),
                                choice.options, findings);
}

}  // namespace tendik::prepare
