#include "region_numbers.h"

#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace tendik::raster {
namespace {

/// Shares below this are rounding.
constexpr double share_rounding = 1e-9;

std::string_view without_prefix(std::string_view name) {
    constexpr std::string_view prefix = "weighted_";
    return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

}  // namespace

RegionNumbers::RegionNumbers(const Tally& tally, double surface_cells, const Grid& grid,
                             const ZonalOptions& options, const std::pair<double, double>& nodata_range)
    : m_tally(tally),
      m_surface_cells(surface_cells),
      m_grid(grid),
      m_options(options),
      m_nodata_range(nodata_range) {}

/// Surface of the region off the raster. Whole cells (centre, touched) cannot tell it.
double RegionNumbers::outside_cells() const {
    if (m_options.method != CoverMethod::exact) return 0.0;
    const double outside = m_surface_cells - m_tally.covered.value();
    return outside > share_rounding * m_surface_cells ? outside : 0.0;
}

double RegionNumbers::cells_without_data() const {
    const double covered = m_tally.covered.value();
    const double without = covered - m_tally.moments.weight.value();
    return outside_cells() + (without > share_rounding * covered ? without : 0.0);
}

State RegionNumbers::state() const {
    if (m_tally.covered.value() == 0.0) return State::unmatched;
    const bool propagated = m_options.nodata == NodataPolicy::propagate && cells_without_data() > 0.0;
    return m_tally.moments.weight.value() == 0.0 || propagated ? State::missing : State::present;
}

Value RegionNumbers::value(std::optional<double> number) const {
    if (number && std::isfinite(*number)) return Value::of(*number);
    const auto whole = state();
    return Value::without(whole == State::present ? State::not_applicable : whole);
}

double RegionNumbers::share_covered() const {
    if (m_options.method != CoverMethod::exact) return m_tally.covered.value() > 0.0 ? 1.0 : 0.0;
    if (m_surface_cells <= 0.0) return 0.0;
    return 1.0 - outside_cells() / m_surface_cells;
}

double RegionNumbers::share_without_data() const {
    const double all = m_tally.covered.value() + outside_cells();
    return all > 0.0 ? cells_without_data() / all : 1.0;
}

std::optional<double> RegionNumbers::share_without_weight() const {
    const double count = m_tally.moments.weight.value();
    if (m_tally.weights.empty() || count == 0.0) return std::nullopt;
    const double share = m_tally.weights.front().without_weight.value() / count;
    return share > share_rounding ? share : 0.0;
}

bool RegionNumbers::is_withheld(bool weighted) const {
    if (m_options.nodata == NodataPolicy::propagate && cells_without_data() > 0.0) return true;
    return weighted && m_options.weight_nodata == NodataPolicy::propagate &&
           share_without_weight().value_or(0.0) > 0.0;
}

std::vector<ValueShare> RegionNumbers::sorted(std::size_t measure) const {
    return m_tally.distribution.sorted(measure);
}

std::optional<double> RegionNumbers::moment(const Moments& moments, std::string_view name) {
    const double weight = moments.weight.value();
    if (name == "count") return weight;
    if (weight == 0.0) return std::nullopt;
    const double mean = moments.product.value() / weight;
    const double variance = std::max(0.0, moments.deviations / weight);
    if (name == "sum") return moments.product.value();
    if (name == "mean") return mean;
    if (name == "variance") return variance;
    if (name == "stdev") return std::sqrt(variance);
    if (name == "cv" && mean != 0.0) return std::sqrt(variance) / mean;
    return std::nullopt;
}

std::optional<double> RegionNumbers::of_distribution(std::size_t measure, std::string_view name) const {
    const auto values = sorted(measure);
    if (name == "median") return raster::quantile(values, 0.5);
    if (name == "mode") return raster::mode(values);
    if (name == "minority") return raster::minority(values);
    return static_cast<double>(values.size());  // variety
}

std::optional<double> RegionNumbers::statistic(std::string_view name) const {
    const bool weighted = name.starts_with("weighted_");
    const auto plain = without_prefix(name);
    if (is_withheld(weighted)) return std::nullopt;
    if (plain == "median" || plain == "mode" || plain == "minority" || plain == "variety")
        return of_distribution(weighted ? 1 : 0, plain);
    if (weighted) return moment(m_tally.weights.front().moments, plain);
    if (name == "area_km2") return m_tally.area_km2.value();
    const bool has_data = m_tally.moments.weight.value() > 0.0;
    if (has_data) {
        if (name == "min") return m_tally.min;
        if (name == "max") return m_tally.max;
        if (name == "range") return m_tally.max - m_tally.min;
        if (name == "min_x") return m_grid.centre(m_tally.min_place.column, m_tally.min_place.row).x;
        if (name == "min_y") return m_grid.centre(m_tally.min_place.column, m_tally.min_place.row).y;
        if (name == "max_x") return m_grid.centre(m_tally.max_place.column, m_tally.max_place.row).x;
        if (name == "max_y") return m_grid.centre(m_tally.max_place.column, m_tally.max_place.row).y;
    }
    return moment(m_tally.moments, name);
}

std::optional<double> RegionNumbers::quantile(std::size_t measure, double q) const {
    if (is_withheld(measure > 0)) return std::nullopt;
    return raster::quantile(sorted(measure), q);
}

std::optional<double> RegionNumbers::fraction(std::size_t measure, double value) const {
    if (is_withheld(measure > 0)) return std::nullopt;
    CompensatedSum total;
    double part = 0.0;
    for (const auto& entry : sorted(measure)) {
        total.add(entry.sum);
        if (entry.value == value) part = entry.sum;
    }
    if (total.value() == 0.0) return std::nullopt;
    return part / total.value();
}

std::pair<std::optional<double>, std::optional<double>> RegionNumbers::bounds(std::string_view name) const {
    if (name.starts_with("weighted_")) return weighted_bounds(name);
    const double count = m_tally.moments.weight.value();
    const double without = m_options.nodata == NodataPolicy::bound ? cells_without_data() : 0.0;
    const auto [low, high] = m_nodata_range;
    if (count + without == 0.0 || !(low <= high)) return {};
    if (without == 0.0) return {statistic(name), statistic(name)};
    const double sum = m_tally.moments.product.value();
    if (name == "sum") return {sum + without * low, sum + without * high};
    if (name == "mean")
        return {(sum + without * low) / (count + without), (sum + without * high) / (count + without)};
    if (name == "min") return {std::min(m_tally.min, low), std::min(m_tally.min, high)};
    return {std::max(m_tally.max, low), std::max(m_tally.max, high)};
}

/// Cells without a value weigh what they weigh; cells without a weight weigh between nothing and the largest
/// weight of the region. Off the raster nothing is known of the weights, so there are no bounds.
std::pair<std::optional<double>, std::optional<double>> RegionNumbers::weighted_bounds(
    std::string_view name) const {
    const auto& tally = m_tally.weights.front();
    const bool of_values = m_options.nodata == NodataPolicy::bound;
    const double unvalued = of_values ? tally.without_value.value() : 0.0;
    const bool of_weights = m_options.weight_nodata == NodataPolicy::bound;
    const double unweighted = of_weights ? tally.without_weight.value() * tally.largest : 0.0;
    const auto [low, high] = m_nodata_range;
    if ((of_values && outside_cells() > 0.0) || !(low <= high)) return {};
    const auto end = [&](double value, double unweighted_value, bool upper) -> std::optional<double> {
        double weight = tally.moments.weight.value() + unvalued;
        double product = tally.moments.product.value() + (unvalued > 0.0 ? unvalued * value : 0.0);
        const auto better = [&](double candidate, double present) {
            return upper ? candidate > present : candidate < present;
        };
        if (name == "weighted_sum") {
            if (unweighted > 0.0 && better(unweighted * unweighted_value, 0.0))
                product += unweighted * unweighted_value;
            return product;
        }
        if (unweighted > 0.0 && (weight == 0.0 || better(unweighted_value, product / weight))) {
            product += unweighted * unweighted_value;
            weight += unweighted;
        }
        if (weight == 0.0) return std::nullopt;
        return product / weight;
    };
    return {end(low, tally.lowest_unweighted, false), end(high, tally.highest_unweighted, true)};
}

bool RegionNumbers::has_unit_of_value(std::string_view name) {
    const auto plain = without_prefix(name);
    return plain == "mean" || plain == "min" || plain == "max" || plain == "range" || plain == "stdev" ||
           plain == "median" || plain == "mode" || plain == "minority";
}

bool RegionNumbers::has_bounds(std::string_view name) {
    return name == "sum" || name == "mean" || name == "min" || name == "max" || name == "weighted_sum" ||
           name == "weighted_mean";
}

WeightBand weight_band(const RasterSource& weights, const RasterInfo& values, WeightKind kind) {
    const auto& info = weights.info();
    if (info.bands.size() != 1)
        throw InputError(
            fmt::format("{}: has {} bands, and cells are weighed by one", info.source, info.bands.size()),
            "name the band: FILE:BAND");
    if (!geom::same_crs(info.crs, values.crs))
        throw InputError(
            fmt::format("{} is in {}, {} in {}: cells can be cut only in one system", info.source,
                        geom::crs_name(info.crs), values.source, geom::crs_name(values.crs)),
            fmt::format("bring one to the system of the other: gdalwarp -t_srs {}",
                        geom::crs_name(values.crs)));
    return {&weights, 0, kind};
}

void refuse_bad_weights(std::span<const RegionNumbers> regions, const Boundaries& boundaries,
                        const RasterSource* weights) {
    if (weights == nullptr) return;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        const auto& tally = regions[i].tally().weights.front();
        const bool infinite = std::isinf(tally.largest);
        if (tally.smallest >= 0.0 && !infinite) continue;
        throw InputError(fmt::format("{}: a cell in region '{}' weighs {}, {}", weights->info().source,
                                     boundaries.regions[i].key, infinite ? tally.largest : tally.smallest,
                                     infinite ? "more than any number" : "below 0"),
                         "if that marks cells without data, say so: gdal_edit.py -a_nodata VALUE FILE");
    }
}

