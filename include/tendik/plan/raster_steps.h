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
    std::string code;
    std::string column;  ///< "mean", "all_mean"; must be among the columns of the table
    std::optional<int> year;
    std::optional<Texts> name;  ///< absent: the code
    std::optional<Texts> unit;  ///< absent: the unit of the raster
    std::optional<IndicatorKind> kind;
    std::optional<Direction> direction;
    std::optional<int> decimals;
    std::string theme;
    Texts definition;
    std::vector<std::string> sources;  ///< ids of the sources of what the raster was made from
};

/// [[zonal]] of a plan, or the command `zonal`.
struct PlannedZonal {
    RasterChoice raster;
    RasterChoice weights;  ///< no file: unweighted
    std::string vintage;   ///< which boundaries; empty: the only ones
    ZonalOptions options;
    std::vector<RasterLayer> layers;
};

struct PlannedPopulation {
    std::string name;
    RasterChoice raster;
    Texts title;  ///< how readers are told whom the mean is weighted by; empty: the name
};

/// [[exposure]] of a plan, or the command `exposure`.
struct PlannedExposure {
    RasterChoice raster;
    RasterChoice error;  ///< standard error of each cell; no file: that of a surface of the plan, or none
    std::vector<PlannedPopulation> populations;
    std::string vintage;
    ExposureOptions options;
    std::vector<RasterLayer> layers;
};

namespace plan {

/// "256MB", "2GB", "512 MiB" or bytes; K, M and G are powers of 1024. Throws InputError.
std::size_t parse_memory(const std::string& text);

}  // namespace plan
}  // namespace tendik
