#include "tendik/raster/coverage.h"

#include "grid_axes.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace tendik::raster {
namespace {

/// Shares nearer to 0 or 1 than this are rounding: sums of some hundred terms of 1e-16.
constexpr double share_rounding = 1e-13;

/// What the edges in one cell add to its own share, and to the shares of all cells east of it.
struct Mark {
    std::size_t row = 0;
    std::size_t column = 0;
    double own = 0.0;
    double east = 0.0;
};

/// An edge from its smaller end, so that both neighbours reckon with the same numbers.
struct Edge {
    Point from;
    Point to;
    double sign = 1.0;  ///< -1 where the ring runs the other way
};

/// Turns rings into marks. Axes: columns ascend, rows descend.
template <class Axis>
class Marker {
public:
    Marker(const Axis& columns, const Axis& rows, const Window& window, CoverMethod method)
        : m_columns(columns),
          m_rows(rows),
          m_window(window),
          m_method(method),
          m_west(columns.line(window.column)),
          m_east(columns.line(window.column + window.columns)),
          m_north(rows.line(window.row)),
          m_south(rows.line(window.row + window.rows)) {}

    void add(const Shape& shape) {
        for (const auto& part : shape.parts) {
            add(part.outer, twice_signed_area(part.outer) < 0.0 ? -1.0 : 1.0);
            for (const auto& hole : part.holes)
                add(hole, twice_signed_area(hole) < 0.0 ? 1.0 : -1.0);
        }
    }
    std::vector<Mark> take() { return std::exchange(m_marks, {}); }

private:
    void add(const Ring& ring, double sign) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const bool forwards = ring[i] < ring[i + 1];
            const auto& from = forwards ? ring[i] : ring[i + 1];
            const auto& to = forwards ? ring[i + 1] : ring[i];
            if (std::min(from.x, to.x) >= m_east) continue;
            if (std::max(from.y, to.y) <= m_south || std::min(from.y, to.y) >= m_north) continue;
            const Edge edge{from, to, forwards ? sign : -sign};
            if (from.y == to.y)
                touch_level(edge);
            else if (m_method == CoverMethod::centre)
                add_centres(edge);
            else
                add_surface(edge);
        }
    }

    std::size_t row_at(double y) const {
        auto row = std::clamp(m_rows.near(y), m_window.row, m_window.row + m_window.rows - 1);
        while (row > m_window.row && m_rows.line(row) < y)
            --row;
        while (row + 1 < m_window.row + m_window.rows && m_rows.line(row + 1) > y)
            ++row;
        return row;
    }

    /// The column with line(column) <= x; x lies in the window.
    std::size_t column_at(double x) const {
        auto column = std::clamp(m_columns.near(x), m_window.column, m_window.column + m_window.columns - 1);
        while (column > m_window.column && m_columns.line(column) > x)
            --column;
        while (column + 1 < m_window.column + m_window.columns && m_columns.line(column + 1) <= x)
            ++column;
        return column;
    }

    static double x_at(const Edge& edge, double y) {
        if (y == edge.from.y) return edge.from.x;
        if (y == edge.to.y) return edge.to.x;
        const double x =
            edge.from.x + (edge.to.x - edge.from.x) * ((y - edge.from.y) / (edge.to.y - edge.from.y));
        return std::clamp(x, edge.from.x, edge.to.x);  // `from` is the smaller end: its x is not above the
                                                       // other
    }

    static double y_at(const Edge& edge, double x, double low, double high) {
        const double y =
            edge.from.y + (edge.to.y - edge.from.y) * ((x - edge.from.x) / (edge.to.x - edge.from.x));
        return std::clamp(y, low, high);
    }

    /// A level edge covers nothing, but the cells it runs through are not all or nothing.
    void touch_level(const Edge& edge) {
        const auto row = row_at(edge.from.y);
        if (m_method == CoverMethod::centre || edge.to.x <= m_west) return;
        if (edge.from.y == m_rows.line(row) || edge.from.y == m_rows.line(row + 1)) return;
        const auto last = column_at(std::min(edge.to.x, m_east));
        for (auto column = column_at(std::max(edge.from.x, m_west)); column <= last; ++column)
            m_marks.push_back({row, column, 0.0, 0.0});
    }

    /// A region to the east of an edge that runs down gains, to the east of one that runs up loses.
    void add_surface(const Edge& edge) {
        const bool up = edge.to.y > edge.from.y;
        const auto& top = up ? edge.to : edge.from;
        const auto& bottom = up ? edge.from : edge.to;
        const auto first = row_at(std::min(top.y, m_north));
        for (auto row = first; row < m_window.row + m_window.rows; ++row) {
            const double north = m_rows.line(row);
            const double south = m_rows.line(row + 1);
            const double high = std::min(top.y, north);
            const double low = std::max(bottom.y, south);
            if (high > low) add_in_row(edge, row, high, low, (up ? -edge.sign : edge.sign) / (north - south));
            if (bottom.y >= south) break;
        }
    }

    /// The piece of the edge between two heights of one row; `rate` turns a height into a share.
    void add_in_row(const Edge& edge, std::size_t row, double high, double low, double rate) {
        const double x_high = x_at(edge, high);
        const double x_low = x_at(edge, low);
        // From west to east; an upright piece is one cell.
        double west = std::min(x_high, x_low);
        double y_west = x_high <= x_low ? high : low;
        const double east = std::max(x_high, x_low);
        const double y_east = x_high <= x_low ? low : high;
        if (west < m_west) {
            const double y = east <= m_west ? y_east : y_at(edge, m_west, low, high);
            const double share = std::abs(y - y_west) * rate;
            m_marks.push_back({row, m_window.column, share, share});
            if (east <= m_west) return;
            west = m_west;
            y_west = y;
        }
        if (west >= m_east) return;
        for (auto column = column_at(west);; ++column) {
            const double left = m_columns.line(column);
            const double right = m_columns.line(column + 1);
            const bool ends_here = east <= right;
            const double x = ends_here ? east : right;
            const double y = ends_here ? y_east : y_at(edge, right, low, high);
            const double share = std::abs(y - y_west) * rate;
            const double east_of_it = ((right - west) + (right - x)) / (2.0 * (right - left));
            m_marks.push_back({row, column, share * east_of_it, share});
            if (ends_here || column + 1 == m_window.column + m_window.columns) return;
            west = right;
            y_west = y;
        }
    }

    /// Whole cells from the first centre at or east of the crossing.
    void add_centres(const Edge& edge) {
        const bool up = edge.to.y > edge.from.y;
        const double high = std::max(edge.from.y, edge.to.y);
        const double low = std::min(edge.from.y, edge.to.y);
        const auto end_column = m_window.column + m_window.columns;
        for (auto row = row_at(std::min(high, m_north)); row < m_window.row + m_window.rows; ++row) {
            const double y = (m_rows.line(row) + m_rows.line(row + 1)) / 2.0;
            if (y < low) break;
            if (!(high > y) || !(low <= y)) continue;
            const double x = x_at(edge, y);
            auto column = x < m_west ? m_window.column : x >= m_east ? end_column : column_at(x);
            if (column < end_column && (m_columns.line(column) + m_columns.line(column + 1)) / 2.0 < x)
                ++column;
            const double whole = up ? -edge.sign : edge.sign;
            if (column < end_column) m_marks.push_back({row, column, whole, whole});
        }
    }

    const Axis& m_columns;
    const Axis& m_rows;
    const Window& m_window;
    CoverMethod m_method;
    double m_west;
    double m_east;
    double m_north;
    double m_south;
    std::vector<Mark> m_marks;
};

