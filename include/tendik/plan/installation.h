#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace tendik::plan {

/// As in CMakeLists.txt: "0.1.0".
extern const std::string_view program_version;

/// Where built-in data, styles and page parts are, found in this order: `wanted` (--data), the environment
/// variable TENDIK_DATA, ../share/tendik beside the program, the tree that the program was built from. Throws
/// InputError naming the places that were tried.
std::filesystem::path find_data_folder(const std::string& wanted);

/// The built-in plan for Kazakhstan in a data folder.
std::filesystem::path builtin_plan(const std::filesystem::path& data_folder);

}  // namespace tendik::plan
