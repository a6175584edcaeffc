#include "distances.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tendik::surface {
namespace {

constexpr double semi_major_axis_m = 6'378'137.0;   // WGS 84
constexpr double flattening = 1.0 / 298.257223563;  // WGS 84
constexpr double radians = std::numbers::pi / 180.0;
constexpr double same_place_m = 1e-6;

double straight_m(const Located& a, double x, double y) {
    const double distance = std::sqrt((a.x - x) * (a.x - x) + (a.y - y) * (a.y - y));
    return distance < same_place_m ? 0.0 : distance;
}

/// s - s^3/6 ... : the arc of half the angle from its sine. Below sin 15 degrees (3,300 km) the series of
/// arcsine to the 19th power is exact to 1e-15; it takes a fraction of the library's time.
double half_angle(double sine, double square) {
    if (square > 0.067) return std::asin(std::min(sine, 1.0));
    constexpr double c3 = 1.0 / 6.0, c5 = 3.0 / 40.0, c7 = 15.0 / 336.0, c9 = 105.0 / 3456.0,
                     c11 = 945.0 / 42240.0, c13 = 10395.0 / 599040.0, c15 = 135135.0 / 9676800.0,
                     c17 = 2027025.0 / 175472640.0, c19 = 34459425.0 / 3530096640.0,
                     c21 = 654729075.0 / 78033715200.0;
    const double series =
        c3 +
        square *
            (c5 +
             square *
                 (c7 +
                  square *
                      (c9 +
                       square *
                           (c11 +
                            square *
                                (c13 + square * (c15 + square * (c17 + square * (c19 + square * c21))))))));
    return sine * (1.0 + square * series);
}

/// On the auxiliary sphere, sigma the angle between the places: a (sigma - f/2 (X + Y)) with
/// X = (sigma - sin sigma) ((sin b1 + sin b2)/2)^2 / cos^2(sigma/2),
/// Y = (sigma + sin sigma) ((sin b2 - sin b1)/2)^2 / sin^2(sigma/2).
double along_ellipsoid_m(const Located& a, double x, double y, double z) {
    const double square = 0.25 * ((a.x - x) * (a.x - x) + (a.y - y) * (a.y - y) + (a.z - z) * (a.z - z));
    const double sine = std::sqrt(square);  // of half the angle
    const double rest = std::max(1.0 - square, 1e-6);
    const double sigma = 2.0 * half_angle(sine, square);
    const double sine_sigma = 2.0 * sine * std::sqrt(rest);
    const double sum = 0.5 * (a.z + z);
    const double difference = 0.5 * (a.z - z);
    const double first = (sigma - sine_sigma) * sum * sum / rest;
    const double second = (sigma + sine_sigma) * difference * difference / std::max(square, 1e-30);
    const double distance = semi_major_axis_m * (sigma - 0.5 * flattening * (first + second));
    return distance < same_place_m ? 0.0 : distance;
}

}  // namespace

void LocatedList::add(const Located& place) {
    x.push_back(place.x);
    y.push_back(place.y);
    z.push_back(place.z);
}

Metric::Metric(const Crs& crs)
    : m_degrees(geom::is_geographic(crs)),
      m_metres_per_unit(m_degrees ? 1.0 : geom::metres_per_unit(crs)) {}

Located Metric::locate(const Point& point) const {
    if (!m_degrees) return {point.x * m_metres_per_unit, point.y * m_metres_per_unit, 0.0};
    const double reduced = std::atan((1.0 - flattening) * std::tan(point.y * radians));
    const double cosine = std::cos(reduced);
    return {cosine * std::cos(point.x * radians), cosine * std::sin(point.x * radians), std::sin(reduced)};
}

LocatedList Metric::locate_row(const Grid& grid, std::size_t row) const {
    LocatedList list;
    for (std::size_t column = 0; column < grid.columns; ++column)
        list.add(locate(grid.centre(column, row)));
    return list;
}

void Metric::distances_m(const Located& from, const LocatedList& to, std::size_t first,
                         std::span<double> result) const {
    const double* x = to.x.data() + first;
    const double* y = to.y.data() + first;
    const double* z = to.z.data() + first;
    if (m_degrees)
        for (std::size_t i = 0; i < result.size(); ++i)
            result[i] = along_ellipsoid_m(from, x[i], y[i], z[i]);
    else
        for (std::size_t i = 0; i < result.size(); ++i)
            result[i] = straight_m(from, x[i], y[i]);
}

double Metric::distance_m(const Located& from, const Located& to) const {
    return m_degrees ? along_ellipsoid_m(from, to.x, to.y, to.z) : straight_m(from, to.x, to.y);
}

}  // namespace tendik::surface
