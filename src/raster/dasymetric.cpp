#include "tendik/raster/dasymetric.h"

#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"
#include "tendik/base/linear_algebra.h"
#include "tendik/base/parallel.h"
#include "tendik/base/text.h"
#include "tendik/raster/coverage.h"
#include "tendik/raster/place_regions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace tendik::raster {
namespace {

constexpr double kept_to = 1e-9;      // of every total
constexpr double longest_step = 2.0;  // of a logarithm: a factor of 7
constexpr int most_steps = 200;

struct SettledPeople {
    std::size_t cell = 0;
    std::size_t region = 0;
    double people = 0.0;
};

/// All that the steps below share.
struct Filling {
    const Boundaries& boundaries;
    const Column& totals;
    const Grid& grid;
    const DasymetricOptions& options;
    std::vector<PlacedRegion> placed;
    std::vector<Coverage> coverage;    ///< empty for regions without a total
    std::vector<std::size_t> used;     ///< regions with a total
    std::vector<FilledRegion> report;  ///< of all regions
    std::vector<SettledPeople> settled;
    std::vector<double> people;  ///< W of each cell
    Findings& findings;
};

template <typename Work>
void for_each_cell(const Coverage& coverage, const Grid& grid, const Work& work) {
    for (auto row = coverage.first_row(); row < coverage.end_row(); ++row)
        for (const auto& span : coverage.row(row))
            for (std::uint32_t i = 0; i < span.columns; ++i)
                work(row * grid.columns + span.column + i, span.share);
}

void refuse_bad_grid(const Grid& grid, std::size_t max_cells) {
    if (grid.columns == 0 || grid.rows == 0)
        throw InputError(
            fmt::format("the grid has {} x {} cells: there is nothing to fill", grid.columns, grid.rows),
            "give it a box and a cell size smaller than the box");
    if (grid.columns > max_cells / grid.rows)
        throw InputError(fmt::format("the grid has {} x {} cells, more than the {} that fit", grid.columns,
                                     grid.rows, max_cells),
                         "take larger cells or a smaller box");
}

void choose_regions(Filling& filling) {
    for (std::size_t i = 0; i < filling.totals.size(); ++i) {
        const auto& region = filling.boundaries.regions[i];
        const auto& total = filling.totals[i];
        filling.report.push_back({region.key, total});
        if (!total.present()) {
            filling.findings.add(Severity::warning, "no-total", region.key,
                                 fmt::format("region '{}' has no total ({}): its cells stay empty",
                                             region.key, to_text(total.state)));
            continue;
        }
        if (total.number < 0.0 || !std::isfinite(total.number))
            throw InputError(fmt::format("the total of region '{}' is {}", region.key, total.number),
                             "people are counted from 0 up");
        filling.used.push_back(i);
    }
    if (filling.used.empty())
        throw InputError("no region has a total: there is nobody to place", "was the right column named?");
}

void cover_regions(Filling& filling) {
    filling.coverage.resize(filling.placed.size());
    parallel_for(filling.used.size(), filling.options.jobs, [&](std::size_t k) {
        const auto i = filling.used[k];
        const auto& placed = filling.placed[i];
        filling.coverage[i] = cover(placed.shape, filling.grid);
        const double share = cell_count(filling.coverage[i]) / placed.surface_cells;
        if (share > 1.0 - 1e-9) return;
        throw InputError(fmt::format("only {:.4g} % of region '{}' lies on the grid", 100.0 * share,
                                     filling.boundaries.regions[i].key),
                         "its people cannot be placed on a part of it: widen the grid");
    });
}

std::string called(const Settlement& settlement) {
    return settlement.where.empty() ? fmt::format("settlement '{}'", settlement.name)
                                    : fmt::format("settlement '{}' ({})", settlement.name, settlement.where);
}

void refuse_bad(const Settlement& settlement, bool degrees) {
    const auto [x, y] = settlement.place;
    if (!std::isfinite(x) || !std::isfinite(y) || (degrees && (std::abs(y) > 90.0 || std::abs(x) > 360.0)))
        throw InputError(fmt::format("{} lies at {}, {}: no such place", called(settlement), x, y),
                         "longitudes run from -180 to 180, latitudes from -90 to 90");
    if (!(settlement.people >= 0.0) || !std::isfinite(settlement.people))
        throw InputError(fmt::format("{} has {} people", called(settlement), settlement.people),
                         "people are counted from 0 up");
}

/// Settlements in the CRS of the grid.
Settlements place(const Settlements& settlements, const Crs& crs) {
    if (!settlements.crs.known())
        throw InputError(
            fmt::format("the settlements of '{}' have no coordinate reference system", settlements.source),
            "name it, for example EPSG:4326");
    const bool degrees = geom::is_geographic(settlements.crs);
    auto placed = settlements;
    for (const auto& settlement : placed.settlements)
        refuse_bad(settlement, degrees);
    if (geom::same_crs(settlements.crs, crs)) return placed;
    const geom::Transform transform(settlements.crs, crs);
    for (auto& settlement : placed.settlements)
        settlement.place = while_doing(fmt::format("placing {}", called(settlement)),
                                       [&] { return transform(settlement.place); });
    return placed;
}

void add_settlements(Filling& filling, const Settlements& settlements) {
    std::vector<Box> boxes;
    for (const auto& placed : filling.placed)
        boxes.push_back(box_of(placed.shape));
    for (const auto& settlement : settlements.settlements) {
        const auto& at = settlement.place;
        const auto home = std::ranges::find_if(filling.used, [&](std::size_t i) {
            return at.x >= boxes[i].min_x && at.x <= boxes[i].max_x && at.y >= boxes[i].min_y &&
                   at.y <= boxes[i].max_y && contains(filling.placed[i].shape, at);
        });
        if (home == filling.used.end()) {
            filling.findings.add(
                Severity::note, "settlement-off-regions", settlement.where,
                fmt::format("{} lies in no region with a total and is left out", called(settlement)));
            continue;
        }
        ++filling.report[*home].settlements;
        filling.report[*home].settlement_people += settlement.people;
        const auto& grid = filling.grid;
        const auto column = static_cast<std::size_t>((at.x - grid.west) / grid.cell_width);
        const auto row = static_cast<std::size_t>((grid.north - at.y) / grid.cell_height);
        const auto cell = std::min(row, grid.rows - 1) * grid.columns + std::min(column, grid.columns - 1);
        filling.settled.push_back({cell, *home, settlement.people});
    }
}

/// How many of a region's people live all over it, where that is told.
double told_evenly(const Filling& filling, std::size_t region) {
    const auto& value = filling.options.evenly[region];
    if (value.state == State::not_applicable) return 0.0;  // a city without a rural population
    const auto& report = filling.report[region];
    if (!value.present())
        throw InputError(fmt::format("how many people of region '{}' live spread evenly is not known ({})",
                                     report.key, to_text(value.state)),
                         "give a number, or 0 where all live in settlements");
    if (!(value.number >= 0.0) || value.number > report.total.number)
        throw InputError(fmt::format("{} people of region '{}' live spread evenly, of a total of {}",
                                     shortest(value.number), report.key, shortest(report.total.number)),
                         "a part lies between 0 and the total: are both figures of one year?");
    return value.number;
}

void choose_even_of_remainder(Filling& filling, FilledRegion& report) {
    const double total = report.total.number;
    report.even_people = std::max(0.0, total - report.settlement_people);
    if (report.settlement_people > total)
        filling.findings.add(Severity::warning, "settlements-exceed-total", report.key,
                             fmt::format("the settlements of region '{}' hold {} people, its total "
                                         "is {}: they are scaled down",
                                         report.key, shortest(report.settlement_people), shortest(total)));
}

/// Which regions get people all over, and how many, before the factor.
void choose_even(Filling& filling) {
    const bool told = !filling.options.evenly.empty();
    std::vector<std::string> without;
    for (const auto i : filling.used) {
        auto& report = filling.report[i];
        const double total = report.total.number;
        if (told) report.even_people = told_evenly(filling, i);
        if (report.settlement_people <= 0.0 && total > report.even_people) {
            if (told || filling.options.remainder == Remainder::settlements) without.push_back(report.key);
            report.even_people = total;
        } else if (!told && filling.options.remainder == Remainder::even) {
            choose_even_of_remainder(filling, report);
        }
    }
    if (without.empty()) return;
    if (!filling.options.spread_where_none)
        throw InputError(fmt::format("no settlement with people lies in: {}", join_text(without, ", ")),
                         "add one for each, or have such regions filled evenly (--spread-where-none)");
    for (const auto& key : without)
        filling.findings.add(Severity::warning, "spread-evenly", key,
                             fmt::format("region '{}' has no settlement: its people are spread evenly", key));
}

/// Where it is told how many live all over, the settlements hold all others.
void put_settled(Filling& filling) {
    for (const auto& [cell, region, people] : filling.settled) {
        const auto& report = filling.report[region];
        const double scale = filling.options.evenly.empty() || report.settlement_people <= 0.0
                                 ? 1.0
                                 : (report.total.number - report.even_people) / report.settlement_people;
        filling.people[cell] += people * scale;
    }
}

void add_even(Filling& filling) {
    for (const auto i : filling.used) {
        const double even = filling.report[i].even_people;
        if (even <= 0.0) continue;
        const double on_cell = even / cell_count(filling.coverage[i]);
        for_each_cell(filling.coverage[i], filling.grid,
                      [&](std::size_t cell, double share) { filling.people[cell] += on_cell * share; });
    }
}

struct Share {
    std::size_t cell = 0;
    std::size_t region = 0;  ///< place in `used`
    double share = 0.0;
};

/// How the sums of regions move with the logarithms of factors: M[r][s] = sum over cells of a_r P a_s.
std::vector<double> slopes(const Filling& filling, const std::vector<double>& cells) {
    const auto count = filling.used.size();
    std::vector<CompensatedSum> sums(count * count);
    std::vector<Share> shared;
    for (std::size_t r = 0; r < count; ++r)
        for_each_cell(filling.coverage[filling.used[r]], filling.grid, [&](std::size_t cell, double share) {
            if (filling.people[cell] == 0.0) return;
            sums[r * count + r].add(share * share * cells[cell]);
            if (share < 1.0) shared.push_back({cell, r, share});
        });
    std::ranges::stable_sort(shared, {}, &Share::cell);
    for (auto first = shared.begin(); first != shared.end();) {
        const auto last =
            std::find_if(first, shared.end(), [&](const Share& s) { return s.cell != first->cell; });
        for (auto a = first; a != last; ++a)
            for (auto b = first; b != last; ++b)
                if (a != b) sums[a->region * count + b->region].add(a->share * b->share * cells[a->cell]);
        first = last;
    }
    std::vector<double> matrix;
    for (const auto& sum : sums)
        matrix.push_back(sum.value());
    return matrix;
}

[[noreturn]] void throw_too_coarse(const std::string& key, double total, double sum) {
    throw InputError(
        fmt::format("the cells are too coarse for region '{}': its total is {}, and the cells that "
                    "it shares with its neighbours leave it {:.6g}",
                    key, shortest(total), sum),
        "take smaller cells");
}

/// A region with a total of 0 empties the cells that it shares, and needs no factor.
void empty_cells_of_none(Filling& filling) {
    for (const auto i : filling.used)
        if (filling.report[i].total.number == 0.0)
            for_each_cell(filling.coverage[i], filling.grid,
                          [&](std::size_t cell, double) { filling.people[cell] = 0.0; });
}

/// W times the product over regions of f^a, by logarithms; NaN off all regions.
std::vector<double> fill_cells(const Filling& filling, const std::vector<double>& log_factors) {
    std::vector<double> cells(filling.people.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t r = 0; r < log_factors.size(); ++r)
        for_each_cell(filling.coverage[filling.used[r]], filling.grid, [&](std::size_t cell, double share) {
            const double part = share * log_factors[r];
            cells[cell] = std::isnan(cells[cell]) ? part : cells[cell] + part;
        });
    for (std::size_t cell = 0; cell < cells.size(); ++cell)
        if (!std::isnan(cells[cell]))
            cells[cell] = filling.people[cell] == 0.0 ? 0.0 : filling.people[cell] * std::exp(cells[cell]);
    return cells;
}

std::vector<double> sums_of_regions(const Filling& filling, const std::vector<double>& cells) {
    std::vector<double> sums;
    for (const auto i : filling.used) {
        CompensatedSum sum;
        for_each_cell(filling.coverage[i], filling.grid,
                      [&](std::size_t cell, double share) { sum.add(share * cells[cell]); });
        sums.push_back(sum.value());
    }
    return sums;
}

/// The largest miss, as a share of the total, and whose it is.
std::pair<double, std::size_t> worst_miss(const Filling& filling, const std::vector<double>& sums) {
    std::pair<double, std::size_t> worst{0.0, 0};
    for (std::size_t r = 0; r < sums.size(); ++r) {
        const double total = filling.report[filling.used[r]].total.number;
        if (total > 0.0) worst = std::max(worst, {std::abs(sums[r] / total - 1.0), r});
    }
    return worst;
}

/// Newton's step of the logarithms; none where cells cannot tell regions apart.
std::optional<std::vector<double>> step_of(const Filling& filling, const std::vector<double>& cells,
                                           const std::vector<double>& sums) {
    const auto count = sums.size();
    auto matrix = slopes(filling, cells);
    std::vector<double> step;
    std::vector<double> scale;
    for (std::size_t r = 0; r < count; ++r) {
        const double total = filling.report[filling.used[r]].total.number;
        if (total == 0.0) matrix[r * count + r] = 1.0;
        step.push_back(total - sums[r]);
        // Scaled to a diagonal of 1, so that a village beside a city is no rounding error.
        scale.push_back(1.0 / std::sqrt(matrix[r * count + r]));
        if (!std::isfinite(scale.back())) return std::nullopt;
    }
    for (std::size_t r = 0; r < count; ++r)
        for (std::size_t s = 0; s < count; ++s)
            matrix[r * count + s] *= scale[r] * scale[s];
    const auto solver = CholeskyFactor::of(matrix, count);
    if (!solver) return std::nullopt;
    for (std::size_t r = 0; r < count; ++r)
        step[r] *= scale[r];
    solver->solve(step);
    for (std::size_t r = 0; r < count; ++r)
        step[r] = std::clamp(step[r] * scale[r], -longest_step, longest_step);
    return step;
}

/// The factors that give every region its total: the surface nearest to the placed people (by Kullback and
/// Leibler) of all with these totals. The problem is convex, and Newton's steps end at its only answer.
std::vector<double> solve_cells(Filling& filling) {
    std::vector<double> log_factors(filling.used.size(), 0.0);
    auto cells = fill_cells(filling, log_factors);
    auto sums = sums_of_regions(filling, cells);
    for (std::size_t r = 0; r < sums.size(); ++r) {
        const double total = filling.report[filling.used[r]].total.number;
        if (total > 0.0 && sums[r] > 0.0) log_factors[r] = std::log(total / sums[r]);
    }
    for (int i = 0; i < most_steps; ++i) {
        cells = fill_cells(filling, log_factors);
        sums = sums_of_regions(filling, cells);
        if (worst_miss(filling, sums).first < 1e-13) break;
        const auto step = step_of(filling, cells, sums);
        if (!step) break;
        for (std::size_t r = 0; r < sums.size(); ++r)
            log_factors[r] += (*step)[r];
    }
    const auto [miss, r] = worst_miss(filling, sums);
    const auto& worst = filling.report[filling.used[r]];
    if (!(miss <= kept_to)) throw_too_coarse(worst.key, worst.total.number, sums[r]);
    for (std::size_t k = 0; k < log_factors.size(); ++k) {
        auto& report = filling.report[filling.used[k]];
        report.factor = report.total.number == 0.0 ? 0.0 : std::exp(log_factors[k]);
    }
    return cells;
}

}  // namespace

