#pragma once

#include "tendik/prepare/surfaces.h"

#include <filesystem>

namespace tendik::run {

/// Where a surface goes.
struct SurfaceTarget {
    std::filesystem::path file;   ///< .tif; a style of the same name and .qml comes beside
    std::filesystem::path error;  ///< its standard error as a raster of its own; empty: second band of `file`
};

/// Throws InputError for other endings, so that nothing is computed in vain.
void refuse_bad_target(const SurfaceTarget& target);

/// Cloud-optimised GeoTIFF with QGIS style: classes by Fisher over a sample of cells, their labels say
/// "modelled". Throws InputError for a standard error that the method does not know and another ending,
/// SystemError when a file cannot be written.
void write_surface(const MadeSurface& surface, const SurfaceTarget& target,
                   const std::filesystem::path& data_folder);

}  // namespace tendik::run
