#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <vector>

namespace tendik::cli {

/// What is accepted does something: options that act only beside others say so, and are refused where they
/// would be read and forgotten.
class IdleOptions {
public:
    /// These options of `app`, given by hand, act only where `acts` holds once all words are read. `advice`
    /// says beside what: "it belongs to --method local-eb".
    void add(const CLI::App& app, const std::vector<std::string>& names, const std::string& advice,
             const std::function<bool()>& acts);

    /// Throws UsageError for the first that was given and says nothing.
    void refuse() const;

private:
    struct Rule {
        const CLI::Option* option = nullptr;
        std::string advice;
        std::function<bool()> acts;
    };
    std::vector<Rule> m_rules;
};

/// Whether a file of that name would be a layer with borders, which has a CRS: no table and not nothing.
bool is_layer_file(const std::string& file);

/// --crs acts on layers only.
void add_idle_crs(IdleOptions& idle, const CLI::App& app, const std::string& output_word,
                  const std::function<bool()>& writes_layer);

}  // namespace tendik::cli
