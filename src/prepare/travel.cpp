// Travel time and who lives within it: ways are found in room access, people counted in room raster.
#include "tendik/prepare/travel.h"

#include "counted_regions.h"
#include "open_choice.h"
#include "places.h"
#include "tendik/access/time_bands.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/raster/cell_area.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::prepare {
namespace {

constexpr int curve_steps = 20;
/// What the count needs at least besides the travel times.
constexpr std::size_t count_bytes = std::size_t{128} << 20U;

FrictionUnit unit_of(const PlannedTravel& planned, const RasterInfo& info, Findings& findings) {
    if (planned.unit) return *planned.unit;
    const auto stated = info.units.empty() ? std::string() : info.units.front();
    if (stated.empty()) return FrictionUnit::min_per_m;
    if (const auto unit = friction_unit_from_text(stated)) return *unit;
    findings.add(Severity::warning, "friction-unit", info.source,
                 fmt::format("states the unit '{}', which is not known; read as minutes per metre", stated));
    return FrictionUnit::min_per_m;
}

/// Where travel starts, in the system of the friction.
std::vector<TravelSource> read_sources(const PlannedTravel& planned, const Crs& crs, Findings& findings) {
    auto choice = planned.sources;
    choice.table.usual_names = {"id", "name"};
    auto places = read_places(choice, findings);
    bring_to(crs, places);
    std::vector<TravelSource> sources;
    for (const auto& point : places.points)
        sources.push_back({point.name, point.place});
    return sources;
}

/// The thresholds and twenty steps up to the last of them, ascending.
std::vector<double> curve_minutes(const std::vector<double>& thresholds) {
    auto minutes = thresholds;
    for (int i = 1; i <= curve_steps; ++i)
        minutes.push_back(thresholds.back() * i / curve_steps);
    std::ranges::sort(minutes);
    minutes.erase(std::ranges::unique(minutes).begin(), minutes.end());
    return minutes;
}

/// Columns and the curve of one population.
class TravelNumbers {
public:
    TravelNumbers(Travel& result, const access::TimeBands& bands, const AmountsByBand& amounts,
                  std::size_t index, std::string name, std::string unit)
        : m_result(result),
          m_bands(bands),
          m_regions(amounts, index, 0),
          m_name(std::move(name)),
          m_unit(std::move(unit)) {}

    void add_columns() {
        add("", [&](std::size_t i) { return m_regions.all(i); });
        for (const double minutes : m_result.thresholds_min) {
            const auto number = number_of(minutes);
            const auto limit = fmt::format("within_{}min", shortest(minutes));
            add("_" + limit, [&](std::size_t i) { return within(i, number); });
            m_result.table.columns.push_back(counted_column(
                m_regions, m_name + "_share_" + limit, "",
                [&](std::size_t i) { return m_regions.share(i, m_regions.within(i, number)); }));
        }
        add(fmt::format("_beyond_{}min", shortest(m_result.thresholds_min.back())),
            [&](std::size_t i) { return in_number(i, m_bands.beyond()); });
        add("_unreached", [&](std::size_t i) { return in_number(i, m_bands.unreached()); });
        add("_barrier", [&](std::size_t i) { return in_number(i, m_bands.barrier()); });
        add("_no_data", [&](std::size_t i) { return in_number(i, m_bands.no_data()); });
        add("_off_raster", [&](std::size_t i) { return off_raster(i); });
    }

    void add_curve() {
        const auto& minutes = m_bands.thresholds_min();
        for (std::size_t k = 0; k < minutes.size(); ++k) {
            Sums all;
            Sums sum;
            for (std::size_t i = 0; i < m_regions.size(); ++i) {
                all.add(m_regions.all(i));
                sum.add(within(i, k));
            }
            const bool some = all.value().present() && all.value().number > 0.0;
            m_result.curve.push_back({{},
                                      {},
                                      m_name,
                                      minutes[k],
                                      sum.value(),
                                      {},
                                      {},
                                      some ? Value::of(sum.value().number / all.value().number)
                                           : Value::without(State::not_applicable)});
        }
        for (std::size_t i = 0; i < m_regions.size(); ++i)
            for (std::size_t k = 0; k < minutes.size(); ++k)
                m_result.curve.push_back({{},
                                          m_result.table.keys[i],
                                          m_name,
                                          minutes[k],
                                          within(i, k),
                                          {},
                                          {},
                                          m_regions.share(i, m_regions.within(i, k))});
    }

private:
    template <class Number>
    void add(const std::string& suffix, const Number& number) {
        m_result.table.columns.push_back(counted_column(m_regions, m_name + suffix, m_unit, number));
    }
    std::size_t number_of(double minutes) const {
        const auto& all = m_bands.thresholds_min();
        return static_cast<std::size_t>(std::ranges::find(all, minutes) - all.begin());
    }
    Value within(std::size_t region, std::size_t number) const {
        return m_regions.value(region, m_regions.within(region, number));
    }
    Value in_number(std::size_t region, std::size_t number) const {
        return m_regions.value(region, m_regions.in_number(region, number));
    }
    /// The rest; below a millionth of all it is rounding.
    Value off_raster(std::size_t region) const {
        const auto& all = m_regions.all(region);
        if (!all.present()) return all;
        const double rest = all.number - m_regions.within(region, m_bands.no_data());
        return Value::of(rest > 1e-6 * all.number ? rest : 0.0);
    }

