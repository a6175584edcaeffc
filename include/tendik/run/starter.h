#pragma once

#include <filesystem>

namespace tendik::run {

/// Writes the start of an atlas of one's own into a new or empty folder: a commented plan.toml that runs as
/// it is, and an example for it, a made-up land of two oblasts with six districts and made-up figures:
/// districts.geojson, register.csv, figures.csv. Throws InputError when the folder holds anything or is a
/// file; SystemError.
void write_starter(const std::filesystem::path& folder);

}  // namespace tendik::run
