#include "tendik/raster/exposure.h"

#include "region_numbers.h"
#include "tendik/base/error.h"
#include "tendik/base/random.h"
#include "tendik/base/text.h"
#include "tendik/raster/tally_regions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace tendik::raster {
namespace {

void check(const RasterSource& exposure, const std::vector<PopulationRaster>& populations,
           const ExposureOptions& options) {
    if (exposure.info().bands.size() != 1)
        throw InputError(fmt::format("{}: has {} bands, and one is the exposure", exposure.info().source,
                                     exposure.info().bands.size()),
                         "name the band: FILE:BAND");
    if (populations.empty())
        throw InputError("no population raster is given", "add --population-raster FILE");
    refuse_same_names(populations);
    for (std::size_t i = 0; i < options.thresholds.size(); ++i) {
        const double threshold = options.thresholds[i];
        if (!std::isfinite(threshold))
            throw InputError(fmt::format("the threshold {} is no number", threshold));
        if (i > 0 && threshold <= options.thresholds[i - 1])
            throw InputError(
                fmt::format("thresholds ascend, and {} comes after {}", threshold, options.thresholds[i - 1]),
                "sort them from low to high, each once");
    }
    for (const double q : options.quantiles)
        if (!(q >= 0.0 && q <= 1.0))
            throw InputError(fmt::format("the quantile {} is not between 0 and 1", q), "0.5 is the median");
}

/// Columns of one population.
class PopulationColumns {
public:
    PopulationColumns(const PopulationRaster& population, std::size_t index, const ExposureOptions& options,
                      std::string unit, const std::vector<RegionNumbers>& regions, Column people)
        : m_name(population.name),
          m_index(index),
          m_options(options),
          m_unit(std::move(unit)),
          m_regions(regions),
          m_people(std::move(people)) {}

    std::vector<ZonalColumn> make() {
        add("", "people", [](const RegionNumbers&, double people) { return people; });
        add("_without_exposure", "people", [&](const RegionNumbers& region, double people) {
            return std::max(0.0, people - exposed(region));
        });
        add("_mean", m_unit, [&](const RegionNumbers& region, double) {
            const auto& moments = tally(region).moments;
            return moments.product.value() / moments.weight.value();
        });
        add_thresholds();
        if (m_options.distribution) add_distribution();
        return std::move(m_columns);
    }

private:
    const WeightTally& tally(const RegionNumbers& region) const { return region.tally().weights[m_index]; }
    double exposed(const RegionNumbers& region) const { return tally(region).moments.weight.value(); }
    double above(const RegionNumbers& region, std::size_t threshold) const {
        return threshold < tally(region).above.size() ? tally(region).above[threshold].value() : 0.0;
    }

    template <class Number>
    void add(const std::string& suffix, const std::string& unit, const Number& number) {
        ZonalColumn column{m_name + suffix, suffix.empty() ? "people" : suffix.substr(1), unit, {}, {}};
        for (std::size_t i = 0; i < m_regions.size(); ++i)
            column.values.push_back(m_regions[i].value(number(m_regions[i], m_people[i].number)));
        m_columns.push_back(std::move(column));
    }

    void add_thresholds() {
        const auto& thresholds = m_options.thresholds;
        for (std::size_t i = 0; i < thresholds.size(); ++i) {
            const auto text = shortest(thresholds[i]);
            add("_above_" + text, "people",
                [&](const RegionNumbers& region, double) { return above(region, i); });
            add("_share_above_" + text, "",
                [&](const RegionNumbers& region, double) { return above(region, i) / exposed(region); });
        }
        for (std::size_t i = 0; i <= thresholds.size() && !thresholds.empty(); ++i) {
            const auto name = i == 0                   ? "_up_to_" + shortest(thresholds.front())
                              : i == thresholds.size() ? "_over_" + shortest(thresholds.back())
                                                       : fmt::format("_{}_to_{}", shortest(thresholds[i - 1]),
                                                                     shortest(thresholds[i]));
            add(name, "people", [&](const RegionNumbers& region, double) {
                const double from = i == 0 ? exposed(region) : above(region, i - 1);
                return std::max(0.0, from - above(region, i));
            });
        }
    }

    void add_distribution() {
        std::vector<std::vector<ValueShare>> sorted;
        for (const auto& region : m_regions)
            sorted.push_back(region.sorted(1 + m_index));
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        const auto of = [&](const RegionNumbers& region) -> const std::vector<ValueShare>& {
            return sorted[static_cast<std::size_t>(&region - m_regions.data())];
        };
        for (const double q : m_options.quantiles)
            add("_quantile_" + shortest(std::round(q * 1e10) / 1e8), m_unit,
                [&](const RegionNumbers& region, double) {
                    return raster::quantile(of(region), q).value_or(none);
                });
        add("_gini", "",
            [&](const RegionNumbers& region, double) { return gini(of(region)).value_or(none); });
    }

