#pragma once

#include "merged_axis.h"
#include "tendik/geom/shape.h"
#include "tendik/model/raster.h"
#include "tendik/raster/coverage.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tendik::raster {

/// A cell on the border of a region, in a window.
struct EdgeCell {
    std::uint32_t row = 0;  ///< of the window
    std::uint32_t column = 0;
    double share = 0.0;
};

/// What one cell weighs, and which share of it has no weight.
struct CellWeight {
    double amount = 0.0;
    double missing = 0.0;
};

/// The weights of the cells in a window of a grid, from a raster on any grid of the same CRS: the mean weight
/// of the pieces that the lines of the other grid cut out of a cell, by their surface, times `factor`.
class WeightCells {
public:
    WeightCells(const RasterSource& weights, std::size_t band, const Grid& grid, const Window& window,
                double factor);

    /// Of whole cells, row by row; the part without weight counts as 0.
    std::span<const double> amounts() const { return m_amounts; }
    /// The share of each whole cell without weight; empty when all have one.
    std::span<const double> missing() const { return m_missing; }
    double amount(std::size_t cell) const { return m_amounts[cell]; }
    double missing(std::size_t cell) const { return m_missing.empty() ? 0.0 : m_missing[cell]; }

    /// Of the part of each border cell that the shape covers, parallel to `cells`, which are in order of rows
    /// and columns. With whole cells (centre, touched) the share is all.
    std::vector<CellWeight> of_edges(const Shape& shape, std::span<const EdgeCell> cells) const;

private:
    void fill();
    void fill_row(std::size_t row, std::vector<double>& sums, std::vector<double>& gaps);
    double weight_at(std::size_t row_piece, std::size_t column_piece) const;
    void add_row_piece(std::span<const CoverSpan> spans, std::size_t row_piece, double height,
                       std::span<const EdgeCell> cells, std::span<CellWeight> result) const;

    Window m_window;
    MergedAxis m_columns;
    MergedAxis m_rows;
    double m_factor;
    std::vector<double> m_weights;  ///< cells of the other raster under the window
    std::vector<double> m_amounts;
    std::vector<double> m_missing;
};

}  // namespace tendik::raster
