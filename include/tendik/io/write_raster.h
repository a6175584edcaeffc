#pragma once

#include "tendik/model/raster.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace tendik {

/// How cells are stored and how overviews are made of them.
enum class RasterCells : std::uint8_t {
    doubles,           ///< overviews are means
    floats,            ///< the same with 32 bits
    float_categories,  ///< numbers that stand for something: overviews take the nearest
};

/// What a raster file tells of itself besides names and units of its bands.
struct RasterNotes {
    std::string title;  ///< the description of the image; may be empty
    /// Stored in this order, as METHOD=kriging.
    std::vector<std::pair<std::string, std::string>> entries;
    RasterCells cells = RasterCells::doubles;
};

namespace io {

/// Throws InputError unless the file ends in .tif or .tiff, so that nothing is computed in vain.
void refuse_raster_ending(const std::filesystem::path& target);

/// Writes a cloud-optimised GeoTIFF: tiles of 512 cells, deflate, overviews, NoData NaN;
/// band names as descriptions. No statistics, no clock time: equal input gives equal bytes. The target
/// appears whole or not at all. Throws InputError as above and for a CRS that cannot be written, SystemError
/// when the file cannot be.
void write_raster(const std::filesystem::path& target, const RasterSource& raster, const RasterNotes& notes);

}  // namespace io
}  // namespace tendik
