#pragma once

#include "tendik/base/compensated_sum.h"
#include "tendik/model/value.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace tendik::index {

/// Parallel to the regions; NaN where there is no number.
using Numbers = std::vector<double>;

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
inline bool known(double number) { return !std::isnan(number); }

inline Numbers numbers_of(const Column& column) {
    Numbers numbers;
    for (const auto& value : column)
        numbers.push_back(value.present() ? value.number : no_number);
    return numbers;
}

inline std::vector<double> known_numbers(const Numbers& numbers) {
    std::vector<double> all;
    for (const double number : numbers)
        if (known(number)) all.push_back(number);
    return all;
}

inline double mean_of(const std::vector<double>& values) {
    CompensatedSum sum;
    for (const double value : values)
        sum.add(value);
    return sum.value() / static_cast<double>(values.size());
}

/// With n - 1; 0 below two values.
inline double sample_deviation(const std::vector<double>& values) {
    if (values.size() < 2) return 0.0;
    const double mean = mean_of(values);
    CompensatedSum squares;
    for (const double value : values)
        squares.add((value - mean) * (value - mean));
    return std::sqrt(squares.value() / static_cast<double>(values.size() - 1));
}

}  // namespace tendik::index