/// Collects spans, joining whole cells to runs.
class Spans {
public:
    void add(std::size_t column, std::size_t columns, double share) {
        if (share <= share_rounding || columns == 0) return;
        if (share >= 1.0 - share_rounding) share = 1.0;
        if (share == 1.0 && m_spans.size() > m_row_begin && m_spans.back().share == 1.0 &&
            m_spans.back().column + m_spans.back().columns == column) {
            m_spans.back().columns += static_cast<std::uint32_t>(columns);
            return;
        }
        m_spans.push_back({static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(columns), share});
    }
    void end_row() {
        m_row_begin = m_spans.size();
        m_row_ends.push_back(m_row_begin);
    }
    Coverage take(std::size_t first_row) { return {first_row, std::move(m_row_ends), std::move(m_spans)}; }

private:
    std::vector<CoverSpan> m_spans;
    std::vector<std::size_t> m_row_ends;
    std::size_t m_row_begin = 0;
};

/// One row's marks, in order of their columns, summed up from west to east.
void sweep(std::span<const Mark> marks, std::size_t end_column, CoverMethod method, Spans& spans) {
    double carried = 0.0;  // share of the cells from `next` on, as far as the marks so far tell
    std::size_t next = marks.empty() ? end_column : marks.front().column;
    for (std::size_t i = 0; i < marks.size();) {
        const auto column = marks[i].column;
        if (column > next) {
            // No edge in these cells: all or nothing.
            carried = std::round(carried);
            spans.add(next, column - next, carried);
        }
        double own = carried;
        for (; i < marks.size() && marks[i].column == column; ++i) {
            own += marks[i].own;
            carried += marks[i].east;
        }
        const bool whole = method == CoverMethod::touched && own > share_rounding;
        spans.add(column, 1, whole ? 1.0 : std::min(own, 1.0));
        next = column + 1;
    }
    if (next < end_column) spans.add(next, end_column - next, std::round(carried));
}

