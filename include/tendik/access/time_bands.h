#pragma once

#include "tendik/access/travel_time.h"

#include <cstddef>
#include <span>
#include <vector>

namespace tendik::access {

/// One way, in minutes. WHO/UNICEF JMP (2017), Progress on drinking water, sanitation and hygiene: a basic
/// service takes no more than 30 minutes for a round trip including queuing. Half of the round trip is the
/// way there; queues are not in it, so that people within are at most those within the definition.
inline constexpr double jmp_round_trip_min = 30.0;
inline constexpr double jmp_one_way_min = jmp_round_trip_min / 2.0;

/// Throws UsageError: no threshold, one that is not above 0 or not above the one before. Minutes.
void require_thresholds(const std::vector<double>& thresholds_min);

/// Travel times as numbers of bands, for counting what lies in each: 0 up to and with the first threshold,
/// ..., k - 1 up to and with the last of k, then `beyond`, `unreached`, `barrier` and `no_data`.
class TimeBands final : public RasterSource {
public:
    /// Throws as require_thresholds().
    TimeBands(const TravelTimes& times, std::vector<double> thresholds_min);

    const RasterInfo& info() const override { return m_info; }
    void read(std::size_t band, const Window& window, std::span<double> values) const override;

    const std::vector<double>& thresholds_min() const noexcept { return m_thresholds_min; }
    std::size_t beyond() const noexcept { return m_thresholds_min.size(); }  ///< reached, after the last
    std::size_t unreached() const noexcept { return beyond() + 1; }
    std::size_t barrier() const noexcept { return beyond() + 2; }
    std::size_t no_data() const noexcept { return beyond() + 3; }
    std::size_t count() const noexcept { return beyond() + 4; }

private:
    const TravelTimes& m_times;
    std::vector<double> m_thresholds_min;
    RasterInfo m_info;
};

}  // namespace tendik::access
