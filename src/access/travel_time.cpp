#include "tendik/access/travel_time.h"

#include "tendik/base/error.h"
#include "tendik/base/parallel.h"
#include "tendik/geom/geodesic.h"
#include "travel_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cassert>
#include <cmath>

namespace tendik {

std::string_view to_text(TravelState state) {
    switch (state) {
    case TravelState::reached:
        return "reached";
    case TravelState::unreached:
        return "unreached";
    case TravelState::barrier:
        return "barrier";
    case TravelState::no_data:
        return "no_data";
    }
    return "no_data";
}

namespace access {
namespace {

// In the labels of TravelTimes, after the search.
constexpr TravelLabel no_data_label = unreached_label - 1;

/// Distances on the ground between cells of a grid.
class Ground {
public:
    explicit Ground(const RasterInfo& info)
        : m_grid(info.grid),
          m_geographic(geom::is_geographic(info.crs)),
          m_unit_m(m_geographic ? 0.0 : geom::metres_per_unit(info.crs)) {
        const auto box = m_grid.box();
        if (m_geographic && (m_grid.centre(0, 0).y > 90.0 || m_grid.centre(0, m_grid.rows - 1).y < -90.0))
            throw InputError(fmt::format("'{}' reaches from latitude {} to {}, beyond a pole", info.source,
                                         box.min_y, box.max_y),
                             "check the geotransform of the raster");
    }

