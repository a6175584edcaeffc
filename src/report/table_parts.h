#pragma once

#include "tendik/raster/zonal.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace tendik::report {

/// [{"key", "state", column: number or null, ...}], one a region.
nlohmann::ordered_json raster_rows(const ZonalTable& table);
/// Cells in columns of equal width, the first to the left, the others to the right.
std::string aligned(const std::vector<std::vector<std::string>>& rows);
/// Six digits that count are enough for a terminal; the state where there is no number.
std::string short_text(const Value& value);
/// The name of a file without its folder and without passwords.
std::string file_name(const std::string& source);

}  // namespace tendik::report
