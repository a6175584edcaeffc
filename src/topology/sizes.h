#pragma once

#include "tendik/model/boundaries.h"

#include <string>

namespace tendik::topology {

/// In squared units of the coordinates, holes taken off.
double planar_area(const Shape& shape);

/// Sizes as a reader wants them: km2 where the coordinates are degrees.
class Sizes {
public:
    explicit Sizes(const Crs& crs);
    double of(const Shape& shape) const;
    /// "120.5 km2"
    std::string text(double size) const;

private:
    bool m_geographic;
};

/// "71.43000 51.12000"
std::string place_text(const Point& place);
/// "'X1' (Lowfield)"
std::string region_text(const Region& region);
/// The part of a shape that a reader is shown.
Shape largest_part(const Shape& shape);

}  // namespace tendik::topology
