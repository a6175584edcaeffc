#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tendik::run {

/// What an archive says of itself, ready to print, and the rules it breaks.
struct Inspection {
    std::string text;
    std::string json;
    std::vector<std::string> faults;  ///< empty unless verification was asked for and found some
};

/// Opens a PMTiles archive. Throws InputError when it is none.
Inspection inspect_archive(const std::filesystem::path& file, bool verify);

}  // namespace tendik::run
