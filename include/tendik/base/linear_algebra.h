#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace tendik {

/// The lower triangle L with A = L L' of a symmetric, positive definite matrix A (Cholesky): one factor
/// serves any number of right-hand sides.
class CholeskyFactor {
public:
    /// `matrix`: order x order numbers; only the lower triangle is read. None when it is not positive
    /// definite to working precision.
    static std::optional<CholeskyFactor> of(std::span<const double> matrix, std::size_t order);

    std::size_t order() const noexcept { return m_order; }
    /// Solves L X = B in place. `columns`: a whole number of right-hand sides, one behind another. The bits
    /// of a right-hand side may depend on how many are solved at once. Safe from several threads.
    void solve_lower(std::span<double> columns) const;
    /// Solves A X = B in place.
    void solve(std::span<double> columns) const;
    /// A^-1, order x order.
    std::vector<double> inverse() const;

private:
    std::size_t m_order = 0;
    std::vector<double> m_lower;  // column by column
};

/// Eigenvalues of a symmetric matrix, ascending, and the unit vector of each; the sign of a vector is open.
struct SymmetricEigen {
    std::vector<double> values;
    std::vector<std::vector<double>> vectors;
};
/// `matrix`: order x order finite numbers; only the lower triangle is read.
SymmetricEigen symmetric_eigen(std::span<const double> matrix, std::size_t order);

}  // namespace tendik
