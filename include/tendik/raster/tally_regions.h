#pragma once

#include "tendik/base/progress.h"
#include "tendik/model/raster.h"
#include "tendik/raster/coverage.h"
#include "tendik/raster/place_regions.h"
#include "tendik/raster/tally.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace tendik::raster {

/// What the cells weigh besides their share.
enum class WeightKind : std::uint8_t {
    per_cell,  ///< any weight: a value cell weighs the mean of the weights on it
    amount,    ///< people and other things counted in the cells of the weight raster: their sum on the cell
};

struct WeightBand {
    const RasterSource* raster = nullptr;  ///< of the CRS of the values, on any grid
    std::size_t band = 0;
    WeightKind kind = WeightKind::per_cell;
};

struct PassOptions {
    CoverMethod method = CoverMethod::exact;
    std::size_t jobs = 0;
    std::size_t max_memory_bytes = 512U << 20U;  ///< of the whole process
};

/// How a pass is cut up so that it keeps to its memory.
struct PassPlan {
    std::size_t chunk_columns = 0;  ///< cells that are read at once; depends on the rasters only
    std::size_t chunk_rows = 0;
    std::size_t threads = 1;
    std::size_t batch_chunks = 1;        ///< chunks whose results wait for their turn
    std::size_t distribution_bytes = 0;  ///< all distributions together may take this much
    std::size_t cache_bytes = 0;         ///< what the reader may keep of decoded blocks
};

/// Throws InputError that says what is needed when `max_memory_bytes` is too small.
PassPlan plan_pass(const RasterSource& values, std::span<const WeightBand> weights, std::size_t region_count,
                   std::size_t vertex_count, const TallyNeeds& needs, const PassOptions& options);

/// Tallies of all regions and bands: [region * bands + band].
/// One pass over the blocks that a region touches, in the order of the file; the same bits with any number of
/// threads. Memory stays within the plan: throws InputError that says what is needed when the values of the
/// distributions do not fit. Throws InputError for a weight below 0, naming raster and region (by its place
/// in the list), and whatever reading throws.
std::vector<Tally> tally_regions(const RasterSource& values, std::span<const WeightBand> weights,
                                 std::span<const PlacedRegion> regions, const TallyNeeds& needs,
                                 const PassPlan& plan, CoverMethod method, Progress& progress);

}  // namespace tendik::raster
