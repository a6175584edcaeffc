#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/raster.h"

#include <cstddef>
#include <memory>
#include <string>

namespace tendik {

/// Which raster and which band of it; in the words of the command line and of the plan.
struct RasterChoice {
    std::string file = {};  ///< a path, a web address or any GDAL connection ("/vsizip/...", "NETCDF:...")
    /// Empty: every band. Else a number from 1, a name, a variable of a file that holds several ("pm25"), or
    /// a variable and one of its steps ("pm25:time=2019-01-01"). A step may be named by its value alone, or
    /// by a beginning of it that only one step has ("2019").
    std::string band = {};

    friend bool operator==(const RasterChoice&, const RasterChoice&) = default;
};

/// "DIR/file.nc:pm25:time=2019" -> file and band; an existing file and a connection without a band stay
/// whole.
RasterChoice split_band(const std::string& text);

namespace io {

/// Opens what GDAL reads. Bands are named by their description, by the step of a further dimension
/// ("time=2019-01-01"; times of the CF convention become dates), else "band 1"; an alpha band is no band but
/// says where there is data, as masks, NoData values and NaN do. A grid stored from south to north is turned
/// round. The source may be read from several threads, each with a file handle of its own.
/// Throws InputError, with the next step: no such file, no raster, several variables and none chosen, no such
/// band (the existing ones are named), no CRS, no geotransform, a rotated one, complex numbers.
std::unique_ptr<RasterSource> open_raster(const RasterChoice& choice, Findings& findings);

/// How many bytes of decoded blocks GDAL may keep, in the whole process.
void limit_raster_cache(std::size_t bytes);

}  // namespace io
}  // namespace tendik
