#include "kriging.h"

#include "model_shape.h"
#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tendik::surface {
namespace {

double dot(std::span<const double> a, std::span<const double> b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

[[noreturn]] void throw_unsolvable(const Stations& stations, const VariogramModel& model) {
    throw InputError(
        fmt::format("'{}': the kriging equations of a {} variogram with nugget {:.6g}, sill {:.6g} and range "
                    "{:.6g} m are singular",
                    stations.source, to_text(model.shape), model.nugget, model.partial_sill, model.range_m),
        "stations stand too near to each other for so smooth a model: take another, or state the error of "
        "measurement");
}

double error_variance(const Stations& stations) {
    double sum = 0.0;
    for (const auto& station : stations.stations)
        sum += station.error_sd * station.error_sd;
    return sum / static_cast<double>(stations.stations.size());
}

void summarise(LeaveOneOut& left_out) {
    const auto count = static_cast<double>(left_out.stations.size());
    double squares = 0.0, z = 0.0, z_squares = 0.0;
    for (const auto& station : left_out.stations) {
        const double error = station.value - station.predicted;
        left_out.mean_error += error / count;
        squares += error * error;
        z += station.z.value_or(0.0);
        z_squares += station.z.value_or(0.0) * station.z.value_or(0.0);
    }
    left_out.rmse = std::sqrt(squares / count);
    left_out.mean_z = z / count;
    left_out.mean_square_z = z_squares / count;
}

}  // namespace

Kriging::Kriging(const Stations& stations, const VariogramModel& model)
    : m_metric(stations.crs),
      m_model(model) {
    const auto& all = stations.stations;
    const std::size_t count = all.size();
    m_variance = model.partial_sill + std::max(0.0, model.nugget - error_variance(stations));
    for (const auto& station : all)
        m_places.add(m_metric.locate(station.place));
    std::vector<double> matrix(count * count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::span row(&matrix[i * count], count);
        m_metric.distances_m(m_places[i], m_places, 0, row);
        covariances(row);
        row[i] = m_variance + all[i].error_sd * all[i].error_sd;
    }
    const auto factor = CholeskyFactor::of(matrix, count);
    if (!factor) throw_unsolvable(stations, model);
    m_factor = *factor;
    m_ones.assign(count, 1.0);
    m_factor.solve_lower(m_ones);
    m_ones_square = dot(m_ones, m_ones);
    for (const auto& station : all)
        m_duals.push_back(station.value);
    auto lower = m_duals;
    m_factor.solve_lower(lower);
    m_mean = dot(m_ones, lower) / m_ones_square;
    for (auto& value : m_duals)
        value -= m_mean;
    m_factor.solve(m_duals);
}

void Kriging::covariances(std::span<double> distances_m) const {
    // The shape is asked for once, so that each loop is a plain one.
    const auto fill = [&](VariogramShape shape, double smoothness) {
        for (auto& distance : distances_m)
            distance = distance == 0.0 ? m_variance
                                       : m_model.partial_sill *
                                             correlation(shape, smoothness, distance / m_model.range_m);
    };
    switch (m_model.shape) {
    case VariogramShape::spherical:
        return fill(VariogramShape::spherical, 0.5);
    case VariogramShape::exponential:
        return fill(VariogramShape::exponential, 0.5);
    case VariogramShape::gaussian:
        return fill(VariogramShape::gaussian, 0.5);
    case VariogramShape::matern:
        return fill(VariogramShape::matern, m_model.smoothness);
    }
}

/// Places lie beside each other and stations below each other: every loop goes over places.
void Kriging::predict(const LocatedList& places, std::size_t first, std::span<double> values,
                      std::span<double> errors) const {
    const std::size_t count = values.size();
    const std::size_t width =
        (count + CholeskyFactor::lanes - 1) / CholeskyFactor::lanes * CholeskyFactor::lanes;
    std::vector<double> rows(m_places.size() * width);
    const auto row_of = [&](std::size_t station) { return std::span(&rows[station * width], count); };
    std::ranges::fill(values, 0.0);
    for (std::size_t station = 0; station < m_places.size(); ++station) {
        const auto row = row_of(station);
        m_metric.distances_m(m_places[station], places, first, row);
        covariances(row);
        for (std::size_t i = 0; i < count; ++i)
            values[i] += row[i] * m_duals[station];
    }
    m_factor.solve_lower_beside(rows);
    std::vector<double> weights(count);
    std::vector<double> squares(count);
    for (std::size_t station = 0; station < m_places.size(); ++station) {
        const auto row = row_of(station);
        for (std::size_t i = 0; i < count; ++i) {
            weights[i] += row[i] * m_ones[station];
            squares[i] += row[i] * row[i];
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        values[i] += m_mean;
        const double rest = 1.0 - weights[i];
        const double variance = m_variance - squares[i] + rest * rest / m_ones_square;
        // What is left of rounding at a station without error is no standard error.
        errors[i] = variance > 1e-12 * m_variance ? std::sqrt(variance) : 0.0;
    }
}

/// Without computing anything again: with Q = K^-1 - K^-1 1 1' K^-1 / (1' K^-1 1), what station i is missed
/// by is (Q z)_i / Q_ii, and its variance 1 / Q_ii (Dubrule 1983, Mathematical Geology 15:687).
LeaveOneOut Kriging::leave_one_out(const Stations& stations) const {
    const std::size_t count = m_places.size();
    const auto inverse = m_factor.inverse();
    std::vector<double> sums(count, 1.0);
    m_factor.solve(sums);
    LeaveOneOut result;
    for (std::size_t i = 0; i < count; ++i) {
        const double diagonal = inverse[i * count + i] - sums[i] * sums[i] / m_ones_square;
        const double error = m_duals[i] / diagonal;
        const double error_sd = std::sqrt(1.0 / diagonal);
        const auto& station = stations.stations[i];
        result.stations.push_back(
            {station.name, station.value, station.value - error, error_sd, error / error_sd});
    }
    summarise(result);
    return result;
}

}  // namespace tendik::surface
