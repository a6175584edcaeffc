#pragma once

#include "tendik/geom/grid.h"
#include "tendik/geom/shape.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace tendik {

/// Which cells belong to a region, and how much of each.
enum class CoverMethod : std::uint8_t {
    exact,    ///< the share of the cell's surface (in units of the CRS) that the region covers
    centre,   ///< all of a cell whose centre lies inside; a centre on a border goes to one side only
    touched,  ///< all of a cell that the region covers some part of
};

/// "exact", "centre", "touched".
std::string_view to_text(CoverMethod method);

namespace raster {

/// Cells beside each other in one row with the same share. Cells that the region covers wholly make up runs
/// with a share of exactly 1; cells on the border stand alone.
struct CoverSpan {
    std::uint32_t column = 0;  ///< of the grid
    std::uint32_t columns = 0;
    double share = 0.0;  ///< in (0, 1]
    friend bool operator==(const CoverSpan&, const CoverSpan&) = default;
};

/// The cells of a grid that a region covers, row by row, each row from west to east; cells without any share
/// are absent.
class Coverage {
public:
    Coverage() = default;
    /// `row_ends[i]` is the number of spans in the first i + 1 rows.
    Coverage(std::size_t first_row, std::vector<std::size_t> row_ends, std::vector<CoverSpan> spans);

    std::size_t first_row() const noexcept { return m_first_row; }
    std::size_t end_row() const noexcept { return m_first_row + m_row_ends.size(); }
    bool empty() const noexcept { return m_spans.empty(); }
    /// The spans of a row of the grid; none outside first_row() .. end_row().
    std::span<const CoverSpan> row(std::size_t row) const noexcept;
    std::size_t span_count() const noexcept { return m_spans.size(); }

private:
    std::size_t m_first_row = 0;
    std::vector<std::size_t> m_row_ends;
    std::vector<CoverSpan> m_spans;
};

/// Lines between the columns (ascending x) and rows (descending y) of a grid whose cells may differ in size.
struct GridLines {
    std::vector<double> x;  ///< columns + 1
    std::vector<double> y;  ///< rows + 1
};

/// The share of each cell of the window that the region covers. Region and grid share one CRS. Every ring
/// adds its signed surface to the cells it runs through (each edge reckoned from its smaller end, so that
/// neighbours get opposite numbers): the shares of regions that fill a cell add up to 1 within 1e-12. Rings
/// are closed, outer rings and holes may run either way; parts must not overlap. Points far outside the grid
/// are fine. Cells are those of the whole grid, also for a window.
Coverage cover(const Shape& region, const Grid& grid, const Window& window, CoverMethod method);
Coverage cover(const Shape& region, const Grid& grid, CoverMethod method = CoverMethod::exact);
/// The same on lines at any distance above 0; column and row 0 are between the first two lines.
Coverage cover(const Shape& region, const GridLines& lines, CoverMethod method);

/// Sum of shares, in cells.
double cell_count(const Coverage& coverage);

}  // namespace raster
}  // namespace tendik
