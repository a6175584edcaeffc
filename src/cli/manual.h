#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <utility>
#include <vector>

namespace tendik::cli {

/// The manual page of a command for man(1), section 1, from the same declarations as its help. `example` and
/// the names of the other commands come besides; no date, so that the page is the same whenever it is made.
std::string manual_of(const CLI::App& app, const std::string& example);

/// The manual page of the program: every command with its summary.
std::string manual_of_program(const std::vector<std::pair<std::string, std::string>>& commands);

}  // namespace tendik::cli
