#pragma once

#include "tendik/index/robustness.h"
#include "tendik/model/texts.h"
#include "tendik/plan/plan.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// Where an indicator of an index comes from, beside its entry in the plan.
struct PlannedLeaf {
    std::string where;                      ///< file, line and column
    bool survey = false;                    ///< told apart from official statistics
    std::optional<std::size_t> error = {};  ///< into the indicators of the plan: its standard errors
};

/// A file that describes a composite index: a plan with one step.
struct PlannedIndex {
    std::string name;  ///< the file as the user named it
    Texts title;
    Texts note;      ///< what every reader must know
    Plan plan;       ///< what is read; indicator i of the plan is indicator i of the tree, errors behind
    IndexTree tree;  ///< without figures
    std::vector<PlannedLeaf> leaves;  ///< parallel to the indicators of the tree
    IndexOptions options;
    std::optional<RobustnessOptions> robustness;  ///< absent: the file does not speak of it
};

namespace score {

inline constexpr std::string_view index_schema = "tendik.index-file/1";

/// Reads a file like geodata/kazakhstan/child_wellbeing.toml: the choices, then [[domains]] with
/// [[domains.components]] with [[domains.components.indicators]]; components and indicators may as well stand
/// higher up. An indicator with `value` is a column of a table (its own `table`, else that of the file); one
/// without is an indicator of the plan that the file names (`plan`), or of `builtin`. Throws InputError with
/// file, line and column: a key, word, code or year that is not known (with the nearest known one, or all),
/// two nodes of one code, a node without children, a neutral direction that is stated, a weight, share or
/// scale that cannot be.
PlannedIndex read_index(const std::filesystem::path& file, const std::filesystem::path& builtin);

/// What the step says goes before what the file says. Throws UsageError for a seed where nothing is drawn.
void take_draws(const PlannedIndexStep& step, std::size_t jobs, PlannedIndex& planned);

}  // namespace score
}  // namespace tendik