void report_gaps(std::span<const RegionNumbers> regions, const Boundaries& boundaries,
                 const RasterInfo& raster, Findings& findings) {
    std::size_t off = 0;
    std::size_t empty = 0;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        const auto& region = regions[i];
        const auto where = fmt::format("{}, region '{}'", raster.source, boundaries.regions[i].key);
        const bool no_data = region.tally().moments.weight.value() == 0.0;
        off += region.tally().covered.value() == 0.0 ? 1U : 0U;
        empty += no_data ? 1U : 0U;
        if (region.tally().covered.value() == 0.0)
            findings.add(Severity::warning, "off-raster", where, "the region lies off the raster");
        else if (no_data)
            findings.add(Severity::warning, "no-data", where, "no cell of the region has data");
        else if (region.share_covered() < 1.0)
            findings.add(Severity::warning, "partly-covered", where,
                         fmt::format("the raster ends before the region does: it covers {:.2f} %",
                                     100.0 * region.share_covered()));
        if (region.surface_cells() > 0.0 && region.surface_cells() < 1.0)
            findings.add(Severity::warning, "coarse-grid", where,
                         fmt::format("the grid is too coarse for {}: one cell is {:.1f} times the region",
                                     boundaries.regions[i].name.en.empty() ? boundaries.regions[i].key
                                                                           : boundaries.regions[i].name.en,
                                     1.0 / region.surface_cells()));
    }
    const auto box = raster.grid.box();
    if (off == regions.size())
        throw InputError(
            fmt::format("{}: no region lies on the raster, which reaches from ({}, {}) to ({}, {}) in {}",
                        raster.source, box.min_x, box.min_y, box.max_x, box.max_y,
                        geom::crs_name(raster.crs)),
            "check that raster and boundaries show the same country, and that their CRS are right");
    if (empty == regions.size())
        findings.add(Severity::error, "no-data", raster.source, "no cell of any region has data");
}

