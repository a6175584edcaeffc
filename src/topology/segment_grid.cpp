#include "segment_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace tendik::topology {
namespace {

/// Sign of the turn a -> b -> c, positive to the left. Extended precision: a wrong zero would only undo a
/// simplification, a wrong sign could let arcs cross.
int turn(const Point& a, const Point& b, const Point& c) {
    using Long = long double;
    const auto left = (Long{b.x} - Long{a.x}) * (Long{c.y} - Long{a.y});
    const auto right = (Long{b.y} - Long{a.y}) * (Long{c.x} - Long{a.x});
    if (left == right) return 0;
    return left > right ? 1 : -1;
}

bool between(const Point& end_1, const Point& end_2, const Point& point) {
    return std::min(end_1.x, end_2.x) <= point.x && point.x <= std::max(end_1.x, end_2.x) &&
           std::min(end_1.y, end_2.y) <= point.y && point.y <= std::max(end_1.y, end_2.y);
}

bool on_segment(const Segment& segment, const Point& point) {
    return turn(segment.from, segment.to, point) == 0 && between(segment.from, segment.to, point);
}

/// For segments that share the end `common`: they overlap when one's other end lies on the other.
bool overlap_beyond(const Segment& a, const Segment& b, const Point& common) {
    const auto& end_a = a.from == common ? a.to : a.from;
    const auto& end_b = b.from == common ? b.to : b.from;
    return on_segment(a, end_b) || on_segment(b, end_a);
}

}  // namespace

Box box_of(const Segment& segment) {
    Box box;
    box.extend(segment.from);
    box.extend(segment.to);
    return box;
}

bool conflict(const Segment& a, const Segment& b) {
    if (a.from == b.from || a.from == b.to) return overlap_beyond(a, b, a.from);
    if (a.to == b.from || a.to == b.to) return overlap_beyond(a, b, a.to);
    if (!box_of(a).intersects(box_of(b))) return false;
    const auto from_b = turn(a.from, a.to, b.from);
    const auto to_b = turn(a.from, a.to, b.to);
    const auto from_a = turn(b.from, b.to, a.from);
    const auto to_a = turn(b.from, b.to, a.to);
    if (from_b * to_b < 0 && from_a * to_a < 0) return true;
    return on_segment(a, b.from) || on_segment(a, b.to) || on_segment(b, a.from) || on_segment(b, a.to);
}

SegmentGrid::SegmentGrid(const std::vector<Segment>& segments) : m_segments(segments) {
    for (const auto& segment : segments)
        m_box.extend(box_of(segment));
    if (segments.empty()) return;
    const auto width = m_box.max_x - m_box.min_x;
    const auto height = m_box.max_y - m_box.min_y;
    const auto cells_a_side = std::clamp(std::sqrt(static_cast<double>(segments.size())), 1.0, 2048.0);
    const auto size = std::max(width, height) / cells_a_side;
    if (size > 0.0) m_cell_size = size;
    m_columns = static_cast<std::size_t>(width / m_cell_size) + 1;
    m_rows = static_cast<std::size_t>(height / m_cell_size) + 1;

    std::vector<std::size_t> count(m_columns * m_rows + 1, 0);
    for (const auto& segment : segments)
        visit_cells(segment, [&count](std::size_t cell) { ++count[cell + 1]; });
    std::partial_sum(count.begin(), count.end(), count.begin());
    m_first = count;
    m_numbers.resize(m_first.back());
    for (std::uint32_t i = 0; i < segments.size(); ++i) {
        visit_cells(segments[i], [this, &count, i](std::size_t cell) { m_numbers[count[cell]++] = i; });
    }
}

std::size_t SegmentGrid::place(double offset, std::size_t count) const {
    const auto cell = std::floor(offset / m_cell_size);
    if (!(cell > 0.0)) return 0;
    return cell < static_cast<double>(count) ? static_cast<std::size_t>(cell) : count - 1;
}

template <typename Visit>
void SegmentGrid::visit_cells(const Segment& segment, Visit&& visit) const {
    const auto box = box_of(segment);
    const auto last_row = row_of(box.max_y);
    const auto height = box.max_y - box.min_y;
    for (auto row = row_of(box.min_y); row <= last_row; ++row) {
        auto min_x = box.min_x;
        auto max_x = box.max_x;
        if (height > m_cell_size) {
            // Only the part inside the row, a hundredth of a cell wider against rounding.
            const auto& low = segment.from.y < segment.to.y ? segment.from : segment.to;
            const auto& high = segment.from.y < segment.to.y ? segment.to : segment.from;
            const auto bottom = m_box.min_y + (static_cast<double>(row) - 0.01) * m_cell_size;
            const auto share = [&](double y) { return std::clamp((y - low.y) / height, 0.0, 1.0); };
            const auto x_1 = low.x + (high.x - low.x) * share(bottom);
            const auto x_2 = low.x + (high.x - low.x) * share(bottom + 1.02 * m_cell_size);
            min_x = std::min(x_1, x_2) - 0.01 * m_cell_size;
            max_x = std::max(x_1, x_2) + 0.01 * m_cell_size;
        }
        for (auto column = column_of(min_x); column <= column_of(max_x); ++column)
            visit(row * m_columns + column);
    }
}

}  // namespace tendik::topology
