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

/// The first band of a surface of the plan, under the name of its file.
class SurfaceValues final : public RasterSource {
public:
    explicit SurfaceValues(const MadeSurface& surface) : m_raster(surface.raster), m_info(m_raster.info()) {
        m_info.source = fmt::format("rasters/{}.tif", surface.code);
        m_info.bands.resize(1);
        m_info.units.resize(1);
    }
    const RasterInfo& info() const override { return m_info; }
    void read(std::size_t band, const Window& window, std::span<double> values) const override {
        m_raster.read(band, window, values);
    }

private:
    const MemoryRaster& m_raster;
    RasterInfo m_info;
};

std::unique_ptr<RasterSource> open(const RasterChoice& choice, std::span<const MadeSurface> surfaces,
                                   Findings& findings) {
    if (const auto code = plan::surface_named(choice)) {
        const auto found = std::ranges::find(surfaces, *code, &MadeSurface::code);
        if (found == surfaces.end())
            throw InputError(fmt::format("no surface '{}' was made", *code), "name a file");
        return std::make_unique<SurfaceValues>(*found);
    }
    return open_choice(choice, findings);
}

/// What the reader may keep: a part of the memory that plan_pass() leaves free.
void limit_cache(std::size_t max_memory_bytes) {
    constexpr std::size_t least = std::size_t{8} << 20U;
    constexpr std::size_t most = std::size_t{256} << 20U;
    io::limit_raster_cache(std::clamp(max_memory_bytes / 8, least, most));
}

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
    const auto values = open(planned.raster, surfaces, findings);
    const auto weights = planned.weights.file.empty() ? nullptr : open(planned.weights, surfaces, findings);
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
    const auto exposure = open(planned.raster, surfaces, findings);
    std::vector<std::unique_ptr<RasterSource>> sources;
    std::vector<PopulationRaster> populations;
    for (const auto& population : planned.populations) {
        sources.push_back(open(population.raster, surfaces, findings));
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
                        column->statistic == "people" || column->statistic.starts_with("above");
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
