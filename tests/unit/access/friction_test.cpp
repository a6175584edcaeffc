#include "tendik/access/friction.h"

#include "support/message.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace tendik {
namespace {

TEST(FrictionUnit, IsKnownAsFilesSpellIt) {
    for (const auto* text : {"min/m", "minutes per metre", "Minutes/Meter", "min m-1", "MIN / M"})
        EXPECT_EQ(friction_unit_from_text(text), FrictionUnit::min_per_m) << text;
    for (const auto* text : {"km/h", "km h-1", "km h^-1", "kph", "kilometres per hour"})
        EXPECT_EQ(friction_unit_from_text(text), FrictionUnit::km_per_h) << text;
    EXPECT_EQ(friction_unit_from_text("s/km"), FrictionUnit::s_per_km);
    EXPECT_EQ(friction_unit_from_text("furlongs"), std::nullopt);
    EXPECT_EQ(friction_unit_from_text("ug/m3"), std::nullopt);
}

TEST(Friction, IsMinutesPerMetreWhateverTheFileSays) {
    const MemoryRaster raster("friction", {0.0, 1.0, 1.0, 1.0, 2, 1}, wgs84, {{"f", "", {5.0, 0.0}}});
    const auto of = [&](FrictionUnit unit) {
        std::vector<double> values(2);
        access::Friction(raster, 0, unit).read(0, {0, 0, 2, 1}, values);
        return values;
    };
    EXPECT_EQ(of(FrictionUnit::min_per_m)[0], 5.0);
    EXPECT_DOUBLE_EQ(of(FrictionUnit::min_per_km)[0], 0.005);
    EXPECT_DOUBLE_EQ(of(FrictionUnit::s_per_m)[0], 5.0 / 60.0);
    EXPECT_DOUBLE_EQ(of(FrictionUnit::s_per_km)[0], 5.0 / 60000.0);
    EXPECT_DOUBLE_EQ(of(FrictionUnit::km_per_h)[0], 0.012);       // 5 km/h: 12 minutes a km
    EXPECT_DOUBLE_EQ(of(FrictionUnit::m_per_s)[0], 1.0 / 300.0);  // 300 m a minute
    EXPECT_TRUE(std::isinf(of(FrictionUnit::km_per_h)[1]));       // who does not move never arrives
    EXPECT_EQ(of(FrictionUnit::s_per_m)[1], 0.0);
}

}  // namespace
}  // namespace tendik
