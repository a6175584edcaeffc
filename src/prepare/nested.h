#pragma once

#include "join_figures.h"

#include <cstddef>

namespace tendik::prepare {

/// Reads the parents of the boundaries of that index, finds the parent of each region and checks that the
/// regions make the parents up. Throws InputError.
void load_parents(Loading& loading, std::size_t boundaries);

/// Puts the figures of the last layer together to the parents of its regions and compares them with what is
/// published: rows of the parents in the same table (`of_parents`), else in the table that the plan names for
/// them. Nothing where the layer's boundaries have no parents.
void roll_up_last_layer(Loading& loading, const PlannedIndicator& planned, Column of_parents);

}  // namespace tendik::prepare
