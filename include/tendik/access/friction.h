#pragma once

#include "tendik/model/raster.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tendik {

/// What the cells of a friction raster say.
enum class FrictionUnit : std::uint8_t {
    min_per_m,
    min_per_km,
    s_per_m,
    s_per_km,
    km_per_h,  ///< speed; 0 is a barrier
    m_per_s,   ///< speed; 0 is a barrier
};

/// "min/m", "min/km", "s/m", "s/km", "km/h", "m/s".
std::string_view to_text(FrictionUnit unit);
/// Also as files spell them: "minutes/metre", "min m-1", "km h-1", "kph", in any case. Nothing for others.
std::optional<FrictionUnit> friction_unit_from_text(std::string_view text);

namespace access {

/// One band of a friction raster in minutes per metre, read when it is wanted.
class Friction final : public RasterSource {
public:
    Friction(const RasterSource& raster, std::size_t band, FrictionUnit unit);

    const RasterInfo& info() const override { return m_info; }
    /// Throws InputError for a speed below 0, naming the cell.
    void read(std::size_t band, const Window& window, std::span<double> values) const override;

private:
    const RasterSource& m_raster;
    std::size_t m_band;
    FrictionUnit m_unit;
    RasterInfo m_info;
};

}  // namespace access
}  // namespace tendik
