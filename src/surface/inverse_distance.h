#pragma once

#include "distances.h"
#include "tendik/surface/interpolate.h"

namespace tendik::surface {

/// Means of all stations, weighing distance to the power of -p.
class InverseDistance {
public:
    InverseDistance(const Stations& stations, double power);

    void predict(const LocatedList& places, std::size_t first, std::span<double> values) const;
    LeaveOneOut leave_one_out(const Stations& stations) const;

private:
    double mean_at(const Located& place, std::span<double> distances_m, std::size_t without) const;

    Metric m_metric;
    double m_power = 2.0;
    LocatedList m_places;
    std::vector<double> m_values;
};

}  // namespace tendik::surface
