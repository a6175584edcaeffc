#include "travel_search.h"

#include "tendik/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>

namespace tendik::access {
namespace {

using Cell = std::uint32_t;  // TravelGrid has fewer cells than that

/// A step to a neighbour: where to, and which cells it passes between or over.
struct Move {
    int columns;
    int rows;
    std::array<std::array<int, 2>, 2> beside;  // {columns, rows}
    double HalfSteps::*length;
};

// Straight ones first, then the diagonal ones, then the knight's.
constexpr std::array<Move, 16> moves{{
    {1, 0, {}, &HalfSteps::east},
    {0, 1, {}, &HalfSteps::south},
    {-1, 0, {}, &HalfSteps::east},
    {0, -1, {}, &HalfSteps::south},
    {1, 1, {{{1, 0}, {0, 1}}}, &HalfSteps::diagonal},
    {-1, 1, {{{-1, 0}, {0, 1}}}, &HalfSteps::diagonal},
    {-1, -1, {{{-1, 0}, {0, -1}}}, &HalfSteps::diagonal},
    {1, -1, {{{1, 0}, {0, -1}}}, &HalfSteps::diagonal},
    {2, 1, {{{1, 0}, {1, 1}}}, &HalfSteps::knight_flat},
    {-2, 1, {{{-1, 0}, {-1, 1}}}, &HalfSteps::knight_flat},
    {-2, -1, {{{-1, 0}, {-1, -1}}}, &HalfSteps::knight_flat},
    {2, -1, {{{1, 0}, {1, -1}}}, &HalfSteps::knight_flat},
    {1, 2, {{{0, 1}, {1, 1}}}, &HalfSteps::knight_steep},
    {-1, 2, {{{0, 1}, {-1, 1}}}, &HalfSteps::knight_steep},
    {-1, -2, {{{0, -1}, {-1, -1}}}, &HalfSteps::knight_steep},
    {1, -2, {{{0, -1}, {1, -1}}}, &HalfSteps::knight_steep},
}};

/// Offsets of the moves from a cell; near the seam of a grid round the Earth they lead across it.
struct Offsets {
    std::array<std::ptrdiff_t, 16> target;
    std::array<std::array<std::ptrdiff_t, 2>, 16> beside;
};

class Search {
public:
    Search(TravelGrid& grid, std::size_t jobs)
        : m_grid(grid),
          m_jobs(jobs),
          m_move_count(grid.sixteen ? 16 : 8),
          m_shift(bucket_shift(grid)),
          m_wheel(bucket_count) {
        m_offsets[0] = offsets_by([](int columns) { return static_cast<std::ptrdiff_t>(columns); });
        // The first and the last columns step over the seam.
        if (!grid.round) return;
        for (std::size_t i = 0; i < rim; ++i) {
            m_offsets[1 + i] = offsets_from(i);
            m_offsets[1 + rim + i] = offsets_from(grid.columns - rim + i);
        }
    }

    bool run(const std::vector<std::size_t>& source_cells) {
        TravelLabel first = unreached_label;
        for (const auto cell : source_cells)
            first = std::min(first, m_grid.labels[cell]);
        m_current = first >> m_shift;
        for (const auto cell : source_cells)
            push(static_cast<Cell>(cell), m_grid.labels[cell] >> m_shift);
        while (m_waiting + m_far.size() > 0)
            work_off_bucket();
        return m_cut_off.load(std::memory_order_relaxed);
    }

private:
    static constexpr std::size_t bucket_count = 4096;
    static constexpr std::size_t chunk_cells = 2048;

    struct Push {
        Cell cell;
        std::uint64_t bucket;
    };

