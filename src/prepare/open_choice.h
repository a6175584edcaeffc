#pragma once

#include "tendik/base/finding.h"
#include "tendik/io/open_raster.h"
#include "tendik/prepare/surfaces.h"

#include <cstddef>
#include <memory>
#include <span>

namespace tendik::prepare {

/// Opens a raster of a plan; errors say which.
std::unique_ptr<RasterSource> open_choice(const RasterChoice& choice, Findings& findings);
/// The same, or one of the surfaces that the plan makes ("surface:pm25").
std::unique_ptr<RasterSource> open_choice(const RasterChoice& choice, std::span<const MadeSurface> surfaces,
                                          Findings& findings);

/// The surface that is meant; null for a file. Throws InputError for a surface that was not made.
const MadeSurface* find_surface(const RasterChoice& choice, std::span<const MadeSurface> surfaces);
/// The standard errors of a surface, its second band.
std::unique_ptr<RasterSource> open_errors(const MadeSurface& surface);

/// What the reader may keep: a part of the memory that plan_pass() leaves free.
void limit_cache(std::size_t max_memory_bytes);

}  // namespace tendik::prepare
