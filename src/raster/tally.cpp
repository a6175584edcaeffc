#include "tendik/raster/tally.h"

#include "region_part.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tendik::raster {
namespace {

constexpr std::size_t lanes = 8;

/// Sums of a run of whole cells. Lanes of their own let the compiler work on several cells at once; they are
/// added up in a fixed order.
struct RunSums {
    double count = 0.0;
    double sum = 0.0;
    double min = std::numeric_limits<double>::infinity();
    double max = -std::numeric_limits<double>::infinity();
};

RunSums sum_run(const double* values, std::size_t count) {
    std::array<double, lanes> counts{};
    std::array<double, lanes> sums{};
    std::array<double, lanes> lows{};
    std::array<double, lanes> highs{};
    lows.fill(std::numeric_limits<double>::infinity());
    highs.fill(-std::numeric_limits<double>::infinity());
    std::size_t i = 0;
    const auto add = [&](std::size_t lane, double value) {
        const bool known = value == value;
        counts[lane] += known ? 1.0 : 0.0;
        sums[lane] += known ? value : 0.0;
        lows[lane] = value < lows[lane] ? value : lows[lane];
        highs[lane] = value > highs[lane] ? value : highs[lane];
    };
    for (; i + lanes <= count; i += lanes)
        for (std::size_t lane = 0; lane < lanes; ++lane)
            add(lane, values[i + lane]);
    for (; i < count; ++i)
        add(i % lanes, values[i]);
    RunSums result;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        result.count += counts[lane];
        result.sum += sums[lane];
        result.min = std::min(result.min, lows[lane]);
        result.max = std::max(result.max, highs[lane]);
    }
    return result;
}

/// Sum of the squares of the distances from a mean.
double squares_of_run(const double* values, std::size_t count, double mean) {
    std::array<double, lanes> sums{};
    const auto add = [&](std::size_t lane, double value) {
        const double apart = value - mean;
        sums[lane] += value == value ? apart * apart : 0.0;
    };
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes)
        for (std::size_t lane = 0; lane < lanes; ++lane)
            add(lane, values[i + lane]);
    for (; i < count; ++i)
        add(i % lanes, values[i]);
    double sum = 0.0;
    for (const double lane : sums)
        sum += lane;
    return sum;
}

/// Goes over the cells of one part in one band.
class PartTally {
public:
    PartTally(std::span<const double> values, const Window& window, const RegionPart& part)
        : m_values(values),
          m_window(window),
          m_part(part) {}

    void add_values(Tally& tally, bool deviations) const {
        CompensatedSum count;
        CompensatedSum sum;
        for (const auto& run : m_part.runs) {
            const auto sums = sum_run(cells_of(run), run.columns);
            count.add(sums.count);
            sum.add(sums.sum);
            tally.covered.add(run.columns);
            if (sums.min < tally.min || sums.max > tally.max) add_extremes(run, sums, tally);
        }
        for (const auto& edge : m_part.edges) {
            const double value = m_values[offset_of(edge)];
            tally.covered.add(edge.share);
            if (std::isnan(value)) continue;
            count.add(edge.share);
            sum.add(edge.share * value);
            const auto place = place_of(edge.row, edge.column);
            tally.add_extremes(value, place, value, place);
        }
        const double squares = deviations ? squares_about(sum.value() / count.value()) : 0.0;
        tally.moments.add(count.value(), sum.value(), squares);
    }

    void add_area(Tally& tally, const WindowAreas& areas) const {
        const bool by_row = areas.of_cells_km2.empty();
        for (const auto& run : m_part.runs) {
            if (by_row)
                tally.area_km2.add(sum_run(cells_of(run), run.columns).count * areas.of_rows_km2[run.row]);
            else
                add_area_of_cells(tally, run, areas.of_cells_km2);
        }
        for (const auto& edge : m_part.edges)
            if (!std::isnan(m_values[offset_of(edge)]))
                tally.area_km2.add(edge.share * (by_row ? areas.of_rows_km2[edge.row]
                                                        : areas.of_cells_km2[offset_of(edge)]));
    }

    void add_weight(WeightTally& tally, const PartWeights& weights, const TallyNeeds& needs) const;
    void add_distribution(Distribution& distribution, std::span<const PartWeights> weights) const;

private:
    const double* cells_of(const WholeRun& run) const {
        return m_values.data() + static_cast<std::size_t>(run.row) * m_window.columns + run.column;
    }
    std::size_t offset_of(const EdgeCell& edge) const {
        return static_cast<std::size_t>(edge.row) * m_window.columns + edge.column;
    }
    CellPlace place_of(std::size_t row, std::size_t column) const {
        return {m_window.row + row, m_window.column + column};
    }

