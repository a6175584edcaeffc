#pragma once

#include "spoken.h"
#include "tendik/prepare/prepare.h"

#include <cstddef>
#include <string>

namespace tendik::report {

/// One indicator: its name, a line for each of the layers `first` to `last` (not included), and the notes.
std::string summary_block(const Prepared& prepared, std::size_t first, std::size_t last, const Spoken& say);

}  // namespace tendik::report
