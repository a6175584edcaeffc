#pragma once

#include "tendik/geom/grid.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tendik::test {

/// A raster to be written by GDAL: what a test wants to find in it again.
struct RasterFile {
    Grid grid;
    std::vector<std::vector<double>> bands = {};  ///< row by row from the north, as stored (before the scale)
    std::string crs = "EPSG:4326";                ///< empty: none
    std::string type = "Float64";                 ///< as GDAL names it
    std::optional<double> nodata = {};
    double scale = 1.0;
    double offset = 0.0;
    bool south_up = false;
    bool has_geotransform = true;
    double shear = 0.0;
    bool last_is_alpha = false;
    std::vector<std::string> names = {};    ///< descriptions of the bands
    std::vector<std::string> options = {};  ///< of creation: "TILED=YES"
    std::string driver = "GTiff";
    std::vector<std::pair<std::string, std::string>> metadata = {};
    std::vector<double> mask = {};        ///< 0: no data
    std::vector<std::string> steps = {};  ///< of a dimension "time", one a band: "365"
};

/// Throws std::runtime_error when GDAL cannot.
void write_raster(const std::filesystem::path& path, const RasterFile& file);

/// Puts a file into a new archive under a name.
void zip_file(const std::filesystem::path& file, const std::filesystem::path& archive,
              const std::string& name);

}  // namespace tendik::test
