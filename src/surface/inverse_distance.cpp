#include "inverse_distance.h"

#include <cmath>
#include <limits>

namespace tendik::surface {

InverseDistance::InverseDistance(const Stations& stations, double power)
    : m_metric(stations.crs),
      m_power(power) {
    for (const auto& station : stations.stations) {
        m_places.add(m_metric.locate(station.place));
        m_values.push_back(station.value);
    }
}

double InverseDistance::mean_at(const Located& place, std::span<double> distances_m,
                                std::size_t without) const {
    m_metric.distances_m(place, m_places, 0, distances_m);
    // Distances in units of the nearest: no power overflows.
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < distances_m.size(); ++i)
        if (i != without) nearest = std::min(nearest, distances_m[i]);
    double weights = 0.0;
    double sum = 0.0;
    for (std::size_t i = 0; i < distances_m.size(); ++i) {
        if (i == without) continue;
        if (distances_m[i] == 0.0) return m_values[i];
        const double ratio = nearest / distances_m[i];
        const double weight = m_power == 2.0 ? ratio * ratio : std::pow(ratio, m_power);
        weights += weight;
        sum += weight * m_values[i];
    }
    return sum / weights;
}

void InverseDistance::predict(const LocatedList& places, std::size_t first, std::span<double> values) const {
    std::vector<double> distances_m(m_places.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = mean_at(places[first + i], distances_m, m_places.size());
}

LeaveOneOut InverseDistance::leave_one_out(const Stations& stations) const {
    LeaveOneOut result;
    std::vector<double> distances_m(m_places.size());
    const auto count = static_cast<double>(m_places.size());
    double squares = 0.0;
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const double predicted = mean_at(m_places[i], distances_m, i);
        const double error = m_values[i] - predicted;
        result.stations.push_back({stations.stations[i].name, m_values[i], predicted, {}, {}});
        result.mean_error += error / count;
        squares += error * error;
    }
    result.rmse = std::sqrt(squares / count);
    return result;
}

}  // namespace tendik::surface
