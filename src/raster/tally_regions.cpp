#include "tendik/raster/tally_regions.h"

#include "region_part.h"
#include "tendik/base/error.h"
#include "tendik/base/parallel.h"
#include "tendik/raster/cell_area.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace tendik::raster {
namespace {

constexpr std::size_t megabyte = 1U << 20U;
/// The program itself with its libraries, before a raster is read.
constexpr std::size_t program_bytes = 72 * megabyte;
constexpr std::size_t usual_cells = 1U << 18U;
/// Blocks above this are read in parts, through the cache of the reader.
constexpr std::size_t large_block_cells = 1U << 22U;
constexpr std::size_t most_weight_cells = 1U << 20U;

std::size_t times(std::size_t cells, double factor) {
    return static_cast<std::size_t>(std::ceil(static_cast<double>(cells) * factor));
}

double weight_cells_per_cell(const Grid& grid, std::span<const WeightBand> weights) {
    double most = 0.0;
    for (const auto& weight : weights) {
        const auto& other = weight.raster->info().grid;
        most = std::max(most, (grid.cell_width * grid.cell_height) / (other.cell_width * other.cell_height));
    }
    return most;
}

/// Whole blocks of the file, about `usual_cells` together; smaller where the weights are much finer.
void choose_chunk(const RasterInfo& info, double finer, PassPlan& plan) {
    const auto& grid = info.grid;
    plan.chunk_columns = std::min(info.block_columns, grid.columns);
    plan.chunk_rows = std::min(info.block_rows, grid.rows);
    const auto cells = [&] { return plan.chunk_columns * plan.chunk_rows; };
    if (cells() > large_block_cells)
        plan.chunk_rows = std::max<std::size_t>(1, usual_cells / plan.chunk_columns);
    while (cells() < usual_cells && plan.chunk_columns < grid.columns)
        plan.chunk_columns = std::min(grid.columns, 2 * plan.chunk_columns);
    while (cells() < usual_cells && plan.chunk_rows < grid.rows)
        plan.chunk_rows = std::min(grid.rows, 2 * plan.chunk_rows);
    while (times(cells(), finer) > most_weight_cells && cells() > 1) {
        auto& longer = plan.chunk_columns > plan.chunk_rows ? plan.chunk_columns : plan.chunk_rows;
        longer = (longer + 1) / 2;
    }
}

std::size_t in_megabytes(std::size_t bytes) { return (bytes + megabyte - 1) / megabyte; }

/// Regions whose part of a chunk is worth a look, and the results in their order.
struct Chunk {
    Window window;
    std::vector<std::size_t> regions;
    std::vector<Tally> tallies;  ///< [place in regions * bands + band]
};

/// The coverage of one row of chunks.
struct Strip {
    std::vector<Coverage> coverages;  ///< parallel to all regions; empty where they do not meet
    std::vector<std::shared_ptr<Chunk>> chunks;
};

class Pass {
public:
    Pass(const RasterSource& values, std::span<const WeightBand> weights,
         std::span<const PlacedRegion> regions, const TallyNeeds& needs, const PassPlan& plan,
         CoverMethod method, Progress& progress)
        : m_values(values),
          m_grid(values.info().grid),
          m_bands(values.info().bands.size()),
          m_weights(weights),
          m_regions(regions),
          m_needs(needs),
          m_plan(plan),
          m_method(method),
          m_progress(progress) {
        if (needs.area) m_areas.emplace(values.info());
        for (const auto& region : regions)
            m_boxes.push_back(box_of(region.shape));
    }

    std::vector<Tally> run() {
        m_result.resize(m_regions.size() * m_bands);
        for (auto& tally : m_result) {
            tally.weights.resize(m_weights.size());
            tally.distribution = Distribution(1 + m_weights.size());
        }
        const auto strips = (m_grid.rows + m_plan.chunk_rows - 1) / m_plan.chunk_rows;
        m_progress.begin(fmt::format("reading {}", m_values.info().source), strips);
        std::vector<Strip> pending;
        std::size_t pending_chunks = 0;
        for (std::size_t i = 0; i < strips; ++i) {
            pending.push_back(cover_strip(i));
            pending_chunks += pending.back().chunks.size();
            if (pending_chunks < m_plan.batch_chunks && i + 1 < strips) continue;
            read(pending);
            m_done = static_cast<double>(i + 1) / static_cast<double>(strips);
            m_progress.advance(pending.size());
            pending.clear();
            pending_chunks = 0;
        }
        return std::move(m_result);
    }

private:
    Strip cover_strip(std::size_t index) const {
        const auto row = index * m_plan.chunk_rows;
        const Window window{0, row, m_grid.columns, std::min(m_plan.chunk_rows, m_grid.rows - row)};
        const auto box = part_of(m_grid, window).box();
        Strip strip;
        strip.coverages.resize(m_regions.size());
        std::vector<std::size_t> near;
        for (std::size_t i = 0; i < m_regions.size(); ++i)
            if (m_boxes[i].intersects(box)) near.push_back(i);
        parallel_for(near.size(), m_plan.threads, [&](std::size_t i) {
            strip.coverages[near[i]] = cover(m_regions[near[i]].shape, m_grid, window, m_method);
        });
        add_chunks(strip, window, near);
        return strip;
    }

