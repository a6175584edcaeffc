#include "tendik/base/linear_algebra.h"

#include "tendik/base/compensated_sum.h"

#include <Eigen/Dense>
#include <unsupported/Eigen/SpecialFunctions>

#include <cassert>
#include <cmath>

namespace tendik {
namespace {

using ConstMatrix = Eigen::Map<const Eigen::MatrixXd>;
using Matrix = Eigen::Map<Eigen::MatrixXd>;

Eigen::Index index_of(std::size_t number) { return static_cast<Eigen::Index>(number); }

Matrix columns_of(std::span<double> columns, std::size_t order) {
    assert(order > 0 && columns.size() % order == 0);
    return {columns.data(), index_of(order), index_of(columns.size() / order)};
}

}  // namespace

std::optional<CholeskyFactor> CholeskyFactor::of(std::span<const double> matrix, std::size_t order) {
    assert(order > 0 && matrix.size() == order * order);
    const ConstMatrix given(matrix.data(), index_of(order), index_of(order));
    // A map of a row-major symmetric matrix holds its upper triangle below: read the rows as columns.
    const Eigen::LLT<Eigen::MatrixXd, Eigen::Lower> factor(given.transpose());
    if (factor.info() != Eigen::Success) return std::nullopt;
    CholeskyFactor result;
    result.m_order = order;
    result.m_lower.assign(order * order, 0.0);
    Matrix lower(result.m_lower.data(), index_of(order), index_of(order));
    lower = factor.matrixL();
    // A pivot of nothing but rounding is no pivot.
    const double largest = lower.diagonal().maxCoeff();
    const double smallest = lower.diagonal().minCoeff();
    if (!(smallest > 1e-7 * largest) || !std::isfinite(largest)) return std::nullopt;
    return result;
}

void CholeskyFactor::solve_lower(std::span<double> columns) const {
    const ConstMatrix lower(m_lower.data(), index_of(m_order), index_of(m_order));
    auto right = columns_of(columns, m_order);
    lower.triangularView<Eigen::Lower>().solveInPlace(right);
}

void CholeskyFactor::solve(std::span<double> columns) const {
    solve_lower(columns);
    const ConstMatrix lower(m_lower.data(), index_of(m_order), index_of(m_order));
    auto right = columns_of(columns, m_order);
    lower.transpose().triangularView<Eigen::Upper>().solveInPlace(right);
}

std::vector<double> CholeskyFactor::inverse() const {
    std::vector<double> result(m_order * m_order, 0.0);
    for (std::size_t i = 0; i < m_order; ++i)
        result[i * m_order + i] = 1.0;
    solve(result);
    return result;
}

std::optional<LineFit> fit_line(std::span<const double> x, std::span<const double> y) {
    assert(x.size() == y.size());
    const auto n = static_cast<double>(x.size());
    if (x.size() < 2) return std::nullopt;
    const auto mean_of = [n](std::span<const double> values) {
        CompensatedSum sum;
        for (const double value : values)
            sum.add(value);
        return sum.value() / n;
    };
    const double mean_x = mean_of(x);
    const double mean_y = mean_of(y);
    CompensatedSum xx;
    CompensatedSum xy;
    CompensatedSum yy;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx.add((x[i] - mean_x) * (x[i] - mean_x));
        xy.add((x[i] - mean_x) * (y[i] - mean_y));
        yy.add((y[i] - mean_y) * (y[i] - mean_y));
    }
    if (!(xx.value() > 0.0)) return std::nullopt;
    LineFit fit;
    fit.count = x.size();
    fit.slope = xy.value() / xx.value();
    fit.intercept = mean_y - fit.slope * mean_x;
    CompensatedSum rest;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double off = y[i] - mean_y - fit.slope * (x[i] - mean_x);
        rest.add(off * off);
    }
    if (yy.value() > 0.0) fit.r_squared = 1.0 - rest.value() / yy.value();
    if (x.size() < 3) return fit;
    const double degrees = n - 2.0;
    fit.slope_se = std::sqrt(rest.value() / degrees / xx.value());
    if (*fit.slope_se > 0.0) {
        fit.t = fit.slope / *fit.slope_se;
        // Abramowitz & Stegun 26.7.1: the tails of Student's t are an incomplete beta function.
        fit.p = Eigen::numext::betainc(0.5 * degrees, 0.5, degrees / (degrees + *fit.t * *fit.t));
    }
    return fit;
}

}  // namespace tendik
