#pragma once

#include "tendik/base/document.h"
#include "tendik/score/index_file.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tendik::score {

/// Finds out what must be read for the indicators of an index.
class IndexSources {
public:
    IndexSources(const Node& root, std::filesystem::path folder, std::filesystem::path builtin);

    /// The next indicator of the tree.
    void add(const Node& leaf, const std::string& code);
    /// Fills the plan, and where the errors of each leaf stand in it.
    void finish(PlannedIndex& planned);

private:
    PlannedIndicator from_table(const Node& leaf, const std::string& code) const;
    PlannedIndicator from_plan(const Node& leaf, const std::string& code);
    const Plan& plan_at(const Node& leaf);
    void check_vintage(const Plan& plan, const Node& leaf) const;

    const Node& m_root;
    std::filesystem::path m_folder;
    std::filesystem::path m_plan_file;
    std::string m_vintage;
    std::optional<Plan> m_plan;
    std::vector<PlannedIndicator> m_indicators;
    std::vector<std::optional<PlannedIndicator>> m_errors;  ///< parallel to the indicators
};

}  // namespace tendik::score
