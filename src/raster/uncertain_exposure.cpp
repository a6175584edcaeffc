#include "tendik/raster/uncertain_exposure.h"

#include "tendik/base/error.h"
#include "tendik/base/random.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace tendik::raster {
namespace {

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