Coverage coverage_of(std::vector<Mark> marks, const Window& window, CoverMethod method) {
    if (marks.empty()) return {};
    std::ranges::stable_sort(marks, [](const Mark& a, const Mark& b) {
        return std::pair(a.row, a.column) < std::pair(b.row, b.column);
    });
    Spans spans;
    const auto first_row = marks.front().row;
    const auto last_row = marks.back().row;
    std::size_t begin = 0;
    for (auto row = first_row; row <= last_row; ++row) {
        auto end = begin;
        while (end < marks.size() && marks[end].row == row)
            ++end;
        sweep(std::span(marks).subspan(begin, end - begin), window.column + window.columns, method, spans);
        spans.end_row();
        begin = end;
    }
    return spans.take(first_row);
}

template <class Axis>
Coverage cover_axes(const Shape& region, const Axis& columns, const Axis& rows, const Window& window,
                    CoverMethod method) {
    if (window.empty()) return {};
    Marker<Axis> marker(columns, rows, window, method);
    marker.add(region);
    return coverage_of(marker.take(), window, method);
}

}  // namespace

Coverage::Coverage(std::size_t first_row, std::vector<std::size_t> row_ends, std::vector<CoverSpan> spans)
    : m_first_row(first_row),
      m_row_ends(std::move(row_ends)),
      m_spans(std::move(spans)) {}

std::span<const CoverSpan> Coverage::row(std::size_t row) const noexcept {
    if (row < m_first_row || row >= end_row()) return {};
    const auto index = row - m_first_row;
    const auto begin = index == 0 ? 0 : m_row_ends[index - 1];
    return std::span(m_spans).subspan(begin, m_row_ends[index] - begin);
}

Coverage cover(const Shape& region, const Grid& grid, const Window& window, CoverMethod method) {
    assert(window.column + window.columns <= grid.columns && window.row + window.rows <= grid.rows);
    return cover_axes(region, EvenAxis::columns_of(grid), EvenAxis::rows_of(grid), window, method);
}

Coverage cover(const Shape& region, const Grid& grid, CoverMethod method) {
    return cover(region, grid, {0, 0, grid.columns, grid.rows}, method);
}

Coverage cover(const Shape& region, const GridLines& lines, CoverMethod method) {
    if (lines.x.size() < 2 || lines.y.size() < 2) return {};
    return cover_axes(region, ListedAxis(lines.x), ListedAxis(lines.y),
                      {0, 0, lines.x.size() - 1, lines.y.size() - 1}, method);
}

double cell_count(const Coverage& coverage) {
    double count = 0.0;
    for (auto row = coverage.first_row(); row < coverage.end_row(); ++row)
        for (const auto& span : coverage.row(row))
            count += span.share * span.columns;
    return count;
}

}  // namespace tendik::raster

namespace tendik {

std::string_view to_text(CoverMethod method) {
    switch (method) {
    case CoverMethod::exact:
        return "exact";
    case CoverMethod::centre:
        return "centre";
    case CoverMethod::touched:
        break;
    }
    return "touched";
}

}  // namespace tendik
