#pragma once

#include "spoken.h"
#include "tendik/prepare/prepare.h"

#include <cstddef>
#include <string>

namespace tendik::report {

/// As the user wrote it; names of layers in files know Latin letters only.
std::string title_of(const Layer& layer);

/// One indicator: its name, a line for each of the layers `first` to `last` (not included), and the notes.
std::string summary_block(const Prepared& prepared, std::size_t first, std::size_t last, const Spoken& say);

}  // namespace tendik::report
