#pragma once

#include "grid_rings.h"
#include "tendik/geom/shape.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tendik::tiles {

/// The unit cell around an integer point that holds `point`.
GridPoint cell_of(const Point& point);

/// Cells that hold a vertex, and snap rounding by them (Hobby 1999, "Practical segment intersection with
/// finite precision output"; here segments cross only in vertices).
class HotCells {
public:
    explicit HotCells(std::vector<GridPoint> cells);

    /// The line through the centres of all hot cells it passes, in its order, without repeated points.
    GridLine snap(const std::vector<Point>& line) const;

private:
    void add_passed(const Point& from, const Point& to, GridLine& line) const;
    std::pair<std::int64_t, std::int64_t> block_of(const GridPoint& cell) const;

    std::vector<GridPoint> m_cells;  ///< by block
    int m_block_bits = 0;            ///< a block is a square of 2^bits cells
    std::unordered_map<std::uint64_t, std::pair<std::uint32_t, std::uint32_t>> m_blocks;
};

}  // namespace tendik::tiles
