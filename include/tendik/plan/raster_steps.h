#pragma once

#include "tendik/io/open_raster.h"
#include "tendik/model/indicator.h"
#include "tendik/model/texts.h"
#include "tendik/raster/exposure.h"
#include "tendik/raster/zonal.h"

#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// How one column of a raster's table becomes an indicator of the atlas.
struct RasterLayer {
    std::string code;    ///< empty: none is made
    std::string column;  ///< "mean", "all_mean"; must be among the columns of the table
    std::optional<int> year;
    std::optional<Texts> name;  ///< absent: the code
    std::optional<Texts> unit;  ///< absent: the unit of the raster
    std::optional<IndicatorKind> kind;
    std::optional<Direction> direction;
    std::optional<int> decimals;
};

/// [[zonal]] of a plan, or the command `zonal`.
struct PlannedZonal {
    RasterChoice raster;
    RasterChoice weights;  ///< no file: unweighted
    std::string vintage;   ///< which boundaries; empty: the only ones
    ZonalOptions options;
    RasterLayer layer;
};

struct PlannedPopulation {
    std::string name;
    RasterChoice raster;
};

/// [[exposure]] of a plan, or the command `exposure`.
struct PlannedExposure {
    RasterChoice raster;
    std::vector<PlannedPopulation> populations;
    std::string vintage;
    ExposureOptions options;
    RasterLayer layer;
};

namespace plan {

/// "256MB", "2GB", "512 MiB" or bytes; K, M and G are powers of 1024. Throws InputError.
std::size_t parse_memory(const std::string& text);

}  // namespace plan
}  // namespace tendik
