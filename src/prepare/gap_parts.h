#pragma once

#include "tendik/model/value.h"
#include "tendik/plan/plan.h"

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
