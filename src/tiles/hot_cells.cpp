#include "hot_cells.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace tendik::tiles {
namespace {

std::uint64_t block_key(std::int64_t column, std::int64_t row) {
    return (static_cast<std::uint64_t>(column) << 32U) ^ (static_cast<std::uint64_t>(row) & 0xFFFFFFFFU);
}

/// Liang and Barsky (1984): whether the segment meets the unit cell around `centre`.
bool passes(const Point& from, const Point& to, const GridPoint& centre) {
    double enter = 0.0;
    double leave = 1.0;
    const auto cut = [&enter, &leave](double start, double step, double low, double high) {
        if (step == 0.0) return start >= low && start <= high;
        const auto a = (low - start) / step;
        const auto b = (high - start) / step;
        enter = std::max(enter, std::min(a, b));
        leave = std::min(leave, std::max(a, b));
        return enter <= leave;
    };
    const auto x = static_cast<double>(centre.x);
    const auto y = static_cast<double>(centre.y);
    return cut(from.x, to.x - from.x, x - 0.5, x + 0.5) && cut(from.y, to.y - from.y, y - 0.5, y + 0.5);
}

}  // namespace

GridPoint cell_of(const Point& point) {
    return {static_cast<std::int64_t>(std::floor(point.x + 0.5)),
            static_cast<std::int64_t>(std::floor(point.y + 0.5))};
}

HotCells::HotCells(std::vector<GridPoint> cells) : m_cells(std::move(cells)) {
    std::ranges::sort(m_cells);
    const auto repeated = std::ranges::unique(m_cells);
    m_cells.erase(repeated.begin(), repeated.end());
    const auto box = box_of(m_cells);
    const auto side =
        static_cast<double>(std::max<std::int64_t>({box.max_x - box.min_x, box.max_y - box.min_y, 1}));
    const auto wanted = side / std::sqrt(static_cast<double>(m_cells.size()) + 1.0);
    while (m_block_bits < 30 && std::ldexp(1.0, m_block_bits) < wanted)
        ++m_block_bits;
    std::ranges::sort(m_cells, {}, [this](const GridPoint& cell) {
        return std::tuple{block_of(cell), cell};
    });
    for (std::uint32_t begin = 0; begin < m_cells.size();) {
        auto end = begin;
        while (end < m_cells.size() && block_of(m_cells[end]) == block_of(m_cells[begin]))
            ++end;
        const auto [column, row] = block_of(m_cells[begin]);
        m_blocks.emplace(block_key(column, row), std::pair{begin, end});
        begin = end;
    }
}

std::pair<std::int64_t, std::int64_t> HotCells::block_of(const GridPoint& cell) const {
    return {cell.x >> m_block_bits, cell.y >> m_block_bits};
}

void HotCells::add_passed(const Point& from, const Point& to, GridLine& line) const {
    const auto low = block_of(cell_of({std::min(from.x, to.x), std::min(from.y, to.y)}));
    const auto high = block_of(cell_of({std::max(from.x, to.x), std::max(from.y, to.y)}));
    std::vector<std::pair<double, GridPoint>> passed;
    for (auto column = low.first; column <= high.first; ++column) {
        for (auto row = low.second; row <= high.second; ++row) {
            const auto block = m_blocks.find(block_key(column, row));
            if (block == m_blocks.end()) continue;
            for (auto i = block->second.first; i < block->second.second; ++i) {
                const auto& cell = m_cells[i];
                if (!passes(from, to, cell)) continue;
                // A straight line passes cells in the order of their centres along it.
                const auto along = (static_cast<double>(cell.x) - from.x) * (to.x - from.x) +
                                   (static_cast<double>(cell.y) - from.y) * (to.y - from.y);
                passed.emplace_back(along, cell);
            }
        }
    }
    std::ranges::sort(passed);
    for (const auto& [along, cell] : passed) {
        if (line.empty() || line.back() != cell) line.push_back(cell);
    }
}

GridLine HotCells::snap(const std::vector<Point>& line) const {
    GridLine snapped;
    if (!line.empty()) snapped.push_back(cell_of(line.front()));
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        add_passed(line[i], line[i + 1], snapped);
        if (const auto end = cell_of(line[i + 1]); snapped.back() != end) snapped.push_back(end);
    }
    return snapped;
}

}  // namespace tendik::tiles
