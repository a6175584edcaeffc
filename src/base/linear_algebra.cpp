#include "tendik/base/linear_algebra.h"

#include <Eigen/Dense>

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
