#pragma once

#include "tendik/access/friction.h"
#include "tendik/access/site_bands.h"
#include "tendik/access/travel_time.h"
#include "tendik/geom/shape.h"
#include "tendik/plan/raster_steps.h"
#include "tendik/tables/read_points.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// Places that are travelled to or measured from.
struct PlacesChoice {
    PointSource table;          ///< or a layer of points; no file: the points
    std::vector<Point> points;  ///< longitude and latitude, named "point 1" and so on
};

/// What is counted in each region, and how.
struct CountChoice {
    std::vector<PlannedPopulation> populations = {};  ///< none: the ground, in km2
    CoverMethod method = CoverMethod::exact;
    std::size_t max_memory_bytes = std::size_t{512} << 20U;
    std::size_t jobs = 0;
};

/// [[proximity]] of a plan, or the command `proximity`.
struct PlannedProximity {
    PlacesChoice sites;
    std::vector<double> bands_km = {10.0, 25.0, 50.0, 100.0};  ///< ends of the bands, ascending, above 0
    CountChoice count = {};
    std::string vintage = {};  ///< which boundaries; empty: the only ones
    std::vector<RasterLayer> layers = {};
};

/// [[travel]] of a plan, or the command `travel`.
struct PlannedTravel {
    RasterChoice friction;
    std::optional<FrictionUnit> unit = {};  ///< absent: as the file states it, else minutes per metre
    PlacesChoice sources;
    TravelOptions options = {};
    std::vector<double> thresholds_min = {30.0, 60.0, 120.0};  ///< ascending, above 0
    bool jmp = false;  ///< the thresholds are those of a basic service, of JMP
    CountChoice count = {};
    std::string vintage = {};
    std::vector<RasterLayer> layers = {};
    bool write_minutes = false;       ///< a run leaves the raster of minutes and states
    bool write_catchments = false;    ///< and that of the nearest source
    std::string palette = "viridis";  ///< of the style of the minutes
};

namespace plan {

/// "76.9,43.2;71.4,51.1" (longitude, latitude) are points, anything else is FILE[:SHEET]. Throws InputError
/// for numbers that are no pairs.
PlacesChoice parse_places(const std::string& text);
/// "10km", "500m" or a number of km. Throws InputError.
double parse_km(const std::string& text);
/// "90min", "2h" or a number of minutes. Throws InputError.
double parse_minutes(const std::string& text);
/// The preset "jmp": one way of the round trip (access/time_bands.h).
std::vector<double> jmp_thresholds_min();

}  // namespace plan
}  // namespace tendik
