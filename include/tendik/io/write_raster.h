#pragma once

#include "tendik/model/raster.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace tendik {

/// What a raster file tells of itself besides names and units of its bands.
struct RasterNotes {
    std::string title;  ///< the description of the image; may be empty
    /// Stored in this order, as METHOD=kriging.
    std::vector<std::pair<std::string, std::string>> entries;
};

namespace io {

/// Throws InputError unless the file ends in .tif or .tiff, so that nothing is computed in vain.
void refuse_raster_ending(const std::filesystem::path& target);

/// Writes a cloud-optimised GeoTIFF: doubles, tiles of 512 cells, deflate, overviews of means, NoData NaN;
/// band names as descriptions. No statistics, no clock time: equal input gives equal bytes. The target
/// appears whole or not at all. Throws InputError as above and for a CRS that cannot be written, SystemError
/// when the file cannot be.
void write_raster(const std::filesystem::path& target, const RasterSource& raster, const RasterNotes& notes);

}  // namespace io
}  // namespace tendik
