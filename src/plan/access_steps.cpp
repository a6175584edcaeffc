// [[proximity]] and [[travel]]: how far people are from places.
#include "tendik/plan/access_steps.h"

#include "tendik/access/time_bands.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace tendik::plan {
namespace {

struct Unit {
    std::string_view name;
    double factor;
};

/// A number with one of the units behind it, or none for the first.
template <std::size_t N>
double parse_quantity(const std::string& text, const std::array<Unit, N>& units, std::string_view what,
                      const std::string& hint) {
    const auto trimmed = trim(text);
    for (const auto& unit : units) {
        if (!trimmed.ends_with(unit.name)) continue;
        const auto number = parse_number(trim(trimmed.substr(0, trimmed.size() - unit.name.size())));
        if (number && std::isfinite(*number)) return *number * unit.factor;
    }
    if (const auto number = parse_number(trimmed); number && std::isfinite(*number))
        return *number * units.front().factor;
    throw InputError(fmt::format("'{}' is no {}", text, what), hint);
}

/// One "longitude,latitude"; none when it is not two numbers.
std::optional<Point> point_of(const std::string& text) {
    const auto parts = split(text, ',');
    if (parts.size() != 2) return std::nullopt;
    const auto x = parse_number(trim(parts[0]));
    const auto y = parse_number(trim(parts[1]));
    if (!x || !y) return std::nullopt;
    return Point{*x, *y};
}

}  // namespace

double parse_km(const std::string& text) {
    // "km" before "m", which it ends with.
    static constexpr std::array<Unit, 2> units{Unit{"km", 1.0}, Unit{"m", 0.001}};
    return parse_quantity(text, units, "distance", "write 10km, 500m, or a number of km");
}

double parse_minutes(const std::string& text) {
    static constexpr std::array<Unit, 2> units{Unit{"min", 1.0}, Unit{"h", 60.0}};
    return parse_quantity(text, units, "time", "write 90min, 2h, or a number of minutes");
}

std::vector<double> jmp_thresholds_min() { return {access::jmp_one_way_min}; }

PlacesChoice parse_places(const std::string& text) {
    PlacesChoice choice;
    const auto parts = split(text, ';');
    std::string wrong;
    for (const auto& part : parts) {
        const auto point = point_of(part);
        if (point) choice.points.push_back(*point);
        if (!point && wrong.empty()) wrong = part;
    }
    if (choice.points.size() == parts.size()) return choice;
    if (!choice.points.empty())
        throw InputError(fmt::format("'{}' among the points '{}' is no longitude and latitude", wrong, text),
                         "write LON,LAT;LON,LAT");
    choice.points.clear();
    choice.table.file = text;
    return choice;
}

}  // namespace tendik::plan
