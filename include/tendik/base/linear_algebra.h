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
    static constexpr std::size_t lanes = 8;
    /// Solves L X = B in place for many right-hand sides beside each other: `rows` holds the first number of
    /// each, then the second of each ...; their count is a multiple of `lanes`. Each has the same bits
    /// whatever stands beside it and whatever the processor. Safe from several threads.
    void solve_lower_beside(std::span<double> rows) const;
    /// Solves A X = B in place.
    void solve(std::span<double> columns) const;
    /// A^-1, order x order.
    std::vector<double> inverse() const;

private:
    std::size_t m_order = 0;
    std::vector<double> m_lower;  // column by column
};

/// y = intercept + slope x by least squares.
struct LineFit {
    std::size_t count = 0;
    double intercept = 0.0;
    double slope = 0.0;
    double r_squared = 1.0;            ///< 1 where all y are equal
    std::optional<double> slope_se{};  ///< of three points or more
    std::optional<double> t{};         ///< slope / slope_se; none where the points lie on the line
    std::optional<double> p{};         ///< that the slope is zero: two-sided, Student's t, count - 2 degrees
};

/// None of fewer than two points, or where all x are equal. Both of one length, finite.
std::optional<LineFit> fit_line(std::span<const double> x, std::span<const double> y);

/// Eigenvalues of a symmetric matrix, ascending, and the unit vector of each; the sign of a vector is open.
struct SymmetricEigen {
    std::vector<double> values;
    std::vector<std::vector<double>> vectors;
};
/// `matrix`: order x order finite numbers; only the lower triangle is read.
SymmetricEigen symmetric_eigen(std::span<const double> matrix, std::size_t order);

}  // namespace tendik
