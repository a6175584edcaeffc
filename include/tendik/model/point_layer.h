#pragma once

#include "tendik/geom/shape.h"
#include "tendik/model/classes.h"
#include "tendik/model/indicator.h"
#include "tendik/model/value.h"

#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// A figure at a place.
struct PointFigure {
    std::string name;
    Point place;  ///< lon/lat degrees (WGS 84)
    Value value;  ///< of the station or town alone, never of a region
};

/// One indicator in one year at places such as stations: shown where it was measured, and neither joined to
/// regions nor measured between them.
struct PointLayer {
    Indicator indicator;
    std::optional<int> year;
    std::vector<PointFigure> points;  ///< in the order of the table
    Classes classes;                  ///< of the present values; empty where there is none
    std::string source_file;
    std::string value_column;  ///< of that file

    /// "pm25_annual_mean_2019": name of the layer in files.
    std::string name() const;
    /// The values, parallel to the points.
    Column values() const;
};

}  // namespace tendik
