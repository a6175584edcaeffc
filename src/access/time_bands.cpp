#include "tendik/access/time_bands.h"

#include "ascending.h"

#include <algorithm>

namespace tendik::access {

void require_thresholds(const std::vector<double>& thresholds_min) {
    require_ascending(thresholds_min, "threshold", "minutes");
}

TimeBands::TimeBands(const TravelTimes& times, std::vector<double> thresholds_min)
    : m_times(times),
      m_thresholds_min(std::move(thresholds_min)),
      m_info(times.info()) {
    require_thresholds(m_thresholds_min);
    m_info.bands = {"time band"};
    m_info.units = {""};
}

void TimeBands::read(std::size_t, const Window& window, std::span<double> values) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto column = window.column + i % window.columns;
        const auto row = window.row + i / window.columns;
        std::size_t found = no_data();
        switch (m_times.state(column, row)) {
        case TravelState::reached: {
            const auto minutes = static_cast<double>(m_times.minutes(column, row));
            const auto threshold = std::ranges::lower_bound(m_thresholds_min, minutes);
            found = static_cast<std::size_t>(threshold - m_thresholds_min.begin());
            break;
        }
        case TravelState::unreached:
            found = unreached();
            break;
        case TravelState::barrier:
            found = barrier();
            break;
        case TravelState::no_data:
            found = no_data();
            break;
        }
        values[i] = static_cast<double>(found);
    }
}

}  // namespace tendik::access
