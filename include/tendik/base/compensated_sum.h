#pragma once

#include <cmath>

namespace tendik {

/// Sum with the rounding errors carried along (Neumaier, ZAMM 54:39, 1974), in the order of the calls.
class CompensatedSum {
public:
    void add(double term) noexcept {
        const double next = m_sum + term;
        m_carry += std::abs(m_sum) >= std::abs(term) ? (m_sum - next) + term : (term - next) + m_sum;
        m_sum = next;
    }
    double value() const noexcept { return m_sum + m_carry; }

private:
    double m_sum = 0.0;
    double m_carry = 0.0;
};

}  // namespace tendik
