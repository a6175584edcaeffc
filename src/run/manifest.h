#pragma once

#include "tendik/base/finding.h"
#include "tendik/plan/plan.h"
#include "tendik/prepare/prepare.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace tendik::run {

/// Names that inputs bear in outputs: relative to the plan, so that an atlas holds no path of the machine
/// that made it.
class InputNames {
public:
    explicit InputNames(const Plan& plan);
    /// Of another plan that took part, too.
    void add_files_of(const Plan& plan);
    /// Path as resolved and its name, in the order of the plan, each once.
    const std::vector<std::pair<std::string, std::string>>& all() const noexcept { return m_names; }
    /// `text` with every path replaced by its name.
    std::string without_paths(std::string text) const;
    Findings without_paths(const Findings& findings) const;
    Plan without_paths(Plan plan) const;

private:
    void add(const std::string& path);
    std::filesystem::path m_folder;
    std::vector<std::pair<std::string, std::string>> m_names;
};

/// What came in and what went out: digests, versions, options, findings. `folder` holds the finished outputs.
std::string manifest_json(const Plan& plan, const Prepared& prepared, const InputNames& names,
                          const Findings& findings, const std::filesystem::path& folder);

}  // namespace tendik::run
