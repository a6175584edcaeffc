#pragma once

#include "tendik/model/value.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// Intervals of values. Class i holds lower < v <= upper of its neighbours in `breaks`; the first class also
/// holds its lower end: the outer ends are closed, every value of the data has a class.
struct Classes {
    std::string scheme;  ///< "quantile", "equal", "fisher", ...
    /// class_count() + 1 ends, strictly ascending; two equal ones when all values are equal.
    std::vector<double> breaks;
    double goodness_of_variance_fit = 1.0;  ///< GVF = 1 - SSW/SST of the data the breaks were made from
    /// ADCM: sum of distances to the median of the own class, in the unit of the data.
    double absolute_deviation_around_medians = 0.0;
    /// "3 values lie on a break", "fewer distinct values than classes asked for".
    std::vector<std::string> notes;

    std::size_t class_count() const noexcept { return breaks.empty() ? 0 : breaks.size() - 1; }
    /// Nothing when the value is outside of the breaks or not finite.
    std::optional<std::size_t> class_of(double value) const;
};

/// How many present values fall into each class.
std::vector<std::size_t> count_by_class(const Classes& classes, const Column& column);

}  // namespace tendik
