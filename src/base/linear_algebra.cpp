#include "tendik/base/linear_algebra.h"

#include "tendik/base/compensated_sum.h"

#include <Eigen/Dense>
#include <unsupported/Eigen/SpecialFunctions>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace tendik {
namespace {

using ConstMatrix = Eigen::Map<const Eigen::MatrixXd>;
using Matrix = Eigen::Map<Eigen::MatrixXd>;

Eigen::Index index_of(std::size_t number) { return static_cast<Eigen::Index>(number); }

Matrix columns_of(std::span<double> columns, std::size_t order) {
    assert(order > 0 && columns.size() % order == 0);
    return {columns.data(), index_of(order), index_of(columns.size() / order)};
}

constexpr std::size_t lanes = CholeskyFactor::lanes;
constexpr std::size_t tile_rows = 4;
/// Right-hand sides beside each other; the compiler makes of it what the processor has.
using Lanes [[gnu::vector_size(sizeof(double) * lanes), gnu::aligned(alignof(double))]] = double;

/// Rows of L and of the right-hand sides, which are solved where they stand.
struct Rows {
    const double* lower;  ///< column by column
    std::size_t order;
    double* right;
    std::size_t width;

    Lanes& at(std::size_t row, std::size_t lane) const {
        return *reinterpret_cast<Lanes*>(right + row * width + lane);
    }
};

/// Takes what is known off rows `first` ..., then solves these few against each other. Every right-hand side
/// sees the same operations in the same order, whatever stands beside it.
template <std::size_t height>
[[gnu::always_inline]] inline void solve_tile(const Rows& rows, std::size_t first) {
    for (std::size_t lane = 0; lane < rows.width; lane += lanes) {
        Lanes sums[height];
        for (std::size_t i = 0; i < height; ++i)
            sums[i] = rows.at(first + i, lane);
        for (std::size_t j = 0; j < first; ++j) {
            const Lanes known = rows.at(j, lane);
            const double* column = rows.lower + j * rows.order + first;
            for (std::size_t i = 0; i < height; ++i)
                sums[i] -= column[i] * known;
        }
        for (std::size_t i = 0; i < height; ++i) {
            const double* column = rows.lower + (first + i) * rows.order + first;
            sums[i] /= column[i];
            for (std::size_t k = i + 1; k < height; ++k)
                sums[k] -= column[k] * sums[i];
            rows.at(first + i, lane) = sums[i];
        }
    }
}

[[gnu::always_inline]] inline void solve_all(const Rows& rows) {
    std::size_t row = 0;
    for (; row + tile_rows <= rows.order; row += tile_rows)
        solve_tile<tile_rows>(rows, row);
    for (; row < rows.order; ++row)
        solve_tile<1>(rows, row);
}

// Nothing is fused (-ffp-contract=off), so that the same bits come of all three.
#ifdef __x86_64__
[[gnu::target("avx512f")]] void solve_by_eight(const Rows& rows) { solve_all(rows); }
[[gnu::target("avx2")]] void solve_by_four(const Rows& rows) { solve_all(rows); }
#endif
void solve_by_any(const Rows& rows) { solve_all(rows); }

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

void CholeskyFactor::solve_lower_beside(std::span<double> rows) const {
    assert(rows.size() % (m_order * lanes) == 0);
    const Rows all{m_lower.data(), m_order, rows.data(), rows.size() / m_order};
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f")) return solve_by_eight(all);
    if (__builtin_cpu_supports("avx2")) return solve_by_four(all);
#endif
    solve_by_any(all);
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
    CompensatedSum squares;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double off = y[i] - mean_y - fit.slope * (x[i] - mean_x);
        squares.add(off * off);
    }
    // What values on the line are off by through rounding is no scatter.
    double largest = 0.0;
    for (const double value : y)
        largest = std::max(largest, std::abs(value));
    const double rounding = 4.0 * std::numeric_limits<double>::epsilon() * largest;
    const double rest = squares.value() > n * rounding * rounding ? squares.value() : 0.0;
    if (yy.value() > 0.0) fit.r_squared = 1.0 - rest / yy.value();
    if (x.size() < 3) return fit;
    const double degrees = n - 2.0;
    fit.slope_se = std::sqrt(rest / degrees / xx.value());
    if (*fit.slope_se > 0.0) {
        fit.t = fit.slope / *fit.slope_se;
        // Abramowitz & Stegun 26.7.1: the tails of Student's t are an incomplete beta function.
        fit.p = Eigen::numext::betainc(0.5 * degrees, 0.5, degrees / (degrees + *fit.t * *fit.t));
    }
    return fit;
}

SymmetricEigen symmetric_eigen(std::span<const double> matrix, std::size_t order) {
    assert(order > 0 && matrix.size() == order * order);
    const ConstMatrix given(matrix.data(), index_of(order), index_of(order));
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(given.transpose());
    SymmetricEigen result;
    for (Eigen::Index i = 0; i < index_of(order); ++i) {
        result.values.push_back(solver.eigenvalues()(i));
        auto& vector = result.vectors.emplace_back(order);
        for (std::size_t k = 0; k < order; ++k)
            vector[k] = solver.eigenvectors()(index_of(k), i);
    }
    return result;
}

}  // namespace tendik
