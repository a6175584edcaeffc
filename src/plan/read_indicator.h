#pragma once

#include "tendik/base/document.h"
#include "tendik/plan/plan.h"

#include <filesystem>

namespace tendik::plan {

/// One of [[indicators]]: its table, what the figures are, and what measures and maps take. Nothing is
/// opened. Throws InputError with the place: an unknown key, words that contradict each other.
PlannedIndicator read_indicator(const Node& node, const std::filesystem::path& folder);

}  // namespace tendik::plan
