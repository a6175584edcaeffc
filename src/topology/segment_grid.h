#pragma once

#include "tendik/geom/shape.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tendik::topology {

/// A straight piece of an arc; a single vertex is a piece of no length.
struct Segment {
    Point from;
    Point to;
    std::uint32_t arc = 0;
};

Box box_of(const Segment& segment);

/// Whether two segments share a point that is not an end of both, or overlap in more than one point.
bool conflict(const Segment& a, const Segment& b);

/// Segments sorted into square cells, for finding those near a place. Keeps a reference to the segments.
class SegmentGrid {
public:
    explicit SegmentGrid(const std::vector<Segment>& segments);

    /// Calls `visit` with the number of every segment whose box may meet `box`; a long one may come more than
    /// once.
    template <typename Visit>
    void visit_near(const Box& box, Visit&& visit) const {
        if (m_segments.empty()) return;
        const auto last_row = row_of(box.max_y);
        const auto last_column = column_of(box.max_x);
        for (auto row = row_of(box.min_y); row <= last_row; ++row) {
            for (auto column = column_of(box.min_x); column <= last_column; ++column) {
                const auto cell = row * m_columns + column;
                for (auto i = m_first[cell]; i < m_first[cell + 1]; ++i)
                    visit(m_numbers[i]);
            }
        }
    }

private:
    std::size_t column_of(double x) const { return place(x - m_box.min_x, m_columns); }
    std::size_t row_of(double y) const { return place(y - m_box.min_y, m_rows); }
    std::size_t place(double offset, std::size_t count) const;
    template <typename Visit>
    void visit_cells(const Segment& segment, Visit&& visit) const;

    const std::vector<Segment>& m_segments;
    Box m_box;
    double m_cell_size = 1.0;
    std::size_t m_columns = 1;
    std::size_t m_rows = 1;
    std::vector<std::size_t> m_first;  ///< per cell, into m_numbers
    std::vector<std::uint32_t> m_numbers;
};

}  // namespace tendik::topology
