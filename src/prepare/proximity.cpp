// People within distances of sites: the distances are reckoned in room access, counted in room raster.
#include "tendik/prepare/proximity.h"

#include "counted_regions.h"
#include "open_choice.h"
#include "places.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/raster/cell_area.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tendik::prepare {
namespace {

constexpr std::size_t most_ground_cells = 4'000'000;

std::vector<SiteFacts> read_sites(const PlannedProximity& planned, std::string& source, Findings& findings) {
    auto choice = planned.sites;
    choice.table.usual_names = {"site_id", "name"};
    choice.table.more_values = {"accuracy_km", "extent_km"};
    auto places = read_places(choice, findings);
    bring_to(wgs84, places);
    source = places.source;
    std::vector<SiteFacts> sites;
    for (const auto& point : places.points)
        sites.push_back({point.name, point.place, point.values[0], point.values[1]});
    return sites;
}

/// How well the sites are known beside the narrowest band.
void report_accuracy(const std::vector<SiteFacts>& sites, double first_km, Findings& findings) {
    for (const auto& site : sites) {
        const auto where = fmt::format("site '{}'", site.id);
        const auto add = [&](Severity severity, const char* code, const std::string& text) {
            findings.add(severity, code, where, text);
        };
        if (!site.accuracy_km.present())
            add(Severity::note, "accuracy-unknown",
                "how well its place is known is not stated; a column accuracy_km says so");
        else if (site.accuracy_km.number > first_km)
            add(Severity::warning, "coarse-site",
                fmt::format("its place is known to {} km, and the first band ends at {} km",
                            shortest(site.accuracy_km.number), shortest(first_km)));
        if (site.extent_km.present() && site.extent_km.number > first_km)
            add(Severity::warning, "large-site",
                fmt::format("reaches {} km from its point, beyond the first band of {} km: distances are "
                            "those from the point",
                            shortest(site.extent_km.number), shortest(first_km)));
    }
}

/// A grid over the regions in their own system, cells a twentieth of the first band and a 500th of the longer
/// side at most, four million together at most.
RasterInfo ground_grid(const Boundaries& boundaries, double first_km, const std::string& source) {
    constexpr double km_per_degree = 111.2;  // of latitude, near enough to choose a cell by
    Box box;
    for (const auto& region : boundaries.regions)
        for (const auto& part : region.shape.parts)
            for (const auto& point : part.outer)
                box.extend(point);
    const bool geographic = geom::is_geographic(boundaries.crs);
    if (geographic) {
        box.min_y = std::max(box.min_y, -90.0);
        box.max_y = std::min(box.max_y, 90.0);
    }
    const double unit_km = geographic ? km_per_degree : geom::metres_per_unit(boundaries.crs) / 1000.0;
    const double width = box.max_x - box.min_x;
    const double height = box.max_y - box.min_y;
    if (!(width > 0.0 && height > 0.0))
        throw InputError(fmt::format("{}: the regions have no surface", boundaries.source));
    double cell = std::min(first_km / 20.0 / unit_km, std::max(width, height) / 500.0);
    cell = std::max(cell, std::sqrt(width * height / static_cast<double>(most_ground_cells)));
    RasterInfo info;
    info.source = source;
    const auto count = [cell](double side) { return static_cast<std::size_t>(std::ceil(side / cell)); };
    const auto rows = count(height);
    // Cells end with the box, so that none reaches beyond a pole.
    info.grid = {box.min_x, box.max_y, cell, height / static_cast<double>(rows), count(width), rows};
    info.crs = boundaries.crs;
    info.bands = {"ground"};
    info.units = {""};
    return info;
}

/// Columns and rows of one population.
class ProximityNumbers {
public:
    ProximityNumbers(Proximity& result, const AmountsByBand& amounts, std::string name, std::string unit)
        : m_result(result),
          m_amounts(amounts),
          m_name(std::move(name)),
          m_unit(std::move(unit)) {}

    void add_columns() {
        const CountedRegions regions(m_amounts, 0, 0);
        const auto add = [&](const std::string& suffix, const std::string& unit, const auto& number) {
            m_result.table.columns.push_back(counted_column(regions, m_name + suffix, unit, number));
        };
        add("", m_unit, [&](std::size_t i) { return regions.all(i); });
        const auto& bands = m_result.bands_km;
        for (std::size_t k = 0; k < bands.size(); ++k) {
            const auto limit = fmt::format("within_{}km", shortest(bands[k]));
            add("_" + limit, m_unit, [&](std::size_t i) { return regions.value(i, regions.within(i, k)); });
            add("_" + limit + "_low", m_unit,
                [&](std::size_t i) { return regions.value(i, regions.low(i, k)); });
            add("_" + limit + "_high", m_unit,
                [&](std::size_t i) { return regions.value(i, regions.high(i, k)); });
            add("_share_" + limit, "", [&](std::size_t i) { return regions.share(i, regions.within(i, k)); });
        }
        add(fmt::format("_beyond_{}km", shortest(bands.back())), m_unit,
            [&](std::size_t i) { return regions.value(i, regions.in_number(i, bands.size())); });
    }

