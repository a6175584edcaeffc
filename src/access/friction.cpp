#include "tendik/access/friction.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <string>
#include <utility>

namespace tendik {
namespace {

constexpr std::array<std::pair<std::string_view, FrictionUnit>, 6> names{
    std::pair{"min/m", FrictionUnit::min_per_m}, std::pair{"min/km", FrictionUnit::min_per_km},
    std::pair{"s/m", FrictionUnit::s_per_m},     std::pair{"s/km", FrictionUnit::s_per_km},
    std::pair{"km/h", FrictionUnit::km_per_h},   std::pair{"m/s", FrictionUnit::m_per_s}};

/// Spellings of one part of a unit.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> words{
    std::pair{"minutes", "min"},   std::pair{"minute", "min"},    std::pair{"mins", "min"},
    std::pair{"seconds", "s"},     std::pair{"second", "s"},      std::pair{"sec", "s"},
    std::pair{"kilometres", "km"}, std::pair{"kilometers", "km"}, std::pair{"kilometre", "km"},
    std::pair{"kilometer", "km"},  std::pair{"metres", "m"},      std::pair{"meters", "m"},
    std::pair{"metre", "m"},       std::pair{"meter", "m"},       std::pair{"hour", "h"},
    std::pair{"hours", "h"}};

std::string short_word(std::string word) {
    for (const auto& [spelling, name] : words)
        if (word == spelling) return std::string(name);
    return word;
}

/// "minutes per metre", "min m-1", "min/m" -> "min/m".
std::string plain_unit(std::string_view text) {
    auto folded = fold(text);
    const auto replace = [&folded](std::string_view from, std::string_view to) {
        for (auto at = folded.find(from); at != std::string::npos; at = folded.find(from, at + to.size()))
            folded.replace(at, from.size(), to);
    };
    replace(" per ", "/");
    if (folded == "kph" || folded == "kmh") return "km/h";
    for (const std::string_view inverse : {"^-1", "**-1", "-1"})
        if (folded.ends_with(inverse)) {
            folded.resize(folded.size() - inverse.size());
            replace(" ", "/");
            break;
        }
    const auto parts = split(folded, '/');
    if (parts.size() != 2) return folded;
    return short_word(std::string(trim(parts[0]))) + "/" + short_word(std::string(trim(parts[1])));
}

bool is_speed(FrictionUnit unit) { return unit == FrictionUnit::km_per_h || unit == FrictionUnit::m_per_s; }

double minutes_per_metre(double value, FrictionUnit unit) {
    switch (unit) {
    case FrictionUnit::min_per_m:
        return value;
    case FrictionUnit::min_per_km:
        return value / 1000.0;
    case FrictionUnit::s_per_m:
        return value / 60.0;
    case FrictionUnit::s_per_km:
        return value / 60'000.0;
    case FrictionUnit::km_per_h:
        return value == 0.0 ? std::numeric_limits<double>::infinity() : 60.0 / (1000.0 * value);
    case FrictionUnit::m_per_s:
        break;
    }
    return value == 0.0 ? std::numeric_limits<double>::infinity() : 1.0 / (60.0 * value);
}

}  // namespace

std::string_view to_text(FrictionUnit unit) {
    for (const auto& [name, known] : names)
        if (known == unit) return name;
    return "min/m";
}

std::optional<FrictionUnit> friction_unit_from_text(std::string_view text) {
    const auto plain = plain_unit(text);
    for (const auto& [name, unit] : names)
        if (name == plain) return unit;
    return std::nullopt;
}

namespace access {

Friction::Friction(const RasterSource& raster, std::size_t band, FrictionUnit unit)
    : m_raster(raster),
      m_band(band),
      m_unit(unit),
      m_info(raster.info()) {
    m_info.bands = {m_info.bands[band]};
    m_info.units = {"min/m"};
}

void Friction::read(std::size_t, const Window& window, std::span<double> values) const {
    m_raster.read(m_band, window, values);
    if (m_unit == FrictionUnit::min_per_m) return;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (is_speed(m_unit) && values[i] < 0.0)
            throw InputError(
                fmt::format("{}: the speed is {} {} in column {}, row {}, expected 0 or more", m_info.source,
                            values[i], to_text(m_unit), window.column + i % window.columns + 1,
                            window.row + i / window.columns + 1),
                "declare the value as no data: gdal_edit.py -a_nodata VALUE FILE");
        values[i] = minutes_per_metre(values[i], m_unit);
    }
}

}  // namespace access
}  // namespace tendik