    void add_area_of_cells(Tally& tally, const WholeRun& run, std::span<const double> areas_km2) const {
        const auto first = static_cast<std::size_t>(run.row) * m_window.columns + run.column;
        for (auto i = first; i < first + run.columns; ++i)
            if (!std::isnan(m_values[i])) tally.area_km2.add(areas_km2[i]);
    }

    void add_extremes(const WholeRun& run, const RunSums& sums, Tally& tally) const {
        const double* cells = cells_of(run);
        const auto first = [&](double wanted) {
            const auto found = std::find(cells, cells + run.columns, wanted) - cells;
            return place_of(run.row, run.column + static_cast<std::size_t>(found));
        };
        tally.add_extremes(sums.min, first(sums.min), sums.max, first(sums.max));
    }

    double squares_about(double mean) const {
        CompensatedSum squares;
        for (const auto& run : m_part.runs)
            squares.add(squares_of_run(cells_of(run), run.columns, mean));
        for (const auto& edge : m_part.edges) {
            const double value = m_values[offset_of(edge)];
            if (!std::isnan(value)) squares.add(edge.share * (value - mean) * (value - mean));
        }
        return squares.value();
    }

    /// Calls visit(value, share, amount, missing) for every cell.
    template <class Visit>
    void visit_weighted(const PartWeights& weights, const Visit& visit) const {
        for (const auto& run : m_part.runs) {
            const auto begin = static_cast<std::size_t>(run.row) * m_window.columns + run.column;
            for (auto cell = begin; cell < begin + run.columns; ++cell)
                visit(m_values[cell], 1.0, weights.cells->amount(cell), weights.cells->missing(cell));
        }
        for (std::size_t i = 0; i < m_part.edges.size(); ++i)
            visit(m_values[offset_of(m_part.edges[i])], m_part.edges[i].share, weights.edges[i].amount,
                  weights.edges[i].missing);
    }

    std::span<const double> m_values;
    const Window& m_window;
    const RegionPart& m_part;
};

void PartTally::add_weight(WeightTally& tally, const PartWeights& weights, const TallyNeeds& needs) const {
    tally.above.resize(needs.thresholds.size());
    CompensatedSum weight;
    CompensatedSum product;
    visit_weighted(weights, [&](double value, double share, double amount, double missing) {
        tally.all.add(amount);
        tally.smallest = std::min(tally.smallest, amount);
        if (missing < share) tally.largest = std::max(tally.largest, amount / (share - missing));
        if (std::isnan(value)) {
            tally.without_value.add(amount);
            return;
        }
        weight.add(amount);
        product.add(amount * value);
        for (std::size_t i = 0; i < needs.thresholds.size() && value > needs.thresholds[i]; ++i)
            tally.above[i].add(amount);
        if (missing == 0.0) return;
        tally.without_weight.add(missing);
        tally.lowest_unweighted = std::min(tally.lowest_unweighted, value);
        tally.highest_unweighted = std::max(tally.highest_unweighted, value);
    });
    CompensatedSum squares;
    if (needs.deviations && weight.value() != 0.0) {
        const double mean = product.value() / weight.value();
        visit_weighted(weights, [&](double value, double, double amount, double) {
            if (!std::isnan(value)) squares.add(amount * (value - mean) * (value - mean));
        });
    }
    tally.moments.add(weight.value(), product.value(), squares.value());
}

void PartTally::add_distribution(Distribution& distribution, std::span<const PartWeights> weights) const {
    if (weights.empty()) {
        for (const auto& run : m_part.runs)
            distribution.add_whole({cells_of(run), run.columns});
    } else {
        std::vector<double> shares(1 + weights.size(), 1.0);
        for (const auto& run : m_part.runs) {
            const auto begin = static_cast<std::size_t>(run.row) * m_window.columns + run.column;
            for (auto cell = begin; cell < begin + run.columns; ++cell) {
                if (std::isnan(m_values[cell])) continue;
                for (std::size_t i = 0; i < weights.size(); ++i)
                    shares[1 + i] = weights[i].cells->amount(cell);
                distribution.add(m_values[cell], shares);
            }
        }
    }
    std::vector<double> shares(1 + weights.size());
    for (std::size_t e = 0; e < m_part.edges.size(); ++e) {
        const double value = m_values[offset_of(m_part.edges[e])];
        if (std::isnan(value)) continue;
        shares[0] = m_part.edges[e].share;
        for (std::size_t i = 0; i < weights.size(); ++i)
            shares[1 + i] = weights[i].edges[e].amount;
        distribution.add(value, shares);
    }
}

}  // namespace

