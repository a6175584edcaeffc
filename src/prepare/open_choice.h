#pragma once

#include "tendik/base/error.h"
#include "tendik/io/open_raster.h"

#include <fmt/format.h>

#include <memory>

namespace tendik::prepare {

/// Opens a raster of a plan; errors say which.
inline std::unique_ptr<RasterSource> open_choice(const RasterChoice& choice, Findings& findings) {
    return while_doing(fmt::format("opening raster '{}'", choice.file),
                       [&] { return io::open_raster(choice, findings); });
}

}  // namespace tendik::prepare
