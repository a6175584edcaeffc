#include "tendik/access/time_bands.h"

#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik::access {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TravelTimes times_of(std::vector<double> friction) {
    const auto count = friction.size();
    const MemoryRaster raster("friction", {0.0, 1.0, 1.0, 1.0, count, 1}, {"EPSG:32642"},
                              {{"friction", "min/m", std::move(friction)}});
    NoProgress progress;
    Findings findings;
    return travel_times(raster, 0, {{"a", {0.5, 0.5}}}, {.barrier = 9.0}, progress, findings);
}

TEST(TimeBands, CountAThresholdIn) {
    constexpr double no_data = std::numeric_limits<double>::quiet_NaN();
    const auto times = times_of({1, 1, 1, 1, 1, 9, 1, no_data});
    const TimeBands bands(times, {1.0, 3.0});
    std::vector<double> values(8);
    bands.read(0, {0, 0, 8, 1}, values);
    // Minutes 0, 1 | 2, 3 | 4, then a barrier, a cell behind it, and one without data.
    EXPECT_THAT(values, ElementsAre(0, 0, 1, 1, 2, 4, 3, 5));
    EXPECT_EQ(bands.beyond(), 2U);
    EXPECT_EQ(bands.count(), 6U);
}

TEST(TimeBands, RefuseThresholdsOutOfOrder) {
    const auto times = times_of({1, 1});
    const auto fault_of = [&](std::vector<double> thresholds) {
        try {
            TimeBands(times, std::move(thresholds));
        } catch (const UsageError& error) {
            return describe(error);
        }
        return std::string("no fault");
    };
    EXPECT_THAT(fault_of({30, 15}), HasSubstr("threshold 15 minutes comes after 30 minutes"));
    EXPECT_THAT(fault_of({15, 15}), HasSubstr("comes after 15"));
    EXPECT_THAT(fault_of({0}), HasSubstr("threshold 0"));
    EXPECT_THAT(fault_of({}), HasSubstr("no threshold"));
}

TEST(TimeBands, TakeHalfOfTheJmpRoundTrip) {
    // WHO/UNICEF JMP 2017: "collection time is not more than 30 minutes for a round trip, including queuing".
    EXPECT_EQ(jmp_one_way_min, 15.0);
}

}  // namespace
}  // namespace tendik::access
