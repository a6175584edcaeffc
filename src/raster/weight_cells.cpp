#include "weight_cells.h"

#include <algorithm>
#include <cmath>

namespace tendik::raster {
namespace {

constexpr double line_tolerance = 1e-9;

/// Position of a cell's line in cells of the axis, on a line where it is near one.
double position_on(const CellAxis& axis, double line) {
    const double position = (line - axis.origin) / axis.step;
    const double nearest = std::round(position);
    return std::abs(position - nearest) <= line_tolerance ? nearest : position;
}

}  // namespace

MergedAxis merge_axes(const CellAxis& axis, std::size_t first, std::size_t count, const CellAxis& other) {
    MergedAxis merged;
    const auto begin = static_cast<double>(first);
    const auto end = static_cast<double>(first + count);
    // Lines of the other axis that fall between, in cells of this one, with the cell that starts there.
    const double to_first = position_on(other, axis.line(first));
    const double to_end = position_on(other, axis.line(first + count));
    const auto cells = static_cast<double>(other.count);
    if (to_end > 0.0 && to_first < cells) {
        merged.other_first = static_cast<std::size_t>(std::max(0.0, std::floor(to_first)));
        merged.other_count =
            static_cast<std::size_t>(std::min(cells, std::ceil(to_end))) - merged.other_first;
    }
    std::vector<double> cuts;
    for (std::size_t i = 0; merged.other_count > 0 && i <= merged.other_count; ++i)
        cuts.push_back(position_on(axis, other.line(merged.other_first + i)));
    merged.lines.push_back(axis.line(first));
    std::size_t next = 0;  // the first cut that lies beyond what is done
    for (std::size_t cell = 0; cell < count; ++cell) {
        const double cell_begin = begin + static_cast<double>(cell);
        for (double from = cell_begin; from < std::min(cell_begin + 1.0, end);) {
            while (next < cuts.size() && cuts[next] <= from)
                ++next;
            const bool cut = next < cuts.size() && cuts[next] < cell_begin + 1.0;
            const double to = cut ? cuts[next] : cell_begin + 1.0;
            merged.lines.push_back(cut ? axis.origin + to * axis.step : axis.line(first + cell + 1));
            merged.shares.push_back(to - from);
            merged.other.push_back(next == 0 || next >= cuts.size() ? MergedAxis::outside : next - 1);
            from = to;
        }
        merged.piece_ends.push_back(merged.shares.size());
    }
    return merged;
}

WeightCells::WeightCells(const RasterSource& weights, std::size_t band, const Grid& grid,
                         const Window& window, double factor)
    : m_window(window),
      m_columns(merge_axes(
          {grid.west, grid.cell_width, grid.columns}, window.column, window.columns,
          {weights.info().grid.west, weights.info().grid.cell_width, weights.info().grid.columns})),
      m_rows(merge_axes(
          {grid.north, -grid.cell_height, grid.rows}, window.row, window.rows,
          {weights.info().grid.north, -weights.info().grid.cell_height, weights.info().grid.rows})),
      m_factor(factor) {
    const Window under{m_columns.other_first, m_rows.other_first, m_columns.other_count, m_rows.other_count};
    if (!under.empty()) {
        m_weights.resize(under.cell_count());
        weights.read(band, under, m_weights);
    }
    fill();
}

double WeightCells::weight_at(std::size_t row_piece, std::size_t column_piece) const {
    const auto row = m_rows.other[row_piece];
    const auto column = m_columns.other[column_piece];
    if (row == MergedAxis::outside || column == MergedAxis::outside)
        return std::numeric_limits<double>::quiet_NaN();
    return m_weights[row * m_columns.other_count + column];
}

/// First the pieces above each other, then those beside each other.
void WeightCells::fill_row(std::size_t row, std::vector<double>& sums, std::vector<double>& gaps) {
    const auto across = m_columns.other_count;
    std::ranges::fill(sums, 0.0);
    std::ranges::fill(gaps, 0.0);
    double outside = 0.0;
    for (auto piece = m_rows.first_piece(row); piece < m_rows.piece_ends[row]; ++piece) {
        const double height = m_rows.shares[piece];
        if (m_rows.other[piece] == MergedAxis::outside || across == 0) {
            outside += height;
            continue;
        }
        const double* weights = m_weights.data() + m_rows.other[piece] * across;
        for (std::size_t i = 0; i < across; ++i) {
            const bool known = !std::isnan(weights[i]);
            sums[i] += known ? height * weights[i] : 0.0;
            gaps[i] += known ? 0.0 : height;
        }
    }
    for (std::size_t column = 0; column < m_window.columns; ++column) {
        double amount = 0.0;
        double missing = 0.0;
        for (auto piece = m_columns.first_piece(column); piece < m_columns.piece_ends[column]; ++piece) {
            const auto other = m_columns.other[piece];
            const double width = m_columns.shares[piece];
            if (other == MergedAxis::outside) {
                missing += width;
            } else {
                amount += width * sums[other];
                missing += width * (gaps[other] + outside);
            }
        }
        m_amounts[row * m_window.columns + column] = amount * m_factor;
        m_missing[row * m_window.columns + column] = std::min(missing, 1.0);
    }
}

void WeightCells::fill() {
    m_amounts.resize(m_window.cell_count());
    m_missing.resize(m_window.cell_count());
    std::vector<double> sums(m_columns.other_count);
    std::vector<double> gaps(m_columns.other_count);
    for (std::size_t row = 0; row < m_window.rows; ++row)
        fill_row(row, sums, gaps);
    if (std::ranges::all_of(m_missing, [](double share) { return share == 0.0; })) m_missing.clear();
}

/// Adds the pieces of one line of pieces to the border cells of its row.
void WeightCells::add_row_piece(std::span<const CoverSpan> spans, std::size_t row_piece, double height,
                                std::span<const EdgeCell> cells, std::span<CellWeight> result) const {
    std::size_t span = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        for (auto piece = m_columns.first_piece(cells[i].column);
             piece < m_columns.piece_ends[cells[i].column]; ++piece) {
            while (span < spans.size() && spans[span].column + spans[span].columns <= piece)
                ++span;
            if (span == spans.size()) return;
            if (spans[span].column > piece) continue;
            const double share = spans[span].share * height * m_columns.shares[piece];
            const double weight = weight_at(row_piece, piece);
            if (std::isnan(weight))
                result[i].missing += share;
            else
                result[i].amount += share * weight * m_factor;
        }
    }
}

std::vector<CellWeight> WeightCells::of_edges(const Shape& shape, std::span<const EdgeCell> cells) const {
    std::vector<CellWeight> result(cells.size());
    if (cells.empty()) return result;
    const bool uncut = m_rows.shares.size() == m_window.rows && m_columns.shares.size() == m_window.columns;
    if (uncut) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto cell = cells[i].row * m_window.columns + cells[i].column;
            result[i] = {cells[i].share * amount(cell), cells[i].share * missing(cell)};
        }
        return result;
    }
    const auto coverage = cover(shape, GridLines{m_columns.lines, m_rows.lines}, CoverMethod::exact);
    for (std::size_t begin = 0; begin < cells.size();) {
        auto end = begin;
        while (end < cells.size() && cells[end].row == cells[begin].row)
            ++end;
        const auto row = cells[begin].row;
        for (auto piece = m_rows.first_piece(row); piece < m_rows.piece_ends[row]; ++piece)
            add_row_piece(coverage.row(piece), piece, m_rows.shares[piece], cells.subspan(begin, end - begin),
                          std::span(result).subspan(begin, end - begin));
        begin = end;
    }
    return result;
}

}  // namespace tendik::raster
