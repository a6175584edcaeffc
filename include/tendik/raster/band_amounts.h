#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/raster.h"
#include "tendik/model/value.h"
#include "tendik/raster/exposure.h"
#include "tendik/raster/tally_regions.h"

#include <cstddef>
#include <vector>

namespace tendik {

/// What of one region lies in cells of each number.
struct BandAmounts {
    std::vector<double> whole;  ///< by number, in cells that lie wholly in the band of that number
    std::vector<double> cut;    ///< by number, in cells that hold it plus 0.5: their middle lies in that band
};

/// Amounts by numbered bands, of all regions.
struct AmountsByBand {
    std::vector<State> states;  ///< of each region; unmatched: it lies off the raster of numbers
    /// [amount][region]: all of it, also where the raster of numbers ends; missing: no cell has data.
    std::vector<Column> all;
    /// [amount][band of the raster of numbers][region]
    std::vector<std::vector<std::vector<BandAmounts>>> by_band;
};

namespace raster {

/// How much of each amount (people, ground) lies in cells that hold the numbers 0 to `number_count` - 1, or
/// these plus 0.5 (see access/site_bands.h and time_bands.h). Cells of the amounts are cut by those of the
/// numbers: an amount is taken to be spread evenly in its cell. Findings as for zonal statistics of the
/// amounts. Throws InputError: an amount below 0 or infinite (the cell is named), in another CRS or of
/// several bands, two of one name, no region on a raster, and as tally_regions().
AmountsByBand amounts_by_band(const RasterSource& numbers, std::size_t number_count,
                              const std::vector<PopulationRaster>& amounts, const Boundaries& boundaries,
                              const PassOptions& options, Progress& progress, Findings& findings);

}  // namespace raster
}  // namespace tendik
