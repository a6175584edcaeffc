#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tendik::raster {

/// Cells of one size along one direction.
struct CellAxis {
    double origin = 0.0;
    double step = 1.0;  ///< below 0 for rows
    std::size_t count = 0;
    double line(std::size_t index) const { return origin + static_cast<double>(index) * step; }
};

/// The cells of one axis cut by the lines of another.
struct MergedAxis {
    static constexpr std::size_t outside = static_cast<std::size_t>(-1);

    std::vector<double> lines;            ///< pieces + 1, in the direction of the axis
    std::vector<std::size_t> other;       ///< cell of the other axis, from `other_first`; or outside
    std::vector<double> shares;           ///< of each piece in its cell
    std::vector<std::size_t> piece_ends;  ///< of each cell
    std::size_t other_first = 0;
    std::size_t other_count = 0;  ///< 0: the axes do not meet

    std::size_t first_piece(std::size_t cell) const { return cell == 0 ? 0 : piece_ends[cell - 1]; }
};

/// The cells `first` .. `first + count` of an axis, cut by another of the same direction. Lines nearer than
/// 1e-9 of a cell are one line.
MergedAxis merge_axes(const CellAxis& axis, std::size_t first, std::size_t count, const CellAxis& other);

}  // namespace tendik::raster