    Travel& m_result;
    const access::TimeBands& m_bands;
    CountedRegions m_regions;
    std::string m_name;
    std::string m_unit;
};

/// Opened populations; without any, the ground on the grid of the friction.
struct Populations {
    std::vector<std::unique_ptr<RasterSource>> rasters;
    std::vector<PopulationRaster> named;
    std::string files;
};

Populations open_populations(const CountChoice& count, const RasterInfo& friction,
                             std::span<const MadeSurface> surfaces, Findings& findings) {
    Populations populations;
    std::vector<std::string> files;
    for (const auto& population : count.populations) {
        populations.rasters.push_back(open_choice(population.raster, surfaces, findings));
        populations.named.push_back({population.name, populations.rasters.back().get()});
        files.push_back(populations.rasters.back()->info().source);
    }
    populations.files = join_text(files, ", ");
    if (!populations.named.empty()) return populations;
    populations.rasters.push_back(std::make_unique<raster::AreaRaster>(friction));
    populations.named.push_back({ground_name, populations.rasters.back().get()});
    return populations;
}

void count(Travel& result, const PlannedTravel& planned, const Boundaries& boundaries,
           const Populations& populations, std::size_t jobs, Progress& progress, Findings& findings) {
    auto& table = result.table;
    table.weights = populations.files;
    table.key_column = boundaries.key_column;
    table.method = planned.count.method;
    for (const auto& region : boundaries.regions)
        table.keys.push_back(region.key);
    const access::TimeBands bands(result.times, curve_minutes(planned.thresholds_min));
    const auto& grid = result.times.info().grid;
    const auto times_bytes = grid.columns * grid.rows * sizeof(std::uint64_t);
    const auto allowed = planned.count.max_memory_bytes;
    if (allowed < times_bytes + count_bytes)
        throw InputError(
            fmt::format("travel time over '{}' and who lives within it need {} MB, and {} MB are "
                        "allowed",
                        table.raster, (times_bytes + count_bytes) >> 20U, allowed >> 20U),
            "allow more with --max-memory, cut the raster or make its cells larger");
    const raster::PassOptions options{planned.count.method, jobs, allowed - times_bytes};
    const auto counted = raster::amounts_by_band(bands, bands.count(), populations.named, boundaries, options,
                                                 progress, findings);
    table.states = counted.states;
    const std::string unit = populations.files.empty() ? "km2" : "people";
    for (std::size_t i = 0; i < populations.named.size(); ++i) {
        TravelNumbers numbers(result, bands, counted, i, populations.named[i].name, unit);
        numbers.add_columns();
        numbers.add_curve();
    }
}

}  // namespace

Travel make_travel(const PlannedTravel& planned, const Boundaries& boundaries,
                   std::span<const MadeSurface> surfaces, std::size_t jobs, Progress& progress,
                   Findings& findings) {
    refuse_same_names(planned.count.populations);
    access::require_thresholds(planned.thresholds_min);
    auto options = planned.options;
    options.jobs = jobs != 0 ? jobs : planned.count.jobs;
    options.max_memory_bytes = planned.count.max_memory_bytes;
    limit_cache(options.max_memory_bytes);
    const auto raster = open_choice(planned.friction, surfaces, findings);
    const auto& info = raster->info();
    if (info.bands.size() != 1)
        throw InputError(
            fmt::format("{}: has {} bands, and one is the friction", info.source, info.bands.size()),
            fmt::format("name the band: FILE:BAND; the bands are: {}", join_text(info.bands, ", ")));
    const auto populations = open_populations(planned.count, info, surfaces, findings);
    const auto unit = unit_of(planned, info, findings);
    const auto sources = read_sources(planned, info.crs, findings);
    const access::Friction friction(*raster, 0, unit);
    Travel result{{},         planned.thresholds_min,
                  {},         access::travel_times(friction, 0, sources, options, progress, findings),
                  options,    unit,
                  planned.jmp};
    result.table.raster = info.source;
    if (planned.jmp)
        findings.add(
            Severity::note, "jmp-no-queue", info.source,
            fmt::format("a basic service of JMP takes {} minutes for a round trip with queuing; "
                        "queues are not in the {} minutes one way, so that people within are at most "
                        "those with the service",
                        access::jmp_round_trip_min, access::jmp_one_way_min));
    count(result, planned, boundaries, populations, options.jobs, progress, findings);
    return result;
}

}  // namespace tendik::prepare
