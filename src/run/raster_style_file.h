#pragma once

#include "tendik/model/raster.h"
#include "tendik/model/texts.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace tendik::run {

/// The QGIS style of a raster file beside it: classes by Fisher over a sample of cells, their labels say
/// "modelled". None where no cell of the band has data.
void write_raster_style(const RasterSource& raster, std::size_t band, const Texts& title,
                        const std::filesystem::path& file, const std::string& palette,
                        const std::filesystem::path& styles_dir);

}  // namespace tendik::run
