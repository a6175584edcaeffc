#pragma once

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace tendik::io {

/// "PG:...", "/vsizip/...", "https://...": GDAL knows, the file system does not.
inline bool is_connection(const std::string& file) {
    if (file.starts_with("/vsi")) return true;
    const auto colon = file.find(':');
    return colon != std::string::npos && colon > 1 && file.find('/') > colon;
}

/// Throws InputError when there is no such file; the hint names the file of that folder with the nearest
/// name, else it is `hint`.
inline void require_existing(const std::filesystem::path& file, const std::string& hint) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) return;
    const auto folder = file.parent_path();
    std::vector<std::string> neighbours;
    for (const auto& entry : std::filesystem::directory_iterator(folder.empty() ? "." : folder, ignored))
        neighbours.push_back(entry.path().filename().string());
    std::ranges::sort(neighbours);
    const auto near = nearest(file.filename().string(), neighbours);
    throw InputError(fmt::format("{}: no such file", file.string()),
                     near ? fmt::format("did you mean '{}'?", (folder / *near).string()) : hint);
}

}  // namespace tendik::io
