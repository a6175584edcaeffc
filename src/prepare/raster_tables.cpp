#include "tendik/prepare/raster_tables.h"

#include "open_choice.h"
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

std::string file_name(const std::string& source) { return std::filesystem::path(source).filename().string(); }

Texts modelled_note(const std::string& raster) {
    const auto name = file_name(raster);
    return {fmt::format("Modelled: computed from the raster {}, not counted in the regions.", name),
            fmt::format("Модельная оценка: рассчитано по растру {}, а не собрано по регионам.", name),
            fmt::format("Модельдік баға: {} растры бойынша есептелген, өңірлерден жиналмаған.", name)};
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
    return while_doing(fmt::format("reckoning exposure to '{}'", planned.raster.file), [&] {
        return raster::expose(*exposure, populations, boundaries, options, progress, findings);
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
            fmt::format("'{}' of raster '{}' has no column '{}'{}", wanted.code, table.raster, wanted.column,
                        near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
            fmt::format("the columns are: {}", join_text(names, ", ")));
    }
    Layer layer;
    auto& indicator = layer.indicator;
    indicator.code = wanted.code;
    indicator.name = wanted.name.value_or(Texts{wanted.code, wanted.code, wanted.code});
    indicator.unit = wanted.unit.value_or(Texts{column->unit, column->unit, column->unit});
    const bool is_sum = column->statistic == "sum" || column->statistic == "weighted_sum" ||
                        column->statistic == "people" || column->statistic == "area" ||
                        column->statistic.starts_with("above");
    indicator.kind = wanted.kind.value_or(is_sum ? IndicatorKind::total : IndicatorKind::mean);
    indicator.direction = wanted.direction.value_or(Direction::adverse);
    indicator.decimals = wanted.decimals.value_or(1);
    layer.year = wanted.year;
    if (wanted.year) layer.year_label = std::to_string(*wanted.year);
    layer.boundaries = boundaries;
    layer.values = column->values;
    layer.source_file = table.raster;
    layer.notes.push_back(modelled_note(table.raster));
    return layer;
}

}  // namespace tendik::prepare