    std::string m_name;
    std::size_t m_index;
    const ExposureOptions& m_options;
    std::string m_unit;
    const std::vector<RegionNumbers>& m_regions;
    Column m_people;
    std::vector<ZonalColumn> m_columns;
};

void add_numbers(ZonalTable& table, const std::string& name, const std::string& unit,
                 const std::vector<RegionNumbers>& regions, double (RegionNumbers::*number)() const) {
    ZonalColumn column{name, name, unit, {}, {}};
    for (const auto& region : regions)
        column.values.push_back(region.value((region.*number)()));
    table.columns.push_back(std::move(column));
}

void report_people_off_raster(const ZonalTable& table, const std::vector<PopulationRaster>& populations,
                              Findings& findings) {
    constexpr double reported = 0.001;
    for (const auto& population : populations) {
        const auto* people = table.find(population.name);
        const auto* without = table.find(population.name + "_without_exposure");
        for (std::size_t i = 0; i < table.keys.size(); ++i) {
            const double share = without->values[i].number / people->values[i].number;
            if (!(share > reported)) continue;
            findings.add(Severity::warning, "people-off-raster",
                         fmt::format("{}, region '{}'", table.raster, table.keys[i]),
                         fmt::format("{:.1f} % of '{}' live where the raster has no data", 100.0 * share,
                                     population.name));
        }
    }
}

double chance_above(double level, double value, double error) {
    if (error == 0.0) return value > level ? 1.0 : 0.0;
    return normal_probability((value - level) / error);
}

class ChancesAbove final : public RasterSource {
public:
    ChancesAbove(const RasterSource& value, const RasterSource& error, std::span<const double> levels)
        : m_value(value),
          m_error(error),
          m_levels(levels.begin(), levels.end()),
          m_info(value.info()) {
        m_info.bands = {"error"};
        m_info.units.resize(1);
        for (const double level : levels) {
            m_info.bands.push_back("above_" + shortest(level));
            m_info.units.emplace_back();
        }
    }

    const RasterInfo& info() const override { return m_info; }

    void read(std::size_t band, const Window& window, std::span<double> values) const override {
        std::vector<double> errors(values.size());
        m_value.read(0, window, values);
        m_error.read(0, window, errors);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (std::isnan(values[i]) || std::isnan(errors[i])) {
                values[i] = std::numeric_limits<double>::quiet_NaN();
                continue;
            }
            if (errors[i] < 0.0)
                throw InputError(
                    fmt::format("{}: a standard error of {} in the cell of column {} and row {} "
                                "(from 0)",
                                m_error.info().source, errors[i], window.column + i % window.columns,
                                window.row + i / window.columns),
                    "standard errors are 0 or above: is it the right band?");
            values[i] = band == 0 ? errors[i] : chance_above(m_levels[band - 1], values[i], errors[i]);
        }
    }

private:
    const RasterSource& m_value;
    const RasterSource& m_error;
    std::vector<double> m_levels;
    RasterInfo m_info;
};

/// A number of each region of two columns; the state of the first where it has none.
template <class Number>
Column combine(const Column& a, const Column& b, const Number& number) {
    Column result;
    for (std::size_t i = 0; i < a.size(); ++i)
        result.push_back(!a[i].present()   ? a[i]
                         : !b[i].present() ? b[i]
                                           : Value::of(number(a[i].number, b[i].number)));
    return result;
}

/// The columns of one population out of the weighted means of errors and chances.
std::vector<ZonalColumn> columns_of(const std::string& name, const Column& exposed, const std::string& unit,
                                    const ZonalTable& means, const std::vector<double>& levels) {
    std::vector<ZonalColumn> columns;
    const auto add = [&](const std::string& suffix, const std::string& of, Column values) {
        columns.push_back({name + "_" + suffix, suffix, of, std::move(values), {}});
    };
    const auto mean_of = [&](const std::string& band) -> const Column& {
        return means.find(levels.empty() ? "weighted_mean" : band + "_weighted_mean")->values;
    };
    const auto above = [&](std::size_t i) -> const Column& {
        return mean_of("above_" + shortest(levels[i]));
    };
    add("mean_error", unit, mean_of("error"));
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const auto level = shortest(levels[i]);
        add("chance_above_" + level, "", above(i));
        add("expected_above_" + level, "people",
            combine(exposed, above(i), [](double people, double chance) { return people * chance; }));
    }
    for (std::size_t i = 0; i <= levels.size() && !levels.empty(); ++i) {
        if (i == 0)
            add("chance_up_to_" + shortest(levels[0]), "",
                combine(above(0), above(0), [](double chance, double) { return 1.0 - chance; }));
        else if (i == levels.size())
            add("chance_over_" + shortest(levels[i - 1]), "", above(i - 1));
        else
            add(fmt::format("chance_{}_to_{}", shortest(levels[i - 1]), shortest(levels[i])), "",
                combine(above(i - 1), above(i),
                        [](double from, double to) { return std::max(0.0, from - to); }));
    }
    return columns;
}

}  // namespace