PeopleSurface spread_people(const Boundaries& boundaries, const Column& totals, const std::string& name,
                            const Settlements& settlements, const Grid& grid, const Crs& crs,
                            const DasymetricOptions& options, Findings& findings) {
    refuse_bad_grid(grid, options.max_cells);
    if (totals.size() != boundaries.regions.size())
        throw InputError(fmt::format("{} totals for {} regions", totals.size(), boundaries.regions.size()));
    if (!options.evenly.empty() && options.evenly.size() != totals.size())
        throw InputError(fmt::format("{} totals, and {} of people who live spread evenly", totals.size(),
                                     options.evenly.size()));
    Filling filling{boundaries, totals, grid, options, {}, {}, {}, {}, {}, {}, findings};
    choose_regions(filling);
    RasterInfo info;
    info.source = settlements.source;
    info.grid = grid;
    info.crs = crs;
    filling.placed = place_regions(boundaries, info, options.jobs, findings);
    cover_regions(filling);
    filling.people.assign(grid.columns * grid.rows, 0.0);
    add_settlements(filling, place(settlements, crs));
    choose_even(filling);
    put_settled(filling);
    add_even(filling);
    empty_cells_of_none(filling);
    auto cells = solve_cells(filling);
    return {
        MemoryRaster(settlements.source, grid, crs, {{name + "_modelled", options.unit, std::move(cells)}}),
        std::move(filling.report)};
}

}  // namespace tendik::raster

namespace tendik {

std::string_view to_text(Remainder remainder) {
    return remainder == Remainder::even ? "even" : "settlements";
}

}  // namespace tendik
