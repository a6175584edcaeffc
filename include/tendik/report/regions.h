#pragma once

#include "tendik/model/register.h"
#include "tendik/model/texts.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tendik::report {

/// The register of Kazakhstan's regions in a data folder.
Register read_builtin_register(const std::filesystem::path& data_folder);

enum class Format : std::uint8_t { text, json, csv };

/// The units of a vintage ("pre-2018", "2018", "2022"; empty: all) with codes, names, dates, predecessors and
/// successors. Throws UsageError for a vintage that the register does not know.
std::string list_regions(const Register& reg, const std::string& vintage, Format format);

/// Which unit each name means, and why. `all_clear` becomes false when a name means none or several.
std::string match_regions(const Register& reg, const std::vector<std::string>& names,
                          const std::string& vintage, Format format, bool& all_clear);

}  // namespace tendik::report