std::optional<std::vector<double>> threshold_preset(std::string_view name) {
    // WHO global air quality guidelines (2021), table 3.1: annual PM2.5.
    if (name == "who-pm25") return std::vector{5.0, 10.0, 15.0, 25.0, 35.0};
    return std::nullopt;
}

ZonalTable expose(const RasterSource& exposure, const std::vector<PopulationRaster>& populations,
                  const Boundaries& boundaries, const ExposureOptions& options, Progress& progress,
                  Findings& findings) {
    const auto& info = exposure.info();
    check(exposure, populations, options);
    std::vector<WeightBand> weights;
    std::vector<std::string> sources;
    for (const auto& population : populations) {
        weights.push_back(weight_band(*population.raster, info, WeightKind::amount));
        sources.push_back(population.raster->info().source);
    }
    const auto placed = place_regions(boundaries, info, options.jobs, findings);
    TallyNeeds needs;
    needs.distribution = options.distribution;
    needs.thresholds = options.thresholds;
    const auto plan = plan_pass(exposure, weights, placed.size(), vertex_count(placed), needs,
                                {options.method, options.jobs, options.max_memory_bytes});
    const auto tallies = tally_regions(exposure, weights, placed, needs, plan, options.method, progress);
    ZonalOptions plain;
    plain.method = options.method;
    std::vector<RegionNumbers> numbers;
    ZonalTable table{info.source, join_text(sources, ", "), boundaries.key_column, {}, options.method, {},
                     {}};
    for (std::size_t i = 0; i < placed.size(); ++i) {
        numbers.emplace_back(tallies[i], placed[i].surface_cells, info.grid, plain, std::pair(0.0, 0.0));
        table.keys.push_back(boundaries.regions[i].key);
        table.states.push_back(numbers.back().state());
    }
    report_gaps(numbers, boundaries, info, findings);
    report_infinite(numbers, boundaries, info, findings);
    const auto unit = info.units.empty() ? std::string() : info.units.front();
    ZonalColumn mean{"mean", "mean", unit, {}, {}};
    for (const auto& region : numbers)
        mean.values.push_back(region.value(region.statistic("mean")));
    table.columns.push_back(std::move(mean));
    for (std::size_t i = 0; i < populations.size(); ++i) {
        const auto people =
            total_amounts(populations[i], boundaries,
                          {options.method, options.jobs, options.max_memory_bytes}, progress, findings);
        auto columns = PopulationColumns(populations[i], i, options, unit, numbers, people).make();
        std::ranges::move(columns, std::back_inserter(table.columns));
    }
    add_numbers(table, "share_covered", "", numbers, &RegionNumbers::share_covered);
    add_numbers(table, "share_without_data", "", numbers, &RegionNumbers::share_without_data);
    report_people_off_raster(table, populations, findings);
    return table;
}

std::unique_ptr<RasterSource> chances_above(const RasterSource& value, const RasterSource& error,
                                            std::span<const double> levels) {
    const auto& a = value.info();
    const auto& b = error.info();
    if (b.bands.size() != 1)
        throw InputError(
            fmt::format("{}: has {} bands, and one is the standard error", b.source, b.bands.size()),
            "name the band: FILE:BAND");
    if (!(a.grid == b.grid) || !geom::same_crs(a.crs, b.crs))
        throw InputError(
            fmt::format("the standard error '{}' lies on another grid than '{}'", b.source, a.source),
            "both come from one model: take the error that was made with the values");
    return std::make_unique<ChancesAbove>(value, error, levels);
}

void add_uncertainty(ZonalTable& table, const RasterSource& exposure, const RasterSource& error,
                     const std::vector<PopulationRaster>& populations, const Boundaries& boundaries,
                     const ExposureOptions& options, Progress& progress) {
    const auto chances = chances_above(exposure, error, options.thresholds);
    const auto& units = exposure.info().units;
    const auto unit = units.empty() ? std::string() : units.front();
    ZonalOptions weighted;
    weighted.statistics = {"weighted_mean"};
    weighted.method = options.method;
    weighted.max_memory_bytes = options.max_memory_bytes;
    weighted.jobs = options.jobs;
    for (const auto& population : populations) {
        Findings told_before;  // expose() has told of gaps and coarse cells
        const auto means =
            summarise(*chances, population.raster, boundaries, weighted, progress, told_before);
        const auto* people = table.find(population.name);
        const auto* without = table.find(population.name + "_without_exposure");
        const auto exposed =
            combine(people->values, without->values, [](double all, double off) { return all - off; });
        auto columns = columns_of(population.name, exposed, unit, means, options.thresholds);
        const auto behind = std::ranges::find(table.columns, "share_covered", &ZonalColumn::name);
        table.columns.insert(behind, std::make_move_iterator(columns.begin()),
                             std::make_move_iterator(columns.end()));
    }
}

}  // namespace tendik::raster
