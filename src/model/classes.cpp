#include "tendik/model/classes.h"

#include <algorithm>

namespace tendik {

std::optional<std::size_t> Classes::class_of(double value) const {
    // Written so that NaN falls out too.
    if (breaks.size() < 2 || !(value >= breaks.front() && value <= breaks.back())) return std::nullopt;
    // The first upper end that is not below the value; the lowest value of all has it in class 0.
    const auto upper = std::lower_bound(breaks.begin() + 1, breaks.end(), value);
    return static_cast<std::size_t>(upper - breaks.begin()) - 1;
}

std::vector<std::size_t> count_by_class(const Classes& classes, const Column& column) {
    std::vector<std::size_t> counts(classes.class_count(), 0);
    for (const auto& value : column) {
        if (!value.present()) continue;
        if (const auto index = classes.class_of(value.number)) ++counts[*index];
    }
    return counts;
}

}  // namespace tendik