void Moments::add(double part_weight, double part_product, double part_deviations) {
    if (part_weight != 0.0) {
        const double before = weight.value();
        const double mean = part_product / part_weight;
        const double apart = mean - mean_so_far;
        const double together = before + part_weight;
        if (before == 0.0) {
            deviations = part_deviations;
            mean_so_far = mean;
        } else if (together != 0.0) {
            deviations += part_deviations + apart * apart * (before * part_weight / together);
            mean_so_far += apart * (part_weight / together);
        }
    }
    weight.add(part_weight);
    product.add(part_product);
}

void Moments::merge(const Moments& other) {
    add(other.weight.value(), other.product.value(), other.deviations);
}

void Tally::add_extremes(double low, const CellPlace& low_place, double high, const CellPlace& high_place) {
    if (low < min || (low == min && low_place < min_place)) {
        min = low;
        min_place = low_place;
    }
    if (high > max || (high == max && high_place < max_place)) {
        max = high;
        max_place = high_place;
    }
}

void Tally::merge(const Tally& other) {
    moments.merge(other.moments);
    covered.add(other.covered.value());
    area_km2.add(other.area_km2.value());
    add_extremes(other.min, other.min_place, other.max, other.max_place);
    if (weights.size() < other.weights.size()) weights.resize(other.weights.size());
    for (std::size_t i = 0; i < other.weights.size(); ++i) {
        auto& mine = weights[i];
        const auto& theirs = other.weights[i];
        mine.moments.merge(theirs.moments);
        mine.without_weight.add(theirs.without_weight.value());
        mine.without_value.add(theirs.without_value.value());
        mine.all.add(theirs.all.value());
        if (mine.above.size() < theirs.above.size()) mine.above.resize(theirs.above.size());
        for (std::size_t j = 0; j < theirs.above.size(); ++j)
            mine.above[j].add(theirs.above[j].value());
        mine.largest = std::max(mine.largest, theirs.largest);
        mine.smallest = std::min(mine.smallest, theirs.smallest);
        mine.lowest_unweighted = std::min(mine.lowest_unweighted, theirs.lowest_unweighted);
        mine.highest_unweighted = std::max(mine.highest_unweighted, theirs.highest_unweighted);
    }
    if (other.distribution.variety() == 0) return;
    if (distribution.measures() != other.distribution.measures())
        distribution = Distribution(other.distribution.measures());
    distribution.merge(other.distribution);
}

RegionPart part_in(const Coverage& coverage, const Window& window) {
    RegionPart part;
    const auto end = window.column + window.columns;
    const auto last_row = std::min(coverage.end_row(), window.row + window.rows);
    for (auto row = std::max(coverage.first_row(), window.row); row < last_row; ++row) {
        const auto spans = coverage.row(row);
        const auto first = std::ranges::partition_point(
            spans, [&](const CoverSpan& span) { return span.column + span.columns <= window.column; });
        const auto window_row = static_cast<std::uint32_t>(row - window.row);
        for (auto span = first; span != spans.end() && span->column < end; ++span) {
            const auto from = std::max<std::size_t>(span->column, window.column);
            const auto to = std::min<std::size_t>(span->column + span->columns, end);
            const auto column = static_cast<std::uint32_t>(from - window.column);
            if (span->share == 1.0)
                part.runs.push_back({window_row, column, static_cast<std::uint32_t>(to - from)});
            else
                part.edges.push_back({window_row, column, span->share});
        }
    }
    return part;
}

Tally tally_part(std::span<const double> values, const Window& window, const RegionPart& part,
                 std::span<const PartWeights> weights, const TallyNeeds& needs, const WindowAreas& areas) {
    Tally tally;
    const PartTally cells(values, window, part);
    cells.add_values(tally, needs.deviations);
    if (needs.area) cells.add_area(tally, areas);
    for (const auto& weight : weights)
        cells.add_weight(tally.weights.emplace_back(), weight, needs);
    if (needs.distribution) {
        tally.distribution = Distribution(1 + weights.size());
        cells.add_distribution(tally.distribution, weights);
    }
    return tally;
}

}  // namespace tendik::raster
