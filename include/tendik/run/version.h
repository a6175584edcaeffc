#pragma once

#include <string_view>

namespace tendik::run {

/// As in CMakeLists.txt.
extern const std::string_view program_version;

}  // namespace tendik::run
