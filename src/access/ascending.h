#pragma once

#include "tendik/base/error.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <vector>

namespace tendik::access {

/// Throws UsageError unless there are numbers and each is above 0 and above the one before.
inline void require_ascending(const std::vector<double>& numbers, std::string_view word,
                              std::string_view unit) {
    if (numbers.empty())
        throw UsageError(fmt::format("there is no {}", word), fmt::format("give at least one {}", word));
    double before = 0.0;
    for (const double number : numbers) {
        if (!(number > before && std::isfinite(number)))
            throw UsageError(fmt::format("{} {} {} comes after {} {}", word, number, unit, before, unit),
                             fmt::format("{}s are above 0, ascend, and none stands twice", word));
        before = number;
    }
}

}  // namespace tendik::access