    void add_reaches() {
        for (std::size_t band = 0; band <= m_result.sites.size(); ++band) {
            const CountedRegions regions(m_amounts, 0, band);
            add_reaches_of_all(regions, place_of(band));
            for (std::size_t i = 0; i < regions.size(); ++i)
                for (std::size_t k = 0; k < m_result.bands_km.size(); ++k)
                    m_result.reaches.push_back(
                        {place_of(band), m_result.table.keys[i], m_name, m_result.bands_km[k],
                         regions.value(i, regions.within(i, k)), regions.value(i, regions.low(i, k)),
                         regions.value(i, regions.high(i, k)), regions.share(i, regions.within(i, k))});
        }
    }

private:
    std::string place_of(std::size_t band) const { return band == 0 ? "union" : m_result.sites[band - 1].id; }

    void add_reaches_of_all(const CountedRegions& regions, const std::string& place) {
        for (std::size_t k = 0; k < m_result.bands_km.size(); ++k) {
            Sums all;
            Sums within;
            Sums low;
            Sums high;
            for (std::size_t i = 0; i < regions.size(); ++i) {
                all.add(regions.all(i));
                within.add(regions.value(i, regions.within(i, k)));
                low.add(regions.value(i, regions.low(i, k)));
                high.add(regions.value(i, regions.high(i, k)));
            }
            const bool some = all.value().present() && all.value().number > 0.0;
            const auto share = some ? Value::of(within.value().number / all.value().number)
                                    : Value::without(State::not_applicable);
            m_result.reaches.push_back(
                {place, {}, m_name, m_result.bands_km[k], within.value(), low.value(), high.value(), share});
        }
    }

    Proximity& m_result;
    const AmountsByBand& m_amounts;
    std::string m_name;
    std::string m_unit;
};

void add_accuracy(Proximity& result) {
    auto worst = Value::of(0.0);
    for (const auto& site : result.sites) {
        if (!site.accuracy_km.present()) worst = Value::without(State::missing);
        if (worst.present()) worst.number = std::max(worst.number, site.accuracy_km.number);
    }
    ZonalColumn column{"accuracy_km", "accuracy_km", "km", {}, {}};
    column.values.assign(result.table.keys.size(), worst);
    result.table.columns.push_back(std::move(column));
}

}  // namespace

Proximity make_proximity(const PlannedProximity& planned, const Boundaries& boundaries,
                         std::span<const MadeSurface> surfaces, std::size_t jobs, Progress& progress,
                         Findings& findings) {
    refuse_same_names(planned.count.populations);
    Proximity result;
    result.bands_km = planned.bands_km;
    result.sites = read_sites(planned, result.table.raster, findings);
    report_accuracy(result.sites, planned.bands_km.front(), findings);
    std::vector<DistanceSite> sites;
    for (const auto& site : result.sites)
        sites.push_back({site.id, site.place});
    result.table.key_column = boundaries.key_column;
    result.table.method = planned.count.method;
    for (const auto& region : boundaries.regions)
        result.table.keys.push_back(region.key);
    const raster::PassOptions options{planned.count.method, jobs != 0 ? jobs : planned.count.jobs,
                                      planned.count.max_memory_bytes};
    const auto count = [&](const access::SiteBands& bands, const RasterSource& amounts,
                           const std::string& name, const std::string& unit) {
        const auto counted = raster::amounts_by_band(bands, planned.bands_km.size() + 1, {{name, &amounts}},
                                                     boundaries, options, progress, findings);
        if (result.table.states.empty()) result.table.states = counted.states;
        ProximityNumbers numbers(result, counted, name, unit);
        numbers.add_columns();
        numbers.add_reaches();
    };
    const DistanceOptions distance{planned.bands_km};
    limit_cache(options.max_memory_bytes);
    if (planned.count.populations.empty()) {
        const access::SiteBands bands(ground_grid(boundaries, planned.bands_km.front(), result.table.raster),
                                      sites, distance);
        count(bands, raster::AreaRaster(bands.info()), ground_name, "km2");
    }
    std::vector<std::string> files;
    for (const auto& population : planned.count.populations) {
        const auto people = open_choice(population.raster, surfaces, findings);
        files.push_back(people->info().source);
        while_doing(fmt::format("counting '{}' in '{}'", population.name, people->info().source), [&] {
            count(access::SiteBands(people->info(), sites, distance), *people, population.name, "people");
        });
    }
    result.table.weights = join_text(files, ", ");
    add_accuracy(result);
    return result;
}

}  // namespace tendik::prepare
