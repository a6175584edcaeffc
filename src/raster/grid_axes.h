#pragma once

#include "tendik/geom/grid.h"
#include "tendik/raster/coverage.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace tendik::raster {

/// Lines at equal distances, ascending (columns) or descending (rows).
class EvenAxis {
public:
    EvenAxis(double origin, double step, std::size_t count)
        : m_origin(origin),
          m_step(step),
          m_count(count) {}
    static EvenAxis columns_of(const Grid& grid) { return {grid.west, grid.cell_width, grid.columns}; }
    static EvenAxis rows_of(const Grid& grid) { return {grid.north, -grid.cell_height, grid.rows}; }

    std::size_t count() const { return m_count; }
    double line(std::size_t index) const { return m_origin + static_cast<double>(index) * m_step; }
    /// A guess of the cell at a position; may be off by one at a line.
    std::size_t near(double position) const {
        const double cell = (position - m_origin) / m_step;
        if (!(cell > 0.0)) return 0;
        return std::min(static_cast<std::size_t>(cell), m_count - 1);
    }

private:
    double m_origin;
    double m_step;
    std::size_t m_count;
};

/// Lines at any distance.
class ListedAxis {
public:
    explicit ListedAxis(std::span<const double> lines) : m_lines(lines) {}

    std::size_t count() const { return m_lines.size() - 1; }
    double line(std::size_t index) const { return m_lines[index]; }
    std::size_t near(double position) const {
        const auto after = m_lines.front() < m_lines.back()
                               ? std::ranges::upper_bound(m_lines, position)
                               : std::ranges::upper_bound(m_lines, position, std::greater<>());
        const auto index = after - m_lines.begin();
        return std::clamp<std::size_t>(static_cast<std::size_t>(std::max<std::ptrdiff_t>(index, 1)) - 1, 0,
                                       count() - 1);
    }

private:
    std::span<const double> m_lines;
};

}  // namespace tendik::raster
