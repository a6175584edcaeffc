#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/atlas.h"
#include "tendik/model/classes.h"
#include "tendik/model/measure.h"
#include "tendik/model/nesting.h"
#include "tendik/model/point_layer.h"
#include "tendik/model/precision.h"
#include "tendik/model/register.h"
#include "tendik/plan/plan.h"
#include "tendik/prepare/proximity.h"
#include "tendik/prepare/surfaces.h"
#include "tendik/prepare/travel.h"
#include "tendik/raster/zonal.h"

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

namespace tendik {

/// What was found out about one layer of the atlas.
struct LayerResult {
    Measures measures;
    Classes classes;               ///< common to all layers of its series
    std::size_t series = 0;        ///< layers of equal number may be compared over time
    std::optional<Change> change;  ///< from the first year of the series to this one
    /// That a region belongs to the class of its figure, parallel; nothing without error; empty: no errors.
    std::vector<std::optional<double>> class_probability;
    std::vector<PairTest> pairs;                     ///< where the plan asks for them and errors are known
    Correction pairs_correction = Correction::none;  ///< that p of the pairs is adjusted by
};

/// What a step of the plan took from rasters.
struct RasterTable {
    std::size_t boundaries = 0;  ///< index into Atlas::boundaries
    bool exposure = false;       ///< of [[exposure]], else of [[zonal]]
    ZonalTable table;
};

/// A plan carried out up to the point where drawing begins.
struct Prepared {
    Catalogue catalogue;
    Register reg;
    std::vector<Source> sources;
    Atlas atlas;
    std::vector<JoinReport> joins;  ///< parallel to atlas.layers; that of a raster's layer matches all
    std::map<std::size_t, Nesting> nestings;  ///< by index into Atlas::boundaries
    std::vector<RolledUp> rolled_up;          ///< of layers on nested boundaries, in the order of the layers
    std::vector<PointLayer> points;           ///< in the order of the plan
    std::vector<MadeSurface> surfaces;        ///< in the order of the plan
    std::vector<RasterTable> rasters;         ///< zonal statistics, then exposures, in the order of the plan
    std::vector<Travel> travels;              ///< in the order of the plan
    std::vector<Proximity> proximities;       ///< in the order of the plan
    std::vector<LayerResult> results;         ///< parallel to atlas.layers
};

namespace prepare {

/// Reads, repairs, joins, weighs, measures and classes. Throws InputError.
Prepared prepare(const Plan& plan, Findings& findings);

/// Throws InputError where the register in that file knows vintages, and not the one that the boundaries are
/// said to be of; those that exist are named.
void refuse_unknown_vintage(const BoundarySource& source, const std::string& register_file);

/// Only reads and joins: the atlas without measures and classes.
Prepared load(const Plan& plan, Findings& findings);

}  // namespace prepare
}  // namespace tendik