    double metres(const Point& from, const Point& to) const {
        if (m_geographic) return geom::geodesic_distance_m(from, to);
        return std::hypot(to.x - from.x, to.y - from.y) * m_unit_m;
    }
    /// Between the centres of two cells; the cells need not lie in the grid.
    double step_m(std::size_t row, std::size_t columns, std::size_t rows) const {
        return metres(m_grid.centre(0, row), m_grid.centre(columns, row + rows));
    }
    bool geographic() const { return m_geographic; }
    /// Whether the last column touches the first.
    bool round() const {
        const double width_deg = static_cast<double>(m_grid.columns) * m_grid.cell_width;
        return m_geographic && m_grid.columns >= 2 * rim &&
               std::abs(width_deg - 360.0) < 0.01 * m_grid.cell_width;
    }

private:
    const Grid& m_grid;
    bool m_geographic;
    double m_unit_m;
};

std::vector<HalfSteps> half_steps(const Grid& grid, const Ground& ground) {
    std::vector<HalfSteps> steps(grid.rows);
    for (std::size_t row = 0; row < grid.rows; ++row) {
        steps[row].east = ground.step_m(row, 1, 0) / 2.0;
        if (row + 1 < grid.rows) {
            steps[row].south = ground.step_m(row, 0, 1) / 2.0;
            steps[row].diagonal = ground.step_m(row, 1, 1) / 2.0;
            steps[row].knight_flat = ground.step_m(row, 2, 1) / 2.0;
        }
        if (row + 2 < grid.rows) steps[row].knight_steep = ground.step_m(row, 1, 2) / 2.0;
    }
    return steps;
}

void check(const RasterInfo& info, const std::vector<TravelSource>& sources, const TravelOptions& options) {
    if (!(options.max_min > 0.0))
        throw UsageError(fmt::format("the maximum is {} minutes, expected more than 0", options.max_min));
    if (!(options.move_source_m >= 0.0 && std::isfinite(options.move_source_m)))
        throw UsageError(
            fmt::format("sources may be moved by {} m, expected 0 or more", options.move_source_m));
    if (!info.crs.known())
        throw InputError(fmt::format("'{}' has no coordinate reference system", info.source),
                         "assign one, for example with gdal_edit.py -a_srs EPSG:4326");
    if (sources.empty()) throw InputError("there is no source to travel to", "give at least one point");
    const auto cells = (info.grid.columns + 2 * rim) * (info.grid.rows + 2 * rim);
    if (info.grid.columns == 0 || info.grid.rows == 0)
        throw InputError(fmt::format("'{}' has no cell", info.source));
    const auto bytes = cells * (sizeof(TravelLabel) + sizeof(float));
    if (cells > std::numeric_limits<std::uint32_t>::max())
        throw InputError(fmt::format("'{}' has {} cells, more than 2^32", info.source, cells),
                         "cut the raster or make its cells larger");
    if (options.max_memory_bytes > 0 && bytes > options.max_memory_bytes)
        throw InputError(fmt::format("travel time over '{}' needs {} MB, and {} MB are allowed", info.source,
                                     (bytes + 999'999) / 1'000'000, options.max_memory_bytes / 1'000'000),
                         "allow more with --max-memory, cut the raster or make its cells larger");
}

/// Friction into the padded grid. Returns how many cells are passable and how many of them above 1 min/m.
struct FrictionCount {
    std::size_t passable = 0;
    std::size_t steep = 0;
};
FrictionCount read_friction(TravelGrid& grid, const RasterSource& friction, std::size_t band,
                            const TravelOptions& options, Progress& progress) {
    const auto& info = friction.info();
    const auto band_rows = std::max<std::size_t>(1, info.block_rows);
    const auto parts = (grid.rows + band_rows - 1) / band_rows;
    std::vector<FrictionCount> counts(parts);
    progress.begin("reading friction", parts);
    parallel_for(parts, options.jobs, [&](std::size_t part) {
        const auto first = part * band_rows;
        const Window window{0, first, grid.columns, std::min(band_rows, grid.rows - first)};
        std::vector<double> values(window.cell_count());
        friction.read(band, window, values);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto column = i % grid.columns;
            const auto row = first + i / grid.columns;
            if (values[i] < 0.0 && values[i] != options.barrier)
                throw InputError(fmt::format("friction is {} in column {}, row {} of '{}', expected minutes "
                                             "per metre of 0 or more",
                                             values[i], column + 1, row + 1, info.source),
                                 "declare the value as no data, or as a barrier");
            const auto cell = grid.cell(column, row);
            grid.friction[cell] = static_cast<float>(values[i]);
            const bool barrier = !std::isfinite(grid.friction[cell]) || values[i] == options.barrier;
            grid.labels[cell] = barrier ? barrier_label : unreached_label;
            if (barrier) continue;
            ++counts[part].passable;
            if (values[i] > 1.0) ++counts[part].steep;
        }
        progress.advance(1);
    });
    FrictionCount all;
    for (const auto& count : counts) {
        all.passable += count.passable;
        all.steep += count.steep;
    }
    return all;
}

/// Puts sources into cells.
class Placer {
public:
    Placer(const RasterInfo& info, const TravelGrid& grid, const Ground& ground, double move_m)
        : m_info(info),
          m_grid(grid),
          m_ground(ground),
          m_move_m(move_m) {}

    /// One cell a source.
    std::vector<std::size_t> place(const std::vector<TravelSource>& sources, Findings& findings) const {
        std::vector<std::size_t> cells;
        std::vector<std::string> outside;
        std::vector<std::string> stuck;
        for (const auto& source : sources) {
            const auto found = cell_of(source.place);
            if (!found) {
                outside.push_back(fmt::format("'{}' ({}, {})", source.id, source.place.x, source.place.y));
                continue;
            }
            const auto [column, row] = *found;
            cells.push_back(m_grid.cell(column, row));
            if (m_grid.labels[cells.back()] != barrier_label) continue;
            const auto near = nearest_passable(source.place, column, row);
            if (!near) {
                stuck.push_back(fmt::format("'{}' ({}, {})", source.id, source.place.x, source.place.y));
                continue;
            }
            cells.back() = near->cell;
            findings.add(Severity::warning, "source-moved", fmt::format("source '{}'", source.id),
                         fmt::format("lies on a barrier and was moved {:.0f} m to the nearest passable cell",
                                     near->metres));
        }
        refuse(outside, "outside the raster", "leave them out or take a raster that holds them");
        refuse(stuck, fmt::format("on a barrier, and no passable cell centre is within {} m", m_move_m),
               "allow a longer way with --move-sources, or correct their coordinates");
        return cells;
    }

private:
    struct Near {
        std::size_t cell;
        double metres;
    };

    void refuse(const std::vector<std::string>& names, const std::string& where,
                const std::string& hint) const {
        if (names.empty()) return;
        throw InputError(
            fmt::format("{} of the sources lie{} {} ('{}'): {}", names.size(), names.size() == 1 ? "s" : "",
                        where, m_info.source, fmt::join(names, ", ")),
            hint);
    }

    /// Column and row; longitudes that differ by a whole turn are the same.
    std::optional<std::pair<std::size_t, std::size_t>> cell_of(const Point& place) const {
        const auto& grid = m_info.grid;
        double column = (place.x - grid.west) / grid.cell_width;
        const double row = (grid.north - place.y) / grid.cell_height;
        const auto columns = static_cast<double>(grid.columns);
        const double turn = 360.0 / grid.cell_width;
        if (m_ground.geographic() && column < 0.0) column += turn;
        if (m_ground.geographic() && column > columns) column -= turn;
        if (!(column >= 0.0 && column <= columns && row >= 0.0 && row <= static_cast<double>(grid.rows)))
            return std::nullopt;
        // A point on the outer edge belongs to the last cell.
        return std::pair{std::min(static_cast<std::size_t>(column), grid.columns - 1),
                         std::min(static_cast<std::size_t>(row), grid.rows - 1)};
    }

    /// Smallest distance from the place to a cell centre; of equal ones the first in reading order.
    std::optional<Near> nearest_passable(const Point& place, std::size_t column, std::size_t row) const {
        const auto& grid = m_info.grid;
        const auto reach = [&](double step_m) {
            const double cells = std::ceil(m_move_m / step_m) + 1.0;
            return static_cast<std::size_t>(std::min(cells, 1e9));
        };
        const auto rows = reach(2.0 * m_grid.half_steps[row].east * grid.cell_height / grid.cell_width *
                                (m_ground.geographic() ? 0.99 : 1.0));
        std::optional<Near> best;
        const auto last_row = std::min(grid.rows - 1, row + rows);
        for (auto r = row > rows ? row - rows : 0; r <= last_row; ++r) {
            const auto columns = reach(2.0 * m_grid.half_steps[r].east);
            const auto last_column = std::min(grid.columns - 1, column + columns);
            for (auto c = column > columns ? column - columns : 0; c <= last_column; ++c) {
                const auto cell = m_grid.cell(c, r);
                if (m_grid.labels[cell] == barrier_label) continue;
                const double metres = m_ground.metres(place, grid.centre(c, r));
                if (metres <= m_move_m && (!best || metres < best->metres)) best = Near{cell, metres};
            }
        }
        return best;
    }

    const RasterInfo& m_info;
    const TravelGrid& m_grid;
    const Ground& m_ground;
    double m_move_m;
};

/// The first source of a cell counts; the others are told.
std::vector<std::size_t> start(TravelGrid& grid, const std::vector<std::size_t>& cells,
                               const std::vector<TravelSource>& sources, Findings& findings) {
    std::vector<std::size_t> distinct;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        auto& label = grid.labels[cells[i]];
        if (label == unreached_label) {
            label = i + 1;
            distinct.push_back(cells[i]);
        } else {
            findings.add(Severity::note, "sources-share-cell", fmt::format("source '{}'", sources[i].id),
                         fmt::format("shares its cell with source '{}', which stands for both",
                                     sources[label - 1].id));
        }
    }
    return distinct;
}

/// Barriers for want of data get a label of their own.
void mark_no_data(TravelGrid& grid) {
    for (std::size_t cell = 0; cell < grid.labels.size(); ++cell)
        if (grid.labels[cell] == barrier_label && std::isnan(grid.friction[cell]))
            grid.labels[cell] = no_data_label;
}

TravelGrid make_grid(const RasterInfo& info, const Ground& ground, std::size_t source_count,
                     const TravelOptions& options) {
    TravelGrid grid;
    grid.columns = info.grid.columns;
    grid.rows = info.grid.rows;
    grid.round = ground.round();
    grid.sixteen = options.moves == TravelMoves::sixteen;
    grid.pass_corners = options.pass_corners;
    grid.source_bits = static_cast<unsigned>(std::bit_width(source_count));
    grid.steps_per_min = std::ldexp(1.0, 42 - static_cast<int>(grid.source_bits));
    const auto longest = std::min(options.max_min, longest_min);
    const auto most_steps = static_cast<std::uint64_t>(longest * grid.steps_per_min);
    grid.limit = (most_steps << grid.source_bits) | ((TravelLabel{1} << grid.source_bits) - 1);
    const auto cells = grid.stride() * (grid.rows + 2 * rim);
    grid.friction.assign(cells, std::numeric_limits<float>::infinity());
    grid.labels.assign(cells, barrier_label);
    grid.half_steps = half_steps(info.grid, ground);
    return grid;
}

RasterInfo info_of_times(const RasterInfo& friction) {
    auto info = friction;
    info.bands = {"minutes", "source", "state"};
    info.units = {"min", "", ""};
    return info;
}

}  // namespace

TravelTimes travel_times(const RasterSource& friction, std::size_t band,
                         const std::vector<TravelSource>& sources, const TravelOptions& options,
                         Progress& progress, Findings& findings) {
    const auto& info = friction.info();
    check(info, sources, options);
    const Ground ground(info);
    auto grid = make_grid(info, ground, sources.size(), options);
    const auto count = read_friction(grid, friction, band, options, progress);
    if (2 * count.steep > count.passable)
        findings.add(
            Severity::warning, "friction-unit", info.source,
            fmt::format("{} of {} passable cells cost more than 1 minute a metre; friction is read as "
                        "minutes per metre",
                        count.steep, count.passable));
    const auto cells = Placer(info, grid, ground, options.move_source_m).place(sources, findings);
    const auto starts = start(grid, cells, sources, findings);
    progress.begin("spreading travel time", 0);
    if (spread(grid, starts, options.jobs) && !(options.max_min <= longest_min))
        throw InputError(
            fmt::format("a way over '{}' takes longer than {} minutes", info.source, longest_min),
            "check that friction is in minutes per metre, or set --max");
    mark_no_data(grid);
    std::vector<std::string> ids;
    for (const auto& source : sources)
        ids.push_back(source.id);
    return {info_of_times(info), std::move(grid.labels), grid.source_bits, 1.0 / grid.steps_per_min,
            std::move(ids)};
}

TravelTimes::TravelTimes(RasterInfo info, std::vector<std::uint64_t> labels, unsigned source_bits,
                         double minutes_per_step, std::vector<std::string> sources)
    : m_info(std::move(info)),
      m_labels(std::move(labels)),
      m_source_bits(source_bits),
      m_minutes_per_step(minutes_per_step),
      m_sources(std::move(sources)) {
    assert(m_labels.size() == (m_info.grid.columns + 2 * rim) * (m_info.grid.rows + 2 * rim));
}

std::uint64_t TravelTimes::label(std::size_t column, std::size_t row) const {
    assert(column < m_info.grid.columns && row < m_info.grid.rows);
    return m_labels[(row + rim) * (m_info.grid.columns + 2 * rim) + column + rim];
}

TravelState TravelTimes::state(std::size_t column, std::size_t row) const {
    switch (label(column, row)) {
    case barrier_label:
        return TravelState::barrier;
    case unreached_label:
        return TravelState::unreached;
    case no_data_label:
        return TravelState::no_data;
    default:
        return TravelState::reached;
    }
}

float TravelTimes::minutes(std::size_t column, std::size_t row) const {
    if (state(column, row) != TravelState::reached) return std::numeric_limits<float>::quiet_NaN();
    return static_cast<float>(static_cast<double>(label(column, row) >> m_source_bits) * m_minutes_per_step);
}

std::size_t TravelTimes::source(std::size_t column, std::size_t row) const {
    if (state(column, row) != TravelState::reached) return m_sources.size();
    return (label(column, row) & ((std::uint64_t{1} << m_source_bits) - 1)) - 1;
}

void TravelTimes::read(std::size_t band, const Window& window, std::span<double> values) const {
    assert(band < m_info.bands.size() && values.size() == window.cell_count());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto column = window.column + i % window.columns;
        const auto row = window.row + i / window.columns;
        const bool reached = state(column, row) == TravelState::reached;
        if (band == 0)
            values[i] = static_cast<double>(minutes(column, row));
        else if (band == 1)
            values[i] = reached ? static_cast<double>(source(column, row) + 1)
                                : std::numeric_limits<double>::quiet_NaN();
        else
            values[i] = static_cast<double>(state(column, row));
    }
}

std::vector<TravelSource> to_crs(std::vector<TravelSource> sources, const Crs& from, const Crs& to) {
    const geom::Transform transform(from, to);
    for (auto& source : sources)
        while_doing(fmt::format("placing source '{}'", source.id),
                    [&] { source.place = transform(source.place); });
    return sources;
}

}  // namespace access
}  // namespace tendik
