#pragma once

#include <filesystem>
#include <string>

namespace tendik {

/// "PG:...", "/vsizip/...", "https://...": GDAL knows it, the file system does not.
bool is_connection(const std::string& file);

/// Throws InputError when there is no such file; the hint names the file of that folder with the nearest
/// name, else it is `hint`.
void require_existing(const std::filesystem::path& file, const std::string& hint);

}  // namespace tendik
