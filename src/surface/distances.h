#pragma once

#include "tendik/geom/crs.h"
#include "tendik/geom/grid.h"
#include "tendik/geom/shape.h"

#include <cstddef>
#include <span>
#include <vector>

namespace tendik::surface {

/// A place as distances want it: metres with z = 0, or for degrees the unit vector of its reduced latitude.
struct Located {
    double x = 0.0;
    double y = 0.0;
    double z = 0.0;
};

/// The same places coordinate by coordinate, so that one loop reckons many distances.
struct LocatedList {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> z;

    std::size_t size() const noexcept { return x.size(); }
    Located operator[](std::size_t i) const { return {x[i], y[i], z[i]}; }
    void add(const Located& place);
};

/// How far two places of a CRS are from each other, in metres: on degrees along the ellipsoid WGS 84 by
/// Lambert's formula of first order in the flattening (Lambert 1942; Thomas 1970, Spheroidal Geodesics), else
/// straight. What is nearer than a thousandth of a millimetre is at distance 0.
class Metric {
public:
    explicit Metric(const Crs& crs);

    Located locate(const Point& point) const;
    /// The centres of the cells of one row.
    LocatedList locate_row(const Grid& grid, std::size_t row) const;
    /// To as many places of the list as there are results, from place `first` on.
    void distances_m(const Located& from, const LocatedList& to, std::size_t first,
                     std::span<double> result) const;
    double distance_m(const Located& from, const Located& to) const;

private:
    bool m_degrees = false;
    double m_metres_per_unit = 1.0;
};

}  // namespace tendik::surface
