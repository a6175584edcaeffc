#include "tendik/geom/grid.h"

#include <algorithm>
#include <cmath>

namespace tendik {
namespace {

struct Range {
    std::size_t first = 0;
    std::size_t count = 0;
};

/// Cells between two positions counted in cells from the edge; positions outside of the grid are cut off.
Range cells_between(double from, double to, std::size_t count) {
    const auto last = static_cast<double>(count);
    if (!(to >= 0.0) || !(from <= last) || count == 0) return {};
    const auto first = std::clamp(std::floor(from), 0.0, last - 1.0);
    const auto end = std::clamp(std::ceil(to), first + 1.0, last);
    return {static_cast<std::size_t>(first), static_cast<std::size_t>(end - first)};
}

}  // namespace

Point Grid::centre(std::size_t column, std::size_t row) const noexcept {
    return {x_of(static_cast<double>(column) + 0.5), y_of(static_cast<double>(row) + 0.5)};
}

Box Grid::box() const noexcept {
    return {west, y_of(static_cast<double>(rows)), x_of(static_cast<double>(columns)), north};
}

Window window_of(const Grid& grid, const Box& box) {
    if (box.empty()) return {};
    const auto across = cells_between((box.min_x - grid.west) / grid.cell_width,
                                      (box.max_x - grid.west) / grid.cell_width, grid.columns);
    const auto down = cells_between((grid.north - box.max_y) / grid.cell_height,
                                    (grid.north - box.min_y) / grid.cell_height, grid.rows);
    if (across.count == 0 || down.count == 0) return {};
    return {across.first, down.first, across.count, down.count};
}

Grid part_of(const Grid& grid, const Window& window) {
    auto part = grid;
    part.west = grid.x_of(static_cast<double>(window.column));
    part.north = grid.y_of(static_cast<double>(window.row));
    part.columns = window.columns;
    part.rows = window.rows;
    return part;
}

}  // namespace tendik
