#pragma once

#include "tendik/model/value.h"
#include "tendik/plan/plan.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace tendik::prepare {

/// The indicator of one of the two parts between which a gap is.
inline PlannedIndicator part_of_gap(const PlannedIndicator& planned, const std::string& value) {
    auto part = planned;
    part.gap.reset();
    part.table.where[planned.gap->dimension] = value;
    return part;
}

/// Figures are decimals, and so is what they differ by: 98.4 less 98.3 is 0.1, without the noise of binary
/// forms.
inline double decimal_difference(double more, double less) {
    const double larger = std::max(std::abs(more), std::abs(less));
    if (!(larger > 0.0)) return 0.0;
    // Of the larger one twelve digits are kept; a power of ten above 1 is exact, its inverse is not.
    const double steps = std::pow(10.0, 12.0 - std::ceil(std::log10(larger)));
    const double difference = more - less;
    return steps >= 1.0 ? std::round(difference * steps) / steps : difference;
}

/// What is absent in one of the two is absent in both together.
template <typename Combine>
Column combined(const Column& more, const Column& less, const Combine& combine) {
    Column result;
    for (std::size_t i = 0; i < more.size(); ++i) {
        const bool both = more[i].present() && less[i].present();
        const auto& lacking = more[i].present() ? less[i] : more[i];
        result.push_back(both ? Value::of(combine(more[i].number, less[i].number)) : lacking);
    }
    return result;
}

}  // namespace tendik::prepare
