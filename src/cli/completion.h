#pragma once

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tendik::cli {

/// A script for bash that completes commands, options, words to choose from, and files, from the declarations
/// of all commands: (name, declared app).
std::string bash_completion(const std::vector<std::pair<std::string, std::unique_ptr<CLI::App>>>& commands);

}  // namespace tendik::cli
