#pragma once

#include "tendik/geom/shape.h"

#include <cstddef>

namespace tendik {

/// Cells of one size in rows from north to south, columns from west to east. Row 0 is the northernmost.
struct Grid {
    double west = 0.0;         ///< x of the outer edge of column 0, in units of the CRS
    double north = 0.0;        ///< y of the outer edge of row 0
    double cell_width = 1.0;   ///< above 0
    double cell_height = 1.0;  ///< above 0
    std::size_t columns = 0;
    std::size_t rows = 0;

    double x_of(double column) const noexcept { return west + column * cell_width; }  ///< 0: the west edge
    double y_of(double row) const noexcept { return north - row * cell_height; }      ///< 0: the north edge
    Point centre(std::size_t column, std::size_t row) const noexcept;
    Box box() const noexcept;
    friend bool operator==(const Grid&, const Grid&) = default;
};

/// A rectangle of cells of a grid.
struct Window {
    std::size_t column = 0;
    std::size_t row = 0;
    std::size_t columns = 0;
    std::size_t rows = 0;

    bool empty() const noexcept { return columns == 0 || rows == 0; }
    std::size_t cell_count() const noexcept { return columns * rows; }
    friend bool operator==(const Window&, const Window&) = default;
};

/// The cells that share inside or border with the box; empty where they do not meet.
Window window_of(const Grid& grid, const Box& box);
/// The part of a grid under a window, as a grid of its own.
Grid part_of(const Grid& grid, const Window& window);

}  // namespace tendik