    /// Buckets as wide as a cheap step: the lower quartile of steps to the east, from cells spread evenly.
    static unsigned bucket_shift(const TravelGrid& grid) {
        std::vector<double> steps;
        const std::size_t pace = std::max<std::size_t>(1, grid.columns * grid.rows / 10007);
        for (std::size_t i = 0; i < grid.columns * grid.rows; i += pace) {
            const auto row = i / grid.columns;
            const auto cell = grid.cell(i % grid.columns, row);
            if (grid.labels[cell] != barrier_label)
                steps.push_back(2.0 * grid.half_steps[row].east * static_cast<double>(grid.friction[cell]));
        }
        if (steps.empty()) return grid.source_bits;
        const auto quartile = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 4);
        std::nth_element(steps.begin(), quartile, steps.end());
        const double width = std::clamp(*quartile * grid.steps_per_min, 1.0, 0x1p62);
        return grid.source_bits + static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(width))) -
               1;
    }

    /// From a column near the seam.
    Offsets offsets_from(std::size_t column) const {
        return offsets_by([&](int columns) {
            const auto count = static_cast<std::ptrdiff_t>(m_grid.columns);
            const auto from = static_cast<std::ptrdiff_t>(column);
            return (from + columns + 2 * count) % count - from;
        });
    }
    template <typename Across>
    Offsets offsets_by(const Across& across) const {
        Offsets offsets{};
        const auto stride = static_cast<std::ptrdiff_t>(m_grid.stride());
        for (std::size_t i = 0; i < moves.size(); ++i) {
            offsets.target[i] = moves[i].rows * stride + across(moves[i].columns);
            for (std::size_t side = 0; side < 2; ++side)
                offsets.beside[i][side] =
                    moves[i].beside[side][1] * stride + across(moves[i].beside[side][0]);
        }
        return offsets;
    }

    const Offsets& offsets_of(std::size_t column) const {
        if (!m_grid.round) return m_offsets[0];
        if (column < rim) return m_offsets[1 + column];
        const auto from_end = m_grid.columns - column;
        return from_end <= rim ? m_offsets[1 + rim + rim - from_end] : m_offsets[0];
    }

    void push(Cell cell, std::uint64_t bucket) {
        if (bucket - m_current < bucket_count) {
            m_wheel[bucket % bucket_count].push_back(cell);
            ++m_waiting;
        } else {
            m_far.push_back({cell, bucket});
        }
    }

    void work_off_bucket() {
        if (m_waiting == 0) turn_to_far();
        auto& bucket = m_wheel[m_current % bucket_count];
        while (!bucket.empty()) {
            m_front.clear();
            m_front.swap(bucket);
            m_waiting -= m_front.size();
            if (m_jobs != 1 && m_front.size() >= 2 * chunk_cells)
                relax_together();
            else
                relax_alone();
        }
        ++m_current;
        if (m_current % (bucket_count / 2) == 0) bring_near();
    }

    /// No bucket of the wheel holds a cell: goes on at the first that lies beyond it.
    void turn_to_far() {
        m_current = std::ranges::min(m_far, {}, &Push::bucket).bucket;
        bring_near();
    }
    void bring_near() {
        auto far = std::move(m_far);
        m_far.clear();
        for (const auto& waiting : far)
            if (m_grid.labels[waiting.cell] >> m_shift == waiting.bucket) push(waiting.cell, waiting.bucket);
    }

    void relax_alone() {
        for (std::size_t i = 0; i < m_front.size(); ++i) {
            fetch_ahead(i, m_front.size());
            relax<false>(m_front[i], [this](Cell target, std::uint64_t bucket) { push(target, bucket); });
        }
    }
    void relax_together() {
        const auto chunks = (m_front.size() + chunk_cells - 1) / chunk_cells;
        m_pushes.resize(std::max(m_pushes.size(), chunks));
        parallel_for(chunks, m_jobs, [&](std::size_t chunk) {
            auto& pushes = m_pushes[chunk];
            pushes.clear();
            const auto end = std::min(m_front.size(), (chunk + 1) * chunk_cells);
            for (std::size_t i = chunk * chunk_cells; i < end; ++i) {
                fetch_ahead(i, end);
                relax<true>(m_front[i], [&](Cell target, std::uint64_t bucket) {
                    pushes.push_back({target, bucket});
                });
            }
        });
        for (std::size_t chunk = 0; chunk < chunks; ++chunk)
            for (const auto& one : m_pushes[chunk])
                push(one.cell, one.bucket);
    }

    /// Cells of a front lie far apart: what one of the next needs is asked of the memory beforehand.
    void fetch_ahead(std::size_t index, std::size_t end) const {
        constexpr std::size_t distance = 8;
        if (index + distance >= end) return;
        const auto cell = m_front[index + distance];
        const auto stride = m_grid.stride();
        for (const auto row : {cell - stride, std::size_t{cell}, cell + stride}) {
            __builtin_prefetch(&m_grid.labels[row]);
            __builtin_prefetch(&m_grid.friction[row]);
        }
    }

    template <bool together>
    TravelLabel load(std::size_t cell) const {
        if constexpr (together)
            return std::atomic_ref(m_grid.labels[cell]).load(std::memory_order_relaxed);
        else
            return m_grid.labels[cell];
    }
    /// The label before, when the new one is smaller and has replaced it; else the new one.
    template <bool together>
    TravelLabel lower(std::size_t cell, TravelLabel label) {
        if constexpr (together) {
            const std::atomic_ref target(m_grid.labels[cell]);
            auto before = target.load(std::memory_order_relaxed);
            while (label < before)
                if (target.compare_exchange_weak(before, label, std::memory_order_relaxed)) return before;
            return label;
        } else {
            const auto before = m_grid.labels[cell];
            if (label >= before) return label;
            m_grid.labels[cell] = label;
            return before;
        }
    }

    /// Whether barriers bar the move: a diagonal between two of them, a knight's move over one.
    template <bool together>
    bool barred(std::size_t cell, std::size_t move, const Offsets& offsets) const {
        if (move < 4) return false;
        const auto is_barrier = [&](std::size_t side) {
            return load<together>(cell + static_cast<std::size_t>(offsets.beside[move][side])) ==
                   barrier_label;
        };
        if (move < 8) return !m_grid.pass_corners && is_barrier(0) && is_barrier(1);
        return is_barrier(0) || is_barrier(1);
    }

    template <bool together, typename PushTo>
    void relax(Cell cell, const PushTo& push_to) {
        const auto label = load<together>(cell);
        if (label >> m_shift != m_current) return;  // worked off in an earlier bucket
        const auto padded_row = cell / static_cast<Cell>(m_grid.stride());
        const auto row = padded_row - rim;
        const auto column = cell - padded_row * m_grid.stride() - rim;
        const auto& offsets = offsets_of(column);
        const auto friction = static_cast<double>(m_grid.friction[cell]);
        for (std::size_t move = 0; move < m_move_count; ++move) {
            const auto target = cell + static_cast<std::size_t>(offsets.target[move]);
            const auto before = load<together>(target);
            if (before <= label) continue;  // a barrier, or nearer already
            const auto up = moves[move].rows < 0 ? static_cast<std::size_t>(-moves[move].rows) : 0;
            const double half_step = m_grid.half_steps[row - up].*moves[move].length;
            const double steps =
                half_step * (friction + static_cast<double>(m_grid.friction[target])) * m_grid.steps_per_min;
            const auto next = later(label, steps);
            if (next >= before || barred<together>(cell, move, offsets)) continue;
            if (next > m_grid.limit) {
                m_cut_off.store(true, std::memory_order_relaxed);
                continue;
            }
            const auto replaced = lower<together>(target, next);
            const auto bucket = next >> m_shift;
            // In a bucket to come the cell waits already; in this one it may have been worked off.
            if (replaced > next && (replaced >> m_shift != bucket || bucket == m_current))
                push_to(static_cast<Cell>(target), bucket);
        }
    }

    /// A label so many steps later, or one beyond the limit.
    TravelLabel later(TravelLabel label, double steps) const {
        if (!(steps < 0x1p63)) return unreached_label - 1;
        const double half_up = steps + 0.5;  // what lround gives here, without a call for every move
        const auto whole = static_cast<std::uint64_t>(half_up);
        const auto room = (unreached_label - 1 - label) >> m_grid.source_bits;
        return whole > room ? unreached_label - 1 : label + (whole << m_grid.source_bits);
    }

    TravelGrid& m_grid;
    std::size_t m_jobs;
    std::size_t m_move_count;
    unsigned m_shift;
    std::array<Offsets, 1 + 2 * rim> m_offsets{};
    std::vector<std::vector<Cell>> m_wheel;  // bucket b waits in place b % bucket_count
    std::vector<Push> m_far;                 // beyond the wheel
    std::vector<Cell> m_front;
    std::vector<std::vector<Push>> m_pushes;
    std::uint64_t m_current = 0;
    std::size_t m_waiting = 0;  // cells in the wheel
    std::atomic<bool> m_cut_off = false;
};

}  // namespace

bool spread(TravelGrid& grid, const std::vector<std::size_t>& source_cells, std::size_t jobs) {
    return Search(grid, jobs).run(source_cells);
}

}  // namespace tendik::access
