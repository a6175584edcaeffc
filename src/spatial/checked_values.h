#pragma once

#include "tendik/base/error.h"
#include "tendik/spatial/weights.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <span>

namespace tendik::spatial {

/// Throws InputError where weights are of other regions than the values, or a value is no finite number.
inline void require_finite(std::span<const double> values, const SpatialWeights& weights) {
    if (values.size() != weights.size())
        throw InputError(fmt::format("{} values for weights of {} regions", values.size(), weights.size()),
                         "use weights made for these regions");
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!std::isfinite(values[i]))
            throw InputError(fmt::format("the value of region '{}' is {}, expected a finite number",
                                         weights.keys[i], values[i]),
                             "leave out regions without a value");
}

}  // namespace tendik::spatial
