#pragma once

#include "tendik/base/finding.h"
#include "tendik/io/write_layers.h"
#include "tendik/raster/zonal.h"

#include <string>
#include <vector>

namespace tendik::report {

/// {"schema": `schema`, "raster", "weights", "method", "rows": [{"key", "state", "mean": ...}], "findings"};
/// null where there is no number. Rasters by the names of their files.
std::string raster_json(const ZonalTable& table, const std::string& schema, const Findings& findings);
/// The key column first under the name it has in the boundaries, then `state`, then the statistics.
std::string raster_csv(const ZonalTable& table);
/// A table for a terminal, with the method above it.
std::string raster_text(const ZonalTable& table);
/// The same columns for a layer of the regions.
std::vector<Field> raster_fields(const ZonalTable& table);

}  // namespace tendik::report