void report_infinite(std::span<const RegionNumbers> regions, const Boundaries& boundaries,
                     const RasterInfo& raster, Findings& findings) {
    for (std::size_t i = 0; i < regions.size(); ++i) {
        const auto& tally = regions[i].tally();
        const bool high = tally.max == std::numeric_limits<double>::infinity() && tally.covered.value() > 0.0;
        const bool low = tally.min == -std::numeric_limits<double>::infinity() && tally.covered.value() > 0.0;
        if (!high && !low) continue;
        const auto& place = high ? tally.max_place : tally.min_place;
        findings.add(Severity::warning, "infinite-cell",
                     fmt::format("{}, region '{}'", raster.source, boundaries.regions[i].key),
                     fmt::format("the cell of column {} and row {} (from 0) holds {}: sums and means of the "
                                 "region are not applicable",
                                 place.column, place.row, high ? "infinity" : "minus infinity"));
    }
}

void refuse_same_names(const std::vector<PopulationRaster>& populations) {
    std::set<std::string> names;
    for (const auto& population : populations)
        if (!names.insert(population.name).second)
            throw InputError(fmt::format("two population rasters are called '{}'", population.name),
                             "name them apart: --population-raster NAME=FILE");
}

Column total_amounts(const PopulationRaster& population, const Boundaries& boundaries,
                     const PassOptions& options, Progress& progress, Findings& findings) {
    const auto& info = population.raster->info();
    const auto placed = place_regions(boundaries, info, options.jobs, findings);
    const auto plan = plan_pass(*population.raster, {}, placed.size(), vertex_count(placed), {}, options);
    const auto tallies = tally_regions(*population.raster, {}, placed, {}, plan, options.method, progress);
    Column amounts;
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        const auto& tally = tallies[i];
        const auto& region = boundaries.regions[i];
        const bool infinite = std::isinf(tally.max) && tally.max > 0.0;
        if (const auto& place = infinite ? tally.max_place : tally.min_place; tally.min < 0.0 || infinite)
            throw InputError(
                fmt::format("{}: the cell of column {} and row {} (from 0), in region '{}', holds {} people",
                            info.source, place.column, place.row, region.key,
                            infinite ? tally.max : tally.min),
                "if that marks cells without data, say so: gdal_edit.py -a_nodata VALUE FILE");
        const bool has_data = tally.moments.weight.value() > 0.0;
        amounts.push_back(
            has_data ? Value::of(tally.moments.product.value())
                     : Value::without(tally.covered.value() > 0.0 ? State::missing : State::unmatched));
        const double cells = placed[i].surface_cells;
        if (cells > 0.0 && cells < 1.0)
            findings.add(
                Severity::warning, "coarse-grid", fmt::format("{}, region '{}'", info.source, region.key),
                fmt::format("the grid of the population is too coarse for {}: one cell is {:.1f} times the "
                            "region",
                            region.name.en.empty() ? region.key : region.name.en, 1.0 / cells));
    }
    return amounts;
}

std::size_t vertex_count(std::span<const PlacedRegion> regions) {
    std::size_t count = 0;
    for (const auto& region : regions)
        count += tendik::vertex_count(region.shape);
    return count;
}

}  // namespace tendik::raster