    /// Only the chunks that a region touches, each with the regions that touch it.
    void add_chunks(Strip& strip, const Window& window, const std::vector<std::size_t>& near) const {
        std::vector<std::shared_ptr<Chunk>> chunks((m_grid.columns + m_plan.chunk_columns - 1) /
                                                   m_plan.chunk_columns);
        for (const auto region : near) {
            const auto& coverage = strip.coverages[region];
            for (auto row = coverage.first_row(); row < coverage.end_row(); ++row)
                for (const auto& span : coverage.row(row)) {
                    const auto last = (span.column + span.columns - 1) / m_plan.chunk_columns;
                    for (auto i = span.column / m_plan.chunk_columns; i <= last; ++i) {
                        if (!chunks[i]) chunks[i] = std::make_shared<Chunk>();
                        auto& regions = chunks[i]->regions;
                        if (regions.empty() || regions.back() != region) regions.push_back(region);
                    }
                }
        }
        for (std::size_t i = 0; i < chunks.size(); ++i) {
            if (!chunks[i]) continue;
            const auto column = i * m_plan.chunk_columns;
            chunks[i]->window = {column, window.row, std::min(m_plan.chunk_columns, m_grid.columns - column),
                                 window.rows};
            strip.chunks.push_back(std::move(chunks[i]));
        }
    }

    void read(std::vector<Strip>& strips) {
        std::vector<std::pair<const Strip*, Chunk*>> all;
        for (const auto& strip : strips)
            for (const auto& chunk : strip.chunks)
                all.emplace_back(&strip, chunk.get());
        for (std::size_t begin = 0; begin < all.size(); begin += m_plan.batch_chunks) {
            const auto count = std::min(m_plan.batch_chunks, all.size() - begin);
            std::atomic<bool> failed = false;  // what comes after a fault is not read
            parallel_for(count, m_plan.threads, [&](std::size_t i) {
                if (failed) return;
                try {
                    tally_chunk(*all[begin + i].first, *all[begin + i].second);
                } catch (...) {
                    failed = true;
                    throw;
                }
            });
            for (std::size_t i = 0; i < count; ++i)
                merge(*all[begin + i].second);
            check_distributions();
        }
    }

    void tally_chunk(const Strip& strip, Chunk& chunk) const {
        std::vector<RegionPart> parts;
        for (const auto region : chunk.regions)
            parts.push_back(part_in(strip.coverages[region], chunk.window));
        const auto weights = weights_of(chunk.window);
        std::vector<std::vector<PartWeights>> part_weights(parts.size());
        for (std::size_t i = 0; i < parts.size(); ++i)
            for (const auto& cells : weights)
                part_weights[i].push_back(
                    {cells.get(), cells->of_edges(m_regions[chunk.regions[i]].shape, parts[i].edges)});
        std::vector<double> cell_areas_km2;
        if (m_areas && !m_areas->by_row()) cell_areas_km2 = m_areas->of(chunk.window);
        WindowAreas areas{{}, cell_areas_km2};
        if (m_areas && m_areas->by_row())
            areas.of_rows_km2 =
                std::span(m_areas->row_areas_km2()).subspan(chunk.window.row, chunk.window.rows);
        chunk.tallies.resize(parts.size() * m_bands);
        std::vector<double> values(chunk.window.cell_count());
        for (std::size_t band = 0; band < m_bands; ++band) {
            m_values.read(band, chunk.window, values);
            for (std::size_t i = 0; i < parts.size(); ++i)
                chunk.tallies[i * m_bands + band] =
                    tally_part(values, chunk.window, parts[i], part_weights[i], m_needs, areas);
        }
    }

    std::vector<std::unique_ptr<WeightCells>> weights_of(const Window& window) const {
        std::vector<std::unique_ptr<WeightCells>> all;
        for (const auto& weight : m_weights) {
            const auto& other = weight.raster->info().grid;
            const bool counted = weight.kind == WeightKind::amount;
            const double cells =
                (m_grid.cell_width / other.cell_width) * (m_grid.cell_height / other.cell_height);
            all.push_back(std::make_unique<WeightCells>(*weight.raster, weight.band, m_grid, window,
                                                        counted ? cells : 1.0));
        }
        return all;
    }

