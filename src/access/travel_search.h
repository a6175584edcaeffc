#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace tendik::access {

/// Half the metres of a step from a row, by kind of step; those to the south lead to the rows below.
struct HalfSteps {
    double east = 0.0;          ///< to the next column
    double south = 0.0;         ///< to the next row
    double diagonal = 0.0;      ///< one row, one column
    double knight_flat = 0.0;   ///< one row, two columns
    double knight_steep = 0.0;  ///< two rows, one column
};

/// Labels order cells by time, then by the number of the source: (steps of time << source_bits) | source.
using TravelLabel = std::uint64_t;
inline constexpr TravelLabel barrier_label = 0;  // smaller than any time: never improved
inline constexpr TravelLabel unreached_label = std::numeric_limits<TravelLabel>::max();

/// Cells that barrier a raster all round, so that steps need no look at its edge.
inline constexpr std::size_t rim = 2;

/// The longest time that a label holds beside the number of its source.
inline constexpr double longest_min = 0x1p21;

/// A raster with a rim of two barrier cells, row by row.
struct TravelGrid {
    std::size_t columns = 0;  ///< without the rim
    std::size_t rows = 0;
    bool round = false;  ///< the Earth: the last column touches the first
    bool sixteen = false;
    bool pass_corners = false;
    unsigned source_bits = 1;
    double steps_per_min = 1.0;
    TravelLabel limit = 0;              ///< greatest label that counts
    std::vector<float> friction;        ///< minutes per metre
    std::vector<TravelLabel> labels;    ///< barrier_label, unreached_label, or that of a source
    std::vector<HalfSteps> half_steps;  ///< one a row

    std::size_t stride() const { return columns + 2 * rim; }
    std::size_t cell(std::size_t column, std::size_t row) const {
        return (row + rim) * stride() + column + rim;
    }
};

/// Fills labels by a bucket queue: cells wait in buckets of equal width in time and a bucket is worked off
/// until it stays empty (Dial 1969, doi:10.1145/363269.363610; buckets wider than the cheapest edge as in
/// Meyer and Sanders 2003, doi:10.1016/S0196-6774(03)00076-2). Labels are whole numbers and only fall, so the
/// result is the same in any order of work. Returns whether a way beyond the limit was cut off.
bool spread(TravelGrid& grid, const std::vector<std::size_t>& source_cells, std::size_t jobs);

}  // namespace tendik::access
