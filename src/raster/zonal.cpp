#include "tendik/raster/zonal.h"

#include "region_numbers.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/raster/tally_regions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace tendik {

std::string_view to_text(NodataPolicy policy) {
    switch (policy) {
    case NodataPolicy::skip:
        return "skip";
    case NodataPolicy::propagate:
        return "propagate";
    case NodataPolicy::bound:
        break;
    }
    return "bound";
}

std::optional<NodataPolicy> nodata_policy_from_text(std::string_view text) {
    for (const auto policy : {NodataPolicy::skip, NodataPolicy::propagate, NodataPolicy::bound})
        if (to_text(policy) == text) return policy;
    return std::nullopt;
}

const ZonalColumn* ZonalTable::find(std::string_view name) const {
    const auto found = std::ranges::find(columns, name, &ZonalColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

namespace raster {
namespace {

constexpr std::size_t most_classes = 1000;

bool is_weighted(std::string_view statistic) { return statistic.starts_with("weighted_"); }

bool needs_distribution(std::string_view statistic) {
    const auto plain = is_weighted(statistic) ? statistic.substr(9) : statistic;
    return plain == "median" || plain == "mode" || plain == "minority" || plain == "variety" ||
           plain == "unique" || plain == "frac";
}

bool needs_deviations(std::string_view statistic) {
    return statistic.ends_with("variance") || statistic.ends_with("stdev") || statistic.ends_with("cv");
}

TallyNeeds needs_of(const ZonalOptions& options) {
    TallyNeeds needs;
    needs.distribution = !options.quantiles.empty();
    for (const auto& statistic : options.statistics) {
        needs.distribution = needs.distribution || needs_distribution(statistic);
        needs.deviations = needs.deviations || needs_deviations(statistic);
        needs.area = needs.area || statistic == "area_km2";
    }
    return needs;
}

void check(const ZonalOptions& options, const RasterSource* weights) {
    const auto& known = zonal_statistics();
    for (const auto& statistic : options.statistics) {
        if (std::ranges::find(known, statistic) == known.end()) {
            const auto near = nearest(statistic, known);
            throw InputError(fmt::format("there is no statistic '{}'{}", statistic,
                                         near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                             fmt::format("the statistics are: {}", join_text(known, ", ")));
        }
        if (is_weighted(statistic) && weights == nullptr)
            throw InputError(fmt::format("'{}' needs weights, and none are given", statistic),
                             "name a raster with --weight-raster");
    }
    for (const double q : options.quantiles)
        if (!(q >= 0.0 && q <= 1.0))
            throw InputError(fmt::format("the quantile {} is not between 0 and 1", q), "0.5 is the median");
    if (options.nodata_range && !(options.nodata_range->first <= options.nodata_range->second))
        throw InputError(fmt::format("the range of cells without data runs from {} down to {}",
                                     options.nodata_range->first, options.nodata_range->second));
}

/// Columns of one band.
class BandColumns {
public:
    BandColumns(const RasterInfo& info, std::size_t band, const ZonalOptions& options, bool weighted,
                const std::vector<RegionNumbers>& regions)
        : m_options(options),
          m_weighted(weighted),
          m_regions(regions),
          m_prefix(info.bands.size() == 1 ? std::string() : info.bands[band] + "_"),
          m_unit(info.units.size() > band ? info.units[band] : std::string()) {}

    std::vector<ZonalColumn> make() {
        for (const auto& statistic : m_options.statistics)
            add(statistic);
        for (const double q : m_options.quantiles) {
            add_quantile("quantile", 0, q);
            if (m_weighted) add_quantile("weighted_quantile", 1, q);
        }
        add_numbers("share_covered", "", [](const RegionNumbers& region) { return region.share_covered(); });
        add_numbers("share_without_data", "",
                    [](const RegionNumbers& region) { return region.share_without_data(); });
        if (m_weighted)
            add_numbers("share_without_weight", "",
                        [](const RegionNumbers& region) { return region.share_without_weight(); });
        return std::move(m_columns);
    }

private:
    template <class Number>
    void add_numbers(const std::string& name, const std::string& unit, const Number& number) {
        ZonalColumn column{m_prefix + name, name, unit, {}, {}};
        for (const auto& region : m_regions)
            column.values.push_back(region.value(number(region)));
        m_columns.push_back(std::move(column));
    }

    void add(const std::string& statistic) {
        if (statistic == "unique") return add_unique();
        if (statistic == "frac" || statistic == "weighted_frac") return add_fractions(statistic);
        const auto unit = RegionNumbers::has_unit_of_value(statistic) ? m_unit
                          : statistic == "area_km2"                   ? "km2"
                                                                      : "";
        add_numbers(statistic, unit,
                    [&](const RegionNumbers& region) { return region.statistic(statistic); });
        const bool bounded = m_options.nodata == NodataPolicy::bound ||
                             (is_weighted(statistic) && m_options.weight_nodata == NodataPolicy::bound);
        if (!bounded || !RegionNumbers::has_bounds(statistic)) return;
        add_numbers(statistic + "_low", unit,
                    [&](const RegionNumbers& region) { return region.bounds(statistic).first; });
        add_numbers(statistic + "_high", unit,
                    [&](const RegionNumbers& region) { return region.bounds(statistic).second; });
    }

    void add_quantile(const std::string& name, std::size_t measure, double q) {
        add_numbers(fmt::format("{}_{}", name, shortest(std::round(q * 1e10) / 1e8)), m_unit,
                    [&](const RegionNumbers& region) { return region.quantile(measure, q); });
    }

    void add_unique() {
        ZonalColumn column{m_prefix + "unique", "unique", m_unit, {}, {}};
        for (const auto& region : m_regions) {
            auto& list = column.lists.emplace_back();
            for (const auto& entry : region.sorted(0))
                list.push_back(entry.value);
        }
        m_columns.push_back(std::move(column));
    }

    /// A column for each value that any region has.
    void add_fractions(const std::string& statistic) {
        std::set<double> classes;
        for (const auto& region : m_regions)
            for (const auto& entry : region.sorted(0)) {
                classes.insert(entry.value);
                if (classes.size() > most_classes)
                    throw InputError(
                        fmt::format("'{}' makes a column for each value, and there are more than {}",
                                    statistic, most_classes),
                        "it is meant for rasters of classes; ask for quantiles of a measured value");
            }
        for (const double value : classes)
            add_numbers(fmt::format("{}_{}", statistic, shortest(value)), "",
                        [&](const RegionNumbers& region) {
                            return region.fraction(is_weighted(statistic) ? 1 : 0, value);
                        });
    }

    const ZonalOptions& m_options;
    bool m_weighted;
    const std::vector<RegionNumbers>& m_regions;
    std::string m_prefix;
    std::string m_unit;
    std::vector<ZonalColumn> m_columns;
};

std::pair<double, double> range_of(const std::vector<Tally>& tallies, std::size_t band, std::size_t bands,
                                   const ZonalOptions& options) {
    if (options.nodata_range) return *options.nodata_range;
    std::pair<double, double> range{std::numeric_limits<double>::infinity(),
                                    -std::numeric_limits<double>::infinity()};
    for (auto i = band; i < tallies.size(); i += bands) {
        range.first = std::min(range.first, tallies[i].min);
        range.second = std::max(range.second, tallies[i].max);
    }
    return range;
}

}  // namespace

const std::vector<std::string>& zonal_statistics() {
    static const std::vector<std::string> all{
        "count",
        "sum",
        "mean",
        "min",
        "max",
        "range",
        "min_x",
        "min_y",
        "max_x",
        "max_y",
        "variance",
        "stdev",
        "cv",
        "median",
        "mode",
        "minority",
        "variety",
        "unique",
        "frac",
        "area_km2",
        "weighted_count",
        "weighted_sum",
        "weighted_mean",
        "weighted_variance",
        "weighted_stdev",
        "weighted_cv",
        "weighted_median",
        "weighted_mode",
        "weighted_minority",
        "weighted_frac",
    };
    return all;
}

ZonalTable summarise(const RasterSource& values, const RasterSource* weights, const Boundaries& boundaries,
                     const ZonalOptions& options, Progress& progress, Findings& findings) {
    const auto& info = values.info();
    check(options, weights);
    std::vector<WeightBand> weight_bands;
    if (weights != nullptr) weight_bands.push_back(weight_band(*weights, info, WeightKind::per_cell));
    const auto placed = place_regions(boundaries, info, options.jobs, findings);
    const auto needs = needs_of(options);
    const auto plan = plan_pass(values, weight_bands, placed.size(), vertex_count(placed), needs,
                                {options.method, options.jobs, options.max_memory_bytes});
    const auto tallies = tally_regions(values, weight_bands, placed, needs, plan, options.method, progress);
    ZonalTable table{info.source,
                     weights == nullptr ? std::string() : weights->info().source,
                     boundaries.key_column,
                     {},
                     options.method,
                     {},
                     {}};
    for (std::size_t band = 0; band < info.bands.size(); ++band) {
        const auto range = range_of(tallies, band, info.bands.size(), options);
        std::vector<RegionNumbers> numbers;
        for (std::size_t i = 0; i < placed.size(); ++i)
            numbers.emplace_back(tallies[i * info.bands.size() + band], placed[i].surface_cells, info.grid,
                                 options, range);
        refuse_bad_weights(numbers, boundaries, weights);
        if (band == 0) report_gaps(numbers, boundaries, info, findings);
        report_infinite(numbers, boundaries, info, findings);
        auto columns = BandColumns(info, band, options, weights != nullptr, numbers).make();
        std::ranges::move(columns, std::back_inserter(table.columns));
        if (band > 0) continue;
        for (std::size_t i = 0; i < placed.size(); ++i) {
            table.keys.push_back(boundaries.regions[i].key);
            table.states.push_back(numbers[i].state());
        }
    }
    return table;
}

}  // namespace raster
}  // namespace tendik
