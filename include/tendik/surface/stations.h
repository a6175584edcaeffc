#pragma once

#include "tendik/base/finding.h"
#include "tendik/geom/crs.h"
#include "tendik/geom/shape.h"

#include <cstddef>
#include <string>
#include <vector>

namespace tendik {

/// A place where something was measured.
struct Station {
    std::string name = {};  ///< for messages
    Point place;
    double value = 0.0;
    double error_sd = 0.0;   ///< standard deviation of the measurement, in units of the value; 0: exact
    std::string where = {};  ///< "stations.csv, line 7"; may be empty
};

struct Stations {
    std::string source;  ///< as the user named it
    Crs crs;
    std::string value_name;
    std::string unit;  ///< may be empty
    std::vector<Station> stations;
};

namespace surface {

/// Standard deviation of what rounding to steps of `step` (above 0) adds: step / sqrt(12), the deviation of
/// the uniform distribution over one step.
double rounding_error_sd(double step);

/// The same stations in another CRS, checked. Throws InputError naming the station: no CRS, a place that is
/// not finite or out of the range of longitude and latitude, a value or an error that is not finite, an error
/// below 0, two stations at one place.
Stations place_stations(const Stations& stations, const Crs& crs);

}  // namespace surface
}  // namespace tendik