    void merge(Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.regions.size(); ++i)
            for (std::size_t band = 0; band < m_bands; ++band)
                m_result[chunk.regions[i] * m_bands + band].merge(chunk.tallies[i * m_bands + band]);
        chunk.tallies = {};
    }

    void check_distributions() const {
        if (!m_needs.distribution) return;
        std::size_t bytes = 0;
        for (const auto& tally : m_result)
            bytes += tally.distribution.bytes();
        if (bytes <= m_plan.distribution_bytes) return;
        const auto likely = times(bytes, 2.0 / std::max(m_done, 0.05));
        throw InputError(
            fmt::format("{}: its cells have so many different values that {} MB do not hold them",
                        m_values.info().source, in_megabytes(m_plan.distribution_bytes)),
            fmt::format(
                "quantiles, modes and classes need them all: about --max-memory {}MB, or leave these out",
                in_megabytes(likely + 2 * program_bytes)));
    }

    const RasterSource& m_values;
    const Grid& m_grid;
    std::size_t m_bands;
    std::span<const WeightBand> m_weights;
    std::span<const PlacedRegion> m_regions;
    const TallyNeeds& m_needs;
    const PassPlan& m_plan;
    CoverMethod m_method;
    Progress& m_progress;
    std::optional<CellAreas> m_areas;
    std::vector<Box> m_boxes;
    std::vector<Tally> m_result;
    double m_done = 0.0;
};

}  // namespace

PassPlan plan_pass(const RasterSource& values, std::span<const WeightBand> weights, std::size_t region_count,
                   std::size_t vertex_count, const TallyNeeds& needs, const PassOptions& options) {
    const auto& info = values.info();
    PassPlan plan;
    const double finer = weight_cells_per_cell(info.grid, weights);
    choose_chunk(info, finer, plan);
    const auto cells = plan.chunk_columns * plan.chunk_rows;
    const auto block_bytes = 8 * info.block_columns * info.block_rows;
    const bool large_blocks = info.block_columns * info.block_rows > large_block_cells;
    // Cells as stored and as numbers, border cells, and what each weight brings.
    const auto thread_bytes = 32 * cells + weights.size() * (24 * cells + times(16 * cells, finer)) +
                              (large_blocks ? 0 : 2 * block_bytes) +
                              (needs.area && !geom::is_geographic(info.crs) ? 24 * cells : 0) +
                              (needs.distribution ? 16 * cells * (1 + weights.size()) : 0);
    const auto shape_bytes = 4 * sizeof(Point) * vertex_count;
    const auto result_bytes =
        region_count * info.bands.size() * (sizeof(Tally) + weights.size() * sizeof(WeightTally));
    const auto fixed_bytes =
        program_bytes + shape_bytes + 2 * result_bytes + (large_blocks ? block_bytes : 0);
    const auto least = fixed_bytes + 2 * thread_bytes;
    if (options.max_memory_bytes < least)
        throw InputError(
            fmt::format("{}: {} MB of memory are too few for its blocks of {} x {} cells", info.source,
                        options.max_memory_bytes / megabyte, info.block_columns, info.block_rows),
            fmt::format("give at least --max-memory {}MB", in_megabytes(least)));
    const auto spare = options.max_memory_bytes - fixed_bytes;
    const auto wanted = options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
    plan.threads = large_blocks ? 1 : std::clamp<std::size_t>(spare / 2 / thread_bytes, 1, wanted);
    plan.cache_bytes = large_blocks ? block_bytes + megabyte : std::min(32 * megabyte, spare / 8);
    plan.distribution_bytes = (spare - plan.threads * thread_bytes) / 2;
    const auto waiting_bytes = std::max<std::size_t>(1, region_count) * info.bands.size() * sizeof(Tally);
    plan.batch_chunks = needs.distribution
                            ? 2 * plan.threads
                            : std::clamp<std::size_t>(spare / 8 / waiting_bytes, 4 * plan.threads, 1024);
    return plan;
}

std::vector<Tally> tally_regions(const RasterSource& values, std::span<const WeightBand> weights,
                                 std::span<const PlacedRegion> regions, const TallyNeeds& needs,
                                 const PassPlan& plan, CoverMethod method, Progress& progress) {
    if (values.info().grid.columns == 0 || values.info().grid.rows == 0)
        throw InputError(fmt::format("{}: has no cells", values.info().source));
    return Pass(values, weights, regions, needs, plan, method, progress).run();
}

}  // namespace tendik::raster
